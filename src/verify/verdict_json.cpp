#include "verify/verdict_json.hpp"

#include "base/ensure.hpp"
#include "base/time.hpp"

namespace tasdiq::verify {

namespace {

using codec::Json;

Json to_json(const wire::Name& name) {
    return Json::object().set("ar", name.ar).set("en", name.en).set("fr", name.fr);
}

Json to_json(const CheckResult& result) {
    return Json::object()
        .set("check", to_string(result.check))
        .set("result", to_string(result.outcome))
        .set("reason", to_string(result.code))
        .set("code", static_cast<std::uint16_t>(result.code));
}

/// What is absent of the subject is absent of the object.
Json to_json(const Subject& subject) {
    Json json = Json::object();
    if (subject.credential_id) json.set("id", *subject.credential_id);
    if (subject.index) json.set("index", subject.index->value);
    if (subject.issuer_did) json.set("issuer", *subject.issuer_did);
    if (subject.issuer_name) json.set("issuerName", to_json(*subject.issuer_name));
    if (subject.authority_name) json.set("authorityName", to_json(*subject.authority_name));
    if (subject.state) json.set("state", *subject.state);
    if (subject.terms) json.set("awardedOn", to_text(subject.terms->awarded_on));
    if (subject.recorded_at) json.set("recordedAt", to_text(*subject.recorded_at));
    if (subject.as_of) json.set("asOf", to_text(*subject.as_of));
    if (subject.replaced_by) json.set("replacedBy", subject.replaced_by->value);
    if (subject.valid_until) json.set("validUntil", to_text(*subject.valid_until));
    if (subject.facts_count != 0) {
        json.set("factsShown", subject.facts_shown).set("factsCount", subject.facts_count);
    }
    Json cosigners = Json::array();
    for (const std::string& state : subject.cosigners) cosigners.push(state);
    json.set("cosigners", std::move(cosigners));
    return json;
}

}  // namespace

std::string_view to_string(Answer answer) {
    switch (answer) {
        case Answer::kAuthentic: return "authentic";
        case Answer::kNotAuthentic: return "not-authentic";
        case Answer::kCouldNotCheck: return "could-not-check";
        case Answer::kTestLedgerOnly: return "test-ledger-only";
    }
    ENSURE(false);
}

Json to_json(const Verdict& verdict) {
    Json checks = Json::array();
    for (const CheckResult& result : verdict.checks) checks.push(to_json(result));
    return Json::object()
        .set("headline", to_string(verdict.headline))
        .set("answer", to_string(verdict.answer()))
        .set("testLedger", verdict.test_ledger)
        .set("stale", verdict.stale)
        .set("checks", std::move(checks))
        .set("certificate", to_json(verdict.subject));
}

}  // namespace tasdiq::verify
