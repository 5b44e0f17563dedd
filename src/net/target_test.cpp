#include "net/target.hpp"

#include <gtest/gtest.h>
#include <random>

#include "net/text.hpp"

namespace tasdiq::net {
namespace {

using Texts = std::vector<std::string>;

TEST(Target, SplitsAndDecodesThePathOnce) {
    EXPECT_EQ(parse_target("/")->segments, Texts{});
    EXPECT_EQ(parse_target("/?a=1")->segments, Texts{});
    EXPECT_EQ(parse_target("/a/b")->segments, (Texts{"a", "b"}));
    EXPECT_EQ(parse_target("/a/")->segments, (Texts{"a", ""}));
    EXPECT_EQ(parse_target("/tile/entries/x001/067.p/8")->segments.size(), 5U);
    EXPECT_EQ(parse_target("/%25%32%65")->segments, Texts{"%2e"});  // not decoded a second time
    EXPECT_EQ(parse_target("/%D8%AA+b")->segments, Texts{"\xD8\xAA+b"});
    EXPECT_EQ(parse_target("/a%20b?x")->path, "/a%20b");
    EXPECT_EQ(parse_target("/...")->segments, Texts{"..."});
}

TEST(Target, TakesTheAbsoluteForm) {
    EXPECT_EQ(parse_target("http://node.example:80/a/b?c=d")->path, "/a/b");
    EXPECT_EQ(parse_target("HTTPS://node.example")->path, "/");
    EXPECT_EQ(parse_target("ftp://node.example/").error(), TargetError::kForm);
}

TEST(Target, ReadsTheQuery) {
    const auto target = parse_target("/s?name=%D8%A3+b&empty=&bare&eq=a=b");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->parameter("name"), "\xD8\xA3 b");
    EXPECT_EQ(target->parameter("empty"), "");
    EXPECT_EQ(target->parameter("bare"), "");
    EXPECT_EQ(target->parameter("eq"), "a=b");
    EXPECT_EQ(target->parameter("absent"), std::nullopt);
    EXPECT_TRUE(parse_target("/s?")->query.empty());
}

struct Refused {
    const char* why;
    std::string target;
    TargetError error;
};

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

/// All offences from `first` on, so that each row pins precedence too.
std::string all_from(std::size_t first) {
    const std::string many = repeated("/s", 40);
    const std::vector<std::string> path = {"/%zz", "/%00", "/%ff", "/%2f", "/%2e%2e", "//", many};
    const std::vector<std::string> query = {"=v", "&a=1&a=2", "&" + repeated("p&", 40)};
    std::string text;
    for (std::size_t i = std::min(first, path.size()); i < path.size(); ++i) text += path[i];
    text += text.empty() ? "/?" : "/e?";
    for (std::size_t i = first < path.size() ? 0 : first - path.size(); i < query.size(); ++i) {
        text += query[i];
    }
    return text;
}

const Refused kRefused[] = {
    {"TooLong", repeated("x", 4097), TargetError::kTooLong},
    {"NoSlash", "x\" %zz", TargetError::kForm},
    {"Empty", "", TargetError::kForm},
    {"AsteriskIsNotForHandlers", "*", TargetError::kForm},
    {"Quote", "/\"" + all_from(0), TargetError::kCharacter},
    {"Space", "/a b", TargetError::kCharacter},
    {"RawUtf8", "/\xD8\xAA", TargetError::kCharacter},
    {"RawBackslash", "/a\\b", TargetError::kCharacter},
    {"Fragment", "/a#b", TargetError::kCharacter},
    {"RawNull", std::string{"/a\0b", 4}, TargetError::kCharacter},
    {"Escape", all_from(0), TargetError::kEscape},
    {"EscapeCutOff", "/a%2", TargetError::kEscape},
    {"EscapeAtEnd", "/a%", TargetError::kEscape},
    {"EscapeInQuery", "/a?b=%g0", TargetError::kEscape},
    {"Null", all_from(1), TargetError::kControl},
    {"LineBreakInQuery", "/a?b=%0d%0aSet-Cookie:x", TargetError::kControl},
    {"Delete", "/%7f", TargetError::kControl},
    {"NotUtf8", all_from(2), TargetError::kUtf8},
    {"OverlongSlash", "/%c0%af", TargetError::kUtf8},
    {"OverlongDots", "/%c0%ae%c0%ae/", TargetError::kUtf8},
    {"Surrogate", "/%ed%a0%80", TargetError::kUtf8},
    {"PastUnicode", "/%f4%90%80%80", TargetError::kUtf8},
    {"Separator", all_from(3), TargetError::kSeparator},
    {"HiddenBackslash", "/..%5cetc", TargetError::kSeparator},
    {"HiddenDots", all_from(4), TargetError::kDotSegment},
    {"Dots", "/a/../b", TargetError::kDotSegment},
    {"DotsAtEnd", "/a/..", TargetError::kDotSegment},
    {"HalfHiddenDots", "/.%2E/b", TargetError::kDotSegment},
    {"Dot", "/./a", TargetError::kDotSegment},
    {"EmptySegment", all_from(5), TargetError::kEmptySegment},
    {"TwoSlashes", "//evil.example/", TargetError::kEmptySegment},
    {"TooManySegments", all_from(6), TargetError::kTooManySegments},
    {"NoName", all_from(7), TargetError::kParameterName},
    {"EmptyParameter", "/a?b&&c", TargetError::kParameterName},
    {"Twice", "/?a=1&a=2&" + repeated("p&", 40) + "q", TargetError::kParameterTwice},
    {"TwiceAlone", "/?a=1&%61=2", TargetError::kParameterTwice},
    {"TooManyParameters",
     "/?a0&a1&a2&a3&a4&a5&a6&a7&a8&a9&b0&b1&b2&b3&b4&b5&b6&b7&b8&b9&c0&c1&c2&c3&c4&c5&c6&c7&c8&c9&"
     "d0&d1&d2",
     TargetError::kTooManyParameters},
};

class TargetRefuses : public testing::TestWithParam<Refused> {};

TEST_P(TargetRefuses, ForTheFirstReason) {
    const auto result = parse_target(GetParam().target);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), GetParam().error) << to_string(result.error());
}

INSTANTIATE_TEST_SUITE_P(All, TargetRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Target, AnyEncodedSegmentComesBack) {
    std::mt19937 random{20260101};
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i) text.push_back(static_cast<char>(0x20 + random() % 0x5F));
        std::erase(text, '/');
        std::erase(text, '\\');
        if (text.empty() || text == "." || text == "..") continue;
        const auto target = parse_target("/" + percent_encode(text) + "?q=" + percent_encode(text));
        ASSERT_TRUE(target) << text;
        EXPECT_EQ(target->segments, Texts{text});
        EXPECT_EQ(target->parameter("q"), text);
    }
}

TEST(Text, JsonStringIsValidForAnyBytes) {
    std::string json;
    append_json_string(json, std::string_view{"a\"\\\n\t\x01\x7F\xD8\xAA\xFF\xE2\x82z\0", 14});
    EXPECT_EQ(
        json,
        "\"a\\\"\\\\\\n\\t\\u0001\\u007f\xD8\xAA\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\\u0000\"");
}

TEST(Text, DecimalsGoThereAndBack) {
    std::string text;
    append_decimal(text, std::int64_t{-9'223'372'036'854'775'807 - 1});
    append_decimal(text, std::uint64_t{18'446'744'073'709'551'615U});
    append_decimal(text, std::uint64_t{0});
    EXPECT_EQ(text, "-9223372036854775808184467440737095516150");
    EXPECT_EQ(parse_decimal("00042", 5), 42U);
    EXPECT_FALSE(parse_decimal("000042", 5));
    EXPECT_FALSE(parse_decimal("", 5));
    EXPECT_FALSE(parse_decimal("-1", 5));
    EXPECT_FALSE(parse_decimal("1x", 5));
}

}  // namespace
}  // namespace tasdiq::net
