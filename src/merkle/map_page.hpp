#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"
#include "merkle/map_node.hpp"

namespace tasdiq::merkle {

/// Levels of the map in one page.
inline constexpr unsigned kPageLevels = 6;

/// The page of the keys whose first `depth` bits are those of `prefix`.
struct PageId {
    std::uint8_t depth = 0;  ///< a multiple of kPageLevels, at most 252
    KeyHash prefix;          ///< zero from bit `depth` on
    friend auto operator<=>(const PageId&, const PageId&) = default;
};

/// The page of depth `depth` on the way to `key`.
[[nodiscard]] PageId page_on_path(const KeyHash& key, unsigned depth);

/// The depth in one byte ‖ the bytes of the prefix that hold its bits: a key for a store. Page ids
/// and their encoded forms sort alike.
[[nodiscard]] Bytes encode_page_id(const PageId& id);

/// Why the bytes of a page were refused.
enum class PageError : std::uint16_t {
    kVersion = 1,
    kTruncated = 2,
    kTrailing = 3,
    kSlotOutOfRange = 4,
    kChildNotOccupied = 5,
    kChildTooDeep = 6,
    kTooFewRecords = 7,
    kLeafElsewhere = 8,
};

[[nodiscard]] constexpr std::string_view to_string(PageError error) {
    switch (error) {
        case PageError::kVersion: return "unknown version of the page format";
        case PageError::kTruncated: return "page ends too early";
        case PageError::kTrailing: return "page is followed by something";
        case PageError::kSlotOutOfRange: return "page has a slot that its depth does not have";
        case PageError::kChildNotOccupied: return "an empty slot is said to be a child page";
        case PageError::kChildTooDeep: return "the deepest page has a child page";
        case PageError::kTooFewRecords: return "page has so few records that it should not exist";
        case PageError::kLeafElsewhere: return "a leaf of the page belongs elsewhere";
    }
    ENSURE(false);
}

/// Six levels of the map in memory: up to 64 slots, each empty, a leaf or a child page, and the
/// hashes of those inner nodes that are not quickly recomputed. Child pages are owned, loaded or
/// not.
///
/// A leaf stands in the slot of its next six bits; that it is hashed at the highest node it has for
/// itself follows from what else the page holds.
///
/// Inner nodes are numbered as in a heap: 1 is the page's own, n has the children 2n and 2n + 1.
class MapPage {
  public:
    MapPage() = default;

    /// What a slot is to become.
    struct Change {
        enum class Kind : std::uint8_t { kEmpty, kLeaf, kChild };
        unsigned slot = 0;
        Kind kind = Kind::kEmpty;
        MapLeaf leaf;                    // if kLeaf
        MapHash hash;                    // if kChild
        std::unique_ptr<MapPage> child;  // if the slot was no child before
    };

    /// The slot of `key` in a page of depth `depth`.
    [[nodiscard]] static unsigned slot_of(const KeyHash& key, unsigned depth);
    /// The slots under inner node or slot `node`, as a mask.
    [[nodiscard]] static std::uint64_t slots_under(unsigned node, unsigned levels);
    /// Levels of a page of depth `depth`: 6, or 4 in the deepest.
    [[nodiscard]] static unsigned levels_at(unsigned depth);

    /// Bit s is set if slot s is a leaf or a child.
    [[nodiscard]] std::uint64_t occupied() const { return occupied_; }
    /// Bit s is set if slot s is a child.
    [[nodiscard]] std::uint64_t children() const { return children_; }
    [[nodiscard]] bool is_child(unsigned slot) const { return (children_ >> slot & 1) != 0; }
    [[nodiscard]] bool is_leaf(unsigned slot) const {
        return ((occupied_ & ~children_) >> slot & 1) != 0;
    }
    [[nodiscard]] MapLeaf leaf(unsigned slot) const;
    [[nodiscard]] MapHash child_hash(unsigned slot) const;
    [[nodiscard]] MapPage& child(unsigned slot);
    [[nodiscard]] const MapPage& child(unsigned slot) const;

    /// Whether the page is the only leaf's, or nobody's: it must then become a slot of its parent.
    [[nodiscard]] bool is_collapsible() const {
        return children_ == 0 && (occupied_ & (occupied_ - 1)) == 0;
    }

    /// Changes slots (ascending, each once) and returns the page's new hash.
    /// Cost: the paths of the changed slots, and subtrees of up to four records beside them.
    MapHash apply(std::span<Change> changes, unsigned depth);

    /// The hash of inner node `node` (1 for the whole page).
    [[nodiscard]] MapHash node_hash(unsigned node, unsigned depth) const;

    /// Spec: docs/formats/map-page.md.
    [[nodiscard]] Bytes encode(const PageId& id) const;

    /// The inverse of encode(); accepts nothing else. The caller checks the hash.
    ///
    /// Errors, first match wins: in the order of PageError.
    static Result<MapPage, PageError> decode(const PageId& id, ByteView bytes);

    /// Heap memory of this page without its child pages' own, in bytes, as malloc counts it.
    [[nodiscard]] std::size_t heap_bytes() const;

    // What the cache notes.
    [[nodiscard]] bool is_loaded() const { return loaded_ != 0; }
    [[nodiscard]] bool is_dirty() const { return dirty_ != 0; }
    [[nodiscard]] std::uint64_t last_used() const { return last_used_; }
    void set_dirty(bool dirty) { dirty_ = dirty ? 1 : 0; }
    void set_loaded() { loaded_ = 1; }
    void touch(std::uint64_t clock) { last_used_ = clock & (UINT64_MAX >> 2); }

  private:
    using Word = std::array<std::uint8_t, 32>;

    [[nodiscard]] std::size_t leaf_word(unsigned slot) const;
    [[nodiscard]] std::size_t child_index(unsigned slot) const;
    [[nodiscard]] std::size_t child_word(unsigned slot) const;
    [[nodiscard]] std::size_t node_word(unsigned node) const;
    [[nodiscard]] std::size_t word_count() const;
    [[nodiscard]] MapHash inner_hash(unsigned node, unsigned depth) const;
    void allocate(unsigned levels);
    void put_leaf(unsigned slot, const MapLeaf& leaf);
    void reshape(std::span<Change> changes, std::uint64_t occupied, std::uint64_t children,
                 unsigned levels);
    void keep_hashes(std::uint64_t changed, unsigned depth);

    std::uint64_t occupied_ = 0;
    std::uint64_t children_ = 0;
    std::uint64_t cached_ = 0;  // bit n: the hash of inner node n is kept
    // Two words a leaf (key, value), then one a child (hash), then one a kept inner node, each
    // ascending.
    std::unique_ptr<Word[]> words_;
    std::unique_ptr<MapPage[]> kids_;  // one a child
    std::uint64_t last_used_ : 62 = 0;
    std::uint64_t loaded_ : 1 = 0;
    std::uint64_t dirty_ : 1 = 0;
};

}  // namespace tasdiq::merkle
