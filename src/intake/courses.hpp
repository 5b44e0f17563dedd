#pragma once

#include <set>

#include "intake/graduates.hpp"

// The courses of transcripts and supplements, a table of their own: docs/formats/graduates.md.
namespace tasdiq::intake {

/// What a table of courses held.
struct CourseTable {
    std::vector<RowFault> faults;  // of its lines, ascending
    std::vector<std::string> ignored_columns;
    std::size_t row_count = 0;
    std::size_t good_count = 0;
    std::set<std::uint32_t> owners;  // lines of graduates whom one of its rows names
};

/// Gives graduates the courses that name them by serial or student's number, in the order of
/// `courses`. `graduates` was read from `table` with `columns`. A row of a graduate who had a fault
/// is held against the format, too, and then left out.
[[nodiscard]] CourseTable add_courses(const CsvTable& courses, const CsvTable& table,
                                      const ColumnMap& columns, std::vector<Graduate>& graduates);

/// Makes kCoursesMissing of every transcript without courses, but for notes and for `owners`, whose
/// courses had faults of their own.
void check_courses(Intake& intake, const std::set<std::uint32_t>& owners);

}  // namespace tasdiq::intake
