#pragma once

#include <array>
#include <map>
#include <vector>

#include "cli/entry_file.hpp"
#include "ledger/block.hpp"
#include "merkle/sparse_map.hpp"

namespace tasdiq::cli {

/// Which entry records which commitment, in some 24 bytes a certificate: 64 bits of a hash of the
/// commitment and the entry's index. Whoever finds a candidate looks at its entry.
///
/// Issuers choose commitments. The hash has a random key, so nobody can make many that are alike
/// here and every audit slow: two have the same hash by a chance of 2^-64.
class CommitmentIndex {
  public:
    CommitmentIndex();

    /// `index` is not 0: that is genesis.
    void insert(const wire::Commitment& commitment, wire::LogIndex index);

    /// The first candidate of which `is_it(index)` is true.
    template <class IsIt>
    [[nodiscard]] std::optional<wire::LogIndex> find(const wire::Commitment& commitment,
                                                     IsIt&& is_it) const {
        const std::uint64_t bits = hash(commitment);
        for (std::size_t i = bits & (slots_.size() - 1); slots_[i].index != 0;
             i = (i + 1) & (slots_.size() - 1)) {
            if (slots_[i].bits == bits && is_it(wire::LogIndex{slots_[i].index})) {
                return wire::LogIndex{slots_[i].index};
            }
        }
        return std::nullopt;
    }

  private:
    static constexpr std::size_t kSlotsMin = 1'024;  // a power of two, as all its doubles

    struct Slot {
        std::uint64_t bits = 0;
        std::uint64_t index = 0;  // 0: free
    };
    using HashKey = std::array<std::uint64_t, 1 + wire::Commitment::kSize / 4>;

    [[nodiscard]] std::uint64_t hash(const wire::Commitment& commitment) const;
    static void put(std::vector<Slot>& slots, const Slot& slot);

    std::array<HashKey, 2> keys_;  // of each half of the hash
    std::vector<Slot> slots_;
    std::size_t count_ = 0;
};

/// A ledger that is being replayed: records and the map in memory, entries in a temporary file. Not
/// thread-safe.
class ReplayView final : public ledger::View {
  public:
    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override;
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex index) const override;
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const override;
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex index) const override;
    [[nodiscard]] wire::LogIndex next_index() const override { return {entries_.count()}; }

    /// Closes `block`, which stands on this view, takes what it adds, and gives its entries.
    std::vector<Bytes> append(ledger::BlockBuilder& block);

    template <class Record>
    [[nodiscard]] std::optional<Record> find(const wire::MapKey& key) const {
        const auto bytes = record(key);
        if (!bytes) return std::nullopt;
        auto decoded = wire::decode_record<Record>(*bytes);
        ENSURE(decoded);
        return *std::move(decoded);
    }
    [[nodiscard]] const std::map<wire::MapKey, Bytes>& records() const { return records_; }

    /// The temporary file failed: nothing that was read since then counts.
    [[nodiscard]] bool has_failed() const { return entries_.has_failed(); }

  private:
    struct Start {
        std::uint64_t first;
        Instant time;
    };

    std::map<wire::MapKey, Bytes> records_;
    std::vector<Start> starts_;  // of blocks, ascending
    CommitmentIndex commitments_;
    merkle::SparseMap map_;
    EntryFile entries_;
};

}  // namespace tasdiq::cli
