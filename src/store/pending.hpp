#pragma once

#include <map>

#include "store/ledger_store.hpp"

namespace tasdiq::store {

// Keys of the tables, shared by the files that implement LedgerStore. docs/formats/database.md.

[[nodiscard]] inline Bytes key_of(std::uint64_t number) {
    Bytes key;
    append_u64(key, number);
    return key;
}

[[nodiscard]] inline Bytes tile_key(std::uint8_t level, std::uint64_t index) {
    Bytes key{level};
    append_u64(key, index);
    return key;
}

[[nodiscard]] inline std::uint64_t to_u64(ByteView bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
}

/// Row of kBlockStarts: height ‖ end ‖ time, u64 each, under the block's first index.
inline constexpr std::size_t kBlockRowSize = 24;

[[nodiscard]] IoFault corrupt(std::string_view what);

/// Blocks appended and not yet committed: what they add to the database.
struct LedgerStore::Pending {
    explicit Pending(const Database& database) : batch{database} {}

    Batch batch;
    Head head;  // after the last of them
    std::uint64_t first_entry = 0;
    std::vector<Bytes> entries;                     // from first_entry on
    std::map<Bytes, std::optional<Bytes>> records;  // by encoded map key
    std::map<wire::Commitment, wire::LogIndex> commitments;
    struct Start {
        std::uint64_t first;
        Instant time;
    };
    std::vector<Start> starts;  // of blocks, ascending
};

/// The database with the pending blocks on top. Remembers a failure of the disk.
class LedgerStore::PendingView final : public ledger::View {
  public:
    explicit PendingView(const LedgerStore& store) : store_{store} {}

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override;
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex index) const override;
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const override;
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex index) const override;
    [[nodiscard]] wire::LogIndex next_index() const override;

    [[nodiscard]] const std::optional<IoFault>& fault() const { return fault_; }

  private:
    template <class T>
    std::optional<T> take(Result<std::optional<T>, IoFault> result) const {
        if (!result) {
            if (!fault_) fault_ = std::move(result).error();
            return std::nullopt;
        }
        return *std::move(result);
    }

    const LedgerStore& store_;
    mutable std::optional<IoFault> fault_;  // the first
};

/// Log tiles out of the database.
class LedgerStore::Tiles final : public merkle::TileSource {
  public:
    explicit Tiles(const Database& database) : database_{database} {}
    Result<Bytes, merkle::SourceError> load(const merkle::TileId& id) override;

  private:
    const Database& database_;
};

/// Map pages out of the database.
class LedgerStore::Pages final : public merkle::PageSource {
  public:
    explicit Pages(const Database& database) : database_{database} {}
    Result<Bytes, merkle::SourceError> load(const merkle::PageId& id) override;

  private:
    const Database& database_;
};

}  // namespace tasdiq::store
