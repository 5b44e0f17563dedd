#pragma once

#include "wire/checkpoint.hpp"

namespace tasdiq::wire {

inline constexpr std::size_t kTrustRootSizeMax = 1024 * 1024;  // bytes
inline constexpr std::size_t kClosedSetsMax = 1'000;

using GenesisHash = TaggedBytes<struct GenesisHashTag, 32>;

/// A set that governed until `size`; kept so that old evidence can still be read.
struct ClosedSet {
    StateSet set;
    std::uint64_t size;
    merkle::MerkleHash root;
    friend bool operator==(const ClosedSet&, const ClosedSet&) = default;
};

/// What a verifier believes before it looks at anything. Format: docs/formats/trust-root.md. Spec:
/// DESIGN §5. Whether a production ledger is believed is not this file's to say: see `verify`.
struct TrustRoot {
    LedgerKind ledger;
    GenesisHash genesis;
    std::string origin;                  // ends in the chain id: the start of `genesis`
    std::vector<ClosedSet> closed_sets;  // ascending by size
    StateSet set;
    Checkpoint checkpoint;  // of the same origin
    Instant date;
    friend bool operator==(const TrustRoot&, const TrustRoot&) = default;
};

/// Indented JSON. What `parse_trust_root` refuses is a defect (ENSURE).
[[nodiscard]] std::string encode(const TrustRoot& root);
/// Errors: kTooLarge, kJson; then member by member kMember, kOutOfRange, kUnknownCode, kText,
/// kOrder, kAlgorithm, kMismatch (origin and genesis).
[[nodiscard]] Result<TrustRoot, WireFault> parse_trust_root(ByteView json);

}  // namespace tasdiq::wire
