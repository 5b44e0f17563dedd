#include <algorithm>

#include "base/sort.hpp"
#include "linked/line_order.hpp"

namespace tasdiq::linked {
namespace {

constexpr std::size_t kFewLines = 256;  // moving more of them costs more than comparing does

using Place = std::vector<std::string_view>::iterator;

/// Where `line` belongs in the sorted lines from `begin` to `end`, of which `last` is the one that
/// was put there before it.
Place place_of(std::string_view line, Place begin, Place last, Place end) {
    if (line < *last) return std::upper_bound(begin, last, line);
    const Place next = last + 1;
    if (next == end || line < *next) return next;
    return std::upper_bound(next, end, line);
}

}  // namespace

void sort_lines(std::vector<std::string_view>& lines) {
    if (lines.size() > kFewLines) return sort(lines);
    Place last = lines.begin();
    for (Place from = lines.begin(); from != lines.end(); ++from) {
        if (from == last) continue;  // the first
        const std::string_view line = *from;
        last = place_of(line, lines.begin(), last, from);
        std::move_backward(last, from, from + 1);
        *last = line;
    }
}

}  // namespace tasdiq::linked
