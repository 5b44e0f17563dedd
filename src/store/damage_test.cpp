// What was done to the files, and what a start calls it: docs/formats/database.md.
#include <csignal>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/on_disk_test.hpp"

namespace tasdiq::store {
namespace {

namespace fs = std::filesystem;

/// Files of the database whose name ends so, the largest first.
std::vector<fs::path> files_ending(const OnDisk& disk, std::string_view ending) {
    std::vector<fs::path> found;
    for (const auto& file : fs::directory_iterator{disk.folder.path() + "/db"}) {
        if (file.path().filename().string().ends_with(ending)) found.push_back(file.path());
    }
    std::ranges::sort(found, [](const fs::path& a, const fs::path& b) {
        return fs::file_size(a) > fs::file_size(b);
    });
    EXPECT_FALSE(found.empty()) << ending;
    return found;
}

fs::path manifest_of(const OnDisk& disk) {
    for (const auto& file : fs::directory_iterator{disk.folder.path() + "/db"}) {
        if (file.path().filename().string().starts_with("MANIFEST")) return file.path();
    }
    ADD_FAILURE() << "no manifest";
    return {};
}

void flip_bit(const fs::path& path, std::uint64_t at) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 0x10));
    EXPECT_TRUE(file.good()) << path;
}

/// A ledger whose newest blocks are in the write-ahead log and whose older ones are in tables.
struct Lived : OnDisk {
    Lived() {
        record(issue("older", 60));
        EXPECT_TRUE(reopen());  // a start moves the log into tables
        record(issue("newer", 60));
        record(issue("newest", 3));
    }
};

using Errors = std::vector<IoError>;

void expect_refused(Lived& disk, const Errors& errors, const std::string& what) {
    for (const auto mode : {Database::Mode::kReadOnly, Database::Mode::kReadWrite}) {
        const auto opened = LedgerStore::open(disk.folder.path(), mode);
        const bool is_named =
            !opened && std::ranges::find(errors, opened.error().error) != errors.end();
        EXPECT_TRUE(is_named) << what << ": "
                              << (opened ? std::string{"opened"}
                                         : std::string{to_string(opened.error().error)} + " " +
                                               opened.error().detail);
    }
}

const Errors kLost{IoError::kCorrupt, IoError::kBehindCheckpoint};

struct Damage {
    const char* name;
    std::function<void(Lived&)> harm;
    Errors errors;
};

void PrintTo(const Damage& damage, std::ostream* to) { *to << damage.name; }

class StartRefuses : public testing::TestWithParam<Damage> {};

TEST_P(StartRefuses, WhatWasDamaged) {
    Lived disk;
    disk.close();
    GetParam().harm(disk);
    expect_refused(disk, GetParam().errors, GetParam().name);
}

const Damage kDamages[] = {
    {"DatabaseGone",
     [](Lived& disk) { fs::remove_all(disk.folder.path() + "/db"); },
     {IoError::kNotInitialised}},
    {"CurrentGone",
     [](Lived& disk) { fs::remove(disk.folder.path() + "/db/CURRENT"); },
     {IoError::kCorrupt}},
    {"ManifestGone", [](Lived& disk) { fs::remove(manifest_of(disk)); }, {IoError::kCorrupt}},
    {"ManifestFlipped",
     [](Lived& disk) {
         const fs::path path = manifest_of(disk);
         flip_bit(path, fs::file_size(path) / 2);
     },
     {IoError::kCorrupt}},
    {"WriteAheadLogGone", [](Lived& disk) { fs::remove(files_ending(disk, ".log")[0]); }, kLost},
    {"WriteAheadLogEmpty", [](Lived& disk) { fs::resize_file(files_ending(disk, ".log")[0], 0); },
     kLost},
    {"WriteAheadLogCut",
     [](Lived& disk) {
         const fs::path path = files_ending(disk, ".log")[0];
         fs::resize_file(path, fs::file_size(path) / 2);
     },
     kLost},
    {"WriteAheadLogCutByOne",
     [](Lived& disk) {
         const fs::path path = files_ending(disk, ".log")[0];
         fs::resize_file(path, fs::file_size(path) - 1);
     },
     kLost},
    {"WriteAheadLogFlippedEarly", [](Lived& disk) { flip_bit(files_ending(disk, ".log")[0], 100); },
     kLost},
    {"WriteAheadLogFlippedLate",
     [](Lived& disk) {
         const fs::path path = files_ending(disk, ".log")[0];
         flip_bit(path, fs::file_size(path) - 100);
     },
     kLost},
    {"TableGone",
     [](Lived& disk) { fs::remove(files_ending(disk, ".sst")[0]); },
     {IoError::kCorrupt}},
    {"TableCut",
     [](Lived& disk) {
         const fs::path path = files_ending(disk, ".sst")[0];
         fs::resize_file(path, fs::file_size(path) / 2);
     },
     {IoError::kCorrupt}},
    {"CheckpointGone",
     [](Lived& disk) { fs::remove(disk.folder.path() + "/checkpoint"); },
     {IoError::kCheckpointMissing}},
    {"CheckpointFlipped",
     [](Lived& disk) { flip_bit(disk.folder.path() + "/checkpoint", 20); },
     {IoError::kCheckpointMalformed}},
    {"CheckpointEmpty",
     [](Lived& disk) { fs::resize_file(disk.folder.path() + "/checkpoint", 0); },
     {IoError::kCheckpointMalformed}},
};

INSTANTIATE_TEST_SUITE_P(All, StartRefuses, testing::ValuesIn(kDamages),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Start, RefusesAnOlderCopyOfTheDatabase) {
    Lived disk;
    disk.close();
    const std::string db = disk.folder.path() + "/db";
    fs::copy(db, disk.folder.path() + "/old", fs::copy_options::recursive);
    ASSERT_TRUE(disk.reopen());
    disk.record(disk.issue("after the copy", 1));
    disk.close();
    fs::remove_all(db);
    fs::rename(disk.folder.path() + "/old", db);
    expect_refused(disk, {IoError::kBehindCheckpoint}, "older copy");
}

TEST(Start, RefusesAnotherLedgersDatabase) {
    Lived disk;
    disk.close();
    const ledger::world::World other{{"EG"}};
    const TemporaryFolder folder;
    ASSERT_TRUE(LedgerStore::create(folder.path(), other.genesis));
    const std::string db = disk.folder.path() + "/db";
    fs::remove_all(db);
    fs::copy(folder.path() + "/db", db, fs::copy_options::recursive);
    expect_refused(disk, {IoError::kOtherLedger}, "other ledger");
}

TEST(Start, RefusesAnotherHistoryOfTheSameLedger) {
    Lived disk;
    OnDisk other;  // the same until its last blocks
    other.record(other.issue("another past", 200));
    disk.close();
    other.close();
    const std::string db = disk.folder.path() + "/db";
    fs::remove_all(db);
    fs::copy(other.folder.path() + "/db", db, fs::copy_options::recursive);
    expect_refused(disk, {IoError::kForked}, "another history");
}

/// Writes one row of the database as no node would.
void put(Lived& disk, Table table, ByteView key, ByteView value) {
    disk.close();
    put_row(disk.folder.path(), table, key, value);
}

TEST(Start, RefusesANewerVersion) {
    Lived disk;
    put(disk, Table::kMeta, as_bytes("version"), Bytes{2});
    expect_refused(disk, {IoError::kVersion}, "version");
}

TEST(Start, RefusesAJournalThatIsNone) {
    Lived disk;
    put(disk, Table::kJournal, Bytes(8, 0), Bytes{1});
    expect_refused(disk, {IoError::kCorrupt}, "journal");
}

TEST(Start, RefusesRecordsThatDoNotGiveTheMapsRoot) {
    Lived disk;
    put(disk, Table::kRecords, wire::MapKey::member(ledger::world::kManar).hash().view(), Bytes{0});
    expect_refused(disk, {IoError::kStateDiffers}, "record");
}

TEST(Check, FindsAFlippedBitInAnyBlockOfAnyTable) {
    constexpr std::uint64_t kFooter = 53;  // sizes and a magic number; read at every start
    Lived disk;
    ASSERT_TRUE(disk.reopen());  // all of it in tables now
    disk.close();
    std::uint64_t state = 20261;  // a fixed walk through the files
    for (const fs::path& table : files_ending(disk, ".sst")) {
        const std::uint64_t size = fs::file_size(table);
        for (int i = 0; i < 3; ++i) {
            state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
            const std::uint64_t at = (state >> 33) % (size - kFooter);
            flip_bit(table, at);
            const auto opened = LedgerStore::open(disk.folder.path(), Database::Mode::kReadOnly);
            const int error = opened ? error_of((*opened)->verify_checksums()) : error_of(opened);
            EXPECT_EQ(error, number_of(IoError::kCorrupt)) << table << " at " << at;
            flip_bit(table, at);
        }
    }
    EXPECT_TRUE(disk.reopen());
    EXPECT_TRUE(disk.store->verify_checksums());
}

// ------------------------------------------------------------------- a full disk
// Not under ThreadSanitizer, which allows no threads after fork.
#if !__has_feature(thread_sanitizer)
/// Writes blocks until the system refuses; tells the acknowledged size after each. Never returns.
[[noreturn]] void write_until_full(OnDisk& disk, int acknowledged) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{256U << 10, 256U << 10};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(10);
    for (int i = 0; i < 1'000; ++i) {
        const auto lock = disk.store->lock();
        const Head before = disk.store->head();
        ledger::BlockBuilder block{disk.store->view(),
                                   {before.height + 1, disk.world.now, disk.store->chain()}};
        if (!block.add(disk.issue("full " + std::to_string(i), 90))) ::_exit(11);
        if (!disk.store->append(lock, block)) ::_exit(12);
        const auto head = disk.store->commit(lock);
        if (!head) {
            const IoError error = head.error().error;
            const bool is_named = error == IoError::kWrite || error == IoError::kDiskFull;
            const std::vector<wire::MapKey> keys{wire::MapKey::ledger()};
            const bool is_silent =
                disk.store->head() == before && !disk.store->prove(lock, keys).has_value();
            ::_exit(is_named && is_silent ? 0 : 13);
        }
        if (::write(acknowledged, &head->log.size, 8) != 8) ::_exit(14);
    }
    ::_exit(15);
}

TEST(FullDisk, IsToldAndLosesNothing) {
    OnDisk disk;
    disk.close();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::close(ends[0]);
        if (!disk.reopen()) ::_exit(16);
        write_until_full(disk, ends[1]);
    }
    ::close(ends[1]);
    std::uint64_t size = 0;
    std::uint64_t acknowledged = 0;
    while (::read(ends[0], &size, 8) == 8) acknowledged = size;
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_GT(acknowledged, 0U);
    // There is room again.
    ASSERT_TRUE(disk.reopen());
    EXPECT_GE(disk.store->head().log.size, acknowledged);
    disk.append({disk.issue("room again", 2)}, disk.world.now);
    EXPECT_TRUE(disk.reopen());
}
#endif

}  // namespace
}  // namespace tasdiq::store
