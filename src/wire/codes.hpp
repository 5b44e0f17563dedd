#pragma once

#include <cstdint>

namespace tasdiq::wire {

// Numbers are on the ledger: they are never changed or reused. docs/formats/codes.md explains each.

enum class Role : std::uint8_t {
    kRegistrar = 1,
    kDean = 2,
    kPresident = 3,
    kAuthority = 4,
    kVote = 5,
    kNode = 6,
    kSecretariat = 7,
    kPublisher = 8,
    kAssertion = 9,
    kSeal = 10,
};

enum class MemberKind : std::uint8_t {
    kState = 1,
    kAuthority = 2,
    kUniversity = 3,
    kSchool = 4,
    kBranch = 5,
    kExaminationBoard = 6,
    kOrder = 7,
    kTrainingCentre = 8,
    kSecretariat = 9,
};

enum class CertificateType : std::uint8_t {
    kDegree = 1,
    kProvisional = 2,
    kTranscript = 3,
    kSupplement = 4,
    kSecondary = 5,
    kVocational = 6,
    kAttendance = 7,
    kMicroCredential = 8,
    kLicence = 9,
    kHonorary = 10,
    kEquivalency = 11,
    kAttestation = 12,
};

enum class Mode : std::uint8_t { kOnSite = 1, kDistance = 2, kBlended = 3, kWorkBased = 4 };

enum class Capture : std::uint8_t {
    kContemporaneous = 1,
    kLate = 2,
    kRegister = 3,
    kReconstructed = 4,
};
/// From registers: what the supervising authority answers for as well.
[[nodiscard]] constexpr bool is_from_register(Capture capture) {
    return capture == Capture::kRegister || capture == Capture::kReconstructed;
}

enum class RelationCode : std::uint8_t {
    kOfAward = 1,
    kReplaces = 2,
    kDuplicate = 3,
    kFinalises = 4,
    kAnnotates = 5,
    kRestores = 6,
};

enum class StatusState : std::uint8_t {
    kSuspended = 1,
    kReinstated = 2,
    kRevoked = 3,
    kAnnulled = 4,
    kReplaced = 5,
    kCancelled = 6,
    kLost = 7,
};

enum class Act : std::uint8_t { kLaw = 1, kLicence = 2, kHabilitation = 3, kAccreditation = 4 };

/// What date an accreditation, or its end, is tested against.
enum class AppliesTo : std::uint8_t { kIntake = 0, kAward = 1 };

enum class EndAction : std::uint8_t { kWithdraw = 1, kSuspend = 2, kResume = 3 };

/// Whose key may fill a slot of a policy, seen from the institution that acts.
enum class Who : std::uint8_t { kSelf = 0, kParent = 1, kAuthority = 2 };

/// What became of a member.
enum class SuccessionKind : std::uint8_t {
    kRenamed = 1,
    kAbsorbed = 2,
    kMerged = 3,
    kSplit = 4,
    kClosed = 5,
    kReopened = 6,
    kMoved = 7,
    kReconstituted = 8,
};

/// What a custodian may do for a member.
enum class CustodyScope : std::uint8_t { kArchives = 1, kEverything = 2 };

enum class CohortKind : std::uint8_t { kIntake = 1, kTransferIn = 2, kReadmission = 3 };

enum class LedgerKind : std::uint8_t { kTest = 0, kProduction = 1 };

enum class BodyCode : std::uint8_t {
    kRegisterAuthority = 10,
    kEndAuthority = 11,
    kReconstitute = 12,
    kVoidKey = 13,
    kRegisterInstitution = 20,
    kSuccession = 21,
    kCustody = 22,
    kAccredit = 23,
    kEndAccreditation = 24,
    kSetPolicy = 25,
    kAttest = 26,
    kIssue = 30,
    kCommitCohort = 31,
    kReleaseSeats = 32,
    kStatus = 33,
    kAddKey = 40,
    kRetireKey = 41,
    kCancel = 42,
    kConfirm = 43,
    kPropose = 50,
    kVote = 51,
};

}  // namespace tasdiq::wire
