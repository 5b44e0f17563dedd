#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/language.hpp"

namespace tasdiq::text {

/// A value for a `{name}` in a text.
struct Parameter {
    std::string_view name;
    std::string value;
};

/// The text of a key as it stands in the catalogue; nothing if there is no such key.
/// Keys are `headline.<name>`, `check.<name>`, `code.<name>`, `type.<name>`, `state.<ISO code>`, …:
/// a test of each user makes sure that every name it has is here.
[[nodiscard]] std::optional<std::string_view> find_text(std::string_view key, Language language);

/// The text of a key with its `{name}`s replaced; in Arabic each value is isolated. A key that the
/// catalogue lacks comes back as itself, so that nothing is hidden; a `{name}` without a value
/// stays.
[[nodiscard]] std::string format(std::string_view key, Language language,
                                 std::span<const Parameter> parameters = {});

/// A number of things, `3 rows`, in the form that the language has for it. `noun` is one of
/// `count.<noun>-<form>` in the catalogue: one, two, few, many, other.
/// Spec: UTS 35 §3 (cardinal plural rules of CLDR).
[[nodiscard]] std::string count_text(std::string_view noun, std::uint64_t count, Language language);

}  // namespace tasdiq::text
