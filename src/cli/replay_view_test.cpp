#include "cli/replay_view.hpp"

#include <gtest/gtest.h>

namespace tasdiq::cli {
namespace {

wire::Commitment commitment_of(std::size_t number) {
    wire::Commitment commitment;
    const auto bytes = commitment.mutable_view();
    for (std::size_t i = bytes.size(); number != 0; number >>= 8) {
        bytes[--i] = static_cast<std::uint8_t>(number);
    }
    return commitment;
}

TEST(CommitmentIndex, IsNotSlowedByCommitmentsThatBeginAlike) {
    constexpr std::size_t kCount = 5'000;
    CommitmentIndex index;
    std::size_t looked_at = 0;
    for (std::size_t number = 1; number <= kCount; ++number) {
        const auto is_it = [&](wire::LogIndex candidate) {
            ++looked_at;
            return candidate.value == number;
        };
        EXPECT_FALSE(index.find(commitment_of(number), is_it));
        index.insert(commitment_of(number), {number});
        EXPECT_EQ(index.find(commitment_of(number), is_it), wire::LogIndex{number});
    }
    EXPECT_EQ(looked_at, kCount);
}

}  // namespace
}  // namespace tasdiq::cli
