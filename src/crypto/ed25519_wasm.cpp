#include <array>
#include <sodium/crypto_sign_ed25519.h>

#include "crypto/backend.hpp"

extern "C" {
/// Decodes a point into X, Y, Z, T of ten limbs each; −1 if there is none. libsodium declares it in
/// a private header; the file that defines it is among the six we compile.
int ge25519_frombytes(void* point, const unsigned char* encoding);
}

namespace tasdiq::crypto::backend {

bool is_ed25519_point(ByteView point) {
    std::array<std::int32_t, 40> decoded;
    return ge25519_frombytes(decoded.data(), point.data()) == 0;
}

bool holds_ed25519_equation(const Ed25519PublicKey& key, ByteView message, ByteView signature) {
    return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                               key.view().data()) == 0;
}

}  // namespace tasdiq::crypto::backend
