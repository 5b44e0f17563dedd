#include "prose/printable.hpp"

#include <gtest/gtest.h>

namespace tasdiq::prose {
namespace {

TEST(Printable, KeepsWhatPeopleWriteAndShowsWhatTerminalsObey) {
    EXPECT_EQ(printable("Gabès قابس \u200F\U0001F393"), "Gabès قابس \u200F\U0001F393");
    EXPECT_EQ(printable("a\tb\nc\x7F"), "a\\u{09}b\\u{0A}c\\u{7F}");
    EXPECT_EQ(printable("\u009B1A\u2028\u2066"), "\\u{9B}1A\\u{2028}\\u{2066}");
    EXPECT_EQ(printable("a\xFF\xE2\x80z"), "a\\xFF\\xE2\\x80z");
    EXPECT_EQ(printable(std::string_view{"\0", 1}), "\\u{00}");
}

TEST(Printable, LeavesLinesAndIsolatesOfAMessage) {
    EXPECT_EQ(printable("a\n\u2068b\u2069", Extent::kMessage), "a\n\u2068b\u2069");
    EXPECT_EQ(printable("a\x1B[m\u202E\r", Extent::kMessage), "a\\u{1B}[m\\u{202E}\\u{0D}");
}

TEST(Printable, JsonTextIsUtf8) {
    EXPECT_EQ(to_utf8("a\xFF\xFEz"), "a\uFFFD\uFFFDz");
    EXPECT_EQ(to_utf8("قابس\n"), "قابس\n");
}

}  // namespace
}  // namespace tasdiq::prose
