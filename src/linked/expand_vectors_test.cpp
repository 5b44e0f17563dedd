#include <gtest/gtest.h>

#include "codec/jcs.hpp"
#include "linked/expand.hpp"
#include "linked/manifest_test.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

/// Arrays are sets but inside `@list` and JSON literals: puts them in the order of their texts, so
/// that equal documents are equal texts.
Json sorted(const Json& value, bool is_ordered) {
    if (const Json::Array* const elements = value.get_array()) {
        std::vector<std::pair<std::string, Json>> all;
        for (const Json& one : *elements) {
            Json inner = sorted(one, false);
            std::string text = codec::to_jcs(inner);
            all.emplace_back(std::move(text), std::move(inner));
        }
        if (!is_ordered) {
            std::sort(all.begin(), all.end(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
        }
        Json::Array result;
        for (auto& one : all) result.push_back(std::move(one.second));
        return result;
    }
    if (const Json::Object* const members = value.get_object()) {
        const bool is_json = text_of(&value, "@type") == "@json";
        Json::Object result;
        for (const auto& member : *members) {
            const bool is_literal = is_json && member.key == "@value";
            result.push_back({member.key, is_literal
                                              ? member.value
                                              : sorted(member.value, member.key == "@list")});
        }
        return result;
    }
    return value;
}

TEST(ExpandVectors, AllOfTheManifest) {
    const auto tests = read_manifest("expand-manifest.jsonld");
    if (tests.empty()) GTEST_SKIP() << "no json-ld-api vectors in " << TASDIQ_VECTORS_DIR;
    ManifestLoader loader;
    std::size_t run = 0;
    for (const ManifestTest& test : tests) {
        // They ask for what JSON-LD 1.1 has changed: the manifest has them for 1.0 processors.
        if (test.is_10_only) continue;
        SCOPED_TRACE(test.id + " " + test.input);
        ++run;
        ContextCache cache{loader};
        const Json input = read_json(manifest_folder() / test.input);
        LdOptions options = test.options;
        options.base = test.base;
        Json context;
        if (!test.expand_context.empty()) {
            context = read_json(manifest_folder() / test.expand_context);
            options.expand_context = &context;
        }
        for (const MemberOrder order : {MemberOrder::kAsWritten, MemberOrder::kSorted}) {
            options.member_order = order;
            const auto result = expand(input, options, cache);
            if (!test.error_code.empty()) {
                ASSERT_FALSE(test.error_code.empty());
                if (result) {
                    ADD_FAILURE() << "not refused: " << test.error_code << codec::to_jcs(*result);
                } else {
                    EXPECT_EQ(to_string(result.error().error), test.error_code)
                        << result.error().at;
                }
                continue;
            }
            if (!result) {
                ADD_FAILURE() << to_string(result.error().error) << ": " << result.error().at;
                continue;
            }
            const Json expected = read_json(manifest_folder() / test.expect);
            EXPECT_EQ(codec::to_jcs(sorted(*result, false)),
                      codec::to_jcs(sorted(expected, false)));
        }
    }
    EXPECT_EQ(run, 376U);
}

}  // namespace
}  // namespace tasdiq::linked
