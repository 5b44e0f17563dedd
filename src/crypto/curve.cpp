#include "crypto/curve.hpp"

namespace tasdiq::crypto {
namespace {

using Number = std::array<std::uint8_t, 32>;

/// The y of an encoded point, big-endian: without the sign of x.
Number y_of(ByteView point) {
    Number y{};
    std::ranges::reverse_copy(point.first<32>(), y.begin());
    y[0] &= 0x7F;
    return y;
}

constexpr Number kOne =
    from_hex_literal("0000000000000000000000000000000000000000000000000000000000000001");
constexpr Number kMinusOne =
    from_hex_literal("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEC");

// The y of all eight points of small order; those but the first two have two x each.
constexpr std::array<Number, 5> kSmallOrder = {
    kOne,       // order 1
    kMinusOne,  // order 2
    Number{},   // order 4
    // Order 8
    from_hex_literal("05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826"),
    from_hex_literal("7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7"),
};

}  // namespace

bool is_canonical_ed25519(ByteView point) {
    const Number y = y_of(point);
    const bool is_x_zero = y == kOne || y == kMinusOne;
    const bool is_x_negative = (point[31] & 0x80) != 0;
    return is_below(y, kEd25519Prime) && !(is_x_zero && is_x_negative);
}

bool is_small_order_ed25519(ByteView point) {
    return std::ranges::find(kSmallOrder, y_of(point)) != kSmallOrder.end();
}

}  // namespace tasdiq::crypto
