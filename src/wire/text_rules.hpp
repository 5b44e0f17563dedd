#pragma once

#include <string_view>

// Internal to wire: which texts stand in which fields. docs/formats/transaction.md says why.
namespace tasdiq::wire {

/// Well-formed UTF-8 without white space at its ends, without control characters (U+0000–U+001F,
/// U+007F–U+009F), line and paragraph separators, and the controls that turn the direction of what
/// follows (U+202A–U+202E, U+2066–U+2069). Other code points that show nothing are let through:
/// what a ledger once took must be read for ever. Whoever writes new texts asks
/// `codec::has_invisible` besides.
[[nodiscard]] bool is_plain_text(std::string_view text);

/// `[A-Z]{2}`
[[nodiscard]] bool is_country(std::string_view text);

/// `[A-Z0-9.-]{1,16}`
[[nodiscard]] bool is_programme(std::string_view text);

/// `host[:port]/path`: 1–200 of `A–Z a–z 0–9 . - _ ~ : /`, no empty part between slashes.
[[nodiscard]] bool is_origin(std::string_view text);

/// A key name of a signed note: not empty, no white space, control character or `+`.
/// Spec: C2SP signed-note.
[[nodiscard]] bool is_note_name(std::string_view text);

}  // namespace tasdiq::wire
