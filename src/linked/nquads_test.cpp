#include "linked/nquads.hpp"

#include <gtest/gtest.h>

#include "linked/canonize.hpp"
#include "linked/manifest_test.hpp"

namespace tasdiq::linked {
namespace {

/// What is written of what `text` says.
std::string rewrite(std::string_view text) {
    const auto dataset = parse_nquads(text);
    if (dataset) return to_nquads(*dataset);
    return std::string{to_string(dataset.error().error)} + " in line " +
           std::to_string(dataset.error().line);
}

TEST(NQuads, ReadsEveryKindOfTerm) {
    const auto dataset = parse_nquads(
        "<ex:s> <ex:p> \"text\" .\n"
        "<ex:s> <ex:p> \"7\"^^<ex:t> <ex:g> .\n"
        "_:a <ex:p> \"\u0646\u0635\"@ar-TN _:g .\n"
        "_:a <ex:p> _:a .\n"
        "<ex:s> <ex:p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .\n");
    ASSERT_TRUE(dataset.has_value());
    ASSERT_EQ(dataset->quads().size(), 5);
    const auto quads = dataset->quads();
    EXPECT_EQ(quads[0].object, make_literal("text"));
    EXPECT_EQ(quads[0].object.datatype(), kXsdString);
    EXPECT_EQ(quads[0].graph.kind, TermKind::kDefaultGraph);
    EXPECT_EQ(quads[1].object, make_literal("7", "ex:t"));
    EXPECT_EQ(quads[1].graph, make_iri("ex:g"));
    EXPECT_EQ(quads[2].object, make_language_literal("\u0646\u0635", "ar-TN"));
    EXPECT_EQ(quads[2].object.datatype(), kRdfLangString);
    EXPECT_EQ(quads[3].subject, quads[3].object);
    EXPECT_EQ(quads[3].subject.blank, quads[2].subject.blank);
    EXPECT_EQ(quads[4].object, make_literal("x"));
    ASSERT_EQ(dataset->blank_labels().size(), 2);
    EXPECT_EQ(dataset->blank_labels()[quads[2].graph.blank], "g");
}

TEST(NQuads, WritesTheCanonicalForm) {
    EXPECT_EQ(rewrite("# comment\r\n\n  <ex:s>\t<ex:p><ex:o>. # and another\r_:a.b<ex:p>_:c."),
              "<ex:s> <ex:p> <ex:o> .\n_:a.b <ex:p> _:c .\n");
    EXPECT_EQ(
        rewrite(R"(<ex:\u00e9> <ex:p> "\u0041\U0001F303\t\b\n\r\f\"\'\\\u0000\u000b\u007f" .)"),
        "<ex:\u00e9> <ex:p> \"A\U0001F303\\t\\b\\n\\r\\f\\\"'\\\\\\u0000\\u000B\\u007F\" .\n");
    EXPECT_EQ(rewrite(R"(<ex:s> <ex:p> "\uFFFE\uFFFF\uFFFD\uFEFF" .)"),
              "<ex:s> <ex:p> \"\\uFFFE\\uFFFF\uFFFD\uFEFF\" .\n");
    EXPECT_EQ(rewrite(""), "");
}

TEST(NQuads, EscapesAtEveryPlaceOfAText) {
    // The search looks at eight bytes at a time.
    for (const std::string_view special : {"\"", "\\", "\x7F", "\x1F", "\n", "\uFFFE"}) {
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string text = std::string(before, 'x') + std::string{special} + "\u0646y";
            std::string written;
            append_nquad(written, {make_iri("ex:s"), make_iri("ex:p"), make_literal(text), {}});
            const auto read = parse_nquads(written);
            ASSERT_TRUE(read.has_value()) << written;
            EXPECT_EQ(read->quads()[0].object.text, text);
            EXPECT_NE(written.find('\\'), std::string::npos) << written;
        }
    }
}

struct Rejected {
    const char* why;
    std::string_view text;
    NQuadsError error;
    std::size_t line;
};

const Rejected kRejected[] = {
    {"NotUtf8", "<ex:s> <ex:p> \"x\" .\n<ex:s> <ex:p> \"\xFF\" .", NQuadsError::kNotUtf8, 2},
    {"Overlong", "<ex:s> <ex:p> \"\xC0\xAF\" .", NQuadsError::kNotUtf8, 1},
    {"LiteralAsSubject", "\n\n\"s\" <ex:p> <ex:o> .", NQuadsError::kNoSubject, 3},
    {"ByteOrderMark", "\uFEFF<ex:s> <ex:p> <ex:o> .", NQuadsError::kNoSubject, 1},
    {"BlankPredicate", "<ex:s> _:p <ex:o> .", NQuadsError::kNoPredicate, 1},
    {"LiteralAsPredicate", "<ex:s> \"p\" <ex:o> .", NQuadsError::kNoPredicate, 1},
    {"OnlySubject", "<ex:s>", NQuadsError::kNoPredicate, 1},
    {"NoObject", "<ex:s> <ex:p> .", NQuadsError::kNoObject, 1},
    {"BareWord", "<ex:s> <ex:p> 7 .", NQuadsError::kNoObject, 1},
    {"LiteralAsGraph", "<ex:s> <ex:p> <ex:o> \"g\" .", NQuadsError::kNoGraphOrDot, 1},
    {"OverTwoLines", "<ex:s> <ex:p> <ex:o>\n.", NQuadsError::kNoGraphOrDot, 1},
    {"NoDotAtEnd", "<ex:s> <ex:p> <ex:o>", NQuadsError::kNoGraphOrDot, 1},
    {"FifthTerm", "<ex:s> <ex:p> <ex:o> <ex:g> <ex:h> .", NQuadsError::kNoDot, 1},
    {"TwoOnALine", "<ex:s> <ex:p> <ex:o> . <ex:s> <ex:p> <ex:q> .", NQuadsError::kNoEndOfLine, 1},
    {"IriOverTwoLines", "<ex:s\n> <ex:p> <ex:o> .", NQuadsError::kIriNotClosed, 1},
    {"IriToTheEnd", "<ex:s> <ex:p> <ex:o", NQuadsError::kIriNotClosed, 1},
    {"SpaceInIri", "\r\n\r<ex: s> <ex:p> <ex:o> .", NQuadsError::kIriCharacter, 3},
    {"BraceInIri", "<ex:{s}> <ex:p> <ex:o> .", NQuadsError::kIriCharacter, 1},
    {"EscapedSpaceInIri", "<ex:\\u0020> <ex:p> <ex:o> .", NQuadsError::kIriEscape, 1},
    {"EscapedBracketInIri", "<ex:\\u003e> <ex:p> <ex:o> .", NQuadsError::kIriEscape, 1},
    {"LetterEscapeInIri", "<ex:\\n> <ex:p> <ex:o> .", NQuadsError::kIriEscape, 1},
    {"ShortEscapeInIri", "<ex:\\u12", NQuadsError::kIriEscape, 1},
    {"RelativeIri", "<s> <ex:p> <ex:o> .", NQuadsError::kIriNotAbsolute, 1},
    {"EmptyIri", "<> <ex:p> <ex:o> .", NQuadsError::kIriNotAbsolute, 1},
    {"SchemeWithSlash", "<a/b:c> <ex:p> <ex:o> .", NQuadsError::kIriNotAbsolute, 1},
    {"RelativeDatatype", "<ex:s> <ex:p> \"x\"^^<t> .", NQuadsError::kIriNotAbsolute, 1},
    {"NoLabel", "_: <ex:p> <ex:o> .", NQuadsError::kBlankNodeLabel, 1},
    {"LabelWithHyphenFirst", "_:-a <ex:p> <ex:o> .", NQuadsError::kBlankNodeLabel, 1},
    {"LabelAtTheEnd", "<ex:s> <ex:p> _:", NQuadsError::kBlankNodeLabel, 1},
    {"StringOverTwoLines", "<ex:s> <ex:p> \"x\ny\" .", NQuadsError::kStringNotClosed, 1},
    {"StringToTheEnd", "<ex:s> <ex:p> \"x", NQuadsError::kStringNotClosed, 1},
    {"UnknownEscape", "<ex:s> <ex:p> \"\\x\" .", NQuadsError::kStringEscape, 1},
    {"SurrogateEscape", "<ex:s> <ex:p> \"\\uD800\" .", NQuadsError::kStringEscape, 1},
    {"EscapeBeyondUnicode", "<ex:s> <ex:p> \"\\U00110000\" .", NQuadsError::kStringEscape, 1},
    {"EscapeAtTheEnd", "<ex:s> <ex:p> \"\\", NQuadsError::kStringEscape, 1},
    {"EmptyTag", "<ex:s> <ex:p> \"x\"@ .", NQuadsError::kLanguageTag, 1},
    {"TagWithDigitFirst", "<ex:s> <ex:p> \"x\"@1r .", NQuadsError::kLanguageTag, 1},
    {"TagEndsWithHyphen", "<ex:s> <ex:p> \"x\"@ar- .", NQuadsError::kLanguageTag, 1},
    {"OneCircumflex", "<ex:s> <ex:p> \"x\"^<ex:t> .", NQuadsError::kDatatype, 1},
    {"BlankDatatype", "<ex:s> <ex:p> \"x\"^^_:t .", NQuadsError::kDatatype, 1},
};

class NQuadsRejects : public testing::TestWithParam<Rejected> {};

TEST_P(NQuadsRejects, WithItsErrorAndLine) {
    const auto dataset = parse_nquads(GetParam().text);
    ASSERT_FALSE(dataset.has_value());
    EXPECT_EQ(to_string(dataset.error().error), to_string(GetParam().error));
    EXPECT_EQ(dataset.error().line, GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(All, NQuadsRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(NQuads, KeepsItsLimits) {
    const std::string_view two = "<ex:s> <ex:p> <ex:o> .\n<ex:s> <ex:p> <ex:o> .\n# end";
    EXPECT_TRUE(parse_nquads(two, {.size_bytes_max = two.size(), .quad_count_max = 2}));
    const auto too_large = parse_nquads(two, {.size_bytes_max = two.size() - 1});
    ASSERT_FALSE(too_large.has_value());
    EXPECT_EQ(too_large.error(), (NQuadsFault{NQuadsError::kTooLarge, 0}));
    const auto too_many = parse_nquads(two, {.quad_count_max = 1});
    ASSERT_FALSE(too_many.has_value());
    EXPECT_EQ(too_many.error(), (NQuadsFault{NQuadsError::kTooManyQuads, 2}));
}

TEST(NQuads, FindsManyBlankNodesAgain) {
    std::string text;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 100; ++i) text += "_:n" + std::to_string(i) + " <ex:p> \"\" .\n";
    }
    const auto dataset = parse_nquads(text);
    ASSERT_TRUE(dataset.has_value());
    EXPECT_EQ(dataset->blank_labels().size(), 100);
    for (std::uint32_t i = 0; i < 200; ++i) EXPECT_EQ(dataset->quads()[i].subject.blank, i % 100);
    EXPECT_EQ(to_nquads(*dataset), text);
}

TEST(NQuadsVectors, ResultsAreWrittenAsTheyAre) {
    const auto folder = std::filesystem::path{TASDIQ_VECTORS_DIR} / "rdf-canon" / "rdfc10";
    if (!std::filesystem::is_directory(folder)) {
        GTEST_SKIP() << "no rdf-canon vectors in " << TASDIQ_VECTORS_DIR;
    }
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".nq")) continue;
        const std::string text = read_text(entry.path());
        const auto dataset = parse_nquads(text);
        ASSERT_TRUE(dataset.has_value()) << name << ": " << to_string(dataset.error().error)
                                         << " in line " << dataset.error().line;
        if (!name.ends_with("-rdfc10.nq")) continue;
        EXPECT_EQ(to_nquads(*dataset), text) << name;
        const auto form =
            canonize(*dataset, {.hash = name.starts_with("test075") ? HashAlgorithm::kSha384
                                                                    : HashAlgorithm::kSha256});
        ASSERT_TRUE(form.has_value()) << name;
        EXPECT_EQ(form->text, text) << name;  // a canonical form is its own
        ++count;
    }
    EXPECT_EQ(count, 64);
}

}  // namespace
}  // namespace tasdiq::linked
