#include "intake/acts.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/ensure.hpp"
#include "intake/cells.hpp"
#include "intake/earlier_reader.hpp"
#include "intake/row_reader.hpp"
#include "text/catalogue.hpp"
#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

using certificate::Outcome;
using certificate::Script;

constexpr std::size_t kLineMax = 64;
constexpr std::size_t kTextMax = 160;
constexpr std::size_t kLongTextMax = 480;
constexpr std::uint32_t kLevelMax = 8;     // ISCED 2011
constexpr std::uint32_t kFieldMax = 9999;  // ISCED-F 2013

/// The columns of one text in the languages of ours.
struct TextColumns {
    Column ar, en, fr;
};
constexpr TextColumns kConditions{Column::kConditionsAr, Column::kConditionsEn,
                                  Column::kConditionsFr};
constexpr TextColumns kEquivalent{Column::kEquivalentAr, Column::kEquivalentEn,
                                  Column::kEquivalentFr};
constexpr TextColumns kPurpose{Column::kPurposeAr, Column::kPurposeEn, Column::kPurposeFr};
constexpr TextColumns kPlace{Column::kPlaceAr, Column::kPlaceEn, Column::kPlaceFr};
constexpr TextColumns kCapacity{Column::kCapacityAr, Column::kCapacityEn, Column::kCapacityFr};

constexpr Column kDocumentColumns[] = {
    Column::kInstitutionAr, Column::kInstitutionLatin, Column::kCountry,       Column::kTitleAr,
    Column::kTitleLatin,    Column::kDocumentDate,     Column::kDocumentNumber};

/// What the certificate is called: its type, or the kind of an attestation.
wire::Titles title_of(const std::string& key) {
    return {text::format(key, text::Language::kArabic), text::format(key, text::Language::kEnglish),
            text::format(key, text::Language::kFrench)};
}

/// The characters of a serial in an act's number, all others as single hyphens between them.
std::string as_serial(std::string_view number) {
    std::string serial;
    for (const char c : text::to_western_digits(number)) {
        const bool is_kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                             (c >= 'a' && c <= 'z') || c == '.' || c == '_';
        if (is_kept) {
            serial += c;
        } else if (!serial.empty() && serial.back() != '-') {
            serial += '-';
        }
    }
    if (serial.ends_with('-')) serial.pop_back();
    return serial;
}

/// Serials for rows without one. The same act has the same one in every table, so that two batches
/// seldom share any.
class MadeUpSerials {
  public:
    explicit MadeUpSerials(std::string prefix) : prefix_{std::move(prefix)} {}

    /// Prefix, year and number of the act; with the line, where the number says nothing in Latin
    /// letters and digits, is too long, or stood in an earlier row.
    std::string of(const certificate::Record& record, std::uint32_t line) {
        const bool is_decided = record.equivalency.has_value();
        const Day date = is_decided ? record.equivalency->date : record.attestation->date;
        std::string number =
            as_serial(is_decided ? record.equivalency->number : record.attestation->number);
        const std::string year = std::to_string(to_civil(date).year);
        // A year that is there already is not said again.
        if (number.starts_with(year + "-")) number.erase(0, year.size() + 1);
        if (number.ends_with("-" + year)) number.resize(number.size() - year.size() - 1);
        std::string serial = prefix_;
        if (!serial.ends_with("-" + year)) serial += "-" + year;
        if (!number.empty() && serial.size() + number.size() < kSizeMax) {
            serial += "-" + number;
            if (seen_.insert(serial).second) return serial;
        }
        return serial + "-" + std::to_string(line);
    }

  private:
    static constexpr std::size_t kSizeMax = 50;  // leaves room for a line

    std::string prefix_;
    std::set<std::string> seen_;
};

/// What a row says of a decision or a stamp.
class ActReader {
  public:
    ActReader(RowReader& row, const ActProfile& profile, MadeUpSerials& serials)
        : row_{row},
          profile_{profile},
          serials_{serials},
          earlier_{row, profile.relations, profile.type} {}

    std::optional<Graduate> read() {
        row_.read_person();
        earlier_.find();
        read_award();
        if (profile_.type == wire::CertificateType::kEquivalency) {
            read_equivalency();
        } else {
            read_attestation();
        }
        read_about();
        earlier_.adopt();
        row_.read_serial(serials_.of(row_.record(), row_.line()));
        return earlier_.finish();
    }

  private:
    void read_award() {
        certificate::Award& award = row_.record().award;
        award.type = profile_.type;
        const bool has_own_day = !row_.cell(Column::kAwardedOn).empty();
        row_.read_awarded_on(has_own_day ? Column::kAwardedOn : Column::kDate, earlier_.capture());
        award.awarded_on_hijri = row_.plain(Column::kAwardedOnHijri, kLineMax);
        award.level = static_cast<std::uint8_t>(read_code(Column::kLevel, kLevelMax));
        award.field = static_cast<std::uint16_t>(read_code(Column::kField, kFieldMax));
        row_.read_valid_until();
    }

    std::uint32_t read_code(Column column, std::uint32_t max) {
        return row_.need(column) ? row_.number(column, max).value_or(0) : 0;
    }

    /// Number and day of the act.
    void read_reference(std::string& number, Day& date) {
        if (row_.need(Column::kNumber)) {
            number = row_.plain(Column::kNumber, kLineMax).value_or("");
        }
        const bool is_awards_day = row_.cell(Column::kAwardedOn).empty();
        if (is_awards_day) {  // read already, with its faults
            date = row_.record().award.awarded_on;
        } else if (row_.need(Column::kDate)) {
            date = row_.optional(Column::kDate, read_day, IntakeError::kDate).value_or(Day{});
            if (date > row_.today()) row_.fault(Column::kDate, IntakeError::kDateInFuture);
        }
    }

    /// A text in as many languages as the row has; nothing if it has none.
    std::optional<wire::Titles> texts(const TextColumns& columns, std::size_t size_max) {
        wire::Titles titles{row_.plain(columns.ar, size_max).value_or(""),
                            row_.plain(columns.en, size_max).value_or(""),
                            row_.plain(columns.fr, size_max).value_or("")};
        if (titles == wire::Titles{}) return std::nullopt;
        return titles;
    }

    [[nodiscard]] bool has_any(const TextColumns& columns) const {
        return !row_.cell(columns.ar).empty() || !row_.cell(columns.en).empty() ||
               !row_.cell(columns.fr).empty();
    }

    wire::Titles need_texts(const TextColumns& columns) {
        if (!has_any(columns)) row_.fault(columns.ar, IntakeError::kEmpty);
        return texts(columns, kTextMax).value_or(wire::Titles{});
    }

    void read_equivalency() {
        certificate::Equivalency& act = row_.record().equivalency.emplace();
        row_.record().award.title = title_of("type.equivalency");
        read_reference(act.number, act.date);
        act.conditions = texts(kConditions, kLongTextMax);
        act.equivalent_to = texts(kEquivalent, kTextMax);
        act.purpose = texts(kPurpose, kTextMax);
        if (!row_.need(Column::kOutcome)) return;
        const auto outcome = row_.optional(Column::kOutcome, read_outcome,
                                           IntakeError::kOutcomeUnknown, known_outcomes);
        if (!outcome) return;
        act.outcome = *outcome;
        const bool has_conditions = has_any(kConditions);
        if (has_conditions ? *outcome == Outcome::kFull : *outcome == Outcome::kConditional) {
            row_.fault(Column::kOutcome, IntakeError::kConditions);
        }
    }

    void read_attestation() {
        certificate::Attestation& act = row_.record().attestation.emplace();
        read_reference(act.number, act.date);
        act.place = need_texts(kPlace);
        act.capacity = need_texts(kCapacity);
        if (!row_.need(Column::kKind)) return;
        const auto kind = row_.optional(Column::kKind, read_attestation_kind,
                                        IntakeError::kKindUnknown, known_attestation_kinds);
        if (!kind) return;
        act.kind = *kind;
        row_.record().award.title =
            title_of("attestation." + std::string{certificate::to_word(*kind)});
    }

    /// The certificate of the ledger or the document that it is about.
    void read_about() {
        const bool has_document = std::ranges::any_of(
            kDocumentColumns, [this](Column column) { return !row_.cell(column).empty(); });
        const bool has_target = !row_.cell(Column::kTarget).empty();
        if (has_target && has_document)
            return row_.fault(Column::kTarget, IntakeError::kTargetBoth);
        if (has_document) return read_document();
        if (!has_target) return row_.fault(Column::kTarget, IntakeError::kTargetMissing);
        const auto number =
            row_.optional(Column::kTarget, read_index, IntakeError::kWholeNumber, index_range);
        if (number) row_.record().target = certificate::Target{{*number}, profile_.origin};
    }

    void read_document() {
        certificate::Document& document = row_.record().document.emplace();
        document.institution = scripts(Column::kInstitutionAr, Column::kInstitutionLatin);
        document.title = scripts(Column::kTitleAr, Column::kTitleLatin);
        if (row_.need(Column::kCountry)) {
            document.country =
                row_.optional(Column::kCountry, read_country, IntakeError::kCountry).value_or("");
        }
        document.awarded_on =
            row_.optional(Column::kDocumentDate, read_partial_date, IntakeError::kDate);
        if (document.awarded_on &&
            certificate::earliest(*document.awarded_on) > row_.record().award.awarded_on) {
            row_.fault(Column::kDocumentDate, IntakeError::kDateOrder);
        }
        document.number = row_.plain(Column::kDocumentNumber, kLineMax);
    }

    /// What is printed on the document, in one script or both.
    std::vector<certificate::ScriptText> scripts(Column arabic, Column latin) {
        std::vector<certificate::ScriptText> all;
        take(all, arabic, text::TextScript::kArabic, Script::kArab);
        take(all, latin, text::TextScript::kLatin, Script::kLatn);
        if (row_.cell(arabic).empty() && row_.cell(latin).empty()) {
            row_.fault(latin, IntakeError::kEmpty);
        }
        return all;
    }
    void take(std::vector<certificate::ScriptText>& all, Column column, text::TextScript expected,
              Script script) {
        auto value = row_.plain(column);
        if (!value) return;
        // Titles may have words of another script in them, but not only such.
        const auto found = text::script_of(*value);
        if (found != expected && found != text::TextScript::kMixed) {
            return row_.fault(column, IntakeError::kWrongScript);
        }
        all.push_back({*std::move(value), script});
    }

    RowReader& row_;
    const ActProfile& profile_;
    MadeUpSerials& serials_;
    EarlierReader earlier_;
};

}  // namespace

TableKind table_kind(wire::CertificateType type) {
    ENSURE(certificate::is_authoritys(type));
    return type == wire::CertificateType::kEquivalency ? TableKind::kEquivalencies
                                                       : TableKind::kAttestations;
}

Intake read_acts(const CsvTable& table, const ColumnMap& columns, const ActProfile& profile,
                 Day today) {
    return read_rows(
        table, columns, today, table_faults(table, columns, columns.missing),
        [&, serials = MadeUpSerials{profile.serial_prefix}](RowReader& row) mutable {
            return ActReader{row, profile, serials}.read();
        },
        Serials{});
}

}  // namespace tasdiq::intake
