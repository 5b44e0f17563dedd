#include <array>
#include <sodium.h>

#include "crypto/backend.hpp"

namespace tasdiq::crypto::backend {

bool is_ed25519_point(ByteView point) {
    // The one function of libsodium that decodes a point without asking for more of it (the
    // subgroup); the sum is not looked at.
    std::array<std::uint8_t, 32> sum;
    return crypto_core_ed25519_add(sum.data(), point.data(), point.data()) == 0;
}

bool holds_ed25519_equation(const Ed25519PublicKey& key, ByteView message, ByteView signature) {
    return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                               key.view().data()) == 0;
}

}  // namespace tasdiq::crypto::backend
