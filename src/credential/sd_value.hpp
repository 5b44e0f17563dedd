#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "credential/data_integrity.hpp"
#include "crypto/public_key.hpp"

// Internal to credential: what stands in `proofValue` of ecdsa-sd-2023.
namespace tasdiq::credential {

inline constexpr std::size_t kStatementsMax = 4096;
inline constexpr std::size_t kPointersMax = 1024;
inline constexpr std::size_t kPointerSizeMax = 4096;

/// r ‖ s of P-256.
using Es256Signature = TaggedBytes<struct Es256SignatureTag, 64>;
/// An HMAC of a blank node's canonical label: what it is called in statements that are signed.
using BlankLabel = TaggedBytes<struct BlankLabelTag, 32>;

/// What the holder gets. The HMAC key is for him alone, and stands in his proof in clear.
struct BaseProofValue {
    Es256Signature base_signature;
    crypto::P256PublicKey public_key;  // whose `signatures` are
    std::array<std::uint8_t, 32> hmac_key;
    std::vector<Es256Signature> signatures;  // of statements that are not mandatory, in their order
    std::vector<std::string> mandatory_pointers;
};

/// What a verifier gets.
struct DerivedProofValue {
    Es256Signature base_signature;
    crypto::P256PublicKey public_key;
    std::vector<Es256Signature> signatures;
    std::map<std::uint32_t, BlankLabel> labels;    // by N of the canonical label c14nN
    std::vector<std::uint32_t> mandatory_indexes;  // ascending
};

/// `0x80 0x24` and the compressed point: as it is signed and encoded.
[[nodiscard]] Bytes multikey_bytes(const crypto::P256PublicKey& key);

[[nodiscard]] std::string encode_base_value(const BaseProofValue& value);
[[nodiscard]] std::string encode_derived_value(const DerivedProofValue& value);

/// Base64url multibase of a header and of CBOR with definite lengths, integers in their shortest
/// form and no tags; the map may have its keys in any order, each once.
/// Errors: kProofValue (also for a derived one; more than the limits above; no point of the curve).
/// Spec: VC-DI-ECDSA §3.5.3.
[[nodiscard]] Result<BaseProofValue, ProofError> parse_base_value(std::string_view text);
/// The same; the indexes must ascend. Errors: kProofValue, but kBaseProof for what has the header
/// of a base proof. Spec: VC-DI-ECDSA §3.5.8.
[[nodiscard]] Result<DerivedProofValue, ProofError> parse_derived_value(std::string_view text);

}  // namespace tasdiq::credential
