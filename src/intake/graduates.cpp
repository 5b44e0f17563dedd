#include "intake/graduates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ensure.hpp"
#include "intake/cells.hpp"
#include "intake/row_reader.hpp"
#include "intake/seats.hpp"

namespace tasdiq::intake {
namespace {

/// What a row says of an award of studies.
class GraduateReader {
  public:
    GraduateReader(RowReader& row, const Profile& profile) : row_{row}, profile_{profile} {}

    std::optional<Graduate> read() {
        row_.read_person();
        read_award();
        read_results();
        row_.read_serial(profile_.serial_prefix + "-" + std::to_string(row_.line()));
        return row_.finish();
    }

  private:
    void read_award() {
        certificate::Award& award = row_.record().award;
        award.type = profile_.type;
        read_programme();
        row_.read_awarded_on(Column::kAwardedOn);
        award.awarded_on_hijri = row_.plain(Column::kAwardedOnHijri, 64);
        award.intake = row_.optional(Column::kIntake, read_day, IntakeError::kDate);
        if (award.intake && *award.intake > award.awarded_on) {
            row_.fault(Column::kIntake, IntakeError::kDateOrder);
        }
        award.mode = row_.optional(Column::kMode, read_mode, IntakeError::kModeUnknown)
                         .value_or(profile_.mode);
        award.site =
            static_cast<std::uint8_t>(row_.number(Column::kSite, 255).value_or(profile_.site));
        award.decision = row_.plain(Column::kDecision);
        award.academic_year = row_.plain(Column::kAcademicYear, 32);
    }

    void read_programme() {
        const std::string code = row_.cell(Column::kProgramme);
        if (code.empty()) return row_.fault(Column::kProgramme, IntakeError::kEmpty);
        const auto found = std::ranges::find(profile_.programmes, code, &Programme::code);
        if (found == profile_.programmes.end()) {
            std::string known;
            for (const Programme& one : profile_.programmes) {
                known += (known.empty() ? "" : ", ") + one.code;
            }
            return row_.fault(Column::kProgramme, IntakeError::kProgrammeUnknown, std::move(known));
        }
        row_.record().award.programme = found->code;
        row_.record().award.level = found->level;
        row_.record().award.field = found->field;
        row_.record().award.title = found->titles;
    }

    void read_results() {
        certificate::Award& award = row_.record().award;
        award.honours = row_.optional(Column::kHonours, read_honours, IntakeError::kHonoursUnknown,
                                      known_honours);
        auto grade = row_.optional(Column::kGrade, read_decimal, IntakeError::kNumber);
        auto scale = row_.optional(Column::kGradeScale, read_decimal, IntakeError::kNumber);
        if (row_.check_partners(Column::kGrade, Column::kGradeScale) && grade && scale) {
            award.grade = certificate::Grade{*std::move(grade), *std::move(scale)};
            if (!is_in_range(*award.grade)) row_.fault(Column::kGrade, IntakeError::kGradeRange);
        }
        auto credits = row_.optional(Column::kCredits, read_decimal, IntakeError::kNumber);
        auto system = row_.plain(Column::kCreditSystem, 32);
        if (row_.check_partners(Column::kCredits, Column::kCreditSystem) && credits && system) {
            award.credits = certificate::Credits{*std::move(credits), *std::move(system)};
        }
        const auto rank = row_.number(Column::kRank, kNumberMax);
        const auto rank_of = row_.number(Column::kRankOf, kNumberMax);
        if (row_.check_partners(Column::kRank, Column::kRankOf) && rank && rank_of) {
            award.rank = certificate::Rank{*rank, *rank_of};
            if (*rank < 1 || *rank > *rank_of) row_.fault(Column::kRank, IntakeError::kRankRange);
        }
        if (auto languages =
                row_.optional(Column::kLanguages, read_languages, IntakeError::kLanguage)) {
            award.languages = *std::move(languages);
        }
        row_.read_valid_until();
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

    RowReader& row_;
    const Profile& profile_;
};

/// Finds the same serial, or the same person in the same programme, in two rows.
class Uniqueness {
  public:
    /// Adds what is twice to `faults`; whether nothing was.
    bool check(const Graduate& graduate, std::vector<RowFault>& faults) {
        bool is_unique = serials_.check(graduate, faults);
        for (const auto& identifier : graduate.record.holder.identifiers) {
            const std::string key = identifier.scheme + '\n' +
                                    text::to_western_digits(identifier.value) + '\n' +
                                    graduate.record.award.programme.value_or("");
            const auto [place, is_new] = persons_.emplace(key, graduate.line);
            is_unique = is_unique && is_new;
            if (is_new) continue;
            faults.push_back({graduate.line, identifier.scheme, identifier.value,
                              IntakeError::kPersonTwice, std::to_string(place->second)});
        }
        return is_unique;
    }

  private:
    Serials serials_;
    std::map<std::string, std::uint32_t> persons_;
};

}  // namespace

std::string_view to_string(IntakeError error) {
    switch (error) {
        case IntakeError::kColumnMissing: return "column-missing";
        case IntakeError::kColumnTwice: return "column-twice";
        case IntakeError::kNoRows: return "no-rows";
        case IntakeError::kNameColumnMissing: return "name-column-missing";
        case IntakeError::kNameHalves: return "name-halves";
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
        case IntakeError::kWholeNumber: return "whole-number";
        case IntakeError::kNameBegins: return "name-begins";
        case IntakeError::kBirthTooEarly: return "birth-too-early";
        case IntakeError::kGradeRange: return "grade-range";
        case IntakeError::kRankRange: return "rank-range";
        case IntakeError::kHonoursUnknown: return "honours-unknown";
        case IntakeError::kModeUnknown: return "mode-unknown";
        case IntakeError::kCountry: return "country";
        case IntakeError::kLanguage: return "language";
        case IntakeError::kSerial: return "serial";
        case IntakeError::kPartner: return "partner";
        case IntakeError::kTooOld: return "too-old";
        case IntakeError::kOutcomeUnknown: return "outcome-unknown";
        case IntakeError::kKindUnknown: return "kind-unknown";
        case IntakeError::kTargetMissing: return "target-missing";
        case IntakeError::kTargetBoth: return "target-both";
        case IntakeError::kConditions: return "conditions";
        case IntakeError::kSerialTwice: return "serial-twice";
        case IntakeError::kPersonTwice: return "person-twice";
        case IntakeError::kNoSuchDay: return "no-such-day";
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
    return read_rows(
        table, columns, today,
        [&profile](RowReader& row) { return GraduateReader{row, profile}.read(); }, Uniqueness{});
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
    for (const CsvRow& row : table.rows) {
        RowReader reader{table, columns, today, row, students.faults};
        reader.read_identity();
        const certificate::Holder& holder = reader.record().holder;
        if (holder.birth_date && holder.birth_date->day == 0) {
            reader.fault(Column::kBirthDate, IntakeError::kDate);
        }
        if (reader.is_faultless()) students.students.push_back(student_of(row.line, holder));
    }
    return students;
}

}  // namespace tasdiq::intake
