#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"
#include "merkle/map_node.hpp"

namespace tasdiq::merkle {

/// Keys that one combined proof may be about.
inline constexpr std::size_t kMapClaimsMax = 64;
/// Bytes of an encoded combined proof, at most.
inline constexpr std::size_t kMapProofSizeMax = 1U << 20;

/// What is claimed of a key: its value's hash, or that the map has no such record.
struct MapClaim {
    KeyHash key;
    std::optional<ValueHash> value;
    friend bool operator==(const MapClaim&, const MapClaim&) = default;
};

/// What a combined proof says of a node on the way to a claimed key.
enum class MapStep : std::uint8_t {
    /// An inner node. If all claimed keys under it lie on one side, the next sibling is the other's
    /// hash.
    kInner = 0,
    /// An inner node whose other side, without claimed keys, is empty.
    kInnerBesideEmpty = 1,
    /// The leaf of the one key claimed present here; an empty subtree if none is.
    kEnd = 2,
    /// The leaf of a key that is not claimed at all: those that are, are absent.
    kOtherLeaf = 3,
};

/// Proof of presence or absence of several keys under one root, without a hash that the others
/// give. Elements stand in the order of a depth-first walk, left before right, over the claimed
/// keys' paths. There is exactly one valid proof for a map and a set of keys.
struct MapProof {
    std::vector<MapStep> steps;
    std::vector<MapHash> siblings;
    std::vector<MapLeaf> other_leaves;
    friend bool operator==(const MapProof&, const MapProof&) = default;
};

/// Proof for one key in jmt's form: sibling hashes from leaf to root, and the leaf found instead of
/// an absent key, if any.
struct KeyProof {
    std::optional<MapLeaf> other_leaf;
    std::vector<MapHash> siblings;
    friend bool operator==(const KeyProof&, const KeyProof&) = default;
};

/// Why a map proof was refused. A proof is walked from the root; kRootMismatch is found last.
enum class MapProofError : std::uint16_t {
    // Encoded form
    kTooLong = 1,
    kTruncated = 2,
    kPadding = 3,
    kNotWholeHashes = 4,
    // Claims
    kNoClaims = 10,
    kTooManyClaims = 11,
    kClaimOrder = 12,
    // Walk, at each node in this order
    kTooFewSteps = 20,
    kTooDeep = 21,
    kSplitBesideEmpty = 22,
    kTooFewSiblings = 23,
    kEmptySibling = 24,
    kNotOneLeaf = 25,
    kTooFewLeaves = 26,
    kLeafElsewhere = 27,
    kLeafIsClaimed = 28,
    kPresentNotFound = 29,
    kNotCollapsed = 30,
    // Afterwards
    kLeftOver = 40,
    kRootMismatch = 41,
};

[[nodiscard]] constexpr std::string_view to_string(MapProofError error) {
    switch (error) {
        case MapProofError::kTooLong: return "proof is longer than any proof can be";
        case MapProofError::kTruncated: return "proof ends too early";
        case MapProofError::kPadding: return "unused bits of the steps are not zero";
        case MapProofError::kNotWholeHashes: return "proof is not a whole number of hashes";
        case MapProofError::kNoClaims: return "nothing is claimed";
        case MapProofError::kTooManyClaims: return "more keys are claimed than one proof may hold";
        case MapProofError::kClaimOrder: return "claimed keys do not ascend";
        case MapProofError::kTooFewSteps: return "proof has too few steps";
        case MapProofError::kTooDeep: return "proof goes deeper than a key has bits";
        case MapProofError::kSplitBesideEmpty:
            return "a side with claimed keys is said to be empty";
        case MapProofError::kTooFewSiblings: return "proof has too few sibling hashes";
        case MapProofError::kEmptySibling: return "an empty sibling is written as a hash";
        case MapProofError::kNotOneLeaf: return "two present keys end at one leaf";
        case MapProofError::kTooFewLeaves: return "proof has too few other leaves";
        case MapProofError::kLeafElsewhere: return "the other leaf lies in another subtree";
        case MapProofError::kLeafIsClaimed: return "the other leaf is a claimed key's own";
        case MapProofError::kPresentNotFound: return "a key claimed present ends at another leaf";
        case MapProofError::kNotCollapsed:
            return "a lone leaf or an empty subtree has an inner parent";
        case MapProofError::kLeftOver: return "proof has elements that nothing needs";
        case MapProofError::kRootMismatch: return "computed root differs from the given root";
    }
    ENSURE(false);
}

/// A subtree under which one claim is made, as a proof has it: steps down to the claim's end, and
/// what they need.
struct MapChain {
    MapClaim claim;
    unsigned depth;  // of the subtree's root
    std::span<const MapStep> steps;
    std::span<const MapHash> siblings;
    const MapLeaf* other_leaf;  // null unless the last step is kOtherLeaf
};

/// Remembers subtrees, for proofs under one root that have most of their claims in common. Exact: a
/// subtree is known by all that its hash is computed from.
class MapProofMemo {
  public:
    /// The hash that was kept for `chain`; null if there is none. Valid until the next `keep`.
    [[nodiscard]] const MapHash* find(const MapChain& chain) const;
    void keep(const MapChain& chain, const MapHash& hash);

  private:
    struct Known {
        MapClaim claim;
        unsigned depth;
        std::vector<MapStep> steps;
        std::vector<MapHash> siblings;
        std::optional<MapLeaf> other_leaf;
        MapHash hash;
    };
    [[nodiscard]] static std::size_t place_of(const MapChain& chain);

    std::vector<std::optional<Known>> known_;  // a claim has one place; the last one stays
};

/// Checks every claim against `root`. `claims` ascend by key, each key once, 1 to 64 of them.
/// `memo` makes the next proof cheaper, if there is one.
///
/// Errors, first match wins: kNoClaims, kTooManyClaims, kClaimOrder; then those of the walk at the
/// first node where one arises; kLeftOver, kRootMismatch. Spec: docs/formats/map-proof.md.
/// Cost: one hash per step; O(claims · 256) at most; not constant time.
Result<Ok, MapProofError> verify_map_proof(const MapRoot& root, std::span<const MapClaim> claims,
                                           const MapProof& proof, MapProofMemo* memo = nullptr);

/// Checks that the map with root `root` holds `leaf`.
///
/// Errors, first match wins: kTooDeep, kLeftOver (another leaf given), kRootMismatch.
/// Spec: jmt, SparseMerkleProof::verify_existence.
Result<Ok, MapProofError> verify_presence(const MapRoot& root, const MapLeaf& leaf,
                                          const KeyProof& proof);

/// Checks that the map with root `root` holds nothing for `key`.
///
/// Errors, first match wins: kTooDeep, kLeafElsewhere, kLeafIsClaimed, kRootMismatch.
/// Spec: jmt, SparseMerkleProof::verify_nonexistence.
Result<Ok, MapProofError> verify_absence(const MapRoot& root, const KeyHash& key,
                                         const KeyProof& proof);

/// u16 number of steps ‖ steps, four a byte, first in the high bits ‖ other leaves, 64 bytes each ‖
/// siblings, 32 bytes each.
[[nodiscard]] Bytes encode_map_proof(const MapProof& proof);

/// The inverse of encode_map_proof(); accepts nothing else. What the proof proves is not looked at.
///
/// Errors, first match wins: kTooLong, kTruncated, kPadding, kNotWholeHashes.
Result<MapProof, MapProofError> decode_map_proof(ByteView bytes);

}  // namespace tasdiq::merkle
