#include "linked/iri.hpp"

#include <gtest/gtest.h>

#include "linked/rdf.hpp"

namespace tasdiq::linked {
namespace {

TEST(Iri, IsResolvedAsTheExamplesOfTheStandard) {
    struct Example {
        const char* reference;
        const char* expected;
    };
    constexpr Example kExamples[] = {
        // RFC 3986 §5.4
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    for (const auto& [reference, expected] : kExamples) {
        EXPECT_EQ(resolve_iri("http://a/b/c/d;p?q", reference), expected) << reference;
    }
    EXPECT_EQ(resolve_iri("", "../g"), "../g");
}

TEST(Iri, HasASchemeAndNoSpace) {
    for (const char* good : {"urn:x", "http://a", "a+b.c-1:"}) EXPECT_TRUE(has_iri_form(good));
    for (const char* bad : {"", "x", ":x", "1a:x", "a b:c", "urn:a b", "_:b0", "é:x"}) {
        EXPECT_FALSE(has_iri_form(bad)) << bad;
    }
}

TEST(Iri, IsRefusedWithAForbiddenCharacterAnywhere) {
    const std::string good = "urn:~a/\u00E9\u0634?x=%20&y=!$'()*+,;@[]-._#\x7F\u00DC\u00FE";
    EXPECT_TRUE(is_iri_text(good));
    EXPECT_TRUE(has_iri_form(good));
    for (int c = 0; c < 0x80; ++c) {
        const bool is_forbidden = c <= 0x20 || std::string_view{"<>\"{}|^`\\"}.find(
                                                   static_cast<char>(c)) != std::string_view::npos;
        const bool is_space = c == ' ' || ('\t' <= c && c <= '\r');
        for (std::size_t at = 4; at <= good.size(); ++at) {
            std::string text = good;
            text.insert(at, 1, static_cast<char>(c));
            EXPECT_EQ(is_iri_text(text), !is_forbidden) << c << " " << at;
            EXPECT_EQ(has_iri_form(text), !is_space) << c << " " << at;
        }
    }
}

TEST(LanguageTag, HasPartsThatJsonLdLimitsAndNQuadsDoesNot) {
    for (const char* tag : {"ar", "ar-TN", "zh-Hant-TW", "x-12345678", "abcdefgh"}) {
        EXPECT_TRUE(is_language_well_formed(tag)) << tag;
        EXPECT_TRUE(is_language_tag(tag)) << tag;
    }
    for (const char* tag : {"abcdefghi", "ar-123456789"}) {
        EXPECT_FALSE(is_language_well_formed(tag)) << tag;
        EXPECT_TRUE(is_language_tag(tag)) << tag;
    }
    for (const char* tag : {"", "-", "ar-", "-ar", "ar--TN", "a1", "ar_TN", "ar TN", "é"}) {
        EXPECT_FALSE(is_language_well_formed(tag)) << tag;
        EXPECT_FALSE(is_language_tag(tag)) << tag;
    }
}

TEST(Keyword, IsAnAtSignAndLetters) {
    EXPECT_EQ(find_keyword("@type"), Keyword::kType);
    EXPECT_EQ(to_string(find_keyword("@vocab")), "@vocab");
    EXPECT_EQ(find_keyword("@Type"), Keyword::kNone);
    EXPECT_EQ(find_keyword(""), Keyword::kNone);
    EXPECT_TRUE(has_keyword_form("@unknown"));
    for (const char* text : {"@", "type", "@a1", "@a-b"}) EXPECT_FALSE(has_keyword_form(text));
}

}  // namespace
}  // namespace tasdiq::linked
