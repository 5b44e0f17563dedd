#include "intake/graduates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ensure.hpp"
#include "intake/cells.hpp"
#include "intake/seats.hpp"
#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

using certificate::Script;

constexpr std::int32_t kContemporaneousDays = 400;  // DESIGN §4, "capture"
constexpr std::int32_t kLateDays = 3'660;
constexpr std::size_t kTextSizeMax = 160;

bool is_serial(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.front() != '.' &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

/// One row on its way to a record; every fault is noted and reading goes on.
class RowReader {
  public:
    RowReader(const CsvTable& table, const ColumnMap& columns, const Profile& profile, Day today,
              const CsvRow& row, std::vector<RowFault>& faults)
        : table_{table},
          columns_{columns},
          profile_{profile},
          today_{today},
          row_{row},
          faults_{faults} {}

    std::optional<Graduate> read() {
        const std::size_t faults_before = faults_.size();
        if (row_.cells.size() > table_.header.cells.size()) {
            faults_.push_back({row_.line, {}, row_.cells.back(), IntakeError::kTooManyCells, {}});
        }
        read_holder();
        read_award();
        read_results();
        read_serial();
        if (faults_.size() != faults_before) return std::nullopt;
        Graduate graduate{row_.line, std::move(serial_), std::move(record_)};
        // What only the format knows: a fault here is still the row's, never the program's.
        if (const auto checked = certificate::check_record(graduate.record); !checked) {
            faults_.push_back({row_.line,
                               checked.error().field,
                               {},
                               IntakeError::kText,
                               std::string{certificate::to_string(checked.error().error)}});
            return std::nullopt;
        }
        return graduate;
    }

    /// Who it is, and nothing else.
    std::optional<Student> read_student() {
        const std::size_t faults_before = faults_.size();
        read_identity();
        const auto& date = record_.holder.birth_date;
        if (date && date->day == 0) fault(Column::kBirthDate, IntakeError::kDate);
        if (faults_.size() != faults_before) return std::nullopt;
        return student_of(row_.line, record_.holder);
    }

  private:
    /// The tidied cell; empty if the column or the cell is not there.
    [[nodiscard]] std::string cell(Column column) const {
        const auto place = columns_.place_of(column);
        if (!place || *place >= row_.cells.size()) return {};
        return text::tidy_spaces(row_.cells[*place]);
    }

    void fault(Column column, IntakeError error, std::string hint = {}) {
        const auto place = columns_.place_of(column);
        faults_.push_back({row_.line,
                           place ? text::tidy_spaces(table_.header.cells[*place])
                                 : std::string{to_heading(column)},
                           cell(column), error, std::move(hint)});
    }

    /// The text of an optional cell, checked.
    std::optional<std::string> plain(Column column, std::size_t size_max = kTextSizeMax) {
        std::string value = cell(column);
        if (value.empty()) return std::nullopt;
        if (!certificate::is_plain_text(value, size_max) || is_formula(value)) {
            fault(column, IntakeError::kText);
            return std::nullopt;
        }
        return value;
    }

    /// An optional cell read by `read`, or a fault.
    template <class Read>
    auto optional(Column column, Read read, IntakeError error, std::string hint = {})
        -> decltype(read(std::string_view{})) {
        const std::string value = cell(column);
        if (value.empty()) return std::nullopt;
        auto result = read(std::string_view{value});
        if (!result) fault(column, error, std::move(hint));
        return result;
    }

    /// A spreadsheet into which this is copied one day would run it.
    static bool is_formula(std::string_view value) {
        return value.size() > 1 &&
               std::string_view{"=+-@"}.find(value.front()) != std::string_view::npos;
    }

    void take_name(Column column, text::TextScript expected, Script script) {
        auto name = plain(column);
        if (!name) return;
        if (text::script_of(*name) != expected) return fault(column, IntakeError::kWrongScript);
        record_.holder.names.push_back({*std::move(name), script});
    }

    void take_identifier(Column column, std::string_view scheme) {
        auto value = plain(column, 64);
        if (value) record_.holder.identifiers.push_back({std::string{scheme}, *std::move(value)});
    }

    void read_identity() {
        certificate::Holder& holder = record_.holder;
        take_name(Column::kNameAr, text::TextScript::kArabic, Script::kArab);
        take_name(Column::kNameLatin, text::TextScript::kLatin, Script::kLatn);
        if (cell(Column::kNameAr).empty() && cell(Column::kNameLatin).empty()) {
            fault(columns_.place_of(Column::kNameAr) ? Column::kNameAr : Column::kNameLatin,
                  IntakeError::kNameMissing);
        }
        holder.birth_date = optional(Column::kBirthDate, read_partial_date, IntakeError::kDate);
        if (holder.birth_date && certificate::earliest(*holder.birth_date) > today_) {
            fault(Column::kBirthDate, IntakeError::kDateInFuture);
        }
    }

    void read_holder() {
        read_identity();
        certificate::Holder& holder = record_.holder;
        if (auto place = plain(Column::kBirthPlaceAr)) {
            holder.birth_place.push_back({*std::move(place), Script::kArab});
        }
        if (auto place = plain(Column::kBirthPlaceLatin)) {
            holder.birth_place.push_back({*std::move(place), Script::kLatn});
        }
        holder.nationality = optional(Column::kNationality, read_country, IntakeError::kCountry);
        take_identifier(Column::kNationalId, "national");
        take_identifier(Column::kPassport, "passport");
        take_identifier(Column::kStudentId, "student");
    }

    void read_award() {
        certificate::Award& award = record_.award;
        award.type = profile_.type;
        read_programme();
        if (cell(Column::kAwardedOn).empty()) {
            fault(Column::kAwardedOn, IntakeError::kEmpty);
        } else if (const auto day = optional(Column::kAwardedOn, read_day, IntakeError::kDate)) {
            award.awarded_on = *day;
            const std::int32_t age_days = today_.days - day->days;
            if (age_days < 0) fault(Column::kAwardedOn, IntakeError::kDateInFuture);
            if (age_days > kLateDays) fault(Column::kAwardedOn, IntakeError::kTooOld);
            award.capture = age_days <= kContemporaneousDays ? wire::Capture::kContemporaneous
                                                             : wire::Capture::kLate;
        }
        award.awarded_on_hijri = plain(Column::kAwardedOnHijri, 64);
        award.intake = optional(Column::kIntake, read_day, IntakeError::kDate);
        if (award.intake && *award.intake > award.awarded_on) {
            fault(Column::kIntake, IntakeError::kDateOrder);
        }
        award.mode =
            optional(Column::kMode, read_mode, IntakeError::kModeUnknown).value_or(profile_.mode);
        const auto site = optional(Column::kSite, read_number, IntakeError::kNumber);
        if (site && *site > 255) fault(Column::kSite, IntakeError::kNumber);
        award.site = site && *site <= 255 ? static_cast<std::uint8_t>(*site) : profile_.site;
        award.decision = plain(Column::kDecision);
        award.academic_year = plain(Column::kAcademicYear, 32);
    }

    void read_programme() {
        const std::string code = cell(Column::kProgramme);
        if (code.empty()) return fault(Column::kProgramme, IntakeError::kEmpty);
        const auto found = std::ranges::find(profile_.programmes, code, &Programme::code);
        if (found == profile_.programmes.end()) {
            std::string known;
            for (const Programme& one : profile_.programmes) {
                known += (known.empty() ? "" : ", ") + one.code;
            }
            return fault(Column::kProgramme, IntakeError::kProgrammeUnknown, std::move(known));
        }
        record_.award.programme = found->code;
        record_.award.level = found->level;
        record_.award.field = found->field;
        record_.award.title = found->titles;
    }

    void read_results() {
        certificate::Award& award = record_.award;
        award.honours =
            optional(Column::kHonours, read_honours, IntakeError::kHonoursUnknown, known_honours());
        auto grade = optional(Column::kGrade, read_decimal, IntakeError::kNumber);
        auto scale = optional(Column::kGradeScale, read_decimal, IntakeError::kNumber);
        if (cell(Column::kGrade).empty() != cell(Column::kGradeScale).empty()) {
            fault(grade ? Column::kGradeScale : Column::kGrade, IntakeError::kPartner);
        } else if (grade && scale) {
            award.grade = certificate::Grade{*std::move(grade), *std::move(scale)};
            if (!is_in_range(*award.grade)) fault(Column::kGrade, IntakeError::kGradeRange);
        }
        auto credits = optional(Column::kCredits, read_decimal, IntakeError::kNumber);
        auto system = plain(Column::kCreditSystem, 32);
        if (cell(Column::kCredits).empty() != cell(Column::kCreditSystem).empty()) {
            fault(credits ? Column::kCreditSystem : Column::kCredits, IntakeError::kPartner);
        } else if (credits && system) {
            award.credits = certificate::Credits{*std::move(credits), *std::move(system)};
        }
        const auto rank = optional(Column::kRank, read_number, IntakeError::kNumber);
        const auto rank_of = optional(Column::kRankOf, read_number, IntakeError::kNumber);
        if (cell(Column::kRank).empty() != cell(Column::kRankOf).empty()) {
            fault(rank ? Column::kRankOf : Column::kRank, IntakeError::kPartner);
        } else if (rank && rank_of) {
            award.rank = certificate::Rank{*rank, *rank_of};
            if (*rank < 1 || *rank > *rank_of) fault(Column::kRank, IntakeError::kRankRange);
        }
        if (auto languages = optional(Column::kLanguages, read_languages, IntakeError::kLanguage)) {
            award.languages = *std::move(languages);
        }
        record_.valid_until = optional(Column::kValidUntil, read_day, IntakeError::kDate);
        if (record_.valid_until && *record_.valid_until < award.awarded_on) {
            fault(Column::kValidUntil, IntakeError::kDateOrder);
        }
    }

    /// Whether the grade is not above its scale; both are `read_decimal`'s.
    static bool is_in_range(const certificate::Grade& grade) {
        const auto scaled = [](std::string_view decimal) {
            const std::size_t point = std::min(decimal.find('.'), decimal.size());
            std::uint64_t value = 0;
            for (std::size_t i = 0; i < point; ++i) {
                value = value * 10 + static_cast<std::uint64_t>(decimal[i] - '0');
            }
            for (std::size_t i = 1; i <= 4; ++i) {
                const std::size_t at = point + i;
                const char digit = at < decimal.size() ? decimal[at] : '0';
                value = value * 10 + static_cast<std::uint64_t>(digit - '0');
            }
            return value;
        };
        return scaled(grade.value) <= scaled(grade.scale);
    }

    void read_serial() {
        serial_ = cell(Column::kSerial);
        if (serial_.empty()) {
            serial_ = profile_.serial_prefix + "-" + std::to_string(row_.line);
        } else {
            std::ranges::replace(serial_, '/', '-');
            std::ranges::replace(serial_, ' ', '-');
        }
        if (!is_serial(serial_)) fault(Column::kSerial, IntakeError::kSerial);
    }

    const CsvTable& table_;
    const ColumnMap& columns_;
    const Profile& profile_;
    Day today_;
    const CsvRow& row_;
    std::vector<RowFault>& faults_;
    certificate::Record record_;
    std::string serial_;
};

/// Finds the same serial, or the same person in the same programme, in two rows.
class Uniqueness {
  public:
    /// Adds what is twice to `faults`; whether nothing was.
    bool check(const Graduate& graduate, std::vector<RowFault>& faults) {
        const std::size_t before = faults.size();
        note(serials_, graduate.serial, graduate, to_heading(Column::kSerial),
             IntakeError::kSerialTwice, faults);
        for (const auto& identifier : graduate.record.holder.identifiers) {
            const std::string key = identifier.scheme + '\n' +
                                    text::to_western_digits(identifier.value) + '\n' +
                                    graduate.record.award.programme.value_or("");
            note(persons_, key, graduate, identifier.scheme, IntakeError::kPersonTwice, faults,
                 identifier.value);
        }
        return faults.size() == before;
    }

  private:
    static void note(std::map<std::string, std::uint32_t>& seen, const std::string& key,
                     const Graduate& graduate, std::string_view column, IntakeError error,
                     std::vector<RowFault>& faults, std::string_view value = {}) {
        const auto [place, is_new] = seen.emplace(key, graduate.line);
        if (is_new) return;
        faults.push_back({graduate.line, std::string{column},
                          std::string{value.empty() ? std::string_view{key} : value}, error,
                          std::to_string(place->second)});
    }

    std::map<std::string, std::uint32_t> serials_;
    std::map<std::string, std::uint32_t> persons_;
};

/// Of the table as a whole.
std::vector<RowFault> table_faults(const CsvTable& table, const ColumnMap& columns,
                                   std::span<const Column> missing) {
    std::vector<RowFault> faults;
    for (const Column one : missing) {
        faults.push_back({0, std::string{to_heading(one)}, {}, IntakeError::kColumnMissing, {}});
    }
    if (columns.twice) {
        faults.push_back(
            {0, std::string{to_heading(*columns.twice)}, {}, IntakeError::kColumnTwice, {}});
    }
    if (table.rows.empty()) faults.push_back({0, {}, {}, IntakeError::kNoRows, {}});
    return faults;
}

}  // namespace

std::string_view to_string(IntakeError error) {
    switch (error) {
        case IntakeError::kColumnMissing: return "column-missing";
        case IntakeError::kColumnTwice: return "column-twice";
        case IntakeError::kNoRows: return "no-rows";
        case IntakeError::kTooManyCells: return "too-many-cells";
        case IntakeError::kEmpty: return "empty";
        case IntakeError::kNameMissing: return "name-missing";
        case IntakeError::kWrongScript: return "wrong-script";
        case IntakeError::kText: return "text";
        case IntakeError::kDate: return "date";
        case IntakeError::kDateInFuture: return "date-in-future";
        case IntakeError::kDateOrder: return "date-order";
        case IntakeError::kProgrammeUnknown: return "programme-unknown";
        case IntakeError::kNumber: return "number";
        case IntakeError::kGradeRange: return "grade-range";
        case IntakeError::kRankRange: return "rank-range";
        case IntakeError::kHonoursUnknown: return "honours-unknown";
        case IntakeError::kModeUnknown: return "mode-unknown";
        case IntakeError::kCountry: return "country";
        case IntakeError::kLanguage: return "language";
        case IntakeError::kSerial: return "serial";
        case IntakeError::kPartner: return "partner";
        case IntakeError::kTooOld: return "too-old";
        case IntakeError::kSerialTwice: return "serial-twice";
        case IntakeError::kPersonTwice: return "person-twice";
        case IntakeError::kSeatNone: return "seat-none";
        case IntakeError::kSeatSeveral: return "seat-several";
        case IntakeError::kSeatBirthDate: return "seat-birth-date";
        case IntakeError::kSeatDate: return "seat-date";
        case IntakeError::kSeatTwice: return "seat-twice";
        case IntakeError::kStudentTwice: return "student-twice";
    }
    ENSURE(false);
}

Intake read_graduates(const CsvTable& table, const ColumnMap& columns, const Profile& profile,
                      Day today) {
    Intake intake;
    intake.ignored_columns = columns.ignored;
    intake.row_count = table.rows.size();
    intake.faults = table_faults(table, columns, columns.missing);
    if (!intake.faults.empty()) return intake;

    Uniqueness uniqueness;
    for (const CsvRow& row : table.rows) {
        auto graduate = RowReader{table, columns, profile, today, row, intake.faults}.read();
        if (graduate && uniqueness.check(*graduate, intake.faults)) {
            intake.graduates.push_back(*std::move(graduate));
        }
    }
    return intake;
}

Students read_students(const CsvTable& table, const ColumnMap& columns, Day today) {
    Students students;
    students.row_count = table.rows.size();
    std::vector<Column> missing;
    if (!columns.place_of(Column::kNameAr) && !columns.place_of(Column::kNameLatin)) {
        missing.push_back(Column::kNameAr);
    }
    students.faults = table_faults(table, columns, missing);
    if (!students.faults.empty()) return students;
    const Profile no_profile;
    for (const CsvRow& row : table.rows) {
        RowReader reader{table, columns, no_profile, today, row, students.faults};
        if (auto student = reader.read_student()) students.students.push_back(*std::move(student));
    }
    return students;
}

}  // namespace tasdiq::intake
