#include "codec/utf8.hpp"

#include <gtest/gtest.h>

namespace tasdiq::codec {
namespace {

/// UTF-16 code units of a code point, from the definition.
std::u16string units_of(char32_t code_point) {
    if (code_point < 0x10000) return {static_cast<char16_t>(code_point)};
    const char32_t rest = code_point - 0x10000;
    return {static_cast<char16_t>(0xD800 + (rest >> 10)),
            static_cast<char16_t>(0xDC00 + (rest & 0x3FF))};
}

TEST(Utf8, GoesThereAndBackForEveryCodePoint) {
    std::string all;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c == 0xD800) c = 0xE000;
        append_utf8(all, c);
    }
    EXPECT_EQ(all.size(), 128U + 2U * 1920 + 3U * (65536 - 2048 - 2048) + 4U * 1048576);
    ASSERT_EQ(utf8_prefix_size(all), all.size());
    std::size_t position = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c == 0xD800) c = 0xE000;
        ASSERT_EQ(next_code_point(all, position), c);
    }
    EXPECT_EQ(position, all.size());
}

struct IllFormed {
    const char* why;
    std::string_view text;
};

constexpr IllFormed kIllFormed[] = {
    {"LoneContinuation", "\x80"},
    {"OverlongTwo", "\xC1\xBF"},
    {"OverlongThree", "\xE0\x9F\xBF"},
    {"OverlongFour", "\xF0\x8F\xBF\xBF"},
    {"Surrogate", "\xED\xA0\x80"},
    {"AboveLast", "\xF4\x90\x80\x80"},
    {"FirstByteF5", "\xF5\x80\x80\x80"},
    {"FirstByteFF", "\xFF"},
    {"TruncatedTwo", "\xC3"},
    {"TruncatedThree", "\xE2\x82"},
    {"TruncatedFour", "\xF0\x9F\x98"},
    {"BadSecond", "\xC3\x28"},
    {"BadThird", "\xE2\x82\x28"},
    {"BadFourth", "\xF0\x9F\x98\x28"},
};

class Utf8Stops : public testing::TestWithParam<IllFormed> {};

TEST_P(Utf8Stops, BeforeTheFirstIllFormedByte) {
    EXPECT_FALSE(is_utf8(GetParam().text));
    // At every place of the eight-byte steps, and with more text behind.
    for (std::size_t before = 0; before < 17; ++before) {
        const std::string start(before, 'a');
        EXPECT_EQ(utf8_prefix_size(start + std::string{GetParam().text}), before);
        EXPECT_EQ(utf8_prefix_size(start + std::string{GetParam().text} + "        "), before);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Utf8Stops, testing::ValuesIn(kIllFormed),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Utf8, TakesTheEndsOfEveryRange) {
    for (const char32_t c :
         {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        std::string text;
        append_utf8(text, c);
        EXPECT_TRUE(is_utf8(text)) << static_cast<unsigned>(c);
    }
}

TEST(Utf8, ComparesLikeUtf16CodeUnits) {
    const char32_t ends[] = {'a',    'b',     0x7F,    0x80,    0x7FF,    0x800,
                             0x20AC, 0xD7FF,  0xE000,  0xEFFF,  0xF000,   0xFB33,
                             0xFFFF, 0x10000, 0x1F600, 0xFFFFF, 0x100000, 0x10FFFF};
    for (const char32_t a : ends) {
        for (const char32_t b : ends) {
            for (const char32_t tail : {U'\0', U'z'}) {
                std::string left = "x";
                std::string right = "x";
                append_utf8(left, a);
                append_utf8(right, b);
                std::u16string left_units = units_of(a);
                if (tail != 0) {
                    append_utf8(left, tail);
                    left_units.push_back(static_cast<char16_t>(tail));
                }
                EXPECT_EQ(compare_utf16(left, right) < 0, left_units < units_of(b));
                EXPECT_EQ(compare_utf16(left, right) > 0, left_units > units_of(b));
            }
        }
    }
}

}  // namespace
}  // namespace tasdiq::codec
