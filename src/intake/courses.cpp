#include "intake/courses.hpp"

#include <algorithm>
#include <utility>

#include "intake/row_reader.hpp"

namespace tasdiq::intake {
namespace {

constexpr std::size_t kTitleMax = 160;
constexpr std::size_t kShortMax = 32;

/// The rows of graduates by what courses may name them with.
class Owners {
  public:
    Owners(const CsvTable& table, const ColumnMap& columns) {
        const auto cell = [&](const CsvRow& row, Column column) {
            const auto place = columns.place_of(column);
            return place && *place < row.cells.size() ? text::tidy_spaces(row.cells[*place])
                                                      : std::string{};
        };
        for (const CsvRow& row : table.rows) {
            add(by_serial_, tidy_serial(cell(row, Column::kSerial)), row.line);
            add(by_student_, text::to_western_digits(cell(row, Column::kStudentId)), row.line);
        }
    }

    /// The line of the graduate whom the row names; nothing after a fault.
    std::optional<std::uint32_t> find(RowReader& row) const {
        const std::string serial = row.cell(Column::kSerial);
        const std::string student = row.cell(Column::kStudentId);
        if (serial.empty() && student.empty()) {
            row.fault(row.has(Column::kStudentId) ? Column::kStudentId : Column::kSerial,
                      IntakeError::kEmpty);
            return std::nullopt;
        }
        const auto named = lines(by_serial_, tidy_serial(serial));
        const auto numbered = lines(by_student_, text::to_western_digits(student));
        if (!serial.empty() && named.empty()) return refuse(row, Column::kSerial);
        if (!student.empty() && numbered.empty()) return refuse(row, Column::kStudentId);
        if (serial.empty() && numbered.size() > 1) {
            row.fault(Column::kStudentId, IntakeError::kCourseOfSeveral,
                      std::to_string(numbered[0]) + ", " + std::to_string(numbered[1]));
            return std::nullopt;
        }
        if (serial.empty()) return numbered.front();
        if (!student.empty() && std::ranges::find(numbered, named.front()) == numbered.end()) {
            row.fault(Column::kStudentId, IntakeError::kCourseOfTwo,
                      std::to_string(numbered.front()));
            return std::nullopt;
        }
        return named.front();
    }

  private:
    using Lines = std::map<std::string, std::vector<std::uint32_t>>;

    static void add(Lines& to, const std::string& key, std::uint32_t line) {
        if (!key.empty()) to[key].push_back(line);
    }
    static std::span<const std::uint32_t> lines(const Lines& in, const std::string& key) {
        const auto found = in.find(key);
        return found == in.end() ? std::span<const std::uint32_t>{} : std::span{found->second};
    }
    static std::optional<std::uint32_t> refuse(RowReader& row, Column column) {
        row.fault(column, IntakeError::kCourseOfNobody);
        return std::nullopt;
    }

    Lines by_serial_, by_student_;
};

certificate::Course read_course(RowReader& row) {
    certificate::Course course;
    if (row.need(Column::kCode)) course.code = row.plain(Column::kCode, kShortMax).value_or("");
    bool has_title = false;
    for (const auto& [column, title] : {std::pair{Column::kTitleAr, &course.title_ar},
                                        {Column::kTitleEn, &course.title_en},
                                        {Column::kTitleFr, &course.title_fr}}) {
        has_title = has_title || !row.cell(column).empty();
        *title = row.plain(column, kTitleMax).value_or("");
    }
    if (!has_title) {
        const auto columns = {Column::kTitleAr, Column::kTitleEn, Column::kTitleFr};
        row.fault(*std::ranges::find_if(columns, [&](Column one) { return row.has(one); }),
                  IntakeError::kEmpty);
    }
    course.credits = row.read_credits();
    course.grade = row.read_grade();
    course.semester = row.plain(Column::kSemester, kShortMax);
    return course;
}

}  // namespace

CourseTable add_courses(const CsvTable& courses, const CsvTable& table, const ColumnMap& columns,
                        std::vector<Graduate>& graduates) {
    const ColumnMap own = map_columns(courses.header.cells, {}, TableKind::kCourses);
    CourseTable read;
    read.ignored_columns = own.ignored;
    read.row_count = courses.rows.size();
    read.faults = table_faults(courses, own, own.missing);
    if (!read.faults.empty()) return read;
    std::map<std::uint32_t, Graduate*> by_line;
    for (Graduate& one : graduates) by_line.emplace(one.line, &one);
    const Owners owners{table, columns};
    for (const CsvRow& line : courses.rows) {
        RowReader row{courses, own, Day{}, line, read.faults};
        const auto owner = owners.find(row);
        if (owner) read.owners.insert(*owner);
        certificate::Course course = read_course(row);
        const auto graduate = owner ? by_line.find(*owner) : by_line.end();
        if (graduate != by_line.end()) {
            certificate::Record& record = graduate->second->record;
            if (!lists_courses(record.award.type)) {
                row.fault(Column::kCode, IntakeError::kCourseForType,
                          std::string{certificate::to_word(record.award.type)});
            } else if (record.courses.size() == certificate::kCoursesMax) {
                row.fault(Column::kCode, IntakeError::kTooManyCourses);
            } else if (row.is_faultless()) {
                record.courses.push_back(std::move(course));
            }
        }
        if (row.is_faultless()) ++read.good_count;
    }
    return read;
}

void check_courses(Intake& intake, const std::set<std::uint32_t>& owners) {
    const auto lacks = [&](const Graduate& one) {
        const bool is_note = one.relation && one.relation->code == wire::RelationCode::kAnnotates;
        return one.record.award.type == wire::CertificateType::kTranscript && !is_note &&
               one.record.courses.empty() && !owners.contains(one.line);
    };
    std::vector<RowFault> faults;
    for (const Graduate& one : intake.graduates) {
        if (!lacks(one)) continue;
        faults.push_back({one.line,
                          std::string{to_heading(Column::kCode)},
                          one.record.holder.names.front().text,
                          IntakeError::kCoursesMissing,
                          {}});
    }
    std::erase_if(intake.graduates, lacks);
    add_faults(intake, faults);
}

}  // namespace tasdiq::intake
