// double → text
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/big_natural.hpp"
#include "codec/number.hpp"
#include "codec/power_of_ten.hpp"

namespace tasdiq::codec {
namespace {

constexpr int kSignificandBits = 52;
constexpr int kExponentBias = 1075;  // of the significand as an integer
constexpr std::uint64_t kHiddenBit = std::uint64_t{1} << kSignificandBits;

/// A finite positive double: significand · 2^exponent.
struct Binary {
    std::uint64_t significand;
    int exponent;
    bool is_lower_closer;  // the next smaller double is half as far as the next larger one
};

Binary to_binary(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto biased = static_cast<int>(bits >> kSignificandBits & 0x7FF);
    const std::uint64_t fraction = bits & (kHiddenBit - 1);
    if (biased == 0) return {fraction, 1 - kExponentBias, false};
    return {fraction | kHiddenBit, biased - kExponentBias, fraction == 0 && biased > 1};
}

bool is_finite(double value) {
    return (std::bit_cast<std::uint64_t>(value) >> kSignificandBits & 0x7FF) != 0x7FF;
}

/// Decimal digits, without zeros at the end, and the place of the point: 0.d1d2d3… · 10^point.
struct Decimal {
    std::array<char, 20> digits;
    std::size_t count = 0;
    int point = 0;

    void push(std::uint32_t digit) { digits[count++] = static_cast<char>('0' + digit); }
    void strip_zeros() {
        while (count > 1 && digits[count - 1] == '0') --count;
    }
    /// Adds one to the last digit.
    void round_up() {
        std::size_t at = count;
        while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
        if (at > 0) {
            ++digits[at - 1];
        } else {  // all nines
            digits[0] = '1';
            ++point;
        }
    }
    [[nodiscard]] std::string_view text() const { return {digits.data(), count}; }
};

/// integer · 10^exponent
Decimal to_decimal(std::uint64_t integer, int exponent) {
    std::array<char, 20> reversed;
    std::size_t size = 0;
    for (; integer != 0; integer /= 10) reversed[size++] = static_cast<char>('0' + integer % 10);
    Decimal decimal;
    decimal.point = static_cast<int>(size) + exponent;
    while (size > 0) decimal.digits[decimal.count++] = reversed[--size];
    decimal.strip_zeros();
    return decimal;
}

/// The decimal of at most fifteen digits that is nearest to `value`, if it reads back as `value`.
/// There is never more than one with a given count of digits, so the first one found is the
/// shortest.
bool find_short(double value, Decimal& decimal) {
    if (value < 1e-5 || value >= 1e15) return false;
    for (int places = 0; places <= kExactPowerMax; ++places) {
        const double scaled = value * kExactPowers[static_cast<std::size_t>(places)];
        if (scaled >= 1e15) return false;
        // The product is off by less than a quarter, and the division below is correctly rounded.
        const auto integer = static_cast<std::uint64_t>(scaled + 0.5);
        if (static_cast<double>(integer) / kExactPowers[static_cast<std::size_t>(places)] ==
            value) {
            decimal = to_decimal(integer, -places);
            return true;
        }
    }
    return false;
}

/// value = numerator / denominator · 10^point with a quotient below 1, made from numbers that fit.
struct Fraction {
    BigNatural numerator;
    BigNatural denominator;
    BigNatural margin;  // half the distance to the next smaller double, over the same denominator
    int point;
};

/// floor(log10(2^exponent)) for |exponent| ≤ 1650.
int floor_log10_of_power(int exponent) { return (exponent * 315'653) >> 20; }

Fraction to_fraction(const Binary& value) {
    const auto width = static_cast<int>(std::bit_width(value.significand));
    const int point = floor_log10_of_power(value.exponent + width - 1) + 1;  // or one too small
    Fraction fraction{BigNatural{value.significand}, BigNatural{1}, BigNatural{1}, point};
    // Twice everything, so that half a distance is whole; twice again where the lower one is half
    // of it.
    std::size_t numerator_shift = value.is_lower_closer ? 2 : 1;
    std::size_t denominator_shift = numerator_shift;
    std::size_t margin_shift = 0;
    if (value.exponent >= 0) {
        numerator_shift += static_cast<std::size_t>(value.exponent);
        margin_shift += static_cast<std::size_t>(value.exponent);
    } else {
        denominator_shift += static_cast<std::size_t>(-value.exponent);
    }
    if (point >= 0) {
        const auto power = static_cast<std::size_t>(point);
        fraction.denominator.multiply_power_of_5(power);
        denominator_shift += power;
    } else {
        const auto power = static_cast<std::size_t>(-point);
        fraction.numerator.multiply_power_of_5(power);
        fraction.margin.multiply_power_of_5(power);
        numerator_shift += power;
        margin_shift += power;
    }
    fraction.denominator.shift_left(denominator_shift);
    const std::size_t normal = fraction.denominator.bits_to_normal();
    fraction.denominator.shift_left(normal);
    fraction.numerator.shift_left(numerator_shift + normal);
    fraction.margin.shift_left(margin_shift + normal);
    return fraction;
}

/// Free-format printing of Steele and White ("How to print floating-point numbers accurately",
/// 1990): digits until those that are left can't matter.
Decimal find_shortest(const Binary& value) {
    Fraction fraction = to_fraction(value);
    BigNatural& rest = fraction.numerator;
    BigNatural& below = fraction.margin;
    BigNatural above = below;
    if (value.is_lower_closer) above.shift_left(1);
    // A reader rounds ties to even, so the middle between two doubles belongs to the even one.
    const bool takes_middle = value.significand % 2 == 0;
    const auto reaches = [&](const BigNatural& amount, const BigNatural& goal) {
        return takes_middle ? amount >= goal : amount > goal;
    };
    const auto top = [&] {
        BigNatural sum = rest;
        sum.add(above);
        return sum;
    };

    Decimal decimal;
    decimal.point = fraction.point;
    const auto next_digit_place = [&] {
        rest.multiply_add(10, 0);
        below.multiply_add(10, 0);
        above.multiply_add(10, 0);
    };
    if (reaches(top(), fraction.denominator)) {
        ++decimal.point;  // the estimate was one too small: the first digit is there already
    } else {
        next_digit_place();
    }
    for (;;) {
        const std::uint32_t digit = rest.divide_digit(fraction.denominator);
        const bool is_low = reaches(below, rest);
        const bool is_high = reaches(top(), fraction.denominator);
        if (!is_low && !is_high) {
            decimal.push(digit);
            next_digit_place();
            continue;
        }
        rest.shift_left(1);
        const auto half = rest <=> fraction.denominator;
        const bool is_nearer_above = half > 0 || (half == 0 && digit % 2 == 1);
        const bool goes_up = is_high && (!is_low || is_nearer_above);
        decimal.push(digit + (goes_up ? 1 : 0));
        return decimal;
    }
}

/// The nearest decimal of sixteen digits; of two the larger one.
Decimal find_sixteen(const Binary& value) {
    Fraction fraction = to_fraction(value);
    Decimal decimal;
    decimal.point = fraction.point;
    if (fraction.numerator >= fraction.denominator) {
        ++decimal.point;
    } else {
        fraction.numerator.multiply_add(10, 0);
    }
    for (int i = 0; i < 16; ++i) {
        if (i > 0) fraction.numerator.multiply_add(10, 0);
        decimal.push(fraction.numerator.divide_digit(fraction.denominator));
    }
    fraction.numerator.shift_left(1);
    if (fraction.numerator >= fraction.denominator) decimal.round_up();
    decimal.strip_zeros();
    return decimal;
}

/// Whole numbers below 2^53 in absolute value are written as they are.
bool is_small_integer(double magnitude) {
    return magnitude < 9007199254740992.0 &&
           static_cast<double>(static_cast<std::uint64_t>(magnitude)) == magnitude;
}

void append_integer(std::string& to, std::uint64_t value) {
    std::array<char, 20> reversed;
    std::size_t size = 0;
    do {
        reversed[size++] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (size > 0) to.push_back(reversed[--size]);
}

void append_exponent(std::string& to, int exponent) {
    if (exponent < 0) to.push_back('-');
    append_integer(to, static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent));
}

/// ECMA-262, Number::toString, steps 6–10; `k` and `n` are its names.
void append_layout(std::string& to, const Decimal& decimal) {
    const std::string_view digits = decimal.text();
    const int k = static_cast<int>(digits.size());
    const int n = decimal.point;
    if (k <= n && n <= 21) {
        to.append(digits).append(static_cast<std::size_t>(n - k), '0');
    } else if (0 < n && n <= 21) {
        const auto whole = static_cast<std::size_t>(n);
        to.append(digits.substr(0, whole)).append(".").append(digits.substr(whole));
    } else if (-6 < n && n <= 0) {
        to.append("0.").append(static_cast<std::size_t>(-n), '0').append(digits);
    } else {
        to.append(digits.substr(0, 1));
        if (k > 1) to.append(".").append(digits.substr(1));
        to.append(n > 0 ? "e+" : "e");
        append_exponent(to, n - 1);
    }
}

}  // namespace

void append_ecmascript(std::string& to, double value) {
    ENSURE(is_finite(value));
    if (value < 0) {
        to.push_back('-');
        value = -value;
    }
    if (is_small_integer(value)) {  // also −0
        append_integer(to, static_cast<std::uint64_t>(value));
        return;
    }
    Decimal decimal;
    if (!find_short(value, decimal)) decimal = find_shortest(to_binary(value));
    append_layout(to, decimal);
}

std::string to_ecmascript(double value) {
    std::string text;
    append_ecmascript(text, value);
    return text;
}

std::string to_xsd_double(double value) {
    ENSURE(is_finite(value));
    if (value == 0) return "0.0E0";
    std::string text;
    if (value < 0) {
        text.push_back('-');
        value = -value;
    }
    const Decimal decimal = is_small_integer(value)
                                ? to_decimal(static_cast<std::uint64_t>(value), 0)
                                : find_sixteen(to_binary(value));
    const std::string_view digits = decimal.text();
    text.append(digits.substr(0, 1)).append(".");
    text.append(digits.size() > 1 ? digits.substr(1) : "0").append("E");
    append_exponent(text, decimal.point - 1);
    return text;
}

}  // namespace tasdiq::codec
