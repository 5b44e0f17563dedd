#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "credential/key_resolver.hpp"

// Credentials and presentations that are secured by an envelope: a JWT whose payload they are.
namespace tasdiq::credential {

inline constexpr std::string_view kCredentialJwt = "vc+jwt";
inline constexpr std::string_view kPresentationJwt = "vp+jwt";

/// Why a JWT was refused. Numbers are stable.
enum class JwtError : std::uint16_t {
    kDataUrl = 1,    // no data URL of the media type
    kForm = 2,       // not three parts of base64url
    kHeader = 3,     // no JSON object; `crit`, or a member of another type
    kType = 4,       // `typ` is another one, or `cty` is
    kAlgorithm = 5,  // neither ES256, ES384 nor EdDSA
    kPayload = 6,    // no JSON object, or one with `vc` or `vp`: of the data model 1.1's encoding
    kClaims = 7,     // `iss`, `jti` or `sub` differs from what the document says; no NumericDate
    kTime = 8,       // `exp` is past, `nbf` to come
    kKeyUnknown = 10,
    kKeyAlgorithm = 11,
    kSignature = 12,
};
[[nodiscard]] std::string_view to_string(JwtError error);

/// The JWT in the `id` of an enveloped credential or presentation: `data:application/vc+jwt,…`.
/// `type` is kCredentialJwt or kPresentationJwt. Errors: kDataUrl. Spec: VC-DATA-MODEL §4.13.1.
[[nodiscard]] Result<std::string_view, JwtError> jwt_of_data_url(std::string_view url,
                                                                 std::string_view type);

/// A JWT that holds. Only `verify_jwt` makes one.
class VerifiedJwt {
  public:
    /// The credential or presentation, with the JWT's own claims.
    [[nodiscard]] const codec::Json& payload() const { return payload_; }
    [[nodiscard]] const std::string& verification_method() const { return verification_method_; }

  private:
    friend class JwtVerifier;
    VerifiedJwt() = default;
    codec::Json payload_;
    std::string verification_method_;
};

/// Checks the signature of a JWT of this `type` and what it says about itself. The key is that of
/// `kid`: a URL, or a fragment of the issuer's (or holder's); without `kid` that of the issuer's
/// did:key. Errors: in the order of their numbers from kForm.
/// Spec: VC-JOSE-COSE §3.1, §4; RFC 7515 §5.2; RFC 7519 §7.2.
[[nodiscard]] Result<VerifiedJwt, JwtError> verify_jwt(std::string_view jwt, std::string_view type,
                                                       std::string_view purpose, KeyResolver& keys,
                                                       Instant now);

/// What is to be signed for a JWT of `payload`: its ASCII text. `algorithm` is the key's.
[[nodiscard]] std::string jwt_signing_input(const codec::Json& payload, std::string_view type,
                                            crypto::Algorithm algorithm,
                                            std::string_view verification_method);
[[nodiscard]] std::string finish_jwt(std::string signing_input, ByteView signature);

/// A credential in its envelope, as presentations hold it. Spec: VC-DATA-MODEL §4.13.1.
[[nodiscard]] codec::Json make_enveloped_credential(std::string_view jwt);

}  // namespace tasdiq::credential
