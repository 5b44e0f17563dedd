#include "certificate/make.hpp"

#include <map>
#include <set>

#include "certificate/example_test.hpp"
#include "credential/check.hpp"
#include "credential/status_list.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/expand.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

TEST(MakeCredential, WritesCanonicalJson) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const std::string text = make(record).text();
        EXPECT_EQ(codec::to_jcs(parse(text)), text);
    }
}

TEST(MakeCredential, WritesTheExampleOfTheFormat) {
    EXPECT_EQ(codec::to_jcs(parse(fenced("credential.md", "json credential"))),
              make(diploma()).text());
}

TEST(MakeCredential, GivesTheSameBytesForTheSameInput) {
    EXPECT_EQ(make(transcript()).text(), make(transcript()).text());
}

TEST(MakeCredential, SatisfiesTheDataModels) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const auto checked = credential::check_credential(parse(make(record).text()));
        EXPECT_TRUE(checked) << checked.error().pointer;
    }
}

TEST(MakeCredential, LeavesOutWhatIsNotKnown) {
    Record record = diploma();
    record.holder.birth_date.reset();
    record.holder.birth_place.clear();
    record.holder.nationality.reset();
    record.holder.identifiers.clear();
    Award& award = record.award;
    award.programme.reset();
    award.awarded_on_hijri = award.decision = award.academic_year = std::nullopt;
    award.intake.reset();
    award.honours.reset();
    award.grade.reset();
    award.credits.reset();
    award.rank.reset();
    award.languages.clear();
    const CanonicalCredential credential = make(record);
    const Json document = parse(credential.text());
    EXPECT_EQ(codec::to_jcs(document), credential.text());
    std::set<std::string> keys;
    for (const auto& [key, value] : document.find("credentialSubject")->as_object()) {
        keys.insert(key);
    }
    EXPECT_EQ(keys, (std::set<std::string>{"achievement", "capture", "identifier", "mode",
                                           "nameArab", "nameLatn", "site", "type"}));
    EXPECT_FALSE(credential.valid_until());
}

TEST(MakeCredential, KeepsADiplomaSmall) {
    EXPECT_LE(make(diploma()).text().size(), 3'500);
    EXPECT_LE(make(diploma()).claims().size(), 40);
}

TEST(MakeUuid, SetsVersionAndVariant) {
    std::array<std::uint8_t, 16> random{};
    random.fill(0xFF);
    EXPECT_EQ(make_uuid(random), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    random.fill(0);
    EXPECT_EQ(make_uuid(random), "00000000-0000-4000-8000-000000000000");
}

TEST(AchievementType, IsAWordOfOpenBadgesOrAnExtension) {
    const std::set<std::string_view> known{
        "AssociateDegree", "BachelorDegree",  "MasterDegree", "DoctoralDegree",        "Degree",
        "Diploma",         "MicroCredential", "License",      "SecondarySchoolDiploma"};
    for (std::uint8_t type = 1; type <= 12; ++type) {
        for (std::uint8_t level = 0; level <= 8; ++level) {
            const auto word = achievement_type(static_cast<wire::CertificateType>(type), level);
            EXPECT_TRUE(word.starts_with("ext:") || known.contains(word)) << word;
        }
    }
}

// ------------------------------------------------------------------ linked data
/// The members of ours that have no term and so take their name from `@vocab`.
const std::set<std::string> kVocabulary{"academicYear",
                                        "attestation",
                                        "awardedOn",
                                        "birthDate",
                                        "birthPlace",
                                        "capacity",
                                        "capture",
                                        "certificate",
                                        "certificateType",
                                        "code",
                                        "conditions",
                                        "country",
                                        "credits",
                                        "date",
                                        "decision",
                                        "document",
                                        "equivalency",
                                        "equivalentTo",
                                        "grade",
                                        "honours",
                                        "institution",
                                        "instructionLanguage",
                                        "intake",
                                        "iscedField",
                                        "iscedLevel",
                                        "kind",
                                        "mode",
                                        "nationality",
                                        "number",
                                        "of",
                                        "origin",
                                        "outcome",
                                        "place",
                                        "position",
                                        "programme",
                                        "purpose",
                                        "rank",
                                        "scale",
                                        "semester",
                                        "site",
                                        "system",
                                        "target",
                                        "title",
                                        "value"};

Json read_context(std::string_view url) {
    linked::BundledLoader loader;
    return *loader.load(url)->find("@context");
}

/// The terms that our document is read with, as far as a document like ours needs it: contexts at
/// the top, and those of types, which count for their object alone (JSON-LD 1.1 §4.1.8).
class Terms {
  public:
    explicit Terms(const Json& document) {
        for (const Json& context :
             {read_context("https://www.w3.org/ns/credentials/v2"),
              read_context("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")}) {
            add(terms_, context);
            collect(context);
        }
        own_ = document.find("@context")->as_array()[2];
        add(terms_, own_);
    }

    /// Terms that anything in the other contexts defines too.
    [[nodiscard]] std::vector<std::string> redefined() const {
        std::vector<std::string> result;
        for (const auto& [key, value] : own_.as_object()) {
            if (!key.starts_with('@') && foreign_.contains(key)) result.push_back(key);
        }
        return result;
    }

    /// Collects the members that no context defines, and checks that all types have terms.
    void read(const Json& value, std::set<std::string>& undefined) const {
        if (value.is_array()) {
            for (const Json& item : value.as_array()) read(item, undefined);
        }
        if (!value.is_object()) return;
        std::map<std::string, Json> here = terms_;
        for (const std::string& type : types_of(value)) {
            ASSERT_TRUE(terms_.contains(type)) << type;
            const Json* const scoped = terms_.at(type).find("@context");
            if (scoped != nullptr) add(here, *scoped);
        }
        for (const auto& [key, inner] : value.as_object()) {
            if (key == "@context") continue;
            if (!here.contains(key)) undefined.insert(key);
            read(inner, undefined);
        }
    }

  private:
    static void add(std::map<std::string, Json>& to, const Json& context) {
        for (const auto& [key, value] : context.as_object()) {
            if (!key.starts_with('@')) to[key] = value;
        }
    }
    void collect(const Json& context) {
        for (const auto& [key, value] : context.as_object()) {
            if (key.starts_with('@')) continue;
            foreign_.insert(key);
            if (const Json* const scoped = value.find("@context")) {
                if (scoped->is_object()) collect(*scoped);
            }
        }
    }
    static std::vector<std::string> types_of(const Json& object) {
        const Json* const type = object.find("type");
        if (type == nullptr) return {};
        if (type->is_string()) return {type->as_string()};
        std::vector<std::string> types;
        for (const Json& one : type->as_array()) types.push_back(one.as_string());
        return types;
    }

    std::map<std::string, Json> terms_;
    std::set<std::string> foreign_;
    Json own_;
};

TEST(Context, LeavesNoMemberWithoutAMeaning) {
    std::set<std::string> undefined;
    for (const Record& record : {transcript(), equivalency(), apostille()}) {
        const Json document = parse(make(record).text());
        Terms{document}.read(document, undefined);
    }
    EXPECT_EQ(undefined, kVocabulary);
}

TEST(Context, IsReadByJsonLdWithNothingLeftOut) {
    linked::BundledLoader loader;
    linked::ContextCache cache{loader};
    linked::LdOptions options;
    options.strictness = linked::Strictness::kSafe;
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const auto expanded = linked::expand(parse(make(record).text()), options, cache);
        ASSERT_TRUE(expanded) << linked::to_string(expanded.error().error) << " "
                              << expanded.error().at;
        EXPECT_EQ(expanded->size(), 1U);
    }
    Json without_iri = parse(make(diploma()).text());
    without_iri.set("id", "no-iri");
    EXPECT_FALSE(linked::expand(without_iri, options, cache));
}

TEST(Credential, NamesTheTwoListsOfItsStatus) {
    const StatusPlace place{"0123456789abcdef", 131'071};
    const auto made = make_credential(diploma(), issuer(), kUuid, place);
    ASSERT_TRUE(made);
    const Json document = parse(made->text());
    EXPECT_EQ(codec::to_jcs(document), made->text());
    const Json* const entries = document.find("credentialStatus");
    ASSERT_NE(entries, nullptr);
    ASSERT_EQ(entries->size(), 2U);
    for (const std::string_view purpose : {credential::kRevocation, credential::kSuspension}) {
        const std::size_t at = purpose == credential::kRevocation ? 0 : 1;
        const auto entry = credential::parse_status_entry(entries->as_array()[at]);
        ASSERT_TRUE(entry);
        EXPECT_EQ(entry->purpose, purpose);
        EXPECT_EQ(entry->index, 131'071U);
        EXPECT_EQ(entry->list_url, "https://ledger.example:8480/i/7/status/0123456789abcdef/" +
                                       std::string{purpose});
    }
    // It is read as it was made, and each entry is a claim.
    const auto read = read_credential(document);
    ASSERT_TRUE(read) << read.error().pointer;
    EXPECT_EQ(read->text(), made->text());
    EXPECT_EQ(read->claims().size(), make(diploma()).claims().size() + 2);
    EXPECT_TRUE(read->find({1, 1}));
    linked::BundledContexts contexts;
    EXPECT_TRUE(credential::signing_input(
        made->unsecured(),
        {.verification_method = "did:web:h:i:1#key-1", .created = Instant{1'780'000'000}},
        contexts.cache()));
}

/// What a cache learns from documents before must not be seen in what is signed.
TEST(Context, SignsTheSameWithWhatItLearntFromOthers) {
    linked::BundledContexts learning;
    const credential::ProofOptions options{.verification_method = "did:web:h:i:1#key-1",
                                           .created = Instant{1'780'000'000}};
    const std::string uuid = "0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c1";
    for (int i = 0; i < 60; ++i) {
        Record record = i % 2 == 0 ? diploma() : transcript();
        record.holder.names.front().text = std::string(static_cast<std::size_t>(i % 5), '\\') + "م";
        record.award.rank->position = static_cast<std::uint32_t>(i + 1);
        record.award.grade->value = std::to_string(10 + i % 7);
        if (i % 3 == 0) record.award.honours.reset();
        const auto made =
            make_credential(record, issuer(), uuid + std::to_string(i % 10),
                            StatusPlace{"0123456789abcdef", static_cast<std::uint32_t>(i * 1009)});
        ASSERT_TRUE(made);
        linked::BundledContexts fresh;
        const auto by_shape =
            credential::signing_input(made->unsecured(), options, learning.cache());
        const auto in_full = credential::signing_input(made->unsecured(), options, fresh.cache());
        ASSERT_TRUE(by_shape && in_full);
        EXPECT_EQ(by_shape->signing_input, in_full->signing_input) << made->text();
        linked::Dataset quads;
        const std::string context{made->unsecured().context_jcs};
        std::string text{made->unsecured().text};
        text.replace(text.find(context), context.size(), "null");
        EXPECT_EQ(learning.cache().shapes().find(text, context, quads), i > 0)
            << "no diploma has to be read in full twice";
    }
}

/// Courses that look alike as linked data: what tells them apart is where they stand in the list.
TEST(Context, LetsTheLongestTranscriptBeSigned) {
    linked::BundledContexts contexts;
    Record record = transcript();
    record.courses.clear();
    const Course course{"INF101",          "",  "Algorithms", "", Credits{"6", "ECTS"},
                        Grade{"12", "20"}, "S1"};
    for (const bool same_code : {false, true}) {
        record.courses.assign(kCoursesMax, course);
        for (std::size_t i = 0; i < kCoursesMax && !same_code; ++i) {
            record.courses[i].code += std::to_string(i);
        }
        const auto made = make(record);
        const auto unfinished = credential::signing_input(
            made.unsecured(),
            {.verification_method = "did:web:h:i:1#key-1", .created = Instant{1'780'000'000}},
            contexts.cache());
        EXPECT_TRUE(unfinished) << same_code;
    }
}

TEST(Context, RedefinesNoTermOfTheOthers) {
    const Terms terms{parse(make(transcript()).text())};
    EXPECT_EQ(terms.redefined(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tasdiq::certificate
