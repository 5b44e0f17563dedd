#include "node/verdict_texts.hpp"

#include "base/ensure.hpp"
#include "text/catalogue.hpp"
#include "verify/verdict_json.hpp"

namespace tasdiq::node {
namespace {

using codec::Json;
using text::Language;
using text::Parameter;

const std::string& name_in(const wire::Name& name, Language language) {
    switch (language) {
        case Language::kArabic: return name.ar;
        case Language::kFrench: return name.fr;
        case Language::kEnglish: return name.en;
    }
    ENSURE(false);
}

/// The sentences about the subject that stand under the headline.
class Notes {
  public:
    explicit Notes(Language language) : language_{language} {}
    void add(std::string_view key, std::initializer_list<Parameter> parameters = {}) {
        list_.push(text::format(key, language_, {parameters.begin(), parameters.size()}));
    }
    [[nodiscard]] Json take() { return std::move(list_); }

  private:
    Language language_;
    Json list_ = Json::array();
};

Json notes_of(const verify::Verdict& verdict, Language language) {
    const verify::Subject& subject = verdict.subject;
    const auto number = [](wire::LogIndex index) { return std::to_string(index.value); };
    Notes notes{language};
    if (verdict.test_ledger && verdict.headline > verify::Headline::kCouldNotCheck) {
        notes.add("verdict.test-ledger");
    }
    if (subject.issuer_name) {
        notes.add("verdict.issued-by", {{"issuer", name_in(*subject.issuer_name, language)}});
    }
    if (subject.authority_name && subject.state) {
        notes.add("verdict.accredited-by",
                  {{"authority", name_in(*subject.authority_name, language)},
                   {"state", text::format("state." + *subject.state, language)}});
    }
    if (subject.index) notes.add("verdict.number", {{"index", number(*subject.index)}});
    if (subject.recorded_at) {
        notes.add("verdict.recorded-at",
                  {{"date", text::instant_text(*subject.recorded_at, language)}});
    }
    if (subject.replaced_by) {
        notes.add("verdict.replaced-by", {{"index", number(*subject.replaced_by)}});
    }
    if (subject.as_of) {
        notes.add(verdict.stale ? "verdict.stale" : "verdict.as-of",
                  {{"date", text::instant_text(*subject.as_of, language)}});
    }
    return notes.take();
}

}  // namespace

Json verdict_texts(const verify::Verdict& verdict, Language language) {
    Json checks = Json::array();
    for (const verify::CheckResult& one : verdict.checks) {
        const std::string outcome{to_string(one.outcome)};
        const bool is_passed = one.outcome == verify::Outcome::kPassed;
        checks.push(
            Json::object()
                .set("title", text::format("check." + std::string{to_string(one.check)}, language))
                .set("outcome", outcome)
                .set("result", text::format("outcome." + outcome, language))
                .set("why", is_passed ? std::string{}
                                      : text::format("code." + std::string{to_string(one.code)},
                                                     language)));
    }
    const bool is_test = verdict.answer() == verify::Answer::kTestLedgerOnly;
    const std::string answer = is_test ? "test-ledger" : std::string{to_string(verdict.answer())};
    const std::string headline{to_string(verdict.headline)};
    // On a test ledger nothing is called authentic without saying so in the same breath.
    const bool is_plain = verdict.headline == verify::Headline::kAuthentic && is_test;
    return Json::object()
        .set("language", text::to_tag(language))
        .set("headline", is_plain ? text::format("answer.test-ledger", language)
                                  : text::format("headline." + headline, language))
        .set("answer", text::format("answer." + answer, language))
        .set("notes", notes_of(verdict, language))
        .set("checks", std::move(checks));
}

}  // namespace tasdiq::node
