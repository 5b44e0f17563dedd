#include <gtest/gtest.h>
#include <set>

#include "text/catalogue.hpp"
#include "text/catalogue_texts.hpp"

namespace tasdiq::text {
namespace {

std::multiset<std::string> placeholders(std::string_view text) {
    std::multiset<std::string> found;
    for (std::size_t open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        found.emplace(text.substr(open, text.find('}', open) - open + 1));
    }
    return found;
}

bool has_arabic_letter(std::string_view text) {
    // U+0600–U+06FF are the lead bytes D8–DB in UTF-8.
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xD8 && byte <= 0xDB;
    });
}

TEST(Catalogue, HasEveryTextInThreeLanguagesWithTheSameParameters) {
    for (const CatalogueText& text : catalogue_texts()) {
        EXPECT_FALSE(text.ar.empty() || text.fr.empty() || text.en.empty()) << text.key;
        EXPECT_TRUE(has_arabic_letter(text.ar)) << text.key;
        EXPECT_FALSE(has_arabic_letter(text.fr) || has_arabic_letter(text.en)) << text.key;
        // In Arabic one and two of a thing are words of their own.
        const bool is_in_words = text.key.starts_with("count.") &&
                                 (text.key.ends_with("-one") || text.key.ends_with("-two"));
        if (!is_in_words) EXPECT_EQ(placeholders(text.ar), placeholders(text.en)) << text.key;
        EXPECT_EQ(placeholders(text.fr), placeholders(text.en)) << text.key;
    }
}

TEST(Catalogue, PutsValuesInTheirPlaces) {
    const Parameter parameters[] = {{"shown", "3"}, {"count", "40"}};
    EXPECT_EQ(format("verdict.facts-shown", Language::kEnglish, parameters),
              "3 of 40 facts shown.");
    EXPECT_NE(format("verdict.facts-shown", Language::kArabic, parameters)
                  .find("\u2068"
                        "40\u2069"),
              std::string::npos);
}

TEST(Catalogue, ShowsAnUnknownKeyAndAMissingValueAsTheyAre) {
    EXPECT_EQ(format("no.such-key", Language::kFrench), "no.such-key");
    EXPECT_EQ(format("verdict.as-of", Language::kEnglish), "Status as of {date}.");
}

TEST(Counts, HaveTheFormOfTheirLanguage) {
    EXPECT_EQ(count_text("issues", 1, Language::kEnglish), "1 issue");
    EXPECT_EQ(count_text("issues", 0, Language::kEnglish), "0 issues");
    EXPECT_EQ(count_text("rows", 0, Language::kFrench), "0 ligne");
    EXPECT_EQ(count_text("rows", 1, Language::kFrench), "1 ligne");
    EXPECT_EQ(count_text("rows", 2, Language::kFrench), "2 lignes");
    const auto arabic = [](std::uint64_t count) {
        std::string text = count_text("rows", count, Language::kArabic);
        for (const char* mark : {"\u2068", "\u2069"}) {
            const std::size_t at = text.find(mark);
            if (at != std::string::npos) text.erase(at, 3);
        }
        return text;
    };
    EXPECT_EQ(arabic(1), "سطر واحد");
    EXPECT_EQ(arabic(2), "سطران");
    EXPECT_EQ(arabic(3), "3 أسطر");
    EXPECT_EQ(arabic(10), "10 أسطر");
    EXPECT_EQ(arabic(11), "11 سطرًا");
    EXPECT_EQ(arabic(99), "99 سطرًا");
    EXPECT_EQ(arabic(100), "100 سطر");
    EXPECT_EQ(arabic(103), "103 أسطر");
    EXPECT_EQ(arabic(0), "0 سطر");
}

TEST(Language, IsChosenByWeight) {
    EXPECT_EQ(choose_language("de, fr;q=0.8, ar;q=0.9"), Language::kArabic);
    EXPECT_EQ(choose_language("fr-CA"), Language::kFrench);
    EXPECT_EQ(choose_language("ar;q=0, fr;q=0.001"), Language::kFrench);
    EXPECT_EQ(choose_language(""), Language::kEnglish);
    EXPECT_EQ(choose_language(";;;,q=,ar;q=x"), Language::kEnglish);
    EXPECT_FALSE(parse_language("arc"));
}

TEST(Dates, ReadTheSameInEveryCountry) {
    const Day day = *parse_day("2026-07-01");
    EXPECT_EQ(date_text(day, Language::kFrench), "1er juillet 2026");
    EXPECT_EQ(date_text(day, Language::kEnglish), "1 July 2026");
    EXPECT_EQ(date_text(day, Language::kArabic),
              "\u2068"
              "2026/07/01\u2069");
    EXPECT_EQ(instant_text({86'399}, Language::kEnglish), "1 January 1970 23:59 UTC");
}

TEST(Numbers, AreGroupedByThree) {
    EXPECT_EQ(number_text(1'234'567, Language::kEnglish), "1,234,567");
    EXPECT_EQ(number_text(999, Language::kFrench), "999");
    EXPECT_EQ(number_text(40'000, Language::kFrench), "40\u202f000");
}

}  // namespace
}  // namespace tasdiq::text
