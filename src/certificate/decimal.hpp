#pragma once

#include <string_view>

// Internal to certificate: decimals as they stand on a certificate, as texts.
namespace tasdiq::certificate {

/// 1–4 digits and perhaps a point and 1–4 digits; no zero in front of another digit.
[[nodiscard]] inline bool is_decimal(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const auto are_digits = [](std::string_view digits) {
        return !digits.empty() && digits.size() <= 4 &&
               digits.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!are_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
    return point == std::string_view::npos || are_digits(text.substr(point + 1));
}

/// Whether the decimal `a` is less than the decimal `b`.
[[nodiscard]] inline bool is_below(std::string_view a, std::string_view b) {
    const auto ten_thousandths = [](std::string_view text) {
        long value = 0;
        int places = -1;  // behind the point
        for (const char c : text) {
            if (c == '.') {
                places = 0;
                continue;
            }
            value = value * 10 + (c - '0');
            if (places >= 0) ++places;
        }
        for (places = places < 0 ? 0 : places; places < 4; ++places) value *= 10;
        return value;
    };
    return ten_thousandths(a) < ten_thousandths(b);
}

}  // namespace tasdiq::certificate
