#include <gtest/gtest.h>
#include <string>

#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/expand.hpp"
#include "linked/nquads.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::linked {
namespace {

/// Its N-Quads, or the error's text.
std::string read(std::string_view text, Strictness strictness = Strictness::kSafe) {
    BundledContexts contexts;
    ContextCache& cache = contexts.cache();
    LdOptions options;
    options.strictness = strictness;
    const auto document = codec::parse_json(text);
    EXPECT_TRUE(document) << text;
    Dataset dataset;
    const auto done = to_rdf(*document, options, cache, cache.scratch(), dataset);
    return done ? to_nquads(dataset) : std::string{to_string(done.error().error)};
}

TEST(SafeMode, RefusesAVocabularyThatIsRelative) {
    for (const std::string vocab : {"ex", "rel/", "", "#"}) {
        const std::string text =
            R"({"@context":{"@vocab":")" + vocab + R"("},"@id":"urn:a","urn:p":{"@id":"urn:b"}})";
        EXPECT_EQ(read(text), "relative @vocab reference") << text;
        EXPECT_EQ(read(text, Strictness::kStandard), "<urn:a> <urn:p> <urn:b> .\n") << text;
    }
    EXPECT_EQ(
        read(
            R"({"@context":[{"@vocab":"urn:v#"},{"@vocab":"w/"}],"@id":"urn:a","p":{"@id":"urn:b"}})"),
        "<urn:a> <urn:v#w/p> <urn:b> .\n");
}

TEST(SafeMode, RefusesWhatABlankPredicateSays) {
    EXPECT_EQ(read(R"({"@id":"urn:a","_:p":"x"})"), "blank node predicate");
    EXPECT_EQ(read(R"({"@id":"urn:a","@reverse":{"_:p":{"@id":"urn:b"}}})"),
              "blank node predicate");
    EXPECT_EQ(read(R"({"@id":"urn:a","_:p":[],"urn:p":{"@id":"urn:b"}})"),
              "<urn:a> <urn:p> <urn:b> .\n")
        << "nothing is said with it";
    EXPECT_EQ(read(R"({"@id":"urn:a","@reverse":{"_:p":[]},"urn:p":{"@id":"urn:b"}})"),
              "<urn:a> <urn:p> <urn:b> .\n");
}

TEST(Indexes, ConflictInOneGraphOnly) {
    constexpr auto kStandard = Strictness::kStandard;
    const auto node = [](std::string_view index) {
        return R"({"@id":"urn:a","@index":")" + std::string{index} +
               R"(","urn:p":{"@id":"urn:b"}})";
    };
    const auto read_graph = [&](std::string_view name) {
        return read(R"([)" + node("i") + R"(,{)" + std::string{name} +
                        R"("urn:q":{"@id":"urn:c"},"@graph":)" + node("j") + "}]",
                    kStandard);
    };
    EXPECT_EQ(read("[" + node("i") + "," + node("j") + "]", kStandard), "conflicting indexes");
    EXPECT_EQ(read_graph(R"("@id":"urn:g",)"),
              "<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:b> <urn:g> .\n"
              "<urn:g> <urn:q> <urn:c> .\n");
    EXPECT_EQ(read_graph(""),
              "<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:b> _:b0 .\n"
              "_:b0 <urn:q> <urn:c> .\n");
}

TEST(ReverseProperties, OfNothingSayNothing) {
    constexpr std::string_view kContext =
        R"({"@context":{"r":{"@reverse":"urn:r"}},"@id":"urn:a",)";
    const auto expanded = [&](std::string_view members) {
        BundledContexts contexts;
        const auto document = codec::parse_json(std::string{kContext}.append(members).append("}"));
        EXPECT_TRUE(document) << members;
        const auto result = expand(*document, {}, contexts.cache());
        return result ? codec::to_jcs(*result) : std::string{to_string(result.error().error)};
    };
    EXPECT_EQ(expanded(R"("@reverse":{"r":[]})"), "[]") << "reversed twice, the node has nothing";
    EXPECT_EQ(expanded(R"("r":[])"), R"([{"@id":"urn:a","@reverse":{}}])");
    EXPECT_EQ(expanded(R"("@reverse":{"urn:p":[]})"), R"([{"@id":"urn:a","@reverse":{}}])");
    EXPECT_EQ(expanded(R"("@reverse":{"r":[{"@id":"urn:b"},{"@id":"urn:c"}]})"),
              R"([{"@id":"urn:a","urn:r":[{"@id":"urn:b"},{"@id":"urn:c"}]}])");
}

TEST(Containers, StandOnceEach) {
    for (const char* const names :
         {R"("@id","@id")", R"("@set","@set")", R"("@graph","@graph")", R"("@set","@id","@set")"}) {
        const std::string text = R"({"@context":{"p":{"@id":"urn:p","@container":[)" +
                                 std::string{names} + R"(]}},"@id":"urn:a","p":{}})";
        EXPECT_EQ(read(text, Strictness::kStandard), "invalid container mapping") << text;
    }
}

TEST(Contexts, AreNoArraysInArrays) {
    for (const char* const context : {"[[]]", "[[null]]", R"([{"p":"urn:p"},[{"q":"urn:q"}]])"}) {
        const std::string text =
            R"({"@context":)" + std::string{context} + R"(,"@id":"urn:a","urn:p":"x"})";
        EXPECT_EQ(read(text, Strictness::kStandard), "invalid local context") << text;
    }
}

}  // namespace
}  // namespace tasdiq::linked
