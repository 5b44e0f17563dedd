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
    EXPECT_EQ(keep(*disk.store, kList, 100, "b"), Kept::kNow);
    EXPECT_EQ(kept(*disk.store, kList), "b");
    EXPECT_EQ(keep(*disk.store, kList, 99, "c"), Kept::kOlder);
    EXPECT_EQ(kept(*disk.store, kList), "b");
    EXPECT_EQ(keep(*disk.store, kList, 101, ""), Kept::kNow);
    EXPECT_EQ(kept(*disk.store, kList), "");
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

TEST(StatusLists, WithoutAnInstantAreDamage) {
    OnDisk disk;
    disk.store.reset();
    damage_status_list(disk.folder.path(), kList);
    auto again = LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite);
    ASSERT_TRUE(again);
    EXPECT_EQ(error_of((*again)->status_list(kList)), number_of(IoError::kCorrupt));
    EXPECT_EQ(error_of((*again)->keep_status_list(kList, {100}, as_bytes("a"))),
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
