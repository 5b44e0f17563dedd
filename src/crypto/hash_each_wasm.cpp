#include "crypto/hash.hpp"

namespace tasdiq::crypto {

void sha256_each(std::span<const ByteView> messages, std::span<Sha256Digest> digests) {
    for (std::size_t i = 0; i < messages.size(); ++i) digests[i] = sha256(messages[i]);
}

}  // namespace tasdiq::crypto
