#pragma once

#include <variant>

#include "merkle/sparse_map.hpp"
#include "wire/entry.hpp"

namespace tasdiq::wire {

// What is true now: the values of the map. Every record that was signed for carries the log index
// of the acting transaction and its signers, so that a voided key's work can be told.

// ------------------------------------------------------------------ keys of the map
/// The encoded `map-key`: what is hashed. Each factory names one record.
class MapKey {
  public:
    static MapKey ledger();
    static MapKey member(MemberId member);
    static MapKey key(MemberId member, Ordinal ordinal);
    static MapKey key_owner(const crypto::KeyId& key);
    static MapKey policy(MemberId member);
    static MapKey accreditation(MemberId institution, std::uint32_t number);
    static MapKey programme(MemberId institution, std::uint32_t number, std::string_view code);
    static MapKey yearly_count(MemberId institution, std::uint32_t number, std::uint32_t year,
                               bool registers);
    static MapKey cohort(MemberId institution, std::uint32_t number);
    static MapKey used_seat(const Seat& seat);
    static MapKey transaction(const TransactionId& transaction);
    static MapKey status(LogIndex certificate);
    static MapKey attestation(LogIndex certificate);
    static MapKey cancelled(MemberId member, const TransactionId& transaction);
    static MapKey code_list(std::uint64_t list);
    static MapKey parameters();
    static MapKey counters(MemberId member);
    static MapKey state_set();

    /// Any key of the CDDL; what evidence names. Refuses every other.
    static Result<MapKey, WireFault> decode(ByteView bytes);

    [[nodiscard]] ByteView bytes() const { return bytes_; }
    [[nodiscard]] merkle::KeyHash hash() const;
    friend auto operator<=>(const MapKey&, const MapKey&) = default;

  private:
    explicit MapKey(Bytes bytes) : bytes_{std::move(bytes)} {}
    Bytes bytes_;
};

// ------------------------------------------------------------------ records
struct LedgerRecord {
    MemberId next_member;
    std::uint64_t blocks;  // heights 0 … blocks − 1 are closed
    friend bool operator==(const LedgerRecord&, const LedgerRecord&) = default;
};

/// What a voided key signed there counts again. Read it with wire/voids.hpp.
struct Confirmation {
    IndexRange range;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const Confirmation&, const Confirmation&) = default;
};

/// From `from` on, what the key `ordinal` signed counts as absent, but for `confirmed`.
struct Void {
    Ordinal ordinal;
    LogIndex from;
    std::vector<Confirmation> confirmed;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const Void&, const Void&) = default;
};

struct SuccessionItem {
    SuccessionKind kind;
    std::vector<MemberId> others;
    Day day;
    std::string legal;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const SuccessionItem&, const SuccessionItem&) = default;
};

struct CustodyItem {
    MemberId custodian;
    CustodyScope scope;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const CustodyItem&, const CustodyItem&) = default;
};

struct MemberRecord {
    LogIndex index;
    std::vector<Signer> signers;
    MemberKind kind;
    std::optional<MemberId> parent;     // a school's university; an authority's state
    std::optional<MemberId> authority;  // supervising; institutions only
    std::string country;
    std::vector<Name> names;
    std::vector<OutsideId> ids;
    std::uint32_t sector;  // authorities; 0 otherwise
    std::optional<Day> ended;
    std::vector<Void> voids;
    std::vector<SuccessionItem> succession;
    std::optional<CustodyItem> custody;
    friend bool operator==(const MemberRecord&, const MemberRecord&) = default;
};

/// Whether the member acts no more.
[[nodiscard]] inline bool has_ended(const MemberRecord& member, Day today) {
    return member.ended && *member.ended <= today;
}

struct KeyRecord {
    LogIndex index;
    std::vector<Signer> signers;
    Role role;
    crypto::Algorithm algorithm;
    Bytes public_key;
    LogIndex from;
    std::optional<LogIndex> until;
    friend bool operator==(const KeyRecord&, const KeyRecord&) = default;
};

struct KeyOwnerRecord {
    MemberId member;
    Ordinal ordinal;
    friend bool operator==(const KeyOwnerRecord&, const KeyOwnerRecord&) = default;
};

struct PolicyRecord {
    LogIndex index;
    std::vector<Signer> signers;
    std::vector<Rule> rules;
    friend bool operator==(const PolicyRecord&, const PolicyRecord&) = default;
};

/// The last change, and those before it, the newest first; kHistoryMax at most before the last one.
/// Read it with wire/history.hpp.
template <class Change>
struct History : Change {
    std::vector<Change> earlier = {};
    friend bool operator==(const History&, const History&) = default;
};
inline constexpr std::size_t kHistoryMax = 63;

/// One withdrawal, suspension or resumption.
struct EndChange {
    EndAction action;
    AppliesTo by;
    Day effective;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const EndChange&, const EndChange&) = default;
};

/// An earlier change counts again when a later one turns out to be the work of a stolen key.
using AccreditationEnd = History<EndChange>;

struct AccreditationRecord {
    LogIndex index;
    std::vector<Signer> signers;
    MemberId authority;
    Scope scope;
    std::optional<AccreditationEnd> ended;
    friend bool operator==(const AccreditationRecord&, const AccreditationRecord&) = default;
};

struct ProgrammeRecord {
    LogIndex index;
    std::vector<Signer> signers;
    std::uint16_t field;
    Titles titles;
    friend bool operator==(const ProgrammeRecord&, const ProgrammeRecord&) = default;
};

struct CountRecord {
    std::uint64_t count;
    friend bool operator==(const CountRecord&, const CountRecord&) = default;
};

struct TransactionRecord {
    LogIndex index;  // of the transaction's entry; its certificates follow
    friend bool operator==(const TransactionRecord&, const TransactionRecord&) = default;
};

/// One change of a slot.
struct StatusChange {
    StatusState state;
    LogIndex index;
    std::vector<Signer> signers;
    std::optional<Instant> effective;
    std::optional<LogIndex> by;  // the certificate that replaces or restores this one
    friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

/// An earlier change counts until the last one takes effect, and again when that turns out to be
/// the work of a stolen key.
using StatusSlot = History<StatusChange>;

struct StatusRecord {
    std::optional<StatusSlot> issuer;
    std::optional<StatusSlot> authority;
    friend bool operator==(const StatusRecord&, const StatusRecord&) = default;
};

/// Who was enrolled, committed to before anybody could be awarded a degree.
struct CohortRecord {
    LogIndex index;
    std::vector<Signer> signers;
    CohortKind kind;
    Day intake;
    std::uint64_t count;  // of seats
    CohortRoot root;
    Instant time;  // of its recording
    friend bool operator==(const CohortRecord&, const CohortRecord&) = default;
};

/// A cohort that was committed so many days after its intake, or earlier, was committed in time.
inline constexpr std::int32_t kCohortInTimeDays = 400;

/// Whether enrolment was committed to only when studies were long under way. Spec:
/// docs/formats/records.md, "Cohort".
[[nodiscard]] inline bool is_committed_late(Day intake, Instant committed) {
    return to_day(committed).days - intake.days > kCohortInTimeDays;
}

struct UsedSeatRecord {
    LogIndex index;
    std::vector<Signer> signers;
    std::optional<LogIndex> certificate;  // none: the seat was released
    friend bool operator==(const UsedSeatRecord&, const UsedSeatRecord&) = default;
};

/// The supervising authority says of a certificate that it is genuine.
struct AttestationRecord {
    LogIndex index;
    std::vector<Signer> signers;
    MemberId authority;
    Instant time;
    friend bool operator==(const AttestationRecord&, const AttestationRecord&) = default;
};

/// The transaction never becomes one with that member's signature.
struct CancelRecord {
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const CancelRecord&, const CancelRecord&) = default;
};

/// The codes of a list beyond those of version 1, which docs/formats/codes.md has.
struct CodeListRecord {
    LogIndex index;
    std::uint64_t version;             // from 2; a list without a record is of version 1
    std::vector<std::uint64_t> codes;  // ascending
    friend bool operator==(const CodeListRecord&, const CodeListRecord&) = default;
};

struct ParametersRecord {
    LogIndex index;
    friend bool operator==(const ParametersRecord&, const ParametersRecord&) = default;
};

struct CountersRecord {
    Ordinal next_ordinal;
    std::uint32_t next_accreditation;
    std::uint32_t next_cohort;
    friend bool operator==(const CountersRecord&, const CountersRecord&) = default;
};

struct SetRecord {
    LogIndex index;
    StateSet set;
    friend bool operator==(const SetRecord&, const SetRecord&) = default;
};

// One `encode` each, and `decode<T>`: a value for its own type only, kShape otherwise.
[[nodiscard]] Bytes encode(const LedgerRecord& record);
[[nodiscard]] Bytes encode(const MemberRecord& record);
[[nodiscard]] Bytes encode(const KeyRecord& record);
[[nodiscard]] Bytes encode(const KeyOwnerRecord& record);
[[nodiscard]] Bytes encode(const PolicyRecord& record);
[[nodiscard]] Bytes encode(const AccreditationRecord& record);
[[nodiscard]] Bytes encode(const ProgrammeRecord& record);
[[nodiscard]] Bytes encode(const CountRecord& record);
[[nodiscard]] Bytes encode(const TransactionRecord& record);
[[nodiscard]] Bytes encode(const StatusRecord& record);
[[nodiscard]] Bytes encode(const CohortRecord& record);
[[nodiscard]] Bytes encode(const UsedSeatRecord& record);
[[nodiscard]] Bytes encode(const AttestationRecord& record);
[[nodiscard]] Bytes encode(const CancelRecord& record);
[[nodiscard]] Bytes encode(const CodeListRecord& record);
[[nodiscard]] Bytes encode(const ParametersRecord& record);
[[nodiscard]] Bytes encode(const CountersRecord& record);
[[nodiscard]] Bytes encode(const SetRecord& record);

/// Instantiated for every record above.
template <class Record>
[[nodiscard]] Result<Record, WireFault> decode_record(ByteView bytes);

}  // namespace tasdiq::wire
