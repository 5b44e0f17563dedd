#include "merkle/map_page.hpp"

#include <gtest/gtest.h>
#include <set>

#include "merkle/map_fixture_test.hpp"

namespace tasdiq::merkle {
namespace {

using Kind = MapPage::Change::Kind;
using testing::key;
using testing::Random;
using testing::random_bytes;

MapPage::Change leaf_change(const KeyHash& at, unsigned depth) {
    MapPage::Change change;
    change.slot = MapPage::slot_of(at, depth);
    change.kind = Kind::kLeaf;
    change.leaf = {at, {}};
    return change;
}

/// A page of depth 0 with two leaves and a child.
MapPage small_page() {
    std::vector<MapPage::Change> changes;
    changes.push_back(leaf_change(key("000001"), 0));
    changes.push_back(leaf_change(key("0100001"), 0));
    MapPage::Change& child = changes.emplace_back();
    child.slot = 63;
    child.kind = Kind::kChild;
    child.hash.mutable_view()[0] = 9;
    child.child = std::make_unique<MapPage>();
    MapPage page;
    page.apply(changes, 0);
    return page;
}

TEST(PageId, HoldsTheBitsOfItsDepth) {
    KeyHash ones;
    for (std::uint8_t& byte : ones.mutable_view()) byte = 0xff;
    EXPECT_EQ(page_on_path(ones, 0), PageId{});
    EXPECT_EQ(page_on_path(ones, 6), (PageId{6, key("111111")}));
    EXPECT_EQ(page_on_path(ones, 12), (PageId{12, key("111111111111")}));
    EXPECT_EQ(page_on_path(ones, 24), (PageId{24, key(std::string(24, '1'))}));
    EXPECT_EQ(page_on_path(ones, 252), (PageId{252, key(std::string(252, '1'))}));
    EXPECT_EQ(to_hex(encode_page_id(PageId{})), "00");
    EXPECT_EQ(to_hex(encode_page_id(page_on_path(ones, 12))), "0cfff0");
    EXPECT_EQ(encode_page_id(page_on_path(ones, 252)).size(), 33);
}

TEST(PageId, SortsAsItsEncodedForm) {
    const std::uint64_t seed = 7;
    Random random{seed};
    for (int i = 0; i < 500; ++i) {
        const PageId a = page_on_path(random_bytes<KeyHash>(random), random() % 4 * 6);
        const PageId b = page_on_path(random_bytes<KeyHash>(random), random() % 4 * 6);
        EXPECT_EQ(a < b, encode_page_id(a) < encode_page_id(b)) << "seed " << seed;
        EXPECT_EQ(a == b, encode_page_id(a) == encode_page_id(b)) << "seed " << seed;
    }
}

TEST(MapPage, TakesItsSlotFromTheBitsBelowIt) {
    const KeyHash bits = key("000001100010111111010101");
    EXPECT_EQ(MapPage::slot_of(bits, 0), 0b000001);
    EXPECT_EQ(MapPage::slot_of(bits, 6), 0b100010);
    EXPECT_EQ(MapPage::slot_of(bits, 12), 0b111111);
    EXPECT_EQ(MapPage::slot_of(bits, 18), 0b010101);
    EXPECT_EQ(MapPage::slot_of(key(std::string(252, '0') + "1011"), 252), 0b1011);
    EXPECT_EQ(MapPage::levels_at(246), 6);
    EXPECT_EQ(MapPage::levels_at(252), 4);
}

TEST(MapPage, EncodesAsItsSpecificationShows) {
    // The worked example of docs/formats/map-page.md.
    const Bytes bytes = small_page().encode(PageId{});
    EXPECT_EQ(to_hex(bytes),
              "01"
              "8000000000010002"
              "8000000000000000"
              "04" +
                  std::string(62, '0') + std::string(64, '0') + "42" + std::string(62, '0') +
                  std::string(64, '0') + "09" + std::string(62, '0'));
    // One level down, the first byte of a key is partly the page's, and is not omitted yet.
    MapPage deeper;
    std::vector<MapPage::Change> changes;
    changes.push_back(leaf_change(key("111111111111000000"), 12));
    changes.push_back(leaf_change(key("111111111111000001"), 12));
    deeper.apply(changes, 12);
    EXPECT_EQ(to_hex(deeper.encode(page_on_path(changes[0].leaf.key, 12))),
              "01"
              "0000000000000003"
              "0000000000000000"
              "f0" +
                  std::string(60, '0') + std::string(64, '0') + "f04" + std::string(59, '0') +
                  std::string(64, '0'));
}

TEST(MapPage, DecodesWhatItEncodes) {
    const std::uint64_t seed = 11;
    Random random{seed};
    for (unsigned round = 0; round < 200; ++round) {
        const unsigned depth = random() % 43 * 6;
        const PageId id = page_on_path(random_bytes<KeyHash>(random), depth);
        MapPage page;
        std::vector<MapPage::Change> changes;
        for (unsigned slot = 0; slot < 1U << MapPage::levels_at(depth); ++slot) {
            if (random() % 64 > round % 70 && slot > 1) continue;
            KeyHash at = random_bytes<KeyHash>(random);
            for (unsigned bit = 0; bit < depth + MapPage::levels_at(depth); ++bit) {
                const unsigned value =
                    bit < depth ? key_bit(id.prefix, bit)
                                : slot >> (depth + MapPage::levels_at(depth) - 1 - bit) & 1U;
                std::uint8_t& byte = at.mutable_view()[bit / 8];
                const auto mask = static_cast<std::uint8_t>(128 >> bit % 8);
                byte = static_cast<std::uint8_t>(value != 0 ? byte | mask : byte & ~mask);
            }
            changes.push_back(leaf_change(at, depth));
            if (depth != 252 && random() % 3 == 0) {
                changes.back().kind = Kind::kChild;
                changes.back().hash = random_bytes<MapHash>(random);
                changes.back().child = std::make_unique<MapPage>();
            }
        }
        const MapHash hash = page.apply(changes, depth);
        const Bytes bytes = page.encode(id);
        const auto decoded = MapPage::decode(id, bytes);
        ASSERT_TRUE(decoded) << "seed " << seed << " " << to_string(decoded.error());
        EXPECT_EQ(decoded->node_hash(1, depth), hash) << "seed " << seed;
        EXPECT_EQ(decoded->encode(id), bytes) << "seed " << seed;
    }
}

// In the order of PageError; each also commits every later offence it can.
TEST(MapPage, IsRefusedForTheFirstReason) {
    const Bytes good = small_page().encode(PageId{});
    ASSERT_TRUE(MapPage::decode(PageId{}, good));
    const auto error = [](const PageId& id, Bytes bytes) {
        const auto page = MapPage::decode(id, bytes);
        return page ? PageError{} : page.error();
    };
    const auto with = [&](std::size_t at, std::uint8_t value) {
        Bytes bytes = good;
        bytes[at] = value;
        return bytes;
    };
    EXPECT_EQ(error({}, {}), PageError::kVersion);
    EXPECT_EQ(error({}, with(0, 2)), PageError::kVersion);
    EXPECT_EQ(error({}, {2, 0}), PageError::kVersion);
    for (std::size_t size = 1; size < good.size(); ++size) {
        EXPECT_EQ(error({}, Bytes(good.begin(), good.begin() + static_cast<long>(size))),
                  PageError::kTruncated);
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_EQ(error({}, longer), PageError::kTrailing);

    const PageId deepest = page_on_path({}, 252);
    const Bytes header = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Bytes sixteenth = header;
    sixteenth[6] = 1;  // slot 16, and nothing is said of children: the size of one leaf
    sixteenth.resize(header.size() + 64 - 31);
    EXPECT_EQ(error(deepest, sixteenth), PageError::kSlotOutOfRange);
    EXPECT_EQ(error({}, with(16, 8)), PageError::kChildNotOccupied);
    Bytes too_deep = header;
    too_deep[8] = too_deep[16] = 1;
    too_deep.resize(header.size() + 32);
    EXPECT_EQ(error(deepest, too_deep), PageError::kChildTooDeep);
    EXPECT_EQ(error({}, header), PageError::kTooFewRecords);
    EXPECT_EQ(error(page_on_path({}, 6), header), PageError::kTooFewRecords);
    Bytes lone = header;
    lone[8] = 2;
    lone.resize(header.size() + 64);
    lone[17] = 0x80;
    EXPECT_EQ(error(page_on_path({}, 6), lone), PageError::kTooFewRecords);
    EXPECT_EQ(error({}, lone), PageError::kLeafElsewhere);
    EXPECT_EQ(error({}, with(17, 0x08)), PageError::kLeafElsewhere);

    // The byte that the page's own bits share with the slot: both parts are checked.
    MapPage page;
    std::vector<MapPage::Change> changes;
    changes.push_back(leaf_change(key("111111000000"), 6));
    changes.push_back(leaf_change(key("111111000001"), 6));
    page.apply(changes, 6);
    const PageId id = page_on_path(key("111111"), 6);
    Bytes other = page.encode(id);
    ASSERT_TRUE(MapPage::decode(id, other));
    EXPECT_EQ(error(page_on_path(key("111110"), 6), other), PageError::kLeafElsewhere);
}

TEST(PageError, HasATextForEveryCode) {
    std::set<std::string_view> texts;
    for (unsigned code = 1; code <= 8; ++code) {
        texts.insert(to_string(static_cast<PageError>(code)));
    }
    EXPECT_EQ(texts.size(), 8);
}

}  // namespace
}  // namespace tasdiq::merkle
