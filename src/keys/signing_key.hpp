#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/public_key.hpp"
#include "keys/secret.hpp"

namespace tasdiq::keys {

/// Why a secret key was refused. Numbers are stable.
enum class SecretKeyError : std::uint16_t {
    kUnsupportedAlgorithm = 1,
    kScalarOutOfRange = 2,
    kLength = 3,
    // Texts: Controlled Identifiers 1.0 §2.2.2
    kNotMultibase = 10,
    kUnknownMulticodec = 11,
};
[[nodiscard]] std::string_view to_string(SecretKeyError error);

/// A secret key of Ed25519, P-256 or P-384 in this process. Signing is thread-safe.
class SigningKey {
  public:
    using Seed = Secret<32>;

    /// A random key.
    [[nodiscard]] static SigningKey generate(crypto::Algorithm algorithm);

    /// The key of a seed: RFC 8032's private key, or the P-256 scalar, big-endian.
    /// Errors, first match wins: kUnsupportedAlgorithm (kEs384), kScalarOutOfRange (not in
    /// [1, n − 1]).
    [[nodiscard]] static Result<SigningKey, SecretKeyError> from_seed(crypto::Algorithm algorithm,
                                                                      Seed seed);

    /// The same for any algorithm: 32 bytes as above, or the 48 of a P-384 scalar, big-endian.
    /// Errors, first match wins: kLength, kScalarOutOfRange.
    [[nodiscard]] static Result<SigningKey, SecretKeyError> from_secret(crypto::Algorithm algorithm,
                                                                        SecretBytes secret);
    /// The same for a secret with its multicodec in base58btc: `z3u2…` (Ed25519), `z42t…` (P-256),
    /// `z2fa…` (P-384). Errors, first match wins: kNotMultibase, kUnknownMulticodec, those of
    /// `from_secret`. Spec: Controlled Identifiers 1.0 §2.2.2.
    [[nodiscard]] static Result<SigningKey, SecretKeyError> from_secret_multikey(
        std::string_view text);

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    [[nodiscard]] crypto::Algorithm algorithm() const { return public_key_.algorithm(); }
    [[nodiscard]] const crypto::PublicKey& public_key() const { return public_key_; }
    /// What the key was made from: for writing a key file.
    [[nodiscard]] ByteView seed() const { return seed_.view(); }

    /// Ed25519: 64 bytes, the same for the same message. ES256, ES384: r ‖ s with s ≤ n/2, 64 or 96
    /// bytes, different each time.
    [[nodiscard]] Bytes sign(ByteView message) const;

  private:
    struct Prepared;
    SigningKey(crypto::PublicKey public_key, SecretBytes seed,
               std::unique_ptr<const Prepared> prepared);

    crypto::PublicKey public_key_;
    SecretBytes seed_;
    std::unique_ptr<const Prepared> prepared_;
};

/// Why nothing was signed. Numbers are stable.
enum class SignError : std::uint16_t {
    kDeviceAbsent = 1,
    kDeviceLocked = 2,
    kDeviceFailed = 3,
};
[[nodiscard]] std::string_view to_string(SignError error);

/// What signs for a key: this process, or a device that never gives the key away.
class Signer {
  public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual const crypto::PublicKey& public_key() const = 0;
    /// A signature as `SigningKey::sign` makes it. Thread-safe.
    [[nodiscard]] virtual Result<Bytes, SignError> sign(ByteView message) const = 0;

    [[nodiscard]] crypto::Algorithm algorithm() const { return public_key().algorithm(); }
};

/// Signs with a key in this process; never fails.
class KeySigner final : public Signer {
  public:
    explicit KeySigner(SigningKey key) : key_{std::move(key)} {}
    [[nodiscard]] const crypto::PublicKey& public_key() const override { return key_.public_key(); }
    [[nodiscard]] Result<Bytes, SignError> sign(ByteView message) const override {
        return key_.sign(message);
    }

  private:
    SigningKey key_;
};

}  // namespace tasdiq::keys
