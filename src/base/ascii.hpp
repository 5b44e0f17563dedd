#pragma once

// Characters of ASCII, whatever the locale.
namespace tasdiq {

[[nodiscard]] constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

}  // namespace tasdiq
