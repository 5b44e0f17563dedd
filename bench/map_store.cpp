// A warm map on disk, updated in batches of 1,000, beside RocksDB's own random writes of as many
// records in batches of 1,000: both synced, in turn.
//
// usage: map_store [--records N] [--batches N]
// Prints: records, updates, wall and CPU seconds of ours, the same of RocksDB's, memory in MB.
#include <algorithm>
#include <cstdio>
#include <random>

#include "merkle/sparse_map.hpp"
#include "store/database.hpp"
#include "whole_process.hpp"

namespace {

using namespace tasdiq;

constexpr std::size_t kBatch = 1'000;
constexpr std::size_t kRecordSize = 100;
constexpr std::size_t kUpdatesPerFlush = 65'536;  // as StoreOptions has it

struct Update {
    merkle::KeyHash key;
    Bytes record;
};

class Updates {
  public:
    /// Every second one is of a key that was given before.
    std::vector<Update> next(bool all_new) {
        std::vector<Update> updates(kBatch);
        for (std::size_t i = 0; i < kBatch; ++i) {
            if (all_new || i % 2 == 0) {
                keys_.push_back(random_key());
                updates[i].key = keys_.back();
            } else {
                updates[i].key = keys_[dice_() % keys_.size()];
            }
            updates[i].record.resize(kRecordSize);
            for (std::uint8_t& byte : updates[i].record) byte = static_cast<std::uint8_t>(dice_());
        }
        // A key twice in one batch is not an update of a map.
        std::ranges::sort(updates, {}, &Update::key);
        const auto twice = std::ranges::unique(updates, {}, &Update::key);
        updates.erase(twice.begin(), twice.end());
        return updates;
    }

  private:
    merkle::KeyHash random_key() {
        std::array<std::uint8_t, merkle::KeyHash::kSize> bytes{};
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(dice_());
        return merkle::KeyHash{bytes};
    }
    std::mt19937_64 dice_{1};
    std::vector<merkle::KeyHash> keys_;
};

/// Records and the map over them, as the ledger's store keeps them.
class MapOnDisk {
  public:
    explicit MapOnDisk(const std::string& folder) : database_{*store::Database::create(folder)} {}

    void update(const std::vector<Update>& updates) {
        std::vector<merkle::MapUpdate> changes;
        store::Batch batch{*database_};
        Bytes journal;
        for (const Update& one : updates) {
            changes.push_back({one.key, merkle::hash_map_value(one.record)});
            batch.put(store::Table::kRecords, one.key.view(), one.record);
            append(journal, one.key.view());
        }
        ENSURE(map_.update(none_, changes));
        since_flush_ += updates.size();
        if (since_flush_ >= kUpdatesPerFlush) {
            flush(batch);
        } else {
            Bytes height;
            append_u64(height, height_++);
            batch.put(store::Table::kJournal, height, journal);
        }
        ENSURE(database_->write(std::move(batch)));
    }

  private:
    void flush(store::Batch& batch) {
        for (const merkle::PageWrite& page : map_.dirty_pages()) {
            batch.put(store::Table::kPages, merkle::encode_page_id(page.id), *page.bytes);
        }
        map_.mark_clean();
        since_flush_ = 0;
    }

    std::unique_ptr<store::Database> database_;
    merkle::SparseMap map_;
    merkle::NoPages none_;  // warm: every page is in memory
    std::size_t since_flush_ = 0;
    std::uint64_t height_ = 0;
};

void write_plain(store::Database& database, const std::vector<Update>& updates) {
    store::Batch batch{database};
    for (const Update& one : updates) {
        batch.put(store::Table::kRecords, one.key.view(), one.record);
    }
    ENSURE(database.write(std::move(batch)));
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t records = bench::number_option(argc, argv, "--records", 200'000);
    const std::size_t batches = bench::number_option(argc, argv, "--batches", 200);
    const bench::ScratchFolder folder;
    MapOnDisk ours{folder.path() + "/ours"};
    const auto plain = store::Database::create(folder.path() + "/plain");
    ENSURE(plain);
    Updates updates;
    for (std::size_t made = 0; made < records; made += kBatch) {
        const auto batch = updates.next(true);
        ours.update(batch);
        write_plain(**plain, batch);
    }
    bench::Stopwatch ours_watch;
    bench::Stopwatch plain_watch;
    std::size_t count = 0;
    for (std::size_t i = 0; i < batches; ++i) {
        const auto batch = updates.next(false);
        count += batch.size();
        ours_watch.start();
        ours.update(batch);
        ours_watch.stop();
        plain_watch.start();
        write_plain(**plain, batch);
        plain_watch.stop();
    }
    std::printf("%zu %zu %.3f %.3f %.3f %.3f %.1f\n", records, count, ours_watch.wall_s(),
                ours_watch.cpu_s(), plain_watch.wall_s(), plain_watch.cpu_s(),
                bench::memory_megabytes());
    return 0;
}
