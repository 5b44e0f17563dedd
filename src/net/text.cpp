#include "net/text.hpp"

#include <algorithm>
#include <array>

namespace tasdiq::net {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The size of the well-formed UTF-8 sequence that `text` starts with, 0 if there is none.
std::size_t sequence_size(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return 1;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
    if (!std::ranges::all_of(text.substr(1, size - 1), is_continuation)) return 0;
    // RFC 3629 §4: the second byte shuts out overlong forms, surrogates and what is past U+10FFFF.
    const auto second = static_cast<unsigned char>(text[1]);
    if (lead == 0xE0 && second < 0xA0) return 0;
    if (lead == 0xED && second > 0x9F) return 0;
    if (lead == 0xF0 && second < 0x90) return 0;
    if (lead == 0xF4 && second > 0x8F) return 0;
    return size;
}

void append_json_ascii(std::string& to, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
        case '"': to += "\\\""; return;
        case '\\': to += "\\\\"; return;
        case '\n': to += "\\n"; return;
        case '\r': to += "\\r"; return;
        case '\t': to += "\\t"; return;
        default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
        to.push_back(c);
        return;
    }
    to += "\\u00";
    to.push_back(kHex[byte >> 4]);
    to.push_back(kHex[byte & 15]);
}

}  // namespace

std::string to_lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) c = to_lower(c);
    return result;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = sequence_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text, std::size_t digits_max) {
    if (text.empty() || text.size() > std::min<std::size_t>(digits_max, 18)) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = 10 * value + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

void append_json_string(std::string& to, std::string_view text) {
    to.push_back('"');
    while (!text.empty()) {
        const std::size_t size = sequence_size(text);
        if (size == 1) {
            append_json_ascii(to, text.front());
        } else {
            to += size == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, size);
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    to.push_back('"');
}

void append_decimal(std::string& to, std::uint64_t value) {
    std::array<char, 20> digits{};
    std::size_t at = digits.size();
    do {
        digits[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    to.append(digits.data() + at, digits.size() - at);
}

void append_decimal(std::string& to, std::int64_t value) {
    if (value < 0) to.push_back('-');
    const auto bits = static_cast<std::uint64_t>(value);
    append_decimal(to, value < 0 ? ~bits + 1 : bits);
}

}  // namespace tasdiq::net
