#include "credential/jwt.hpp"

#include <array>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/json_checks.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::credential {

using codec::Json;
using Error = JwtError;

namespace {

/// The names of JOSE; those of Ed25519 are two. Spec: RFC 7518 §3.1; RFC 8037 §3.1; RFC 9864 §2.2.
std::optional<crypto::Algorithm> algorithm_of(const std::string* name) {
    if (name == nullptr) return std::nullopt;
    if (*name == "ES256") return crypto::Algorithm::kEs256;
    if (*name == "ES384") return crypto::Algorithm::kEs384;
    if (*name == "EdDSA" || *name == "Ed25519") return crypto::Algorithm::kEd25519;
    return std::nullopt;
}

std::string_view name_of(crypto::Algorithm algorithm) {
    return algorithm == crypto::Algorithm::kEd25519 ? "EdDSA" : to_string(algorithm);
}

std::optional<Json> json_of(std::string_view part) {
    const auto bytes = codec::decode_base64url(part);
    if (!bytes) return std::nullopt;
    auto json = codec::parse_json(*bytes);
    if (!json || !json->is_object()) return std::nullopt;
    return *std::move(json);
}

/// A claim is not there, or says the same as the document. Spec: VC-JOSE-COSE §3.1.3.
bool agrees(const Json& payload, std::string_view claim, std::string_view said) {
    const Json* const value = payload.find(claim);
    if (value == nullptr) return true;
    const std::string* const text = value->get_string();
    return text != nullptr && (said.empty() || *text == said);
}

struct Parts {
    std::string_view signing_input, header, payload, signature;
};

Result<Parts, Error> split(std::string_view jwt) {
    const std::size_t first = jwt.find('.');
    const std::size_t last = jwt.rfind('.');
    if (first == last || jwt.find('.', first + 1) != last) return std::unexpected{Error::kForm};
    return Parts{.signing_input = jwt.substr(0, last),
                 .header = jwt.substr(0, first),
                 .payload = jwt.substr(first + 1, last - first - 1),
                 .signature = jwt.substr(last + 1)};
}

}  // namespace

class JwtVerifier {
  public:
    JwtVerifier(std::string_view type, std::string_view purpose, KeyResolver& keys, Instant now)
        : type_{type}, purpose_{purpose}, keys_{keys}, now_{now} {}

    Result<VerifiedJwt, Error> verify(std::string_view jwt) {
        TRY(const Parts parts, split(jwt));
        const auto signature = codec::decode_base64url(parts.signature);
        if (!signature) return std::unexpected{Error::kForm};
        const auto header = json_of(parts.header);
        if (!header) return std::unexpected{Error::kHeader};
        TRY(check_header(*header));
        const auto algorithm = algorithm_of(header->find_string("alg"));
        if (!algorithm) return std::unexpected{Error::kAlgorithm};
        auto payload = json_of(parts.payload);
        if (!payload || payload->find("vc") != nullptr || payload->find("vp") != nullptr) {
            return std::unexpected{Error::kPayload};
        }
        TRY(check_claims(*payload));

        VerifiedJwt verified;
        verified.verification_method_ = method_of(*header, *payload);
        const auto key = keys_.resolve(verified.verification_method_, purpose_);
        if (!key) return std::unexpected{Error::kKeyUnknown};
        if (key->algorithm() != *algorithm) return std::unexpected{Error::kKeyAlgorithm};
        const auto holds = crypto::verify(*key, as_bytes(parts.signing_input), *signature,
                                          crypto::LowS::kNotRequired);
        if (!holds) return std::unexpected{Error::kSignature};
        verified.payload_ = *std::move(payload);
        return verified;
    }

  private:
    [[nodiscard]] Result<Ok, Error> check_header(const Json& header) const {
        for (const std::string_view key : {"alg", "kid", "typ", "cty"}) {
            const Json* const value = header.find(key);
            if (value != nullptr && !value->is_string()) return std::unexpected{Error::kHeader};
        }
        // No extension is understood here. RFC 7515 §4.1.11
        if (header.find("crit") != nullptr) return std::unexpected{Error::kHeader};
        const std::string* const type = header.find_string("typ");
        const std::string* const content = header.find_string("cty");
        if (type != nullptr && *type != type_) return std::unexpected{Error::kType};
        if (content != nullptr && *content != type_.substr(0, 2)) {
            return std::unexpected{Error::kType};
        }
        return Ok{};
    }

    [[nodiscard]] Json const* party_of(const Json& payload) const {
        return payload.find(type_ == kCredentialJwt ? "issuer" : "holder");
    }

    [[nodiscard]] Result<Ok, Error> check_claims(const Json& payload) const {
        const Json* const subject = payload.find("credentialSubject");
        const bool agree = agrees(payload, "iss", id_of(party_of(payload))) &&
                           agrees(payload, "jti", id_of(&payload)) &&
                           agrees(payload, "sub", id_of(subject));
        if (!agree) return std::unexpected{Error::kClaims};
        for (const std::string_view key : {"exp", "nbf", "iat"}) {
            const Json* const value = payload.find(key);
            if (value != nullptr && !value->get_integer()) return std::unexpected{Error::kClaims};
        }
        const Json* const expires = payload.find("exp");
        const Json* const begins = payload.find("nbf");
        const bool is_over = expires != nullptr && *expires->get_integer() <= now_.seconds;
        const bool is_early = begins != nullptr && *begins->get_integer() > now_.seconds;
        if (is_over || is_early) return std::unexpected{Error::kTime};
        return Ok{};
    }

    [[nodiscard]] std::string method_of(const Json& header, const Json& payload) const {
        std::string party{id_of(party_of(payload))};
        if (party.empty() && payload.find_string("iss") != nullptr) {
            party = *payload.find_string("iss");
        }
        const std::string* const kid = header.find_string("kid");
        if (kid != nullptr && !kid->starts_with('#')) return *kid;
        if (kid != nullptr) return party + *kid;
        constexpr std::string_view kDidKey = "did:key:";
        return party.starts_with(kDidKey) ? party + "#" + party.substr(kDidKey.size()) : party;
    }

    std::string_view type_, purpose_;
    KeyResolver& keys_;
    Instant now_;
};

std::string_view to_string(JwtError error) {
    switch (error) {
        case Error::kDataUrl: return "the envelope is no data URL of a JWT";
        case Error::kForm: return "the JWT is not three parts of base64url";
        case Error::kHeader: return "the header of the JWT is malformed or asks for more";
        case Error::kType: return "the JWT is of another type";
        case Error::kAlgorithm: return "the JWT is signed with an algorithm that is not known here";
        case Error::kPayload: return "the payload of the JWT is not the document itself";
        case Error::kClaims: return "a claim of the JWT contradicts the document";
        case Error::kTime: return "the JWT is not valid now";
        case Error::kKeyUnknown: return "the key of the JWT is not known";
        case Error::kKeyAlgorithm: return "the key of the JWT is of another algorithm";
        case Error::kSignature: return "the signature of the JWT does not match";
    }
    ENSURE(false);
}

Result<std::string_view, JwtError> jwt_of_data_url(std::string_view url, std::string_view type) {
    const std::string prefix = "data:application/" + std::string{type} + ",";
    if (!url.starts_with(prefix)) return std::unexpected{Error::kDataUrl};
    return url.substr(prefix.size());
}

Result<VerifiedJwt, JwtError> verify_jwt(std::string_view jwt, std::string_view type,
                                         std::string_view purpose, KeyResolver& keys, Instant now) {
    return JwtVerifier{type, purpose, keys, now}.verify(jwt);
}

std::string jwt_signing_input(const Json& payload, std::string_view type,
                              crypto::Algorithm algorithm, std::string_view verification_method) {
    const Json header = Json::object()
                            .set("alg", name_of(algorithm))
                            .set("cty", type.substr(0, 2))
                            .set("kid", verification_method)
                            .set("typ", type);
    return codec::encode_base64url(as_bytes(codec::to_jcs(header))) + "." +
           codec::encode_base64url(as_bytes(codec::to_jcs(payload)));
}

std::string finish_jwt(std::string signing_input, ByteView signature) {
    return std::move(signing_input) + "." + codec::encode_base64url(signature);
}

Json make_enveloped_credential(std::string_view jwt) {
    return Json::object()
        .set("@context", kCredentialsContext)
        .set("id", "data:application/vc+jwt," + std::string{jwt})
        .set("type", kEnvelopedCredential);
}

}  // namespace tasdiq::credential
