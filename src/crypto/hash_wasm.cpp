#include <bearssl_hash.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_hash_sha512.h>

#include "crypto/hash.hpp"

namespace tasdiq::crypto {
namespace {

/// The state as the library's own type.
template <class Context, std::size_t N>
Context* context(std::array<unsigned char, N>& state) {
    static_assert(sizeof(Context) <= N && alignof(Context) <= 8);
    return reinterpret_cast<Context*>(state.data());
}

}  // namespace

Sha256::Sha256() { crypto_hash_sha256_init(context<crypto_hash_sha256_state>(state_)); }
void Sha256::update(ByteView bytes) {
    crypto_hash_sha256_update(context<crypto_hash_sha256_state>(state_), bytes.data(),
                              bytes.size());
}
Sha256Digest Sha256::finish() {
    Sha256Digest digest;
    crypto_hash_sha256_final(context<crypto_hash_sha256_state>(state_),
                             digest.mutable_view().data());
    return digest;
}

// libsodium has no SHA-384.
Sha384::Sha384() { br_sha384_init(context<br_sha384_context>(state_)); }
void Sha384::update(ByteView bytes) {
    br_sha384_update(context<br_sha384_context>(state_), bytes.data(), bytes.size());
}
Sha384Digest Sha384::finish() {
    Sha384Digest digest;
    br_sha384_out(context<br_sha384_context>(state_), digest.mutable_view().data());
    return digest;
}

Sha512::Sha512() { crypto_hash_sha512_init(context<crypto_hash_sha512_state>(state_)); }
void Sha512::update(ByteView bytes) {
    crypto_hash_sha512_update(context<crypto_hash_sha512_state>(state_), bytes.data(),
                              bytes.size());
}
Sha512Digest Sha512::finish() {
    Sha512Digest digest;
    crypto_hash_sha512_final(context<crypto_hash_sha512_state>(state_),
                             digest.mutable_view().data());
    return digest;
}

}  // namespace tasdiq::crypto
