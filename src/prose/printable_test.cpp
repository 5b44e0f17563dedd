#include "prose/printable.hpp"

#include <gtest/gtest.h>

namespace tasdiq::prose {
namespace {

TEST(Printable, KeepsWhatPeopleWriteAndShowsWhatTerminalsObey) {
    EXPECT_EQ(printable("Gabès قابس \U0001F393"), "Gabès قابس \U0001F393");
    EXPECT_EQ(printable("a\tb\nc\x7F"), "a\\u{09}b\\u{0A}c\\u{7F}");
    EXPECT_EQ(printable("\u009B1A\u2028\u2066"), "\\u{9B}1A\\u{2028}\\u{2066}");
    EXPECT_EQ(printable("a\xFF\xE2\x80z"), "a\\xFF\\xE2\\x80z");
    EXPECT_EQ(printable(std::string_view{"\0", 1}), "\\u{00}");
}

TEST(Printable, ShowsWhatLooksLikeNothing) {
    EXPECT_EQ(printable("a\u061C\u00AD\u200B\u200F\u2060\uFEFF\u3164\uFE0F\U000E0041z"),
              "a\\u{61C}\\u{AD}\\u{200B}\\u{200F}\\u{2060}\\u{FEFF}\\u{3164}\\u{FE0F}\\u{E0041}z");
    EXPECT_EQ(printable("Ra\u200Dnia"), "Ra\\u{200D}nia");
    EXPECT_EQ(printable("می\u200Cخواهم ه\u200D"), "می\u200Cخواهم ه\u200D");
    EXPECT_EQ(printable("a\u200B\u2068b\u2069", Extent::kMessage), "a\\u{200B}\u2068b\u2069");
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
