#include <algorithm>

#include "base/ensure.hpp"
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
    if (row->size() == kInstantSize) return std::nullopt;  // it gave way
    row->erase(row->begin(), row->begin() + kInstantSize);
    return row;
}

Result<Kept, IoFault> LedgerStore::keep_status_list(const StatusListId& id, Instant instant,
                                                    ByteView bytes) {
    ENSURE(!bytes.empty());
    const std::lock_guard guard{lists_mutex_};
    const Bytes key = list_key(id);
    TRY(const auto before, database_->get(Table::kStatusLists, key));
    Bytes row = key_of(static_cast<std::uint64_t>(instant.seconds));
    row.insert(row.end(), bytes.begin(), bytes.end());
    if (before) {
        if (before->size() < kInstantSize) return std::unexpected{corrupt("a row of status lists")};
        if (*before == row) return Kept::kNow;
        // Of one instant the first stays: else whoever has another puts it back, without a key.
        const auto instant_of = [](ByteView one) { return to_u64(one.first(kInstantSize)); };
        if (instant_of(row) <= instant_of(*before)) return Kept::kOlder;
    }
    Batch batch{*database_};
    const bool is_further = !before || before->size() == kInstantSize;
    if (is_further) {
        TRY(const std::uint64_t count, status_list_count(id.member));
        if (count >= options_.status_lists_max) return Kept::kTooMany;
        batch.put(Table::kStatusLists, member_key(id.member), key_of(count + 1));
    }
    batch.put(Table::kStatusLists, key, row);
    TRY(database_->write(std::move(batch)));
    return Kept::kNow;
}

Result<std::uint64_t, IoFault> LedgerStore::drop_status_lists(
    wire::MemberId member, const std::function<bool(ByteView)>& is_useless) {
    const Bytes prefix = member_key(member);
    std::vector<std::pair<Bytes, Bytes>> useless;  // key and instant
    bool is_damaged = false;
    TRY(database_->scan(Table::kStatusLists, prefix, [&](ByteView key, ByteView row) {
        if (!std::ranges::equal(key.first(std::min(key.size(), prefix.size())), prefix)) {
            return false;
        }
        if (key.size() == prefix.size()) return true;  // how many they are
        is_damaged = row.size() < kInstantSize;
        if (is_damaged) return false;
        if (row.size() > kInstantSize && is_useless(row.subspan(kInstantSize))) {
            const ByteView instant = row.first(kInstantSize);
            useless.emplace_back(Bytes(key.begin(), key.end()),
                                 Bytes(instant.begin(), instant.end()));
        }
        return true;
    }));
    if (is_damaged) return std::unexpected{corrupt("a row of status lists")};

    const std::lock_guard guard{lists_mutex_};
    Batch batch{*database_};
    std::uint64_t dropped = 0;
    for (const auto& [key, instant] : useless) {
        TRY(const auto row, database_->get(Table::kStatusLists, key));
        const bool is_same = row && row->size() > kInstantSize &&
                             std::ranges::equal(ByteView{*row}.first(kInstantSize), instant);
        if (!is_same) continue;  // another took its place meanwhile
        batch.put(Table::kStatusLists, key, instant);
        ++dropped;
    }
    if (dropped == 0) return 0;
    TRY(const std::uint64_t count, status_list_count(member));
    batch.put(Table::kStatusLists, prefix, key_of(count - std::min(count, dropped)));
    TRY(database_->write(std::move(batch)));
    return dropped;
}

Result<std::uint64_t, IoFault> LedgerStore::status_list_count(wire::MemberId member) const {
    TRY(const auto row, database_->get(Table::kStatusLists, member_key(member)));
    return row ? to_u64(*row) : 0;
}

}  // namespace tasdiq::store
