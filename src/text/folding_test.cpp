#include "text/folding.hpp"

#include <gtest/gtest.h>

namespace tasdiq::text {
namespace {

TEST(Fold, ComparesAsPeopleDo) {
    EXPECT_EQ(fold("  Date_de-NAISSANCE "), "date de naissance");
    EXPECT_EQ(fold("Prénom / Nom"), "prenom nom");
    EXPECT_EQ(fold("إسم الطـالِبة"), fold("اسم الطالبه"));
    EXPECT_EQ(fold("الرقم ٤٢"), "الرقم 42");
    EXPECT_EQ(fold("ÀÂÇÉÈÊËÎÏÔÙÛÜŸ"), fold("aaceeeeiiouuu") + "Ÿ");
}

TEST(Digits, BecomeWestern) {
    EXPECT_EQ(to_western_digits("١٤٫٣٧"), "14.37");
    EXPECT_EQ(to_western_digits("۲۰۲۶"), "2026");
}

TEST(Spaces, AreTidied) {
    EXPECT_EQ(tidy_spaces("\u200f محمد\u00a0 علي\t"), "محمد علي");
    EXPECT_EQ(tidy_spaces(""), "");
}

TEST(Script, IsThatOfTheLetters) {
    EXPECT_EQ(script_of("محمد 2"), TextScript::kArabic);
    EXPECT_EQ(script_of("Aïcha-2"), TextScript::kLatin);
    EXPECT_EQ(script_of("Ali علي"), TextScript::kMixed);
    EXPECT_EQ(script_of("42"), TextScript::kNone);
    EXPECT_EQ(script_of("ⵎⵓⵃⵎⵎⴷ"), TextScript::kTifinagh);
}

TEST(Fold, KeepsMalformedBytesWithoutReadingPastThem) {
    EXPECT_EQ(fold("\xE2\x82"), fold("\xE2\x82"));
    EXPECT_FALSE(fold("\xD8").empty());
}

TEST(Script, OfANameBeginsWithALetter) {
    for (const char* name : {"علي", "Ali", "ʿAlī", "'Abd", "’Abd", "É", "E\u0301", "ⵄⵍⵉ", "d'Or"}) {
        EXPECT_TRUE(begins_with_letter(name)) << name;
    }
    for (const char* name : {"\u0301Rania", "\u064Bعلي", "2 Ali", "(Ali)", "", "'", "-Ali"}) {
        EXPECT_FALSE(begins_with_letter(name)) << name;
    }
}

}  // namespace
}  // namespace tasdiq::text
