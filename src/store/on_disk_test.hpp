#pragma once

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

#include "ledger/world_log_test.hpp"
#include "store/ledger_store.hpp"

// Ledgers on disk for the tests of this folder and of those above it.
namespace tasdiq::store {

/// A new empty folder that goes with its scope.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = std::filesystem::temp_directory_path() / "tasdiq-XXXXXX";
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// The number of an error, or 0: so that a failed expectation shows which it was.
template <class T>
int error_of(const Result<T, IoFault>& result) {
    return result ? 0 : static_cast<int>(result.error().error);
}
constexpr int number_of(IoError error) { return static_cast<int>(error); }

/// Writes one row of a ledger that nobody has open, as no node would.
inline void put_row(const std::string& folder, Table table, ByteView key, ByteView value) {
    auto database = Database::open(folder + "/db", Database::Mode::kReadWrite);
    ASSERT_TRUE(database);
    Batch batch{**database};
    batch.put(table, key, value);
    ASSERT_TRUE((*database)->write(std::move(batch)));
}

/// Leaves less of the status list than its instant takes.
inline void damage_status_list(const std::string& folder, const StatusListId& id) {
    Bytes key;
    append_u32(key, id.member.value);
    key.insert(key.end(), id.list.begin(), id.list.end());
    key.push_back(id.purpose);
    put_row(folder, Table::kStatusLists, key, Bytes(7));
}

/// El Manar's ledger (ledger/world_test.hpp) on disk, block for block as in memory.
class OnDisk {
  public:
    OnDisk() {
        auto created = LedgerStore::create(folder.path(), world.genesis);
        EXPECT_TRUE(created);
        store = *std::move(created);
        wire::Scope scope = ledger::world::manar_scope();
        scope.quota.reset();  // tests issue as many as they like
        EXPECT_TRUE(
            world.send(wire::Accredit{ledger::world::kMinistry,
                                      ledger::world::kManar,
                                      scope,
                                      {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
                       {ledger::world::kMinistry1, ledger::world::kMinistry2}));
        catch_up();
    }

    /// Gives the store the blocks that the world in memory has and it lacks; one write each.
    /// Only blocks without issues: their lists are not in the log.
    void catch_up() {
        for (const ledger::world::PastBlock& block : ledger::world::past_blocks(world)) {
            if (block.height > store->head().height) append(block.submissions, block.time);
        }
        expect_as_in_memory();
    }

    /// One block, one write. What the rules refuse is a failure of the test.
    void append(const std::vector<Bytes>& submissions, Instant time) {
        const auto lock = store->lock();
        append_block(lock, submissions, time, store->head().height + 1);
        EXPECT_TRUE(store->commit(lock));
    }
    void append_block(const LedgerStore::Lock& lock, const std::vector<Bytes>& submissions,
                      Instant time, std::uint64_t height) {
        ledger::BlockBuilder block{store->view(), {height, time, store->chain()}};
        for (const Bytes& submission : submissions) EXPECT_TRUE(block.add(submission));
        EXPECT_TRUE(store->append(lock, block));
    }

    /// A signed issue of `count` certificates.
    Bytes issue(const std::string& seed, std::size_t count) {
        const auto items = ledger::world::items_of(seed, count);
        return world.sign(world.payload(ledger::world::World::issue_of(terms(), items),
                                        {ledger::world::kRegistrar, ledger::world::kDean}),
                          wire::encode_list(items));
    }
    [[nodiscard]] static wire::Terms terms() {
        wire::Terms terms = ledger::world::manar_terms();
        terms.awarding.front().accreditation = 2;
        return terms;
    }

    /// The same block in memory and on disk.
    void record(const Bytes& submission) {
        EXPECT_TRUE(world.send(submission));
        append({submission}, world.now);
    }

    void expect_as_in_memory() const {
        const Head head = store->head();
        EXPECT_EQ(head.log, world.view.log_head());
        EXPECT_EQ(head.map, world.view.map_root());
    }

    void close() { store.reset(); }
    [[nodiscard]] Result<Ok, IoFault> reopen(Database::Mode mode = Database::Mode::kReadWrite,
                                             StoreOptions options = {}) {
        close();
        TRY(store, LedgerStore::open(folder.path(), mode, options));
        return Ok{};
    }

    TemporaryFolder folder;
    ledger::world::Manar world;
    std::unique_ptr<LedgerStore> store;
};

}  // namespace tasdiq::store
