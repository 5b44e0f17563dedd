#include "certificate/make.hpp"

#include <utility>

#include "base/ensure.hpp"
#include "certificate/act_text.hpp"
#include "certificate/derived.hpp"
#include "credential/did.hpp"

namespace tasdiq::certificate {
namespace {

using wire::CertificateType;

constexpr std::string_view kNarrative =
    "The requirements that the issuer sets for this certificate were met.";

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const bool digit = ('0' <= text[i] && text[i] <= '9') || ('a' <= text[i] && text[i] <= 'f');
        if (hyphen ? text[i] != '-' : !digit) return false;
    }
    return true;
}

/// Writes one credential, in the order of JCS.
class Maker {
  public:
    Maker(const Record& record, const Issuer& issuer)
        : record_{record},
          award_{record.award},
          holder_{record.holder},
          issuer_{issuer},
          did_{credential::make_institution_did(issuer.host, issuer.member.value)},
          awarded_{start_of_day(record.award.awarded_on)} {}

    CanonicalCredential make(std::string_view uuid, const std::optional<StatusPlace>& status) {
        builder_.set_type(award_.type);
        ObjectWriter writer{out_};
        writer.key("@context");
        out_ += schema::kContext;
        claim(writer, schema::kAwardedDate, "awardedDate", awarded_);
        if (status) write_status(writer, *status);
        writer.key("credentialSubject");
        write_subject();
        writer.key("id");
        builder_.begin(schema::kId, 0);
        out_ += "\"urn:uuid:";
        out_ += uuid;
        out_ += '"';
        builder_.end(schema::kId);
        writer.key("issuer");
        builder_.begin(schema::kIssuer, 0);
        append_issuer(out_, did_, issuer_.ar, issuer_.en, issuer_.fr);
        builder_.end(schema::kIssuer);
        claim(writer, schema::kName, "name", award_.title.en);
        builder_.mark_proof();
        writer.key("type");
        out_ += schema::kTypes;
        claim(writer, schema::kValidFrom, "validFrom", awarded_);
        if (record_.valid_until) {
            builder_.set_valid_until(*record_.valid_until);
            claim(writer, schema::kValidUntil, "validUntil", end_of_day(*record_.valid_until));
        }
        writer.close();
        return builder_.take();
    }

  private:
    void claim(ObjectWriter& writer, std::int8_t row, std::string_view key, std::string_view text) {
        writer.key(key);
        builder_.begin(row, 0);
        append_text(out_, text);
        builder_.end(row);
    }
    void claim_if(ObjectWriter& writer, std::int8_t row, std::string_view key,
                  const std::optional<std::string>& text) {
        if (text) claim(writer, row, key, *text);
    }

    /// An array of which each item is a claim. `write(item)` writes one.
    template <class Items, class Write>
    void claims(ObjectWriter& writer, std::int8_t row, std::string_view key, const Items& items,
                Write write) {
        std::uint32_t number = 0;
        for (const auto& item : items) {
            if (number == 0) writer.key(key);
            out_ += number == 0 ? '[' : ',';
            builder_.begin(row, number++);
            write(item);
            builder_.end(row);
        }
        if (number != 0) out_ += ']';
    }

    void write_status(ObjectWriter& writer, const StatusPlace& place) {
        std::string head = R"({"statusListCredential":)";
        append_text(head, credential::make_status_list_url({issuer_.host, issuer_.member.value},
                                                           place.list, ""));
        head.pop_back();  // the address goes on with the purpose
        const std::string index = std::to_string(place.index);
        claims(writer, schema::kCredentialStatus, "credentialStatus", kListPurposes,
               [&](std::string_view purpose) {
                   out_.append(head).append(purpose);
                   out_.append(R"(","statusListIndex":")").append(index);
                   out_.append(R"(","statusPurpose":")").append(purpose);
                   out_.append(R"(","type":"BitstringStatusListEntry"})");
               });
    }

    void write_subject() {
        ObjectWriter writer{out_};
        claim_if(writer, schema::kAcademicYear, "academicYear", award_.academic_year);
        writer.key("achievement");
        builder_.begin(schema::kAchievement, 0);
        append_achievement(
            out_, {did_, issuer_.host, award_.type, award_.level, award_.field, award_.programme,
                   award_.awarded_with, award_.title.ar, award_.title.en, award_.title.fr});
        builder_.end(schema::kAchievement);
        act_if(writer, schema::kAttestation, "attestation", record_.attestation);
        claim_if(writer, schema::kAwardedOnHijri, "awardedOnHijri", award_.awarded_on_hijri);
        if (holder_.birth_date) {
            claim(writer, schema::kBirthDate, "birthDate", to_text(*holder_.birth_date));
        }
        write_birth_place(writer);
        claim(writer, schema::kCapture, "capture", to_word(award_.capture));
        claims(writer, schema::kCourses, "courses", record_.courses,
               [this](const Course& course) { write_course(course); });
        builder_.set_course_count(static_cast<std::uint32_t>(record_.courses.size()));
        if (award_.credits) {
            writer.key("credits");
            builder_.begin(schema::kCredits, 0);
            write_credits(*award_.credits);
            builder_.end(schema::kCredits);
        }
        claim_if(writer, schema::kDecision, "decision", award_.decision);
        act_if(writer, schema::kDocument, "document", record_.document);
        act_if(writer, schema::kEquivalency, "equivalency", record_.equivalency);
        if (award_.grade) {
            writer.key("grade");
            builder_.begin(schema::kGrade, 0);
            write_grade(*award_.grade);
            builder_.end(schema::kGrade);
        }
        write_honours(writer);
        write_identifiers(writer);
        write_rest(writer);
        writer.close();
    }

    void write_birth_place(ObjectWriter& writer) {
        if (holder_.birth_place.empty()) return;
        writer.key("birthPlace");
        builder_.begin(schema::kBirthPlace, 0);
        append_script_texts(out_, holder_.birth_place);
        builder_.end(schema::kBirthPlace);
    }

    /// What an authority says, or of which document, if it is there.
    template <class T>
    void act_if(ObjectWriter& writer, std::int8_t row, std::string_view key,
                const std::optional<T>& part) {
        if (!part) return;
        writer.key(key);
        builder_.begin(row, 0);
        append_part(out_, *part);
        builder_.end(row);
    }

    void write_course(const Course& course) {
        ObjectWriter writer{out_};
        writer.key("code");
        append_text(out_, course.code);
        if (course.credits) {
            writer.key("credits");
            write_credits(*course.credits);
        }
        if (course.grade) {
            writer.key("grade");
            write_grade(*course.grade);
        }
        const std::pair<std::string_view, std::string_view> titles[] = {
            {"nameAr", course.title_ar}, {"nameEn", course.title_en}, {"nameFr", course.title_fr}};
        for (const auto& [key, title] : titles) {
            if (title.empty()) continue;
            writer.key(key);
            append_text(out_, title);
        }
        if (course.semester) {
            writer.key("semester");
            append_text(out_, *course.semester);
        }
        writer.close();
    }

    void write_credits(const Credits& credits) {
        ObjectWriter writer{out_};
        writer.key("system");
        append_text(out_, credits.system);
        writer.key("value");
        append_text(out_, credits.value);
        writer.close();
    }

    void write_grade(const Grade& grade) {
        ObjectWriter writer{out_};
        writer.key("scale");
        append_text(out_, grade.scale);
        writer.key("value");
        append_text(out_, grade.value);
        writer.close();
    }

    void write_honours(ObjectWriter& writer) {
        if (!award_.honours) return;
        writer.key("honours");
        builder_.begin(schema::kHonours, 0);
        ObjectWriter honours{out_};
        append_titles(honours, out_, award_.honours->ar, award_.honours->en, award_.honours->fr);
        honours.close();
        builder_.end(schema::kHonours);
    }

    /// All names, then the other identifiers, as Open Badges has them.
    void write_identifiers(ObjectWriter& writer) {
        std::vector<std::pair<std::string, std::string_view>> all;
        for (const ScriptText& name : holder_.names) all.emplace_back("name", name.text);
        for (const auto& [scheme, value] : holder_.identifiers) {
            all.emplace_back(identity_type(scheme), value);
        }
        claims(writer, schema::kIdentifier, "identifier", all, [this](const auto& one) {
            out_ += R"({"hashed":false,"identityHash":)";
            append_text(out_, one.second);
            out_ += R"(,"identityType":)";
            append_text(out_, one.first);
            out_ += R"(,"type":"IdentityObject"})";
        });
    }

    /// From `instructionLanguage` to `type`.
    void write_rest(ObjectWriter& writer) {
        claims(writer, schema::kInstructionLanguage, "instructionLanguage", award_.languages,
               [this](const std::string& language) { append_text(out_, language); });
        if (award_.intake) claim(writer, schema::kIntake, "intake", to_text(*award_.intake));
        claim(writer, schema::kMode, "mode", to_word(award_.mode));
        std::int8_t row = schema::kNameArab;
        for (const auto& [script, key] : kScriptNames) {
            std::vector<std::string_view> names;
            for (const ScriptText& name : holder_.names) {
                if (name.script == script) names.emplace_back(name.text);
            }
            claims(writer, row++, key, names,
                   [this](std::string_view name) { append_text(out_, name); });
        }
        claim_if(writer, schema::kNationality, "nationality", holder_.nationality);
        if (award_.rank) {
            writer.key("rank");
            builder_.begin(schema::kRank, 0);
            out_ += "{\"of\":" + std::to_string(award_.rank->of);
            out_ += ",\"position\":" + std::to_string(award_.rank->position) + "}";
            builder_.end(schema::kRank);
        }
        writer.key("site");
        builder_.begin(schema::kSite, 0);
        out_ += std::to_string(award_.site);
        builder_.end(schema::kSite);
        act_if(writer, schema::kTarget, "target", record_.target);
        writer.key("type");
        out_ += R"(["AchievementSubject"])";
    }

    const Record& record_;
    const Award& award_;
    const Holder& holder_;
    const Issuer& issuer_;
    std::string did_, awarded_;
    CredentialBuilder builder_;
    std::string& out_ = builder_.text();
};

}  // namespace

void append_issuer(std::string& to, std::string_view did, std::string_view ar, std::string_view en,
                   std::string_view fr) {
    ObjectWriter writer{to};
    writer.key("id");
    append_text(to, did);
    writer.key("name");
    append_text(to, en);
    append_titles(writer, to, ar, en, fr);
    writer.key("type");
    to += R"(["Profile"])";
    writer.close();
}

void append_achievement(std::string& to, const Achievement& from) {
    const std::string field = wire::to_field_text(from.field);
    const std::string level = std::to_string(from.level);
    ObjectWriter writer{to};
    writer.key("achievementType");
    append_text(to, achievement_type(from.type, from.level));
    for (const wire::MemberId& member : from.awarded_with) {
        if (&member == from.awarded_with.data()) writer.key("awardedWith");
        to += &member == from.awarded_with.data() ? '[' : ',';
        append_text(to, credential::make_institution_did(from.host, member.value));
    }
    if (!from.awarded_with.empty()) to += ']';
    writer.key("certificateType");
    append_text(to, to_word(from.type));
    writer.key("criteria");
    to += R"({"narrative":)";
    append_text(to, kNarrative);
    to += '}';
    writer.key("description");
    append_text(to, "ISCED 2011 level " + level + ", ISCED-F 2013 field " + field);
    writer.key("fieldOfStudy");
    append_text(to, "ISCED-F 2013 " + field);
    writer.key("id");
    std::string id{from.issuer_did};
    id.append("#").append(to_word(from.type)).append("-").append(level).append("-").append(field);
    if (from.programme) id.append("-").append(*from.programme);
    append_text(to, id);
    writer.key("iscedField");
    append_text(to, field);
    writer.key("iscedLevel");
    to += level;
    writer.key("name");
    append_text(to, from.en);
    append_titles(writer, to, from.ar, from.en, from.fr);
    if (from.programme) {
        writer.key("programme");
        append_text(to, *from.programme);
    }
    writer.key("type");
    to += R"(["Achievement"])";
    writer.close();
}

Result<CanonicalCredential, RecordFault> make_credential(const Record& record, const Issuer& issuer,
                                                         std::string_view uuid,
                                                         const std::optional<StatusPlace>& status) {
    ENSURE(is_uuid(uuid));
    TRY(check_record(record));
    return Maker{record, issuer}.make(uuid, status);
}

std::string make_uuid(const std::array<std::uint8_t, 16>& random) {
    std::array<std::uint8_t, 16> bytes = random;
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);  // version 4
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);  // variant
    std::string text = to_hex(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    return text;
}

std::string identity_type(const std::string& scheme) {
    return scheme == "national" ? "nationalIdentityNumber" : "ext:" + scheme;
}

std::string_view achievement_type(CertificateType type, std::uint8_t level) {
    switch (type) {
        case CertificateType::kDegree:
            switch (level) {
                case 5: return "AssociateDegree";
                case 6: return "BachelorDegree";
                case 7: return "MasterDegree";
                case 8: return "DoctoralDegree";
                default: return "Degree";
            }
        case CertificateType::kProvisional: return "ext:Provisional";
        case CertificateType::kTranscript: return "ext:Transcript";
        case CertificateType::kSupplement: return "ext:DiplomaSupplement";
        case CertificateType::kSecondary: return "SecondarySchoolDiploma";
        case CertificateType::kVocational: return "Diploma";
        case CertificateType::kAttendance: return "ext:Attendance";
        case CertificateType::kMicroCredential: return "MicroCredential";
        case CertificateType::kLicence: return "License";
        case CertificateType::kHonorary: return "ext:HonoraryDegree";
        case CertificateType::kEquivalency: return "ext:Equivalency";
        case CertificateType::kAttestation: return "ext:Attestation";
    }
    ENSURE(false);
}

}  // namespace tasdiq::certificate
