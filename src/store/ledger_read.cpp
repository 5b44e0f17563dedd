#include "base/ensure.hpp"
#include "store/ledger_store.hpp"
#include "store/pending.hpp"

namespace tasdiq::store {
namespace {

IoFault missing(std::string_view what) {
    return {IoError::kRead, std::string{what} + " is not there"};
}

IoFault to_fault(merkle::ProofError error) { return corrupt(merkle::to_string(error)); }

}  // namespace

Head LedgerStore::head() const {
    const std::lock_guard guard{head_mutex_};
    return head_;
}

Result<std::vector<Bytes>, IoFault> LedgerStore::entries(wire::LogIndex from,
                                                         std::size_t count) const {
    std::vector<Bytes> found;
    if (count == 0) return found;
    TRY(auto row, database_->get_at_or_before(Table::kEntries, key_of(from.value)));
    if (!row) return std::unexpected{missing("an entry")};
    bool damaged = false;
    // Rows follow each other without a gap: skip what lies before `from`, take until `count`.
    const auto take_row = [&](ByteView key, ByteView value) {
        std::uint64_t index = to_u64(key);
        while (!value.empty() && found.size() < count) {
            const std::size_t size =
                value.size() < 2 ? SIZE_MAX : static_cast<std::size_t>(value[0]) << 8 | value[1];
            if (size > value.size() - 2 || index > from.value + found.size()) {
                damaged = true;
                return false;
            }
            if (index >= from.value) found.push_back(to_bytes(value.subspan(2, size)));
            value = value.subspan(2 + size);
            ++index;
        }
        return found.size() < count;
    };
    if (take_row(row->first, row->second)) {
        Bytes after = row->first;
        after.push_back(0);
        TRY(database_->scan(Table::kEntries, after, take_row));
    }
    if (damaged) return std::unexpected{corrupt("a row of entries")};
    return found;
}

Result<Bytes, IoFault> LedgerStore::entry(wire::LogIndex index) const {
    TRY(auto found, entries(index, 1));
    if (found.empty()) return std::unexpected{missing("an entry")};
    return std::move(found.front());
}

Result<std::optional<Bytes>, IoFault> LedgerStore::tile(const merkle::TileId& id) const {
    TRY(auto row, database_->get(Table::kTiles, tile_key(id.level, id.index)));
    const std::size_t size = std::size_t{id.width} * merkle::MerkleHash::kSize;
    if (!row || row->size() < size) return std::nullopt;
    row->resize(size);
    return row;
}

Result<std::optional<Bytes>, IoFault> LedgerStore::bundle(const merkle::BundleId& id) const {
    const std::uint64_t first = id.index * merkle::kTileWidth;
    if (first + id.width > head().log.size) return std::nullopt;
    TRY(const auto found, entries({first}, id.width));
    Bytes bundle;
    for (const Bytes& entry : found) merkle::append_entry(bundle, entry);
    return bundle;
}

Result<std::optional<Bytes>, IoFault> LedgerStore::record(const wire::MapKey& key) const {
    return database_->get(Table::kRecords, key.hash().view());
}

Result<std::optional<wire::LogIndex>, IoFault> LedgerStore::certificate_of(
    const wire::Commitment& commitment) const {
    TRY(const auto row, database_->get(Table::kCommitments, commitment.view()));
    if (!row) return std::nullopt;
    if (row->size() != 8) return std::unexpected{corrupt("a row of commitments")};
    return wire::LogIndex{to_u64(*row)};
}

Result<std::optional<BlockPlace>, IoFault> LedgerStore::block_of(wire::LogIndex index) const {
    TRY(const auto row, database_->get_at_or_before(Table::kBlockStarts, key_of(index.value)));
    if (!row) return std::nullopt;
    const ByteView value = row->second;
    if (value.size() != kBlockRowSize) return std::unexpected{corrupt("a row of blocks")};
    const BlockPlace place{to_u64(value.first(8)),
                           {to_u64(row->first)},
                           to_u64(value.subspan(8, 8)),
                           {static_cast<std::int64_t>(to_u64(value.subspan(16)))}};
    if (index.value >= place.end) return std::nullopt;
    return place;
}

LedgerStore::InclusionPaths::InclusionPaths(const LedgerStore& store, std::uint64_t size)
    : tiles_{std::make_unique<Tiles>(*store.database_)}, reader_{*tiles_, size}, size_{size} {}

Result<std::vector<merkle::MerkleHash>, IoFault> LedgerStore::InclusionPaths::of(
    wire::LogIndex index) {
    auto path = merkle::inclusion_path(index.value, size_, reader_);
    if (!path) return std::unexpected{to_fault(path.error())};
    return *std::move(path);
}

Result<std::vector<merkle::MerkleHash>, IoFault> LedgerStore::inclusion(wire::LogIndex index,
                                                                        std::uint64_t size) const {
    return InclusionPaths{*this, size}.of(index);
}

Result<std::vector<merkle::MerkleHash>, IoFault> LedgerStore::consistency(
    std::uint64_t older, std::uint64_t newer) const {
    Tiles tiles{*database_};
    merkle::TileReader reader{tiles, newer};
    auto path = merkle::consistency_path(older, newer, reader);
    if (!path) return std::unexpected{to_fault(path.error())};
    return *std::move(path);
}

Result<merkle::MapProof, IoFault> LedgerStore::prove(const Lock& lock,
                                                     std::span<const wire::MapKey> keys) {
    ENSURE(lock.mutex() == &state_mutex_ && lock.owns_lock());
    // Appended blocks that could not be committed: the map is ahead of the disk.
    if (pending_) return std::unexpected{IoFault{IoError::kWrite, "the last write failed"}};
    std::vector<merkle::KeyHash> hashes;
    hashes.reserve(keys.size());
    for (const wire::MapKey& key : keys) hashes.push_back(key.hash());
    Pages pages{*database_};
    auto proof = map_.prove(pages, hashes);
    if (!proof) return std::unexpected{corrupt(merkle::to_string(proof.error()))};
    return *std::move(proof);
}

// -------------------------------------------------------------------- the pending view
std::optional<Bytes> LedgerStore::PendingView::record(const wire::MapKey& key) const {
    if (store_.pending_) {
        const auto found = store_.pending_->records.find(to_bytes(key.bytes()));
        if (found != store_.pending_->records.end()) return found->second;
    }
    return take(store_.record(key));
}

std::optional<Bytes> LedgerStore::PendingView::entry(wire::LogIndex index) const {
    if (index >= next_index()) return std::nullopt;
    if (store_.pending_ && index.value >= store_.pending_->first_entry) {
        return store_.pending_->entries[index.value - store_.pending_->first_entry];
    }
    auto found = store_.entry(index);
    if (found) return *std::move(found);
    return take(Result<std::optional<Bytes>, IoFault>{std::unexpected{std::move(found).error()}});
}

std::optional<wire::LogIndex> LedgerStore::PendingView::certificate_of(
    const wire::Commitment& commitment) const {
    if (store_.pending_) {
        const auto found = store_.pending_->commitments.find(commitment);
        if (found != store_.pending_->commitments.end()) return found->second;
    }
    return take(store_.certificate_of(commitment));
}

std::optional<Instant> LedgerStore::PendingView::time_of(wire::LogIndex index) const {
    if (index >= next_index()) return std::nullopt;
    if (store_.pending_ && index.value >= store_.pending_->first_entry) {
        Instant time = store_.pending_->starts.front().time;
        for (const auto& start : store_.pending_->starts) {
            if (start.first <= index.value) time = start.time;
        }
        return time;
    }
    const auto place = take(store_.block_of(index));
    if (!place) return std::nullopt;
    return place->time;
}

wire::LogIndex LedgerStore::PendingView::next_index() const {
    // Without pending blocks the durable head is the engine's own last commit.
    return {store_.pending_ ? store_.pending_->head.log.size : store_.head_.log.size};
}

// -------------------------------------------------------------------- sources
namespace {

Result<Bytes, merkle::SourceError> to_source(Result<std::optional<Bytes>, IoFault> row) {
    if (!row) {
        return std::unexpected{row.error().error == IoError::kCorrupt
                                   ? merkle::SourceError::kCorrupt
                                   : merkle::SourceError::kUnavailable};
    }
    if (!*row) return std::unexpected{merkle::SourceError::kMissing};
    return **std::move(row);
}

}  // namespace

Result<Bytes, merkle::SourceError> LedgerStore::Tiles::load(const merkle::TileId& id) {
    return to_source(database_.get(Table::kTiles, tile_key(id.level, id.index)));
}

Result<Bytes, merkle::SourceError> LedgerStore::Pages::load(const merkle::PageId& id) {
    return to_source(database_.get(Table::kPages, merkle::encode_page_id(id)));
}

}  // namespace tasdiq::store
