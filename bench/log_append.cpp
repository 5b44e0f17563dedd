// Log entries appended and durable every 1,000, beside the bare hashing of as many.
//
// usage: log_append [--entries N]
// Prints: entries, wall and CPU seconds of appending, CPU seconds of hashing, memory in MB.
#include <cstdio>

#include "merkle/tile_log.hpp"
#include "store/database.hpp"
#include "whole_process.hpp"

namespace {

using namespace tasdiq;

constexpr std::size_t kBlock = 1'000;
constexpr std::size_t kEntrySize = 112;
constexpr std::size_t kEntriesPerRow = 32;

/// A certificate's entry as long as they get, another one for each number.
Bytes entry_of(std::uint64_t number) {
    Bytes entry;
    append_u64(entry, number);
    entry.resize(kEntrySize, 7);
    return entry;
}

Bytes key_of(std::uint64_t number) {
    Bytes key;
    append_u64(key, number);
    return key;
}

double hashing_cpu_s(std::size_t count) {
    bench::Stopwatch watch;
    watch.start();
    merkle::MerkleHash root;
    for (std::size_t i = 0; i < count; ++i) {
        root = merkle::hash_node(root, merkle::hash_leaf(entry_of(i)));
    }
    watch.stop();
    ENSURE(root != merkle::MerkleHash{});
    return watch.cpu_s();
}

/// A block as the ledger's store writes it: entries in rows, tiles, one synced write.
void append_block(store::Database& database, merkle::LogAppender& log) {
    store::Batch batch{database};
    Bytes row;
    std::size_t in_row = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
        const Bytes entry = entry_of(log.size());
        if (in_row == kEntriesPerRow) {
            batch.put(store::Table::kEntries, key_of(log.size() - in_row), row);
            row.clear();
            in_row = 0;
        }
        append_u16(row, static_cast<std::uint16_t>(entry.size()));
        append(row, entry);
        ++in_row;
        log.append(merkle::hash_leaf(entry));
    }
    batch.put(store::Table::kEntries, key_of(log.size() - in_row), row);
    for (const merkle::Tile& tile : log.take_changed_tiles()) {
        Bytes key{tile.id.level};
        append_u64(key, tile.id.index);
        batch.put(store::Table::kTiles, key, tile.bytes);
    }
    batch.put(store::Table::kMeta, as_bytes("head"), log.head().root.view());
    ENSURE(database.write(std::move(batch)));
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t count = bench::number_option(argc, argv, "--entries", 1'000'000);
    const bench::ScratchFolder folder;
    const auto database = store::Database::create(folder.path() + "/db");
    ENSURE(database);
    merkle::LogAppender log;
    bench::Stopwatch watch;
    watch.start();
    while (log.size() < count) append_block(**database, log);
    watch.stop();
    std::printf("%zu %.3f %.3f %.3f %.1f\n", count, watch.wall_s(), watch.cpu_s(),
                hashing_cpu_s(count), bench::memory_megabytes());
    return 0;
}
