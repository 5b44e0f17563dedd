#pragma once

#include <string>

#include "codec/json.hpp"

namespace tasdiq::codec {

/// Writes the canonical text of `value` at the end of `to`: what signatures and hashes of JSON
/// cover. Strings in it must be well-formed UTF-8 (parsed ones are). Cost: linear where the members
/// of objects are sorted already. Spec: RFC 8785.
void append_jcs(std::string& to, const Json& value);
[[nodiscard]] std::string to_jcs(const Json& value);

}  // namespace tasdiq::codec
