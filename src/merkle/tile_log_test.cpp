#include "merkle/tile_log.hpp"

#include <gtest/gtest.h>

#include "merkle/support_test.hpp"

namespace tasdiq::merkle {
namespace {

using testing::MemoryTiles;
using testing::naive_path;
using testing::naive_subproof;
using testing::numbered_leaves;

/// A log of these leaves as tiles, written in batches of `batch`.
TreeHead write_log(std::span<const MerkleHash> leaves, std::size_t batch, MemoryTiles& tiles) {
    LogAppender log;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        log.append(leaves[i]);
        if ((i + 1) % batch == 0) tiles.write(log.take_changed_tiles());
    }
    tiles.write(log.take_changed_tiles());
    return log.head();
}

TEST(LogAppender, WritesTheSameTilesInWhateverBatches) {
    const auto leaves = numbered_leaves(66100);
    MemoryTiles once;
    const TreeHead head = write_log(leaves, leaves.size(), once);
    EXPECT_EQ(head.root, root_of(leaves));
    EXPECT_EQ(once.tiles.size(), 259 + 2 + 1);
    for (const std::size_t batch : std::initializer_list<std::size_t>{1, 7, 256, 1000}) {
        MemoryTiles often;
        EXPECT_EQ(write_log(leaves, batch, often), head);
        EXPECT_EQ(often.tiles, once.tiles);
    }
}

TEST(LogAppender, EmitsExactlyTheNewTiles) {
    const auto leaves = numbered_leaves(1500);
    LogAppender log;
    std::uint64_t before = 0;
    for (const std::size_t step :
         std::initializer_list<std::size_t>{1, 2, 253, 1, 255, 256, 300, 400}) {
        for (std::size_t i = 0; i < step; ++i) log.append(leaves[log.size()]);
        std::vector<TileId> ids;
        for (const Tile& tile : log.take_changed_tiles()) {
            ids.push_back(tile.id);
            EXPECT_EQ(tile.bytes.size(), 32U * tile.id.width);
        }
        EXPECT_EQ(ids, new_tiles(before, log.size())) << before;
        before = log.size();
        EXPECT_EQ(log.take_changed_tiles(), std::vector<Tile>{});
    }
}

TEST(LogAppender, GoesOnFromStoredTiles) {
    const auto leaves = numbered_leaves(900);
    MemoryTiles all;
    const TreeHead end = write_log(leaves, 100, all);
    for (const std::size_t stop :
         std::initializer_list<std::size_t>{0, 1, 255, 256, 257, 512, 700, 900}) {
        MemoryTiles tiles;
        const TreeHead head = write_log(std::span{leaves}.first(stop), 50, tiles);
        auto log = LogAppender::load(head, tiles);
        ASSERT_TRUE(log);
        for (std::size_t i = stop; i < leaves.size(); ++i) log->append(leaves[i]);
        tiles.write(log->take_changed_tiles());
        EXPECT_EQ(log->head(), end);
        EXPECT_EQ(tiles.tiles, all.tiles);
    }
}

TEST(LogAppender, RefusesTilesThatAreNotThoseOfItsHead) {
    const auto leaves = numbered_leaves(600);
    MemoryTiles tiles;
    const TreeHead head = write_log(leaves, 600, tiles);
    tiles.failure = SourceError::kUnavailable;
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kUnavailable);
    tiles.failure.reset();
    EXPECT_EQ(LogAppender::load({600, {}}, tiles).error(), SourceError::kCorrupt);
    EXPECT_EQ(LogAppender::load({0, {}}, tiles).error(), SourceError::kCorrupt);
    EXPECT_EQ(LogAppender::load({900, head.root}, tiles).error(), SourceError::kCorrupt);
    EXPECT_EQ(LogAppender::load({65536, head.root}, tiles).error(), SourceError::kMissing);

    const Bytes good = tiles.tiles[{0, 2}];
    for (std::size_t i = 0; i < good.size(); i += 37) {
        tiles.tiles[{0, 2}][i] ^= 4;
        EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kCorrupt);
        tiles.tiles[{0, 2}] = good;
    }
    tiles.tiles[{0, 2}].pop_back();
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kCorrupt);
    tiles.tiles[{0, 2}].resize(good.size() - 32);
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kCorrupt);
    tiles.tiles[{0, 2}].assign(257 * 32, 0);
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kCorrupt);
    tiles.tiles.erase({1, 0});
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kMissing);
    tiles.tiles[{0, 2}] = good;
    EXPECT_EQ(LogAppender::load(head, tiles).error(), SourceError::kMissing);
}

TEST(TileReader, MakesTheProofsOfTheRecursiveDefinition) {
    const auto leaves = numbered_leaves(66100);
    MemoryTiles tiles;
    write_log(leaves, 1000, tiles);
    testing::Random random{20240611};  // NOLINT: the seed is the test's
    for (const std::size_t size : std::initializer_list<std::size_t>{1, 2, 255, 256, 257, 1000,
                                                                     65535, 65536, 65537, 66100}) {
        const std::span tree = std::span{leaves}.first(size);
        TileReader reader{tiles, size};
        EXPECT_EQ(tree_root(size, reader), root_of(tree));
        for (int i = 0; i < 3; ++i) {
            const std::size_t index = random() % size;
            EXPECT_EQ(inclusion_path(index, size, reader), naive_path(index, tree)) << index;
            EXPECT_EQ(consistency_path(index + 1, size, reader),
                      naive_subproof(index + 1, tree, true))
                << index;
        }
    }
}

TEST(TileReader, LoadsATileOnce) {
    const auto leaves = numbered_leaves(66100);
    MemoryTiles tiles;
    write_log(leaves, 1000, tiles);
    tiles.loads = 0;
    TileReader reader{tiles, leaves.size()};
    ASSERT_TRUE(inclusion_path(300, leaves.size(), reader));
    EXPECT_EQ(tiles.loads, 4);  // its own on both levels, and the right edge's
}

TEST(TileReader, SaysWhyThereIsNoNode) {
    const auto leaves = numbered_leaves(600);
    MemoryTiles tiles;
    write_log(leaves, 600, tiles);
    const auto error = [&](NodeId id) {
        TileReader reader{tiles, 600};
        return reader.node(id).error();
    };
    EXPECT_EQ(error({0, 600}), SourceError::kMissing);  // not in this tree
    EXPECT_EQ(error({9, 1}), SourceError::kMissing);
    EXPECT_EQ(error({64, 0}), SourceError::kMissing);
    tiles.tiles[{0, 2}].resize(87 * 32);  // one hash too few
    EXPECT_EQ(error({0, 512}), SourceError::kCorrupt);
    tiles.tiles[{0, 2}].resize(88 * 32 + 1);
    EXPECT_EQ(error({0, 512}), SourceError::kCorrupt);
    tiles.tiles[{0, 2}].resize(257 * 32);
    EXPECT_EQ(error({0, 512}), SourceError::kCorrupt);
    tiles.tiles.erase({0, 2});
    EXPECT_EQ(error({0, 512}), SourceError::kMissing);
    tiles.failure = SourceError::kUnavailable;
    EXPECT_EQ(error({0, 512}), SourceError::kUnavailable);
}

/// The vectors' own files: checkpoints, tiles and bundles of a log that another implementation
/// wrote.
class FileTiles final : public TileSource {
  public:
    Result<Bytes, SourceError> load(const TileId& id) override {
        const std::string bytes = testing::read_file(root() / tile_path(id));
        if (bytes.empty()) return std::unexpected{SourceError::kMissing};
        return to_bytes(as_bytes(bytes));
    }
    static std::filesystem::path root() { return testing::vectors("tlog-tiles") / "testdata/log"; }
};

TEST(TlogTilesVectors, GiveTheCheckpointsRoots) {
    if (!exists(FileTiles::root())) GTEST_SKIP() << "tlog-tiles vectors are not there";
    FileTiles tiles;
    LogAppender log;
    for (std::uint64_t size = 1; size <= 15; ++size) {
        const std::string checkpoint =
            testing::read_file(FileTiles::root() / ("checkpoint." + std::to_string(size)));
        const auto first = checkpoint.find('\n') + 1;
        const auto second = checkpoint.find('\n', first) + 1;
        EXPECT_EQ(checkpoint.substr(first, second - first - 1), std::to_string(size));
        const auto root = MerkleHash::from(testing::from_base64(
            checkpoint.substr(second, checkpoint.find('\n', second) - second)));
        ASSERT_TRUE(root);

        TileReader reader{tiles, size};
        EXPECT_EQ(tree_root(size, reader), *root);
        const auto bundle = bundle_of(0, size);
        const std::string bytes = testing::read_file(FileTiles::root() / bundle_path(*bundle));
        const auto entries = decode_bundle(as_bytes(bytes), bundle->width);
        ASSERT_TRUE(entries);
        log.append(hash_leaf(entries->back()));
        EXPECT_EQ(log.head(), (TreeHead{size, *root}));
        EXPECT_EQ(log.take_changed_tiles().front().bytes, *tiles.load(*tile_of(0, 0, size)));
    }
}

}  // namespace
}  // namespace tasdiq::merkle
