#include "store/ledger_store.hpp"

#include "base/ensure.hpp"
#include "ledger/genesis.hpp"
#include "store/pending.hpp"

namespace tasdiq::store {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMapCacheBytes = 256U << 20;
// Entries of one row: reading a single entry reads its row.
constexpr std::uint64_t kEntriesPerRow = 32;

const ByteView kVersionKey = as_bytes("version");
const ByteView kGenesisKey = as_bytes("genesis");
const ByteView kHeadKey = as_bytes("head");
const ByteView kPagesKey = as_bytes("pages");

// Row "head": height, time, first, size (u64 each) ‖ log root ‖ map root.
Bytes encode_head(const Head& head) {
    Bytes row;
    append_u64(row, head.height);
    append_u64(row, static_cast<std::uint64_t>(head.time.seconds));
    append_u64(row, head.first.value);
    append_u64(row, head.log.size);
    append(row, head.log.root.view());
    append(row, head.map.view());
    return row;
}

std::optional<Head> decode_head(ByteView row) {
    if (row.size() != 96) return std::nullopt;
    Head head;
    head.height = to_u64(row.first(8));
    head.time = {static_cast<std::int64_t>(to_u64(row.subspan(8, 8)))};
    head.first = {to_u64(row.subspan(16, 8))};
    head.log.size = to_u64(row.subspan(24, 8));
    head.log.root = *merkle::MerkleHash::from(row.subspan(32, 32));
    head.map = *merkle::MapRoot::from(row.subspan(64, 32));
    return head;
}

// Row "pages": the first height that they lack (u64) ‖ their root.
Bytes encode_pages_mark(std::uint64_t height, const merkle::MapRoot& root) {
    Bytes row = key_of(height);
    append(row, root.view());
    return row;
}

std::vector<merkle::MapUpdate> updates_of(
    std::span<const std::pair<wire::MapKey, std::optional<Bytes>>> writes) {
    std::vector<merkle::MapUpdate> updates;
    updates.reserve(writes.size());
    for (const auto& [key, record] : writes) {
        updates.push_back(
            {key.hash(), record ? std::optional{merkle::hash_map_value(*record)} : std::nullopt});
    }
    return updates;
}

void put_entries(Batch& batch, std::uint64_t first, std::span<const Bytes> entries) {
    Bytes row;
    std::uint64_t row_first = first;
    for (std::uint64_t i = 0; i < entries.size(); ++i) {
        merkle::append_entry(row, entries[i]);
        const std::uint64_t next = first + i + 1;
        if (next % kEntriesPerRow == 0 || i + 1 == entries.size()) {
            batch.put(Table::kEntries, key_of(row_first), row);
            row.clear();
            row_first = next;
        }
    }
}

}  // namespace

IoFault corrupt(std::string_view what) { return {IoError::kCorrupt, std::string{what}}; }

LedgerStore::LedgerStore(std::string folder, std::unique_ptr<Database> database,
                         wire::Genesis genesis, const wire::ChainId& chain, StoreOptions options)
    : folder_{std::move(folder)},
      options_{options},
      database_{std::move(database)},
      genesis_{std::move(genesis)},
      chain_{chain},
      origin_{wire::origin_of(genesis_, chain)},
      checkpoint_file_{folder_},
      view_{std::make_unique<PendingView>(*this)} {}

LedgerStore::~LedgerStore() = default;

// -------------------------------------------------------------------- opening
Result<std::unique_ptr<LedgerStore>, IoFault> LedgerStore::create(const std::string& folder,
                                                                  const wire::Genesis& genesis) {
    TRY(auto database, Database::create(folder + "/db"));
    const Bytes entry = wire::encode(genesis);
    auto store = std::unique_ptr<LedgerStore>{
        new LedgerStore{folder, std::move(database), genesis, wire::chain_id(entry), {}}};
    store->pending_ = std::make_unique<Pending>(*store->database_);
    store->pending_->batch.put(Table::kMeta, kVersionKey, ByteView{&kVersion, 1});
    store->pending_->batch.put(Table::kMeta, kGenesisKey, entry);

    ledger::BlockBuilder block = ledger::make_genesis_block(genesis);
    const Lock lock = store->lock();
    TRY(store->append(lock, block));
    TRY(store->commit(lock));
    return store;
}

Result<std::unique_ptr<LedgerStore>, IoFault> LedgerStore::open(const std::string& folder,
                                                                Database::Mode mode,
                                                                StoreOptions options) {
    TRY(auto database, Database::open(folder + "/db", mode));
    TRY(const auto version, database->get(Table::kMeta, kVersionKey));
    if (!version) return std::unexpected{IoFault{IoError::kNotInitialised, folder}};
    if (*version != Bytes{kVersion}) return std::unexpected{IoFault{IoError::kVersion, folder}};
    TRY(const auto entry, database->get(Table::kMeta, kGenesisKey));
    if (!entry) return std::unexpected{corrupt("genesis is missing")};
    auto genesis = wire::decode_genesis(*entry);
    if (!genesis) return std::unexpected{corrupt("genesis is not one")};
    auto store = std::unique_ptr<LedgerStore>{new LedgerStore{
        folder, std::move(database), *std::move(genesis), wire::chain_id(*entry), options}};
    TRY(store->load());
    TRY(store->check_checkpoint_file());
    return store;
}

Result<Ok, IoFault> LedgerStore::load() {
    TRY(const auto head_row, database_->get(Table::kMeta, kHeadKey));
    const auto head = head_row ? decode_head(*head_row) : std::nullopt;
    if (!head) return std::unexpected{corrupt("the head is missing or malformed")};
    head_ = *head;

    Tiles tiles{*database_};
    auto log = merkle::LogAppender::load(head_.log, tiles);
    if (!log) return std::unexpected{corrupt("the log's right edge does not give its root")};
    log_ = *std::move(log);

    TRY(const auto pages_row, database_->get(Table::kMeta, kPagesKey));
    if (pages_row && pages_row->size() != 40) return std::unexpected{corrupt("pages mark")};
    if (pages_row) {
        journal_from_ = to_u64(ByteView{*pages_row}.first(8));
        map_ = merkle::SparseMap{*merkle::MapRoot::from(ByteView{*pages_row}.subspan(8))};
    }
    Pages pages{*database_};
    for (std::uint64_t height = journal_from_; height <= head_.height; ++height) {
        TRY(const auto row, database_->get(Table::kJournal, key_of(height)));
        if (!row || row->size() % 32 != 0) return std::unexpected{corrupt("journal")};
        std::vector<merkle::MapUpdate> updates;
        for (std::size_t at = 0; at < row->size(); at += 32) {
            const ByteView hash = ByteView{*row}.subspan(at, 32);
            TRY(const auto record, database_->get(Table::kRecords, hash));
            updates.push_back(
                {*merkle::KeyHash::from(hash),
                 record ? std::optional{merkle::hash_map_value(*record)} : std::nullopt});
        }
        updates_since_flush_ += updates.size();
        // Records are those of the head, not of that height: only the last root is looked at.
        if (!map_.update(pages, updates)) return std::unexpected{corrupt("pages of the map")};
    }
    if (map_.root() != head_.map) return std::unexpected{IoFault{IoError::kStateDiffers, folder_}};

    TRY(const Bytes last, entry({head_.log.size - 1}));
    const auto block = wire::decode_block(last);
    if (!block || block->map_root != head_.map || block->height != head_.height) {
        return std::unexpected{corrupt("the last entry is not the head's block entry")};
    }
    return Ok{};
}

Result<Ok, IoFault> LedgerStore::check_checkpoint_file() const {
    TRY(const wire::Checkpoint signed_last, checkpoint_file_.read());
    if (signed_last.origin != origin_) {
        return std::unexpected{IoFault{IoError::kOtherLedger, folder_}};
    }
    if (signed_last.size > head_.log.size) {
        return std::unexpected{IoFault{IoError::kBehindCheckpoint, folder_}};
    }
    Tiles tiles{*database_};
    merkle::TileReader reader{tiles, head_.log.size};
    const auto root = merkle::tree_root(signed_last.size, reader);
    if (!root) return std::unexpected{corrupt("tiles of the log")};
    if (*root != signed_last.root) return std::unexpected{IoFault{IoError::kForked, folder_}};
    return Ok{};
}

// -------------------------------------------------------------------- appending
const ledger::View& LedgerStore::view() const { return *view_; }

std::optional<IoFault> LedgerStore::view_fault() const { return view_->fault(); }

Result<Ok, IoFault> LedgerStore::append(const Lock& lock, ledger::BlockBuilder& block) {
    ENSURE(lock.mutex() == &state_mutex_ && lock.owns_lock());
    if (!pending_) {
        pending_ = std::make_unique<Pending>(*database_);
        pending_->head = head_;
        pending_->first_entry = head_.log.size;
    }
    const auto writes = block.take_writes();
    const auto updates = updates_of(writes);
    Pages pages{*database_};
    const auto root = map_.update(pages, updates);
    if (!root) return std::unexpected{corrupt(merkle::to_string(root.error()))};

    auto finished = block.finish(*root);
    Head next;
    next.height = block.context().height;
    next.time = block.context().time;
    next.first = {log_.size()};
    next.map = *root;
    for (const Bytes& entry : finished.entries) log_.append(merkle::hash_leaf(entry));
    next.log = log_.head();

    Batch& batch = pending_->batch;
    put_entries(batch, next.first.value, finished.entries);
    for (const merkle::Tile& tile : log_.take_changed_tiles()) {
        batch.put(Table::kTiles, tile_key(tile.id.level, tile.id.index), tile.bytes);
    }
    Bytes journal;
    for (std::size_t i = 0; i < writes.size(); ++i) {
        const ByteView hash = updates[i].key.view();
        tasdiq::append(journal, hash);
        if (writes[i].second) {
            batch.put(Table::kRecords, hash, *writes[i].second);
        } else {
            batch.erase(Table::kRecords, hash);
        }
        pending_->records.insert_or_assign(to_bytes(writes[i].first.bytes()), writes[i].second);
    }
    batch.put(Table::kJournal, key_of(next.height), journal);
    for (const auto& [commitment, index] : finished.commitments) {
        batch.put(Table::kCommitments, commitment.view(), key_of(index.value));
        pending_->commitments.emplace(commitment, index);
    }
    Bytes start = key_of(next.height);
    append_u64(start, next.log.size);
    append_u64(start, static_cast<std::uint64_t>(next.time.seconds));
    batch.put(Table::kBlockStarts, key_of(next.first.value), start);
    batch.put(Table::kMeta, kHeadKey, encode_head(next));

    updates_since_flush_ += updates.size();
    pending_->starts.push_back({next.first.value, next.time});
    pending_->entries.insert(pending_->entries.end(),
                             std::make_move_iterator(finished.entries.begin()),
                             std::make_move_iterator(finished.entries.end()));
    pending_->head = next;
    return Ok{};
}

/// The map's pages as of the pending head go with this write; the journal begins anew.
void LedgerStore::add_pages(Batch& batch) {
    for (const merkle::PageWrite& page : map_.dirty_pages()) {
        const Bytes key = merkle::encode_page_id(page.id);
        if (page.bytes) {
            batch.put(Table::kPages, key, *page.bytes);
        } else {
            batch.erase(Table::kPages, key);
        }
    }
    const std::uint64_t next = pending_->head.height + 1;
    for (std::uint64_t height = journal_from_; height < next; ++height) {
        batch.erase(Table::kJournal, key_of(height));
    }
    batch.put(Table::kMeta, kPagesKey, encode_pages_mark(next, map_.root()));
}

Result<Head, IoFault> LedgerStore::commit(const Lock& lock) {
    ENSURE(lock.mutex() == &state_mutex_ && lock.owns_lock() && pending_);
    const bool flush = updates_since_flush_ >= options_.updates_per_flush;
    if (flush) add_pages(pending_->batch);
    const Head next = pending_->head;
    TRY(database_->write(std::move(pending_->batch)));
    if (flush) {
        map_.mark_clean();
        map_.evict(kMapCacheBytes);
        updates_since_flush_ = 0;
        journal_from_ = next.height + 1;
    }
    // From here on the blocks are on the disk; nobody has been told so yet.
    TRY(checkpoint_file_.write(checkpoint_of(next)));
    pending_.reset();
    const std::lock_guard guard{head_mutex_};
    head_ = next;
    return next;
}

wire::Checkpoint LedgerStore::checkpoint_of(const Head& head) const {
    return {origin_, head.log.size, head.log.root};
}

}  // namespace tasdiq::store
