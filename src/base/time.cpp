#include "base/time.hpp"

#include <array>

#include "base/ensure.hpp"

namespace tasdiq {
namespace {

constexpr std::int32_t kDaysPerEra = 146'097;  // 400 Gregorian years
constexpr std::int32_t kEpochShift = 719'468;  // 0000-03-01 to 1970-01-01

bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::uint8_t days_in_month(std::int32_t year, std::uint8_t month) {
    constexpr std::array<std::uint8_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

/// The number in exactly these digits; nothing if one is not a digit.
std::optional<std::int32_t> digits(std::string_view text) {
    std::int32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

void append_digits(std::string& to, std::int64_t value, std::size_t width) {
    std::string text(width, '0');
    for (std::size_t i = width; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
    to += text;
}

/// `Z` or `±hh:mm` as seconds east of UTC.
std::optional<std::int32_t> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto hours = digits(text.substr(1, 2));
    const auto minutes = digits(text.substr(4, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::int32_t seconds = *hours * 3600 + *minutes * 60;
    return text[0] == '-' ? -seconds : seconds;
}

}  // namespace

bool is_civil_date(CivilDate date) {
    return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

// Both directions count from 1 March, so that the leap day is the last of its year.
Day to_day(CivilDate date) {
    ENSURE(is_civil_date(date));
    const std::int32_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int32_t year_of_era = year - era * 400;
    const std::int32_t day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    const std::int32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {era * kDaysPerEra + day_of_era - kEpochShift};
}

CivilDate to_civil(Day day) {
    const std::int64_t shifted = std::int64_t{day.days} + kEpochShift;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - kDaysPerEra + 1) / kDaysPerEra;
    const auto day_of_era = static_cast<std::int32_t>(shifted - era * kDaysPerEra);
    const std::int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int32_t month_from_march = (5 * day_of_year + 2) / 153;
    const auto month = static_cast<std::uint8_t>((month_from_march + 2) % 12 + 1);
    return {static_cast<std::int32_t>(era) * 400 + year_of_era + (month <= 2 ? 1 : 0), month,
            static_cast<std::uint8_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

Day to_day(Instant instant) {
    const std::int64_t floor_shift = instant.seconds < 0 ? kSecondsPerDay - 1 : 0;
    return {static_cast<std::int32_t>((instant.seconds - floor_shift) / kSecondsPerDay)};
}

Instant to_instant(Day day) { return {std::int64_t{day.days} * kSecondsPerDay}; }

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const CivilDate date{*year, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
    if (!is_civil_date(date)) return std::nullopt;
    return to_day(date);
}

std::string to_text(Day day) {
    const CivilDate date = to_civil(day);
    ENSURE(date.year >= 0 && date.year <= 9999);
    std::string text;
    append_digits(text, date.year, 4);
    text += '-';
    append_digits(text, date.month, 2);
    text += '-';
    append_digits(text, date.day, 2);
    return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    const auto hours = digits(text.substr(11, 2));
    const auto minutes = digits(text.substr(14, 2));
    const auto seconds = digits(text.substr(17, 2));
    if (!day || !hours || !minutes || !seconds || text[13] != ':' || text[16] != ':') {
        return std::nullopt;
    }
    if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
    std::size_t end = 19;
    if (text[end] == '.') {
        const std::size_t first = ++end;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        if (end == first) return std::nullopt;
    }
    const auto offset = parse_offset(text.substr(end));
    if (!offset) return std::nullopt;
    return Instant{to_instant(*day).seconds + *hours * 3600 + *minutes * 60 + *seconds - *offset};
}

std::string to_text(Instant instant) {
    const Day day = to_day(instant);
    const std::int64_t second_of_day = instant.seconds - to_instant(day).seconds;
    std::string text = to_text(day);
    text += 'T';
    append_digits(text, second_of_day / 3600, 2);
    text += ':';
    append_digits(text, second_of_day / 60 % 60, 2);
    text += ':';
    append_digits(text, second_of_day % 60, 2);
    text += 'Z';
    return text;
}

}  // namespace tasdiq
