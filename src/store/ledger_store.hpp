#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>

#include "ledger/block.hpp"
#include "ledger/view.hpp"
#include "merkle/sparse_map.hpp"
#include "merkle/tile_log.hpp"
#include "store/checkpoint_file.hpp"
#include "store/database.hpp"

namespace tasdiq::store {

/// The state after a block.
struct Head {
    std::uint64_t height = 0;
    Instant time;
    wire::LogIndex first;  // entry of the block; its last is log.size − 1
    merkle::TreeHead log;
    merkle::MapRoot map;
    friend bool operator==(const Head&, const Head&) = default;
};

/// Where an entry stands in time.
struct BlockPlace {
    std::uint64_t height;
    wire::LogIndex first;
    std::uint64_t end;  // first entry of the next block
    Instant time;
};

struct StoreOptions {
    /// Pages of the map are written behind, when so many records have changed since; the journal
    /// says what they lack. More cost less writing and more replay at the next start.
    std::uint64_t updates_per_flush = 65'536;
    /// Of one member, each purpose of a list counted: enough for decades, and fills no disk. What
    /// was dropped does not count.
    std::uint64_t status_lists_max = 8'192;
};

/// One of a member's status lists. The ledger does not need them: they are kept for others, as
/// their issuers signed them.
struct StatusListId {
    wire::MemberId member;
    std::array<std::uint8_t, 8> list;
    std::uint8_t purpose;
};
/// What came of a status list that was to be kept.
enum class Kept : std::uint8_t { kNow, kOlder, kTooMany };

/// One ledger on disk. Reading is for any thread; appending for one, the engine's.
///
/// Whoever appends, or reads the map's proofs, holds the state lock: what a thread sees under it is
/// one durable head, and the engine publishes that head's checkpoint before it lets go.
class LedgerStore {
  public:
    using Lock = std::unique_lock<std::mutex>;

    /// Makes a ledger with this genesis (entry 0 and its block). Errors: kAlreadyInitialised,
    /// kWrite, kDiskFull.
    static Result<std::unique_ptr<LedgerStore>, IoFault> create(const std::string& folder,
                                                                const wire::Genesis& genesis);

    /// Opens one and checks it: see README. Errors: those of Database::open, kVersion,
    /// kCheckpoint…, kBehindCheckpoint, kForked, kStateDiffers, kCorrupt.
    static Result<std::unique_ptr<LedgerStore>, IoFault> open(const std::string& folder,
                                                              Database::Mode mode,
                                                              StoreOptions options = {});
    ~LedgerStore();

    [[nodiscard]] const wire::Genesis& genesis() const { return genesis_; }
    [[nodiscard]] const wire::ChainId& chain() const { return chain_; }
    [[nodiscard]] const std::string& origin() const { return origin_; }

    // ---------------------------------------------------------------- reading what is durable
    [[nodiscard]] Lock lock() const { return Lock{state_mutex_}; }
    [[nodiscard]] Head head() const;

    /// Errors of all readers: kRead, kCorrupt; kRead also for what must exist and does not.
    [[nodiscard]] Result<Bytes, IoFault> entry(wire::LogIndex index) const;
    /// Up to `count` entries from `from` on.
    [[nodiscard]] Result<std::vector<Bytes>, IoFault> entries(wire::LogIndex from,
                                                              std::size_t count) const;
    /// The first `id.width` hashes of a tile; none if this log has no such tile.
    [[nodiscard]] Result<std::optional<Bytes>, IoFault> tile(const merkle::TileId& id) const;
    [[nodiscard]] Result<std::optional<Bytes>, IoFault> bundle(const merkle::BundleId& id) const;
    [[nodiscard]] Result<std::optional<Bytes>, IoFault> record(const wire::MapKey& key) const;
    [[nodiscard]] Result<std::optional<wire::LogIndex>, IoFault> certificate_of(
        const wire::Commitment& commitment) const;
    [[nodiscard]] Result<std::optional<BlockPlace>, IoFault> block_of(wire::LogIndex index) const;
    /// Makes inclusion paths in the log's first `size` entries; `size` ≤ head().log.size. What it
    /// has read and hashed serves the paths that follow.
    class InclusionPaths {
      public:
        InclusionPaths(const LedgerStore& store, std::uint64_t size);
        [[nodiscard]] Result<std::vector<merkle::MerkleHash>, IoFault> of(wire::LogIndex index);

      private:
        std::unique_ptr<merkle::TileSource> tiles_;
        merkle::TileReader reader_;
        std::uint64_t size_;
    };
    /// A single one.
    [[nodiscard]] Result<std::vector<merkle::MerkleHash>, IoFault> inclusion(
        wire::LogIndex index, std::uint64_t size) const;
    [[nodiscard]] Result<std::vector<merkle::MerkleHash>, IoFault> consistency(
        std::uint64_t older, std::uint64_t newer) const;

    // ---------------------------------------------------------------- status lists
    /// The list as it was kept.
    [[nodiscard]] Result<std::optional<Bytes>, IoFault> status_list(const StatusListId& id) const;
    /// Keeps `bytes`, of `instant` and not empty, in the place of an older list; on the disk,
    /// synced, when it answers kNow. The same again is kNow, another of the same instant kOlder.
    /// For any thread. Errors: those of readers and kWrite, kDiskFull.
    [[nodiscard]] Result<Kept, IoFault> keep_status_list(const StatusListId& id, Instant instant,
                                                         ByteView bytes);
    /// Drops the member's lists of which `is_useless` is true, but for their instants: nothing
    /// older comes back. How many they were. For any thread. Errors: as above. Cost: reads all of
    /// the member's lists.
    [[nodiscard]] Result<std::uint64_t, IoFault> drop_status_lists(
        wire::MemberId member, const std::function<bool(ByteView)>& is_useless);

    /// One proof for 1–64 keys, each once, under the root of head().
    [[nodiscard]] Result<merkle::MapProof, IoFault> prove(const Lock& lock,
                                                          std::span<const wire::MapKey> keys);

    /// Reads everything and checks every checksum.
    [[nodiscard]] Result<Ok, IoFault> verify_checksums() const {
        return database_->verify_checksums();
    }

    // ---------------------------------------------------------------- appending (the engine)
    /// What the next block stands on, appended blocks included. After any rule has run on it, look
    /// at `view_fault`: the disk may have failed in between, and then what the rule said is
    /// worthless.
    [[nodiscard]] const ledger::View& view() const;
    [[nodiscard]] std::optional<IoFault> view_fault() const;

    /// Takes a block's entries and writes; nothing is on the disk yet. The block is not empty.
    [[nodiscard]] Result<Ok, IoFault> append(const Lock& lock, ledger::BlockBuilder& block);

    /// Writes all appended blocks at once, synced, then the checkpoint file.
    [[nodiscard]] Result<Head, IoFault> commit(const Lock& lock);

  private:
    struct Pending;
    class PendingView;
    class Tiles;
    class Pages;

    LedgerStore(std::string folder, std::unique_ptr<Database> database, wire::Genesis genesis,
                const wire::ChainId& chain, StoreOptions options);
    [[nodiscard]] Result<Ok, IoFault> load();
    [[nodiscard]] Result<Ok, IoFault> check_checkpoint_file() const;
    [[nodiscard]] Result<std::uint64_t, IoFault> status_list_count(wire::MemberId member) const;
    void add_pages(Batch& batch);
    [[nodiscard]] wire::Checkpoint checkpoint_of(const Head& head) const;

    std::string folder_;
    StoreOptions options_;
    std::unique_ptr<Database> database_;
    wire::Genesis genesis_;
    wire::ChainId chain_;
    std::string origin_;
    CheckpointFile checkpoint_file_;

    mutable std::mutex state_mutex_;  // held while the map or the pending blocks are touched
    mutable std::mutex head_mutex_;   // guards head_ only
    std::mutex lists_mutex_;          // held while status lists are compared and written
    Head head_;                       // durable

    merkle::LogAppender log_;
    merkle::SparseMap map_;
    std::uint64_t updates_since_flush_ = 0;
    std::uint64_t journal_from_ = 0;  // first height that the journal has
    std::unique_ptr<Pending> pending_;
    std::unique_ptr<PendingView> view_;
};

}  // namespace tasdiq::store
