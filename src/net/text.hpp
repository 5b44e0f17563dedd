#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tasdiq::net {

/// ASCII letters only; other bytes stay as they are. No locale.
[[nodiscard]] constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates). Spec: RFC 3629 §4.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The number that one to `digits_max` decimal digits write; leading zeros are allowed.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text,
                                                         std::size_t digits_max);

/// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, one for
/// each, so that any bytes give valid JSON.
void append_json_string(std::string& to, std::string_view text);

/// Appends the decimal digits of `value`.
void append_decimal(std::string& to, std::uint64_t value);
void append_decimal(std::string& to, std::int64_t value);

}  // namespace tasdiq::net
