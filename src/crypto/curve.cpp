#include "crypto/curve.hpp"

namespace tasdiq::crypto {
namespace {

// The y of all eight points of small order, big-endian; the two of order 8 have two x each.
constexpr std::array<std::array<std::uint8_t, 32>, 5> kSmallOrder = {
    // (0, 1), order 1
    from_hex_literal("0000000000000000000000000000000000000000000000000000000000000001"),
    // (0, −1), order 2
    from_hex_literal("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEC"),
    // (±√−1, 0), order 4
    from_hex_literal("0000000000000000000000000000000000000000000000000000000000000000"),
    // Order 8
    from_hex_literal("05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826"),
    from_hex_literal("7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD83D3D706A17C7"),
};

}  // namespace

bool is_small_order_ed25519(ByteView point) {
    return std::ranges::find(kSmallOrder, ed25519_y(point)) != kSmallOrder.end();
}

}  // namespace tasdiq::crypto
