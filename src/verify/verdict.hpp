#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/values.hpp"

namespace tasdiq::verify {

/// What is looked at, in this order. Names: DESIGN §7.
enum class Check : std::uint8_t {
    kWellFormed = 1,
    kIntegrity = 2,     // the credential's own proof
    kContent = 3,       // document says what the ledger says
    kAssertionKey = 4,  // valid at the certificate's index
    kRecorded = 5,
    kSigners = 6,     // not voided
    kAccredited = 7,  // when awarded
    kPage = 8,        // PDF: unchanged since sealed
    kCheckpoint = 9,  // final, by these states
    kStatus = 10,
    kFreshness = 11,
    kAttestation = 12,  // information only, as is the next
    kEnrolment = 13,    // the commitment to the cohort of its seat
};
inline constexpr std::uint8_t kCheckCount = 13;

enum class Outcome : std::uint8_t { kPassed = 1, kFailed = 2, kNotChecked = 3 };

/// Why a check failed or was not made. Numbers are stable: they are in `--json` and in the C API.
enum class Code : std::uint16_t {
    kNone = 0,
    // Well-formed
    kDocumentNotJson = 101,        // not strict JSON
    kDocumentNotCredential = 102,  // not a credential of ours: members, types, claims table
    kEvidenceMissing = 110,
    kEvidenceMalformed = 111,
    kEvidenceOtherLedger = 112,  // another origin than the trust root's
    kEntryMalformed = 113,       // an entry or record inside the evidence is not canonical
    kRecordsIncomplete =
        114,  // a record that the verdict needs is not in the evidence, or one too many
    // Integrity
    kProofMissing = 201,
    kProofMalformed = 202,
    kProofUnknownSuite = 203,
    kProofKeyUnknown = 204,  // the proof names a key that is not the issuer's
    kProofInvalid = 205,
    // Content
    kCommitmentDiffers = 301,  // document and secret do not give the recorded commitment
    kIssuerDiffers = 302,
    kIssuerNameDiffers = 303,
    kTypeDiffers = 304,
    kLevelDiffers = 305,
    kFieldDiffers = 306,
    kProgrammeDiffers = 307,  // code or titles
    kDateDiffers = 308,
    kCaptureDiffers = 309,
    kModeDiffers = 310,
    kOtherTermDiffers = 311,
    kValidUntilDiffers = 312,
    kFactsInvalid = 313,  // shown facts do not lie under the commitment
    // Assertion key
    kKeyNotYetValid = 401,
    kKeyEnded = 402,
    kKeyVoided = 403,
    kKeyWrongRole = 404,
    // Recorded
    kNotIncluded = 501,  // the inclusion proof does not lead to the checkpoint
    kNotACertificate = 502,
    kAwardNotIncluded = 503,
    kAwardDiffers = 504,
    kTransactionDiffers = 505,
    // Signers
    kSignerVoided = 601,
    // Accredited
    kNoAccreditation = 701,
    kAccreditationVoided = 702,
    kAccreditationScope = 703,
    kAccreditationDates = 704,
    // Checkpoint
    kBlockNotLast = 901,
    kBlockNotIncluded = 902,
    kMapProofInvalid = 903,
    kNoQuorum = 904,
    kCosignatureInvalid = 905,
    kCosignerUnknown = 906,
    kSetUnknown = 907,
    kContradictsTrustRoot = 908,  // another root at the size of the trust root's checkpoint
    // Status
    kStatusMalformed = 1001,
    kStatusUnknown = 1002,  // a state that is newer than this verifier
    kStatusInForce = 1003,  // suspended, revoked, …: the headline says which
    // Freshness
    kTimeInFuture = 1101,
    kStale = 1102,  // older than 24 hours
    // Attestation and enrolment
    kAttestationVoided = 1201,
    kCohortVoided = 1202,
    // Not checked
    kNotNeeded = 2001,           // nothing of this kind in the document
    kEarlierCheckFailed = 2002,  // depends on one that failed
    kNewerThanVerifier = 2003,
    kNotInEvidence = 2004,  // optional, and not there
};

/// First match wins, in this order. Spec: DESIGN §7.
enum class Headline : std::uint8_t {
    kAltered = 1,
    kUnknownIssuer = 2,
    kNotRecorded = 3,
    kVoid = 4,
    kNotYetInEffect = 5,
    kAnnulled = 6,
    kRevoked = 7,
    kCancelled = 8,
    kSuspended = 9,
    kReplaced = 10,
    kNotAccredited = 11,
    kExpired = 12,
    kCouldNotCheck = 13,
    kReportedLost = 14,
    kProvisional = 15,
    kFromRegisters = 16,
    kRecordedLate = 17,
    kDuplicate = 18,
    kAuthentic = 19,
};

/// The class of an answer; a program's exit code hangs on it.
enum class Answer : std::uint8_t { kAuthentic, kNotAuthentic, kCouldNotCheck, kTestLedgerOnly };

struct CheckResult {
    Check check;
    Outcome outcome;
    Code code;  // kNone when passed
    friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// What became of the issuer after the award, or had become of it, as its record says.
struct IssuerChange {
    wire::SuccessionKind kind;
    Day day;
    std::optional<wire::Name> name;  // renamed: the new one
    std::vector<wire::MemberId> others;
    bool before_award = false;  // on the day of the award the issuer had ended by it
    friend bool operator==(const IssuerChange&, const IssuerChange&) = default;
};

/// What is known of the seat that the certificate stands on.
struct Enrolment {
    wire::CohortKind kind;
    Day intake;
    Instant committed_at;
    bool is_late;
    bool is_void;  // a voided key committed to it: it counts as absent
    friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

/// A decision that is in force: why it is not simply valid.
struct Decision {
    wire::StatusState state;
    wire::LogIndex index;
    bool of_award;                        // it lies on the award that this is a document of
    std::vector<wire::MemberId> members;  // whose officers signed it, each once; none of a veto
    std::optional<Instant> effective;     // of a decision that had to wait
    std::optional<wire::LogIndex> by;     // the certificate that replaces it
    /// One officer stopped it before it took effect.
    [[nodiscard]] bool is_veto() const {
        return state == wire::StatusState::kCancelled && members.empty();
    }
    friend bool operator==(const Decision&, const Decision&) = default;
};

/// An authority's word that a certificate is genuine.
struct Attested {
    bool of_award;  // said of the award that this is a document of
    wire::MemberId authority;
    wire::Name authority_name;  // on that day
    std::string state;          // its ISO code
    Instant at;
    bool is_void;  // a voided key signed it: it counts as absent
    friend bool operator==(const Attested&, const Attested&) = default;
};

/// What was found out about the certificate; what is not known is absent.
struct Subject {
    std::optional<std::string> credential_id;
    std::optional<wire::LogIndex> index;
    std::optional<wire::Terms> terms;
    std::optional<wire::Name> issuer_name;    // as of the award date
    std::optional<std::string> issuer_state;  // ISO code, where the issuer is an authority
    std::optional<std::string> issuer_did;
    std::vector<wire::Name> partner_names;     // of a joint award, without the issuer's
    std::vector<wire::Name> ended_partners;    // those of them who had ended before the award
    std::vector<IssuerChange> issuer_changes;  // oldest first, none in the future
    std::optional<wire::MemberId> custodian;   // who acts for the issuer, which has ended
    // Today's names of those who are named by number here, as far as the evidence has them.
    std::vector<std::pair<wire::MemberId, wire::Name>> known_members;
    std::optional<Enrolment> enrolment;        // with a seat
    std::vector<Attested> attestations;        // that the evidence has; the certificate's first
    std::optional<wire::Name> authority_name;  // that accredited
    std::optional<std::string> state;          // ISO code of the accrediting state
    std::optional<Instant> recorded_at;
    std::optional<Instant> as_of;
    std::vector<Decision> decisions;  // the certificate's first
    bool is_stopped = false;          // cancelled while it waited for its effect
    std::optional<wire::LogIndex> replaced_by;
    std::optional<wire::Relation> relation;  // to an earlier certificate
    std::optional<Day> valid_until;
    std::vector<std::string> cosigners;  // ISO codes of the states whose cosignatures were verified
    std::uint64_t facts_shown = 0;       // with single facts
    std::uint64_t facts_count = 0;
};

/// The answer about one document: codes and parameters, no prose (that is `text`).
struct Verdict {
    Headline headline = Headline::kCouldNotCheck;
    /// The ledger is a test ledger, or claims production without this machine's believing it.
    bool test_ledger = true;
    /// Evidence older than 24 hours: the headline adds "status as of DATE".
    bool stale = false;
    std::vector<CheckResult> checks;  // all of them, in order
    Subject subject;

    [[nodiscard]] const CheckResult& result_of(Check check) const;
    [[nodiscard]] Answer answer() const;
};

/// Stable names, as in `--json`: `well-formed`, `not-recorded`, `passed`, ….
[[nodiscard]] std::string_view to_string(Check check);
[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::string_view to_string(Headline headline);
/// Stable names, `commitment-differs`, …; the text catalogue has one text for each.
[[nodiscard]] std::string_view to_string(Code code);

}  // namespace tasdiq::verify
