#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/public_key.hpp"

namespace tasdiq::crypto {

/// `z…`: base58btc of the multicodec and the raw key. Spec: Controlled Identifiers 1.0 §2.2.2.
[[nodiscard]] std::string to_multikey(const PublicKey& key);

/// The inverse of `to_multikey`; other bases are refused.
/// Errors, first match wins: kNotMultibase, kUnknownMulticodec, those of the key.
[[nodiscard]] Result<PublicKey, KeyError> parse_multikey(std::string_view text);

/// What names a key on the ledger: SHA-256 of its multikey text.
using KeyId = TaggedBytes<struct KeyIdTag, 32>;
[[nodiscard]] KeyId key_id(const PublicKey& key);

/// `did:key:z…`. Spec: DID-KEY.
[[nodiscard]] std::string to_did_key(const PublicKey& key);

/// `did:key:z…#z…`, the verification method of the key.
[[nodiscard]] std::string to_did_key_method(const PublicKey& key);

/// Reads a did:key, with its one fragment or without.
/// Errors, first match wins: kNotDidKey, kFragmentDiffers, those of `parse_multikey`.
[[nodiscard]] Result<PublicKey, KeyError> parse_did_key(std::string_view text);

}  // namespace tasdiq::crypto
