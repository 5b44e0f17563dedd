#include "linked/relabel.hpp"

#include <algorithm>

#include "base/sort.hpp"
#include "linked/nquads.hpp"

namespace tasdiq::linked {
namespace {

void relabel(Term& term, std::span<const std::string> labels) {
    if (term.is_blank()) term.text = labels[term.blank];
}

}  // namespace

std::vector<std::string> relabeled_lines(const Dataset& dataset,
                                         std::span<const std::string> labels) {
    std::vector<std::string> lines;
    lines.reserve(dataset.quads().size());
    for (Quad quad : dataset.quads()) {
        relabel(quad.subject, labels);
        relabel(quad.object, labels);
        relabel(quad.graph, labels);
        append_nquad(lines.emplace_back(), quad);
    }
    sort(lines);
    const auto [from, to] = std::ranges::unique(lines);
    lines.erase(from, to);
    return lines;
}

}  // namespace tasdiq::linked
