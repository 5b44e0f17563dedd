#include "keys/signing_key.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <sodium.h>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
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

/// The key of a scalar on the curve with this OpenSSL number; null if that is not in [1, n − 1].
EcKey make_ec_key(int curve, ByteView scalar) {
    EcKey key{EC_KEY_new_by_curve_name(curve)};
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

template <class Key>
crypto::PublicKey public_key_of(const EC_KEY* key) {
    std::array<std::uint8_t, Key::kSize> raw;
    ENSURE(EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key),
                              POINT_CONVERSION_COMPRESSED, raw.data(), raw.size(),
                              nullptr) == raw.size());
    auto parsed = Key::parse(raw);
    ENSURE(parsed.has_value());
    return *std::move(parsed);
}

/// r ‖ s, each of as many bytes as the digest has: so it is with these curves and their hashes.
Bytes sign_ec(EC_KEY* key, ByteView digest) {
    const int size = static_cast<int>(digest.size());
    const EcSignature pair{ECDSA_do_sign(digest.data(), size, key)};
    ENSURE(pair != nullptr);
    Bytes signature(2 * digest.size());
    ENSURE(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), signature.data(), size) == size);
    ENSURE(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), signature.data() + size, size) == size);
    crypto::normalize_low_s(signature);
    return signature;
}

std::size_t secret_size(crypto::Algorithm algorithm) {
    return algorithm == crypto::Algorithm::kEs384 ? 48 : 32;
}

}  // namespace

std::string_view to_string(SecretKeyError error) {
    switch (error) {
        case SecretKeyError::kUnsupportedAlgorithm: return "no signing with that algorithm";
        case SecretKeyError::kScalarOutOfRange: return "secret number is zero or too large";
        case SecretKeyError::kLength: return "secret key has another length";
        case SecretKeyError::kNotMultibase: return "secret key is not base58btc multibase";
        case SecretKeyError::kUnknownMulticodec: return "secret key is of no algorithm of ours";
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
    EcKey ec;
};

SigningKey::SigningKey(crypto::PublicKey public_key, SecretBytes seed,
                       std::unique_ptr<const Prepared> prepared)
    : public_key_{std::move(public_key)}, seed_{std::move(seed)}, prepared_{std::move(prepared)} {}

SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate(crypto::Algorithm algorithm) {
    for (;;) {
        Bytes random(secret_size(algorithm));
        random_bytes(random);
        auto key = from_secret(algorithm, SecretBytes::take(std::move(random)));
        if (key) return *std::move(key);
        ENSURE(key.error() == SecretKeyError::kScalarOutOfRange);  // once in 2^32 times
    }
}

Result<SigningKey, SecretKeyError> SigningKey::from_seed(crypto::Algorithm algorithm, Seed seed) {
    if (secret_size(algorithm) != Seed::kSize) {
        return std::unexpected{SecretKeyError::kUnsupportedAlgorithm};
    }
    return from_secret(algorithm, SecretBytes::copy_of(seed.view()));
}

Result<SigningKey, SecretKeyError> SigningKey::from_secret(crypto::Algorithm algorithm,
                                                           SecretBytes secret) {
    if (secret.view().size() != secret_size(algorithm)) {
        return std::unexpected{SecretKeyError::kLength};
    }
    auto prepared = std::make_unique<Prepared>();
    if (algorithm == crypto::Algorithm::kEd25519) {
        init_sodium();
        std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> raw;
        std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> both;
        ENSURE(crypto_sign_seed_keypair(raw.data(), both.data(), secret.view().data()) == 0);
        prepared->ed25519 = Ed25519Secret::from(both);
        wipe(both);
        const auto public_key = crypto::Ed25519PublicKey::parse(raw);
        ENSURE(public_key.has_value());
        return SigningKey{*public_key, std::move(secret), std::move(prepared)};
    }
    const bool is_p256 = algorithm == crypto::Algorithm::kEs256;
    prepared->ec = make_ec_key(is_p256 ? NID_X9_62_prime256v1 : NID_secp384r1, secret.view());
    if (prepared->ec == nullptr) return std::unexpected{SecretKeyError::kScalarOutOfRange};
    auto public_key = is_p256 ? public_key_of<crypto::P256PublicKey>(prepared->ec.get())
                              : public_key_of<crypto::P384PublicKey>(prepared->ec.get());
    return SigningKey{std::move(public_key), std::move(secret), std::move(prepared)};
}

Result<SigningKey, SecretKeyError> SigningKey::from_secret_multikey(std::string_view text) {
    auto bytes = codec::decode_multibase(codec::Multibase::kBase58Btc, text);
    if (!bytes) return std::unexpected{SecretKeyError::kNotMultibase};
    const SecretBytes all = SecretBytes::take(*std::move(bytes));
    // The multicodecs ed25519-priv, p256-priv and p384-priv as varints.
    using enum crypto::Algorithm;
    constexpr std::pair<std::uint8_t, crypto::Algorithm> kCodecs[] = {
        {0x80, kEd25519}, {0x86, kEs256}, {0x87, kEs384}};
    for (const auto& [first, algorithm] : kCodecs) {
        const ByteView view = all.view();
        if (view.size() < 2 || view[0] != first || view[1] != 0x26) continue;
        return from_secret(algorithm, SecretBytes::copy_of(view.subspan(2)));
    }
    return std::unexpected{SecretKeyError::kUnknownMulticodec};
}

Bytes SigningKey::sign(ByteView message) const {
    if (algorithm() == crypto::Algorithm::kEs256) {
        return sign_ec(prepared_->ec.get(), crypto::sha256(message).view());
    }
    if (algorithm() == crypto::Algorithm::kEs384) {
        return sign_ec(prepared_->ec.get(), crypto::sha384(message).view());
    }
    Bytes signature(crypto_sign_BYTES);
    ENSURE(crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                                prepared_->ed25519->view().data()) == 0);
    return signature;
}

}  // namespace tasdiq::keys
