#include <algorithm>
#include <utility>

#include "base/sort.hpp"
#include "merkle/sparse_map.hpp"

namespace tasdiq::merkle {
namespace {

/// Calls `visit(slot, child)` for each child page in memory.
template <class Page, class Visit>
void for_each_loaded(Page& page, Visit&& visit) {
    for (std::uint64_t rest = page.children(); rest != 0; rest &= rest - 1) {
        const auto slot = static_cast<unsigned>(std::countr_zero(rest));
        if (auto& child = page.child(slot); child.is_loaded()) visit(slot, child);
    }
}

/// The page that stands in `slot` of the page `id`.
PageId child_id(const PageId& id, unsigned slot) {
    PageId child{static_cast<std::uint8_t>(id.depth + kPageLevels), id.prefix};
    const auto bytes = child.prefix.mutable_view();
    const unsigned window = slot << (16 - id.depth % 8U - MapPage::levels_at(id.depth));
    bytes[id.depth / 8U] = static_cast<std::uint8_t>(bytes[id.depth / 8U] | window >> 8);
    if (id.depth / 8U + 1 < bytes.size()) {
        bytes[id.depth / 8U + 1] =
            static_cast<std::uint8_t>(bytes[id.depth / 8U + 1] | (window & 0xffU));
    }
    return child;
}

// A page that changed changed the hash in its parent: dirty pages hang together from the root down.

void collect_dirty(const MapPage& page, const PageId& id, std::vector<PageWrite>& writes) {
    if (!page.is_dirty()) return;
    writes.push_back({id, page.encode(id)});
    for_each_loaded(page, [&](unsigned slot, const MapPage& child) {
        collect_dirty(child, child_id(id, slot), writes);
    });
}

void clear_dirty(MapPage& page) {
    if (!page.is_dirty()) return;
    page.set_dirty(false);
    for_each_loaded(page, [](unsigned, MapPage& child) { clear_dirty(child); });
}

// A page is used whenever one below it is: those unused since some moment are whole subtrees.

using Use = std::pair<std::uint64_t, std::size_t>;  // when last, bytes

void collect_clean(const MapPage& page, std::vector<Use>& uses) {
    if (!page.is_dirty()) uses.emplace_back(page.last_used(), page.heap_bytes());
    for_each_loaded(page, [&](unsigned, const MapPage& child) { collect_clean(child, uses); });
}

/// Returns the bytes freed.
std::size_t drop_unused(MapPage& page, std::uint64_t last_used_max) {
    std::size_t freed = 0;
    for_each_loaded(page,
                    [&](unsigned, MapPage& child) { freed += drop_unused(child, last_used_max); });
    if (page.is_dirty() || page.last_used() > last_used_max) return freed;
    freed += page.heap_bytes();
    page = MapPage{};
    return freed;
}

}  // namespace

std::vector<PageWrite> SparseMap::dirty_pages() const {
    std::vector<PageWrite> writes;
    collect_dirty(page_, PageId{}, writes);
    for (const PageId& id : removed_) writes.push_back({id, std::nullopt});
    return writes;
}

void SparseMap::mark_clean() {
    clear_dirty(page_);
    removed_.clear();
}

void SparseMap::evict(std::size_t bytes_max) {
    if (cached_bytes_ <= bytes_max) return;
    const std::size_t target = bytes_max - bytes_max / 8;
    std::vector<Use> uses;
    collect_clean(page_, uses);
    sort(uses);
    std::size_t left = cached_bytes_;
    std::uint64_t last_used_max = 0;
    for (const auto& [last_used, bytes] : uses) {
        if (left <= target) break;
        left -= bytes;
        last_used_max = last_used;
    }
    cached_bytes_ -= drop_unused(page_, last_used_max);
}

}  // namespace tasdiq::merkle
