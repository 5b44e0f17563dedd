#include "wire/text_rules.hpp"

#include <algorithm>

#include "codec/utf8.hpp"

namespace tasdiq::wire {
namespace {

constexpr std::size_t kOriginSizeMax = 200;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// Unicode's property White_Space, but for the control characters that have it.
bool is_space(char32_t c) {
    return c == 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool is_direction_control(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool is_plain_text(std::string_view text) {
    if (!codec::is_utf8(text)) return false;
    bool space_at_end = false;
    for (std::size_t position = 0; position < text.size();) {
        const bool at_start = position == 0;
        const char32_t c = codec::next_code_point(text, position);
        if (is_control(c) || is_direction_control(c) || c == 0x2028 || c == 0x2029) return false;
        space_at_end = is_space(c);
        if (at_start && space_at_end) return false;
    }
    return !space_at_end;
}

bool is_country(std::string_view text) {
    return text.size() == 2 && is_upper(text[0]) && is_upper(text[1]);
}

bool is_programme(std::string_view text) {
    return !text.empty() && text.size() <= 16 && std::ranges::all_of(text, [](char c) {
        return is_upper(c) || is_digit(c) || c == '.' || c == '-';
    });
}

bool is_origin(std::string_view text) {
    if (text.empty() || text.size() > kOriginSizeMax) return false;
    bool slash_before = true;  // a host stands in front
    for (const char c : text) {
        const bool slash = c == '/';
        if (slash && slash_before) return false;
        if (!slash && !is_upper(c) && !is_lower(c) && !is_digit(c) &&
            std::string_view{".-_~:"}.find(c) == std::string_view::npos) {
            return false;
        }
        slash_before = slash;
    }
    return !slash_before;
}

bool is_note_name(std::string_view text) {
    if (text.empty() || !codec::is_utf8(text)) return false;
    for (std::size_t position = 0; position < text.size();) {
        const char32_t c = codec::next_code_point(text, position);
        if (is_control(c) || is_space(c) || c == '+') return false;
    }
    return true;
}

}  // namespace tasdiq::wire
