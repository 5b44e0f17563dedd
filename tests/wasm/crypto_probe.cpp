// The crypto folder as a wasm module, for crypto_test.mjs: do its wasm backends agree with the
// native ones? Arguments follow `verify` and the hashes of src/crypto; lengths follow their
// pointers.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/hash.hpp"
#include "crypto/public_key.hpp"
#include "crypto/signature.hpp"

using namespace tasdiq;

extern "C" {

[[clang::export_name("alloc")]] void* probe_alloc(std::size_t size) { return std::malloc(size); }
[[clang::export_name("release")]] void probe_release(void* memory) { std::free(memory); }

/// 0 where the signature holds; 1000 + KeyError or 2000 + SignatureError where not.
/// `uncompressed_key` 1: the key is 04 ‖ x ‖ y. `any_s` 1: s need not be low.
[[clang::export_name("verify")]] std::int32_t probe_verify(
    std::int32_t algorithm, const std::uint8_t* key, std::size_t key_size,
    const std::uint8_t* message, std::size_t message_size, const std::uint8_t* signature,
    std::size_t signature_size, std::int32_t uncompressed_key, std::int32_t any_s) {
    const auto parse = [&]() -> Result<crypto::PublicKey, crypto::KeyError> {
        const ByteView raw{key, key_size};
        const auto kind = static_cast<crypto::Algorithm>(algorithm);
        if (uncompressed_key == 0) return crypto::PublicKey::parse(kind, raw);
        if (kind == crypto::Algorithm::kEs256) {
            TRY(auto point, crypto::P256PublicKey::parse_uncompressed(raw));
            return crypto::PublicKey{std::move(point)};
        }
        TRY(auto point, crypto::P384PublicKey::parse_uncompressed(raw));
        return crypto::PublicKey{std::move(point)};
    };
    const auto parsed = parse();
    if (!parsed) return 1000 + static_cast<std::int32_t>(parsed.error());
    const auto verified = crypto::verify(
        *parsed, ByteView{message, message_size}, ByteView{signature, signature_size},
        any_s == 0 ? crypto::LowS::kRequired : crypto::LowS::kNotRequired);
    return verified ? 0 : 2000 + static_cast<std::int32_t>(verified.error());
}

/// Writes the digest of `message` to `digest`: SHA-`bits`, bits / 8 bytes.
[[clang::export_name("hash")]] void probe_hash(std::int32_t bits, const std::uint8_t* message,
                                               std::size_t message_size, std::uint8_t* digest) {
    const ByteView view{message, message_size};
    const auto write = [&](const auto& value) {
        std::copy(value.view().begin(), value.view().end(), digest);
    };
    switch (bits) {
        case 256: return write(crypto::sha256(view));
        case 384: return write(crypto::sha384(view));
        default: return write(crypto::sha512(view));
    }
}

}  // extern "C"
