#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/public_key.hpp"

namespace tasdiq::crypto {

/// Why a signature was refused. Numbers are stable.
enum class SignatureError : std::uint16_t {
    kLength = 1,
    kScalarOutOfRange = 2,
    kHighS = 3,
    kNonceNotCanonical = 4,
    kNonceSmallOrder = 5,
    kMismatch = 10,
};
[[nodiscard]] std::string_view to_string(SignatureError error);

/// Of the two ECDSA signatures (r, s) and (r, n − s) anyone can make either from the other. Where a
/// signature's bytes are an identity, only the one with s ≤ n/2 may pass; the W3C's suites let
/// both.
enum class LowS : std::uint8_t { kRequired, kNotRequired };

/// Checks that `signature` over `message` was made with the secret key of `key`.
///
/// Ed25519: R ‖ S, 64 bytes; strict, see README.md. `low_s` says nothing here.
/// Errors, first match wins: kLength, kScalarOutOfRange (S ≥ L), kNonceNotCanonical,
/// kNonceSmallOrder, kMismatch.
///
/// ES256, ES384: r ‖ s (IEEE P1363), 64 or 96 bytes; `message` is hashed with SHA-256 or SHA-384.
/// Errors, first match wins: kLength, kScalarOutOfRange (r or s not in [1, n − 1]), kHighS,
/// kMismatch.
///
/// Thread-safe. Spec: RFC 8032 §5.1.7; FIPS 186-5 §6.4.2.
[[nodiscard]] Result<Ok, SignatureError> verify(const PublicKey& key, ByteView message,
                                                ByteView signature, LowS low_s = LowS::kRequired);
[[nodiscard]] Result<Ok, SignatureError> verify(const Ed25519PublicKey& key, ByteView message,
                                                ByteView signature);
[[nodiscard]] Result<Ok, SignatureError> verify(const P256PublicKey& key, ByteView message,
                                                ByteView signature, LowS low_s = LowS::kRequired);
[[nodiscard]] Result<Ok, SignatureError> verify(const P384PublicKey& key, ByteView message,
                                                ByteView signature, LowS low_s = LowS::kRequired);

/// Makes s ≤ n/2: puts n − s in its place where it is larger. `signature` is r ‖ s of P-256 (64
/// bytes) or P-384 (96 bytes) with s < n.
void normalize_low_s(std::span<std::uint8_t> signature);

}  // namespace tasdiq::crypto
