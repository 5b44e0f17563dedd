#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tasdiq::net {

/// Why a request target was refused. Numbers are stable: they stand in problem details.
enum class TargetError : std::uint16_t {
    // The text as a whole
    kTooLong = 1,
    kForm = 2,
    kCharacter = 3,
    // RFC 3986 §2.1, after which attacks hide
    kEscape = 10,
    kControl = 11,
    kUtf8 = 12,
    // The path
    kSeparator = 20,
    kDotSegment = 21,
    kEmptySegment = 22,
    kTooManySegments = 23,
    // The query
    kParameterName = 30,
    kParameterTwice = 31,
    kTooManyParameters = 32,
};

[[nodiscard]] std::string_view to_string(TargetError error);

inline constexpr std::size_t kTargetSizeMax = 4096;
inline constexpr std::size_t kSegmentsMax = 32;
inline constexpr std::size_t kParametersMax = 32;

struct QueryParameter {
    std::string name;
    std::string value;
    friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};

/// What a request asks for, decoded once: nobody decodes a segment or a value again.
struct Target {
    /// The path as it was sent, still escaped, without the query.
    std::string path;
    /// "/" has none; "/a/" has "a" and "".
    std::vector<std::string> segments;
    /// In the order of the request; names differ.
    std::vector<QueryParameter> query;

    /// The value of the query parameter `name`; empty if it stands there without one.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Checks and decodes a request target: "/path?query", or the same behind "http://authority".
///
/// Segments and parameters are valid UTF-8 without control characters; a segment holds neither "/"
/// nor "\" and is neither "." nor "..", escaped or not; only the last one may be empty. In the
/// query
/// "+" is a space, as browsers' forms write it.
///
/// Errors, first match wins: the order of TargetError. Cost: linear.
/// Spec: RFC 9112 §3.2, RFC 3986 §2.1 and §3.3.
[[nodiscard]] Result<Target, TargetError> parse_target(std::string_view text);

/// `text` as one path segment or query value: all but RFC 3986's unreserved characters escaped.
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace tasdiq::net
