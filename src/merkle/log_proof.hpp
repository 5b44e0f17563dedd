#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/ensure.hpp"
#include "base/result.hpp"
#include "merkle/log_tree.hpp"
#include "merkle/source.hpp"

namespace tasdiq::merkle {

/// Why a log proof was refused or could not be made.
enum class ProofError : std::uint16_t {
    // What is asked. RFC 9162 §2.1.3.2 step 1; §2.1.4 is about non-empty trees
    kIndexOutOfRange = 1,
    kSizeZero = 2,
    kSizeOrder = 3,
    // The proof. RFC 9162 §2.1.3.2, §2.1.4.2
    kPathLength = 10,
    kOlderRootMismatch = 11,
    kRootMismatch = 12,
    // The source of hashes, when making one
    kNodeMissing = 20,
    kNodeUnavailable = 21,
    kNodeCorrupt = 22,
};

[[nodiscard]] constexpr std::string_view to_string(ProofError error) {
    switch (error) {
        case ProofError::kIndexOutOfRange: return "leaf index is not below the tree size";
        case ProofError::kSizeZero: return "consistency with an empty tree says nothing";
        case ProofError::kSizeOrder: return "the older tree is larger than the newer one";
        case ProofError::kPathLength: return "proof has the wrong number of hashes";
        case ProofError::kOlderRootMismatch: return "computed root differs from the older root";
        case ProofError::kRootMismatch: return "computed root differs from the given root";
        case ProofError::kNodeMissing: return "a tree node is not stored";
        case ProofError::kNodeUnavailable: return "the store of tree nodes failed";
        case ProofError::kNodeCorrupt: return "a stored tree node is damaged";
    }
    ENSURE(false);
}

/// Checks that `leaf` is the `index`-th leaf of the tree of `tree_size` leaves with root `root`.
///
/// `index`      counts leaves from 0.
/// `tree_size`  counts leaves; at least 1.
/// `path`       sibling hashes from leaf to root, at most 64.
///
/// Errors, first match wins: kIndexOutOfRange, kPathLength, kRootMismatch.
/// Cost: one hash_node() per element of `path`; allocates nothing; not constant time.
/// Spec: RFC 9162 §2.1.3.2.
Result<Ok, ProofError> verify_inclusion(const MerkleHash& leaf, std::uint64_t index,
                                        std::uint64_t tree_size, std::span<const MerkleHash> path,
                                        const MerkleHash& root);

/// Checks that the first `older.size` leaves of the tree `newer` are the tree `older`.
///
/// An empty older tree is refused: it is a prefix of everything, so the check would say nothing.
/// Two trees of one size are consistent when their roots are equal; the path is then empty.
/// If `older.size` is a power of two, the walk starts from `older.root` itself, and a wrong one
/// shows as kRootMismatch.
///
/// Errors, first match wins: kSizeZero, kSizeOrder, kPathLength, kOlderRootMismatch, kRootMismatch.
/// Cost: at most two hash_node() per element of `path`; allocates nothing.
/// Spec: RFC 9162 §2.1.4.2.
Result<Ok, ProofError> verify_consistency(const TreeHead& older, const TreeHead& newer,
                                          std::span<const MerkleHash> path);

/// The complete subtree of the leaves [index · 2^level, (index + 1) · 2^level).
struct NodeId {
    unsigned level = 0;  ///< 0 for a leaf, at most 63
    std::uint64_t index = 0;
    friend bool operator==(const NodeId&, const NodeId&) = default;
};

/// Where proofs take the hashes of complete subtrees from.
class NodeSource {
  public:
    NodeSource() = default;
    NodeSource(const NodeSource&) = delete;
    NodeSource& operator=(const NodeSource&) = delete;
    virtual ~NodeSource() = default;

    /// The hash of a complete subtree that lies inside the tree the caller asked about.
    virtual Result<MerkleHash, SourceError> node(NodeId id) = 0;
};

/// The path that verify_inclusion() takes for the `index`-th leaf of the first `tree_size` leaves.
///
/// Errors: kIndexOutOfRange, kNodeMissing, kNodeUnavailable, kNodeCorrupt.
/// Cost: at most 2 · log2(tree_size) nodes. Spec: RFC 9162 §2.1.3.1.
Result<std::vector<MerkleHash>, ProofError> inclusion_path(std::uint64_t index,
                                                           std::uint64_t tree_size,
                                                           NodeSource& source);

/// The path that verify_consistency() takes for the trees of the first `older_size` and
/// `newer_size` leaves.
///
/// Errors: kSizeZero, kSizeOrder, kNodeMissing, kNodeUnavailable, kNodeCorrupt.
/// Cost: at most 2 · log2(newer_size) nodes. Spec: RFC 9162 §2.1.4.1.
Result<std::vector<MerkleHash>, ProofError> consistency_path(std::uint64_t older_size,
                                                             std::uint64_t newer_size,
                                                             NodeSource& source);

/// The root of the tree of the first `tree_size` leaves.
///
/// Errors: kNodeMissing, kNodeUnavailable, kNodeCorrupt. Cost: at most log2(tree_size) nodes.
Result<MerkleHash, ProofError> tree_root(std::uint64_t tree_size, NodeSource& source);

}  // namespace tasdiq::merkle
