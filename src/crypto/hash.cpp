#include "crypto/hash.hpp"

#include <algorithm>

namespace tasdiq::crypto {
namespace {

template <class Hash>
auto hash_of(std::initializer_list<ByteView> pieces) {
    Hash hash;
    for (const ByteView piece : pieces) hash.update(piece);
    return hash.finish();
}

}  // namespace

Sha256Digest sha256(ByteView message) { return hash_of<Sha256>({message}); }
Sha256Digest sha256(std::initializer_list<ByteView> pieces) { return hash_of<Sha256>(pieces); }
Sha384Digest sha384(ByteView message) { return hash_of<Sha384>({message}); }
Sha384Digest sha384(std::initializer_list<ByteView> pieces) { return hash_of<Sha384>(pieces); }
Sha512Digest sha512(ByteView message) { return hash_of<Sha512>({message}); }
Sha512Digest sha512(std::initializer_list<ByteView> pieces) { return hash_of<Sha512>(pieces); }

Sha256Digest hmac_sha256(ByteView key, ByteView message) {
    constexpr std::size_t kBlockSize = 64;
    std::array<std::uint8_t, kBlockSize> block{};
    if (key.size() > kBlockSize) {
        std::ranges::copy(sha256(key).view(), block.begin());
    } else {
        std::ranges::copy(key, block.begin());
    }
    for (std::uint8_t& byte : block) byte ^= 0x36;
    const Sha256Digest inner = sha256({block, message});
    for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5C;
    return sha256({block, inner.view()});
}

}  // namespace tasdiq::crypto
