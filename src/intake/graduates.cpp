#include "intake/graduates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ensure.hpp"
#include "intake/cells.hpp"
#include "intake/earlier_reader.hpp"
#include "intake/row_reader.hpp"
#include "intake/seats.hpp"

namespace tasdiq::intake {
namespace {

/// What a row says of an award of studies.
class GraduateReader {
  public:
    GraduateReader(RowReader& row, const Profile& profile)
        : row_{row}, profile_{profile}, earlier_{row, profile.relations, profile.type} {}

    std::optional<Graduate> read() {
        row_.read_person();
        earlier_.find();
        read_award();
        read_results();
        earlier_.adopt();
        row_.read_serial(made_up_serial());
        return earlier_.finish();
    }

  private:
    void read_award() {
        certificate::Award& award = row_.record().award;
        award.type = profile_.type.value_or(wire::CertificateType::kDegree);
        read_programme();
        if (!earlier_.take_awarded_on()) {
            const auto capture = earlier_.capture();
            row_.read_awarded_on(Column::kAwardedOn, capture ? capture : profile_.capture);
        }
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
        std::string code = row_.cell(Column::kProgramme);
        if (code.empty() && profile_.relations) {
            if (earlier_.terms() == nullptr) return;  // a fault of its own
            code = programme_of(*earlier_.terms());
            if (code.empty()) {
                return row_.fault(Column::kProgramme, IntakeError::kProgrammeNeeded);
            }
        }
        if (code.empty()) return row_.fault(Column::kProgramme, IntakeError::kEmpty);
        const auto found = std::ranges::find(profile_.programmes, code, &Programme::code);
        if (found == profile_.programmes.end()) {
            std::string known;
            for (const Programme& one : profile_.programmes) {
                known += (known.empty() ? "" : ", ") + one.code;
            }
            return row_.fault(Column::kProgramme, IntakeError::kProgrammeUnknown, std::move(known),
                              std::move(code));
        }
        row_.record().award.programme = found->code;
        row_.record().award.level = found->level;
        row_.record().award.field = found->field;
        row_.record().award.title = found->titles;
    }

    /// The code of the programme that an earlier certificate is of: named there, or the only one of
    /// its level and field. Empty if that cannot be told.
    [[nodiscard]] std::string programme_of(const wire::Terms& terms) const {
        if (terms.programme) return *terms.programme;
        std::string code;
        for (const Programme& one : profile_.programmes) {
            if (one.level != terms.level || one.field != terms.field) continue;
            if (!code.empty()) return {};
            code = one.code;
        }
        return code;
    }

    /// Prefix, year of the award, batch and line: batches seldom share any.
    [[nodiscard]] std::string made_up_serial() const {
        const std::string year =
            "-" + std::to_string(to_civil(row_.record().award.awarded_on).year);
        std::string serial = profile_.serial_prefix;
        if (!serial.ends_with(year)) serial += year;
        if (!profile_.batch.empty()) serial += "-" + profile_.batch;
        return serial + "-" + std::to_string(row_.line());
    }

    void read_results() {
        certificate::Award& award = row_.record().award;
        award.honours = row_.optional(Column::kHonours, read_honours, IntakeError::kHonoursUnknown,
                                      known_honours);
        award.grade = row_.read_grade();
        award.credits = row_.read_credits();
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

    RowReader& row_;
    const Profile& profile_;
    EarlierReader earlier_;
};

/// Finds the same serial, or the same person in the same programme, in two rows. Where rows stand
/// to earlier certificates, these are to be different ones instead, unless all may belong to one.
class Uniqueness {
  public:
    /// Adds what is twice to `faults`; whether nothing was.
    bool check(const Graduate& graduate, std::vector<RowFault>& faults) {
        bool is_unique = serials_.check(graduate, faults);
        if (graduate.relation) return check_earlier(graduate, faults) && is_unique;
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
    bool check_earlier(const Graduate& graduate, std::vector<RowFault>& faults) {
        if (!takes_terms(graduate.relation->code)) return true;
        const std::uint64_t number = graduate.relation->target.value;
        const auto [place, is_new] = earlier_.emplace(number, graduate.line);
        if (is_new) return true;
        faults.push_back({graduate.line, std::string{to_heading(Column::kCertificate)},
                          std::to_string(number), IntakeError::kEarlierTwice,
                          std::to_string(place->second)});
        return false;
    }

    Serials serials_;
    std::map<std::string, std::uint32_t> persons_;
    std::map<std::uint64_t, std::uint32_t> earlier_;
};

/// What is wrong with the table, and whether it tells of earlier certificates as it should.
std::vector<RowFault> faults_of_table(const CsvTable& table, const ColumnMap& columns,
                                      const std::optional<Relations>& relations) {
    std::vector<Column> missing = columns.missing;
    const auto place = columns.place_of(Column::kCertificate);
    if (relations) {
        std::erase(missing, Column::kProgramme);
        if (takes_date(relations->code)) std::erase(missing, Column::kAwardedOn);
        if (!place && relations->earlier.empty()) missing.push_back(Column::kCertificate);
    }
    auto faults = table_faults(table, columns, missing);
    if (place && !relations) {
        faults.push_back({0,
                          text::tidy_spaces(table.header.cells[*place]),
                          {},
                          IntakeError::kRelationMissing,
                          {}});
    }
    return faults;
}

}  // namespace

std::string_view to_string(IntakeError error) {
    switch (error) {
        case IntakeError::kColumnMissing: return "column-missing";
        case IntakeError::kColumnTwice: return "column-twice";
        case IntakeError::kNoRows: return "no-rows";
        case IntakeError::kNameColumnMissing: return "name-column-missing";
        case IntakeError::kNameHalves: return "name-halves";
        case IntakeError::kRelationMissing: return "relation-missing";
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
        case IntakeError::kProgrammeNeeded: return "programme-needed";
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
        case IntakeError::kEarlierUnknown: return "earlier-unknown";
        case IntakeError::kEarlierType: return "earlier-type";
        case IntakeError::kEarlierDiffers: return "earlier-differs";
        case IntakeError::kNotProvisional: return "not-provisional";
        case IntakeError::kBeforeProvisional: return "before-provisional";
        case IntakeError::kEarlierTwice: return "earlier-twice";
        case IntakeError::kEarlierOthers: return "earlier-others";
        case IntakeError::kCourseOfNobody: return "course-of-nobody";
        case IntakeError::kCourseOfSeveral: return "course-of-several";
        case IntakeError::kCourseOfTwo: return "course-of-two";
        case IntakeError::kTooManyCourses: return "too-many-courses";
        case IntakeError::kCourseForType: return "course-for-type";
        case IntakeError::kCoursesMissing: return "courses-missing";
        case IntakeError::kAwardedBefore: return "awarded-before";
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

void add_faults(Intake& intake, const std::vector<RowFault>& faults) {
    std::vector<RowFault> all;
    std::ranges::merge(intake.faults, faults, std::back_inserter(all), {}, &RowFault::line,
                       &RowFault::line);
    intake.faults = std::move(all);
}

Intake read_graduates(const CsvTable& table, const ColumnMap& columns, const Profile& profile,
                      Day today) {
    return read_rows(
        table, columns, today, faults_of_table(table, columns, profile.relations),
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
