#include "codec/json.hpp"

#include <gtest/gtest.h>
#include <type_traits>

#include "codec/jcs.hpp"

namespace tasdiq::codec {
namespace {

static_assert(sizeof(Json) <= 40);
static_assert(std::is_nothrow_move_constructible_v<Json>);  // so that vectors move them
static_assert(!std::is_constructible_v<Json, double>);      // only number(), which looks at it
static_assert(!std::is_constructible_v<Json, const void*>);

Json sample() {
    return Json::object()
        .set("text", "a")
        .set("yes", true)
        .set("count", 3)
        .set("ratio", Json::number(2.5))
        .set("none", Json{})
        .set("list", Json::array().push(1).push("b").push(Json::object()));
}

TEST(Json, IsBuiltAsItIsWritten) {
    EXPECT_EQ(to_jcs(sample()),
              R"({"count":3,"list":[1,"b",{}],"none":null,"ratio":2.5,"text":"a","yes":true})");
    EXPECT_EQ(sample().as_object()[0].key, "text");  // the order of the source
    EXPECT_EQ(sample().as_object()[5].key, "list");
}

TEST(Json, GivesNothingOfAnotherKind) {
    const Json json = sample();
    EXPECT_EQ(*json.find_string("text"), "a");
    EXPECT_EQ(json.find_string("yes"), nullptr);
    EXPECT_EQ(json.find_string("absent"), nullptr);
    EXPECT_EQ(json.find("absent"), nullptr);
    EXPECT_EQ(json.find("text")->find("x"), nullptr);
    EXPECT_EQ(json.find("yes")->get_boolean(), true);
    EXPECT_EQ(json.find("text")->get_boolean(), std::nullopt);
    EXPECT_EQ(json.find("count")->get_integer(), 3);
    EXPECT_EQ(json.find("count")->get_number(), 3.0);
    EXPECT_EQ(json.find("ratio")->get_integer(), std::nullopt);
    EXPECT_EQ(json.find("text")->get_integer(), std::nullopt);
    EXPECT_EQ(json.find("text")->get_number(), std::nullopt);
    EXPECT_EQ(json.find("text")->get_array(), nullptr);
    EXPECT_EQ(json.find("list")->get_array()->size(), 3U);
    EXPECT_EQ(json.find("list")->get_object(), nullptr);
    EXPECT_TRUE(json.find("none")->is_null());
    EXPECT_EQ(json.size(), 6U);
    EXPECT_EQ(json.find("list")->size(), 3U);
    EXPECT_EQ(json.find("text")->size(), 0U);
}

TEST(Json, IntegersAreExactUpToTheirLimit) {
    EXPECT_EQ(Json{Json::kIntegerMax}.get_integer(), Json::kIntegerMax);
    EXPECT_EQ(Json{-Json::kIntegerMax}.get_integer(), -Json::kIntegerMax);
    EXPECT_EQ(Json{std::uint8_t{200}}.get_integer(), 200);
    EXPECT_EQ(Json::number(9007199254740992.0).get_integer(), std::nullopt);
    EXPECT_EQ(Json::number(-1e300).get_integer(), std::nullopt);
    EXPECT_EQ(Json::number(-0.0).get_integer(), 0);
}

TEST(JsonDeathTest, StopsAtADefectOfOurs) {
    EXPECT_DEATH(Json{Json::kIntegerMax + 1}, "internal error");
    EXPECT_DEATH(Json{std::uint64_t{1} << 63}, "internal error");
    EXPECT_DEATH(static_cast<void>(Json::number(1e308 * 10)), "internal error");
    EXPECT_DEATH(static_cast<void>(Json{}.as_string()), "internal error");
}

TEST(Json, SetsAndErasesMembersInPlace) {
    Json json = sample();
    json.set("yes", 1).set("new", "n");
    EXPECT_EQ(json.as_object()[1].key, "yes");
    EXPECT_EQ(json.find("yes")->get_integer(), 1);
    EXPECT_EQ(json.as_object().back().key, "new");
    EXPECT_TRUE(json.erase("text"));
    EXPECT_FALSE(json.erase("text"));
    EXPECT_FALSE(Json{"text"}.erase("text"));
    EXPECT_EQ(json.size(), 6U);
    json.find("list")->push(4);
    EXPECT_EQ(json.find("list")->size(), 4U);
}

TEST(Json, ComparesByKindAndOrder) {
    EXPECT_EQ(sample(), sample());
    EXPECT_NE(Json{1}, Json{true});
    EXPECT_NE(Json{"1"}, Json{1});
    EXPECT_NE(Json::object().set("a", 1).set("b", 2), Json::object().set("b", 2).set("a", 1));
}

TEST(JsonPointer, FindsTheExamplesOfRfc6901) {
    const auto json = parse_json(std::string_view{
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})"});
    ASSERT_TRUE(json);
    EXPECT_EQ(resolve_pointer(*json, ""), &*json);
    EXPECT_EQ(resolve_pointer(*json, "/foo")->size(), 2U);
    EXPECT_EQ(resolve_pointer(*json, "/foo/0")->as_string(), "bar");
    const std::string_view names[] = {"/",     "/a~1b", "/c%d", "/e^f", "/g|h",
                                      "/i\\j", "/k\"l", "/ ",   "/m~0n"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        ASSERT_NE(resolve_pointer(*json, names[i]), nullptr) << names[i];
        EXPECT_EQ(resolve_pointer(*json, names[i])->as_number(), static_cast<double>(i));
    }
}

TEST(JsonPointer, FindsNothingElsewhere) {
    const auto json = parse_json(std::string_view{R"({"foo":["bar","baz"],"m~n":8,"~1":9})"});
    ASSERT_TRUE(json);
    for (const std::string_view pointer :
         {"foo", "/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/0/x", "/foo/",
          "/m~n", "/m~2n", "/m~", "/foo/99999999999999999999", "/foo/4294967296"}) {
        EXPECT_EQ(resolve_pointer(*json, pointer), nullptr) << pointer;
    }
    EXPECT_EQ(resolve_pointer(*json, "/~01")->as_number(), 9);
}

TEST(JsonPointer, EscapesTokens) {
    std::string pointer;
    append_pointer_token(pointer, "a/b~c");
    append_pointer_token(pointer, std::size_t{0});
    append_pointer_token(pointer, std::size_t{120});
    append_pointer_token(pointer, "");
    EXPECT_EQ(pointer, "/a~1b~0c/0/120/");
}

}  // namespace
}  // namespace tasdiq::codec
