#pragma once

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "wire/ids.hpp"

// Internal to node: what segments of paths and parameters say.
namespace tasdiq::node {

/// The number in a whole path segment or parameter, without signs or leading zeroes.
inline std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || value > max || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    return value;
}

inline std::optional<wire::MemberId> parse_member(std::string_view text) {
    const auto number = parse_number(text, UINT32_MAX);
    if (!number) return std::nullopt;
    return wire::MemberId{static_cast<std::uint32_t>(*number)};
}

/// `/i/{member}/status/{list}/{purpose}`, whatever stands in the braces.
inline bool is_status_list(std::span<const std::string> segments) {
    return segments.size() == 5 && segments[0] == "i" && segments[2] == "status";
}

}  // namespace tasdiq::node
