#pragma once

#include <string>

#include "cli/known_members.hpp"
#include "codec/json.hpp"
#include "text/language.hpp"

namespace tasdiq::cli {

/// An entry or a record (wire/describe.hpp) as lines for people: its members' names and codes in
/// their language, names of members in that language only. What the catalogue has no word for
/// stands as it is. Members that are `known` stand by name, their number behind it.
[[nodiscard]] std::string people_text(const codec::Json& json, text::Language language,
                                      const KnownMembers& known = {});

/// `{"member": 9, "ordinal": 0}` as `9:0`, where they are known by role and name.
[[nodiscard]] std::string signer_text(const codec::Json& signer, text::Language language,
                                      const KnownMembers& known);

}  // namespace tasdiq::cli
