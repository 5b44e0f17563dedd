#include "linked/iri.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/ascii.hpp"
#include "base/ensure.hpp"
#include "linked/rdf.hpp"

namespace tasdiq::linked {
namespace {

constexpr std::array<std::string_view, 24> kKeywords{
    "",         "@base",   "@container", "@context", "@direction", "@graph",
    "@id",      "@import", "@included",  "@index",   "@json",      "@language",
    "@list",    "@nest",   "@none",      "@prefix",  "@propagate", "@protected",
    "@reverse", "@set",    "@type",      "@value",   "@version",   "@vocab",
};
static_assert(kKeywords.size() == static_cast<std::size_t>(Keyword::kVocab) + 1);

bool is_scheme_character(char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}
bool is_space(char c) { return c == ' ' || ('\t' <= c && c <= '\r'); }

bool has_space(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        const std::uint64_t up_to_space = (word - 0x21 * kOnes) & ~word & (0x80 * kOnes);
        if (up_to_space != 0 && std::any_of(at, at + 8, is_space)) return true;
    }
    return std::any_of(at, at + left, is_space);
}

/// The size of a scheme in front of a colon, 0 if there is none.
std::size_t scheme_size(std::string_view text) {
    if (text.empty() || !is_letter(text.front())) return 0;
    std::size_t at = 1;
    while (at < text.size() && is_scheme_character(text[at])) ++at;
    return at < text.size() && text[at] == ':' ? at : 0;
}

/// RFC 3986 §3. What is absent has a null view, what is empty has not.
struct Parts {
    std::string_view scheme;
    std::string_view authority;
    std::string_view path;
    std::string_view query;
    std::string_view fragment;
};

bool is_present(std::string_view part) { return part.data() != nullptr; }

Parts split(std::string_view text) {
    Parts parts;
    if (const std::size_t size = scheme_size(text); size > 0) {
        parts.scheme = text.substr(0, size);
        text.remove_prefix(size + 1);
    }
    if (const std::size_t at = text.find('#'); at != text.npos) {
        parts.fragment = text.substr(at + 1);
        text = text.substr(0, at);
    }
    if (const std::size_t at = text.find('?'); at != text.npos) {
        parts.query = text.substr(at + 1);
        text = text.substr(0, at);
    }
    if (text.starts_with("//")) {
        text.remove_prefix(2);
        const std::size_t end = std::min(text.find('/'), text.size());
        parts.authority = text.substr(0, end);
        text.remove_prefix(end);
    }
    parts.path = text;
    return parts;
}

/// Takes the last segment and its slash from a path that is being written.
void pop_segment(std::string& path) {
    const std::size_t slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
}

/// RFC 3986 §5.2.4.
std::string remove_dot_segments(std::string_view in) {
    std::string out;
    while (!in.empty()) {
        if (in.starts_with("../")) {  // 2A
            in.remove_prefix(3);
        } else if (in.starts_with("./")) {
            in.remove_prefix(2);
        } else if (in.starts_with("/./")) {  // 2B
            in.remove_prefix(2);
        } else if (in == "/.") {
            in = "/";
        } else if (in.starts_with("/../")) {  // 2C
            in.remove_prefix(3);
            pop_segment(out);
        } else if (in == "/..") {
            in = "/";
            pop_segment(out);
        } else if (in == "." || in == "..") {  // 2D
            break;
        } else {  // 2E
            const std::size_t end = std::min(in.find('/', 1), in.size());
            out += in.substr(0, end);
            in.remove_prefix(end);
        }
    }
    return out;
}

/// RFC 3986 §5.2.3.
std::string merge(const Parts& base, std::string_view path) {
    if (is_present(base.authority) && base.path.empty()) return '/' + std::string{path};
    const std::size_t slash = base.path.rfind('/');
    std::string merged{base.path.substr(0, slash == base.path.npos ? 0 : slash + 1)};
    merged += path;
    return merged;
}

/// RFC 3986 §5.3.
std::string join(const Parts& parts, std::string_view path) {
    std::string text;
    if (is_present(parts.scheme)) text.append(parts.scheme).push_back(':');
    if (is_present(parts.authority)) text.append("//").append(parts.authority);
    text += path;
    if (is_present(parts.query)) text.append("?").append(parts.query);
    if (is_present(parts.fragment)) text.append("#").append(parts.fragment);
    return text;
}

}  // namespace

Keyword find_keyword(std::string_view text) {
    if (text.size() < 3 || text.front() != '@') return Keyword::kNone;
    for (std::size_t i = 0; i < kKeywords.size(); ++i) {
        if (kKeywords[i] == text) return static_cast<Keyword>(i);
    }
    return Keyword::kNone;
}

std::string_view to_string(Keyword keyword) {
    ENSURE(keyword != Keyword::kNone);
    return kKeywords[static_cast<std::size_t>(keyword)];
}

bool has_keyword_form(std::string_view text) {
    return text.size() > 1 && text.front() == '@' &&
           std::all_of(text.begin() + 1, text.end(), is_letter);
}

bool has_scheme(std::string_view text) { return scheme_size(text) > 0; }

bool has_iri_form(std::string_view text) { return has_scheme(text) && !has_space(text); }

std::string resolve_iri(std::string_view base, std::string_view reference) {
    Parts parts = split(reference);
    if (base.empty()) return std::string{reference};
    if (is_present(parts.scheme)) return join(parts, remove_dot_segments(parts.path));
    const Parts from = split(base);
    std::string path;
    if (is_present(parts.authority)) {
        path = remove_dot_segments(parts.path);
    } else {
        if (parts.path.empty()) {
            path = from.path;
            if (!is_present(parts.query)) parts.query = from.query;
        } else if (parts.path.starts_with('/')) {
            path = remove_dot_segments(parts.path);
        } else {
            path = remove_dot_segments(merge(from, parts.path));
        }
        parts.authority = from.authority;
    }
    parts.scheme = from.scheme;
    return join(parts, path);
}

bool is_language_well_formed(std::string_view tag) { return is_language_tag(tag, 8); }

}  // namespace tasdiq::linked
