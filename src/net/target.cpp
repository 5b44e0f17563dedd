#include "net/target.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// RFC 3986: pchar, "/" and "?", and the "%" of an escape. Not "#": a fragment is never sent.
bool is_target_character(char c) {
    return is_unreserved(c) || std::string_view{"!$&'()*+,;=:@/?%"}.contains(c);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

enum class Plus : std::uint8_t { kLiteral, kSpace };

Result<std::string, TargetError> decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const auto byte = from_hex(text.substr(i + 1, 2));
            if (!byte || byte->size() != 1) return std::unexpected{TargetError::kEscape};
            decoded.push_back(static_cast<char>(byte->front()));
            i += 2;
        } else {
            decoded.push_back(text[i] == '+' && plus == Plus::kSpace ? ' ' : text[i]);
        }
    }
    return decoded;
}

/// Calls `each` with every piece of `text` between separators, at least once, until it fails.
template <class Each>
Result<Ok, TargetError> for_pieces(std::string_view text, char separator, Each each) {
    for (;;) {
        const std::size_t end = text.find(separator);
        TRY(each(text.substr(0, end)));
        if (end == std::string_view::npos) return Ok{};
        text.remove_prefix(end + 1);
    }
}

/// "/path?query"; RFC 9112 §3.2.2 obliges servers to take the absolute form too.
Result<std::string_view, TargetError> origin_form(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equals_ignoring_case(text.substr(0, scheme.size()), scheme)) continue;
        const std::size_t path = text.find('/', scheme.size());
        // Without a path it names the server itself, which is "/" for every method but OPTIONS.
        text = path == std::string_view::npos ? "/" : text.substr(path);
        break;
    }
    if (text.empty() || text.front() != '/') return std::unexpected{TargetError::kForm};
    return text;
}

Result<Ok, TargetError> decode_query(std::string_view text, std::vector<QueryParameter>& query) {
    if (text.empty()) return Ok{};
    return for_pieces(text, '&', [&](std::string_view piece) -> Result<Ok, TargetError> {
        const std::size_t equals = std::min(piece.find('='), piece.size());
        TRY(auto name, decode(piece.substr(0, equals), Plus::kSpace));
        TRY(auto value, decode(piece.substr(std::min(equals + 1, piece.size())), Plus::kSpace));
        query.push_back({std::move(name), std::move(value)});
        return Ok{};
    });
}

template <class Refuses>
bool any_text(const Target& target, Refuses refuses) {
    return std::ranges::any_of(target.segments, refuses) ||
           std::ranges::any_of(target.query, [&](const QueryParameter& parameter) {
               return refuses(parameter.name) || refuses(parameter.value);
           });
}

Result<Ok, TargetError> check_texts(const Target& target) {
    if (any_text(target, [](const std::string& s) { return std::ranges::any_of(s, is_control); })) {
        return std::unexpected{TargetError::kControl};
    }
    if (any_text(target, [](const std::string& s) { return !is_utf8(s); })) {
        return std::unexpected{TargetError::kUtf8};
    }
    return Ok{};
}

Result<Ok, TargetError> check_segments(const std::vector<std::string>& segments) {
    const auto any = [&](auto refuses) { return std::ranges::any_of(segments, refuses); };
    if (any([](const std::string& s) { return s.find_first_of("/\\") != std::string::npos; })) {
        return std::unexpected{TargetError::kSeparator};
    }
    if (any([](const std::string& s) { return s == "." || s == ".."; })) {
        return std::unexpected{TargetError::kDotSegment};
    }
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        if (segments[i].empty()) return std::unexpected{TargetError::kEmptySegment};
    }
    if (segments.size() > kSegmentsMax) return std::unexpected{TargetError::kTooManySegments};
    return Ok{};
}

Result<Ok, TargetError> check_parameters(const std::vector<QueryParameter>& query) {
    for (const QueryParameter& parameter : query) {
        if (parameter.name.empty()) return std::unexpected{TargetError::kParameterName};
    }
    // Twice the same name is how two programs come to read two different values.
    std::vector<std::string_view> names;
    for (const QueryParameter& parameter : query) names.push_back(parameter.name);
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) {
        return std::unexpected{TargetError::kParameterTwice};
    }
    if (query.size() > kParametersMax) return std::unexpected{TargetError::kTooManyParameters};
    return Ok{};
}

}  // namespace

std::string_view to_string(TargetError error) {
    switch (error) {
        case TargetError::kTooLong: return "target is longer than 4096 bytes";
        case TargetError::kForm: return "target does not start with a slash";
        case TargetError::kCharacter: return "target holds a character that must be escaped";
        case TargetError::kEscape: return "a percent sign is not followed by two hex digits";
        case TargetError::kControl: return "target hides a control character";
        case TargetError::kUtf8: return "target is not UTF-8";
        case TargetError::kSeparator: return "a path segment hides a slash or backslash";
        case TargetError::kDotSegment: return "path holds a dot segment";
        case TargetError::kEmptySegment: return "path holds an empty segment";
        case TargetError::kTooManySegments: return "path has more than 32 segments";
        case TargetError::kParameterName: return "a query parameter has no name";
        case TargetError::kParameterTwice: return "a query parameter stands there twice";
        case TargetError::kTooManyParameters: return "query has more than 32 parameters";
    }
    ENSURE(false);
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &QueryParameter::name);
    if (found == query.end()) return std::nullopt;
    return found->value;
}

Result<Target, TargetError> parse_target(std::string_view text) {
    if (text.size() > kTargetSizeMax) return std::unexpected{TargetError::kTooLong};
    TRY(text, origin_form(text));
    if (!std::ranges::all_of(text, is_target_character)) {
        return std::unexpected{TargetError::kCharacter};
    }
    const std::size_t path_end = std::min(text.find('?'), text.size());
    Target target;
    target.path = text.substr(0, path_end);
    if (path_end > 1) {
        TRY(for_pieces(text.substr(1, path_end - 1), '/',
                       [&](std::string_view piece) -> Result<Ok, TargetError> {
                           TRY(auto segment, decode(piece, Plus::kLiteral));
                           target.segments.push_back(std::move(segment));
                           return Ok{};
                       }));
    }
    TRY(decode_query(text.substr(std::min(path_end + 1, text.size())), target.query));
    TRY(check_texts(target));
    TRY(check_segments(target.segments));
    TRY(check_parameters(target.query));
    return target;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(kHex[byte >> 4]);
        encoded.push_back(kHex[byte & 15]);
    }
    return encoded;
}

}  // namespace tasdiq::net
