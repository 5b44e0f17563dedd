#include "cli/intake_report.hpp"

#include <algorithm>

#include "prose/printable.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {

std::string intake_report(const intake::CsvFault& fault, text::Language language) {
    const text::Parameter parameters[] = {{"line", std::to_string(fault.line)}};
    return text::format("csv." + std::string{intake::to_string(fault.error)}, language,
                        parameters) +
           "\n";
}

std::string intake_report(const intake::Intake& intake, text::Language language,
                          std::size_t faults_max) {
    std::string report;
    const text::Parameter counts[] = {
        {"rows", text::count_text("rows", intake.row_count, language)},
        {"good", text::number_text(intake.graduates.size(), language)},
        {"faults", text::count_text("faults", intake.faults.size(), language)}};
    report += text::format("intake.summary", language, counts) + "\n";
    if (!intake.ignored_columns.empty()) {
        std::string ignored;
        for (const std::string& heading : intake.ignored_columns) {
            ignored += (ignored.empty() ? "" : ", ") + heading;
        }
        const text::Parameter parameters[] = {{"columns", prose::printable(ignored)}};
        report += text::format("intake.ignored", language, parameters) + "\n";
    }
    const std::size_t shown = std::min(faults_max, intake.faults.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const intake::RowFault& fault = intake.faults[i];
        const text::Parameter parameters[] = {{"column", prose::printable(fault.column)},
                                              {"value", prose::printable(fault.value)},
                                              {"hint", prose::printable(fault.hint)}};
        if (fault.line > 0) {
            const text::Parameter line[] = {{"line", std::to_string(fault.line)}};
            report += text::format("intake.line", language, line) + " ";
        }
        report += text::format("intake." + std::string{intake::to_string(fault.error)}, language,
                               parameters) +
                  "\n";
    }
    if (shown < intake.faults.size()) {
        const text::Parameter more[] = {
            {"faults", text::count_text("faults", intake.faults.size() - shown, language)}};
        report += text::format("intake.more", language, more) + "\n";
    }
    return report;
}

std::vector<std::pair<std::string, std::string>> column_overrides(const Arguments& arguments) {
    std::vector<std::pair<std::string, std::string>> overrides;
    for (const std::string& one : arguments.all("column")) {
        const std::size_t equals = one.find('=');
        if (equals != std::string::npos)
            overrides.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    return overrides;
}

}  // namespace tasdiq::cli
