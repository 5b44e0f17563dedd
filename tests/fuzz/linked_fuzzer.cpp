// A JSON-LD document of whatever kind is read within its limits. What is read in safe mode reads
// the same without, by contexts that were processed before as by new ones, and its canonical text
// is that of the quads that it says (but for blank nodes that name graphs: see nquads_fuzzer).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "linked/bundled_contexts.hpp"
#include "linked/canonize.hpp"
#include "linked/expand.hpp"
#include "linked/nquads.hpp"
#include "linked/to_rdf.hpp"

namespace {

using namespace tasdiq;
using namespace tasdiq::linked;

constexpr CanonizeOptions kCanonize{.work_max = 2'000, .depth_max = 64};

LdOptions options_of(Strictness strictness) {
    LdOptions options;
    options.rdf_direction = RdfDirection::kI18nDatatype;
    options.strictness = strictness;
    options.limits = {
        .depth_max = 64, .contexts_max = 256, .remote_contexts_max = 8, .terms_max = 16'384};
    return options;
}

Result<Dataset, LdFault> read(const codec::Json& document, Strictness strictness,
                              ContextCache& cache) {
    Dataset dataset;
    TRY(to_rdf(document, options_of(strictness), cache, cache.scratch(), dataset));
    return dataset.copy();
}

void check_canonical_form(const Dataset& dataset) {
    const auto form = canonize(dataset, kCanonize);
    if (!form) return;
    const auto again = parse_nquads(form->text);
    ENSURE(again.has_value());
    ENSURE(to_nquads(*again) == form->text);
    const bool has_blank_graph = std::ranges::any_of(
        dataset.quads(), [](const Quad& quad) { return quad.graph.is_blank(); });
    const auto twice = canonize(*again, kCanonize);
    ENSURE(has_blank_graph || !twice || twice->text == form->text);
}

/// As JSON, without what the arena and the cache hold of it.
std::optional<std::string> expanded(const codec::Json& document, ContextCache& cache) {
    const auto result = expand(document, options_of(Strictness::kStandard), cache);
    if (!result) ENSURE(!to_string(result.error().error).empty());
    return result ? std::optional{codec::to_jcs(*result)} : std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = codec::parse_json(ByteView{data, size}, {.size_bytes_max = 16'384});
    if (!document) return 0;
    static BundledLoader loader;
    static ContextCache used{loader};
    ContextCache fresh{loader};
    const auto safe = read(*document, Strictness::kSafe, used);
    if (!safe) ENSURE(!to_string(safe.error().error).empty());
    const auto standard = read(*document, Strictness::kStandard, used);
    const auto by_fresh = read(*document, Strictness::kStandard, fresh);
    // A limit counts what is processed, which is less by a cache that was used.
    const auto is_limit = [](const LdFault& fault) {
        return fault.error == LdError::kContextOverflow ||
               fault.error == LdError::kInvalidScopedContext;
    };
    if (by_fresh || !is_limit(by_fresh.error())) {
        ENSURE(standard.has_value() == by_fresh.has_value());
        ENSURE(!standard || to_nquads(*standard) == to_nquads(*by_fresh));
        ENSURE(standard || standard.error() == by_fresh.error());
    }
    if (safe && (standard || !is_limit(standard.error()))) {
        ENSURE(standard && to_nquads(*standard) == to_nquads(*safe));
    }
    if (standard) {
        ENSURE(expanded(*document, used).has_value());
        check_canonical_form(*standard);
    }
    return 0;
}
