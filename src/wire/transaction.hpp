#pragma once

#include <span>
#include <variant>

#include "base/result.hpp"
#include "crypto/multikey.hpp"
#include "wire/error.hpp"
#include "wire/values.hpp"

namespace tasdiq::wire {

inline constexpr std::size_t kEnvelopeSizeMax = 65'000;
inline constexpr std::size_t kListCountMax = 16'384;
inline constexpr std::size_t kListSizeMax = 3 + kListCountMax * 67;  // bytes
inline constexpr std::size_t kIndicesCountMax = 4'096;
/// Of one cohort.
inline constexpr std::uint64_t kSeatCountMax = 10'000'000;

// ------------------------------------------------------------------ bodies
struct RegisterAuthority {
    MemberId state;
    std::vector<Name> names;
    std::uint32_t sector;  // docs/formats/codes.md
    std::vector<OutsideId> ids;
    std::vector<NewKey> keys;
    friend bool operator==(const RegisterAuthority&, const RegisterAuthority&) = default;
};

struct EndAuthority {
    MemberId state, authority;
    Day effective;
    friend bool operator==(const EndAuthority&, const EndAuthority&) = default;
};

struct VoidKey {
    MemberId by, member;
    Ordinal ordinal;
    LogIndex from;
    friend bool operator==(const VoidKey&, const VoidKey&) = default;
};

struct Reconstitute {
    MemberId by, member;
    std::string legal;             // the decision that says so
    std::vector<Ordinal> retired;  // ascending; at most 64
    std::vector<NewKey> keys;
    friend bool operator==(const Reconstitute&, const Reconstitute&) = default;
};

struct Succession {
    MemberId by, member;
    SuccessionKind kind;  // but kReconstituted
    std::vector<MemberId> others;
    Day day;
    std::string legal;
    std::optional<Titles> name;  // the new one; only with kRenamed
    friend bool operator==(const Succession&, const Succession&) = default;
};

struct Custodian {
    MemberId member;
    CustodyScope scope;
    friend bool operator==(const Custodian&, const Custodian&) = default;
};

struct Custody {
    MemberId authority, member;
    std::optional<Custodian> custodian;  // none: custody ends
    friend bool operator==(const Custody&, const Custody&) = default;
};

struct RegisterInstitution {
    MemberId authority;
    MemberKind kind;
    std::vector<Name> names;
    std::string country;
    std::vector<OutsideId> ids;
    std::optional<MemberId> parent;
    std::vector<NewKey> keys;
    friend bool operator==(const RegisterInstitution&, const RegisterInstitution&) = default;
};

struct Accredit {
    MemberId authority, institution;
    Scope scope;
    std::vector<ProgrammeEntry> programmes;
    friend bool operator==(const Accredit&, const Accredit&) = default;
};

struct EndAccreditation {
    MemberId authority, institution;
    std::uint32_t number;
    EndAction action;
    AppliesTo by;
    Day effective;
    friend bool operator==(const EndAccreditation&, const EndAccreditation&) = default;
};

struct SetPolicy {
    MemberId member;
    std::vector<Rule> rules;
    friend bool operator==(const SetPolicy&, const SetPolicy&) = default;
};

struct Attest {
    MemberId authority;
    std::vector<LogIndex> indices;  // ascending
    friend bool operator==(const Attest&, const Attest&) = default;
};

struct CommitCohort {
    MemberId institution;
    CohortKind kind;
    Day intake;
    std::uint64_t count;  // of seats, at least 1
    CohortRoot root;
    friend bool operator==(const CommitCohort&, const CommitCohort&) = default;
};

struct ReleaseSeats {
    MemberId institution;
    std::vector<Seat> seats;  // ascending; 1–4,096
    friend bool operator==(const ReleaseSeats&, const ReleaseSeats&) = default;
};

struct Cancel {
    MemberId member;
    TransactionId transaction;
    friend bool operator==(const Cancel&, const Cancel&) = default;
};

/// What the voided key `ordinal` of `member` signed in these ranges counts after all.
struct Confirm {
    MemberId member, by;  // the level above
    Ordinal ordinal;
    std::vector<IndexRange> ranges;  // ascending, with something between them; 1–64
    friend bool operator==(const Confirm&, const Confirm&) = default;
};

struct Issue {
    Terms terms;
    std::uint32_t count;
    ListRoot root;
    friend bool operator==(const Issue&, const Issue&) = default;
};

struct Status {
    MemberId member;  // an institution (its own slot) or an authority (the authority's slot)
    StatusState state;
    std::vector<LogIndex> indices;  // ascending
    friend bool operator==(const Status&, const Status&) = default;
};

struct AddKey {
    MemberId member;
    NewKey key;
    friend bool operator==(const AddKey&, const AddKey&) = default;
};

struct RetireKey {
    MemberId member;
    Ordinal ordinal;
    friend bool operator==(const RetireKey&, const RetireKey&) = default;
};

/// A body whose code is fixed but whose rules this version does not have. `cbor` is the whole body.
struct DraftBody {
    BodyCode code;
    Bytes cbor;
    friend bool operator==(const DraftBody&, const DraftBody&) = default;
};

using Body = std::variant<RegisterAuthority, EndAuthority, VoidKey, RegisterInstitution, Accredit,
                          EndAccreditation, SetPolicy, Issue, Status, AddKey, RetireKey,
                          Reconstitute, Succession, Custody, Attest, CommitCohort, ReleaseSeats,
                          Cancel, Confirm, DraftBody>;

[[nodiscard]] BodyCode code_of(const Body& body);

// ------------------------------------------------------------------ payload and envelope
struct Payload {
    ChainId chain;
    Nonce nonce;
    Instant expires;
    std::vector<Signer> signers;  // ascending; 1–32
    Body body;
    friend bool operator==(const Payload&, const Payload&) = default;
};

[[nodiscard]] Bytes encode(const Payload& payload);
[[nodiscard]] Result<Payload, WireFault> decode_payload(ByteView bytes);
[[nodiscard]] TransactionId transaction_id(ByteView payload);

/// What one signer signs: a COSE Sig_structure with external_aad "tasdiq/tx/1".
/// Spec: DESIGN §4, RFC 9052 §4.4.
[[nodiscard]] Bytes signing_input(ByteView payload, crypto::Algorithm algorithm,
                                  const crypto::KeyId& key);

struct EnvelopeSignature {
    crypto::Algorithm algorithm;
    crypto::KeyId key;
    Bytes signature;  // 64 bytes
    friend bool operator==(const EnvelopeSignature&, const EnvelopeSignature&) = default;
};

/// A payload with as many signatures as it has signers, in their order. Well-formed, not verified.
struct Envelope {
    Bytes payload_bytes;
    Payload payload;
    std::vector<EnvelopeSignature> signatures;
    friend bool operator==(const Envelope&, const Envelope&) = default;
};

/// `signatures` in the order of `payload.signers`, one each (ENSURE). An accreditation with many
/// long titles may give more than kEnvelopeSizeMax bytes: nobody takes those.
[[nodiscard]] Bytes encode_envelope(ByteView payload,
                                    std::span<const EnvelopeSignature> signatures);
/// Errors: kTooLarge; of the container kNotCanonical, kShape, kOutOfRange (no signature, or more
/// than 32); those of the payload; kAlgorithm; kMismatch.
[[nodiscard]] Result<Envelope, WireFault> decode_envelope(ByteView bytes);
/// The same where nothing but an issue is looked for: any other body is refused (kShape).
[[nodiscard]] Result<Envelope, WireFault> decode_issue_envelope(ByteView bytes);

// ------------------------------------------------------------------ issue lists
/// The list of an issue: strictly ascending by commitment, 1–16,384 items (ENSURE).
[[nodiscard]] Bytes encode_list(std::span<const Item> items);
/// Errors: kTooLarge, then the first in the input.
[[nodiscard]] Result<std::vector<Item>, WireFault> decode_list(ByteView bytes);
/// RFC 9162 root whose leaves are the items' encodings.
[[nodiscard]] ListRoot list_root(std::span<const Item> items);

/// What is sent to a node: an envelope and, for `issue` only, its list.
struct Submission {
    Bytes envelope;
    std::optional<Bytes> list;
    friend bool operator==(const Submission&, const Submission&) = default;
};
[[nodiscard]] Bytes encode(const Submission& submission);
[[nodiscard]] Result<Submission, WireFault> decode_submission(ByteView bytes);

}  // namespace tasdiq::wire
