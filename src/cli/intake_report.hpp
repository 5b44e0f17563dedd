#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "intake/graduates.hpp"
#include "text/language.hpp"

namespace tasdiq::cli {

/// What a registrar reads about a table: counts, headings left out, and each fault with its line,
/// what is wrong and what to do; at most `faults_max` of them, then how many more there are.
[[nodiscard]] std::string intake_report(const intake::Intake& intake, text::Language language,
                                        std::size_t faults_max = 50);
[[nodiscard]] std::string intake_report(const intake::CsvFault& fault, text::Language language);

/// What `--column HEADING=NAME` says of headings.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> column_overrides(
    const Arguments& arguments);

}  // namespace tasdiq::cli
