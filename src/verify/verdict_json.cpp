#include "verify/verdict_json.hpp"

#include "base/ensure.hpp"
#include "base/time.hpp"
#include "wire/describe.hpp"

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

Json to_json(const Enrolment& enrolment) {
    return Json::object()
        .set("kind", wire::to_word(enrolment.kind))
        .set("intake", to_text(enrolment.intake))
        .set("committedAt", to_text(enrolment.committed_at))
        .set("late", enrolment.is_late)
        .set("void", enrolment.is_void);
}

Json to_json(const Attested& attested) {
    return Json::object()
        .set("of", attested.of_award ? "award" : "certificate")
        .set("authority", attested.authority.value)
        .set("authorityName", to_json(attested.authority_name))
        .set("state", attested.state)
        .set("attestedAt", to_text(attested.at))
        .set("void", attested.is_void);
}

/// By number, and by name where the evidence has one.
Json member_json(const Subject& subject, wire::MemberId id) {
    Json json = Json::object().set("member", id.value);
    for (const auto& [known, name] : subject.known_members) {
        if (known == id) json.set("name", to_json(name));
    }
    return json;
}

Json to_json(const Subject& subject, const Decision& decision) {
    Json members = Json::array();
    for (const wire::MemberId id : decision.members) members.push(member_json(subject, id));
    Json json = Json::object()
                    .set("state", wire::to_word(decision.state))
                    .set("index", decision.index.value)
                    .set("of", decision.of_award ? "award" : "certificate")
                    .set("members", std::move(members));
    if (decision.effective) json.set("effective", to_text(*decision.effective));
    if (decision.by) json.set("by", decision.by->value);
    return json;
}

Json to_json(const Subject& subject, const IssuerChange& change) {
    Json others = Json::array();
    for (const wire::MemberId id : change.others) others.push(member_json(subject, id));
    Json json = Json::object()
                    .set("kind", wire::to_word(change.kind))
                    .set("day", to_text(change.day))
                    .set("others", std::move(others));
    if (change.name) json.set("name", to_json(*change.name));
    if (change.before_award) json.set("beforeAward", true);
    return json;
}

/// What is known of the certificate's life, of its issuer's, and of who attested it.
void add_life(Json& json, const Subject& subject) {
    Json decisions = Json::array();
    for (const Decision& one : subject.decisions) decisions.push(to_json(subject, one));
    if (!subject.decisions.empty()) json.set("decisions", std::move(decisions));
    if (subject.enrolment) json.set("enrolment", to_json(*subject.enrolment));
    Json attestations = Json::array();
    for (const Attested& one : subject.attestations) attestations.push(to_json(one));
    if (!subject.attestations.empty()) json.set("attestations", std::move(attestations));
    Json changes = Json::array();
    for (const IssuerChange& one : subject.issuer_changes) changes.push(to_json(subject, one));
    if (!subject.issuer_changes.empty()) json.set("issuerChanges", std::move(changes));
    if (subject.custodian) json.set("custodian", member_json(subject, *subject.custodian));
}

/// What is absent of the subject is absent of the object.
Json to_json(const Subject& subject) {
    Json json = Json::object();
    if (subject.credential_id) json.set("id", *subject.credential_id);
    if (subject.index) json.set("index", subject.index->value);
    if (subject.issuer_did) json.set("issuer", *subject.issuer_did);
    if (subject.issuer_name) json.set("issuerName", to_json(*subject.issuer_name));
    if (subject.issuer_state) json.set("issuerState", *subject.issuer_state);
    if (subject.authority_name) json.set("authorityName", to_json(*subject.authority_name));
    if (subject.state) json.set("state", *subject.state);
    if (subject.terms) json.set("awardedOn", to_text(subject.terms->awarded_on));
    if (subject.recorded_at) json.set("recordedAt", to_text(*subject.recorded_at));
    if (subject.as_of) json.set("asOf", to_text(*subject.as_of));
    if (subject.is_stopped) json.set("stopped", true);
    if (subject.replaced_by) json.set("replacedBy", subject.replaced_by->value);
    if (subject.relation) {
        json.set("relation", Json::object()
                                 .set("kind", wire::to_word(subject.relation->code))
                                 .set("certificate", subject.relation->target.value));
    }
    if (subject.valid_until) json.set("validUntil", to_text(*subject.valid_until));
    if (subject.facts_count != 0) {
        json.set("factsShown", subject.facts_shown).set("factsCount", subject.facts_count);
    }
    add_life(json, subject);
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
