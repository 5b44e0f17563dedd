#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/public_key.hpp"

// The numbers of the curves, big-endian, and comparing numbers of that form. Within crypto only.
namespace tasdiq::crypto {

/// The bytes of an upper-case hexadecimal text, at compile time.
template <std::size_t Digits>
consteval std::array<std::uint8_t, (Digits - 1) / 2> from_hex_literal(const char (&text)[Digits]) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    std::array<std::uint8_t, (Digits - 1) / 2> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(digit(text[2 * i]) * 16 + digit(text[2 * i + 1]));
    }
    return bytes;
}

// Spec: RFC 8032 §5.1.
inline constexpr auto kEd25519Prime =
    from_hex_literal("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED");
inline constexpr auto kEd25519Order =
    from_hex_literal("1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED");

// Spec: SP 800-186 §3.2.1.
template <Curve C>
struct CurveNumbers;

template <>
struct CurveNumbers<Curve::kP256> {
    static constexpr auto kPrime =
        from_hex_literal("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    static constexpr auto kOrder =
        from_hex_literal("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    static constexpr auto kHalfOrder =
        from_hex_literal("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");
};

template <>
struct CurveNumbers<Curve::kP384> {
    static constexpr auto kPrime = from_hex_literal(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE"
        "FFFFFFFF0000000000000000FFFFFFFF");
    static constexpr auto kOrder = from_hex_literal(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF"
        "581A0DB248B0A77AECEC196ACCC52973");
    static constexpr auto kHalfOrder = from_hex_literal(
        "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE3B1A6C0FA1B96EF"
        "AC0D06D9245853BD76760CB5666294B9");
};

/// Whether `a` < `b`, both of one size and big-endian. Not constant time.
[[nodiscard]] constexpr bool is_below(ByteView a, ByteView b) {
    return std::ranges::lexicographical_compare(a, b);
}

[[nodiscard]] constexpr bool is_zero(ByteView number) {
    return std::ranges::all_of(number, [](std::uint8_t byte) { return byte == 0; });
}

/// Whether the encoding of an Ed25519 point is the one that RFC 8032 §5.1.3 accepts: y < p, and no
/// sign where x = 0. Says nothing about whether there is such a point.
[[nodiscard]] bool is_canonical_ed25519(ByteView point);

/// Whether a canonical encoding is one of the points of order 1, 2, 4 or 8, whatever its sign of x.
[[nodiscard]] bool is_small_order_ed25519(ByteView point);

}  // namespace tasdiq::crypto
