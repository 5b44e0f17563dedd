// Our JSON reader beside simdjson, on texts and on mutations of them.
#include <gtest/gtest.h>
#include <random>
#include <simdjson.h>

#include "codec/json.hpp"
#include "codec/test_files.hpp"

namespace tasdiq::codec {
namespace {

bool is_equal(const Json& ours, simdjson::dom::element theirs) {
    switch (theirs.type()) {
        case simdjson::dom::element_type::NULL_VALUE: return ours.is_null();
        case simdjson::dom::element_type::BOOL: return ours.get_boolean() == bool{theirs};
        case simdjson::dom::element_type::INT64:
        case simdjson::dom::element_type::UINT64:
        case simdjson::dom::element_type::DOUBLE: return ours.get_number() == double{theirs};
        case simdjson::dom::element_type::STRING:
            return ours.is_string() && ours.as_string() == std::string_view{theirs};
        case simdjson::dom::element_type::ARRAY: {
            const simdjson::dom::array elements = theirs;
            if (!ours.is_array() || ours.size() != elements.size()) return false;
            std::size_t at = 0;
            for (const auto element : elements) {
                if (!is_equal(ours.as_array()[at++], element)) return false;
            }
            return true;
        }
        case simdjson::dom::element_type::OBJECT: {
            const simdjson::dom::object members = theirs;
            if (!ours.is_object() || ours.size() != members.size()) return false;
            std::size_t at = 0;
            for (const auto member : members) {
                const JsonMember& own = ours.as_object()[at++];
                if (own.key != member.key || !is_equal(own.value, member.value)) return false;
            }
            return true;
        }
    }
    return false;
}

/// What we refuse and RFC 8259 alone does not, or simdjson repairs.
bool is_ours_alone(JsonError error) {
    return error == JsonError::kDuplicateKey || error == JsonError::kIntegerTooLarge ||
           error == JsonError::kTooDeep || error == JsonError::kByteOrderMark ||
           error == JsonError::kLoneSurrogate;
}

struct Tally {
    std::size_t accepted = 0;
    std::size_t refused = 0;
};

void compare(simdjson::dom::parser& parser, const std::string& text, Tally& tally) {
    const auto ours = parse_json(text, {.depth_max = 512});
    const auto theirs = parser.parse(text);
    if (ours) {
        ASSERT_EQ(theirs.error(), simdjson::SUCCESS) << text;
        ASSERT_TRUE(is_equal(*ours, theirs.value_unsafe())) << text;
        ++tally.accepted;
    } else if (!is_ours_alone(ours.error().error)) {
        ASSERT_NE(theirs.error(), simdjson::SUCCESS) << to_string(ours.error().error) << text;
        ++tally.refused;
    }
}

const std::string kSeeds[] = {
    R"({"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:0","name":"جامعة تونس المنار","n":[0,-1,2.5e3,1E-7,123456789012345]})",
    R"([true,false,null,"\u0041\ud83d\ude00\\\"\n",{"a":{"b":{"c":[[[]]]}}},-0.0,0.1,1e10])",
    R"({"score":17.25,"list":[{"k":"v"},{"k":"w"}],"empty":{},"unicode":"é€😀","zero":0})",
};

std::string mutate(std::string text, std::mt19937_64& random) {
    constexpr std::string_view kAlphabet =
        "{}[]:,\"\\ \n0123456789.eE+-truefalsn\x01\x80\xC3\xE2\xF0\xFF";
    for (std::size_t i = 1 + random() % 3; i > 0; --i) {
        const std::size_t at = random() % text.size();
        const char c = kAlphabet[random() % kAlphabet.size()];
        switch (random() % 4) {
            case 0: text[at] = c; break;
            case 1: text.insert(at, 1, c); break;
            case 2: text.erase(at, 1 + random() % 3); break;
            default: text.insert(at, text.substr(random() % text.size(), random() % 8)); break;
        }
        if (text.empty()) text = " ";
    }
    return text;
}

TEST(JsonOracle, AgreesWithSimdjsonOnMutations) {
    constexpr std::uint64_t kSeed = 42;
    SCOPED_TRACE(kSeed);
    std::mt19937_64 random{kSeed};
    simdjson::dom::parser parser;
    Tally tally;
    for (const std::string& seed : kSeeds) {
        compare(parser, seed, tally);
        for (int i = 0; i < 30'000; ++i) {
            compare(parser, mutate(seed, random), tally);
            if (testing::Test::HasFatalFailure()) return;
        }
    }
    EXPECT_GT(tally.accepted, 5'000U);
    EXPECT_GT(tally.refused, 5'000U);
}

TEST(JsonOracle, AgreesWithSimdjsonOnJsonTestSuite) {
    const auto paths = vector_files("json-test-suite/test_parsing");
    if (paths.empty()) GTEST_SKIP() << "no vectors: JSONTestSuite is not beside the repository";
    simdjson::dom::parser parser;
    Tally tally;
    for (const auto& path : paths) compare(parser, read_file(path), tally);
    EXPECT_GT(tally.accepted, 80U);
    EXPECT_GT(tally.refused, 150U);
}

}  // namespace
}  // namespace tasdiq::codec
