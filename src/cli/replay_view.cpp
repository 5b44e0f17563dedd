#include "cli/replay_view.hpp"

#include <algorithm>
#include <cstring>

#include "keys/random.hpp"

namespace tasdiq::cli {

CommitmentIndex::CommitmentIndex() : slots_(kSlotsMin) {
    for (HashKey& key : keys_) {
        keys::random_bytes({reinterpret_cast<std::uint8_t*>(key.data()), sizeof key});
    }
}

std::uint64_t CommitmentIndex::hash(const wire::Commitment& commitment) const {
    // Twice the upper half of key0 + key1·word1 + … modulo 2^64: for words of half its width this
    // is strongly universal (Lemire, Kaser: Strongly universal string hashing is fast).
    std::uint64_t sums[] = {keys_[0][0], keys_[1][0]};
    for (std::size_t i = 0; i < wire::Commitment::kSize / 4; ++i) {
        std::uint32_t word = 0;
        std::memcpy(&word, commitment.view().data() + i * sizeof word, sizeof word);
        sums[0] += keys_[0][i + 1] * word;
        sums[1] += keys_[1][i + 1] * word;
    }
    return (sums[0] >> 32) << 32 | sums[1] >> 32;
}

void CommitmentIndex::put(std::vector<Slot>& slots, const Slot& slot) {
    std::size_t i = slot.bits & (slots.size() - 1);
    while (slots[i].index != 0) i = (i + 1) & (slots.size() - 1);
    slots[i] = slot;
}

void CommitmentIndex::insert(const wire::Commitment& commitment, wire::LogIndex index) {
    ENSURE(index.value != 0);
    if (count_ * 4 >= slots_.size() * 3) {
        std::vector<Slot> more(slots_.size() * 2);
        for (const Slot& slot : slots_) {
            if (slot.index != 0) put(more, slot);
        }
        slots_ = std::move(more);
    }
    put(slots_, {hash(commitment), index.value});
    ++count_;
}

std::optional<Bytes> ReplayView::record(const wire::MapKey& key) const {
    const auto found = records_.find(key);
    if (found == records_.end()) return std::nullopt;
    return found->second;
}

std::optional<Bytes> ReplayView::entry(wire::LogIndex index) const {
    return entries_.entry(index.value);
}

std::optional<wire::LogIndex> ReplayView::certificate_of(const wire::Commitment& commitment) const {
    return commitments_.find(commitment, [&](wire::LogIndex index) {
        const auto bytes = entry(index);
        const auto certificate = bytes ? wire::decode_certificate(*bytes)
                                       : Result<wire::CertificateEntry, wire::WireFault>{
                                             std::unexpected{wire::WireFault{}}};
        return certificate && certificate->commitment == commitment;
    });
}

std::optional<Instant> ReplayView::time_of(wire::LogIndex index) const {
    if (index >= next_index()) return std::nullopt;
    const auto after = std::ranges::upper_bound(starts_, index.value, {}, &Start::first);
    return std::prev(after)->time;
}

std::vector<Bytes> ReplayView::append(ledger::BlockBuilder& block) {
    auto writes = block.take_writes();
    std::vector<merkle::MapUpdate> updates;
    updates.reserve(writes.size());
    for (const auto& [key, record] : writes) {
        updates.push_back(
            {key.hash(), record ? std::optional{merkle::hash_map_value(*record)} : std::nullopt});
    }
    merkle::NoPages none;
    ENSURE(map_.update(none, updates));
    map_.mark_clean();
    ledger::ClosedBlock closed = block.finish(map_.root());
    if (closed.entries.empty()) return {};
    starts_.push_back({entries_.count(), block.context().time});
    for (const Bytes& entry : closed.entries) entries_.append(entry);
    for (auto& [key, record] : writes) {
        if (record) {
            records_.insert_or_assign(std::move(key), *std::move(record));
        } else {
            records_.erase(key);
        }
    }
    for (const auto& [commitment, index] : closed.commitments) {
        commitments_.insert(commitment, index);
    }
    return std::move(closed.entries);
}

}  // namespace tasdiq::cli
