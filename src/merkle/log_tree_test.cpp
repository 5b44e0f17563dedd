#include "merkle/log_tree.hpp"

#include <gtest/gtest.h>

#include "merkle/support_test.hpp"

namespace tasdiq::merkle {
namespace {

using testing::naive_root;
using testing::numbered_leaves;

TEST(LogTree, HashesAsRfc9162Says) {
    EXPECT_EQ(to_hex(empty_root().view()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // Of the reference tree of certificate transparency: the empty entry, and the root of eight.
    EXPECT_EQ(to_hex(hash_leaf({}).view()),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CompactRange range;
    for (const char* entry : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                              "606162636465666768696a6b6c6d6e6f"}) {
        range.append(hash_leaf(*from_hex(entry)));
    }
    EXPECT_EQ(to_hex(range.root().view()),
              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(LeafBatch, HasTheHashesOfItsEntries) {
    LeafBatch batch;
    EXPECT_TRUE(batch.hashes().empty());
    std::vector<MerkleHash> expected;
    for (std::size_t size = 0; size < 200; size += 7) {
        const Bytes entry(size, static_cast<std::uint8_t>(size));
        batch.add(entry);
        expected.push_back(hash_leaf(entry));
        EXPECT_EQ(batch.hashes(), expected) << size;
    }
}

TEST(CompactRange, HasTheRootOfTheRecursiveDefinition) {
    const auto leaves = numbered_leaves(300);
    CompactRange range;
    EXPECT_EQ(range.root(), empty_root());
    EXPECT_EQ(root_of({}), empty_root());
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        range.append(leaves[size - 1]);
        const auto expected = naive_root(std::span{leaves}.first(size));
        ASSERT_EQ(range.size(), size);
        ASSERT_EQ(range.root(), expected) << size;
        ASSERT_EQ(root_of(std::span{leaves}.first(size)), expected) << size;
    }
}

TEST(CompactRange, ReportsEveryCompleteSubtreeOnce) {
    const auto leaves = numbered_leaves(64);
    CompactRange range;
    std::size_t nodes = 0;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        range.append(leaves[i], [&](unsigned level, const MerkleHash& hash) {
            const std::size_t count = std::size_t{1} << level;
            EXPECT_EQ(hash, naive_root(std::span{leaves}.subspan(i + 1 - count, count)));
            ++nodes;
        });
    }
    EXPECT_EQ(nodes, 127);
}

TEST(CompactRange, GoesOnFromItsPeaks) {
    const auto leaves = numbered_leaves(23);
    CompactRange range;
    for (std::size_t i = 0; i < 19; ++i) range.append(leaves[i]);
    auto resumed = CompactRange::from(range.size(), {range.peaks().begin(), range.peaks().end()});
    ASSERT_TRUE(resumed);
    for (std::size_t i = 19; i < 23; ++i) resumed->append(leaves[i]);
    EXPECT_EQ(resumed->head(), (TreeHead{23, naive_root(leaves)}));
}

TEST(CompactRange, RefusesPeaksThatDoNotFitItsSize) {
    EXPECT_TRUE(CompactRange::from(0, {}));
    EXPECT_TRUE(CompactRange::from(3, std::vector<MerkleHash>(2)));
    EXPECT_FALSE(CompactRange::from(0, std::vector<MerkleHash>(1)));
    EXPECT_FALSE(CompactRange::from(3, std::vector<MerkleHash>(1)));
    EXPECT_FALSE(CompactRange::from(4, std::vector<MerkleHash>(2)));
}

}  // namespace
}  // namespace tasdiq::merkle
