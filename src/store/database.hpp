#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "store/io_error.hpp"

namespace tasdiq::store {

/// The tables of a ledger's database; names and keys in docs/formats/database.md.
enum class Table : std::uint8_t {
    kMeta,         // version, chain id
    kEntries,      // first log index (u64) → up to 32 entries, as in a bundle
    kTiles,        // level (u8), tile index (u64) → hashes, full or as far as they go
    kRecords,      // key hash → record
    kPages,        // pages of the map's tree, as of the last flush
    kCommitments,  // commitment → log index (u64)
    kBlockStarts,  // first log index (u64) → height, end, time of the block
    kJournal,      // height (u64) → key hashes that the block wrote, since the last flush of pages
    kStatusLists,  // member (u32), list, purpose → a signed status list; member → how many
};
inline constexpr std::size_t kTableCount = 9;

class Database;

/// A set of writes of one database that happens whole or not at all. The database outlives it.
class Batch {
  public:
    explicit Batch(const Database& database);
    ~Batch();
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) noexcept;

    void put(Table table, ByteView key, ByteView value);
    void erase(Table table, ByteView key);

  private:
    friend class Database;
    struct State;
    std::unique_ptr<State> state_;
};

/// An ordered key-value database on disk (RocksDB), checked at every read. Thread-safe.
/// Any kCorrupt, kRead, kWrite or kDiskFull is final: the node stops.
class Database {
  public:
    enum class Mode : std::uint8_t { kReadWrite, kReadOnly };

    /// Makes an empty one in `folder`. Errors: kAlreadyInitialised, kWrite, kDiskFull.
    static Result<std::unique_ptr<Database>, IoFault> create(const std::string& folder);
    /// To write, it adds the table of status lists where an older version has made the database.
    /// Errors: kNotInitialised, kDiskFull (to write, with less than 4 MiB free), kLocked, kCorrupt,
    /// kRead.
    static Result<std::unique_ptr<Database>, IoFault> open(const std::string& folder, Mode mode);
    ~Database();

    [[nodiscard]] Result<std::optional<Bytes>, IoFault> get(Table table, ByteView key) const;

    /// The last row whose key is not above `key`.
    [[nodiscard]] Result<std::optional<std::pair<Bytes, Bytes>>, IoFault> get_at_or_before(
        Table table, ByteView key) const;

    /// Rows from `from` on in order of their keys, until `visit` answers false.
    [[nodiscard]] Result<Ok, IoFault> scan(
        Table table, ByteView from, const std::function<bool(ByteView, ByteView)>& visit) const;

    /// On the disk, synced, when it returns.
    [[nodiscard]] Result<Ok, IoFault> write(Batch batch);

    /// Reads everything and checks every checksum.
    [[nodiscard]] Result<Ok, IoFault> verify_checksums() const;

  private:
    friend class Batch;
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tasdiq::store
