#pragma once

#include "wire/checkpoint.hpp"

namespace tasdiq::wire {

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
    std::string origin;
    std::vector<ClosedSet> closed_sets;
    StateSet set;
    Checkpoint checkpoint;
    Instant date;
    friend bool operator==(const TrustRoot&, const TrustRoot&) = default;
};

[[nodiscard]] std::string encode(const TrustRoot& root);
[[nodiscard]] Result<TrustRoot, WireFault> parse_trust_root(ByteView json);

}  // namespace tasdiq::wire
