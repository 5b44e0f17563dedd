#include "merkle/map_page.hpp"

#include <algorithm>
#include <cstring>

namespace tasdiq::merkle {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeaderSize = 1 + 8 + 8;
constexpr std::size_t kHashSize = 32;
constexpr unsigned kDepthMax = kMapDepth / kPageLevels * kPageLevels;  // 252

/// Inner nodes over at most so many records or child pages are recomputed when needed, not kept:
/// that is cheap (nine hashes at worst, mostly) and saves a third of the memory.
constexpr int kRecomputedMax = 4;

constexpr std::uint64_t bit(unsigned index) { return std::uint64_t{1} << index; }

std::size_t count_below(std::uint64_t mask, unsigned index) {
    return static_cast<std::size_t>(std::popcount(mask & (bit(index) - 1)));
}

std::size_t count(std::uint64_t mask) { return static_cast<std::size_t>(std::popcount(mask)); }

/// Calls `visit(index)` for each bit set in `mask`, ascending.
template <class Visit>
void for_each_bit(std::uint64_t mask, Visit&& visit) {
    for (; mask != 0; mask &= mask - 1) visit(static_cast<unsigned>(std::countr_zero(mask)));
}

std::uint64_t kept_nodes(std::uint64_t occupied, unsigned levels) {
    if (std::popcount(occupied) <= kRecomputedMax) return 0;
    std::uint64_t kept = 0;
    for (unsigned node = 2; node < 1U << levels; ++node) {  // 1 is kept by the parent
        const bool is_parent_kept = node < 4 || (kept & bit(node / 2)) != 0;
        if (!is_parent_kept) continue;
        const std::uint64_t under = occupied & MapPage::slots_under(node, levels);
        if (std::popcount(under) > kRecomputedMax) kept |= bit(node);
    }
    return kept;
}

void append_mask(Bytes& to, std::uint64_t mask) { append_u64(to, mask); }

std::uint64_t read_mask(ByteView bytes) {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < 8; ++i) mask = mask << 8 | bytes[i];
    return mask;
}

/// What malloc takes for a block of `size` bytes.
constexpr std::size_t block_bytes(std::size_t size) {
    return size == 0 ? 0 : std::max<std::size_t>(32, (size + 8 + 15) / 16 * 16);
}

}  // namespace

PageId page_on_path(const KeyHash& key, unsigned depth) {
    ENSURE(depth <= kDepthMax && depth % kPageLevels == 0);
    PageId id{static_cast<std::uint8_t>(depth), {}};
    const auto prefix = id.prefix.mutable_view();
    std::copy_n(key.view().begin(), (depth + 7) / 8, prefix.begin());
    if (depth % 8 != 0) {
        std::uint8_t& last = prefix[depth / 8];
        last = static_cast<std::uint8_t>(last & 0xff << (8 - depth % 8));
    }
    return id;
}

Bytes encode_page_id(const PageId& id) {
    Bytes bytes{id.depth};
    append(bytes, id.prefix.view().first((id.depth + 7U) / 8));
    return bytes;
}

unsigned MapPage::levels_at(unsigned depth) { return std::min(kPageLevels, kMapDepth - depth); }

unsigned MapPage::slot_of(const KeyHash& key, unsigned depth) {
    const unsigned levels = levels_at(depth);
    const auto& bytes = key.array();
    const unsigned low = depth / 8 + 1 < bytes.size() ? bytes[depth / 8 + 1] : 0U;
    const unsigned window = static_cast<unsigned>(bytes[depth / 8]) << 8 | low;
    return window >> (16 - depth % 8 - levels) & ((1U << levels) - 1);
}

std::uint64_t MapPage::slots_under(unsigned node, unsigned levels) {
    const auto level = static_cast<unsigned>(std::bit_width(node) - 1);
    const unsigned width = 1U << (levels - level);
    const unsigned first = (node - (1U << level)) * width;
    const std::uint64_t mask = width == 64 ? UINT64_MAX : bit(width) - 1;
    return mask << first;
}

std::size_t MapPage::leaf_word(unsigned slot) const {
    return 2 * count_below(occupied_ & ~children_, slot);
}

std::size_t MapPage::child_index(unsigned slot) const { return count_below(children_, slot); }

std::size_t MapPage::child_word(unsigned slot) const {
    return 2 * count(occupied_ & ~children_) + child_index(slot);
}

std::size_t MapPage::node_word(unsigned node) const {
    return 2 * count(occupied_ & ~children_) + count(children_) + count_below(cached_, node);
}

std::size_t MapPage::word_count() const {
    return 2 * count(occupied_ & ~children_) + count(children_) + count(cached_);
}

MapLeaf MapPage::leaf(unsigned slot) const {
    ENSURE(is_leaf(slot));
    const std::size_t word = leaf_word(slot);
    return {KeyHash{words_[word]}, ValueHash{words_[word + 1]}};
}

MapHash MapPage::child_hash(unsigned slot) const {
    ENSURE(is_child(slot));
    return MapHash{words_[child_word(slot)]};
}

MapPage& MapPage::child(unsigned slot) {
    ENSURE(is_child(slot));
    return kids_[child_index(slot)];
}

const MapPage& MapPage::child(unsigned slot) const {
    ENSURE(is_child(slot));
    return kids_[child_index(slot)];
}

void MapPage::allocate(unsigned levels) {
    cached_ = kept_nodes(occupied_, levels);
    words_ = std::make_unique_for_overwrite<Word[]>(word_count());
    kids_ = children_ == 0 ? nullptr : std::make_unique<MapPage[]>(count(children_));
}

void MapPage::put_leaf(unsigned slot, const MapLeaf& leaf) {
    const std::size_t word = leaf_word(slot);
    words_[word] = leaf.key.array();
    words_[word + 1] = leaf.value.array();
}

MapHash MapPage::apply(std::span<Change> changes, unsigned depth) {
    const unsigned levels = levels_at(depth);
    std::uint64_t occupied = occupied_;
    std::uint64_t children = children_;
    std::uint64_t changed = 0;
    for (const Change& change : changes) {
        const std::uint64_t slot = bit(change.slot);
        changed |= slot;
        occupied = change.kind == Change::Kind::kEmpty ? occupied & ~slot : occupied | slot;
        children = change.kind == Change::Kind::kChild ? children | slot : children & ~slot;
    }
    if (occupied != occupied_ || children != children_) {
        reshape(changes, occupied, children, levels);
    }
    for (Change& change : changes) {
        switch (change.kind) {
            case Change::Kind::kEmpty: break;
            case Change::Kind::kLeaf: put_leaf(change.slot, change.leaf); break;
            case Change::Kind::kChild:
                words_[child_word(change.slot)] = change.hash.array();
                if (change.child) kids_[child_index(change.slot)] = std::move(*change.child);
                break;
        }
    }
    keep_hashes(changed, depth);
    return node_hash(1, depth);
}

/// Makes room for other slots, and takes over what stays; changed slots are left to the caller.
void MapPage::reshape(std::span<Change> changes, std::uint64_t occupied, std::uint64_t children,
                      unsigned levels) {
    MapPage next;
    next.occupied_ = occupied;
    next.children_ = children;
    next.allocate(levels);
    next.last_used_ = last_used_;
    next.loaded_ = loaded_;
    next.dirty_ = dirty_;
    std::uint64_t replaced = 0;
    for (const Change& change : changes) replaced |= bit(change.slot);

    const std::uint64_t leaves = occupied_ & ~children_;
    for_each_bit(leaves & occupied & ~children & ~replaced,
                 [&](unsigned slot) { next.put_leaf(slot, leaf(slot)); });
    for_each_bit(children_ & children, [&](unsigned slot) {
        next.words_[next.child_word(slot)] = words_[child_word(slot)];
        next.kids_[next.child_index(slot)] = std::move(kids_[child_index(slot)]);
    });
    for_each_bit(cached_ & next.cached_, [&](unsigned node) {
        next.words_[next.node_word(node)] = words_[node_word(node)];
    });
    *this = std::move(next);
}

/// Brings the kept inner nodes over `changed` slots up to date.
void MapPage::keep_hashes(std::uint64_t changed, unsigned depth) {
    const unsigned levels = levels_at(depth);
    for (std::uint64_t rest = cached_; rest != 0;) {  // descending: children before parents
        const auto node = static_cast<unsigned>(std::bit_width(rest) - 1);
        rest &= ~bit(node);
        if ((slots_under(node, levels) & changed) == 0) continue;
        words_[node_word(node)] = inner_hash(node, depth).array();
    }
}

MapHash MapPage::inner_hash(unsigned node, unsigned depth) const {
    return hash_map_node(node_hash(2 * node, depth), node_hash(2 * node + 1, depth));
}

MapHash MapPage::node_hash(unsigned node, unsigned depth) const {
    const unsigned levels = levels_at(depth);
    const std::uint64_t under = occupied_ & slots_under(node, levels);
    if (under == 0) return empty_map_hash();
    if (std::has_single_bit(under)) {
        const auto slot = static_cast<unsigned>(std::countr_zero(under));
        if (is_leaf(slot)) return hash_map_leaf(leaf(slot));  // stands as high as it can
        if (node >> levels != 0) return child_hash(slot);
    }
    if (node < 64 && (cached_ & bit(node)) != 0) return MapHash{words_[node_word(node)]};
    return inner_hash(node, depth);
}

Bytes MapPage::encode(const PageId& id) const {
    const std::size_t omitted = id.depth / 8U;  // bytes of each key that the page's id says
    Bytes bytes;
    bytes.reserve(kHeaderSize + count(occupied_ & ~children_) * (2 * kHashSize - omitted) +
                  count(children_) * kHashSize);
    bytes.push_back(kVersion);
    append_mask(bytes, occupied_);
    append_mask(bytes, children_);
    for_each_bit(occupied_, [&](unsigned slot) {
        if (is_child(slot)) {
            append(bytes, words_[child_word(slot)]);
        } else {
            const std::size_t word = leaf_word(slot);
            append(bytes, ByteView{words_[word]}.subspan(omitted));
            append(bytes, words_[word + 1]);
        }
    });
    return bytes;
}

Result<MapPage, PageError> MapPage::decode(const PageId& id, ByteView bytes) {
    const unsigned levels = levels_at(id.depth);
    const std::size_t omitted = id.depth / 8U;
    const std::size_t leaf_size = 2 * kHashSize - omitted;
    if (bytes.empty() || bytes[0] != kVersion) return std::unexpected{PageError::kVersion};
    if (bytes.size() < kHeaderSize) return std::unexpected{PageError::kTruncated};
    MapPage page;
    page.occupied_ = read_mask(bytes.subspan(1));
    page.children_ = read_mask(bytes.subspan(9));
    bytes = bytes.subspan(kHeaderSize);

    const std::size_t size = count(page.occupied_ & ~page.children_) * leaf_size +
                             count(page.occupied_ & page.children_) * kHashSize;
    if (bytes.size() < size) return std::unexpected{PageError::kTruncated};
    if (bytes.size() > size) return std::unexpected{PageError::kTrailing};
    const std::uint64_t all = slots_under(1, levels);
    if (((page.occupied_ | page.children_) & ~all) != 0) {
        return std::unexpected{PageError::kSlotOutOfRange};
    }
    if ((page.children_ & ~page.occupied_) != 0) {
        return std::unexpected{PageError::kChildNotOccupied};
    }
    if (id.depth == kDepthMax && page.children_ != 0) {
        return std::unexpected{PageError::kChildTooDeep};
    }
    // The root page is there as soon as there is a record, the others from two records on.
    if (id.depth == 0 ? page.occupied_ == 0 : page.is_collapsible()) {
        return std::unexpected{PageError::kTooFewRecords};
    }

    page.allocate(levels);
    bool is_elsewhere = false;
    for_each_bit(page.occupied_, [&](unsigned slot) {
        if (page.is_child(slot)) {
            std::copy_n(bytes.begin(), kHashSize, page.words_[page.child_word(slot)].begin());
            bytes = bytes.subspan(kHashSize);
            return;
        }
        MapLeaf leaf{id.prefix, {}};
        const auto key_tail = leaf.key.mutable_view().subspan(omitted);
        std::copy_n(bytes.begin(), key_tail.size(), key_tail.begin());
        leaf.value = *ValueHash::from(bytes.subspan(key_tail.size(), kHashSize));
        bytes = bytes.subspan(leaf_size);
        is_elsewhere |= slot_of(leaf.key, id.depth) != slot ||
                        page_on_path(leaf.key, id.depth).prefix != id.prefix;
        page.put_leaf(slot, leaf);
    });
    if (is_elsewhere) return std::unexpected{PageError::kLeafElsewhere};
    page.keep_hashes(UINT64_MAX, id.depth);
    return page;
}

std::size_t MapPage::heap_bytes() const {
    const std::size_t kids = kids_ ? count(children_) * sizeof(MapPage) + sizeof(std::size_t) : 0;
    return block_bytes(word_count() * sizeof(Word)) + block_bytes(kids);
}

}  // namespace tasdiq::merkle
