#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace tasdiq::credential {

/// An xsd:dateTimeStamp: unlike RFC 3339's, its `T` and `Z` are capitals.
/// Spec: XSD §3.4.28.
[[nodiscard]] inline std::optional<Instant> parse_date_time(std::string_view text) {
    if (text.find_first_of("tz") != std::string_view::npos) return std::nullopt;
    return parse_instant(text);
}

}  // namespace tasdiq::credential
