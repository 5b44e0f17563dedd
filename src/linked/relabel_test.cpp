#include "linked/relabel.hpp"

#include <gtest/gtest.h>

#include "linked/bundled_contexts.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::linked {
namespace {

struct Nodes final : NodeListener {
    void hear(const codec::Json& source, const Item& item) override {
        heard.emplace_back(&source, &item);
    }
    std::vector<std::pair<const codec::Json*, const Item*>> heard;
};

struct BlankNodes : testing::Test {
    void read(std::string_view text) {
        auto parsed = codec::parse_json(text);
        ASSERT_TRUE(parsed);
        document = *std::move(parsed);
        ASSERT_TRUE(to_rdf(document, options, contexts.cache(), arena, dataset));
    }
    [[nodiscard]] std::vector<std::string_view> labels() const {
        const auto all = dataset.blank_labels();
        return {all.begin(), all.end()};
    }

    static constexpr std::string_view kDocument = R"({"@context": {"@vocab": "urn:v#",
        "list": {"@container": "@list"}, "ref": {"@type": "@id"}},
        "@id": "_:b0", "ref": "_:x", "in": {"name": "a"}, "list": ["c"], "lit": {"@value": "d"}})";
    codec::Json document;
    LdOptions options;
    BundledContexts contexts;
    Arena arena;
    Dataset dataset;
};

TEST_F(BlankNodes, GetNewLabelsOrKeepTheirOwn) {
    read(kDocument);
    EXPECT_EQ(labels(), (std::vector<std::string_view>{"b0", "b1", "b2", "b3"}));
    dataset = Dataset{};
    options.blank_labels = BlankLabels::kOfDocument;
    read(kDocument);
    EXPECT_EQ(labels(), (std::vector<std::string_view>{"_:b0", "_:x", "b0", "b1"}));
}

TEST_F(BlankNodes, AreToldOfWithTheirObjects) {
    Nodes nodes;
    options.nodes = &nodes;
    read(kDocument);
    ASSERT_EQ(nodes.heard.size(), 2U);  // neither the list nor the literal
    EXPECT_EQ(nodes.heard[0].first, document.find("in"));
    EXPECT_FALSE(nodes.heard[0].second->has(kHasId));
    EXPECT_EQ(nodes.heard[1].first, &document);
    EXPECT_EQ(nodes.heard[1].second->id, "_:b0");
}

TEST_F(BlankNodes, AreCalledWhatTheCallerWants) {
    read(R"({"@context": {"@vocab": "urn:v#"}, "@graph": [{"a": ["1", "2"]}, {"a": "1"}]})");
    const std::string labels[] = {"z", "y"};
    EXPECT_EQ(relabeled_lines(dataset, labels),
              (std::vector<std::string>{"_:y <urn:v#a> \"1\" .\n", "_:z <urn:v#a> \"1\" .\n",
                                        "_:z <urn:v#a> \"2\" .\n"}));
    const std::string same[] = {"z", "z"};
    EXPECT_EQ(relabeled_lines(dataset, same).size(), 2U);
}

}  // namespace
}  // namespace tasdiq::linked
