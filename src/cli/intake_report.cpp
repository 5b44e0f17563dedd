#include "cli/intake_report.hpp"

#include <algorithm>

#include "prose/printable.hpp"
#include "text/catalogue.hpp"
#include "text/folding.hpp"

namespace tasdiq::cli {
namespace {

std::string summary_of(std::size_t row_count, std::size_t good_count, std::size_t fault_count,
                       text::Language language) {
    // In Arabic the nouns stand before the numbers.
    const auto count_of = [&](std::string_view noun, std::size_t count) {
        return language == text::Language::kArabic ? text::number_text(count, language)
                                                   : text::count_text(noun, count, language);
    };
    const text::Parameter counts[] = {{"rows", count_of("rows", row_count)},
                                      {"good", text::number_text(good_count, language)},
                                      {"faults", count_of("faults", fault_count)}};
    return text::format("intake.summary", language, counts) + "\n";
}

std::string list_of(std::span<const intake::RowFault> faults, text::Language language,
                    std::size_t faults_max) {
    std::string list;
    const std::size_t shown = std::min(faults_max, faults.size());
    for (const intake::RowFault& fault : faults.first(shown)) {
        const text::Parameter parameters[] = {{"column", prose::printable(fault.column)},
                                              {"value", prose::printable(fault.value)},
                                              {"hint", prose::printable(fault.hint)}};
        if (fault.line > 0) {
            const text::Parameter line[] = {{"line", std::to_string(fault.line)}};
            list += text::format("intake.line", language, line) + " ";
        }
        list += text::format("intake." + std::string{intake::to_string(fault.error)}, language,
                             parameters) +
                "\n";
    }
    if (shown < faults.size()) {
        const text::Parameter more[] = {
            {"faults", text::count_text("faults", faults.size() - shown, language)}};
        list += text::format("intake.more", language, more) + "\n";
    }
    return list;
}

/// Headings that are left out; empty if none is.
std::string ignored_text(std::span<const std::string> headings, text::Language language) {
    if (headings.empty()) return {};
    std::string ignored;
    for (const std::string& heading : headings) ignored += (ignored.empty() ? "" : ", ") + heading;
    const text::Parameter parameters[] = {{"columns", prose::printable(ignored)}};
    return text::format("intake.ignored", language, parameters) + "\n";
}

}  // namespace

std::string intake_report(const intake::CsvFault& fault, text::Language language) {
    const text::Parameter parameters[] = {{"line", std::to_string(fault.line)}};
    return text::format("csv." + std::string{intake::to_string(fault.error)}, language,
                        parameters) +
           "\n";
}

std::string intake_report(const intake::Intake& intake, text::Language language,
                          std::size_t faults_max) {
    return summary_of(intake.row_count, intake.graduates.size(), intake.faults.size(), language) +
           ignored_text(intake.ignored_columns, language) +
           list_of(intake.faults, language, faults_max);
}

std::string intake_report(const intake::CourseTable& courses, text::Language language) {
    return summary_of(courses.row_count, courses.good_count, courses.faults.size(), language) +
           ignored_text(courses.ignored_columns, language) +
           list_of(courses.faults, language, kFaultsShown);
}

std::string intake_report(std::size_t row_count, std::size_t good_count,
                          std::span<const intake::RowFault> faults, text::Language language) {
    return summary_of(row_count, good_count, faults.size(), language) +
           list_of(faults, language, kFaultsShown);
}

Result<intake::ColumnMap, std::string> named_columns(const Arguments& arguments,
                                                     const intake::CsvTable& table,
                                                     intake::TableKind kind) {
    std::vector<std::pair<std::string, std::string>> overrides;
    for (const std::string& one : arguments.all("column")) {
        // A heading may hold the sign; a column's name never does.
        const std::size_t equals = one.rfind('=');
        if (equals == std::string::npos) {
            return std::unexpected{"--column takes HEADING=NAME, not “" + one + "”"};
        }
        std::string heading = text::tidy_spaces(one.substr(0, equals));
        std::string name = one.substr(equals + 1);
        if (!name.empty() && !intake::find_column(name, kind)) {
            std::string known;
            for (const std::string_view plain : intake::plain_headings(kind)) {
                known += (known.empty() ? "" : ", ") + std::string{plain};
            }
            return std::unexpected{"--column: there is no column “" + name + "”; known: " + known};
        }
        if (std::ranges::find(table.header.cells, text::fold(heading), text::fold) ==
            table.header.cells.end()) {
            return std::unexpected{"--column: the table has no heading “" + heading + "”"};
        }
        overrides.emplace_back(std::move(heading), std::move(name));
    }
    return intake::map_columns(table.header.cells, overrides, kind);
}

}  // namespace tasdiq::cli
