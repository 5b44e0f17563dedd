#pragma once

#include <expected>
#include <utility>

namespace tasdiq {

/// The value of a `Result` that has nothing to say but success.
struct Ok {
    friend constexpr bool operator==(Ok, Ok) = default;
};

/// A value, or the numbered reason why there is none. Not looking at it is a compile error.
template <class T, class E>
class [[nodiscard]] Result : public std::expected<T, E> {
  public:
    using std::expected<T, E>::expected;
};

}  // namespace tasdiq

#define TASDIQ_CONCAT_(a, b) a##b
#define TASDIQ_CONCAT(a, b) TASDIQ_CONCAT_(a, b)
#define TASDIQ_TRY_CHECK_(tmp, expr)   \
    auto&& tmp = (expr);               \
    if (!tmp) return std::unexpected { \
            std::move(tmp).error()     \
        }
#define TASDIQ_TRY_1_(tmp, expr)                                            \
    do {                                                                    \
        if (auto&& tmp = (expr); !tmp) return std::unexpected{tmp.error()}; \
    } while (false)
#define TASDIQ_TRY_2_(tmp, decl, expr) \
    TASDIQ_TRY_CHECK_(tmp, expr);      \
    decl = *std::move(tmp)
#define TASDIQ_TRY_PICK_(_1, _2, NAME, ...) NAME

/// `TRY(expr)` leaves the function with the error of `expr`, if it is one;
/// `TRY(decl, expr)` otherwise also names its value. `expr` is a `Result`.
#define TRY(...)                                                  \
    TASDIQ_TRY_PICK_(__VA_ARGS__, TASDIQ_TRY_2_, TASDIQ_TRY_1_, ) \
    (TASDIQ_CONCAT(try_result_, __COUNTER__), __VA_ARGS__)
