#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/public_key.hpp"

namespace tasdiq::crypto {

/// SubjectPublicKeyInfo in DER, points uncompressed: 44, 91 or 120 bytes.
/// Spec: RFC 8410 §4; RFC 5480 §2.
[[nodiscard]] Bytes to_spki(const PublicKey& key);

/// The inverse of `to_spki`: nothing but what it writes is accepted.
/// Errors, first match wins: kNotSpki (no DER of that shape), kUnknownSpkiAlgorithm, those of the
/// key.
[[nodiscard]] Result<PublicKey, KeyError> parse_spki(ByteView der);

}  // namespace tasdiq::crypto
