#include "base/result.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace tasdiq {
namespace {

enum class DemoError : std::uint16_t { kOdd = 1, kLarge = 2 };

Result<int, DemoError> half(int value) {
    if (value % 2 != 0) return std::unexpected{DemoError::kOdd};
    return value / 2;
}

Result<Ok, DemoError> check_small(int value) {
    if (value > 8) return std::unexpected{DemoError::kLarge};
    return Ok{};
}

Result<int, DemoError> quarter(int value) {
    TRY(check_small(value));
    TRY(const int once, half(value));
    TRY(const int twice, half(once));
    return twice;
}

TEST(Try, PassesTheFirstErrorOn) {
    EXPECT_EQ(quarter(8), 2);
    EXPECT_EQ(quarter(6).error(), DemoError::kOdd);
    EXPECT_EQ(quarter(12).error(), DemoError::kLarge);
}

using One = TaggedBytes<struct OneTag, 4>;
using Other = TaggedBytes<struct OtherTag, 4>;
static_assert(!std::is_constructible_v<One, Other>);
static_assert(!std::is_convertible_v<One, ByteView>);

TEST(TaggedBytes, TakesExactlyItsSize) {
    EXPECT_FALSE(One::from(as_bytes("abc")));
    EXPECT_FALSE(One::from(as_bytes("abcde")));
    EXPECT_EQ(as_text(One::from(as_bytes("abcd"))->view()), "abcd");
}

TEST(Hex, GoesThereAndBack) {
    EXPECT_EQ(to_hex(*from_hex("00Ff7a")), "00ff7a");
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0g"));
}

}  // namespace
}  // namespace tasdiq
