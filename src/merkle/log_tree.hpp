#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"

namespace tasdiq::merkle {

/// A node of a log tree: SHA-256 with the prefixes of RFC 9162.
using MerkleHash = TaggedBytes<struct MerkleHashTag, 32>;

/// A log tree of `size` leaves and its root.
struct TreeHead {
    std::uint64_t size = 0;
    MerkleHash root;
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// SHA-256(0x00 ‖ entry). Spec: RFC 9162 §2.1.1.
[[nodiscard]] MerkleHash hash_leaf(ByteView entry);

/// SHA-256(0x01 ‖ left ‖ right). Spec: RFC 9162 §2.1.1.
[[nodiscard]] MerkleHash hash_node(const MerkleHash& left, const MerkleHash& right);

/// The root of the tree without leaves: SHA-256 of nothing. Spec: RFC 9162 §2.1.1.
[[nodiscard]] MerkleHash empty_root();

/// Entries whose leaf hashes are made together, which takes less time than one by one.
class LeafBatch {
  public:
    /// A copy of `entry` is kept.
    void add(ByteView entry);
    /// hash_leaf() of each entry, in their order.
    [[nodiscard]] std::vector<MerkleHash> hashes() const;

  private:
    Bytes messages_;
    std::vector<std::size_t> ends_;  // of each message
};

/// The root of the tree with these leaf hashes. Cost: one hash_node() per leaf, level by level,
/// which natively takes less time than one by one; a copy of them twice as large.
[[nodiscard]] MerkleHash root_of(std::span<const MerkleHash> leaf_hashes);

/// A log tree of which only the roots of its complete subtrees are kept, at most 64 hashes: enough
/// to append and to know the root.
class CompactRange {
  public:
    CompactRange() = default;

    /// The range of `size` leaves with these complete subtrees, largest first; nothing unless their
    /// number fits `size`.
    [[nodiscard]] static std::optional<CompactRange> from(std::uint64_t size,
                                                          std::vector<MerkleHash> peaks);

    /// Adds a leaf on the right. Cost: one hash_node() on average, 63 at most.
    void append(const MerkleHash& leaf_hash) {
        append(leaf_hash, [](unsigned, const MerkleHash&) {});
    }

    /// Adds a leaf on the right, and calls `on_node(level, hash)` for each complete subtree of
    /// 2^level leaves that ends with it, from the leaf (level 0) upwards.
    template <class OnNode>
    void append(const MerkleHash& leaf_hash, OnNode&& on_node) {
        ENSURE(size_ != UINT64_MAX);
        MerkleHash node = leaf_hash;
        on_node(0U, node);
        const auto merged = static_cast<unsigned>(std::countr_one(size_));
        for (unsigned level = 1; level <= merged; ++level) {
            node = hash_node(peaks_.back(), node);
            peaks_.pop_back();
            on_node(level, node);
        }
        peaks_.push_back(node);
        ++size_;
    }

    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// The roots of the complete subtrees, largest first: one per bit set in `size()`.
    [[nodiscard]] std::span<const MerkleHash> peaks() const { return peaks_; }

    /// Cost: at most 63 hash_node().
    [[nodiscard]] MerkleHash root() const;

    [[nodiscard]] TreeHead head() const { return {size_, root()}; }

  private:
    std::uint64_t size_ = 0;
    std::vector<MerkleHash> peaks_;
};

}  // namespace tasdiq::merkle
