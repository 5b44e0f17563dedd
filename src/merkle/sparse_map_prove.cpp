#include <algorithm>

#include "base/sort.hpp"
#include "merkle/sparse_map.hpp"

namespace tasdiq::merkle {
namespace {

/// A node of the map: inner node or slot `node` of a page (heap numbers) that begins at `depth`.
struct Place {
    const MapPage* page;
    unsigned depth;
    unsigned node;

    [[nodiscard]] unsigned level() const { return static_cast<unsigned>(std::bit_width(node) - 1); }
    [[nodiscard]] std::uint64_t slots() const {
        return page->occupied() & MapPage::slots_under(node, MapPage::levels_at(depth));
    }
    [[nodiscard]] bool is_empty() const { return slots() == 0; }
    [[nodiscard]] std::optional<MapLeaf> leaf() const {
        if (!std::has_single_bit(slots())) return {};
        const auto slot = static_cast<unsigned>(std::countr_zero(slots()));
        if (page->is_child(slot)) return {};
        return page->leaf(slot);
    }
    /// Bit of the key that says left or right here.
    [[nodiscard]] unsigned key_bit_index() const { return depth + level(); }
    [[nodiscard]] Place below(unsigned side) const { return {page, depth, 2 * node + side}; }
    /// The top node of the child page, if this is its slot. The page is loaded: its key was asked
    /// for.
    [[nodiscard]] Place entered() const {
        const unsigned levels = MapPage::levels_at(depth);
        const unsigned slot = node - (1U << level());
        if (level() < levels || !page->is_child(slot)) return *this;
        ENSURE(page->child(slot).is_loaded());
        return {&page->child(slot), depth + kPageLevels, 1};
    }
    [[nodiscard]] MapHash hash() const { return page->node_hash(node, depth); }
};

void walk(const Place& place, std::span<const KeyHash> keys, MapProof& proof) {
    if (place.is_empty()) {
        proof.steps.push_back(MapStep::kEnd);
        return;
    }
    if (const auto leaf = place.leaf()) {
        const bool is_asked = std::ranges::binary_search(keys, leaf->key);
        proof.steps.push_back(is_asked ? MapStep::kEnd : MapStep::kOtherLeaf);
        if (!is_asked) proof.other_leaves.push_back(*leaf);
        return;
    }
    const unsigned index = place.key_bit_index();
    const auto middle = std::ranges::partition_point(
        keys, [index](const KeyHash& key) { return key_bit(key, index) == 0; });
    const auto left_count = static_cast<std::size_t>(middle - keys.begin());
    if (left_count != 0 && left_count != keys.size()) {
        proof.steps.push_back(MapStep::kInner);
        walk(place.below(0).entered(), keys.first(left_count), proof);
        walk(place.below(1).entered(), keys.subspan(left_count), proof);
        return;
    }
    const unsigned side = left_count != 0 ? 0 : 1;
    const Place other = place.below(1 - side);
    proof.steps.push_back(other.is_empty() ? MapStep::kInnerBesideEmpty : MapStep::kInner);
    if (!other.is_empty()) proof.siblings.push_back(other.hash());
    walk(place.below(side).entered(), keys, proof);
}

}  // namespace

Result<MapProof, MapError> SparseMap::prove(PageSource& source, std::span<const KeyHash> keys) {
    if (keys.empty()) return std::unexpected{MapError::kNoKeys};
    if (keys.size() > kMapClaimsMax) return std::unexpected{MapError::kTooManyKeys};
    std::vector<KeyHash> sorted(keys.begin(), keys.end());
    sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end()) {
        return std::unexpected{MapError::kDuplicateKey};
    }
    std::vector<const KeyHash*> pointers;
    for (const KeyHash& key : sorted) pointers.push_back(&key);
    TRY(load_paths(source, pointers));
    MapProof proof;
    walk({&page_, 0, 1}, sorted, proof);
    return proof;
}

Result<KeyProof, MapError> SparseMap::prove_key(PageSource& source, const KeyHash& key) {
    const KeyHash* keys[] = {&key};
    TRY(load_paths(source, keys));
    KeyProof proof;
    Place place{&page_, 0, 1};
    while (!place.is_empty()) {
        if (const auto leaf = place.leaf()) {
            if (leaf->key != key) proof.other_leaf = leaf;
            break;
        }
        const unsigned side = key_bit(key, place.key_bit_index());
        proof.siblings.push_back(place.below(1 - side).hash());
        place = place.below(side).entered();
    }
    std::ranges::reverse(proof.siblings);
    return proof;
}

}  // namespace tasdiq::merkle
