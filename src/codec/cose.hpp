#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::codec {

/// Signature algorithms of the IANA registry "COSE Algorithms" that we name.
inline constexpr std::int64_t kCoseEs256 = -7;
inline constexpr std::int64_t kCoseEdDsa = -8;

inline constexpr std::size_t kCoseSignaturesMax = 32;

/// Why bytes are not a COSE message as we write it. Numbers are stable.
enum class CoseError : std::uint16_t {
    kNotDeterministicCbor = 1,
    kNotTagged = 2,
    kShape = 3,           // no array of four, or elements of other types
    kBodyHeaders = 4,     // a header parameter where there must be none
    kSignatureCount = 5,  // none, or more than kCoseSignaturesMax
    kSignatureHeaders =
        6,  // protected is not exactly {1: alg, 4: kid}, or unprotected is not empty
};
[[nodiscard]] std::string_view to_string(CoseError error);

/// One signature of a COSE_Sign; its protected header is {1: algorithm, 4: kid}.
struct CoseSignature {
    std::int64_t algorithm = 0;
    Bytes kid;
    Bytes signature;
    friend bool operator==(const CoseSignature&, const CoseSignature&) = default;
};

/// COSE_Sign, untagged, payload attached, no headers of its own. Spec: RFC 9052 §4.1.
struct CoseSign {
    Bytes payload;
    std::vector<CoseSignature> signatures;  // 1–kCoseSignaturesMax
    friend bool operator==(const CoseSign&, const CoseSign&) = default;
};

/// COSE_Sign1, payload attached, protected header {1: algorithm, 4: kid}. Spec: RFC 9052 §4.2.
struct CoseSign1 {
    std::int64_t algorithm = 0;
    Bytes kid;
    Bytes payload;
    Bytes signature;
    friend bool operator==(const CoseSign1&, const CoseSign1&) = default;
};

enum class CoseTag : std::uint8_t { kUntagged, kTagged };

[[nodiscard]] Bytes encode_cose_sign(const CoseSign& message);
/// The inverse of `encode_cose_sign`: nothing but what it writes is accepted.
/// Errors, first match wins: kNotDeterministicCbor, kShape, kBodyHeaders, kSignatureCount; then for
/// each signature kShape, kSignatureHeaders.
[[nodiscard]] Result<CoseSign, CoseError> decode_cose_sign(ByteView bytes);

/// With kTagged, tag 18 stands in front.
[[nodiscard]] Bytes encode_cose_sign1(const CoseSign1& message, CoseTag tag);
/// The inverse of `encode_cose_sign1`. A tag must be there with kTagged and must not with
/// kUntagged. Errors, first match wins: kNotTagged, kNotDeterministicCbor (also a tag that must not
/// be there), kShape, kSignatureHeaders.
[[nodiscard]] Result<CoseSign1, CoseError> decode_cose_sign1(ByteView bytes, CoseTag tag);

/// What a signature of a COSE_Sign signs: the Sig_structure "Signature" with an empty body header.
/// Spec: RFC 9052 §4.4.
[[nodiscard]] Bytes signing_input(ByteView payload, std::int64_t algorithm, ByteView kid,
                                  ByteView external_aad);

/// What a COSE_Sign1 signs: the Sig_structure "Signature1".
[[nodiscard]] Bytes sign1_signing_input(ByteView payload, std::int64_t algorithm, ByteView kid,
                                        ByteView external_aad);

}  // namespace tasdiq::codec
