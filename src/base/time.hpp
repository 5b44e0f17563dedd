#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tasdiq {

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted. Negative before.
struct Instant {
    std::int64_t seconds = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Negative before.
struct Day {
    std::int32_t days = 0;
    friend constexpr auto operator<=>(Day, Day) = default;
};

inline constexpr std::int64_t kSecondsPerDay = 86'400;

/// A date of the proleptic Gregorian calendar: month 1–12, day 1–31.
struct CivilDate {
    std::int32_t year = 1970;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    friend constexpr auto operator<=>(CivilDate, CivilDate) = default;
};

/// The day of a civil date. `date` must exist in the calendar (see `is_civil_date`).
[[nodiscard]] Day to_day(CivilDate date);
[[nodiscard]] CivilDate to_civil(Day day);
[[nodiscard]] bool is_civil_date(CivilDate date);

/// The UTC day that holds `instant`.
[[nodiscard]] Day to_day(Instant instant);
/// Midnight UTC at the start of `day`.
[[nodiscard]] Instant to_instant(Day day);

/// `YYYY-MM-DD`; years 0000–9999 only, anything else is refused (ISO 8601-1 calendar date).
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
[[nodiscard]] std::string to_text(Day day);

/// `YYYY-MM-DDThh:mm:ssZ`, also with a numeric offset or with a fraction (cut off); RFC 3339 §5.6.
/// Leap second 60 is refused.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// `YYYY-MM-DDThh:mm:ssZ`. Years 0000–9999.
[[nodiscard]] std::string to_text(Instant instant);

}  // namespace tasdiq
