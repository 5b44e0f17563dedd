#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/multikey.hpp"
#include "wire/codes.hpp"
#include "wire/error.hpp"
#include "wire/ids.hpp"

namespace tasdiq::wire {

// What transactions, entries and records share. CDDL: docs/formats/tasdiq.cddl.
// Limits are those of the CDDL; `encode` of a value outside them is a defect (ENSURE). Texts are
// UTF-8, trimmed, without control characters (docs/formats/transaction.md).

/// Days and instants stay within the years 0000–9999, whose texts ISO 8601 has.
inline constexpr Day kDayMin{-719'528};
inline constexpr Day kDayMax{2'932'896};
inline constexpr Instant kInstantMin{-62'167'219'200};
inline constexpr Instant kInstantMax{253'402'300'799};

/// One name in three languages, from a day on. Each text 1–160 bytes.
struct Name {
    Day from;
    std::string ar, en, fr;
    friend bool operator==(const Name&, const Name&) = default;
};

/// What somebody with these names, at least one and the oldest first, was called on `day`: the last
/// one that had begun, the first one before that.
[[nodiscard]] inline const Name& name_on(const std::vector<Name>& names, Day day) {
    const Name* name = &names.front();
    for (const Name& one : names) {
        if (one.from <= day) name = &one;
    }
    return *name;
}

/// Titles of a programme; each 1–160 bytes.
struct Titles {
    std::string ar, en, fr;
    friend bool operator==(const Titles&, const Titles&) = default;
};

/// An identifier in a register that is not ours, as `["ror", "057q4rt57"]`.
struct OutsideId {
    std::string scheme, value;
    friend bool operator==(const OutsideId&, const OutsideId&) = default;
};

/// A key that asks to be registered, with its proof of possession (`possession_input` signed by
/// itself).
struct NewKey {
    Role role;
    crypto::Algorithm algorithm;  // kEd25519 or kEs256
    Bytes public_key;             // 32 bytes, or 33 compressed
    Bytes possession;             // 64 bytes
    friend bool operator==(const NewKey&, const NewKey&) = default;
};

/// Log indices `from ≤ index < until`.
struct IndexRange {
    LogIndex from, until;
    friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

struct Relation {
    RelationCode code;
    LogIndex target;
    friend bool operator==(const Relation&, const Relation&) = default;
};

struct Seat {
    MemberId institution;
    std::uint32_t cohort;
    std::uint64_t leaf;
    friend auto operator<=>(const Seat&, const Seat&) = default;
};

/// One certificate of an issue.
struct Item {
    Commitment commitment;
    std::optional<Relation> relation;
    std::optional<Seat> seat;
    friend bool operator==(const Item&, const Item&) = default;
};

struct Awarding {
    MemberId institution;
    std::optional<std::uint32_t> accreditation;  // none for what authorities issue
    friend bool operator==(const Awarding&, const Awarding&) = default;
};

/// An ISCED-F field as it is written: four digits.
[[nodiscard]] inline std::string to_field_text(std::uint16_t field) {
    std::string text = std::to_string(field);
    return text.insert(0, 4 - std::min<std::size_t>(text.size(), 4), '0');
}

/// What all certificates of one issue have in common; public.
struct Terms {
    std::vector<Awarding> awarding;  // 1–8; the first issues the credential, the rest ascend
    CertificateType type;
    std::uint8_t level;   // ISCED 2011, 0–8
    std::uint16_t field;  // ISCED-F 2013, 0–9999
    std::optional<std::string> programme;
    Day awarded_on;
    std::optional<Day> intake;
    Mode mode;
    std::uint8_t site;  // one of the accreditation's
    Capture capture;
    friend bool operator==(const Terms&, const Terms&) = default;
};

/// The item `terms`, as it also stands in a certificate's header-leaf.
[[nodiscard]] Bytes encode(const Terms& terms);
[[nodiscard]] Result<Terms, WireFault> decode_terms(ByteView bytes);

struct Site {
    std::uint8_t site;
    std::string country;  // ISO 3166-1 alpha-2
    friend bool operator==(const Site&, const Site&) = default;
};

/// What an accreditation allows; never changed once recorded. Lists ascend. Encoded ≤ 512 bytes.
struct Scope {
    Act act;
    std::string legal;  // law, decree or decision that says so
    std::vector<CertificateType> types;
    std::vector<std::uint8_t> levels;
    std::vector<std::uint16_t> fields;
    bool by_programme;  // then a programme named in terms must have a record of its own
    std::vector<Mode> modes;
    std::vector<Site> sites;
    Day from;
    std::optional<Day> to;  // the last day
    AppliesTo applies;
    std::optional<std::uint64_t> quota;  // awards a UTC year of recording; none = unlimited
    std::uint64_t register_quota;        // the same for captures register and reconstructed
    friend bool operator==(const Scope&, const Scope&) = default;
};

struct ProgrammeEntry {
    std::string code;  // [A-Z0-9.-]{1,16}
    std::uint16_t field;
    Titles titles;
    friend bool operator==(const ProgrammeEntry&, const ProgrammeEntry&) = default;
};

/// A place for one signature. `role` kRegistrar…kVote, or none for any officer (registrar, dean,
/// president).
struct Slot {
    Who who;
    std::optional<Role> role;
    friend bool operator==(const Slot&, const Slot&) = default;
};

using Alternative = std::vector<Slot>;  // 1–8 slots, each filled by one signer, no signer left over

/// Who must sign, for the bodies that match. An empty optional matches everything; a relation of 0
/// (none) stands for "no relation".
struct Rule {
    BodyCode body;
    std::optional<std::vector<CertificateType>> types;
    std::optional<std::vector<std::optional<RelationCode>>> relations;
    std::optional<std::vector<Capture>> captures;
    std::uint32_t cool_off_s;
    std::vector<Alternative> alternatives;  // 1–8
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// One state of a set: who may cosign checkpoints for it.
struct SetMember {
    MemberId state;
    std::string country;
    crypto::Ed25519PublicKey node_key;
    friend bool operator==(const SetMember&, const SetMember&) = default;
};

/// The states whose nodes cosign, ascending by id; 1–64.
using StateSet = std::vector<SetMember>;

/// Spec: DESIGN §5.
[[nodiscard]] SetHash set_hash(const StateSet& set);

/// n − ⌊(n−1)/3⌋: how many of `count` states decide. `count` ≥ 1. Spec: DESIGN §3.
[[nodiscard]] constexpr std::size_t quorum_of(std::size_t count) { return count - (count - 1) / 3; }

/// The bytes that a key signs to prove that its owner holds it.
/// `member` is none when the key comes with its member's registration; `chain` is zeros in genesis.
/// Spec: DESIGN §3.
[[nodiscard]] Bytes possession_input(const ChainId& chain, std::optional<MemberId> member,
                                     Role role, crypto::Algorithm algorithm, ByteView public_key);

}  // namespace tasdiq::wire
