// Documents of one shape say what they say when they are read in full. The input is a document on
// its first line, with its context or without, and behind it edits, three bytes each: which value,
// what kind of edit, and a number for it. After each edit the document is looked up, and learnt.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/canonize.hpp"
#include "linked/document_shapes.hpp"
#include "linked/to_rdf.hpp"

namespace {

using namespace tasdiq;
using namespace tasdiq::linked;
using codec::Json;

/// Of documents without a context of their own: terms of every kind that decides what becomes of a
/// string.
constexpr std::string_view kContext =
    R"({"@vocab":"https://vocab.example/","Thing":{"@context":{"size":{"@id":"ex:size","@type":"ex:metres"}},"@id":"ex:Thing"},"arabic":{"@direction":"rtl","@id":"ex:arabic","@language":"ar"},"byId":{"@container":"@id","@id":"ex:byId"},"byKey":{"@container":"@index","@id":"ex:byKey"},"data":{"@id":"ex:data","@type":"@json"},"date":{"@id":"ex:date","@type":"ex:day"},"ex":"https://ex.example/","id":"@id","lang":"@language","link":{"@id":"ex:link","@type":"@id"},"list":{"@container":"@list","@id":"ex:list"},"name":"ex:name","names":{"@container":"@language","@id":"ex:names"},"part":"ex:part","score":"ex:score","type":"@type","value":"@value","word":{"@id":"ex:word","@type":"@vocab"}})";

constexpr std::size_t kEditsMax = 24;
constexpr CanonizeOptions kCanonize{.work_max = 2'000, .depth_max = 64};

/// One document after the other with one context.
class Reader {
  public:
    explicit Reader(std::string context) : context_{std::move(context)} {}

    void look_at(const std::string& text) {
        const auto in_full = read(text);
        Dataset found;
        if (shapes_.find(text, context_, found)) {
            ENSURE(in_full.has_value());
            const auto expected = canonize(*in_full, kCanonize);
            const auto form = canonize(found, kCanonize);
            ENSURE(expected.has_value() == form.has_value());
            ENSURE(!form || form->text == expected->text);
        } else if (in_full) {
            shapes_.learn(text, context_, *in_full,
                          [this](std::string_view other) { return read(other); });
        }
    }

  private:
    [[nodiscard]] std::optional<Dataset> read(std::string_view text) {
        static BundledContexts contexts;
        const auto document = codec::parse_json(text);
        if (!document) return std::nullopt;
        LdOptions options;
        options.strictness = Strictness::kSafe;
        options.rdf_direction = RdfDirection::kI18nDatatype;
        options.context_text = context_;
        ContextCache& cache = contexts.cache();
        Dataset dataset;
        if (!to_rdf(*document, options, cache, cache.scratch(), dataset)) return std::nullopt;
        return dataset.copy();
    }

    std::string context_;
    DocumentShapes shapes_;
};

/// All values that are neither array nor object, in their order.
void collect(Json& value, std::vector<Json*>& leaves) {
    if (value.is_object()) {
        for (auto& member : value.as_object()) collect(member.value, leaves);
    } else if (value.is_array()) {
        for (Json& one : value.as_array()) collect(one, leaves);
    } else {
        leaves.push_back(&value);
    }
}

Json replacement(const Json& value, const std::vector<Json*>& leaves, unsigned kind,
                 unsigned number) {
    constexpr std::array kTexts{"",     "ar",     "@id",   "@none",       "Thing", "ex:Thing",
                                "a b",  "\"\\\n", "أميرة", "https://a.b", "_:b0",  "urn:x",
                                "name", "7",      "[",     "}",           ",",     ":"};
    constexpr std::array kNumbers{0.0, 7.0, -12.0, 0.5, 1e15, 999'999'999'999'999.0, 1e21};
    const std::string digits = std::to_string(100'000'000'000 + number % 4);
    switch (kind % 8) {
        case 0: return Json{kTexts[number % kTexts.size()]};
        case 1: return Json{"urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-" + digits};
        case 2: return Json{"urn:uuid:00000000-0000-4000-8000-" + digits};  // as markers look
        case 3: return Json{"tasdiq slot " + digits};
        case 4: return Json::number(kNumbers[number % kNumbers.size()]);
        case 5: return Json{100'000'000'000 + static_cast<std::int64_t>(number % 4)};
        case 6: return *leaves[number % leaves.size()];
        default:
            return value.is_string() ? Json{value.as_string() + kTexts[number % kTexts.size()]}
                                     : Json{static_cast<std::int64_t>(number)};
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = as_text({data, size});
    const std::size_t end = std::min(input.find('\n'), input.size());
    auto document = codec::parse_json(input.substr(0, end), {.size_bytes_max = 16'384});
    if (!document || !document->is_object()) return 0;
    std::string context{kContext};
    if (const Json* const own = document->find("@context"); own != nullptr && !own->is_null()) {
        context = codec::to_jcs(*own);
    }
    document->set("@context", Json{});
    Reader reader{std::move(context)};
    reader.look_at(codec::to_jcs(*document));
    reader.look_at(codec::to_jcs(*document));
    reader.look_at(codec::to_jcs(*document));
    ByteView edits{data + std::min(size, end + 1), data + size};
    for (std::size_t i = 0; i < kEditsMax && edits.size() >= 3; ++i, edits = edits.subspan(3)) {
        std::vector<Json*> leaves;
        for (auto& member : document->as_object()) {
            if (member.key != "@context") collect(member.value, leaves);
        }
        if (leaves.empty()) return 0;
        Json& leaf = *leaves[edits[0] % leaves.size()];
        leaf = replacement(leaf, leaves, edits[1], edits[2]);
        reader.look_at(codec::to_jcs(*document));
    }
    return 0;
}
