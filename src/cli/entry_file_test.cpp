#include "cli/entry_file.hpp"

#include <gtest/gtest.h>
#include <random>

namespace tasdiq::cli {
namespace {

TEST(EntryFile, GivesBackWhatWasAppendedWhileItGrows) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 dice{seed};
    // Few stretches and bytes are remembered: they replace each other and are forgotten.
    EntryFile file{{.stretches = 3, .remembered_bytes = 40'000}};
    std::vector<Bytes> entries;
    for (int round = 0; round < 200; ++round) {
        for (std::size_t i = dice() % 9; i-- > 0;) {
            entries.emplace_back(dice() % 300, static_cast<std::uint8_t>(dice()));
            file.append(entries.back());
        }
        ASSERT_EQ(file.count(), entries.size());
        EXPECT_EQ(file.entry(entries.size()), std::nullopt);
        for (int i = 0; i < 20 && !entries.empty(); ++i) {
            const std::size_t index = i == 0 ? entries.size() - 1 : dice() % entries.size();
            ASSERT_EQ(file.entry(index), entries[index]) << index;
        }
    }
    EXPECT_FALSE(file.has_failed());
}

TEST(EntryFile, TakesTheLongestAndTheShortestEntry) {
    EntryFile file;
    const Bytes longest(65'535, 7);
    file.append(longest);
    file.append({});
    EXPECT_EQ(file.entry(0), longest);
    EXPECT_EQ(file.entry(1), Bytes{});
}

}  // namespace
}  // namespace tasdiq::cli
