#pragma once

#include <string>
#include <string_view>

namespace tasdiq::text {

/// `text` as people compare it: ASCII and accented Latin letters lower-case and bare, Arabic
/// without tatweel and short vowels and with one form of alef, yaa, waw and taa marbuta, digits
/// Western, every run of spaces, underscores, hyphens, dots and slashes one space, none at the
/// ends. For looking up, never for storing. `text` is valid UTF-8; what is not known is kept.
[[nodiscard]] std::string fold(std::string_view text);

/// Arabic-Indic and Persian digits as 0–9, the Arabic decimal separator as a point, all else kept.
[[nodiscard]] std::string to_western_digits(std::string_view text);

/// `text` without spaces at its ends, with single plain spaces inside, and without the invisible
/// marks U+200E, U+200F and U+FEFF that spreadsheets leave behind.
[[nodiscard]] std::string tidy_spaces(std::string_view text);

enum class TextScript : unsigned char { kNone, kArabic, kLatin, kTifinagh, kMixed };

/// The script of the letters in `text`; kNone when there is no letter of the three, kMixed also
/// when beside them there is what no name in them has: another script's letters, which look alike,
/// `=`.
[[nodiscard]] TextScript script_of(std::string_view text);

/// Whether the first thing in `text` is a letter of the three, behind apostrophes or the signs that
/// transcriptions have for hamza and ayn: no mark without a letter below it, no digit.
[[nodiscard]] bool begins_with_letter(std::string_view text);

}  // namespace tasdiq::text
