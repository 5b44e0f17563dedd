#include "codec/number.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace tasdiq::codec {
namespace {

double from_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }

/// The library's shortest digits, laid out by the prose of ECMA-262 instead of by our code.
std::string oracle_text(double value) {
    if (value == 0) return "0";
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + 64, std::abs(value), std::chars_format::scientific);
    const std::string text{buffer, end.ptr};
    const std::size_t e = text.find('e');
    std::string digits = text.substr(0, 1);
    if (e > 2) digits += text.substr(2, e - 2);
    const int n = std::stoi(text.substr(e + 1)) + 1;
    const int k = static_cast<int>(digits.size());
    const std::string sign = value < 0 ? "-" : "";
    if (n >= k && n <= 21) return sign + digits + std::string(static_cast<std::size_t>(n - k), '0');
    if (n > 0 && n <= 21) return sign + digits.insert(static_cast<std::size_t>(n), ".");
    if (n > -6 && n <= 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    if (k > 1) digits.insert(1, ".");
    return sign + digits + (n > 0 ? "e+" : "e-") + std::to_string(std::abs(n - 1));
}

double oracle_double(std::string_view text) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec == std::errc::result_out_of_range) {  // which leaves the value alone
        value = std::strtod(std::string{text}.c_str(), nullptr);
    }
    return value;
}

struct Sample {
    std::uint64_t bits;
    std::string_view text;
};

// RFC 8785, appendix B, all that are numbers.
constexpr Sample kAppendixB[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

TEST(EcmascriptText, IsThatOfRfc8785AppendixB) {
    for (const Sample& sample : kAppendixB) {
        EXPECT_EQ(to_ecmascript(from_bits(sample.bits)), sample.text);
        EXPECT_EQ(parse_double(sample.text), from_bits(sample.bits)) << sample.text;
    }
}

/// Writes, compares with the library, and reads it back.
void check_value(double value) {
    const std::string text = to_ecmascript(value);
    ASSERT_EQ(text, oracle_text(value)) << std::bit_cast<std::uint64_t>(value);
    const auto back = parse_double(text);
    ASSERT_TRUE(back) << text;
    ASSERT_EQ(*back, value) << text;
}

/// A million doubles by four seeds: four tests, so that they run side by side.
class NumberAgrees : public testing::TestWithParam<std::uint64_t> {};

TEST_P(NumberAgrees, WithTheLibraryOnRandomDoubles) {
    std::mt19937_64 random{GetParam()};
    for (int i = 0; i < 250'000; ++i) {
        std::uint64_t bits = random();
        if (i % 8 == 1) bits &= 0x800FFFFFFFFFFFFF;                               // subnormal
        if (i % 8 == 2) bits &= 0xFFF0000000000000;                               // powers of two
        if (i % 8 == 3) bits = (bits & 0x803FFFFFFFFFFFFF) | 0x3FC0000000000000;  // near one
        const double value = from_bits(bits);
        if (!std::isfinite(value)) continue;
        check_value(value);
        if (testing::Test::HasFatalFailure()) return;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, NumberAgrees, testing::Values(1, 2, 3, 4));

TEST(Number, AgreesWithTheLibraryOnShortDecimals) {
    constexpr std::uint64_t kSeed = 7;
    SCOPED_TRACE(kSeed);
    std::mt19937_64 random{kSeed};
    for (int i = 0; i < 200'000; ++i) {
        const std::uint64_t modulus = std::uint64_t{1} << random() % 64;
        const std::string text = std::to_string(random() % modulus) + "e" +
                                 std::to_string(static_cast<int>(random() % 60) - 40);
        const auto value = parse_double(text);
        ASSERT_TRUE(value);
        ASSERT_EQ(*value, oracle_double(text)) << text;
        check_value(*value);
        if (testing::Test::HasFatalFailure()) return;
    }
}

TEST(Number, AgreesWithTheLibraryAroundEveryPowerOfTwoAndTen) {
    for (int e = -1074; e <= 1023; ++e) {
        const double power = std::ldexp(1.0, e);
        check_value(power);
        check_value(std::nextafter(power, 0));
        check_value(std::nextafter(power, std::numeric_limits<double>::max()));
    }
    for (int e = -323; e <= 308; ++e) {
        const double power = oracle_double("1e" + std::to_string(e));
        check_value(power);
        check_value(std::nextafter(power, 0));
        check_value(std::nextafter(power, std::numeric_limits<double>::max()));
    }
}

TEST(ParseDouble, AgreesWithTheLibraryOnLongTexts) {
    constexpr std::uint64_t kSeed = 11;
    SCOPED_TRACE(kSeed);
    std::mt19937_64 random{kSeed};
    for (int i = 0; i < 100'000; ++i) {
        std::string text(1 + random() % 40, '0');
        for (char& c : text) c = static_cast<char>('0' + random() % 10);
        if (i % 3 == 0) text.insert(1 + random() % text.size(), ".").append("5");
        if (i % 2 == 0) text += "e" + std::to_string(static_cast<int>(random() % 700) - 350);
        const auto value = parse_double(text);
        ASSERT_TRUE(value) << text;
        ASSERT_EQ(*value, oracle_double(text)) << text;
    }
}

/// The exact decimal of the middle between `value` and the next double above, with a digit more or
/// less.
TEST(ParseDouble, RoundsTheExactMiddleToEven) {
    constexpr std::uint64_t kSeed = 13;
    SCOPED_TRACE(kSeed);
    std::mt19937_64 random{kSeed};
    for (int i = 0; i < 2'000; ++i) {
        const std::uint64_t bits = random() & 0x7FFFFFFFFFFFFFFF;
        const long double lower = from_bits(bits);
        const long double upper = from_bits(bits + 1);
        if (!std::isfinite(lower) || !std::isfinite(upper)) continue;
        char buffer[2048];
        const int size = std::snprintf(buffer, sizeof buffer, "%.1100Lf", (lower + upper) / 2);
        const std::string middle{buffer, static_cast<std::size_t>(size)};
        const std::uint64_t even = bits + bits % 2;
        ASSERT_EQ(parse_double(middle), from_bits(even)) << bits;
        ASSERT_EQ(parse_double(middle + "1"), from_bits(bits + 1)) << bits;
        std::string below = middle;
        std::size_t last = below.find_last_of("123456789");
        --below[last];
        below.append(20, '9');
        ASSERT_EQ(parse_double(below), from_bits(bits)) << bits;
    }
}

TEST(ParseDouble, ReachesTheEndsOfTheRange) {
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(parse_double("1.7976931348623158e308"), from_bits(0x7fefffffffffffff));
    EXPECT_EQ(parse_double("1.7976931348623159e308"), infinity);
    EXPECT_EQ(parse_double("1e309"), infinity);
    EXPECT_EQ(parse_double("-1e311"), -infinity);
    EXPECT_EQ(parse_double("1e99999999999999999999999"), infinity);
    EXPECT_EQ(parse_double("0e99999999999999999999999"), 0.0);
    EXPECT_EQ(parse_double("1e-99999999999999999999999"), 0.0);
    EXPECT_EQ(parse_double("2.4703282292062327e-324"), 0.0);
    EXPECT_EQ(parse_double("2.4703282292062328e-324"), from_bits(1));
    EXPECT_EQ(parse_double("2.2250738585072011e-308"), from_bits(0x000fffffffffffff));
    EXPECT_EQ(parse_double("2.2250738585072014e-308"), from_bits(0x0010000000000000));
    EXPECT_EQ(parse_double("0." + std::string(400, '0') + "1e401"), 1.0);
    EXPECT_EQ(parse_double("1" + std::string(400, '0') + "e-400"), 1.0);
    EXPECT_EQ(parse_double("000000000000000000000000012.50"), 12.5);
    EXPECT_EQ(parse_double("+1E+2"), 100.0);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*parse_double("-0")), 0x8000000000000000U);
}

TEST(ParseDouble, RefusesWhatIsNoDecimal) {
    for (const std::string_view text : {"", "-", "+", ".5", "5.", "1e", "1e+", "e5", "1.e5", " 1",
                                        "1 ", "0x1", "inf", "nan", "1,5", "--1", "1.2.3"}) {
        EXPECT_FALSE(parse_double(text)) << text;
    }
}

TEST(XsdDouble, IsThatOfJsonLd) {
    EXPECT_EQ(to_xsd_double(0.0), "0.0E0");
    EXPECT_EQ(to_xsd_double(-0.0), "0.0E0");
    EXPECT_EQ(to_xsd_double(1), "1.0E0");
    EXPECT_EQ(to_xsd_double(-2.5), "-2.5E0");
    EXPECT_EQ(to_xsd_double(5.3), "5.3E0");
    EXPECT_EQ(to_xsd_double(100), "1.0E2");
    EXPECT_EQ(to_xsd_double(1e21), "1.0E21");
    EXPECT_EQ(to_xsd_double(1e-7), "1.0E-7");
    EXPECT_EQ(to_xsd_double(0.1 + 0.2), "3.0E-1");  // sixteen digits, not seventeen
    EXPECT_EQ(to_xsd_double(1.0 / 3), "3.333333333333333E-1");
    EXPECT_EQ(to_xsd_double(from_bits(1)), "4.940656458412465E-324");
    EXPECT_EQ(to_xsd_double(9.9999999999999995e22), "9.999999999999999E22");
    EXPECT_EQ(to_xsd_double(0.99999999999999994), "9.999999999999999E-1");
    EXPECT_EQ(to_xsd_double(9007199254740991), "9.007199254740991E15");
    // Exact ties at the seventeenth digit go up, as in ECMAScript's toExponential.
    EXPECT_EQ(to_xsd_double(2251799813685248.5), "2.251799813685249E15");
    EXPECT_EQ(to_xsd_double(-2251799813685249.5), "-2.25179981368525E15");
}

TEST(XsdDouble, AgreesWithTheLibraryWhereThereIsNoTie) {
    constexpr std::uint64_t kSeed = 17;
    SCOPED_TRACE(kSeed);
    std::mt19937_64 random{kSeed};
    for (int i = 0; i < 50'000; ++i) {
        const double value = from_bits(random());
        if (!std::isfinite(value)) continue;
        if (1e8 < std::abs(value) && std::abs(value) < 1e16) continue;  // ties are common here
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%1.15E", value);
        const std::string text{buffer};
        const std::size_t e = text.find('E');
        std::string mantissa = text.substr(0, e);
        while (mantissa.ends_with('0')) mantissa.pop_back();
        if (mantissa.ends_with('.')) mantissa += '0';
        ASSERT_EQ(to_xsd_double(value),
                  mantissa + "E" + std::to_string(std::stoi(text.substr(e + 1))));
    }
}

}  // namespace
}  // namespace tasdiq::codec
