// The checks of a judgement that need the ledger's records.
#include <algorithm>

#include "certificate/terms_check.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "verify/judgement.hpp"
#include "wire/history.hpp"
#include "wire/voids.hpp"

namespace tasdiq::verify {
namespace {

/// The issuer's assertion keys, by the verification methods that its DID document has for them.
class LedgerKeys final : public credential::KeyResolver {
  public:
    LedgerKeys(const CertificateRecords& records, std::string did, KeyMemo& memo)
        : records_{records}, did_{std::move(did)}, memo_{memo} {}

    std::optional<crypto::PublicKey> resolve(std::string_view verification_method,
                                             std::string_view) override {
        const auto url = credential::parse_key_url(verification_method);
        if (!url || url->did != did_) return std::nullopt;
        for (const auto& [ordinal, key] : records_.assertion_keys) {
            if (ordinal.value == url->ordinal) return memo_.parse(key);
        }
        return std::nullopt;
    }

  private:
    const CertificateRecords& records_;
    std::string did_;
    KeyMemo& memo_;
};

Code to_code(credential::ProofError error) {
    using enum credential::ProofError;
    switch (error) {
        case kNotAnObject:
        case kNoProof: return Code::kProofMissing;
        case kTooManyProofs:
        case kMember:
        case kType:
        case kPurpose:
        case kDomain:
        case kChallenge:
        case kCreated:
        case kExpired:
        case kPreviousProof:
        case kContext:
        case kTransformation:
        case kProofValue:
        case kBaseProof:  // these are of ecdsa-sd-2023, which is not asked for here
        case kLabelMap:
        case kMandatoryIndex:
        case kSignatureCount:
        case kPointer:
        case kNotSelectable:
        case kTooManyStatements: return Code::kProofMalformed;
        case kUnknownSuite: return Code::kProofUnknownSuite;
        case kKeyUnknown:
        case kKeyAlgorithm: return Code::kProofKeyUnknown;
        case kSignature: return Code::kProofInvalid;
    }
    ENSURE(false);
}

Code to_code(certificate::TermsError error) {
    using enum certificate::TermsError;
    switch (error) {
        case kIssuer: return Code::kIssuerDiffers;
        case kIssuerName: return Code::kIssuerNameDiffers;
        case kType: return Code::kTypeDiffers;
        case kLevel: return Code::kLevelDiffers;
        case kField: return Code::kFieldDiffers;
        case kProgramme: return Code::kProgrammeDiffers;
        case kDate: return Code::kDateDiffers;
        case kCapture: return Code::kCaptureDiffers;
        case kMode: return Code::kModeDiffers;
        case kOther:
        case kTerms: return Code::kOtherTermDiffers;
        case kValidUntil: return Code::kValidUntilDiffers;
    }
    ENSURE(false);
}

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return std::ranges::find(list, value) != list.end();
}

/// The site is one of the issuer's.
bool allows(const wire::Scope& scope, const wire::Terms& terms, bool is_issuers) {
    return holds(scope.types, terms.type) && holds(scope.levels, terms.level) &&
           holds(scope.fields, terms.field) && holds(scope.modes, terms.mode) &&
           (!is_issuers ||
            std::ranges::find(scope.sites, terms.site, &wire::Site::site) != scope.sites.end());
}

}  // namespace

void Judgement::check_integrity() {
    LedgerKeys keys{
        *records_,
        credential::make_institution_did(credential::host_of_origin(root_.origin),
                                         entry_->terms.awarding.front().institution.value),
        memory_.keys};
    if (stranger_) {
        check_integrity_of_stranger(keys);
    } else if (!credential_) {
        skip(Check::kIntegrity, Code::kNotNeeded);  // facts are bound by the commitment alone
    } else if (!proof_) {
        fail(Check::kIntegrity, Code::kProofMissing);
    } else {
        conclude_integrity(credential::verify_proof_jcs(*proof_, credential_->unsecured(), keys,
                                                        memory_.contexts.cache()));
    }
}

void Judgement::check_integrity_of_stranger(credential::KeyResolver& keys) {
    auto proofs = credential::verify_proof(*stranger_, keys, memory_.contexts.cache());
    const bool is_unreadable = !proofs && proofs.error() == credential::ProofError::kTransformation;
    if (is_unreadable) {
        // A later version may have a context that this one lacks; with ours all has its meaning.
        const codec::Json* const context = stranger_->find("@context");
        const bool is_ours =
            context != nullptr && codec::to_jcs(*context) == certificate::context_jcs();
        if (!is_ours) return skip(Check::kIntegrity, Code::kNewerThanVerifier);
    }
    conclude_integrity(std::move(proofs));
}

void Judgement::conclude_integrity(
    Result<std::vector<credential::VerifiedProof>, credential::ProofError> proofs) {
    if (!proofs) return fail(Check::kIntegrity, to_code(proofs.error()));
    proofs_ = *std::move(proofs);
    pass(Check::kIntegrity);
}

void Judgement::check_content() {
    issuer_name_ = records_->name_on(records_->issuer(), entry_->terms.awarded_on);
    certificate::LedgerFacts ledger{entry_->terms,
                                    std::string{credential::host_of_origin(root_.origin)},
                                    *issuer_name_, std::nullopt};
    const auto& programme = records_->partners.front().programme;
    if (programme) ledger.programme = programme->titles;

    const auto conclude = [this](const Result<Ok, certificate::TermsFault>& same) {
        if (same) {
            pass(Check::kContent);
        } else {
            fail(Check::kContent, to_code(same.error().error));
        }
    };
    if (const auto* secret = std::get_if<wire::CertificateSecret>(&evidence_->opening)) {
        // What differs is named before that something does: the commitment covers all of it.
        const auto same = certificate::check_document_terms(*credential_, ledger);
        if (same &&
            certificate::commit(*credential_, entry_->terms, *secret) != entry_->commitment) {
            fail(Check::kContent, Code::kCommitmentDiffers);
            return;
        }
        conclude(same);
        return;
    }
    auto facts = certificate::verify_facts(entry_->commitment,
                                           std::get<wire::ShownFacts>(evidence_->opening));
    if (!facts) {
        fail(Check::kContent, Code::kFactsInvalid);
        return;
    }
    facts_ = *std::move(facts);
    conclude(certificate::check_facts_terms(*facts_, ledger));
}

void Judgement::check_assertion_key() {
    if (!credential_) {
        skip(Check::kAssertionKey, Code::kNotNeeded);
        return;
    }
    if (!passed(Check::kIntegrity)) return;  // no key is known to have signed
    const wire::LogIndex index = evidence_->certificate.index;
    for (const credential::VerifiedProof& proof : proofs_) {
        const auto url = credential::parse_key_url(proof.verification_method());
        if (!url) continue;
        for (const auto& [ordinal, key] : records_->assertion_keys) {
            if (ordinal.value != url->ordinal) continue;
            if (key.role != wire::Role::kAssertion) {
                return fail(Check::kAssertionKey, Code::kKeyWrongRole);
            }
            if (index < key.from) return fail(Check::kAssertionKey, Code::kKeyNotYetValid);
            if (key.until && index >= *key.until) {
                return fail(Check::kAssertionKey, Code::kKeyEnded);
            }
            const wire::Signer signer{entry_->terms.awarding.front().institution, ordinal};
            if (records_->is_void({&signer, 1}, index) || records_->is_void(key)) {
                return fail(Check::kAssertionKey, Code::kKeyVoided);
            }
        }
    }
    pass(Check::kAssertionKey);
}

void Judgement::check_signers() {
    const bool is_void = records_->is_void(entry_->signers, evidence_->certificate.index) ||
                         (award_ && records_->is_void(award_->signers, evidence_->award->index));
    if (is_void) {
        fail(Check::kSigners, Code::kSignerVoided);
    } else {
        pass(Check::kSigners);
    }
}

/// What speaks against a partner's accreditation. Each of those who award together has its own.
Code Judgement::accreditation_fault(const PartnerRecords& partner, Day awarded_on) const {
    const wire::Terms& terms = entry_->terms;
    if (!partner.accreditation) return Code::kNoAccreditation;
    const wire::AccreditationRecord& record = *partner.accreditation;
    if (records_->is_void(record)) return Code::kAccreditationVoided;
    const bool is_issuers = &partner == &records_->partners.front();
    if (!allows(record.scope, terms, is_issuers)) return Code::kAccreditationScope;
    if (record.scope.by_programme && terms.programme && !partner.programme) {
        return Code::kAccreditationScope;
    }
    const auto day = wire::deciding_day(record.scope.applies, awarded_on, terms.intake);
    if (!day || *day < record.scope.from || (record.scope.to && *day > *record.scope.to)) {
        return Code::kAccreditationDates;
    }
    // An end that was recorded later never harms what was rightly issued before its date.
    const auto ends = wire::ends_in_force(
        record.ended, [this](const wire::EndChange& change) { return records_->is_void(change); });
    return wire::is_ended_for(ends, awarded_on, terms.intake) ? Code::kAccreditationDates
                                                              : Code::kNone;
}

void Judgement::check_accredited() {
    const wire::Terms& terms = entry_->terms;
    // A parchment was tested when its provisional certificate was: by the day of that one.
    const Day awarded_on = award_ && award_->terms.awarding == terms.awarding
                               ? award_->terms.awarded_on
                               : terms.awarded_on;
    if (!terms.awarding.front().accreditation) {  // what authorities issue needs none
        skip(Check::kAccredited, Code::kNotNeeded);
        return;
    }
    for (const PartnerRecords& partner : records_->partners) {
        const Code fault = accreditation_fault(partner, awarded_on);
        if (fault != Code::kNone) return fail(Check::kAccredited, fault);
    }
    pass(Check::kAccredited);
}

void Judgement::take_decision(const std::optional<wire::StatusSlot>& slot, Instant when,
                              bool of_award) {
    const auto is_void = [this](const wire::StatusChange& one) { return records_->is_void(one); };
    const auto change = wire::change_in_force(slot, when, is_void);
    using enum wire::StatusState;
    if (!change || change->state == kReinstated) return;
    const bool on_one_certificate =
        change->state == kReplaced || change->state == kCancelled || change->state == kLost;
    if (of_award && on_one_certificate) return;
    Subject& subject = verdict_.subject;
    // Who restored it wrote its end once more, which is not theirs.
    const wire::StatusChange* const end = wire::end_restored(*change, *slot, is_void);
    const wire::StatusChange& decided = end != nullptr ? *end : *change;
    const auto is_known = [&](const Decision& one) {
        return one.index == decided.index && one.of_award == of_award;
    };
    if (std::ranges::any_of(subject.decisions, is_known)) return;
    if (change->state == kReplaced) subject.replaced_by = change->by;
    Decision& decision = subject.decisions.emplace_back();
    decision.state = change->state;
    decision.index = decided.index;
    decision.of_award = of_award;
    decision.effective = decided.effective;
    decision.by = change->by;
    for (const wire::Signer& signer : decided.signers) {  // ascending
        if (!decision.members.empty() && decision.members.back() == signer.member) continue;
        decision.members.push_back(signer.member);
        remember(signer.member);
    }
}

void Judgement::check_status() {
    // What was to take effect since the evidence was made may have been stopped: then the change
    // before it counts. Which of the two it is, newer evidence says.
    const auto take = [this](const std::optional<wire::StatusRecord>& status, bool of_award) {
        if (!status) return;
        for (const auto* slot : {&status->issuer, &status->authority}) {
            take_decision(*slot, now_, of_award);
            if (final_->as_of() < now_) take_decision(*slot, final_->as_of(), of_award);
        }
    };
    take(records_->status, false);
    take(records_->award_status, true);
    if (verdict_.subject.decisions.empty()) {
        pass(Check::kStatus);
    } else {
        fail(Check::kStatus, Code::kStatusInForce);
    }
}

}  // namespace tasdiq::verify
