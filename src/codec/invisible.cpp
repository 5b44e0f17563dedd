#include "codec/invisible.hpp"

#include <algorithm>

#include "codec/utf8.hpp"

namespace tasdiq::codec {
namespace {

struct Range {
    char32_t first, last;
    [[nodiscard]] constexpr bool contains(char32_t c) const { return c >= first && c <= last; }
};

constexpr Range kDefaultIgnorable[] = {
    {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

/// Blocks of Arabic script, but for what shows nothing in them.
constexpr Range kArabic[] = {
    {0x620, 0x6FF}, {0x750, 0x77F}, {0x870, 0x8FF}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}};

bool is_in(const auto& ranges, char32_t c) {
    return std::ranges::any_of(ranges, [c](const Range& range) { return range.contains(c); });
}

}  // namespace

bool is_default_ignorable(char32_t code_point) { return is_in(kDefaultIgnorable, code_point); }

bool is_invisible(char32_t code_point, char32_t before) {
    const bool is_joiner = code_point == 0x200C || code_point == 0x200D;
    return is_default_ignorable(code_point) && !(is_joiner && is_in(kArabic, before));
}

bool has_invisible(std::string_view text) {
    char32_t before = 0;
    for (std::size_t position = 0; position < text.size();) {
        const char32_t c = next_code_point(text, position);
        if (is_invisible(c, before)) return true;
        before = c;
    }
    return false;
}

}  // namespace tasdiq::codec
