#include "cli/verdict_text.hpp"

#include <cstdlib>

#include "prose/verdict_sentences.hpp"

namespace tasdiq::cli {
namespace {

using text::Language;

void add_check(std::string& lines, const verify::Verdict& verdict,
               const verify::CheckResult& result, Language language) {
    lines += "    · " + prose::check_title(result.check, language);
    lines += text::colon(language);
    lines += prose::check_reason(verdict, result, language) + "\n";
}

void add_checks(std::string& lines, const verify::Verdict& verdict, verify::Outcome outcome,
                std::string_view title, Language language) {
    bool first = true;
    for (const verify::CheckResult& result : verdict.checks) {
        if (result.outcome != outcome || !prose::is_shown(result)) continue;
        if (first) lines += "  " + text::format(title, language) + "\n";
        first = false;
        add_check(lines, verdict, result, language);
    }
}

/// Whether the first check, of the form, ended it.
bool is_unreadable(const verify::Verdict& verdict) {
    return !verdict.checks.empty() && verdict.checks.front().check == verify::Check::kWellFormed &&
           verdict.checks.front().outcome != verify::Outcome::kPassed;
}

}  // namespace

std::optional<Language> chosen_language(const Arguments& arguments) {
    if (const auto tag = arguments.find("lang")) return text::parse_language(*tag);
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return text::parse_language(value).value_or(Language::kEnglish);
    }
    return Language::kEnglish;
}

std::string verdict_text(const verify::Verdict& verdict, ByteView document, Language language,
                         const std::vector<const verify::ActAtHand*>& acts) {
    std::string lines = prose::headline_sentence(verdict, language) + "\n";
    for (const std::string& note : prose::verdict_notes(verdict, document, language)) {
        lines += "  " + note + "\n";
    }
    for (const verify::ActAtHand* act : acts) {
        lines += "  " + prose::act_sentence(*act, document, language) + "\n";
    }
    add_checks(lines, verdict, verify::Outcome::kFailed, "verdict.failed-title", language);
    if (!is_unreadable(verdict)) {
        add_checks(lines, verdict, verify::Outcome::kNotChecked, "verdict.not-checked-title",
                   language);
        return lines;
    }
    // Twelve lines that say "not checked" would hide the one that says why.
    const verify::CheckResult& why = verdict.checks.front();
    if (why.outcome == verify::Outcome::kNotChecked) add_check(lines, verdict, why, language);
    lines += "  " + text::format("verdict.nothing-else", language) + "\n";
    lines += "  " + text::format("verdict.two-files", language) + "\n";
    return lines;
}

}  // namespace tasdiq::cli
