#include "node/verdict_texts.hpp"

#include "prose/verdict_sentences.hpp"
#include "text/catalogue.hpp"
#include "verify/verdict_json.hpp"

namespace tasdiq::node {

using codec::Json;
using text::Language;

Json verdict_texts(const verify::Verdict& verdict, ByteView document, Language language) {
    Json notes = Json::array();
    for (const std::string& note : prose::verdict_notes(verdict, document, language)) {
        notes.push(note);
    }
    Json checks = Json::array();
    for (const verify::CheckResult& one : verdict.checks) {
        if (!prose::is_shown(one)) continue;
        const std::string outcome{verify::to_string(one.outcome)};
        checks.push(Json::object()
                        .set("title", prose::check_title(one.check, language))
                        .set("outcome", outcome)
                        .set("result", text::format("outcome." + outcome, language))
                        .set("why", prose::check_reason(verdict, one, language)));
    }
    const bool is_test = verdict.answer() == verify::Answer::kTestLedgerOnly;
    const std::string answer =
        is_test ? "test-ledger" : std::string{verify::to_string(verdict.answer())};
    return Json::object()
        .set("language", text::to_tag(language))
        .set("headline", prose::headline_sentence(verdict, language))
        .set("answer", text::format("answer." + answer, language))
        .set("notes", std::move(notes))
        .set("checks", std::move(checks));
}

}  // namespace tasdiq::node
