#include "keys/signing_key.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <sodium.h>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"
#include "crypto/signature.hpp"
#include "keys/sodium.hpp"

// EC_KEY is deprecated in favour of EVP, which wants signatures in DER; `crypto` verifies with it
// too.
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

namespace tasdiq::keys {
namespace {

template <class T, auto Free>
struct Deleter {
    void operator()(T* pointer) const { Free(pointer); }
};
using EcKey = std::unique_ptr<EC_KEY, Deleter<EC_KEY, EC_KEY_free>>;
using EcPoint = std::unique_ptr<EC_POINT, Deleter<EC_POINT, EC_POINT_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG, ECDSA_SIG_free>>;
using SecretNumber = std::unique_ptr<BIGNUM, Deleter<BIGNUM, BN_clear_free>>;

using Ed25519Secret = Secret<crypto_sign_SECRETKEYBYTES>;

/// The P-256 key of a scalar; null if that is not in [1, n − 1].
EcKey make_p256(ByteView scalar) {
    EcKey key{EC_KEY_new_by_curve_name(NID_X9_62_prime256v1)};
    ENSURE(key != nullptr);
    const EC_GROUP* group = EC_KEY_get0_group(key.get());
    const SecretNumber number{
        BN_bin2bn(scalar.data(), static_cast<int>(scalar.size()), BN_secure_new())};
    ENSURE(number != nullptr);
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    if (BN_is_zero(number.get()) == 1 || BN_cmp(number.get(), EC_GROUP_get0_order(group)) >= 0) {
        return nullptr;
    }
    const EcPoint point{EC_POINT_new(group)};
    ENSURE(point != nullptr);
    ENSURE(EC_POINT_mul(group, point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
    ENSURE(EC_KEY_set_private_key(key.get(), number.get()) == 1);
    ENSURE(EC_KEY_set_public_key(key.get(), point.get()) == 1);
    return key;
}

crypto::PublicKey public_key_of(const EC_KEY* key) {
    std::array<std::uint8_t, 33> raw;
    ENSURE(EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key),
                              POINT_CONVERSION_COMPRESSED, raw.data(), raw.size(),
                              nullptr) == raw.size());
    auto parsed = crypto::P256PublicKey::parse(raw);
    ENSURE(parsed.has_value());
    return *std::move(parsed);
}

Bytes sign_p256(EC_KEY* key, ByteView message) {
    const crypto::Sha256Digest digest = crypto::sha256(message);
    const EcSignature pair{ECDSA_do_sign(digest.view().data(), crypto::Sha256Digest::kSize, key)};
    ENSURE(pair != nullptr);
    Bytes signature(64);
    ENSURE(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), signature.data(), 32) == 32);
    ENSURE(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), signature.data() + 32, 32) == 32);
    crypto::normalize_low_s(signature);
    return signature;
}

}  // namespace

std::string_view to_string(SecretKeyError error) {
    switch (error) {
        case SecretKeyError::kUnsupportedAlgorithm: return "no signing with that algorithm";
        case SecretKeyError::kScalarOutOfRange: return "secret number is zero or too large";
    }
    ENSURE(false);
}

std::string_view to_string(SignError error) {
    switch (error) {
        case SignError::kDeviceAbsent: return "signing device is not there";
        case SignError::kDeviceLocked: return "signing device is locked";
        case SignError::kDeviceFailed: return "signing device failed";
    }
    ENSURE(false);
}

/// What signing needs, computed once: of the two, the one of the key's algorithm.
struct SigningKey::Prepared {
    std::optional<Ed25519Secret> ed25519;
    EcKey p256;
};

SigningKey::SigningKey(crypto::PublicKey public_key, Seed seed,
                       std::unique_ptr<const Prepared> prepared)
    : public_key_{std::move(public_key)}, seed_{std::move(seed)}, prepared_{std::move(prepared)} {}

SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate(crypto::Algorithm algorithm) {
    for (;;) {
        auto key = from_seed(algorithm, Seed::random());
        if (key) return *std::move(key);
        ENSURE(key.error() == SecretKeyError::kScalarOutOfRange);  // once in 2^32 times
    }
}

Result<SigningKey, SecretKeyError> SigningKey::from_seed(crypto::Algorithm algorithm, Seed seed) {
    auto prepared = std::make_unique<Prepared>();
    switch (algorithm) {
        case crypto::Algorithm::kEd25519: {
            init_sodium();
            std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> raw;
            std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
            ENSURE(crypto_sign_seed_keypair(raw.data(), secret.data(), seed.view().data()) == 0);
            prepared->ed25519 = Ed25519Secret::from(secret);
            wipe(secret);
            const auto public_key = crypto::Ed25519PublicKey::parse(raw);
            ENSURE(public_key.has_value());
            return SigningKey{*public_key, std::move(seed), std::move(prepared)};
        }
        case crypto::Algorithm::kEs256: {
            prepared->p256 = make_p256(seed.view());
            if (prepared->p256 == nullptr) {
                return std::unexpected{SecretKeyError::kScalarOutOfRange};
            }
            auto public_key = public_key_of(prepared->p256.get());
            return SigningKey{std::move(public_key), std::move(seed), std::move(prepared)};
        }
        case crypto::Algorithm::kEs384: break;
    }
    return std::unexpected{SecretKeyError::kUnsupportedAlgorithm};
}

Bytes SigningKey::sign(ByteView message) const {
    if (prepared_->p256 != nullptr) return sign_p256(prepared_->p256.get(), message);
    Bytes signature(crypto_sign_BYTES);
    ENSURE(crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                                prepared_->ed25519->view().data()) == 0);
    return signature;
}

}  // namespace tasdiq::keys
