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

/// What is absent is left out. Functions of their own: a browser loads this.
void set_if(Json& json, std::string_view key, const std::optional<std::string>& text) {
    if (text) json.set(key, *text);
}
void set_if(Json& json, std::string_view key, const std::optional<Instant>& time) {
    if (time) json.set(key, to_text(*time));
}
void set_if(Json& json, std::string_view key, const std::optional<wire::LogIndex>& index) {
    if (index) json.set(key, index->value);
}
void set_if(Json& json, std::string_view key, const std::optional<wire::Name>& name) {
    if (name) json.set(key, to_json(*name));
}
void set_unless_empty(Json& json, std::string_view key, Json list) {
    if (list.size() != 0) json.set(key, std::move(list));
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

Json to_json(const Subject& subject, const std::vector<wire::MemberId>& members) {
    Json list = Json::array();
    for (const wire::MemberId id : members) list.push(member_json(subject, id));
    return list;
}

Json to_json(const Subject& subject, const Decision& decision) {
    Json json = Json::object()
                    .set("state", wire::to_word(decision.state))
                    .set("index", decision.index.value)
                    .set("of", decision.of_award ? "award" : "certificate")
                    .set("members", to_json(subject, decision.members));
    set_if(json, "effective", decision.effective);
    set_if(json, "by", decision.by);
    return json;
}

Json to_json(const Subject& subject, const IssuerChange& change) {
    Json json = Json::object()
                    .set("kind", wire::to_word(change.kind))
                    .set("day", to_text(change.day))
                    .set("others", to_json(subject, change.others));
    set_if(json, "name", change.name);
    if (change.before_award) json.set("beforeAward", true);
    return json;
}

/// What is known of the certificate's life, of its issuer's, and of who attested it.
void add_life(Json& json, const Subject& subject) {
    Json decisions = Json::array();
    for (const Decision& one : subject.decisions) decisions.push(to_json(subject, one));
    set_unless_empty(json, "decisions", std::move(decisions));
    if (subject.enrolment) json.set("enrolment", to_json(*subject.enrolment));
    Json attestations = Json::array();
    for (const Attested& one : subject.attestations) attestations.push(to_json(one));
    set_unless_empty(json, "attestations", std::move(attestations));
    Json changes = Json::array();
    for (const IssuerChange& one : subject.issuer_changes) changes.push(to_json(subject, one));
    set_unless_empty(json, "issuerChanges", std::move(changes));
    Json ended = Json::array();
    for (const wire::Name& one : subject.ended_partners) ended.push(to_json(one));
    set_unless_empty(json, "endedPartners", std::move(ended));
    if (subject.custodian) json.set("custodian", member_json(subject, *subject.custodian));
}

/// What is absent of the subject is absent of the object.
Json to_json(const Subject& subject) {
    Json json = Json::object();
    set_if(json, "id", subject.credential_id);
    set_if(json, "index", subject.index);
    set_if(json, "issuer", subject.issuer_did);
    set_if(json, "issuerName", subject.issuer_name);
    set_if(json, "issuerState", subject.issuer_state);
    set_if(json, "authorityName", subject.authority_name);
    set_if(json, "state", subject.state);
    if (subject.terms) json.set("awardedOn", to_text(subject.terms->awarded_on));
    set_if(json, "recordedAt", subject.recorded_at);
    set_if(json, "asOf", subject.as_of);
    if (subject.is_stopped) json.set("stopped", true);
    set_if(json, "replacedBy", subject.replaced_by);
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
