#pragma once

#include <optional>
#include <string_view>

#include "wire/evidence.hpp"

// Internal to wire.
namespace tasdiq::wire {

/// Reads `text` if it is exactly what `encode` writes of evidence with a secret, limits aside;
/// nothing for anything else, be it good or bad: the strict reader has to look at that. What it
/// reads, the strict reader reads alike, at several times the cost.
[[nodiscard]] std::optional<Evidence> read_canonical_evidence(std::string_view text);

}  // namespace tasdiq::wire
