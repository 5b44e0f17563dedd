#pragma once

#include <span>
#include <string_view>

namespace tasdiq::cli {

/// A name in Arabic script and in the Latin spelling of two regions: Maghreb (French) and Mashriq
/// (English).
struct PersonName {
    std::string_view ar, maghreb, mashriq;
};

/// Names that the sandbox's invented graduates are made of.
[[nodiscard]] std::span<const PersonName> male_names();
[[nodiscard]] std::span<const PersonName> female_names();
/// Family names usual in a state: `TN`, `EG`, `DZ`, `LY`.
[[nodiscard]] std::span<const PersonName> family_names(std::string_view country);
/// Towns of a state, for places of birth.
[[nodiscard]] std::span<const PersonName> towns(std::string_view country);

}  // namespace tasdiq::cli
