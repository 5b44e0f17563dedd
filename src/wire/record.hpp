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
    static MapKey transaction(const TransactionId& transaction);
    static MapKey status(LogIndex certificate);
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

struct IndexRange {
    LogIndex from, until;  // from ≤ index < until
    friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

/// From `from` on, what the key `ordinal` signed counts as absent, but for `confirmed`.
struct Void {
    Ordinal ordinal;
    LogIndex from;
    std::vector<IndexRange> confirmed;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const Void&, const Void&) = default;
};

struct SuccessionItem {
    std::uint32_t kind;
    std::vector<MemberId> others;
    Day day;
    std::string legal;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const SuccessionItem&, const SuccessionItem&) = default;
};

struct CustodyItem {
    MemberId custodian;
    std::uint32_t scope;
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

struct AccreditationEnd {
    EndAction action;
    AppliesTo by;
    Day effective;
    LogIndex index;
    std::vector<Signer> signers;
    friend bool operator==(const AccreditationEnd&, const AccreditationEnd&) = default;
};

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

struct StatusSlot {
    StatusState state;
    LogIndex index;
    std::vector<Signer> signers;
    std::optional<Instant> effective;
    std::optional<LogIndex> by;  // the certificate that replaces this one
    friend bool operator==(const StatusSlot&, const StatusSlot&) = default;
};

struct StatusRecord {
    std::optional<StatusSlot> issuer;
    std::optional<StatusSlot> authority;
    friend bool operator==(const StatusRecord&, const StatusRecord&) = default;
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
[[nodiscard]] Bytes encode(const ParametersRecord& record);
[[nodiscard]] Bytes encode(const CountersRecord& record);
[[nodiscard]] Bytes encode(const SetRecord& record);

/// Instantiated for every record above.
template <class Record>
[[nodiscard]] Result<Record, WireFault> decode_record(ByteView bytes);

}  // namespace tasdiq::wire
