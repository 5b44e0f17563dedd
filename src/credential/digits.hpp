#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/ascii.hpp"

namespace tasdiq::credential {

/// A whole number up to `max` as it is written shortest: digits, no zero in front of another one.
[[nodiscard]] inline std::optional<std::uint32_t> parse_digits(std::string_view text,
                                                               std::uint32_t max) {
    if (text.empty() || text.size() > 10 || (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (value > max) return std::nullopt;
    return static_cast<std::uint32_t>(value);
}

}  // namespace tasdiq::credential
