#pragma once

#include <map>
#include <unordered_map>

#include "ledger/block.hpp"
#include "merkle/log_tree.hpp"
#include "merkle/sparse_map.hpp"

namespace tasdiq::ledger {

/// A whole ledger in memory: for replaying one, and for tests. Never fails.
class MemoryView final : public View {
  public:
    MemoryView() = default;

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override;
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex index) const override;
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const override;
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex index) const override;
    [[nodiscard]] wire::LogIndex next_index() const override;

    /// Closes `block`, which stands on this view, and takes what it adds; nothing if it is empty.
    void append(BlockBuilder& block);

    /// Puts a record there that no rule wrote: for states that take years to come about.
    void plant(const wire::MapKey& key, const Bytes& record);

    [[nodiscard]] const std::map<wire::MapKey, Bytes>& records() const { return records_; }
    [[nodiscard]] const std::vector<Bytes>& entries() const { return entries_; }
    [[nodiscard]] merkle::TreeHead log_head() const { return log_.head(); }
    [[nodiscard]] const merkle::MapRoot& map_root() const { return map_.root(); }

  private:
    struct Start {
        std::uint64_t first;
        Instant time;
    };

    std::map<wire::MapKey, Bytes> records_;
    std::vector<Bytes> entries_;
    std::vector<Start> starts_;  // of blocks, ascending
    // Only looked up in, never walked through.
    std::unordered_map<wire::Commitment, wire::LogIndex, TaggedBytesHasher> indices_;
    merkle::CompactRange log_;
    merkle::SparseMap map_;
};

}  // namespace tasdiq::ledger
