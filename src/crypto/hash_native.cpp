#include <openssl/sha.h>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"

// The low-level functions are deprecated in favour of EVP, which looks the algorithm up each time
// and takes five times longer for the 64 bytes of a tree node. They have been stable since 1998.
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

namespace tasdiq::crypto {
namespace {

/// The state as OpenSSL's own type.
template <class Context, std::size_t N>
Context* context(std::array<unsigned char, N>& state) {
    static_assert(sizeof(Context) == N && alignof(Context) <= 8);
    return reinterpret_cast<Context*>(state.data());
}

}  // namespace

Sha256::Sha256() { ENSURE(SHA256_Init(context<SHA256_CTX>(state_)) == 1); }
void Sha256::update(ByteView bytes) {
    ENSURE(SHA256_Update(context<SHA256_CTX>(state_), bytes.data(), bytes.size()) == 1);
}
Sha256Digest Sha256::finish() {
    Sha256Digest digest;
    ENSURE(SHA256_Final(digest.mutable_view().data(), context<SHA256_CTX>(state_)) == 1);
    return digest;
}

Sha384::Sha384() { ENSURE(SHA384_Init(context<SHA512_CTX>(state_)) == 1); }
void Sha384::update(ByteView bytes) {
    ENSURE(SHA384_Update(context<SHA512_CTX>(state_), bytes.data(), bytes.size()) == 1);
}
Sha384Digest Sha384::finish() {
    Sha384Digest digest;
    ENSURE(SHA384_Final(digest.mutable_view().data(), context<SHA512_CTX>(state_)) == 1);
    return digest;
}

Sha512::Sha512() { ENSURE(SHA512_Init(context<SHA512_CTX>(state_)) == 1); }
void Sha512::update(ByteView bytes) {
    ENSURE(SHA512_Update(context<SHA512_CTX>(state_), bytes.data(), bytes.size()) == 1);
}
Sha512Digest Sha512::finish() {
    Sha512Digest digest;
    ENSURE(SHA512_Final(digest.mutable_view().data(), context<SHA512_CTX>(state_)) == 1);
    return digest;
}

}  // namespace tasdiq::crypto
