#include "base/sort.hpp"
#include "linked/line_order.hpp"

namespace tasdiq::linked {

void sort_lines(std::vector<std::string_view>& lines) { sort(lines); }

}  // namespace tasdiq::linked
