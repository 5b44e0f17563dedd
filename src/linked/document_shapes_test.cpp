#include "linked/document_shapes.hpp"

#include <array>
#include <gtest/gtest.h>
#include <random>

#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/canonize.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::linked {
namespace {

using codec::Json;

/// Terms of every kind that decides what becomes of a string.
constexpr std::string_view kContext = R"({
    "id": "@id", "type": "@type", "lang": "@language", "value": "@value", "ex": "https://ex.example/",
    "Thing": {"@id": "ex:Thing", "@context": {"size": {"@id": "ex:size", "@type": "ex:metres"}}},
    "@vocab": "https://vocab.example/",
    "name": "ex:name", "names": {"@id": "ex:names", "@container": "@language"},
    "list": {"@id": "ex:list", "@container": "@list"}, "score": "ex:score",
    "link": {"@id": "ex:link", "@type": "@id"}, "word": {"@id": "ex:word", "@type": "@vocab"},
    "data": {"@id": "ex:data", "@type": "@json"}, "date": {"@id": "ex:date", "@type": "ex:day"},
    "arabic": {"@id": "ex:arabic", "@language": "ar", "@direction": "rtl"},
    "byKey": {"@id": "ex:byKey", "@container": "@index"},
    "byId": {"@id": "ex:byId", "@container": "@id"}, "part": "ex:part"})";

class ShapesTest : public testing::Test {
  protected:
    std::optional<Dataset> read(std::string_view text) {
        const auto document = codec::parse_json(text);
        if (!document) return std::nullopt;
        LdOptions options;
        options.strictness = Strictness::kSafe;
        options.rdf_direction = RdfDirection::kI18nDatatype;
        options.context_text = context_;
        Dataset quads;
        if (!to_rdf(*document, options, contexts_.cache(), contexts_.cache().scratch(), quads)) {
            return std::nullopt;
        }
        return quads.copy();
    }

    std::optional<std::string> canonical_in_full(std::string_view text) {
        const auto quads = read(text);
        return quads ? std::optional{canonize(*quads)->text} : std::nullopt;
    }

    /// By its shape; nothing if that is not known.
    std::optional<std::string> canonical_by_shape(std::string_view text) {
        Dataset quads;
        if (!shapes_.find(text, context_, quads)) return std::nullopt;
        return canonize(quads)->text;
    }

    void learn(std::string_view text) {
        const auto quads = read(text);
        ASSERT_TRUE(quads) << text;
        shapes_.learn(text, context_, *quads,
                      [this](std::string_view other) { return read(other); });
    }

    /// The first document with a context is not worth it.
    void learn_second(std::string_view text) {
        learn(text);
        learn(text);
    }

    /// Its shape is that of the document which was learnt, and its quads are its own.
    void expect_known(std::string_view text) {
        const auto found = canonical_by_shape(text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(*found, canonical_in_full(text)) << text;
    }

    BundledContexts contexts_;
    DocumentShapes shapes_;
    std::string context_ = codec::to_jcs(*codec::parse_json(kContext));
};

TEST_F(ShapesTest, ReadsDocumentsThatDifferInTheirValues) {
    learn_second(
        R"({"@context":null,"arabic":"سلام","data":[1,{"a":"b"}],"date":"2026-01-01","id":"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10","name":"A","score":7})");
    for (
        const char* const text : {
            R"({"@context":null,"arabic":"","data":[],"date":"x","id":"urn:uuid:1f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10","name":"@id","score":-12})",
            R"({"@context":null,"arabic":"a\\\"\n","data":{"]":"\"}"},"date":"","id":"urn:uuid:00000000-0000-0000-0000-000000000000","name":"ex:Thing","score":999999999999999})",
            R"({"@context":null,"arabic":"سلام","data":[[[]]],"date":"2026-01-01","id":"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10","name":"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10","score":0})",
        }) {
        expect_known(text);
    }
}

TEST_F(ShapesTest, TakesNoOtherShape) {
    const std::string known =
        R"({"@context":null,"data":[1],"id":"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10","link":"https://ex.example/a","name":"A","names":{"ar":"B"},"part":{"id":"urn:uuid:1f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10"},"score":7,"type":"Thing","word":"w"})";
    learn_second(known);
    expect_known(known);
    const auto expect_unknown = [&](std::string_view what, std::string_view by) {
        std::string text = known;
        const std::size_t at = text.find(what);
        ASSERT_NE(at, std::string::npos) << what;
        text.replace(at, what.size(), by);
        EXPECT_FALSE(canonical_by_shape(text)) << text;
    };
    expect_unknown("https://ex.example/a", "https://ex.example/b");  // names of nodes
    expect_unknown(R"("word":"w")", R"("word":"v")");
    expect_unknown(R"("type":"Thing")", R"("type":"Other")");
    expect_unknown(R"("urn:uuid:0)", R"("urn:uuid:A)");
    expect_unknown(R"("urn:uuid:0)", R"("urn:uuid:00)");
    expect_unknown(R"("urn:uuid:1)", R"("urn:uuid:0)");  // two nodes become one
    expect_unknown(R"("ar":)", R"("fr":)");
    expect_unknown(R"("name":"A")", R"("name":["A"])");
    expect_unknown(R"("name":"A")", R"("name":null)");
    expect_unknown(R"("name":"A")", R"("nameX":"A")");
    expect_unknown(R"("score":7)", R"("score":7.5)");
    expect_unknown(R"("score":7)", R"("score":1e+21)");
    expect_unknown(R"("score":7)", R"("score":1000000000000000)");
    expect_unknown(R"("score":7)", R"("score":"7")");
    expect_unknown(R"("data":[1])", R"("data":1)");
    expect_unknown(R"("data":[1])", R"("data":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]])");
    expect_unknown(R"(,"word":"w"})", R"(,"word":"w","x":"y"})");
    expect_unknown(R"(,"word":"w"})", "");
    context_ += ' ';
    EXPECT_FALSE(canonical_by_shape(known));
}

TEST_F(ShapesTest, LearnsNothingWhereWhatAStringSaysDecides) {
    // The language is also what a literal says: marking both is no document any more.
    learn_second(R"({"@context":null,"name":[{"lang":"ar","value":"ar"}]})");
    EXPECT_FALSE(canonical_by_shape(R"({"@context":null,"name":[{"lang":"ar","value":"ar"}]})"));
    // A name that is fixed might become that of a slot.
    const std::string_view fixed =
        R"({"@context":null,"byId":{"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10":{"name":"A"}},"id":"urn:uuid:1f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10"})";
    learn_second(fixed);
    EXPECT_FALSE(canonical_by_shape(fixed));
}

TEST_F(ShapesTest, LearnsOnlyWhereItPays) {
    const std::string text = R"({"@context":null,"name":"A"})";
    learn(text);
    EXPECT_FALSE(canonical_by_shape(text)) << "from the first document";
    learn(text);
    EXPECT_TRUE(canonical_by_shape(text));
    // No two alike: it gives up, and what it knew last it still knows.
    std::string many = R"({"@context":null,"name":["0")";
    std::string last_learnt;
    for (int i = 0; i < 40; ++i) {
        many += R"(,"0")";
        learn(many + "]}");
        if (canonical_by_shape(many + "]}")) last_learnt = many + "]}";
    }
    EXPECT_FALSE(canonical_by_shape(many + "]}"));
    EXPECT_TRUE(canonical_by_shape(last_learnt));
}

/// Documents as they might be, with strings that mean something elsewhere.
class RandomDocument {
  public:
    explicit RandomDocument(std::mt19937_64& random) : random_{random} {}

    Json node(int depth) {
        Json node = Json::object();
        if (chance(2)) node.set("id", id());
        if (chance(3)) node.set("type", pick({"Thing", "Other", "ex:Third"}));
        if (chance(2)) node.set("name", strings());
        if (chance(3)) node.set("arabic", string());
        if (chance(3)) node.set("list", strings());
        if (chance(3)) node.set("names", Json::object().set("ar", string()).set("fr", strings()));
        if (chance(3)) node.set("score", number());
        if (chance(3)) node.set("size", string());
        if (chance(3)) node.set("date", string());
        if (chance(3)) node.set("data", chance(2) ? Json::array().push(string()) : Json{string()});
        if (chance(4)) node.set("link", id());
        if (chance(4)) node.set("word", string());
        if (chance(4)) {
            node.set("name", Json::object().set("lang", pick({"ar", "en"})).set("value", string()));
        }
        if (depth > 0 && chance(2)) node.set("part", this->node(depth - 1));
        if (depth > 0 && chance(4)) node.set("byKey", Json::object().set("k", this->node(0)));
        if (depth > 0 && chance(4)) node.set("byId", Json::object().set(id(), this->node(0)));
        return node;
    }

    /// Another document, most often of the same shape.
    void change(Json& value) {
        if (value.is_object()) {
            for (auto& member : value.as_object()) change(member.value);
        } else if (value.is_array()) {
            for (Json& item : value.as_array()) change(item);
        } else if (chance(60)) {
            value = chance(2) ? Json{string()} : Json{id()};
        } else if (chance(60)) {
            value = number();
        } else if (value.is_string() && value.as_string().starts_with("urn:uuid:")) {
            if (chance(2)) value = uuid();
        } else if (value.is_string() && chance(8)) {
            value = string();
        }
    }

  private:
    bool chance(unsigned one_in) { return random_() % one_in == 0; }
    template <std::size_t N>
    std::string pick(const char* const (&from)[N]) {
        return from[random_() % N];
    }
    std::string string() {
        if (chance(2)) return std::to_string(random_() % 1000);
        return pick({"", "ar", "en", "@id", "@none", "Thing", "ex:Thing", "a b", "\"\\\n", "أميرة",
                     "https://ex.example/a", "_:b0", "urn:x", "tasdiq slot 100000000000", "7"});
    }
    std::string uuid() {
        return "urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c1" + std::to_string(random_() % 10);
    }
    std::string id() { return chance(3) ? pick({"https://ex.example/a", "ex:b", "_:b0"}) : uuid(); }
    Json number() {
        constexpr std::array kNumbers{0.0, 7.0, -12.0, 0.5, 1e15, 999999999999999.0, 1e21};
        return Json::number(kNumbers[random_() % kNumbers.size()]);
    }
    Json strings() {
        Json list = Json::array();
        for (auto count = random_() % 3; count-- > 0;) list.push(string());
        return list;
    }

    std::mt19937_64& random_;
};

TEST_F(ShapesTest, SaysWhatReadingInFullSays) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937_64 random{seed};
    RandomDocument make{random};
    int known = 0;
    for (int family = 0; family < 400; ++family) {
        DocumentShapes fresh;
        Json document = make.node(2);
        document.set("@context", Json{});
        for (int i = 0; i < 20; ++i) {
            const std::string text = codec::to_jcs(document);
            const auto in_full = canonical_in_full(text);
            Dataset quads;
            if (fresh.find(text, context_, quads)) {
                ++known;
                ASSERT_TRUE(in_full) << text;
                ASSERT_EQ(canonize(quads)->text, *in_full) << text;
            } else if (const auto all = read(text)) {
                fresh.learn(text, context_, *all,
                            [this](std::string_view other) { return read(other); });
            }
            make.change(document);
        }
    }
    EXPECT_GT(known, 300) << "the test says little";
}

}  // namespace
}  // namespace tasdiq::linked
