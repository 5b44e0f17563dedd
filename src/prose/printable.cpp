#include "prose/printable.hpp"

#include "codec/invisible.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::prose {
namespace {

bool is_isolate(char32_t c) { return c >= 0x2066 && c <= 0x2069; }

bool is_hidden(char32_t c, char32_t before) {
    const bool is_control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    const bool is_line_end = c == 0x2028 || c == 0x2029;
    return is_control || is_line_end || codec::is_invisible(c, before);
}

void append_hex(std::string& to, std::uint32_t number) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    int shift = 28;
    while (shift > 4 && (number >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) to += kDigits[(number >> shift) & 0xF];
}

/// Calls `well_formed` with every stretch that is UTF-8 and `byte` with each byte that is not.
template <class WellFormed, class Byte>
void for_each_stretch(std::string_view text, WellFormed well_formed, Byte byte) {
    while (!text.empty()) {
        const std::size_t size = codec::utf8_prefix_size(text);
        well_formed(text.substr(0, size));
        text.remove_prefix(size);
        if (text.empty()) return;
        byte(static_cast<unsigned char>(text.front()));
        text.remove_prefix(1);
    }
}

}  // namespace

std::string printable(std::string_view text, Extent extent) {
    const bool is_message = extent == Extent::kMessage;
    std::string result;
    result.reserve(text.size());
    const auto append = [&](std::string_view stretch) {
        char32_t before = 0;
        for (std::size_t position = 0; position < stretch.size();) {
            const std::size_t start = position;
            const char32_t c = codec::next_code_point(stretch, position);
            const bool is_kept = is_message && (c == '\n' || is_isolate(c));
            if (is_hidden(c, before) && !is_kept) {
                result += "\\u{";
                append_hex(result, c);
                result += '}';
            } else {
                result += stretch.substr(start, position - start);
            }
            before = c;
        }
    };
    for_each_stretch(text, append, [&](unsigned char byte) {
        result += "\\x";
        append_hex(result, byte);
    });
    return result;
}

std::string to_utf8(std::string_view text) {
    std::string result;
    for_each_stretch(
        text, [&](std::string_view stretch) { result += stretch; },
        [&](unsigned char) { codec::append_utf8(result, 0xFFFD); });
    return result;
}

}  // namespace tasdiq::prose
