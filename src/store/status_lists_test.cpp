#include <rocksdb/db.h>

#include "store/on_disk_test.hpp"

namespace tasdiq::store {
namespace {

constexpr StatusListId kList{{7}, {1, 2, 3, 4, 5, 6, 7, 8}, 1};

std::string kept(const LedgerStore& store, const StatusListId& id) {
    const auto found = store.status_list(id);
    EXPECT_TRUE(found);
    return found && *found ? std::string{as_text(**found)} : "none";
}

Kept keep(LedgerStore& store, const StatusListId& id, std::int64_t seconds, std::string_view text) {
    const auto done = store.keep_status_list(id, {seconds}, as_bytes(text));
    EXPECT_TRUE(done);
    return *done;
}

TEST(StatusLists, AreKeptAndNeverGoBack) {
    OnDisk disk;
    EXPECT_EQ(kept(*disk.store, kList), "none");
    EXPECT_EQ(keep(*disk.store, kList, 100, "a"), Kept::kNow);
    EXPECT_EQ(keep(*disk.store, kList, 101, "b"), Kept::kNow);
    EXPECT_EQ(kept(*disk.store, kList), "b");
    EXPECT_EQ(keep(*disk.store, kList, 100, "c"), Kept::kOlder);
    EXPECT_EQ(kept(*disk.store, kList), "b");
}

/// Whoever has the list before has no key, and yet would undo the one after it.
TEST(StatusLists, OfOneInstantAreNotExchanged) {
    OnDisk disk;
    EXPECT_EQ(keep(*disk.store, kList, 100, "a"), Kept::kNow);
    EXPECT_EQ(keep(*disk.store, kList, 100, "b"), Kept::kOlder);
    EXPECT_EQ(keep(*disk.store, kList, 100, "a"), Kept::kNow);
    EXPECT_EQ(kept(*disk.store, kList), "a");
}

TEST(StatusLists, OfMembersListsAndPurposesAreApart) {
    OnDisk disk;
    StatusListId others[] = {kList, kList, kList};
    others[0].member.value = 8;
    others[1].list[7] = 9;
    others[2].purpose = 2;
    EXPECT_EQ(keep(*disk.store, kList, 100, "a"), Kept::kNow);
    for (const StatusListId& other : others) EXPECT_EQ(kept(*disk.store, other), "none");
}

TEST(StatusLists, SurviveAnEndAndAreNoPartOfTheLedger) {
    OnDisk disk;
    const Head head = disk.store->head();
    EXPECT_EQ(keep(*disk.store, kList, 100, "a"), Kept::kNow);
    disk.store.reset();
    auto again = LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->head(), head);
    EXPECT_EQ(kept(**again, kList), "a");
    EXPECT_EQ(keep(**again, kList, 99, "b"), Kept::kOlder);
}

TEST(StatusLists, OfAMemberAreCounted) {
    OnDisk disk;
    disk.store.reset();
    auto few =
        LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite, {.status_lists_max = 2});
    ASSERT_TRUE(few);
    StatusListId id = kList;
    for (std::uint8_t purpose = 1; purpose <= 2; ++purpose) {
        id.purpose = purpose;
        EXPECT_EQ(keep(**few, id, 100, "a"), Kept::kNow);
    }
    EXPECT_EQ(keep(**few, kList, 101, "b"), Kept::kNow);  // in the place of one that is there
    id.list[7] = 9;
    EXPECT_EQ(keep(**few, id, 100, "a"), Kept::kTooMany);
    EXPECT_EQ(kept(**few, id), "none");
    id.member.value = 8;
    EXPECT_EQ(keep(**few, id, 100, "a"), Kept::kNow);
}

bool begins_with_x(ByteView bytes) { return bytes.front() == 'x'; }

TEST(StatusLists, GiveWayWhenTheyAreUseless) {
    OnDisk disk;
    disk.store.reset();
    auto few =
        LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite, {.status_lists_max = 3});
    ASSERT_TRUE(few);
    LedgerStore& store = **few;
    StatusListId ids[] = {kList, kList, kList, kList, kList, kList};
    for (std::uint8_t i = 0; i < 6; ++i) ids[i].list[7] = i;
    ids[5].member.value = 8;  // another's
    EXPECT_EQ(keep(store, ids[0], 100, "x0"), Kept::kNow);
    EXPECT_EQ(keep(store, ids[1], 100, "a1"), Kept::kNow);
    EXPECT_EQ(keep(store, ids[2], 100, "x2"), Kept::kNow);
    EXPECT_EQ(keep(store, ids[5], 100, "x5"), Kept::kNow);
    EXPECT_EQ(keep(store, ids[3], 100, "a3"), Kept::kTooMany);

    EXPECT_EQ(store.drop_status_lists(kList.member, begins_with_x).value_or(99), 2U);
    EXPECT_EQ(store.drop_status_lists(kList.member, begins_with_x).value_or(99), 0U);
    EXPECT_EQ(store.drop_status_lists({9}, begins_with_x).value_or(99), 0U);
    EXPECT_EQ(kept(store, ids[0]), "none");
    EXPECT_EQ(kept(store, ids[1]), "a1");
    EXPECT_EQ(kept(store, ids[5]), "x5");
    EXPECT_EQ(keep(store, ids[3], 100, "a3"), Kept::kNow);
    // What is older than a list that gave way does not come back in its place.
    EXPECT_EQ(keep(store, ids[0], 99, "a0"), Kept::kOlder);
    EXPECT_EQ(keep(store, ids[0], 100, "a0"), Kept::kOlder);
    EXPECT_EQ(keep(store, ids[0], 101, "a0"), Kept::kNow);
    EXPECT_EQ(keep(store, ids[4], 100, "a4"), Kept::kTooMany);
    EXPECT_EQ(keep(store, ids[2], 101, "a2"), Kept::kTooMany);
    EXPECT_EQ(keep(store, ids[0], 102, "b0"), Kept::kNow);
}

/// What took the place of a useless list after that was seen stays.
TEST(StatusLists, ThatAreNewerThanWhatWasSeenStay) {
    OnDisk disk;
    EXPECT_EQ(keep(*disk.store, kList, 100, "x"), Kept::kNow);
    const auto dropped = disk.store->drop_status_lists(kList.member, [&](ByteView bytes) {
        EXPECT_EQ(keep(*disk.store, kList, 101, "a"), Kept::kNow);
        return begins_with_x(bytes);
    });
    EXPECT_EQ(dropped.value_or(99), 0U);
    EXPECT_EQ(kept(*disk.store, kList), "a");
}

TEST(StatusLists, WithoutAnInstantAreDamage) {
    OnDisk disk;
    disk.store.reset();
    damage_status_list(disk.folder.path(), kList);
    auto again = LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite);
    ASSERT_TRUE(again);
    EXPECT_EQ(error_of((*again)->status_list(kList)), number_of(IoError::kCorrupt));
    EXPECT_EQ(error_of((*again)->keep_status_list(kList, {100}, as_bytes("a"))),
              number_of(IoError::kCorrupt));
    EXPECT_EQ(error_of((*again)->drop_status_lists(kList.member, begins_with_x)),
              number_of(IoError::kCorrupt));
}

/// What an older version made has every table but this one; what has lost another is damaged.
TEST(StatusLists, GetTheirTableInAnOlderLedgerOnly) {
    for (const char* const lost : {"status-lists", "journal"}) {
        OnDisk disk;
        disk.store.reset();
        const std::string folder = disk.folder.path() + "/db";
        std::vector<std::string> names;
        ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, folder, &names).ok());
        std::vector<rocksdb::ColumnFamilyDescriptor> families;
        for (const std::string& name : names)
            families.emplace_back(name, rocksdb::ColumnFamilyOptions{});
        std::vector<rocksdb::ColumnFamilyHandle*> handles;
        rocksdb::DB* opened = nullptr;
        ASSERT_TRUE(rocksdb::DB::Open({}, folder, families, &handles, &opened).ok());
        const std::unique_ptr<rocksdb::DB> db{opened};
        for (rocksdb::ColumnFamilyHandle* const handle : handles) {
            if (handle->GetName() == lost) EXPECT_TRUE(db->DropColumnFamily(handle).ok());
            EXPECT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
        }
        EXPECT_TRUE(db->Close().ok());
        const auto again = LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite);
        if (std::string_view{lost} == "journal") {
            EXPECT_EQ(error_of(again), number_of(IoError::kCorrupt));
        } else {
            ASSERT_TRUE(again) << again.error().detail;
            EXPECT_EQ(keep(**again, kList, 100, "a"), Kept::kNow);
        }
    }
}

}  // namespace
}  // namespace tasdiq::store
