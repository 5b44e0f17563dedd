#include "merkle/sparse_map.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/sort.hpp"

namespace tasdiq::merkle {
namespace {

using Change = MapPage::Change;
using Kind = Change::Kind;

MapError from_source(SourceError error) {
    switch (error) {
        case SourceError::kMissing: return MapError::kPageMissing;
        case SourceError::kUnavailable: return MapError::kPageUnavailable;
        case SourceError::kCorrupt: return MapError::kPageCorrupt;
    }
    ENSURE(false);
}

/// A key and what becomes of it; no value: the record goes. Points into the caller's updates.
struct Edit {
    const KeyHash* key;
    const ValueHash* value;
};

const KeyHash& key_of(const KeyHash* key) { return *key; }
const KeyHash& key_of(const Edit& edit) { return *edit.key; }

/// Calls `visit(slot, group)` for each run of `sorted` that lies in one slot of a page of `depth`.
template <class T, class Visit>
void for_each_slot(std::span<const T> sorted, unsigned depth, Visit&& visit) {
    while (!sorted.empty()) {
        const unsigned slot = MapPage::slot_of(key_of(sorted.front()), depth);
        std::size_t size = 1;
        while (size < sorted.size() && MapPage::slot_of(key_of(sorted[size]), depth) == slot)
            ++size;
        visit(slot, sorted.first(size));
        sorted = sorted.subspan(size);
    }
}

/// What a page became. A page of one record or none is no page: its parent's slot takes the record.
struct Outcome {
    bool is_changed = false;
    Kind kind = Kind::kEmpty;
    MapLeaf leaf;
    MapHash hash;
};

/// Applies edits to pages that are all loaded, so that nothing can fail half-way.
class Updater {
  public:
    Updater(std::set<PageId>& removed, std::size_t& cached_bytes, std::uint64_t clock)
        : removed_{removed}, cached_bytes_{cached_bytes}, clock_{clock} {}

    /// `edits` (ascending, at least one) all lie under `page`.
    Outcome update_page(MapPage& page, unsigned depth, std::span<const Edit> edits) {
        std::vector<Change> changes;
        for_each_slot(edits, depth, [&](unsigned slot, std::span<const Edit> group) {
            Change change;
            change.slot = slot;
            const bool is_changed = page.is_child(slot)
                                        ? update_child(page.child(slot), depth, group, change)
                                        : update_slot(page, depth, group, change);
            if (is_changed) changes.push_back(std::move(change));
        });
        if (changes.empty()) return {};

        cached_bytes_ -= page.heap_bytes();
        const MapHash hash = page.apply(changes, depth);
        cached_bytes_ += page.heap_bytes();
        page.set_dirty(true);
        if (depth == 0 || !page.is_collapsible()) return {true, Kind::kChild, {}, hash};

        removed_.insert(page_on_path(*edits.front().key, depth));
        cached_bytes_ -= page.heap_bytes();
        if (page.occupied() == 0) return {true, Kind::kEmpty, {}, {}};
        const auto slot = static_cast<unsigned>(std::countr_zero(page.occupied()));
        return {true, Kind::kLeaf, page.leaf(slot), {}};
    }

  private:
    bool update_child(MapPage& child, unsigned depth, std::span<const Edit> group, Change& change) {
        const Outcome outcome = update_page(child, depth + kPageLevels, group);
        change.kind = outcome.kind;
        change.leaf = outcome.leaf;
        change.hash = outcome.hash;
        return outcome.is_changed;
    }

    /// A slot that is empty or a leaf, and may become a page.
    bool update_slot(const MapPage& page, unsigned depth, std::span<const Edit> group,
                     Change& change) {
        const bool had_leaf = page.is_leaf(change.slot);
        const MapLeaf leaf = had_leaf ? page.leaf(change.slot) : MapLeaf{};
        if (group.size() == 1 && (!had_leaf || leaf.key == *group.front().key)) {
            return set_slot(had_leaf, leaf, group, change);
        }
        std::vector<Edit> records;  // that the slot then holds
        for (const Edit& edit : group) {
            if (edit.value != nullptr) records.push_back(edit);
        }
        const auto is_leafs = [&](const Edit& edit) { return *edit.key == leaf.key; };
        if (had_leaf && std::ranges::none_of(group, is_leafs)) {
            const auto place = std::ranges::partition_point(
                records, [&](const Edit& edit) { return *edit.key < leaf.key; });
            records.insert(place, Edit{&leaf.key, &leaf.value});
        }
        if (records.size() <= 1) return set_slot(had_leaf, leaf, records, change);
        change.kind = Kind::kChild;
        change.child = std::make_unique<MapPage>();
        change.hash = build_page(*change.child, depth + kPageLevels, records);
        return true;
    }

    /// `record` is one edit or none.
    static bool set_slot(bool had_leaf, const MapLeaf& leaf, std::span<const Edit> record,
                         Change& change) {
        if (record.empty() || record.front().value == nullptr) {
            change.kind = Kind::kEmpty;
            return had_leaf;
        }
        change.kind = Kind::kLeaf;
        change.leaf = {*record.front().key, *record.front().value};
        return !had_leaf || leaf != change.leaf;
    }

    /// A new page with these records, two at least.
    MapHash build_page(MapPage& page, unsigned depth, std::span<const Edit> records) {
        std::vector<Change> changes;
        for_each_slot(records, depth, [&](unsigned slot, std::span<const Edit> group) {
            Change change;
            change.slot = slot;
            if (group.size() == 1) {
                change.kind = Kind::kLeaf;
                change.leaf = {*group.front().key, *group.front().value};
            } else {
                change.kind = Kind::kChild;
                change.child = std::make_unique<MapPage>();
                change.hash = build_page(*change.child, depth + kPageLevels, group);
            }
            changes.push_back(std::move(change));
        });
        const MapHash hash = page.apply(changes, depth);
        page.set_loaded();
        page.set_dirty(true);
        page.touch(clock_);
        cached_bytes_ += page.heap_bytes();
        removed_.erase(page_on_path(*records.front().key, depth));
        return hash;
    }

    std::set<PageId>& removed_;  // those of the map, which outlives the call that owns this
    std::size_t& cached_bytes_;
    std::uint64_t clock_;
};

}  // namespace

Result<Ok, MapError> SparseMap::load_page(PageSource& source, MapPage& page, const PageId& id,
                                          const MapHash& expected) {
    const auto bytes = source.load(id);
    if (!bytes) return std::unexpected{from_source(bytes.error())};
    auto decoded = MapPage::decode(id, *bytes);
    if (!decoded) return std::unexpected{MapError::kPageMalformed};
    // The parent's hash is trusted, the bytes are not: a damaged or stale page stops here.
    if (decoded->node_hash(1, id.depth) != expected) {
        return std::unexpected{MapError::kPageHash};
    }
    page = *std::move(decoded);
    page.set_loaded();
    cached_bytes_ += page.heap_bytes();
    return Ok{};
}

/// Loads every page on the way to `keys`, which ascend.
Result<Ok, MapError> SparseMap::load_paths(PageSource& source,
                                           std::span<const KeyHash* const> keys) {
    ++clock_;
    if (!page_.is_loaded()) {
        if (root_ == empty_map_root()) {
            page_.set_loaded();
        } else {
            TRY(load_page(source, page_, PageId{}, to_hash(root_)));
        }
    }
    return load_below(source, page_, 0, keys);
}

Result<Ok, MapError> SparseMap::load_below(PageSource& source, MapPage& page, unsigned depth,
                                           std::span<const KeyHash* const> keys) {
    page.touch(clock_);
    Result<Ok, MapError> result = Ok{};
    for_each_slot(keys, depth, [&](unsigned slot, std::span<const KeyHash* const> group) {
        if (!result || !page.is_child(slot)) return;
        MapPage& child = page.child(slot);
        if (!child.is_loaded()) {
            const PageId id = page_on_path(*group.front(), depth + kPageLevels);
            result = load_page(source, child, id, page.child_hash(slot));
        }
        if (result) result = load_below(source, child, depth + kPageLevels, group);
    });
    return result;
}

Result<std::optional<ValueHash>, MapError> SparseMap::find(PageSource& source, const KeyHash& key) {
    const KeyHash* keys[] = {&key};
    TRY(load_paths(source, keys));
    const MapPage* page = &page_;
    for (unsigned depth = 0;; depth += kPageLevels) {
        const unsigned slot = MapPage::slot_of(key, depth);
        if (page->is_child(slot)) {
            page = &page->child(slot);
            continue;
        }
        if (!page->is_leaf(slot)) return std::optional<ValueHash>{};
        const MapLeaf leaf = page->leaf(slot);
        if (leaf.key != key) return std::optional<ValueHash>{};
        return std::optional{leaf.value};
    }
}

Result<MapRoot, MapError> SparseMap::update(PageSource& source,
                                            std::span<const MapUpdate> updates) {
    std::vector<Edit> edits;
    edits.reserve(updates.size());
    for (const MapUpdate& update : updates) {
        edits.push_back({&update.key, update.value ? &*update.value : nullptr});
    }
    sort(edits, {}, [](const Edit& edit) -> const KeyHash& { return *edit.key; });
    std::vector<const KeyHash*> keys;
    keys.reserve(edits.size());
    for (const Edit& edit : edits) {
        if (!keys.empty() && *keys.back() == *edit.key) {
            return std::unexpected{MapError::kDuplicateKey};
        }
        keys.push_back(edit.key);
    }
    TRY(load_paths(source, keys));
    if (edits.empty()) return root_;

    Updater updater{removed_, cached_bytes_, clock_};
    const Outcome outcome = updater.update_page(page_, 0, edits);
    if (!outcome.is_changed) return root_;
    root_ = to_root(outcome.hash);
    if (page_.occupied() != 0) {
        removed_.erase(PageId{});
    } else {  // an empty map has no page
        removed_.insert(PageId{});
        page_.set_dirty(false);
    }
    return root_;
}

}  // namespace tasdiq::merkle
