// What is read as N-Quads is written and read again as the same statements, and its canonical form
// depends neither on the labels of its blank nodes nor on the order of its statements. The last
// does not hold for blank nodes that name graphs: RDFC-1.0 forgets which graph belongs to which
// statement (the seed `graph_names`, for which other implementations have two results, too).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "linked/canonize.hpp"
#include "linked/nquads.hpp"

namespace {

using namespace tasdiq::linked;

/// The same statements the other way round, with other labels that were given out in another order,
/// and the last one twice.
Dataset disguise(const Dataset& dataset) {
    Dataset other;
    const auto renamed = [&other](const Term& term) {
        return term.is_blank() ? other.blank("x" + std::to_string(term.blank * 7 % 1'000'003))
                               : term;
    };
    std::vector<Quad> quads{dataset.quads().rbegin(), dataset.quads().rend()};
    if (!quads.empty()) quads.push_back(quads.front());
    for (const Quad& quad : quads) {
        other.add(
            {renamed(quad.subject), quad.predicate, renamed(quad.object), renamed(quad.graph)});
    }
    return other;
}

bool has_blank_graph(const Dataset& dataset) {
    return std::ranges::any_of(dataset.quads(), [](const Quad& q) { return q.graph.is_blank(); });
}

void check_canonical_form(const Dataset& dataset, const CanonizeOptions& options) {
    const auto form = canonize(dataset, options);
    if (!form) {
        ENSURE(!to_string(form.error()).empty());
        return;
    }
    // Which paths are tried first hangs on the order, so the other may be refused near the limit.
    if (const auto other = canonize(disguise(dataset), options); other) {
        ENSURE(has_blank_graph(dataset) || other->text == form->text);
    }
    const auto again = parse_nquads(form->text);
    ENSURE(again.has_value());
    ENSURE(to_nquads(*again) == form->text);
    if (const auto twice = canonize(*again, options)) {
        ENSURE(has_blank_graph(dataset) || twice->text == form->text);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = tasdiq::as_text({data, size});
    const auto dataset = parse_nquads(text, {.size_bytes_max = 65'536, .quad_count_max = 512});
    if (!dataset) {
        ENSURE(!to_string(dataset.error().error).empty());
        return 0;
    }
    const std::string written = to_nquads(*dataset);
    const auto again = parse_nquads(written);
    ENSURE(again.has_value());
    ENSURE(std::ranges::equal(again->quads(), dataset->quads()));
    ENSURE(to_nquads(*again) == written);
    for (const auto hash : {HashAlgorithm::kSha256, HashAlgorithm::kSha384}) {
        check_canonical_form(*dataset, {.hash = hash, .work_max = 2'000, .depth_max = 64});
    }
    return 0;
}
