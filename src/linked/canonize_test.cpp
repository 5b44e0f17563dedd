#include "linked/canonize.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "linked/manifest_test.hpp"
#include "linked/nquads.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

std::filesystem::path canon_folder() {
    return std::filesystem::path{TASDIQ_VECTORS_DIR} / "rdf-canon";
}

Dataset read_quads(const std::string& text) {
    auto dataset = parse_nquads(text);
    EXPECT_TRUE(dataset.has_value()) << text;
    return dataset ? *std::move(dataset) : Dataset{};
}

/// What the map of a vector says, as the issuer has it: input label to canonical label.
std::map<std::string, std::string> labels_of(const Dataset& dataset, const CanonicalForm& form) {
    std::map<std::string, std::string> labels;
    for (std::size_t i = 0; i < dataset.blank_labels().size(); ++i) {
        labels.emplace(dataset.blank_labels()[i], canonical_label(form.number_of[i]));
    }
    return labels;
}

std::map<std::string, std::string> read_map(const std::filesystem::path& path) {
    std::map<std::string, std::string> labels;
    for (const auto& member : read_json(path).as_object()) {
        labels.emplace(member.key, member.value.as_string());
    }
    return labels;
}

TEST(CanonizeVectors, AllOfTheManifest) {
    const auto manifest_path = canon_folder() / "manifest.jsonld";
    if (!std::filesystem::is_regular_file(manifest_path)) {
        GTEST_SKIP() << "no rdf-canon vectors in " << TASDIQ_VECTORS_DIR;
    }
    const Json manifest = read_json(manifest_path);
    std::map<std::string, int> count;
    for (const Json& entry : manifest.find("entries")->as_array()) {
        const std::string id = text_of(&entry, "id");
        const std::string type = text_of(&entry, "type");
        ++count[type];
        const Dataset dataset = read_quads(read_text(canon_folder() / text_of(&entry, "action")));
        const bool is_384 = text_of(&entry, "hashAlgorithm") == "SHA384";
        const auto form =
            canonize(dataset, {.hash = is_384 ? HashAlgorithm::kSha384 : HashAlgorithm::kSha256});
        if (type == "rdfc:RDFC10NegativeEvalTest") {
            ASSERT_FALSE(form.has_value()) << id;
            EXPECT_EQ(form.error(), CanonizeError::kTooMuchWork) << id;
            continue;
        }
        ASSERT_TRUE(form.has_value()) << id;
        const auto result = canon_folder() / text_of(&entry, "result");
        if (type == "rdfc:RDFC10MapTest") {
            EXPECT_EQ(labels_of(dataset, *form), read_map(result)) << id;
        } else {
            EXPECT_EQ(form->text, read_text(result)) << id;
        }
    }
    EXPECT_EQ(count, (std::map<std::string, int>{{"rdfc:RDFC10EvalTest", 64},
                                                 {"rdfc:RDFC10MapTest", 21},
                                                 {"rdfc:RDFC10NegativeEvalTest", 1}}));
}

constexpr std::string_view kRing =
    "_:a <ex:next> _:b .\n_:b <ex:next> _:c .\n_:c <ex:next> _:a .\n"
    "_:c <ex:name> \"line\\nend \\u0007\"@ar .\n";

TEST(Canonize, DoesNotDependOnLabelsOrderOrRepetition) {
    const Dataset ring = read_quads(std::string{kRing});
    const auto expected = canonize(ring);
    ASSERT_TRUE(expected.has_value());
    EXPECT_NE(expected->text.find("\"line\\nend \\u0007\"@ar"), std::string::npos);
    std::mt19937 dice{7};
    for (int i = 0; i < 50; ++i) {
        Dataset other;
        std::vector<std::uint32_t> names{0, 1, 2};
        std::ranges::shuffle(names, dice);
        std::vector<Quad> quads{ring.quads().begin(), ring.quads().end()};
        quads.push_back(quads[dice() % quads.size()]);
        std::ranges::shuffle(quads, dice);
        const auto renamed = [&](const Term& term) {
            return term.is_blank() ? other.blank("x" + std::to_string(names[term.blank])) : term;
        };
        for (const Quad& quad : quads) {
            other.add({renamed(quad.subject), quad.predicate, renamed(quad.object), quad.graph});
        }
        const auto form = canonize(other);
        ASSERT_TRUE(form.has_value());
        EXPECT_EQ(form->text, expected->text);
    }
}

TEST(Canonize, TellsDifferentDatasetsApart) {
    const auto form = canonize(read_quads(std::string{kRing}));
    std::string changed{kRing};
    changed.replace(changed.find("_:c <ex:next> _:a"), 17, "_:c <ex:next> _:b");
    const auto other = canonize(read_quads(changed));
    ASSERT_TRUE(form && other);
    EXPECT_NE(form->text, other->text);
}

/// All of `count` blank nodes point at each other.
std::string clique(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        for (int j = 0; j < count; ++j) {
            if (i == j) continue;
            text += "_:e" + std::to_string(i) + " <ex:p> _:e" + std::to_string(j) + " .\n";
        }
    }
    return text;
}

TEST(Canonize, RefusesWhatWouldTakeYears) {
    const Dataset poison = read_quads(clique(10));
    EXPECT_EQ(canonize(poison).error(), CanonizeError::kTooMuchWork);
    EXPECT_EQ(canonize(poison, {.work_max = 10}).error(), CanonizeError::kTooMuchWork);
    EXPECT_TRUE(canonize(read_quads(clique(3))).has_value());
}

TEST(Canonize, RefusesARowOfLookAlikesThatIsTooLong) {
    std::string text;
    constexpr int kLength = 40;
    for (int i = 0; i < kLength; ++i) {  // a ring: every node looks like every other
        text +=
            "_:e" + std::to_string(i) + " <ex:p> _:e" + std::to_string((i + 1) % kLength) + " .\n";
    }
    const Dataset ring = read_quads(text);
    EXPECT_TRUE(canonize(ring).has_value());
    EXPECT_EQ(canonize(ring, {.depth_max = 8}).error(), CanonizeError::kTooDeep);
}

TEST(Canonize, OfNothingIsNothing) {
    const auto form = canonize(Dataset{});
    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->text, "");
}

}  // namespace
}  // namespace tasdiq::linked
