// What we make of JSON-LD documents, one a line: for each a line of JSON that says how it expands
// and its canonical N-Quads, as the standard has it and in safe mode, or that it is refused.
//
// usage: ld_answers CONTEXTS <documents >answers     CONTEXTS: a JSON object, URL → document
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "codec/jcs.hpp"
#include "linked/canonize.hpp"
#include "linked/expand.hpp"
#include "linked/to_rdf.hpp"

namespace {

using namespace tasdiq;
using codec::Json;

class ObjectLoader final : public linked::ContextLoader {
  public:
    explicit ObjectLoader(Json documents) : documents_{std::move(documents)} {}
    const Json* load(std::string_view url) override { return documents_.find(url); }

  private:
    Json documents_;
};

Json refused(std::string_view why) { return Json::object().set("refused", why); }

/// As other makers' programs have it: all members in the order of their names.
linked::LdOptions options_of(linked::Strictness strictness) {
    linked::LdOptions options;
    options.strictness = strictness;
    options.rdf_direction = linked::RdfDirection::kI18nDatatype;
    options.member_order = linked::MemberOrder::kSorted;
    return options;
}

Json expanded(const Json& document, linked::ContextCache& cache) {
    auto result = linked::expand(document, options_of(linked::Strictness::kStandard), cache);
    return result ? Json{codec::to_jcs(*result)} : refused(to_string(result.error().error));
}

Json canonical(const Json& document, linked::Strictness strictness, linked::ContextCache& cache) {
    linked::Dataset dataset;
    const auto done =
        linked::to_rdf(document, options_of(strictness), cache, cache.scratch(), dataset);
    if (!done) return refused(to_string(done.error().error));
    const auto form = linked::canonize(dataset);
    return form ? Json{form->text} : refused(to_string(form.error()));
}

Json answer(std::string_view line, linked::ContextCache& cache) {
    const auto document = codec::parse_json(line);
    if (!document) return refused(to_string(document.error().error));
    return Json::object()
        .set("expanded", expanded(*document, cache))
        .set("standard", canonical(*document, linked::Strictness::kStandard, cache))
        .set("safe", canonical(*document, linked::Strictness::kSafe, cache));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " CONTEXTS\n";
        return 64;
    }
    std::ifstream file{argv[1], std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    auto contexts = codec::parse_json(text);
    if (!contexts || !contexts->is_object()) {
        std::cerr << argv[1] << " is no JSON object\n";
        return 1;
    }
    ObjectLoader loader{*std::move(contexts)};
    linked::ContextCache cache{loader};
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << codec::to_jcs(answer(line, cache)) << '\n' << std::flush;
    }
    return 0;
}
