#include "wire/voids.hpp"

#include <gtest/gtest.h>

namespace tasdiq::wire {
namespace {

constexpr Day kRegistered{20'000};
constexpr Day kRenamed{20'500};

MemberRecord renamed_twice_from_one_day() {
    MemberRecord member{};
    member.names = {{kRegistered, "", "Manar", ""}, {kRenamed, "", "Fake", ""}};
    for (const std::uint64_t index : {10U, 20U}) {
        member.succession.push_back(
            {SuccessionKind::kRenamed, {}, kRenamed, "decree", {index}, {}});
    }
    return member;
}

/// The first renaming was void when the second was recorded, or that had been refused: what it gave
/// is not there any more, whatever is confirmed since.
TEST(Name, CountsAsTheLastRenamingOfItsDay) {
    const MemberRecord member = renamed_twice_from_one_day();
    const auto called = [&](std::initializer_list<std::uint64_t> voided, Day day) {
        return name_on(member, day,
                       [&](const SuccessionItem& item) {
                           return std::ranges::find(voided, item.index.value) != voided.end();
                       })
            .en;
    };
    EXPECT_EQ(called({}, kRenamed), "Fake");
    EXPECT_EQ(called({10}, kRenamed), "Fake");
    EXPECT_EQ(called({20}, kRenamed), "Manar");
    EXPECT_EQ(called({10, 20}, kRenamed), "Manar");
    EXPECT_EQ(called({}, {kRenamed.days - 1}), "Manar");
    EXPECT_EQ(called({20}, {kRegistered.days - 1}), "Manar");
}

}  // namespace
}  // namespace tasdiq::wire
