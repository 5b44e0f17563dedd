#include "cli/verdict_text.hpp"

#include <algorithm>
#include <cstdlib>

#include "codec/json.hpp"

namespace tasdiq::cli {
namespace {

using text::Language;
using text::Parameter;

std::string name_in(const wire::Name& name, Language language) {
    switch (language) {
        case Language::kArabic: return name.ar;
        case Language::kFrench: return name.fr;
        case Language::kEnglish: return name.en;
    }
    return name.en;
}

std::string state_name(const std::string& code, Language language) {
    const auto found = text::find_text("state." + code, language);
    return found ? std::string{*found} : code;
}

/// Lines of a verdict, each under the headline.
class Lines {
  public:
    explicit Lines(Language language) : language_{language} {}

    void add(std::string_view key, std::initializer_list<Parameter> parameters = {}) {
        text_ +=
            "  " + text::format(key, language_, {parameters.begin(), parameters.size()}) + "\n";
    }
    void add_check(const verify::CheckResult& result) {
        const std::string reason{verify::to_string(result.code)};
        text_ += "    · " +
                 text::format("check." + std::string{verify::to_string(result.check)}, language_) +
                 ": " + text::format("code." + reason, language_) + "\n";
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    Language language_;
    std::string text_;
};

void add_checks(Lines& lines, const verify::Verdict& verdict, verify::Outcome outcome,
                std::string_view title) {
    bool first = true;
    for (const verify::CheckResult& result : verdict.checks) {
        if (result.outcome != outcome) continue;
        if (first) lines.add(title);
        first = false;
        lines.add_check(result);
    }
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

namespace {

/// The first of `list`, an array of texts; nothing if there is none.
std::optional<std::string> first_text(const codec::Json* list) {
    if (list == nullptr || !list->is_array() || list->size() == 0) return std::nullopt;
    const std::string* text = list->as_array().front().get_string();
    return text != nullptr ? std::optional{*text} : std::nullopt;
}

/// Whose certificate it is and of what, in the document's own words.
void add_document(Lines& lines, ByteView document, Language language) {
    const auto json = codec::parse_json(document);
    const codec::Json* subject = json ? json->find("credentialSubject") : nullptr;
    if (subject == nullptr || !subject->is_object()) return;
    const bool arabic = language == Language::kArabic;
    auto name = first_text(subject->find(arabic ? "nameArab" : "nameLatn"));
    if (!name) name = first_text(subject->find(arabic ? "nameLatn" : "nameArab"));
    if (!name) name = first_text(subject->find("nameTfng"));
    if (name) lines.add("verdict.holder", {{"name", *name}});

    const codec::Json* achievement = subject->find("achievement");
    const std::string key = arabic ? "nameAr" : language == Language::kFrench ? "nameFr" : "nameEn";
    const std::string* title = achievement != nullptr && achievement->is_object()
                                   ? achievement->find_string(key)
                                   : nullptr;
    const std::string* awarded = json->find_string("awardedDate");
    const auto day =
        awarded != nullptr ? parse_day(std::string_view{*awarded}.substr(0, 10)) : std::nullopt;
    if (title != nullptr && day) {
        lines.add("verdict.title", {{"title", *title}, {"date", text::date_text(*day, language)}});
    }
}

}  // namespace

std::string headline_text(verify::Headline headline, bool test_ledger, Language language) {
    const std::string plain =
        text::format("headline." + std::string{verify::to_string(headline)}, language);
    if (!test_ledger || headline <= verify::Headline::kCouldNotCheck) return plain;
    const std::string genuine = text::format("answer.test-ledger", language);
    return headline == verify::Headline::kAuthentic ? genuine : genuine + " – " + plain;
}

std::string verdict_text(const verify::Verdict& verdict, ByteView document, Language language) {
    Lines lines{language};
    const verify::Subject& subject = verdict.subject;
    if (verdict.test_ledger && subject.recorded_at) lines.add("verdict.test-ledger");
    const bool is_recorded_content = std::ranges::any_of(verdict.checks, [](const auto& one) {
        return one.check == verify::Check::kContent && one.outcome == verify::Outcome::kPassed;
    });
    if (is_recorded_content) add_document(lines, document, language);
    if (subject.issuer_name) {
        lines.add("verdict.issued-by", {{"issuer", name_in(*subject.issuer_name, language)}});
    }
    if (subject.authority_name && subject.state) {
        lines.add("verdict.accredited-by",
                  {{"authority", name_in(*subject.authority_name, language)},
                   {"state", state_name(*subject.state, language)}});
    }
    if (subject.index) {
        lines.add("verdict.number", {{"index", text::number_text(subject.index->value, language)}});
    }
    if (subject.recorded_at) {
        lines.add("verdict.recorded-at",
                  {{"date", text::instant_text(*subject.recorded_at, language)}});
    }
    if (subject.facts_count != 0) {
        lines.add("verdict.facts-shown", {{"shown", std::to_string(subject.facts_shown)},
                                          {"count", std::to_string(subject.facts_count)}});
    }
    if (subject.replaced_by) {
        lines.add("verdict.replaced-by",
                  {{"index", text::number_text(subject.replaced_by->value, language)}});
    }
    if (!subject.cosigners.empty()) {
        std::string states;
        for (const std::string& code : subject.cosigners) {
            if (!states.empty()) states += language == Language::kArabic ? "، " : ", ";
            states += state_name(code, language);
        }
        lines.add("verdict.cosigners", {{"states", states}});
    }
    if (subject.as_of) {
        lines.add(verdict.stale ? "verdict.stale" : "verdict.as-of",
                  {{"date", text::instant_text(*subject.as_of, language)}});
    }
    add_checks(lines, verdict, verify::Outcome::kFailed, "verdict.failed-title");
    add_checks(lines, verdict, verify::Outcome::kNotChecked, "verdict.not-checked-title");
    return headline_text(verdict.headline, verdict.test_ledger, language) + "\n" + lines.take();
}

}  // namespace tasdiq::cli
