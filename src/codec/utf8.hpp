#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace tasdiq::codec {

/// The size in bytes of the longest start of `text` that is well-formed UTF-8: `text.size()` if all
/// of it is. Overlong forms, surrogates and values above U+10FFFF are ill-formed. A byte order mark
/// is not refused. Spec: Unicode 15.0, table 3-7.
[[nodiscard]] std::size_t utf8_prefix_size(std::string_view text);

[[nodiscard]] inline bool is_utf8(std::string_view text) {
    return utf8_prefix_size(text) == text.size();
}

/// The code point that starts at byte `position` of `text`; `position` moves behind it.
/// `text` must be well-formed UTF-8 and `position` the start of a code point in it.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& position);

/// Writes `code_point` (a Unicode scalar value) in UTF-8 at the end of `to`.
void append_utf8(std::string& to, char32_t code_point);

/// Compares two well-formed UTF-8 texts by their UTF-16 code units, as JCS sorts keys.
/// It differs from the order of bytes only between U+E000–U+FFFF and the supplementary planes.
[[nodiscard]] std::strong_ordering compare_utf16(std::string_view a, std::string_view b);

}  // namespace tasdiq::codec
