#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace tasdiq::text {

enum class Language : std::uint8_t { kArabic, kFrench, kEnglish };

/// `ar`, `fr`, `en`, alone or before a region (`ar-TN`, `fr_FR.UTF-8`); of any case.
[[nodiscard]] std::optional<Language> parse_language(std::string_view tag);

/// The best language of an Accept-Language field (RFC 9110 §12.5.4); English when none is ours.
[[nodiscard]] Language choose_language(std::string_view accept_language);

[[nodiscard]] std::string_view to_tag(Language language);        // "ar"
[[nodiscard]] std::string_view direction_of(Language language);  // "rtl" or "ltr"

/// `text` so that it keeps its own direction inside other text: U+2068 … U+2069.
[[nodiscard]] std::string isolate(std::string_view text);

/// A date that reads the same in every country: `1 juillet 2026`, `1 July 2026`; in Arabic, whose
/// month names differ from state to state, as numbers: `2026/07/01`, isolated.
[[nodiscard]] std::string date_text(Day day, Language language);

/// Date and time of day in UTC, to the minute.
[[nodiscard]] std::string instant_text(Instant instant, Language language);

/// A whole number with groups of three digits, Western digits in all languages.
[[nodiscard]] std::string number_text(std::uint64_t number, Language language);

/// What stands between a label and its value, and between the items of a list, a space at its end.
[[nodiscard]] std::string_view colon(Language language);
[[nodiscard]] std::string_view comma(Language language);

}  // namespace tasdiq::text
