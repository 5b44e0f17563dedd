#include "base/ensure.hpp"
#include "wire/describe.hpp"

namespace tasdiq::wire {

std::string_view to_word(Role role) {
    switch (role) {
        case Role::kRegistrar: return "registrar";
        case Role::kDean: return "dean";
        case Role::kPresident: return "president";
        case Role::kAuthority: return "authority";
        case Role::kVote: return "vote";
        case Role::kNode: return "node";
        case Role::kSecretariat: return "secretariat";
        case Role::kPublisher: return "publisher";
        case Role::kAssertion: return "assertion";
        case Role::kSeal: return "seal";
    }
    ENSURE(false);
}

std::optional<Role> parse_role(std::string_view word) {
    for (std::uint8_t code = 1; code <= static_cast<std::uint8_t>(Role::kSeal); ++code) {
        if (to_word(static_cast<Role>(code)) == word) return static_cast<Role>(code);
    }
    return std::nullopt;
}

std::string_view to_word(MemberKind kind) {
    switch (kind) {
        case MemberKind::kState: return "state";
        case MemberKind::kAuthority: return "authority";
        case MemberKind::kUniversity: return "university";
        case MemberKind::kSchool: return "school";
        case MemberKind::kBranch: return "branch";
        case MemberKind::kExaminationBoard: return "examination-board";
        case MemberKind::kOrder: return "order";
        case MemberKind::kTrainingCentre: return "training-centre";
        case MemberKind::kSecretariat: return "secretariat";
    }
    ENSURE(false);
}

std::string_view to_word(CertificateType type) {
    switch (type) {
        case CertificateType::kDegree: return "degree";
        case CertificateType::kProvisional: return "provisional";
        case CertificateType::kTranscript: return "transcript";
        case CertificateType::kSupplement: return "supplement";
        case CertificateType::kSecondary: return "secondary";
        case CertificateType::kVocational: return "vocational";
        case CertificateType::kAttendance: return "attendance";
        case CertificateType::kMicroCredential: return "micro-credential";
        case CertificateType::kLicence: return "licence";
        case CertificateType::kHonorary: return "honorary";
        case CertificateType::kEquivalency: return "equivalency";
        case CertificateType::kAttestation: return "attestation";
    }
    ENSURE(false);
}

std::string_view to_word(Mode mode) {
    switch (mode) {
        case Mode::kOnSite: return "on-site";
        case Mode::kDistance: return "distance";
        case Mode::kBlended: return "blended";
        case Mode::kWorkBased: return "work-based";
    }
    ENSURE(false);
}

std::string_view to_word(Capture capture) {
    switch (capture) {
        case Capture::kContemporaneous: return "contemporaneous";
        case Capture::kLate: return "late";
        case Capture::kRegister: return "register";
        case Capture::kReconstructed: return "reconstructed";
    }
    ENSURE(false);
}

std::string_view to_word(RelationCode code) {
    switch (code) {
        case RelationCode::kOfAward: return "of-award";
        case RelationCode::kReplaces: return "replaces";
        case RelationCode::kDuplicate: return "duplicate";
        case RelationCode::kFinalises: return "finalises";
        case RelationCode::kAnnotates: return "annotates";
        case RelationCode::kRestores: return "restores";
    }
    ENSURE(false);
}

std::string_view to_word(StatusState state) {
    switch (state) {
        case StatusState::kSuspended: return "suspended";
        case StatusState::kReinstated: return "reinstated";
        case StatusState::kRevoked: return "revoked";
        case StatusState::kAnnulled: return "annulled";
        case StatusState::kReplaced: return "replaced";
        case StatusState::kCancelled: return "cancelled";
        case StatusState::kLost: return "lost";
    }
    ENSURE(false);
}

std::string_view to_word(Act act) {
    switch (act) {
        case Act::kLaw: return "law";
        case Act::kLicence: return "licence";
        case Act::kHabilitation: return "habilitation";
        case Act::kAccreditation: return "accreditation";
    }
    ENSURE(false);
}

std::string_view to_word(EndAction action) {
    switch (action) {
        case EndAction::kWithdraw: return "withdraw";
        case EndAction::kSuspend: return "suspend";
        case EndAction::kResume: return "resume";
    }
    ENSURE(false);
}

std::string_view to_word(SuccessionKind kind) {
    switch (kind) {
        case SuccessionKind::kRenamed: return "renamed";
        case SuccessionKind::kAbsorbed: return "absorbed";
        case SuccessionKind::kMerged: return "merged";
        case SuccessionKind::kSplit: return "split";
        case SuccessionKind::kClosed: return "closed";
        case SuccessionKind::kReopened: return "reopened";
        case SuccessionKind::kMoved: return "moved";
        case SuccessionKind::kReconstituted: return "reconstituted";
    }
    ENSURE(false);
}

std::string_view to_word(CustodyScope scope) {
    switch (scope) {
        case CustodyScope::kArchives: return "archives";
        case CustodyScope::kEverything: return "everything";
    }
    ENSURE(false);
}

std::string_view to_word(CohortKind kind) {
    switch (kind) {
        case CohortKind::kIntake: return "intake";
        case CohortKind::kTransferIn: return "transfer-in";
        case CohortKind::kReadmission: return "readmission";
    }
    ENSURE(false);
}

std::string_view to_word(BodyCode code) {
    switch (code) {
        case BodyCode::kRegisterAuthority: return "register-authority";
        case BodyCode::kEndAuthority: return "end-authority";
        case BodyCode::kReconstitute: return "reconstitute";
        case BodyCode::kVoidKey: return "void-key";
        case BodyCode::kRegisterInstitution: return "register-institution";
        case BodyCode::kSuccession: return "succession";
        case BodyCode::kCustody: return "custody";
        case BodyCode::kAccredit: return "accredit";
        case BodyCode::kEndAccreditation: return "end-accreditation";
        case BodyCode::kSetPolicy: return "set-policy";
        case BodyCode::kAttest: return "attest";
        case BodyCode::kIssue: return "issue";
        case BodyCode::kCommitCohort: return "commit-cohort";
        case BodyCode::kReleaseSeats: return "release-seats";
        case BodyCode::kStatus: return "status";
        case BodyCode::kAddKey: return "add-key";
        case BodyCode::kRetireKey: return "retire-key";
        case BodyCode::kCancel: return "cancel";
        case BodyCode::kConfirm: return "confirm";
        case BodyCode::kPropose: return "propose";
        case BodyCode::kVote: return "vote";
    }
    ENSURE(false);
}

}  // namespace tasdiq::wire
