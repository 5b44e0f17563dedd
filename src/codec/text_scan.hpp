#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tasdiq::codec {

/// Bytes of a JSON string that can't stand for themselves: controls, `"` and `\`.
inline bool is_json_special(char c) {
    return static_cast<std::uint8_t>(c) < 0x20 || c == '"' || c == '\\';
}

/// The place of the first special byte of `text` at or behind `from`; the size if there is none.
inline std::size_t find_json_special(std::string_view text, std::size_t from) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    const auto zero_bytes = [](std::uint64_t word) { return (word - kOnes) & ~word; };
    std::size_t at = from;
    for (; text.size() - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t quotes = zero_bytes(word ^ ('"' * kOnes));
        const std::uint64_t backslashes = zero_bytes(word ^ ('\\' * kOnes));
        const std::uint64_t controls = (word - 0x20 * kOnes) & ~word;
        // A borrow can only mark a byte above a marked one: whether there is one at all is exact.
        if (((quotes | backslashes | controls) & kHighs) != 0) break;
    }
    while (at < text.size() && !is_json_special(text[at])) ++at;
    return at;
}

}  // namespace tasdiq::codec
