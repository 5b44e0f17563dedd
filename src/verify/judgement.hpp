#pragma once

#include <optional>

#include "certificate/claims.hpp"
#include "certificate/commitment.hpp"
#include "credential/data_integrity.hpp"
#include "verify/memory.hpp"
#include "verify/verifier.hpp"

namespace tasdiq::verify {

/// One document on its way to a verdict. Each step fills its checks; a step whose ground is missing
/// leaves them as not checked.
class Judgement {
  public:
    Judgement(const wire::TrustRoot& root, Belief belief, Memory& memory, Instant now);

    [[nodiscard]] Verdict judge(ByteView document, ByteView evidence);

  private:
    void pass(Check check) { set(check, Outcome::kPassed, Code::kNone); }
    void fail(Check check, Code code) { set(check, Outcome::kFailed, code); }
    void skip(Check check, Code code) { set(check, Outcome::kNotChecked, code); }
    void set(Check check, Outcome outcome, Code code);
    [[nodiscard]] bool passed(Check check) const;

    // The steps, in order. `false` ends the judgement: nothing more can be said.
    [[nodiscard]] bool read_document(ByteView document);
    /// Says of a document that is no credential of ours what can be said.
    void refuse_document(ByteView document);
    /// Whether the proof of `stranger_` holds: if not, it was altered.
    void judge_stranger(ByteView evidence);
    void name_document(std::optional<std::string> id, std::optional<std::string> issuer);
    [[nodiscard]] bool read_evidence(ByteView evidence);
    [[nodiscard]] bool check_recorded();
    [[nodiscard]] bool check_checkpoint();
    [[nodiscard]] bool check_records();
    [[nodiscard]] bool find_own_records();
    void check_integrity();
    void check_integrity_of_stranger(credential::KeyResolver& keys);
    void conclude_integrity(
        Result<std::vector<credential::VerifiedProof>, credential::ProofError> proofs);
    void check_content();
    void check_assertion_key();
    void check_signers();
    void check_accredited();
    [[nodiscard]] Code accreditation_fault(const PartnerRecords& partner, Day awarded_on) const;
    void check_status();
    void check_freshness();
    /// Takes what `slot` says at that time, unless it is known already.
    void take_decision(const std::optional<wire::StatusSlot>& slot, Instant when, bool of_award);
    void check_attestation();
    void check_enrolment();
    void describe();
    void describe_issuer();
    [[nodiscard]] Headline headline() const;
    /// Whether it could still be stopped when the evidence was made, whatever the hour is now.
    [[nodiscard]] bool waits_for_effect() const;

    /// Names a member whom the verdict names by number, as far as the evidence has it.
    void remember(wire::MemberId member);

    [[nodiscard]] bool has_slot(wire::StatusState state) const;

    const wire::TrustRoot& root_;
    Belief belief_;
    Memory& memory_;
    Instant now_;
    Verdict verdict_;

    std::optional<certificate::CanonicalCredential> credential_;  // none: single facts are shown
    std::optional<std::string> proof_;                            // of the credential, as JCS
    std::optional<codec::Json> stranger_;  // instead: looks like a credential and is none of ours
    std::vector<credential::VerifiedProof> proofs_;
    std::optional<wire::Evidence> evidence_;
    std::optional<certificate::VerifiedFacts> facts_;
    std::optional<wire::CertificateEntry> entry_;
    std::optional<wire::CertificateEntry> award_;
    std::optional<FinalCheckpoint> final_;
    const CertificateRecords* records_ = nullptr;  // `own_records_`, or remembered
    std::optional<CertificateRecords> own_records_;
    std::optional<wire::Name> issuer_name_;
    bool unknown_issuer_ = false;
};

}  // namespace tasdiq::verify
