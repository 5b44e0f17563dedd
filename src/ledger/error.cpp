#include "ledger/error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::ledger {

std::string_view to_string(LedgerError error) {
    switch (error) {
        using enum LedgerError;
        case kMalformedSubmission: return "the submission is malformed";
        case kMalformedEnvelope: return "the envelope is malformed";
        case kListMissing: return "the issue comes without its list";
        case kListUnexpected: return "a list comes with something that is not an issue";
        case kWrongChain: return "the transaction is for another ledger";
        case kAlreadyRecorded: return "the transaction is recorded already";
        case kExpired: return "the transaction has expired";
        case kExpiresTooLate: return "the transaction expires more than 90 days ahead";
        case kCancelledEarlier: return "a member whose key signs has cancelled it";
        case kSignerUnknown: return "there is no such key, or its registration is void";
        case kKeyRetired: return "the signer's key is retired";
        case kKeyVoided: return "the signer's key is voided";
        case kSignerEnded: return "the signer's member has ended";
        case kAlgorithmMismatch: return "the signature's algorithm is not its key's";
        case kKeyIdMismatch: return "the signature names another key than the signer's";
        case kBadSignature: return "the signature does not hold";
        case kMalformedList: return "the list is malformed";
        case kListCount: return "the list has another count than was signed";
        case kListRoot: return "the list is not the one that was signed";
        case kNotYetSupported: return "this version does not have the rules for it yet";
        case kSenderUnknown: return "there is no such member";
        case kSenderKind: return "a member of this kind may not send this";
        case kSenderEnded: return "the member has ended";
        case kCustodyScope: return "the custodian keeps the archives and may not do this";
        case kMemberUnknown: return "the member that it is about does not exist";
        case kNotSupervised: return "the member that it is about is not the sender's";
        case kMemberEnded: return "the member that it is about has ended already";
        case kEffectiveInPast: return "the effective day lies before the day of recording";
        case kInstitutionKind: return "this kind of member is not an institution";
        case kParentMissing: return "a school or a branch needs a parent";
        case kParentUnexpected: return "only a school or a branch has a parent";
        case kParentUnknown: return "the parent is not a registered institution, or one below it";
        case kParentNotSupervised: return "the parent is supervised by another authority";
        case kCountryDiffers: return "the country is not the authority's";
        case kMemberNotEnded: return "the member has not ended";
        case kOtherUnknown: return "no such member can take its place";
        case kOtherEnded: return "the member that takes its place has ended itself";
        case kNameTooSoon:
            return "a new name begins on the day after its recording at the earliest";
        case kNameOrder: return "the member has a name from that day on or later already";
        case kDayInFuture: return "the day lies in the future, or too far in it for a new name";
        case kNothingInCustody: return "the member is in nobody's custody";
        case kSuccessionFull: return "too much is recorded of what became of the member";
        case kRoleNotForMember: return "a member of this kind holds no keys of this role";
        case kRoleAlgorithm: return "keys of this role are of another algorithm";
        case kKeyInvalid: return "the public key is not one";
        case kKeyRegistered: return "the public key is registered already";
        case kBadPossession: return "the proof of possession does not hold";
        case kKeyUnknown: return "the member has no such key";
        case kKeyEnded: return "the key has ended already";
        case kVoidFromFuture: return "a key cannot be voided from an entry that is yet to come";
        case kVoidTooFarBack: return "a key cannot be voided from more than 90 days back";
        case kKeyAlreadyVoided: return "the key is voided from there or before already";
        case kKeyNotVoided: return "the key is not voided";
        case kConfirmOutside: return "a range lies before the void or beyond the log";
        case kAlreadyConfirmed: return "all of it is confirmed already";
        case kConfirmationsFull:
            return "too much of the member's work was confirmed piece by piece";
        case kNotConcerned: return "the transaction is not the member's";
        case kAlreadyCancelled: return "the member has cancelled the transaction already";
        case kInEffect: return "the transaction is in effect: it is too late to cancel it";
        case kScopeDates: return "the accreditation ends before it begins";
        case kProgrammeField: return "the programme's field is not among the accreditation's";
        case kSectorDiffers: return "the type is not of the authority's sector";
        case kAccreditationUnknown: return "the institution has no such accreditation";
        case kAccreditationWithdrawn: return "the accreditation is withdrawn for good";
        case kAlreadySuspended: return "the accreditation is suspended already";
        case kNotSuspended: return "the accreditation is not suspended";
        case kNotYourAccreditation: return "another authority granted the accreditation";
        case kEndsFull: return "the accreditation was ended and resumed too often";
        case kPolicyTooWeak:
            return "a rule lets one signer act alone, or others without the member";
        case kCoolOffUnexpected:
            return "only issues and statuses can have a cool-off, of 90 days at most";
        case kPolicyNotMet: return "the signers are not those that the policy asks for";
        case kAuthorityNeeded:
            return "the accreditation has ended: the authority must sign as well";
        case kRegisterWithoutAuthority:
            return "what comes from registers needs the authority's signature";
        case kRestoreWithoutAuthority:
            return "an authority ended it: two of its keys must sign as well";
        case kAwardedInFuture: return "the award lies in the future";
        case kNotContemporaneous: return "the award is more than 400 days old";
        case kTooLate: return "the award is more than 3660 days old";
        case kProgrammeInSmallList: return "a list of fewer than ten must not name the programme";
        case kIntakeAfterAward: return "the intake lies after the award";
        case kTargetUnknown:
            return "the target is not a certificate, is void, or is not in effect yet";
        case kTargetNotYours: return "the target was issued by another institution";
        case kTargetTwice: return "the list replaces the target twice";
        case kTermsDiffer: return "the terms are not the target's";
        case kTargetFinal: return "the target or its award is in a final state";
        case kTargetSuspended: return "the target is suspended";
        case kNotProvisional: return "only a provisional certificate can be finalised";
        case kFinalisedEarlier: return "the parchment is older than its provisional certificate";
        case kNothingToRestore: return "the target was not ended, or is restored already";
        case kNotADocument: return "what belongs to an award or annotates it is no award itself";
        case kTypeNotAccredited: return "the type is not accredited";
        case kLevelNotAccredited: return "the level is not accredited";
        case kFieldNotAccredited: return "the field is not accredited";
        case kModeNotAccredited: return "the mode of study is not accredited";
        case kSiteNotAccredited: return "the site is not accredited";
        case kProgrammeNotAccredited: return "the programme is not accredited";
        case kProgrammeFieldDiffers: return "the programme is in another field";
        case kHostSideMissing:
            return "a branch abroad needs an accreditation of the country where it lies";
        case kHomeSideMissing:
            return "a branch abroad awards with its parent, accredited for a site in that country";
        case kIntakeMissing: return "the accreditation goes by intake and no intake is given";
        case kBeforeAccreditation: return "the accreditation began later";
        case kAfterAccreditation: return "the accreditation ended earlier";
        case kAccreditationEnded: return "the accreditation was withdrawn or suspended before";
        case kQuotaExhausted: return "the accreditation's quota of the year is exhausted";
        case kCommitmentRecorded: return "the commitment is recorded already";
        case kSeatUnexpected: return "the certificate has its target's seat, and needs no other";
        case kSeatUnknown: return "there is no such seat, or it is another institution's";
        case kSeatIntakeDiffers: return "the seat is of another intake";
        case kSeatTwice: return "the list uses the seat twice";
        case kSeatUsed: return "the seat is used or released already";
        case kStateByRelationOnly: return "a certificate is replaced by issuing its replacement";
        case kCertificateUnknown: return "there is no such certificate";
        case kNotYourCertificate: return "the certificate is neither issued nor accredited by you";
        case kNotAnAward: return "this state lies on the award, and this is a document of one";
        case kStatusFinal: return "the status is final";
        case kStatusUnchanged: return "the certificate has this status already";
        case kStatusNotSuspended: return "only what is suspended can be reinstated";
        case kStatusSuspended: return "what is suspended must be reinstated first";
        case kStatusPending: return "the last change of the status has not taken effect yet";
        case kSlotFull:
            return "the status has no room for another change: void the keys that filled it first";
        case kAlreadyAttested: return "the certificate is attested already";
        case kNumbersExhausted: return "there is no number left to give";
    }
    ENSURE(false);
}

}  // namespace tasdiq::ledger
