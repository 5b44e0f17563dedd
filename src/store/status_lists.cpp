#include "store/ledger_store.hpp"
#include "store/pending.hpp"

namespace tasdiq::store {
namespace {

constexpr std::size_t kInstantSize = 8;

Bytes member_key(wire::MemberId member) {
    Bytes key;
    append_u32(key, member.value);
    return key;
}

Bytes list_key(const StatusListId& id) {
    Bytes key = member_key(id.member);
    key.insert(key.end(), id.list.begin(), id.list.end());
    key.push_back(id.purpose);
    return key;
}

}  // namespace

Result<std::optional<Bytes>, IoFault> LedgerStore::status_list(const StatusListId& id) const {
    TRY(auto row, database_->get(Table::kStatusLists, list_key(id)));
    if (!row) return std::nullopt;
    if (row->size() < kInstantSize) return std::unexpected{corrupt("a row of status lists")};
    row->erase(row->begin(), row->begin() + kInstantSize);
    return row;
}

Result<Kept, IoFault> LedgerStore::keep_status_list(const StatusListId& id, Instant instant,
                                                    ByteView bytes) {
    const std::lock_guard guard{lists_mutex_};
    const Bytes key = list_key(id);
    TRY(const auto before, database_->get(Table::kStatusLists, key));
    Batch batch{*database_};
    const auto time = static_cast<std::uint64_t>(instant.seconds);
    if (before) {
        if (before->size() < kInstantSize) return std::unexpected{corrupt("a row of status lists")};
        if (time < to_u64(ByteView{*before}.first(kInstantSize))) return Kept::kOlder;
    } else {
        const Bytes count_key = member_key(id.member);
        TRY(const auto row, database_->get(Table::kStatusLists, count_key));
        const std::uint64_t count = row ? to_u64(*row) : 0;
        if (count >= options_.status_lists_max) return Kept::kTooMany;
        batch.put(Table::kStatusLists, count_key, key_of(count + 1));
    }
    Bytes row = key_of(time);
    row.insert(row.end(), bytes.begin(), bytes.end());
    batch.put(Table::kStatusLists, key, row);
    TRY(database_->write(std::move(batch)));
    return Kept::kNow;
}

}  // namespace tasdiq::store
