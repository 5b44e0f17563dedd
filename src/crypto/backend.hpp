#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.hpp"
#include "crypto/public_key.hpp"

// What crypto asks of foreign libraries beside hashing. Natively: OpenSSL and libsodium
// (x_native.cpp); for wasm: BearSSL and libsodium's C (x_wasm.cpp). Nothing else includes this.
namespace tasdiq::crypto::backend {

/// Whether the canonical encoding `point` (32 bytes) is a point of edwards25519, of whatever order.
[[nodiscard]] bool is_ed25519_point(ByteView point);

/// Whether [S]B = R + [k]A holds, without the cofactor, for the 64 bytes R ‖ S and a valid key A.
[[nodiscard]] bool holds_ed25519_equation(const Ed25519PublicKey& key, ByteView message,
                                          ByteView signature);

/// The point whose SEC 1 form, compressed or not, is `point`, with its length and first byte
/// checked and coordinates below p; null if there is none.
[[nodiscard]] std::shared_ptr<const EcKey> make_ec_key(Curve curve, ByteView point);

/// 04 ‖ x ‖ y.
[[nodiscard]] Bytes uncompressed_point(const EcKey& key);

/// Whether the ECDSA equation holds for r ‖ s, both in [1, n − 1], and a digest as long as n.
[[nodiscard]] bool holds_ecdsa_equation(const EcKey& key, ByteView digest, ByteView signature);

}  // namespace tasdiq::crypto::backend
