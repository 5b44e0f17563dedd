// text → double
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/ascii.hpp"
#include "codec/big_natural.hpp"
#include "codec/number.hpp"
#include "codec/power_of_ten.hpp"

namespace tasdiq::codec {
namespace {

/// The parts of a decimal text: whole . fraction · 10^exponent
struct Parts {
    bool is_negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

bool take_sign(std::string_view& text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    return is_negative;
}

std::optional<Parts> split(std::string_view text) {
    Parts parts;
    parts.is_negative = take_sign(text);
    parts.whole = take_digits(text);
    if (parts.whole.empty()) return std::nullopt;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        parts.fraction = take_digits(text);
        if (parts.fraction.empty()) return std::nullopt;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        const bool is_negative = take_sign(text);
        const std::string_view digits = take_digits(text);
        if (digits.empty()) return std::nullopt;
        // Beyond this no text of digits that fits in memory brings the value back into range.
        constexpr std::int64_t kHuge = std::int64_t{1} << 48;
        for (const char c : digits)
            parts.exponent = std::min(parts.exponent * 10 + (c - '0'), kHuge);
        if (is_negative) parts.exponent = -parts.exponent;
    }
    if (!text.empty()) return std::nullopt;
    return parts;
}

/// The nearest double to (significand + something below 1 if `rest`) · 2^exponent; ties to even.
/// The top bit of `significand` must be among its highest two, so that none of the 53 is missing.
double round_to_double(std::uint64_t significand, bool rest, int exponent) {
    const auto width = static_cast<int>(std::bit_width(significand));
    const int top = exponent + width - 1;  // 2^top ≤ value
    if (top > 1023) return std::numeric_limits<double>::infinity();
    const int precision = std::min(53, 53 + (top + 1022));  // less for subnormal ones
    if (precision < 0) return 0;
    const int dropped = width - precision;
    const std::uint64_t kept = dropped < 64 ? significand >> dropped : 0;
    const std::uint64_t tail =
        dropped < 64 ? significand & ((std::uint64_t{1} << dropped) - 1) : significand;
    const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
    const bool goes_up = tail > half || (tail == half && (rest || kept % 2 == 1));
    // The hidden bit adds one to the exponent, as does a carry out of the significand: also into
    // infinity.
    const auto biased = static_cast<std::uint64_t>(std::max(top + 1022, 0));
    return std::bit_cast<double>((biased << 52) + kept + (goes_up ? 1 : 0));
}

/// The significant digits as an integer, and the power of ten that goes with it.
struct Scaled {
    BigNatural integer;
    std::int64_t exponent;
};

double round_large(Scaled value) {
    const auto power = static_cast<std::size_t>(value.exponent);
    value.integer.multiply_power_of_5(power);
    const std::size_t width = value.integer.bit_width();
    const std::size_t shift = width < 64 ? 64 - width : 0;
    value.integer.shift_left(shift);
    bool rest = false;
    const std::uint64_t top = value.integer.top_64(rest);
    const std::size_t dropped = value.integer.bit_width() - 64;
    return round_to_double(top, rest, static_cast<int>(power + dropped) - static_cast<int>(shift));
}

double round_small(Scaled value) {
    const auto power = static_cast<std::size_t>(-value.exponent);
    BigNatural divisor{1};
    divisor.multiply_power_of_5(power);
    // Shift both so that the quotient is between 4 and 16: one hexadecimal digit, and fifteen more.
    std::size_t divisor_shift = 0;
    const std::size_t needed = value.integer.bit_width();
    if (needed > divisor.bit_width() + 3) divisor_shift = needed - divisor.bit_width() - 3;
    divisor.shift_left(divisor_shift);
    const std::size_t normal = divisor.bits_to_normal();
    divisor.shift_left(normal);
    const std::size_t integer_shift = divisor.bit_width() + 3 - needed;
    value.integer.shift_left(integer_shift);

    std::uint64_t quotient = value.integer.divide_digit(divisor);
    for (int i = 0; i < 15; ++i) {
        value.integer.shift_left(4);
        quotient = quotient << 4 | value.integer.divide_digit(divisor);
    }
    const auto shift = static_cast<int>(divisor_shift + normal) - static_cast<int>(integer_shift);
    return round_to_double(quotient, !value.integer.is_zero(),
                           shift - 60 - static_cast<int>(power));
}

/// Of whole . fraction · 10^exponent, whose first digit is not zero, by long arithmetic.
double round_long(std::string_view whole, std::string_view fraction, std::int64_t exponent) {
    // Of more digits than 767 only whether any is not zero can matter.
    constexpr std::size_t kDigitsMax = 780;
    BigNatural integer{0};
    std::size_t count = 0;
    bool rest = false;
    for (const std::string_view part : {whole, fraction}) {
        for (const char c : part) {
            if (count == kDigitsMax) {
                rest = rest || c != '0';
            } else {
                integer.multiply_add(10, static_cast<std::uint32_t>(c - '0'));
                ++count;
            }
        }
    }
    const auto point = exponent + static_cast<std::int64_t>(whole.size());
    if (point > 310) return std::numeric_limits<double>::infinity();
    if (point < -330) return 0;
    std::int64_t power = point - static_cast<std::int64_t>(count);
    if (rest) {  // one more digit stands for all the others
        integer.multiply_add(10, 1);
        --power;
    }
    const Scaled scaled{integer, power};
    return power >= 0 ? round_large(scaled) : round_small(scaled);
}

double parse_magnitude(Parts parts) {
    // Only significant digits from here on.
    const auto strip = [](std::string_view digits) {
        return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    };
    parts.whole = strip(parts.whole);
    if (parts.whole.empty()) {
        const std::size_t size = parts.fraction.size();
        parts.fraction = strip(parts.fraction);
        parts.exponent -= static_cast<std::int64_t>(size - parts.fraction.size());
    }
    const std::size_t count = parts.whole.size() + parts.fraction.size();
    if (count == 0) return 0;

    if (count <= 19) {
        std::uint64_t integer = 0;
        for (const std::string_view part : {parts.whole, parts.fraction}) {
            for (const char c : part) integer = integer * 10 + static_cast<std::uint64_t>(c - '0');
        }
        const auto power = parts.exponent - static_cast<std::int64_t>(parts.fraction.size());
        // Both operands are exact, so the one rounding is the right one (Clinger, 1990).
        if (integer <= std::uint64_t{1} << 53 && -kExactPowerMax <= power &&
            power <= kExactPowerMax) {
            const auto exact = static_cast<double>(integer);
            return power < 0 ? exact / kExactPowers[static_cast<std::size_t>(-power)]
                             : exact * kExactPowers[static_cast<std::size_t>(power)];
        }
    }
    return round_long(parts.whole, parts.fraction, parts.exponent);
}

}  // namespace

std::optional<double> parse_double(std::string_view text) {
    const auto parts = split(text);
    if (!parts) return std::nullopt;
    const double magnitude = parse_magnitude(*parts);
    return parts->is_negative ? -magnitude : magnitude;
}

}  // namespace tasdiq::codec
