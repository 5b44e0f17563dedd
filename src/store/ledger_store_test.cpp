#include "store/ledger_store.hpp"

#include "merkle/log_proof.hpp"
#include "merkle/map_proof.hpp"
#include "store/on_disk_test.hpp"

namespace tasdiq::store {
namespace {

TEST(LedgerStore, KeepsWhatTheRulesGive) {
    OnDisk disk;
    for (int i = 0; i < 5; ++i) disk.record(disk.issue("kept " + std::to_string(i), 3));
    disk.expect_as_in_memory();
    const auto& entries = disk.world.view.entries();
    for (std::uint64_t i = 0; i < entries.size(); ++i) {
        const auto entry = disk.store->entry({i});
        ASSERT_TRUE(entry);
        EXPECT_EQ(*entry, entries[i]) << i;
    }
    for (const auto& [key, record] : disk.world.view.records()) {
        EXPECT_EQ(*disk.store->record(key), record);
    }
}

TEST(LedgerStore, ARestartGoesOnExactly) {
    OnDisk disk;
    disk.record(disk.issue("before", 40));
    const Head before = disk.store->head();
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(disk.reopen());
        EXPECT_EQ(disk.store->head(), before);
    }
    disk.record(disk.issue("after", 2));
    disk.expect_as_in_memory();
    ASSERT_TRUE(disk.reopen(Database::Mode::kReadOnly));
    disk.expect_as_in_memory();
    EXPECT_TRUE(disk.store->verify_checksums());
}

/// The same blocks, `per_write` of them in one write each time.
Head head_with(std::size_t per_write, bool with_restarts) {
    OnDisk disk;
    std::vector<Bytes> submissions;
    for (std::size_t i = 0; i < 12; ++i)
        submissions.push_back(disk.issue(std::to_string(i), 1 + i % 3));
    std::uint64_t height = disk.store->head().height;
    for (std::size_t i = 0; i < submissions.size();) {
        {
            const auto lock = disk.store->lock();
            for (std::size_t n = 0; n < per_write && i < submissions.size(); ++n, ++i) {
                disk.append_block(lock, {submissions[i]}, disk.world.now, ++height);
            }
            EXPECT_TRUE(disk.store->commit(lock));
        }
        if (with_restarts) EXPECT_TRUE(disk.reopen());
    }
    return disk.store->head();
}

TEST(LedgerStore, GivesTheSameRootsHoweverManyBlocksGoIntoOneWrite) {
    const Head one = head_with(1, false);
    for (const std::size_t per_write : {2U, 5U, 12U}) EXPECT_EQ(head_with(per_write, false), one);
    EXPECT_EQ(head_with(1, true), one);
    EXPECT_EQ(head_with(5, true), one);
}

// Pages of the map written behind every block, now and then, or never: the same roots and proofs.
TEST(LedgerStore, GivesTheSameRootsHoweverOftenPagesAreWritten) {
    std::optional<Head> one;
    for (const std::uint64_t updates_per_flush : {1U, 7U, 1'000'000U}) {
        OnDisk disk;
        const StoreOptions options{updates_per_flush};
        for (int i = 0; i < 6; ++i) {
            ASSERT_TRUE(disk.reopen(Database::Mode::kReadWrite, options));
            disk.record(disk.issue("flush " + std::to_string(i), 2));
            disk.record(disk.issue("again " + std::to_string(i), 1));
        }
        disk.expect_as_in_memory();
        if (one) EXPECT_EQ(disk.store->head(), *one);
        one = disk.store->head();
        std::vector<wire::MapKey> keys;
        for (const auto& [key, record] : disk.world.view.records()) {
            if (keys.size() < 64) keys.push_back(key);
        }
        const auto lock = disk.store->lock();
        EXPECT_TRUE(disk.store->prove(lock, keys));
    }
}

TEST(LedgerStore, ProvesEntriesAndRecordsUnderItsRoots) {
    OnDisk disk;
    disk.record(disk.issue("proven", 70));
    const Head head = disk.store->head();
    for (std::uint64_t i = 0; i < head.log.size; ++i) {
        const auto path = disk.store->inclusion({i}, head.log.size);
        ASSERT_TRUE(path);
        EXPECT_TRUE(merkle::verify_inclusion(merkle::hash_leaf(disk.world.view.entries()[i]), i,
                                             head.log.size, *path, head.log.root));
    }
    const std::vector<wire::MapKey> keys{wire::MapKey::member(ledger::world::kManar),
                                         wire::MapKey::status({1})};
    const auto lock = disk.store->lock();
    EXPECT_TRUE(disk.store->prove(lock, keys));
}

TEST(LedgerStore, FindsCertificatesAndBlocks) {
    OnDisk disk;
    const std::uint64_t first = disk.store->head().log.size;
    disk.record(disk.issue("found", 3));
    const auto items = ledger::world::items_of("found", 3);
    for (std::uint64_t i = 0; i < 3; ++i) {
        EXPECT_EQ(*disk.store->certificate_of(items[i].commitment), wire::LogIndex{first + 1 + i});
    }
    EXPECT_EQ(*disk.store->certificate_of(wire::Commitment{}), std::nullopt);
    const auto place = disk.store->block_of({first + 2});
    ASSERT_TRUE(place && *place);
    EXPECT_EQ((*place)->first.value, first);
    EXPECT_EQ((*place)->end, first + 5);
    EXPECT_EQ((*place)->time, disk.world.now);
    EXPECT_EQ(*disk.store->block_of({first + 5}), std::nullopt);
    EXPECT_EQ(error_of(disk.store->entry({first + 5})), number_of(IoError::kRead));
}

TEST(LedgerStore, IsOpenOnceAndMadeOnce) {
    OnDisk disk;
    EXPECT_EQ(error_of(LedgerStore::open(disk.folder.path(), Database::Mode::kReadWrite)),
              number_of(IoError::kLocked));
    EXPECT_EQ(error_of(LedgerStore::create(disk.folder.path(), disk.world.genesis)),
              number_of(IoError::kAlreadyInitialised));
    EXPECT_TRUE(LedgerStore::open(disk.folder.path(), Database::Mode::kReadOnly));
}

// The checkpoint file cannot be written after the database was: nothing may be told to anyone,
// and the next start finds a database that is ahead, as after a crash.
TEST(LedgerStore, AFailureBetweenTheTwoWritesLosesNothing) {
    OnDisk disk;
    const Head before = disk.store->head();
    std::filesystem::create_directory(disk.folder.path() + "/checkpoint.new");
    const Bytes submission = disk.issue("between", 2);
    {
        const auto lock = disk.store->lock();
        disk.append_block(lock, {submission}, disk.world.now, before.height + 1);
        EXPECT_EQ(error_of(disk.store->commit(lock)), number_of(IoError::kWrite));
        EXPECT_EQ(disk.store->head(), before);
        const std::vector<wire::MapKey> keys{wire::MapKey::ledger()};
        EXPECT_EQ(error_of(disk.store->prove(lock, keys)), number_of(IoError::kWrite));
    }
    std::filesystem::remove(disk.folder.path() + "/checkpoint.new");
    ASSERT_TRUE(disk.reopen());
    EXPECT_TRUE(disk.world.send(submission));
    disk.expect_as_in_memory();
}

}  // namespace
}  // namespace tasdiq::store
