#include <gtest/gtest.h>

#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "codec/test_files.hpp"

namespace tasdiq::codec {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string many_keys(std::string_view last) {
    std::string text = "{";
    for (int i = 0; i < 40; ++i) text += "\"k" + std::to_string(i) + "\":0,";
    return text + "\"" + std::string{last} + "\":0}";
}

struct Rejected {
    const char* why;
    std::string text;
    JsonError error;
    std::size_t offset;
};

const Rejected kRejected[] = {
    {"TooLarge", "\"" + std::string(1 << 20, 'a'), JsonError::kTooLarge, 1 << 20},
    {"Latin1", "\"caf\xE9\"", JsonError::kInvalidUtf8, 4},
    {"Overlong", "\"\xC0\x80\"", JsonError::kInvalidUtf8, 1},
    {"SurrogateInUtf8", "\"ab\xED\xA0\x80\"", JsonError::kInvalidUtf8, 3},
    {"CharacterCutByTheEnd", "\"\xD8", JsonError::kInvalidUtf8, 1},
    {"Utf8BeforeControl", "\"\xFF\n\"", JsonError::kInvalidUtf8, 1},
    {"ByteOrderMark", "\xEF\xBB\xBF{}", JsonError::kByteOrderMark, 0},
    {"Nothing", "", JsonError::kUnexpectedEnd, 0},
    {"OnlySpace", " \t\r\n", JsonError::kUnexpectedEnd, 4},
    {"OpenArray", "[1", JsonError::kUnexpectedEnd, 2},
    {"OpenArrayAfterComma", "[1,", JsonError::kUnexpectedEnd, 3},
    {"OpenObject", "{", JsonError::kUnexpectedEnd, 1},
    {"OpenMember", "{\"a\"", JsonError::kUnexpectedEnd, 4},
    {"OpenString", "\"a", JsonError::kUnexpectedEnd, 2},
    {"OpenEscape", "\"\\", JsonError::kUnexpectedEnd, 2},
    {"OpenHex", "\"\\u00", JsonError::kUnexpectedEnd, 5},
    {"OpenWord", "tru", JsonError::kUnexpectedEnd, 3},
    {"OpenNumber", "-", JsonError::kUnexpectedEnd, 1},
    {"OpenFraction", "1.", JsonError::kUnexpectedEnd, 2},
    {"OpenExponent", "1e-", JsonError::kUnexpectedEnd, 3},
    {"Word", "trUe", JsonError::kUnexpectedCharacter, 2},
    {"NotANumber", "NaN", JsonError::kUnexpectedCharacter, 0},
    {"Plus", "+1", JsonError::kUnexpectedCharacter, 0},
    {"LeadingPoint", ".5", JsonError::kUnexpectedCharacter, 0},
    {"SingleQuotes", "['a']", JsonError::kUnexpectedCharacter, 1},
    {"CommaFirst", "[,1]", JsonError::kUnexpectedCharacter, 1},
    {"CommaLast", "[1,]", JsonError::kUnexpectedCharacter, 3},
    {"CommaLastInObject", "{\"a\":1,}", JsonError::kUnexpectedCharacter, 7},
    {"NumberAsKey", "{1:2}", JsonError::kUnexpectedCharacter, 1},
    {"NoColon", "{\"a\" 1}", JsonError::kUnexpectedCharacter, 5},
    {"NoComma", "[1 2]", JsonError::kUnexpectedCharacter, 3},
    {"Comment", "[/**/]", JsonError::kUnexpectedCharacter, 1},
    {"VerticalTab", "\v1", JsonError::kUnexpectedCharacter, 0},
    {"NoBreakSpace", "\u00A01", JsonError::kUnexpectedCharacter, 0},
    {"LeadingZero", "01", JsonError::kInvalidNumber, 0},
    {"LeadingZeroNegative", "-012", JsonError::kInvalidNumber, 1},
    {"MinusLetter", "-a", JsonError::kInvalidNumber, 1},
    {"PointWithoutDigit", "[1.]", JsonError::kInvalidNumber, 3},
    {"ExponentWithoutDigit", "[1e]", JsonError::kInvalidNumber, 3},
    {"LineInString", "\"a\nb\"", JsonError::kControlCharacter, 2},
    {"NulInString", "\"a\0b\""s, JsonError::kControlCharacter, 2},
    {"ControlFarInString", "\"0123456789abcdef\x1F\"", JsonError::kControlCharacter, 17},
    {"UnknownEscape", "\"a\\x41\"", JsonError::kInvalidEscape, 2},
    {"EscapedNewline", "\"\\\n\"", JsonError::kInvalidEscape, 1},
    {"BadHex", "\"\\u00g0\"", JsonError::kInvalidEscape, 1},
    {"BadSecondHex", "\"\\ud800\\uzzzz\"", JsonError::kInvalidEscape, 7},
    {"HighAlone", "\"\\ud800\"", JsonError::kLoneSurrogate, 1},
    {"HighBeforeText", "\"\\ud800abcdef\"", JsonError::kLoneSurrogate, 1},
    {"HighTwice", "\"\\ud800\\ud800\"", JsonError::kLoneSurrogate, 1},
    {"HighBeforeOther", "\"\\ud800\\u0041\"", JsonError::kLoneSurrogate, 1},
    {"LowAlone", "\"x\\udc00\"", JsonError::kLoneSurrogate, 2},
    {"LowBeforeHigh", "\"\\udc00\\ud800\"", JsonError::kLoneSurrogate, 1},
    {"TwoValues", "{} {}", JsonError::kTrailingText, 3},
    {"TrailingComma", "1,", JsonError::kTrailingText, 1},
    {"TrailingNul", "1\0"s, JsonError::kTrailingText, 1},
    {"TooDeep", nested(65), JsonError::kTooDeep, 64},
    {"TooDeepInObjects", "{\"a\":" + nested(64) + "}", JsonError::kTooDeep, 68},
    {"DuplicateKey", R"({"a":1,"b":2,"a":3})", JsonError::kDuplicateKey, 13},
    {"DuplicateKeyEscaped", R"({"a":1,"\u0061":1})", JsonError::kDuplicateKey, 7},
    {"DuplicateKeyInside", R"([{"x":{"":1,"":1}}])", JsonError::kDuplicateKey, 12},
    {"DuplicateKeyAmongMany", many_keys("k7"), JsonError::kDuplicateKey, many_keys("").size() - 5},
    {"DuplicateKeyAfterTheObject", R"({"a":1,"a":1,01})", JsonError::kUnexpectedCharacter, 13},
    {"IntegerTooLarge", "[9007199254740992]", JsonError::kIntegerTooLarge, 1},
    {"IntegerTooSmall", "-9007199254740992", JsonError::kIntegerTooLarge, 0},
    {"IntegerMuchTooLarge", std::string(400, '9'), JsonError::kIntegerTooLarge, 0},
    {"IntegerByExponent", "[1e20]", JsonError::kIntegerTooLarge, 1},
    {"IntegerByFraction", "9007199254740992.0", JsonError::kIntegerTooLarge, 0},
    {"NumberTooLarge", "[1e309]", JsonError::kNumberTooLarge, 1},
    {"NumberTooSmall", "-1.0e400", JsonError::kNumberTooLarge, 0},
};

class JsonReaderRejects : public testing::TestWithParam<Rejected> {};

TEST_P(JsonReaderRejects, ForTheFirstReasonAtItsPlace) {
    const auto result = parse_json(GetParam().text);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().error, GetParam().error) << to_string(result.error().error);
    EXPECT_EQ(result.error().offset, GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(All, JsonReaderRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

Json parsed(std::string_view text) {
    auto result = parse_json(text);
    EXPECT_TRUE(result) << text;
    return result ? *std::move(result) : Json{};
}

TEST(JsonReader, ReadsStrings) {
    EXPECT_EQ(parsed(R"("")").as_string(), "");
    EXPECT_EQ(parsed(R"("\"\\\/\b\f\n\r\t")").as_string(), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(parsed(R"("\u0000\u00e9\u20AC\uD83D\uDE00")").as_string(),
              "\0\u00e9\u20AC\U0001F600"sv);
    EXPECT_EQ(parsed("\"جامعة تونس\"").as_string(), "جامعة تونس");
    EXPECT_EQ(parsed("\"long enough for words: \x7F \\u0041 and more text\"").as_string(),
              "long enough for words: \x7F A and more text");
}

TEST(JsonReader, ReadsNumbers) {
    EXPECT_EQ(parsed("0").as_number(), 0);
    EXPECT_EQ(parsed("-9007199254740991").get_integer(), -Json::kIntegerMax);
    EXPECT_EQ(parsed("9007199254740991").get_integer(), Json::kIntegerMax);
    EXPECT_EQ(parsed("1.0").get_integer(), 1);
    EXPECT_EQ(parsed("1e2").get_integer(), 100);
    EXPECT_EQ(parsed("-0.5E-1").as_number(), -0.05);
    EXPECT_EQ(parsed("1e-400").as_number(), 0);
    EXPECT_EQ(parsed("9007199254740991.0").get_integer(), Json::kIntegerMax);
    EXPECT_EQ(parsed("1e21").as_number(), 1e21);
}

TEST(JsonReader, ReadsContainersInOrder) {
    const Json json =
        parsed(" { \"b\" : [ 1 , [ ] , { } ] , \"a\" : { \"x\" : null } , \"\" : true } ");
    EXPECT_EQ(json.as_object()[0].key, "b");
    EXPECT_EQ(json.as_object()[2].key, "");
    EXPECT_EQ(to_jcs(json), R"({"":true,"a":{"x":null},"b":[1,[],{}]})");
    EXPECT_EQ(parsed(many_keys("k40")).size(), 41U);
}

TEST(JsonReader, KeepsToItsLimits) {
    EXPECT_TRUE(parse_json(nested(64)));
    EXPECT_TRUE(parse_json(nested(512), {.depth_max = 512}));
    EXPECT_TRUE(parse_json("1"sv, {.depth_max = 0}));
    EXPECT_FALSE(parse_json("[]"sv, {.depth_max = 0}));
    EXPECT_TRUE(parse_json("12"sv, {.size_bytes_max = 2}));
    EXPECT_FALSE(parse_json("123"sv, {.size_bytes_max = 2}));
    EXPECT_TRUE(parse_json(as_bytes("[]")));
}

TEST(JsonReader, JudgesJsonTestSuite) {
    const auto paths = vector_files("json-test-suite/test_parsing");
    if (paths.empty()) GTEST_SKIP() << "no vectors: JSONTestSuite is not beside the repository";
    std::size_t judged = 0;
    for (const auto& path : paths) {
        const std::string name = path.filename();
        const auto result = parse_json(read_file(path), {.depth_max = 512});
        if (name.starts_with("y_object_duplicated_key")) {
            ASSERT_FALSE(result) << name;
            EXPECT_EQ(result.error().error, JsonError::kDuplicateKey) << name;
        } else if (name.starts_with("y_")) {
            EXPECT_TRUE(result) << name;
        } else if (name.starts_with("n_")) {
            EXPECT_FALSE(result) << name;
        } else {
            ASSERT_TRUE(name.starts_with("i_")) << name;
            if (result) {
                EXPECT_TRUE(parse_json(to_jcs(*result), {.depth_max = 512})) << name;
            }
        }
        ++judged;
    }
    EXPECT_GT(judged, 300U);
}

}  // namespace
}  // namespace tasdiq::codec
