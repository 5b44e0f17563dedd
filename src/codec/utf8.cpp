#include "codec/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/ensure.hpp"

namespace tasdiq::codec {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t position) {
    return static_cast<std::uint8_t>(text[position]);
}

bool is_continuation(std::uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// The size of the sequence that `first` starts; 0 if none does.
std::size_t sequence_size(std::uint8_t first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;  // a continuation, or an overlong form
    if (first < 0xE0) return 2;
    if (first < 0xF0) return 3;
    return first < 0xF5 ? 4 : 0;
}

/// The second byte carries the rest of what table 3-7 forbids.
bool is_second(std::uint8_t first, std::uint8_t second) {
    switch (first) {
        case 0xE0: return 0xA0 <= second && second <= 0xBF;  // overlong
        case 0xED: return 0x80 <= second && second <= 0x9F;  // surrogates
        case 0xF0: return 0x90 <= second && second <= 0xBF;  // overlong
        case 0xF4: return 0x80 <= second && second <= 0x8F;  // above U+10FFFF
        default: return is_continuation(second);
    }
}

/// Where a first byte stands among UTF-16 code units: supplementary planes (surrogates,
/// U+D800–U+DFFF) come before U+E000–U+FFFF, whose first bytes are EE and EF.
std::uint8_t utf16_rank(std::uint8_t byte) {
    if (byte < 0xEE) return byte;
    return static_cast<std::uint8_t>(byte < 0xF0 ? byte + 8 : byte - 2);
}

}  // namespace

std::size_t utf8_prefix_size(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, 8);
            if ((word & 0x8080'8080'8080'8080) == 0) {
                at += 8;
                continue;
            }
        }
        const std::uint8_t first = byte_at(text, at);
        if (first < 0x80) {
            ++at;
            continue;
        }
        const std::size_t size = sequence_size(first);
        if (size == 0 || size > text.size() - at) return at;
        if (!is_second(first, byte_at(text, at + 1))) return at;
        for (std::size_t i = 2; i < size; ++i) {
            if (!is_continuation(byte_at(text, at + i))) return at;
        }
        at += size;
    }
    return at;
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
    ENSURE(position < text.size());
    const std::uint8_t first = byte_at(text, position);
    const std::size_t size = sequence_size(first);
    ENSURE(size != 0 && size <= text.size() - position);
    if (size == 1) {
        ++position;
        return first;
    }
    char32_t code_point = first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        code_point = code_point << 6 | (byte_at(text, position + i) & 0x3FU);
    }
    position += size;
    return code_point;
}

void append_utf8(std::string& to, char32_t code_point) {
    const auto tail = [code_point](unsigned shift) {
        return static_cast<char>(0x80 | (code_point >> shift & 0x3F));
    };
    if (code_point < 0x80) {
        to.push_back(static_cast<char>(code_point));
    } else if (code_point < 0x800) {
        to.append({static_cast<char>(0xC0 | code_point >> 6), tail(0)});
    } else if (code_point < 0x10000) {
        ENSURE(code_point < 0xD800 || code_point > 0xDFFF);
        to.append({static_cast<char>(0xE0 | code_point >> 12), tail(6), tail(0)});
    } else {
        ENSURE(code_point <= 0x10FFFF);
        to.append({static_cast<char>(0xF0 | code_point >> 18), tail(12), tail(6), tail(0)});
    }
}

std::strong_ordering compare_utf16(std::string_view a, std::string_view b) {
    const std::size_t common = std::min(a.size(), b.size());
    std::size_t at = 0;
    while (at < common && a[at] == b[at]) ++at;
    if (at == common) return a.size() <=> b.size();
    // Inside a sequence the first bytes are equal, so both are of one rank, and continuations have
    // no other.
    return utf16_rank(byte_at(a, at)) <=> utf16_rank(byte_at(b, at));
}

}  // namespace tasdiq::codec
