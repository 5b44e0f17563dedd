#include "codec/invisible.hpp"

#include <gtest/gtest.h>

namespace tasdiq::codec {
namespace {

TEST(Invisible, IsWhatUnicodeSaysIsIgnoredByDefault) {
    for (const int c : {0xAD,   0x34F,  0x61C,   0x115F,  0x1160,  0x17B4,  0x180B, 0x180E,
                        0x180F, 0x200B, 0x200C,  0x200D,  0x200E,  0x200F,  0x202A, 0x202E,
                        0x2060, 0x2069, 0x206F,  0x3164,  0xFE00,  0xFE0F,  0xFEFF, 0xFFA0,
                        0xFFF0, 0xFFF8, 0x1BCA0, 0x1D173, 0xE0000, 0xE0041, 0xE0FFF}) {
        EXPECT_TRUE(is_default_ignorable(static_cast<char32_t>(c))) << c;
    }
    for (const int c : {0x20, 0xAC, 0xAE, 0x61B, 0x61D, 0x640, 0x200A, 0x2010, 0x202F, 0x205F,
                        0x2070, 0x3163, 0xFDFF, 0xFE10, 0xFFF9, 0xE1000}) {
        EXPECT_FALSE(is_default_ignorable(static_cast<char32_t>(c))) << c;
    }
}

TEST(Invisible, IsNoJoinerBehindAnArabicLetter) {
    EXPECT_FALSE(has_invisible("می\u200cخواهم ه\u200d"));
    EXPECT_FALSE(has_invisible("مُ\u200cب"));  // behind its mark
    EXPECT_TRUE(has_invisible("\u200cمحمد"));
    EXPECT_TRUE(has_invisible("Ra\u200dnia"));
    EXPECT_TRUE(has_invisible("محمد \u200c"));
    EXPECT_TRUE(has_invisible("م\u200c\u200c"));  // the second does nothing
    EXPECT_TRUE(has_invisible("شع\u061cبان"));
    EXPECT_FALSE(has_invisible("Université de Gabès, قابس 🎓"));
    EXPECT_FALSE(has_invisible(""));
}

}  // namespace
}  // namespace tasdiq::codec
