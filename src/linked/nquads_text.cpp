#include "linked/nquads_text.hpp"

#include <cstdint>

namespace tasdiq::linked {
namespace {

// In UTF-8 U+FFFE and U+FFFF, which are no characters of XML 1.1, start with this byte.
constexpr std::uint8_t kNonCharacterLead = 0xEF;

bool may_need_escape(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x20 || c == '"' || c == '\\' || byte == 0x7F || byte == kNonCharacterLead;
}

/// The letter of ECHAR for `c`, 0 if it has none.
char echar(char c) {
    switch (c) {
        case '\b': return 'b';
        case '\t': return 't';
        case '\n': return 'n';
        case '\f': return 'f';
        case '\r': return 'r';
        case '"': return '"';
        case '\\': return '\\';
        default: return 0;
    }
}

char* write_uchar(char* to, std::uint32_t code) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    *to++ = '\\';
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *to++ = kDigits[code >> shift & 15];
    return to;
}

bool is_non_character(std::string_view text, std::size_t at) {
    return text.size() - at >= 3 && static_cast<std::uint8_t>(text[at]) == kNonCharacterLead &&
           static_cast<std::uint8_t>(text[at + 1]) == 0xBF &&
           static_cast<std::uint8_t>(text[at + 2]) >= 0xBE;
}

}  // namespace

std::size_t find_literal_special(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    const auto zero_bytes = [](std::uint64_t word) { return (word - kOnes) & ~word; };
    std::size_t at = 0;
    for (; text.size() - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t found =
            zero_bytes(word ^ ('"' * kOnes)) | zero_bytes(word ^ ('\\' * kOnes)) |
            zero_bytes(word ^ (0x7F * kOnes)) | zero_bytes(word ^ (kNonCharacterLead * kOnes)) |
            ((word - 0x20 * kOnes) & ~word);
        // A borrow can only mark a byte above a marked one: whether there is one at all is exact.
        if ((found & kHighs) != 0) break;
    }
    while (at < text.size() && !may_need_escape(text[at])) ++at;
    return at;
}

char* write_escaped(char* to, std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (!may_need_escape(c)) {
            *to++ = c;
        } else if (const char letter = echar(c); letter != 0) {
            *to++ = '\\';
            *to++ = letter;
        } else if (static_cast<std::uint8_t>(c) != kNonCharacterLead) {
            to = write_uchar(to, static_cast<std::uint8_t>(c));
        } else if (is_non_character(text, at)) {
            to = write_uchar(to, static_cast<std::uint8_t>(text[at + 2]) == 0xBE ? 0xFFFE : 0xFFFF);
            at += 2;
        } else {
            *to++ = c;
        }
    }
    return to;
}

char* write_literal(char* to, const Term& literal, bool has_special) {
    *to++ = '"';
    to = has_special ? write_escaped(to, literal.text) : write_text(to, literal.text);
    *to++ = '"';
    if (literal.kind == TermKind::kLanguageLiteral) {
        *to++ = '@';
        to = write_text(to, literal.qualifier);
    } else if (literal.kind == TermKind::kLiteral) {
        *to++ = '^';
        *to++ = '^';
        to = write_iri(to, literal.qualifier);
    }
    return to;
}

std::size_t line_size_max(const Quad& quad, std::size_t label_size, bool& has_special) {
    constexpr std::size_t kAround = 4 * 3 + 8;  // brackets, `_:`, quotation marks, spaces, `.`
    const std::size_t labels = 3 * label_size;
    has_special = quad.object.is_literal() &&
                  find_literal_special(quad.object.text) != quad.object.text.size();
    return kAround + labels + quad.subject.text.size() + quad.predicate.text.size() +
           escaped_size_max(quad.object.text, has_special) + quad.object.qualifier.size() +
           quad.graph.text.size();
}

}  // namespace tasdiq::linked
