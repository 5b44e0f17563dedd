#include "merkle/tile.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tasdiq::merkle {
namespace {

struct PathCase {
    const char* path;
    TileId id;
};

constexpr PathCase kPaths[] = {
    {"tile/0/000", {0, 0, 256}},
    {"tile/0/x001/x234/067", {0, 1234067, 256}},
    {"tile/0/x001/000", {0, 1000, 256}},
    {"tile/1/999.p/1", {1, 999, 1}},
    {"tile/2/x999/x999/999.p/255", {2, 999999999, 255}},
    {"tile/7/000.p/10", {7, 0, 10}},
    {"tile/63/000", {63, 0, 256}},
    {"tile/0/x072/x057/x594/x037/x927/935", {0, (std::uint64_t{1} << 56) - 1, 256}},
};

TEST(TilePath, GoesThereAndBack) {
    for (const PathCase& row : kPaths) {
        EXPECT_EQ(tile_path(row.id), row.path);
        EXPECT_EQ(parse_tile_path(row.path), row.id) << row.path;
    }
    EXPECT_EQ(bundle_path({1234067, 9}), "tile/entries/x001/x234/067.p/9");
    EXPECT_EQ(parse_bundle_path("tile/entries/x001/x234/067.p/9"), (BundleId{1234067, 9}));
    EXPECT_EQ(parse_bundle_path("tile/entries/000"), (BundleId{0, 256}));
    for (std::uint64_t index = 1; index < std::uint64_t{1} << 56; index = index * 7 + 3) {
        EXPECT_EQ(parse_tile_path(tile_path({0, index, 17})), (TileId{0, index, 17}));
    }
}

struct Refused {
    const char* path;
    TileError error;
};

// In the order of TileError; a row also commits every later offence it can.
constexpr Refused kRefusedTiles[] = {
    {"", TileError::kPathPrefix},
    {"til/64/1000.p/0", TileError::kPathPrefix},
    {"/tile/0/000", TileError::kPathPrefix},
    {"tile/", TileError::kPathLevel},
    {"tile/64/x000/1.p/0", TileError::kPathLevel},
    {"tile//000", TileError::kPathLevel},
    {"tile/00/000", TileError::kPathLevel},
    {"tile/01/000", TileError::kPathLevel},
    {"tile/-1/000", TileError::kPathLevel},
    {"tile/entries/000", TileError::kPathLevel},
    {"tile/0", TileError::kPathLevel},
    {"tile/0/", TileError::kPathIndex},
    {"tile/0/1.p/0", TileError::kPathIndex},
    {"tile/0/0000", TileError::kPathIndex},
    {"tile/0/x000/067", TileError::kPathIndex},
    {"tile/0/x000/x001/067", TileError::kPathIndex},
    {"tile/0/001/067", TileError::kPathIndex},
    {"tile/0/x001", TileError::kPathIndex},
    {"tile/0/x001/", TileError::kPathIndex},
    {"tile/0/x001/x067", TileError::kPathIndex},
    {"tile/0/00a", TileError::kPathIndex},
    {"tile/0/000/", TileError::kPathIndex},
    {"tile/0/000.q/1", TileError::kPathIndex},
    {"tile/0/X001/067", TileError::kPathIndex},
    {"tile/0/x072/x057/x594/x037/x927/936.p/0", TileError::kPathIndexTooLarge},
    {"tile/0/x999/x999/x999/x999/x999/x999/x999/999", TileError::kPathIndexTooLarge},
    {"tile/7/001", TileError::kPathIndexTooLarge},
    {"tile/63/001", TileError::kPathIndexTooLarge},
    {"tile/0/000.p/", TileError::kPathWidth},
    {"tile/0/000.p/0", TileError::kPathWidth},
    {"tile/0/000.p/01", TileError::kPathWidth},
    {"tile/0/000.p/256", TileError::kPathWidth},
    {"tile/0/000.p/1000", TileError::kPathWidth},
    {"tile/0/000.p/1/", TileError::kPathWidth},
    {"tile/0/000.p/+1", TileError::kPathWidth},
};

TEST(TilePath, IsRefusedForTheFirstReason) {
    for (const Refused& row : kRefusedTiles) {
        const auto id = parse_tile_path(row.path);
        ASSERT_FALSE(id) << row.path;
        EXPECT_EQ(id.error(), row.error) << row.path << ": " << to_string(id.error());
    }
}

TEST(BundlePath, IsRefusedForTheFirstReason) {
    constexpr Refused kRefused[] = {
        {"tile/0/x000", TileError::kPathPrefix},
        {"tile/entries", TileError::kPathPrefix},
        {"tile/entries/x000/1", TileError::kPathIndex},
        {"tile/entries/x072/x057/x594/x037/x927/936.p/0", TileError::kPathIndexTooLarge},
        {"tile/entries/000.p/0", TileError::kPathWidth},
    };
    for (const Refused& row : kRefused) {
        const auto id = parse_bundle_path(row.path);
        ASSERT_FALSE(id) << row.path;
        EXPECT_EQ(id.error(), row.error) << row.path;
    }
}

TEST(Tile, HasTheWidthThatItsTreeGivesIt) {
    // The example of the specification: 70,000 leaves.
    EXPECT_EQ(tile_of(0, 272, 70000), (TileId{0, 272, 256}));
    EXPECT_EQ(tile_of(0, 273, 70000), (TileId{0, 273, 112}));
    EXPECT_EQ(tile_of(0, 274, 70000), std::nullopt);
    EXPECT_EQ(partial_tiles(70000), (std::vector<TileId>{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}}));
    // And 256: no empty partial tile.
    EXPECT_EQ(tile_of(0, 1, 256), std::nullopt);
    EXPECT_EQ(partial_tiles(256), (std::vector<TileId>{{1, 0, 1}}));
    EXPECT_EQ(partial_tiles(0), std::vector<TileId>{});
    EXPECT_EQ(partial_tiles(UINT64_MAX).size(), 8);
    EXPECT_EQ(tile_of(8, 0, UINT64_MAX), std::nullopt);
    EXPECT_EQ(tile_of(63, 0, UINT64_MAX), std::nullopt);
    EXPECT_EQ(bundle_of(273, 70000), (BundleId{273, 112}));
    EXPECT_EQ(bundle_of(274, 70000), std::nullopt);
}

TEST(NewTiles, AreThoseThatTheOlderTreeHasNot) {
    const std::uint64_t sizes[] = {0, 1, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000};
    const auto all_of = [](std::uint64_t size) {
        std::set<TileId> tiles;
        for (std::uint8_t level = 0; level < 8; ++level) {
            for (std::uint64_t index = 0; const auto tile = tile_of(level, index, size); ++index) {
                tiles.insert(*tile);
            }
        }
        return tiles;
    };
    for (const std::uint64_t older : sizes) {
        for (const std::uint64_t newer : sizes) {
            if (newer < older) continue;
            std::vector<TileId> expected;
            std::ranges::set_difference(all_of(newer), all_of(older), std::back_inserter(expected));
            EXPECT_EQ(new_tiles(older, newer), expected) << older << " " << newer;
        }
    }
}

TEST(Bundle, GoesThereAndBack) {
    const std::vector<Bytes> entries = {{}, {1}, Bytes(kEntrySizeMax, 7), {2, 3}};
    Bytes bundle;
    for (const Bytes& entry : entries) append_entry(bundle, entry);
    const auto decoded = decode_bundle(bundle, entries.size());
    ASSERT_TRUE(decoded);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        EXPECT_TRUE(std::ranges::equal((*decoded)[i], entries[i]));
    }
    EXPECT_TRUE(decode_bundle({}, 0));
}

TEST(Bundle, IsRefusedForTheFirstReason) {
    const Bytes bundle = {0, 1, 7, 0, 0, 0, 2, 8, 9};
    ASSERT_TRUE(decode_bundle(bundle, 3));
    for (std::size_t size = 1; size < bundle.size(); ++size) {
        const bool is_boundary = size == 3 || size == 5;
        const auto decoded = decode_bundle(ByteView{bundle}.first(size), 3);
        ASSERT_FALSE(decoded);
        EXPECT_EQ(decoded.error(),
                  is_boundary ? TileError::kBundleCount : TileError::kBundleTruncated)
            << size;
    }
    EXPECT_EQ(decode_bundle(bundle, 2).error(), TileError::kBundleCount);
    EXPECT_EQ(decode_bundle(bundle, 4).error(), TileError::kBundleCount);
}

TEST(TileError, HasATextForEveryCode) {
    std::set<std::string_view> texts;
    for (const unsigned code : {1U, 2U, 3U, 4U, 5U, 10U, 11U}) {
        texts.insert(to_string(static_cast<TileError>(code)));
    }
    EXPECT_EQ(texts.size(), 7);
}

}  // namespace
}  // namespace tasdiq::merkle
