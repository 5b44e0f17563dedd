#include <gtest/gtest.h>

#include "linked/canonize.hpp"
#include "linked/manifest_test.hpp"
#include "linked/nquads.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

std::string canonical(const Dataset& dataset) {
    const auto form = canonize(dataset);
    EXPECT_TRUE(form.has_value());
    return form ? form->text : std::string{};
}

/// What a test expects, its language tags in lower case: that is what expansion makes of them.
Dataset expected_of(const ManifestTest& test) {
    const auto read = parse_nquads(read_text(manifest_folder() / test.expect));
    EXPECT_TRUE(read.has_value()) << test.expect;
    Dataset expected;
    if (!read) return expected;
    for (const std::string_view label : read->blank_labels()) {
        EXPECT_EQ(expected.add_blank(label).text, label);
    }
    const auto kept = [&](Term term) {
        Arena arena;
        term.text = expected.keep(term.text);
        const bool has_language = term.kind == TermKind::kLiteral && !term.language().empty();
        term.qualifier =
            expected.keep(has_language ? lower_case(term.qualifier, arena) : term.qualifier);
        return term;
    };
    for (const Quad& quad : read->quads()) {
        expected.add(
            {kept(quad.subject), kept(quad.predicate), kept(quad.object), kept(quad.graph)});
    }
    return expected;
}

/// What is wrong with the result of one test; nothing if it is right.
std::string run(const ManifestTest& test, MemberOrder order) {
    ManifestLoader loader;
    ContextCache cache{loader};
    const Json input = read_json(manifest_folder() / test.input);
    LdOptions options = test.options;
    options.base = test.base;
    options.member_order = order;
    Json context;
    if (!test.expand_context.empty()) {
        context = read_json(manifest_folder() / test.expand_context);
        options.expand_context = &context;
    }
    Arena arena;
    Dataset dataset;
    const auto result = to_rdf(input, options, cache, arena, dataset);
    if (!test.error_code.empty()) {
        if (result) return "not refused";
        const std::string_view code = to_string(result.error().error);
        return code == test.error_code ? std::string{} : std::string{code};
    }
    if (!result) return std::string{to_string(result.error().error)};
    if (test.expect.empty()) return {};  // a syntax test: to be taken is all
    const std::string got = canonical(dataset);
    const std::string wanted = canonical(expected_of(test));
    return got == wanted ? std::string{} : "got\n" + got + "expected\n" + wanted;
}

TEST(ToRdfVectors, AllOfTheManifest) {
    const auto tests = read_manifest("toRdf-manifest.jsonld");
    if (tests.empty()) GTEST_SKIP() << "no json-ld-api vectors in " << TASDIQ_VECTORS_DIR;
    std::size_t count = 0;
    for (const ManifestTest& test : tests) {
        // They ask for what JSON-LD 1.1 has changed: the manifest has them for 1.0 processors.
        if (test.is_10_only) continue;
        // Its predicates are blank nodes, which no canonical form names: see the next test.
        if (test.id == "#te075") continue;
        ++count;
        for (const MemberOrder order : {MemberOrder::kAsWritten, MemberOrder::kSorted}) {
            EXPECT_EQ(run(test, order), "") << test.id << " " << test.error_code;
        }
    }
    EXPECT_EQ(count, 455U);
}

/// #te075 of the manifest, whose two predicates are blank nodes.
TEST(ToRdf, KeepsPredicatesThatAreBlankNodesOnlyWhereAsked) {
    const auto document = codec::parse_json(
        std::string_view{R"({"@context":{"@vocab":"_:"},"@id":"ex:n","b1":"x","b2":"x"})"});
    ASSERT_TRUE(document.has_value());
    ManifestLoader loader;
    ContextCache cache{loader};
    Arena arena;
    LdOptions options;
    Dataset without;
    ASSERT_TRUE(to_rdf(*document, options, cache, arena, without));
    EXPECT_TRUE(without.quads().empty());
    options.blank_predicates = BlankPredicates::kKept;
    Dataset with;
    ASSERT_TRUE(to_rdf(*document, options, cache, arena, with));
    ASSERT_EQ(with.quads().size(), 2U);
    EXPECT_TRUE(with.quads()[0].predicate.is_blank());
    EXPECT_TRUE(with.quads()[1].predicate.is_blank());
    EXPECT_NE(with.quads()[0].predicate, with.quads()[1].predicate);
}

}  // namespace
}  // namespace tasdiq::linked
