#include "ledger/memory_view.hpp"

#include <algorithm>

namespace tasdiq::ledger {
namespace {

void update(merkle::SparseMap& map, std::span<const Write> writes) {
    std::vector<merkle::MapUpdate> updates;
    updates.reserve(writes.size());
    for (const auto& [key, record] : writes) {
        updates.push_back(
            {key.hash(), record ? std::optional{merkle::hash_map_value(*record)} : std::nullopt});
    }
    merkle::NoPages none;
    ENSURE(map.update(none, updates));
}

}  // namespace

std::optional<Bytes> MemoryView::record(const wire::MapKey& key) const {
    const auto found = records_.find(key);
    if (found == records_.end()) return std::nullopt;
    return found->second;
}

std::optional<Bytes> MemoryView::entry(wire::LogIndex index) const {
    if (index.value >= entries_.size()) return std::nullopt;
    return entries_[static_cast<std::size_t>(index.value)];
}

std::optional<wire::LogIndex> MemoryView::certificate_of(const wire::Commitment& commitment) const {
    const auto found = indices_.find(commitment);
    if (found == indices_.end()) return std::nullopt;
    return found->second;
}

std::optional<Instant> MemoryView::time_of(wire::LogIndex index) const {
    if (index.value >= entries_.size()) return std::nullopt;
    const auto after = std::ranges::upper_bound(starts_, index.value, {}, &Start::first);
    return std::prev(after)->time;
}

wire::LogIndex MemoryView::next_index() const { return {entries_.size()}; }

void MemoryView::append(BlockBuilder& block) {
    if (block.empty()) return;
    const auto writes = block.take_writes();
    update(map_, writes);
    ClosedBlock closed = block.finish(map_.root());
    starts_.push_back({entries_.size(), block.context().time});
    for (Bytes& entry : closed.entries) {
        log_.append(merkle::hash_leaf(entry));
        entries_.push_back(std::move(entry));
    }
    for (const auto& [key, record] : writes) {
        if (record) {
            records_.insert_or_assign(key, *record);
        } else {
            records_.erase(key);
        }
    }
    indices_.insert(closed.commitments.begin(), closed.commitments.end());
}

void MemoryView::plant(const wire::MapKey& key, const Bytes& record) {
    const Write write{key, record};
    update(map_, {&write, 1});
    records_.insert_or_assign(key, record);
}

}  // namespace tasdiq::ledger
