#pragma once

#include <algorithm>
#include <functional>
#include <ranges>
#include <utility>

namespace tasdiq {

struct SortFunction {
    template <std::ranges::random_access_range Range, class Compare = std::ranges::less,
              class Projection = std::identity>
    constexpr void operator()(Range&& range, Compare compare = {},
                              Projection projection = {}) const {
#ifdef __wasm__
        std::ranges::make_heap(range, std::ref(compare), std::ref(projection));
        std::ranges::sort_heap(range, std::ref(compare), std::ref(projection));
#else
        std::ranges::sort(std::forward<Range>(range), std::move(compare), std::move(projection));
#endif
    }
};

/// `std::ranges::sort` for the pure folders. For wasm it sorts by a heap: equal in every result
/// that does not hang on the order of equal elements, and a quarter of the code, of which there is
/// one copy for every type.
inline constexpr SortFunction sort;

}  // namespace tasdiq
