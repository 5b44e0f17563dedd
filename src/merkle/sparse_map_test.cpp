#include "merkle/sparse_map.hpp"

#include <gtest/gtest.h>
#include <set>

#include "merkle/support_test.hpp"

namespace tasdiq::merkle {
namespace {

using testing::MemoryPages;
using testing::naive_map_root;
using testing::Random;
using testing::random_bytes;
using testing::Records;

std::vector<MapUpdate> updates_of(const Records& records) {
    std::vector<MapUpdate> updates;
    for (const auto& [key, value] : records) updates.push_back({key, value});
    return updates;
}

/// Keys that often share many bits: only the first and the last few bytes differ at all.
KeyHash close_key(Random& random) {
    KeyHash key;
    const auto bytes = key.mutable_view();
    bytes[0] = static_cast<std::uint8_t>(random() % 4 * 64);
    const std::size_t at = random() % 3 == 0 ? 31 : random() % 32;
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ random() % 16);
    return key;
}

TEST(SparseMap, HasTheRootsOfJmt) {
    if (!exists(testing::vectors("jmt"))) GTEST_SKIP() << "jmt vectors are not there";
    const std::string json = testing::read_file(testing::vectors("jmt") / "sha2_256_vectors.json");
    std::size_t count = 0;
    for (auto at = json.find("expected_root"); at != std::string::npos;) {
        const auto end = json.find("expected_root", at + 1);
        std::string_view vector = std::string_view{json}.substr(at - 1, end - at);
        Records records;
        const std::string root = testing::json_member(vector, "expected_root");
        for (auto key = vector.find("\"key\""); key != vector.npos; key = vector.find("\"key\"")) {
            vector.remove_prefix(key);
            records[hash_map_key(*from_hex(testing::json_member(vector, "key")))] =
                hash_map_value(*from_hex(testing::json_member(vector, "value")));
            vector.remove_prefix(1);
        }
        NoPages none;
        SparseMap map;
        const auto computed = map.update(none, updates_of(records));
        ASSERT_TRUE(computed);
        EXPECT_EQ(to_hex(computed->view()), root);
        EXPECT_EQ(naive_map_root(records), *computed);
        ++count;
        at = end;
    }
    EXPECT_EQ(count, 3);
}

TEST(SparseMap, IsTheDefinitionForAnyUpdatesInAnyBatches) {
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random{seed};
        const bool is_close = seed % 2 == 0;
        const std::size_t keys_max = seed % 3 == 0 ? 30 : 400;
        std::vector<KeyHash> keys;
        while (keys.size() < keys_max) {
            keys.push_back(is_close ? close_key(random) : random_bytes<KeyHash>(random));
        }
        MemoryPages pages;
        SparseMap map;
        Records records;
        for (int round = 0; round < 40; ++round) {
            std::map<KeyHash, std::optional<ValueHash>> batch;
            const std::size_t size = random() % (seed % 5 == 0 ? 5 : 60);
            const bool mostly_deletes = round % 10 > 6;
            while (batch.size() < size && batch.size() < keys.size() / 2) {
                const KeyHash& key = keys[random() % keys.size()];
                const bool deletes = random() % 10 < (mostly_deletes ? 9 : 2);
                batch[key] = deletes ? std::optional<ValueHash>{} : random_bytes<ValueHash>(random);
            }
            std::vector<MapUpdate> updates;
            for (const auto& [key, value] : batch) {
                updates.push_back({key, value});
                if (value) {
                    records[key] = *value;
                } else {
                    records.erase(key);
                }
            }
            std::ranges::shuffle(updates, random);
            const auto root = map.update(pages, updates);
            ASSERT_TRUE(root) << to_string(root.error());
            ASSERT_EQ(*root, naive_map_root(records)) << "round " << round;
            ASSERT_EQ(map.root(), *root);

            switch (random() % 4) {  // what a store may do in between
                case 0: break;
                case 1: map.evict(0); break;  // drops nothing dirty
                case 2:
                    pages.write(map.dirty_pages());
                    map.mark_clean();
                    map.evict(random() % 3 == 0 ? 0 : map.cached_bytes() / 2);
                    break;
                case 3:
                    pages.write(map.dirty_pages());
                    map = SparseMap{*root};
                    break;
            }
        }
        for (const KeyHash& key : keys) {
            const auto place = records.find(key);
            const auto expected =
                place == records.end() ? std::optional<ValueHash>{} : std::optional{place->second};
            EXPECT_EQ(*map.find(pages, key), expected);
        }
    }
}

TEST(SparseMap, StoresTheSamePagesWhateverItsHistory) {
    const std::uint64_t seed = 99;
    Random random{seed};
    Records records;
    for (int i = 0; i < 3000; ++i) {
        records[i % 3 == 0 ? close_key(random) : random_bytes<KeyHash>(random)] =
            random_bytes<ValueHash>(random);
    }
    MemoryPages once;
    SparseMap at_once;
    ASSERT_TRUE(at_once.update(once, updates_of(records)));
    once.write(at_once.dirty_pages());

    MemoryPages often;
    SparseMap in_pieces;
    auto updates = updates_of(records);
    std::ranges::shuffle(updates, random);
    for (int i = 0; i < 500; ++i) updates.push_back({random_bytes<KeyHash>(random), ValueHash{}});
    const std::size_t extra = updates.size() - 500;
    for (std::size_t i = 0; i < updates.size(); i += 97) {
        const std::size_t size = std::min<std::size_t>(97, updates.size() - i);
        ASSERT_TRUE(in_pieces.update(often, std::span{updates}.subspan(i, size)));
        often.write(in_pieces.dirty_pages());
        in_pieces.mark_clean();
        if (i % 5 == 0) in_pieces.evict(0);
    }
    for (std::size_t i = extra; i < updates.size(); ++i) updates[i].value.reset();
    ASSERT_TRUE(in_pieces.update(often, std::span{updates}.subspan(extra)));
    often.write(in_pieces.dirty_pages());
    EXPECT_EQ(in_pieces.root(), at_once.root()) << "seed " << seed;
    EXPECT_EQ(often.pages, once.pages) << "seed " << seed;
}

TEST(SparseMap, WritesOnlyWhatChanged) {
    Random random{5};
    Records records;
    while (records.size() < 5000) records[random_bytes<KeyHash>(random)] = {};
    MemoryPages pages;
    SparseMap map;
    ASSERT_TRUE(map.update(pages, updates_of(records)));
    pages.write(map.dirty_pages());
    map.mark_clean();
    EXPECT_TRUE(map.dirty_pages().empty());

    const MapRoot before = map.root();
    const KeyHash known = records.begin()->first;
    const MapUpdate idle[] = {{known, ValueHash{}}, {random_bytes<KeyHash>(random), {}}};
    EXPECT_EQ(*map.update(pages, idle), before);
    EXPECT_EQ(*map.update(pages, {}), before);
    EXPECT_TRUE(map.dirty_pages().empty());

    const MapUpdate one[] = {{known, random_bytes<ValueHash>(random)}};
    EXPECT_NE(*map.update(pages, one), before);
    EXPECT_LE(map.dirty_pages().size(), 4);
    const MapUpdate back[] = {{known, ValueHash{}}};
    EXPECT_EQ(*map.update(pages, back), before);
}

TEST(SparseMap, EvictsWhatWasUnusedForLongest) {
    Random random{6};
    Records records;
    while (records.size() < 20000) records[random_bytes<KeyHash>(random)] = {};
    MemoryPages pages;
    SparseMap map;
    ASSERT_TRUE(map.update(pages, updates_of(records)));
    const std::size_t all = map.cached_bytes();
    map.evict(0);
    EXPECT_EQ(map.cached_bytes(), all);  // dirty
    pages.write(map.dirty_pages());
    map.mark_clean();

    const KeyHash recent = records.begin()->first;
    ASSERT_TRUE(map.find(pages, recent));
    map.evict(all / 2);
    EXPECT_LE(map.cached_bytes(), all / 2 - all / 2 / 8);
    pages.loads = 0;
    ASSERT_TRUE(map.find(pages, recent));
    EXPECT_EQ(pages.loads, 0);
    const std::size_t kept = map.cached_bytes();
    map.evict(kept);
    EXPECT_EQ(map.cached_bytes(), kept);
    map.evict(0);
    EXPECT_EQ(map.cached_bytes(), 0);
    for (const auto& [key, value] : records) ASSERT_EQ(*map.find(pages, key), value);
    EXPECT_EQ(pages.loads, pages.pages.size());
    EXPECT_LE(map.cached_bytes(), all);
}

TEST(SparseMap, HoldsTheRootOfOneRecordAndOfNone) {
    MemoryPages pages;
    SparseMap map;
    EXPECT_EQ(to_hex(map.root().view()),
              "5350415253455f4d45524b4c455f504c414345484f4c4445525f484153485f5f");
    const MapLeaf leaf{hash_map_key(as_bytes("k")), hash_map_value(as_bytes("v"))};
    const MapUpdate set[] = {{leaf.key, leaf.value}};
    EXPECT_EQ(*map.update(pages, set), to_root(hash_map_leaf(leaf)));
    pages.write(map.dirty_pages());
    map.mark_clean();
    EXPECT_EQ(pages.pages.size(), 1);
    const MapUpdate erase[] = {{leaf.key, {}}};
    EXPECT_EQ(*map.update(pages, erase), empty_map_root());
    pages.write(map.dirty_pages());
    EXPECT_TRUE(pages.pages.empty());
    EXPECT_EQ(*map.update(pages, set), to_root(hash_map_leaf(leaf)));
    pages.write(map.dirty_pages());
    EXPECT_EQ(pages.pages.size(), 1);
}

/// A stored map of a few hundred records, and one of its keys three pages deep.
struct Stored {
    MemoryPages pages;
    Records records;
    MapRoot root;

    Stored() {
        Random random{77};
        while (records.size() < 500) {
            records[random_bytes<KeyHash>(random)] = random_bytes<ValueHash>(random);
        }
        SparseMap map;
        root = *map.update(pages, updates_of(records));
        pages.write(map.dirty_pages());
    }
};

TEST(SparseMap, DetectsEveryDamagedBitOfAPage) {
    Stored stored;
    const KeyHash key = stored.records.begin()->first;
    for (const unsigned depth : {0U, 6U}) {
        const PageId id = page_on_path(key, depth);
        ASSERT_TRUE(stored.pages.pages.contains(id));
        Bytes& bytes = stored.pages.pages[id];
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            SparseMap map{stored.root};
            const auto found = map.find(stored.pages, key);
            ASSERT_FALSE(found) << bit;
            EXPECT_TRUE(found.error() == MapError::kPageMalformed ||
                        found.error() == MapError::kPageHash);
            bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        }
    }
}

TEST(SparseMap, SaysWhyAPageCouldNotBeHadAndChangesNothing) {
    Stored stored;
    const KeyHash key = stored.records.begin()->first;
    const PageId id = page_on_path(key, 6);
    const Bytes good = stored.pages.pages[id];
    SparseMap map{stored.root};
    const MapUpdate updates[] = {{key, ValueHash{}}, {KeyHash{}, ValueHash{}}};
    const auto check = [&](MapError error) {
        EXPECT_EQ(map.find(stored.pages, key).error(), error);
        EXPECT_EQ(map.update(stored.pages, updates).error(), error);
        EXPECT_EQ(map.prove(stored.pages, std::span{&key, 1}).error(), error);
        EXPECT_EQ(map.prove_key(stored.pages, key).error(), error);
        EXPECT_EQ(map.root(), stored.root);
        EXPECT_TRUE(map.dirty_pages().empty());
    };
    stored.pages.failure = SourceError::kUnavailable;
    check(MapError::kPageUnavailable);
    stored.pages.failure = SourceError::kCorrupt;
    check(MapError::kPageCorrupt);
    stored.pages.failure.reset();
    stored.pages.pages.erase(id);
    check(MapError::kPageMissing);
    stored.pages.pages[id] = good;
    stored.pages.pages[id].push_back(0);
    check(MapError::kPageMalformed);
    stored.pages.pages[id] = good;
    stored.pages.pages[id].back() ^= 1;
    check(MapError::kPageHash);

    // A stale page is as good as a damaged one.
    SparseMap newer{stored.root};
    stored.pages.pages[id] = good;
    ASSERT_TRUE(newer.update(stored.pages, updates));
    stored.pages.write(newer.dirty_pages());
    check(MapError::kPageHash);
    stored.pages.pages[id] = good;
    SparseMap reopened{newer.root()};
    EXPECT_EQ(reopened.find(stored.pages, key).error(), MapError::kPageHash);
}

TEST(SparseMap, RefusesAKeyTwice) {
    SparseMap map;
    MemoryPages pages;
    pages.failure = SourceError::kUnavailable;  // the later offence
    const MapUpdate updates[] = {{KeyHash{}, ValueHash{}}, {KeyHash{}, {}}};
    EXPECT_EQ(map.update(pages, updates).error(), MapError::kDuplicateKey);
    EXPECT_EQ(map.root(), empty_map_root());
}

TEST(MapError, HasATextForEveryCode) {
    std::set<std::string_view> texts;
    for (const unsigned code : {1U, 2U, 3U, 10U, 11U, 12U, 13U, 14U}) {
        texts.insert(to_string(static_cast<MapError>(code)));
    }
    EXPECT_EQ(texts.size(), 8);
}

}  // namespace
}  // namespace tasdiq::merkle
