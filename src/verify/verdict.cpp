#include "verify/verdict.hpp"

#include "base/ensure.hpp"

namespace tasdiq::verify {

const CheckResult& Verdict::result_of(Check check) const {
    const auto index = static_cast<std::size_t>(check) - 1;
    ENSURE(index < checks.size() && checks[index].check == check);
    return checks[index];
}

Answer Verdict::answer() const {
    if (headline < Headline::kCouldNotCheck) return Answer::kNotAuthentic;
    if (headline == Headline::kCouldNotCheck) return Answer::kCouldNotCheck;
    return test_ledger ? Answer::kTestLedgerOnly : Answer::kAuthentic;
}

std::string_view to_string(Check check) {
    switch (check) {
        case Check::kWellFormed: return "well-formed";
        case Check::kIntegrity: return "integrity";
        case Check::kContent: return "content";
        case Check::kAssertionKey: return "assertion-key";
        case Check::kRecorded: return "recorded";
        case Check::kSigners: return "signers";
        case Check::kAccredited: return "accredited";
        case Check::kPage: return "page";
        case Check::kCheckpoint: return "checkpoint";
        case Check::kStatus: return "status";
        case Check::kFreshness: return "freshness";
        case Check::kAttestation: return "attestation";
        case Check::kEnrolment: return "enrolment";
    }
    ENSURE(false);
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::kPassed: return "passed";
        case Outcome::kFailed: return "failed";
        case Outcome::kNotChecked: return "not-checked";
    }
    ENSURE(false);
}

std::string_view to_string(Headline headline) {
    switch (headline) {
        case Headline::kAltered: return "altered";
        case Headline::kUnknownIssuer: return "unknown-issuer";
        case Headline::kNotRecorded: return "not-recorded";
        case Headline::kVoid: return "void";
        case Headline::kNotYetInEffect: return "not-yet-in-effect";
        case Headline::kAnnulled: return "annulled";
        case Headline::kRevoked: return "revoked";
        case Headline::kCancelled: return "cancelled";
        case Headline::kSuspended: return "suspended";
        case Headline::kReplaced: return "replaced";
        case Headline::kNotAccredited: return "not-accredited";
        case Headline::kExpired: return "expired";
        case Headline::kCouldNotCheck: return "could-not-check";
        case Headline::kReportedLost: return "reported-lost";
        case Headline::kProvisional: return "provisional";
        case Headline::kFromRegisters: return "from-registers";
        case Headline::kRecordedLate: return "recorded-late";
        case Headline::kDuplicate: return "duplicate";
        case Headline::kAuthentic: return "authentic";
    }
    ENSURE(false);
}

std::string_view to_string(Code code) {
    switch (code) {
        case Code::kNone: return "none";
        case Code::kDocumentNotJson: return "document-not-json";
        case Code::kDocumentNotCredential: return "document-not-credential";
        case Code::kEvidenceMissing: return "evidence-missing";
        case Code::kEvidenceMalformed: return "evidence-malformed";
        case Code::kEvidenceOtherLedger: return "evidence-other-ledger";
        case Code::kEntryMalformed: return "entry-malformed";
        case Code::kRecordsIncomplete: return "records-incomplete";
        case Code::kProofMissing: return "proof-missing";
        case Code::kProofMalformed: return "proof-malformed";
        case Code::kProofUnknownSuite: return "proof-unknown-suite";
        case Code::kProofKeyUnknown: return "proof-key-unknown";
        case Code::kProofInvalid: return "proof-invalid";
        case Code::kCommitmentDiffers: return "commitment-differs";
        case Code::kIssuerDiffers: return "issuer-differs";
        case Code::kIssuerNameDiffers: return "issuer-name-differs";
        case Code::kTypeDiffers: return "type-differs";
        case Code::kLevelDiffers: return "level-differs";
        case Code::kFieldDiffers: return "field-differs";
        case Code::kProgrammeDiffers: return "programme-differs";
        case Code::kDateDiffers: return "date-differs";
        case Code::kCaptureDiffers: return "capture-differs";
        case Code::kModeDiffers: return "mode-differs";
        case Code::kOtherTermDiffers: return "other-term-differs";
        case Code::kValidUntilDiffers: return "valid-until-differs";
        case Code::kFactsInvalid: return "facts-invalid";
        case Code::kKeyNotYetValid: return "key-not-yet-valid";
        case Code::kKeyEnded: return "key-ended";
        case Code::kKeyVoided: return "key-voided";
        case Code::kKeyWrongRole: return "key-wrong-role";
        case Code::kNotIncluded: return "not-included";
        case Code::kNotACertificate: return "not-a-certificate";
        case Code::kAwardNotIncluded: return "award-not-included";
        case Code::kAwardDiffers: return "award-differs";
        case Code::kTransactionDiffers: return "transaction-differs";
        case Code::kSignerVoided: return "signer-voided";
        case Code::kNoAccreditation: return "no-accreditation";
        case Code::kAccreditationVoided: return "accreditation-voided";
        case Code::kAccreditationScope: return "accreditation-scope";
        case Code::kAccreditationDates: return "accreditation-dates";
        case Code::kBlockNotLast: return "block-not-last";
        case Code::kBlockNotIncluded: return "block-not-included";
        case Code::kMapProofInvalid: return "map-proof-invalid";
        case Code::kNoQuorum: return "no-quorum";
        case Code::kCosignatureInvalid: return "cosignature-invalid";
        case Code::kCosignerUnknown: return "cosigner-unknown";
        case Code::kSetUnknown: return "set-unknown";
        case Code::kContradictsTrustRoot: return "contradicts-trust-root";
        case Code::kStatusMalformed: return "status-malformed";
        case Code::kStatusUnknown: return "status-unknown";
        case Code::kStatusInForce: return "status-in-force";
        case Code::kTimeInFuture: return "time-in-future";
        case Code::kStale: return "stale";
        case Code::kAttestationVoided: return "attestation-voided";
        case Code::kCohortVoided: return "cohort-voided";
        case Code::kNotNeeded: return "not-needed";
        case Code::kEarlierCheckFailed: return "earlier-check-failed";
        case Code::kNewerThanVerifier: return "newer-than-verifier";
        case Code::kNotInEvidence: return "not-in-evidence";
    }
    ENSURE(false);
}

}  // namespace tasdiq::verify
