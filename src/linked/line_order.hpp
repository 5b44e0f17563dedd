#pragma once

#include <string_view>
#include <vector>

namespace tasdiq::linked {

/// Sorts the lines by their bytes. Cost: natively about two comparisons a line where a line mostly
/// follows the one before it, as in the quads of a document whose shape is known.
void sort_lines(std::vector<std::string_view>& lines);

}  // namespace tasdiq::linked
