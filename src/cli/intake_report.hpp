#pragma once

#include <span>
#include <string>

#include "cli/arguments.hpp"
#include "intake/courses.hpp"
#include "text/language.hpp"

namespace tasdiq::cli {

/// A table of a year's graduates.
inline constexpr std::size_t kTableSizeMax = 512U << 20;

/// Options of commands that read a table.
inline constexpr Option kColumnOption{
    "column", "HEADING=NAME",
    "what a heading of the file means, nothing (HEADING=) if it is to "
    "be left out; may stand several times"};
inline constexpr Option kReportLanguageOption{"lang", "ar|fr|en", "language of the report"};

inline constexpr std::size_t kFaultsShown = 50;
/// What a registrar reads about a table: counts, headings left out, and each fault with its line,
/// what is wrong and what to do; at most `faults_max` of them, then how many more there are.
[[nodiscard]] std::string intake_report(const intake::Intake& intake, text::Language language,
                                        std::size_t faults_max = kFaultsShown);
/// The same of a table of which `good_count` rows were read.
[[nodiscard]] std::string intake_report(std::size_t row_count, std::size_t good_count,
                                        std::span<const intake::RowFault> faults,
                                        text::Language language);
/// The same of a table of courses.
[[nodiscard]] std::string intake_report(const intake::CourseTable& courses,
                                        text::Language language);
[[nodiscard]] std::string intake_report(const intake::CsvFault& fault, text::Language language);

/// Where the columns of a table of that kind stand, with what `--column HEADING=NAME` says of its
/// headings. The sentence says which of these names no heading of the table, or no column.
[[nodiscard]] Result<intake::ColumnMap, std::string> named_columns(
    const Arguments& arguments, const intake::CsvTable& table,
    intake::TableKind kind = intake::TableKind::kGraduates);

}  // namespace tasdiq::cli
