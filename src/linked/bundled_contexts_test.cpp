#include "linked/bundled_contexts.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "linked/expand.hpp"

namespace tasdiq::linked {
namespace {

TEST(BundledContexts, AreSortedAndEachIsAContext) {
    const auto contexts = bundled_contexts();
    ASSERT_GE(contexts.size(), 13U);
    EXPECT_TRUE(std::ranges::is_sorted(contexts, {}, &BundledContext::url));
    BundledLoader loader;
    for (const BundledContext& context : contexts) {
        const codec::Json* const json = loader.load(context.url);
        ASSERT_NE(json, nullptr) << context.url;
        EXPECT_NE(json->find("@context"), nullptr) << context.url;
        EXPECT_EQ(loader.load(context.url), json) << context.url;
        ContextCache cache{loader};
        LdOptions options;
        options.strictness = Strictness::kSafe;
        const std::string document =
            R"({"@context":")" + std::string{context.url} + R"(","@id":"urn:x","urn:p":"v"})";
        const auto expanded = expand(*codec::parse_json(document), options, cache);
        ASSERT_TRUE(expanded) << context.url << ": " << to_string(expanded.error().error);
        EXPECT_EQ(expanded->size(), 1U);
    }
}

TEST(BundledContexts, AreTheOnlyOnes) {
    BundledLoader loader;
    EXPECT_EQ(loader.load("https://www.w3.org/ns/credentials/v3"), nullptr);
    EXPECT_EQ(loader.load("https://www.w3.org/ns/credentials/v2#"), nullptr);
    EXPECT_EQ(loader.load(""), nullptr);
    ContextCache cache{loader};
    const auto document = codec::parse_json(
        std::string_view{R"({"@context":"https://example.org/unknown","@id":"urn:x"})"});
    const auto expanded = expand(*document, {}, cache);
    ASSERT_FALSE(expanded);
    EXPECT_EQ(to_string(expanded.error().error), "loading remote context failed");
}

TEST(BundledContexts, NameTheTermsOfACredential) {
    BundledLoader loader;
    ContextCache cache{loader};
    LdOptions options;
    options.strictness = Strictness::kSafe;
    const auto document = codec::parse_json(std::string_view{
        R"({"@context":["https://www.w3.org/ns/credentials/v2",)"
        R"("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],)"
        R"("type":["VerifiableCredential","OpenBadgeCredential"],"issuer":"https://a.example/"})"});
    ASSERT_TRUE(document);
    const auto expanded = expand(*document, options, cache);
    ASSERT_TRUE(expanded) << to_string(expanded.error().error) << expanded.error().at;
    const codec::Json& item = expanded->as_array().front();
    EXPECT_NE(item.find("https://www.w3.org/2018/credentials#issuer"), nullptr);
    EXPECT_EQ(item.find("@type")->as_array().at(1).as_string(),
              "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential");
}

}  // namespace
}  // namespace tasdiq::linked
