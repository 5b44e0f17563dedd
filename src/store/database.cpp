#include "store/database.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <span>
#include <sys/statvfs.h>

#include "base/ensure.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// Debian's RocksDB is not compiled for ThreadSanitizer: it sees what the library copies, but not
// the atomics that order it. What our own code does stays watched.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
    return "called_from_lib:librocksdb.so\nrace:librocksdb.so\n";
}
#endif
#endif

namespace tasdiq::store {
namespace {

constexpr std::array<const char*, kTableCount> kNames{"meta",         "entries", "tiles",
                                                      "records",      "pages",   "commitments",
                                                      "block-starts", "journal", "status-lists"};

rocksdb::Slice to_slice(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ByteView to_view(const rocksdb::Slice& slice) {
    return as_bytes(std::string_view{slice.data(), slice.size()});
}

IoFault to_fault(const rocksdb::Status& status, IoError otherwise) {
    const std::string words = status.ToString();
    if (status.IsCorruption() || status.IsNotFound()) return {IoError::kCorrupt, words};
    if (status.IsNoSpace() || words.find("No space left") != std::string::npos) {
        return {IoError::kDiskFull, words};
    }
    if (words.find("lock ") != std::string::npos || words.find("LOCK") != std::string::npos) {
        return {IoError::kLocked, words};
    }
    // A table file or manifest that is gone: RocksDB calls it an I/O error, for us it is damage.
    if (words.find("No such file") != std::string::npos) return {IoError::kCorrupt, words};
    return {otherwise, words};
}

rocksdb::Options database_options() {
    rocksdb::Options options;
    options.create_if_missing = false;
    options.paranoid_checks = true;
    // The default would drop what follows a flipped bit in the write-ahead log, silently.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.track_and_verify_wals_in_manifest = true;
    options.max_open_files = 256;
    options.max_background_jobs = 2;
    options.max_total_wal_size = 128U << 20;
    options.keep_log_file_num = 4;
    options.max_log_file_size = 4U << 20;
    options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families() {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(64U << 20);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
    table.whole_key_filtering = true;
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.write_buffer_size = 16U << 20;
    options.compression = rocksdb::kNoCompression;  // hashes do not compress
    std::vector<rocksdb::ColumnFamilyDescriptor> all{{rocksdb::kDefaultColumnFamilyName, options}};
    for (const char* name : kNames) all.emplace_back(name, options);
    // Commitments and records are mostly looked up to find that they are not there yet: a filter
    // says so without a walk through what was written last.
    for (const Table often : {Table::kCommitments, Table::kRecords}) {
        auto& family = all[static_cast<std::size_t>(often) + 1].options;
        family.memtable_prefix_bloom_size_ratio = 0.02;
        family.memtable_whole_key_filtering = true;
    }
    return all;
}

/// Whether the database has every table but the youngest: what is lost is never made anew.
bool lacks_only_lists(const std::string& folder) {
    std::vector<std::string> names;
    if (!rocksdb::DB::ListColumnFamilies({}, folder, &names).ok()) return false;
    const auto has = [&](std::string_view name) {
        return std::ranges::find(names, name) != names.end();
    };
    return !has(kNames.back()) &&
           std::ranges::all_of(std::span{kNames}.first(kTableCount - 1), has);
}

/// RocksDB ends the process where a file that it begins with cannot be written at all: there must
/// be room for those before it is asked.
Result<Ok, IoFault> check_room(const std::string& folder) {
    constexpr std::uint64_t kNeeded_KiB = 4096;
    struct statvfs disk{};
    if (::statvfs(folder.c_str(), &disk) != 0) return Ok{};  // what is wrong will show
    const std::uint64_t free_KiB = std::uint64_t{disk.f_bavail} * disk.f_frsize >> 10U;
    if (free_KiB >= kNeeded_KiB) return Ok{};
    return std::unexpected{
        IoFault{IoError::kDiskFull, folder + ": " + std::to_string(free_KiB) + " KiB are free, " +
                                        std::to_string(kNeeded_KiB) + " KiB are needed to start"}};
}

}  // namespace

struct Database::State {
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;  // owned; the default family first

    ~State() {
        for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
        if (db) static_cast<void>(db->Close());
    }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Table table) const {
        return handles[static_cast<std::size_t>(table) + 1];
    }
};

struct Batch::State {
    const Database::State& database;
    rocksdb::WriteBatch rows;
};

Batch::Batch(const Database& database)
    : state_{new State{*database.state_, rocksdb::WriteBatch{}}} {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

void Batch::put(Table table, ByteView key, ByteView value) {
    const auto status =
        state_->rows.Put(state_->database.handle(table), to_slice(key), to_slice(value));
    ENSURE(status.ok());
}

void Batch::erase(Table table, ByteView key) {
    ENSURE(state_->rows.Delete(state_->database.handle(table), to_slice(key)).ok());
}

Database::Database(std::unique_ptr<State> state) : state_{std::move(state)} {}
Database::~Database() = default;

Result<std::unique_ptr<Database>, IoFault> Database::create(const std::string& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder + "/CURRENT", error)) {
        return std::unexpected{IoFault{IoError::kAlreadyInitialised, folder}};
    }
    std::filesystem::create_directories(folder, error);
    if (error) return std::unexpected{IoFault{IoError::kWrite, folder + ": " + error.message()}};
    TRY(check_room(folder));
    rocksdb::DBOptions options{database_options()};
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    auto state = std::make_unique<State>();
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, folder, families(), &state->handles, &db);
    if (!status.ok()) return std::unexpected{to_fault(status, IoError::kWrite)};
    state->db.reset(db);
    return std::unique_ptr<Database>{new Database{std::move(state)}};
}

Result<std::unique_ptr<Database>, IoFault> Database::open(const std::string& folder, Mode mode) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        return std::unexpected{IoFault{IoError::kNotInitialised, folder}};
    }
    if (mode == Mode::kReadWrite) TRY(check_room(folder));
    rocksdb::DBOptions options{database_options()};
    options.create_missing_column_families = mode == Mode::kReadWrite && lacks_only_lists(folder);
    auto state = std::make_unique<State>();
    rocksdb::DB* db = nullptr;
    const auto status =
        mode == Mode::kReadOnly
            ? rocksdb::DB::OpenForReadOnly(options, folder, families(), &state->handles, &db)
            : rocksdb::DB::Open(options, folder, families(), &state->handles, &db);
    if (!status.ok()) {
        // A folder that we know to be a ledger's without its CURRENT file has lost it.
        IoFault fault = to_fault(status, IoError::kRead);
        if (status.IsInvalidArgument()) fault.error = IoError::kCorrupt;
        return std::unexpected{std::move(fault)};
    }
    state->db.reset(db);
    return std::unique_ptr<Database>{new Database{std::move(state)}};
}

Result<std::optional<Bytes>, IoFault> Database::get(Table table, ByteView key) const {
    rocksdb::PinnableSlice value;
    const auto status =
        state_->db->Get(rocksdb::ReadOptions{}, state_->handle(table), to_slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return std::unexpected{to_fault(status, IoError::kRead)};
    return to_bytes(to_view(value));
}

Result<std::optional<std::pair<Bytes, Bytes>>, IoFault> Database::get_at_or_before(
    Table table, ByteView key) const {
    const std::unique_ptr<rocksdb::Iterator> rows{
        state_->db->NewIterator(rocksdb::ReadOptions{}, state_->handle(table))};
    rows->SeekForPrev(to_slice(key));
    if (rows->Valid()) {
        return std::pair{to_bytes(to_view(rows->key())), to_bytes(to_view(rows->value()))};
    }
    if (!rows->status().ok()) return std::unexpected{to_fault(rows->status(), IoError::kRead)};
    return std::nullopt;
}

Result<Ok, IoFault> Database::scan(Table table, ByteView from,
                                   const std::function<bool(ByteView, ByteView)>& visit) const {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> rows{
        state_->db->NewIterator(options, state_->handle(table))};
    for (rows->Seek(to_slice(from)); rows->Valid(); rows->Next()) {
        if (!visit(to_view(rows->key()), to_view(rows->value()))) return Ok{};
    }
    if (!rows->status().ok()) return std::unexpected{to_fault(rows->status(), IoError::kRead)};
    return Ok{};
}

Result<Ok, IoFault> Database::write(Batch batch) {
    rocksdb::WriteOptions options;
    options.sync = true;
    const auto status = state_->db->Write(options, &batch.state_->rows);
    if (!status.ok()) return std::unexpected{to_fault(status, IoError::kWrite)};
    return Ok{};
}

Result<Ok, IoFault> Database::verify_checksums() const {
    const auto status = state_->db->VerifyChecksum();
    if (!status.ok()) return std::unexpected{to_fault(status, IoError::kRead)};
    return Ok{};
}

}  // namespace tasdiq::store
