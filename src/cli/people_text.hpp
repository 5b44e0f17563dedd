#pragma once

#include <string>

#include "codec/json.hpp"
#include "text/language.hpp"

namespace tasdiq::cli {

/// An entry or a record (wire/describe.hpp) as lines for people: its members' names and codes in
/// their language, names of members in that language only. What the catalogue has no word for
/// stands as it is.
[[nodiscard]] std::string people_text(const codec::Json& json, text::Language language);

}  // namespace tasdiq::cli
