#include "codec/jcs.hpp"

#include <gtest/gtest.h>

#include "codec/test_files.hpp"

namespace tasdiq::codec {
namespace {

std::string canonical(std::string_view text) {
    const auto json = parse_json(text);
    EXPECT_TRUE(json) << text;
    return json ? to_jcs(*json) : std::string{};
}

TEST(Jcs, WritesTheExampleOfRfc8785) {
    EXPECT_EQ(
        canonical(R"({
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    })"),
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
        "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(Jcs, SortsKeysByUtf16CodeUnits) {
    // RFC 8785 §3.2.3: the smiley, a surrogate pair, stands before U+FB33.
    EXPECT_EQ(
        canonical(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,\"\uFB33\":3}");
    EXPECT_EQ(canonical(R"({"ab":1,"a":2,"":3,"B":4})"), R"({"":3,"B":4,"a":2,"ab":1})");
}

TEST(Jcs, EscapesOnlyWhatItMust) {
    std::string text;
    for (char c = 1; c < 0x7F; ++c) text.push_back(c);
    text += "\x7F\u0080\u2028/";
    std::string expected =
        "\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001"
        "c\\u001d\\u001e\\u001f";
    for (char c = 0x20; c < 0x7F; ++c) {
        if (c == '"' || c == '\\') expected.push_back('\\');
        expected.push_back(c);
    }
    EXPECT_EQ(to_jcs(Json{text}), expected + "\x7F\u0080\u2028/\"");
}

TEST(Jcs, WritesEmptyContainersAndMinusZero) {
    EXPECT_EQ(canonical(" [ ] "), "[]");
    EXPECT_EQ(canonical(" { } "), "{}");
    EXPECT_EQ(canonical("-0"), "0");
    EXPECT_EQ(canonical("-0.0e5"), "0");
}

TEST(Jcs, AppendsBehindWhatIsThere) {
    std::string text = "x";
    append_jcs(text, Json::object().set("b", 1).set("a", 2));
    EXPECT_EQ(text, R"(x{"a":2,"b":1})");
}

TEST(Jcs, WritesTheOutsideVectors) {
    const auto inputs = vector_files("jcs/input");
    if (inputs.empty()) GTEST_SKIP() << "no vectors: those of JCS are not beside the repository";
    ASSERT_EQ(inputs.size(), 6U);
    for (const auto& input : inputs) {
        const auto output = input.parent_path().parent_path() / "output" / input.filename();
        const std::string expected = read_file(output);
        EXPECT_EQ(canonical(read_file(input)), expected) << input;
        EXPECT_EQ(canonical(expected), expected) << input;
    }
}

}  // namespace
}  // namespace tasdiq::codec
