#include "verify/judgement.hpp"

#include <algorithm>
#include <iterator>

#include "base/sort.hpp"
#include "credential/did.hpp"
#include "merkle/log_proof.hpp"

namespace tasdiq::verify {
namespace {

/// Clocks of honest nodes may be ahead by so much. Spec: DESIGN §5.
constexpr std::int64_t kFutureToleranceS = 300;
/// Older evidence adds "status as of DATE". Spec: DESIGN §7.
constexpr std::int64_t kFreshS = 86'400;

const codec::Json* issuer_id(const codec::Json& document) {
    const codec::Json* issuer = document.find("issuer");
    if (issuer == nullptr) return nullptr;
    const codec::Json* id = issuer->is_object() ? issuer->find("id") : issuer;
    return id != nullptr && id->is_string() ? id : nullptr;
}

/// Whether the attached transaction is the issue that recorded the certificate beside it.
bool is_transaction_of(const wire::Evidence& evidence) {
    const auto transaction = wire::decode_transaction(evidence.transaction->entry);
    const auto certificate = wire::decode_certificate(evidence.certificate.entry);
    if (!transaction || !certificate) return false;
    const auto envelope = wire::decode_issue_envelope(transaction->envelope);
    const auto* issue = envelope ? std::get_if<wire::Issue>(&envelope->payload.body) : nullptr;
    const std::uint64_t first = evidence.transaction->index.value + 1;
    const std::uint64_t index = evidence.certificate.index.value;
    return issue != nullptr && index >= first && index - first < issue->count &&
           issue->terms == certificate->terms && envelope->payload.signers == certificate->signers;
}

}  // namespace

Judgement::Judgement(const wire::TrustRoot& root, Belief belief, Memory& memory, Instant now)
    : root_{root}, belief_{belief}, memory_{memory}, now_{now} {
    verdict_.checks.reserve(kCheckCount);
    for (std::uint8_t check = 1; check <= kCheckCount; ++check) {
        verdict_.checks.push_back(
            {static_cast<Check>(check), Outcome::kNotChecked, Code::kEarlierCheckFailed});
    }
    skip(Check::kPage, Code::kNotNeeded);
    verdict_.test_ledger =
        root_.ledger != wire::LedgerKind::kProduction || belief_ != Belief::kInstalled;
}

void Judgement::set(Check check, Outcome outcome, Code code) {
    verdict_.checks[static_cast<std::size_t>(check) - 1] = {check, outcome, code};
}

bool Judgement::passed(Check check) const {
    return verdict_.result_of(check).outcome == Outcome::kPassed;
}

Verdict Judgement::judge(ByteView document, ByteView evidence) {
    if (!read_document(document)) {
        if (stranger_) judge_stranger(evidence);
    } else if (read_evidence(evidence) && check_recorded() && check_checkpoint() &&
               check_records()) {
        check_integrity();
        check_content();
        check_assertion_key();
        check_signers();
        check_accredited();
        check_status();
        check_freshness();
        check_attestation();
        check_enrolment();
    }
    describe();
    verdict_.headline = headline();
    return std::move(verdict_);
}

bool Judgement::read_document(ByteView document) {
    if (document.empty()) return true;  // single facts: the evidence is the document
    auto secured = certificate::read_secured(document);
    if (!secured) {
        refuse_document(document);
        return false;
    }
    credential_ = std::move(secured->credential);
    proof_ = std::move(secured->proof);
    name_document(credential_->id(), credential_->issuer_did());
    verdict_.subject.valid_until = credential_->valid_until();
    return true;
}

void Judgement::refuse_document(ByteView document) {
    auto json = codec::parse_json(document);
    fail(Check::kWellFormed, json ? Code::kDocumentNotCredential : Code::kDocumentNotJson);
    if (!json) return;
    const auto text_of = [](const codec::Json* value) {
        return value != nullptr && value->is_string() ? std::optional{value->as_string()}
                                                      : std::nullopt;
    };
    name_document(text_of(json->find("id")), text_of(issuer_id(*json)));
    if (json->find("proof") != nullptr || json->find("credentialSubject") != nullptr) {
        stranger_ = *std::move(json);
    }
}

void Judgement::judge_stranger(ByteView evidence) {
    const Code refused = verdict_.result_of(Check::kWellFormed).code;
    const bool is_recorded =
        read_evidence(evidence) && check_recorded() && check_checkpoint() && check_records();
    fail(Check::kWellFormed, refused);
    // One member more or fewer must not turn "altered" into "could not check".
    if (is_recorded) check_integrity();
}

void Judgement::name_document(std::optional<std::string> id, std::optional<std::string> issuer) {
    verdict_.subject.credential_id = std::move(id);
    if (issuer) {
        const auto did = credential::parse_institution_did(*issuer);
        unknown_issuer_ = !did || did->host != credential::host_of_origin(root_.origin);
    }
    verdict_.subject.issuer_did = std::move(issuer);
}

bool Judgement::read_evidence(ByteView evidence) {
    if (evidence.empty()) {
        skip(Check::kWellFormed, Code::kEvidenceMissing);
        return false;
    }
    auto parsed = wire::parse_evidence(evidence);
    if (!parsed) {
        fail(Check::kWellFormed, Code::kEvidenceMalformed);
        return false;
    }
    // Either a whole credential with its secret, or single facts without one.
    const bool has_secret = std::holds_alternative<wire::CertificateSecret>(parsed->opening);
    if (has_secret != (credential_.has_value() || stranger_.has_value())) {
        fail(Check::kWellFormed, Code::kEvidenceMalformed);
        return false;
    }
    evidence_ = *std::move(parsed);
    if (evidence_->origin != root_.origin) {
        fail(Check::kWellFormed, Code::kEvidenceOtherLedger);
        return false;
    }
    verdict_.subject.index = evidence_->certificate.index;
    return true;
}

/// The entries are under the root that evidence names; whether that root is final comes next.
bool Judgement::check_recorded() {
    const auto is_included = [this](const wire::ProvenEntry& proven) {
        return merkle::verify_inclusion(merkle::hash_leaf(proven.entry), proven.index.value,
                                        evidence_->size, proven.path, evidence_->root)
            .has_value();
    };
    pass(Check::kWellFormed);
    auto entry = wire::decode_certificate(evidence_->certificate.entry);
    if (!entry && !is_newer(entry.error())) {
        fail(Check::kRecorded, Code::kNotACertificate);
        return false;
    }
    if (!is_included(evidence_->certificate)) {
        fail(Check::kRecorded, Code::kNotIncluded);
        return false;
    }
    if (!entry) {
        skip(Check::kRecorded, Code::kNewerThanVerifier);
        return false;
    }
    entry_ = *std::move(entry);
    const bool names_award = entry_->award.has_value();
    if (names_award != evidence_->award.has_value() ||
        (names_award && evidence_->award->index != *entry_->award)) {
        fail(Check::kRecorded, Code::kAwardDiffers);
        return false;
    }
    if (names_award) {
        auto award = wire::decode_certificate(evidence_->award->entry);
        if ((!award && !is_newer(award.error())) || !is_included(*evidence_->award)) {
            fail(Check::kRecorded, Code::kAwardNotIncluded);
            return false;
        }
        if (!award) {
            skip(Check::kRecorded, Code::kNewerThanVerifier);
            return false;
        }
        award_ = *std::move(award);
    }
    if (evidence_->transaction &&
        !(is_included(*evidence_->transaction) && is_transaction_of(*evidence_))) {
        fail(Check::kRecorded, Code::kTransactionDiffers);
        return false;
    }
    pass(Check::kRecorded);
    return true;
}

bool Judgement::check_checkpoint() {
    auto final = memory_.finality.check_final(*evidence_);
    if (!final) {
        fail(Check::kCheckpoint, final.error());
        skip(Check::kRecorded, Code::kEarlierCheckFailed);  // in a log that nobody vouches for
        return false;
    }
    final_ = *final;
    return true;
}

/// The map says exactly what evidence claims, and evidence claims exactly what is needed.
bool Judgement::check_records() {
    const RecordsMemo::Known* const known = memory_.records.find(*evidence_, *entry_);
    std::vector<merkle::MapClaim> claims;
    if (known != nullptr) {
        claims = RecordsMemo::claims_of(*known, evidence_->certificate.index);
    } else {
        std::ranges::transform(evidence_->records, std::back_inserter(claims), to_map_claim);
    }
    sort(claims, {}, &merkle::MapClaim::key);
    if (!merkle::verify_map_proof(final_->map_root(), claims, evidence_->map_proof,
                                  &memory_.map_proofs)) {
        fail(Check::kCheckpoint, Code::kMapProofInvalid);
        return false;
    }
    pass(Check::kCheckpoint);
    if (known != nullptr) {
        records_ = &known->records;
        return true;
    }
    return find_own_records();
}

bool Judgement::find_own_records() {
    std::vector<wire::Ordinal> ordinals;
    const wire::MemberId issuer = entry_->terms.awarding.front().institution;
    for (const wire::RecordClaim& one : evidence_->records) {
        if (const auto ordinal = key_ordinal(one.key, issuer)) ordinals.push_back(*ordinal);
    }
    bool missing = false;
    auto records = find_records(
        evidence_->certificate.index, *entry_, award_ ? &*award_ : nullptr, ordinals,
        [&](const wire::MapKey& key, Need need) -> std::optional<Bytes> {
            const wire::RecordClaim* const claim = wire::find_claim(evidence_->records, key);
            if (claim != nullptr) return claim->record;
            missing = missing || need == Need::kRequired;
            return std::nullopt;
        });
    if (!records && records.error() == RecordsError::kNewer) {
        skip(Check::kWellFormed, Code::kNewerThanVerifier);
        return false;
    }
    if (!records && records.error() == RecordsError::kMalformed) {
        fail(Check::kWellFormed, Code::kEntryMalformed);
        return false;
    }
    if (!records || missing || records->keys.size() != evidence_->records.size()) {
        fail(Check::kWellFormed, Code::kRecordsIncomplete);
        return false;
    }
    own_records_ = *std::move(records);
    records_ = &*own_records_;
    memory_.records.keep(*evidence_, *entry_, *records_);
    return true;
}

void Judgement::describe() {
    Subject& subject = verdict_.subject;
    if (final_ && passed(Check::kCheckpoint)) {
        subject.as_of = final_->as_of();
        for (const wire::Cosignature& one : evidence_->cosignatures) {
            const auto member =
                std::ranges::find(final_->set(), one.state, &wire::SetMember::state);
            subject.cosigners.push_back(member->country);
        }
    }
    if (!records_) return;
    subject.terms = entry_->terms;
    subject.recorded_at = entry_->time;
    subject.issuer_name = issuer_name_;
    subject.is_stopped =
        std::ranges::any_of(subject.decisions, [](const Decision& one) { return one.is_veto(); });
    subject.relation = entry_->relation;
    if (records_->issuer().kind == wire::MemberKind::kAuthority) {
        subject.issuer_state = records_->issuer().country;
    }
    describe_issuer();
    if (records_->authority_id) {
        const wire::MemberRecord& authority = *records_->find_member(*records_->authority_id);
        subject.authority_name = records_->name_on(authority, to_day(now_));
        subject.state = authority.country;
    }
    if (facts_) {
        subject.facts_shown = facts_->facts().size();
        subject.facts_count = facts_->facts_count();
        subject.valid_until = facts_->valid_until();
    }
}

void Judgement::check_freshness() {
    const std::int64_t age_s = now_.seconds - final_->as_of().seconds;
    const bool in_future = std::ranges::any_of(evidence_->cosignatures, [&](const auto& one) {
        return one.time.seconds > now_.seconds + kFutureToleranceS;
    });
    verdict_.stale = age_s > kFreshS || final_->is_closed();
    if (in_future) {
        fail(Check::kFreshness, Code::kTimeInFuture);
    } else if (verdict_.stale) {
        fail(Check::kFreshness, Code::kStale);
    } else {
        pass(Check::kFreshness);
    }
}

bool Judgement::waits_for_effect() const {
    return entry_->effective && *entry_->effective > std::min(now_, final_->as_of());
}

bool Judgement::has_slot(wire::StatusState state) const {
    return std::ranges::any_of(verdict_.subject.decisions,
                               [&](const Decision& one) { return one.state == state; });
}

/// Spec: DESIGN §7: the first that matches.
Headline Judgement::headline() const {
    const auto failed = [this](Check check) {
        return verdict_.result_of(check).outcome == Outcome::kFailed;
    };
    if (failed(Check::kIntegrity) || failed(Check::kContent)) {
        // A proof that we cannot read is not a proof that the document was altered.
        if (verdict_.result_of(Check::kIntegrity).code == Code::kProofUnknownSuite &&
            !failed(Check::kContent)) {
            return Headline::kCouldNotCheck;
        }
        return unknown_issuer_ ? Headline::kUnknownIssuer : Headline::kAltered;
    }
    if (unknown_issuer_) return Headline::kUnknownIssuer;
    if (failed(Check::kSigners) || failed(Check::kAssertionKey)) return Headline::kVoid;
    if (!records_ || !passed(Check::kCheckpoint) || !passed(Check::kRecorded) ||
        !passed(Check::kWellFormed)) {
        return Headline::kCouldNotCheck;
    }
    using enum wire::StatusState;
    // What was stopped is not on its way any more.
    if (waits_for_effect() && !has_slot(kCancelled)) return Headline::kNotYetInEffect;
    if (has_slot(kAnnulled)) return Headline::kAnnulled;
    if (has_slot(kRevoked)) return Headline::kRevoked;
    if (has_slot(kCancelled)) return Headline::kCancelled;
    if (has_slot(kSuspended)) return Headline::kSuspended;
    if (has_slot(kReplaced)) return Headline::kReplaced;
    if (failed(Check::kAccredited)) return Headline::kNotAccredited;
    if (verdict_.subject.valid_until && to_day(now_) > *verdict_.subject.valid_until) {
        return Headline::kExpired;
    }
    const bool freshness_known = verdict_.result_of(Check::kFreshness).code != Code::kTimeInFuture;
    if (!passed(Check::kContent) || !freshness_known ||
        (credential_ && (!passed(Check::kIntegrity) || !passed(Check::kAssertionKey)))) {
        return Headline::kCouldNotCheck;
    }
    if (has_slot(kLost)) return Headline::kReportedLost;
    const wire::Terms& terms = entry_->terms;
    if (terms.type == wire::CertificateType::kProvisional) return Headline::kProvisional;
    if (is_from_register(terms.capture)) return Headline::kFromRegisters;
    if (terms.capture == wire::Capture::kLate) return Headline::kRecordedLate;
    if (entry_->relation && entry_->relation->code == wire::RelationCode::kDuplicate) {
        return Headline::kDuplicate;
    }
    return Headline::kAuthentic;
}

}  // namespace tasdiq::verify
