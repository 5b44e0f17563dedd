#include "text/folding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tasdiq::text {
namespace {

/// Takes the first code point off `text`, which is not empty. Malformed bytes come one by one.
char32_t take(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 1 || size > text.size()) {
        text.remove_prefix(1);
        return lead;
    }
    char32_t point = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) point = point << 6 | (byte(i) & 0x3FU);
    text.remove_prefix(size);
    return point;
}

void append_utf8(std::string& to, char32_t point) {
    const auto put = [&](char32_t bits) { to.push_back(static_cast<char>(bits)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

bool is_space(char32_t point) {
    return point == ' ' || point == '\t' || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) ||
           point == 0x202F || point == 0x3000 || point == '\r' || point == '\n';
}

bool is_mark(char32_t point) { return point == 0x200E || point == 0x200F || point == 0xFEFF; }

bool is_separator(char32_t point) {
    return is_space(point) || point == '_' || point == '-' || point == '.' || point == '/' ||
           point == 0x2013 || point == 0x2019 || point == '\'';
}

char32_t western_digit(char32_t point) {
    if (point >= 0x660 && point <= 0x669) return '0' + (point - 0x660);
    if (point >= 0x6F0 && point <= 0x6F9) return '0' + (point - 0x6F0);
    if (point == 0x66B) return '.';
    return point;
}

// Bare lower-case letters of U+00C0–U+00FF; 0 keeps the code point.
constexpr std::string_view kLatin1{
    "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y", 64};

/// 0: leave it out.
char32_t folded(char32_t point) {
    if (point >= 'A' && point <= 'Z') return point - 'A' + 'a';
    if (point >= 0xC0 && point <= 0xFF) {
        const char bare = point - 0xC0 < kLatin1.size() ? kLatin1[point - 0xC0] : '\0';
        return bare != '\0' ? static_cast<char32_t>(bare) : point;
    }
    switch (point) {
        case 0x622:
        case 0x623:
        case 0x625:
        case 0x671: return 0x627;  // alef
        case 0x649: return 0x64A;  // alef maqsura as yaa
        case 0x626: return 0x64A;
        case 0x624: return 0x648;
        case 0x629: return 0x647;  // taa marbuta as haa
        case 0x640: return 0;      // tatweel
        default: break;
    }
    if ((point >= 0x64B && point <= 0x652) || point == 0x670 || is_mark(point)) return 0;
    return western_digit(point);
}

bool is_arabic_letter(char32_t point) {
    constexpr char32_t kAllah = 0xFDF2;  // the one ligature that keyboards have
    return (point >= 0x620 && point <= 0x64A) || (point >= 0x66E && point <= 0x6D3) ||
           (point >= 0x750 && point <= 0x77F) || (point >= 0x8A0 && point <= 0x8C9) ||
           point == kAllah;
}

bool is_latin_letter(char32_t point) {
    return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
           (point >= 0xC0 && point <= 0x24F && point != 0xD7 && point != 0xF7) ||
           (point >= 0x1E00 && point <= 0x1EFF);
}

bool is_tifinagh_letter(char32_t point) { return point >= 0x2D30 && point <= 0x2D67; }

/// What stands in names beside the letters: marks, apostrophes and the like, digits, joiners.
bool is_beside_letters(char32_t point) {
    constexpr std::u32string_view kSigns =
        U" '-.,()/\u00B7\u2010\u2011\u2018\u2019\u060C\u200C\u200D";
    return kSigns.find(point) != std::u32string_view::npos || (point >= '0' && point <= '9') ||
           (point >= 0x2B0 && point <= 0x36F) || (point >= 0x610 && point <= 0x61A) ||
           (point >= 0x64B && point <= 0x669) || (point >= 0x6D4 && point <= 0x6FF) ||
           (point >= 0x8CA && point <= 0x8FF);
}

}  // namespace

std::string fold(std::string_view text) {
    std::string result;
    bool space = false;
    while (!text.empty()) {
        const char32_t point = take(text);
        if (is_separator(point)) {
            space = !result.empty();
            continue;
        }
        const char32_t bare = folded(point);
        if (bare == 0) continue;
        if (space) result.push_back(' ');
        space = false;
        append_utf8(result, bare);
    }
    return result;
}

std::string to_western_digits(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) append_utf8(result, western_digit(take(text)));
    return result;
}

std::string tidy_spaces(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool space = false;
    while (!text.empty()) {
        const char32_t point = take(text);
        if (is_mark(point)) continue;
        if (is_space(point)) {
            space = !result.empty();
            continue;
        }
        if (space) result.push_back(' ');
        space = false;
        append_utf8(result, point);
    }
    return result;
}

TextScript script_of(std::string_view text) {
    bool arabic = false;
    bool latin = false;
    bool tifinagh = false;
    bool other = false;
    while (!text.empty()) {
        const char32_t point = take(text);
        const bool is_arabic = is_arabic_letter(point);
        const bool is_latin = is_latin_letter(point);
        const bool is_tifinagh = is_tifinagh_letter(point);
        arabic = arabic || is_arabic;
        latin = latin || is_latin;
        tifinagh = tifinagh || is_tifinagh;
        other = other || !(is_arabic || is_latin || is_tifinagh || is_beside_letters(point));
    }
    if (arabic + latin + tifinagh + other > 1) return TextScript::kMixed;
    if (arabic) return TextScript::kArabic;
    if (latin) return TextScript::kLatin;
    return tifinagh ? TextScript::kTifinagh : TextScript::kNone;
}

bool begins_with_letter(std::string_view text) {
    while (!text.empty()) {
        const char32_t point = take(text);
        const bool is_apostrophe = point == '\'' || point == 0x2018 || point == 0x2019 ||
                                   (point >= 0x2B0 && point <= 0x2FF);
        if (is_apostrophe) continue;
        return is_arabic_letter(point) || is_latin_letter(point) || is_tifinagh_letter(point);
    }
    return false;
}

}  // namespace tasdiq::text
