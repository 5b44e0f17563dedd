#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "wire/error.hpp"
#include "wire/ids.hpp"

namespace tasdiq::ledger {

/// Why a submission was refused. Numbers are stable: they are answered to clients. Checks run in
/// this order, so of several offences the first here is named.
enum class LedgerError : std::uint16_t {
    // Its shape
    kMalformedSubmission = 1,
    kMalformedEnvelope = 2,
    kListMissing = 3,
    kListUnexpected = 4,
    // Where and when
    kWrongChain = 100,
    kAlreadyRecorded = 101,  // not an offence: `BlockBuilder` answers with the first one's place
    kExpired = 102,
    kExpiresTooLate = 103,
    kCancelledEarlier = 104,
    // Who signed
    kSignerUnknown = 200,
    kKeyRetired = 201,
    kKeyVoided = 202,
    kSignerEnded = 203,
    kAlgorithmMismatch = 204,
    kKeyIdMismatch = 205,
    kBadSignature = 206,
    // The list of an issue
    kMalformedList = 220,
    kListCount = 221,
    kListRoot = 222,
    // What comes with a later version
    kNotYetSupported = 250,
    // Members
    kSenderUnknown = 300,
    kSenderKind = 301,
    kSenderEnded = 302,
    kCustodyScope = 303,
    kMemberUnknown = 310,
    kNotSupervised = 311,
    kMemberEnded = 312,
    kEffectiveInPast = 320,
    kInstitutionKind = 330,
    kParentMissing = 331,
    kParentUnexpected = 332,
    kParentUnknown = 333,
    kParentNotSupervised = 334,
    kCountryDiffers = 335,
    // Succession and custody
    kMemberNotEnded = 340,
    kOtherUnknown = 341,
    kOtherEnded = 342,
    kNameTooSoon = 343,
    kNameOrder = 344,
    kDayInFuture = 345,
    kNothingInCustody = 346,
    kSuccessionFull = 347,
    // Keys
    kRoleNotForMember = 400,
    kRoleAlgorithm = 401,
    kKeyInvalid = 402,
    kKeyRegistered = 403,
    kBadPossession = 404,
    kKeyUnknown = 410,
    kKeyEnded = 411,
    kVoidFromFuture = 420,
    kVoidTooFarBack = 421,
    kKeyAlreadyVoided = 422,
    kKeyNotVoided = 423,
    kConfirmOutside = 424,
    kAlreadyConfirmed = 425,
    kConfirmationsFull = 426,
    // Cancelling
    kNotConcerned = 430,
    kAlreadyCancelled = 431,
    kInEffect = 432,
    // Accreditations
    kScopeDates = 500,
    kProgrammeField = 501,
    kSectorDiffers = 502,
    kAccreditationUnknown = 510,
    kAccreditationWithdrawn = 511,
    kAlreadySuspended = 512,
    kNotSuspended = 513,
    kNotYourAccreditation = 514,
    kEndsFull = 515,
    // Policies
    kPolicyTooWeak = 590,
    kCoolOffUnexpected = 591,
    kPolicyNotMet = 600,
    kAuthorityNeeded = 601,
    kRegisterWithoutAuthority = 602,
    kRestoreWithoutAuthority = 603,
    // Issue: dates and programme
    kAwardedInFuture = 700,
    kNotContemporaneous = 701,
    kTooLate = 702,
    kProgrammeInSmallList = 703,
    kIntakeAfterAward = 704,
    // Issue: relations
    kTargetUnknown = 710,
    kTargetNotYours = 711,
    kTargetTwice = 712,
    kTermsDiffer = 713,
    kTargetFinal = 714,
    kTargetSuspended = 715,
    kNotProvisional = 716,
    kFinalisedEarlier = 717,
    kNothingToRestore = 718,
    kNotADocument = 719,
    // Issue: accreditation
    kTypeNotAccredited = 720,
    kLevelNotAccredited = 721,
    kFieldNotAccredited = 722,
    kModeNotAccredited = 723,
    kSiteNotAccredited = 724,
    kProgrammeNotAccredited = 725,
    kProgrammeFieldDiffers = 726,
    kHostSideMissing = 727,
    kHomeSideMissing = 728,
    kIntakeMissing = 730,
    kBeforeAccreditation = 731,
    kAfterAccreditation = 732,
    kAccreditationEnded = 733,
    kQuotaExhausted = 740,
    kCommitmentRecorded = 750,
    // Seats
    kSeatUnexpected = 760,
    kSeatUnknown = 761,
    kSeatIntakeDiffers = 762,
    kSeatTwice = 763,
    kSeatUsed = 764,
    // Status
    kStateByRelationOnly = 800,
    kCertificateUnknown = 801,
    kNotYourCertificate = 802,
    kNotAnAward = 803,
    kStatusFinal = 804,
    kStatusUnchanged = 805,
    kStatusNotSuspended = 806,
    kStatusSuspended = 807,
    kStatusPending = 808,
    kSlotFull = 809,
    kAlreadyAttested = 810,
    // The counters of the formats
    kNumbersExhausted = 900,
};

/// One sentence in English, for logs and answers.
[[nodiscard]] std::string_view to_string(LedgerError error);

/// Why, and where.
struct Refusal {
    LedgerError error;
    /// With kMalformedSubmission, kMalformedEnvelope, kMalformedList: what the format says.
    std::optional<wire::WireFault> fault = std::nullopt;
    /// What is at fault, counted from 0: with 104 and 200–206 the signer; 400–404 the new key; 501
    /// the programme; 590 and 591 the rule; 71x and 750–764 the item of the list, or the seat;
    /// 801–810 the index. Where several act together, for every other one: which of them.
    std::optional<std::uint32_t> position = std::nullopt;
    /// With kAlreadyRecorded: the first one's entry.
    std::optional<wire::LogIndex> recorded = std::nullopt;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

}  // namespace tasdiq::ledger
