#include "cli/replay_view.hpp"

#include <algorithm>
#include <unistd.h>

namespace tasdiq::cli {

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
    put(slots_, {TaggedBytesHasher{}(commitment), index.value});
    ++count_;
}

ReplayView::ReplayView() : file_{std::tmpfile()}, failed_{file_ == nullptr} {}

std::optional<Bytes> ReplayView::record(const wire::MapKey& key) const {
    const auto found = records_.find(key);
    if (found == records_.end()) return std::nullopt;
    return found->second;
}

std::optional<Bytes> ReplayView::entry(wire::LogIndex index) const {
    if (index.value >= next_ || failed_) return std::nullopt;
    std::uint64_t at = places_[index.value / kStride];
    const auto read = [&](std::span<std::uint8_t> to) {
        const ssize_t got =
            ::pread(::fileno(file_.get()), to.data(), to.size(), static_cast<off_t>(at));
        failed_ = failed_ || got != static_cast<ssize_t>(to.size());
        at += to.size();
    };
    failed_ = failed_ || std::fflush(file_.get()) != 0;
    Bytes entry;
    for (std::uint64_t i = index.value / kStride * kStride; i <= index.value && !failed_; ++i) {
        std::uint8_t size[2] = {};
        read(size);
        entry.resize(std::size_t{size[0]} << 8 | size[1]);
        if (i == index.value) {
            read(entry);
        } else {
            at += entry.size();
        }
    }
    if (failed_) return std::nullopt;
    return entry;
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
    if (index.value >= next_) return std::nullopt;
    const auto after = std::ranges::upper_bound(starts_, index.value, {}, &Start::first);
    return std::prev(after)->time;
}

void ReplayView::keep(ByteView entry) {
    if (next_ % kStride == 0) places_.push_back(file_size_);
    ++next_;
    if (failed_) return;
    Bytes framed;
    framed.reserve(entry.size() + 2);
    append_u16(framed, static_cast<std::uint16_t>(entry.size()));
    tasdiq::append(framed, entry);
    failed_ = std::fwrite(framed.data(), 1, framed.size(), file_.get()) != framed.size();
    file_size_ += framed.size();
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
    starts_.push_back({next_, block.context().time});
    for (const Bytes& entry : closed.entries) keep(entry);
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
