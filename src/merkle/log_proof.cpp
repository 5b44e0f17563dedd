#include "merkle/log_proof.hpp"

#include <algorithm>
#include <bit>

namespace tasdiq::merkle {
namespace {

ProofError from_source(SourceError error) {
    switch (error) {
        case SourceError::kMissing: return ProofError::kNodeMissing;
        case SourceError::kUnavailable: return ProofError::kNodeUnavailable;
        case SourceError::kCorrupt: return ProofError::kNodeCorrupt;
    }
    ENSURE(false);
}

/// "k" of RFC 9162 §2.1: the largest power of two smaller than `size` (at least 2).
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

/// MTH(D[begin:end]) for a range that is a subtree of some tree: `begin` is a multiple of the least
/// power of two that is not below its size.
Result<MerkleHash, ProofError> range_root(std::uint64_t begin, std::uint64_t end,
                                          NodeSource& source) {
    std::vector<MerkleHash> peaks;
    while (begin != end) {
        const auto level = static_cast<unsigned>(std::bit_width(end - begin) - 1);
        const auto node = source.node({level, begin >> level});
        if (!node) return std::unexpected{from_source(node.error())};
        peaks.push_back(*node);
        begin += std::uint64_t{1} << level;
    }
    if (peaks.empty()) return empty_root();
    MerkleHash root = peaks.back();
    for (std::size_t i = peaks.size() - 1; i-- > 0;) root = hash_node(peaks[i], root);
    return root;
}

}  // namespace

Result<Ok, ProofError> verify_inclusion(const MerkleHash& leaf, std::uint64_t index,
                                        std::uint64_t tree_size, std::span<const MerkleHash> path,
                                        const MerkleHash& root) {
    if (index >= tree_size) return std::unexpected{ProofError::kIndexOutOfRange};  // step 1
    std::uint64_t node = index;          // step 2: "fn", our position on this level
    std::uint64_t last = tree_size - 1;  //         "sn", the right-most position
    MerkleHash computed = leaf;          // step 3: "r"

    for (const MerkleHash& sibling : path) {                             // step 4
        if (last == 0) return std::unexpected{ProofError::kPathLength};  // 4a: path too long
        if ((node & 1) != 0 || node == last) {                           // 4b: sibling on the left
            computed = hash_node(sibling, computed);
            // Levels where we are the lonely right-most node have no sibling: skip them.
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            computed = hash_node(computed, sibling);
        }
        node >>= 1;  // 4c
        last >>= 1;
    }

    if (last != 0) return std::unexpected{ProofError::kPathLength};  // step 5: path too short
    if (computed != root) return std::unexpected{ProofError::kRootMismatch};
    return Ok{};
}

Result<Ok, ProofError> verify_consistency(const TreeHead& older, const TreeHead& newer,
                                          std::span<const MerkleHash> path) {
    if (older.size == 0) return std::unexpected{ProofError::kSizeZero};
    if (older.size > newer.size) return std::unexpected{ProofError::kSizeOrder};
    if (older.size == newer.size) {
        if (!path.empty()) return std::unexpected{ProofError::kPathLength};
        if (older.root != newer.root) return std::unexpected{ProofError::kRootMismatch};
        return Ok{};
    }
    if (path.empty()) return std::unexpected{ProofError::kPathLength};  // step 1

    MerkleHash first = older.root;  // step 2: a complete older tree stands at the head of the path
    if (!std::has_single_bit(older.size)) {
        first = path.front();
        path = path.subspan(1);
    }
    std::uint64_t node = older.size - 1;  // step 3: "fn"
    std::uint64_t last = newer.size - 1;  //         "sn"
    while ((node & 1) != 0) {             // step 4
        node >>= 1;
        last >>= 1;
    }
    MerkleHash older_root = first;  // step 5: "fr"
    MerkleHash newer_root = first;  //         "sr"

    for (const MerkleHash& sibling : path) {                             // step 6
        if (last == 0) return std::unexpected{ProofError::kPathLength};  // 6a
        if ((node & 1) != 0 || node == last) {                           // 6b: in both trees
            older_root = hash_node(sibling, older_root);
            newer_root = hash_node(sibling, newer_root);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {  // 6c: right of the older tree
            newer_root = hash_node(newer_root, sibling);
        }
        node >>= 1;  // 6d
        last >>= 1;
    }

    if (last != 0) return std::unexpected{ProofError::kPathLength};  // step 7
    if (older_root != older.root) return std::unexpected{ProofError::kOlderRootMismatch};
    if (newer_root != newer.root) return std::unexpected{ProofError::kRootMismatch};
    return Ok{};
}

Result<std::vector<MerkleHash>, ProofError> inclusion_path(std::uint64_t index,
                                                           std::uint64_t tree_size,
                                                           NodeSource& source) {
    if (index >= tree_size) return std::unexpected{ProofError::kIndexOutOfRange};
    std::vector<MerkleHash> path;  // from the root downwards until the end
    std::uint64_t begin = 0;
    std::uint64_t end = tree_size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        if (index < middle) {
            TRY(const MerkleHash sibling, range_root(middle, end, source));
            path.push_back(sibling);
            end = middle;
        } else {
            TRY(const MerkleHash sibling, range_root(begin, middle, source));
            path.push_back(sibling);
            begin = middle;
        }
    }
    std::ranges::reverse(path);
    return path;
}

Result<std::vector<MerkleHash>, ProofError> consistency_path(std::uint64_t older_size,
                                                             std::uint64_t newer_size,
                                                             NodeSource& source) {
    if (older_size == 0) return std::unexpected{ProofError::kSizeZero};
    if (older_size > newer_size) return std::unexpected{ProofError::kSizeOrder};
    std::vector<MerkleHash> path;  // from the root downwards until the end
    std::uint64_t begin = 0;
    std::uint64_t end = newer_size;
    while (older_size != end) {  // SUBPROOF, until the older tree ends with D[begin:end]
        const std::uint64_t middle = begin + split(end - begin);
        if (older_size <= middle) {
            TRY(const MerkleHash sibling, range_root(middle, end, source));
            path.push_back(sibling);
            end = middle;
        } else {
            TRY(const MerkleHash sibling, range_root(begin, middle, source));
            path.push_back(sibling);
            begin = middle;
        }
    }
    if (begin != 0) {  // "b" is false: the verifier doesn't know this subtree as the older root
        TRY(const MerkleHash common, range_root(begin, end, source));
        path.push_back(common);
    }
    std::ranges::reverse(path);
    return path;
}

Result<MerkleHash, ProofError> tree_root(std::uint64_t tree_size, NodeSource& source) {
    return range_root(0, tree_size, source);
}

}  // namespace tasdiq::merkle
