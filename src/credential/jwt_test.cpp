#include "credential/jwt.hpp"

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/check.hpp"
#include "credential/proof_test.hpp"
#include "keys/signing_key.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using crypto::Algorithm;
using Error = JwtError;

constexpr Instant kNow{1'796'000'000};

std::string encoded(std::string_view text) { return codec::encode_base64url(as_bytes(text)); }

struct Jwt : testing::Test {
    explicit Jwt(Algorithm algorithm = Algorithm::kEs256)
        : key{keys::SigningKey::generate(algorithm)} {}

    [[nodiscard]] std::string did() const { return crypto::to_did_key(key.public_key()); }
    [[nodiscard]] std::string method() const { return crypto::to_did_key_method(key.public_key()); }
    [[nodiscard]] Json credential() const {
        return Json::object()
            .set("@context", Json::array().push(kCredentialsContext))
            .set("type", Json::array().push(kVerifiableCredential))
            .set("issuer", did())
            .set("credentialSubject", Json::object().set("id", "urn:a"));
    }
    [[nodiscard]] std::string sign(std::string signing_input) const {
        const Bytes signature = key.sign(as_bytes(signing_input));
        return finish_jwt(std::move(signing_input), signature);
    }
    [[nodiscard]] std::string jwt(const Json& payload) const {
        return sign(jwt_signing_input(payload, kCredentialJwt, key.algorithm(), method()));
    }
    /// With a header that may be wrong.
    [[nodiscard]] std::string with_header(std::string_view header) const {
        return sign(encoded(header) + "." + encoded(codec::to_jcs(credential())));
    }
    Result<VerifiedJwt, Error> verify(std::string_view text) {
        return verify_jwt(text, kCredentialJwt, kAssertionMethod, resolver, kNow);
    }
    void expect_error(std::string_view text, Error error) {
        const auto result = verify(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(to_string(result.error()), to_string(error)) << text;
    }

    DidKeyResolver resolver;
    keys::SigningKey key;
};

TEST_F(Jwt, HoldsForEveryAlgorithm) {
    for (const Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEs384, Algorithm::kEd25519}) {
        key = keys::SigningKey::generate(algorithm);
        const auto verified = verify(jwt(credential()));
        ASSERT_TRUE(verified) << to_string(verified.error());
        EXPECT_EQ(codec::to_jcs(verified->payload()), codec::to_jcs(credential()));
        EXPECT_EQ(verified->verification_method(), method());
    }
}

TEST_F(Jwt, FindsItsKeyByTheFragmentOrTheIssuer) {
    const std::string fragment = method().substr(did().size());
    EXPECT_TRUE(verify(with_header(R"({"alg":"ES256","kid":")" + fragment + R"("})")));
    EXPECT_TRUE(verify(with_header(R"({"alg":"ES256"})")));
    Json other = credential();
    other.set("issuer", "https://issuer.example");
    expect_error(sign(encoded(R"({"alg":"ES256"})") + "." + encoded(codec::to_jcs(other))),
                 Error::kKeyUnknown);
}

TEST_F(Jwt, IsRefusedWhenChanged) {
    const std::string good = jwt(credential());
    const std::size_t first = good.find('.');
    const std::size_t last = good.rfind('.');
    Json other = credential();
    other.set("name", "x");
    expect_error(good.substr(0, first + 1) + encoded(codec::to_jcs(other)) + good.substr(last),
                 Error::kSignature);
    const std::string another = jwt(other);
    expect_error(good.substr(0, last) + another.substr(another.rfind('.')), Error::kSignature);
    expect_error(good.substr(0, last + 1), Error::kSignature);
}

TEST_F(Jwt, IsRefusedForItsForm) {
    for (const char* text : {"", "a", "a.b", "a.b.c.d", "..."}) expect_error(text, Error::kForm);
    expect_error("e30.e30.!", Error::kForm);
    const std::string good = jwt(credential());
    expect_error(good + "=", Error::kForm);
}

TEST_F(Jwt, IsRefusedForItsHeader) {
    expect_error("!" + jwt(credential()).substr(1), Error::kHeader);
    expect_error(with_header("[]"), Error::kHeader);
    expect_error(with_header(R"({"alg":1})"), Error::kHeader);
    expect_error(with_header(R"({"alg":"ES256","crit":["b64"],"b64":false})"), Error::kHeader);
    expect_error(with_header(R"({"alg":"ES256","typ":"vp+jwt"})"), Error::kType);
    expect_error(with_header(R"({"alg":"ES256","cty":"vp"})"), Error::kType);
    for (const char* header : {"{}", R"({"alg":"none"})", R"({"alg":"HS256"})"}) {
        expect_error(with_header(header), Error::kAlgorithm);
    }
    expect_error(with_header(R"({"alg":"ES384"})"), Error::kKeyAlgorithm);
}

TEST_F(Jwt, IsRefusedForItsPayload) {
    const auto with = [&](std::string_view key_name, const Json& value) {
        return jwt(credential().set(key_name, value));
    };
    expect_error(with("vc", Json::object()), Error::kPayload);
    expect_error(sign(encoded(R"({"alg":"ES256"})") + "." + encoded("[]")), Error::kPayload);
    expect_error(with("iss", "urn:other"), Error::kClaims);
    expect_error(with("iss", 1), Error::kClaims);
    expect_error(with("sub", "urn:other"), Error::kClaims);
    expect_error(jwt(credential().set("id", "urn:x").set("jti", "urn:y")), Error::kClaims);
    expect_error(with("exp", "soon"), Error::kClaims);
    expect_error(with("exp", kNow.seconds), Error::kTime);
    expect_error(with("nbf", kNow.seconds + 1), Error::kTime);
    EXPECT_TRUE(verify(jwt(credential()
                               .set("iss", did())
                               .set("sub", "urn:a")
                               .set("exp", kNow.seconds + 1)
                               .set("nbf", kNow.seconds)
                               .set("iat", kNow.seconds))));
}

TEST_F(Jwt, TakesTheStandardsSignature) {
    // RFC 7515 A.3: a JWS of ES256 whose payload is no credential; its key as a did:key.
    const std::string text =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl"
        "LmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISl"
        "SApmWQxfKTUJqPP3-Kg6NU1Q";
    struct Known final : KeyResolver {
        std::optional<crypto::PublicKey> resolve(std::string_view method,
                                                 std::string_view) override {
            EXPECT_EQ(method, "joe");
            Bytes point{3};  // y is odd
            append(point, *codec::decode_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"));
            const auto parsed_key = crypto::PublicKey::parse(Algorithm::kEs256, point);
            if (!parsed_key) return std::nullopt;
            return *parsed_key;
        }
    };
    Known known;
    const auto verified = verify_jwt(text, kCredentialJwt, kAssertionMethod, known, Instant{0});
    ASSERT_TRUE(verified) << to_string(verified.error());
    EXPECT_EQ(*verified->payload().find_string("iss"), "joe");
    EXPECT_EQ(verify_jwt(text, kCredentialJwt, kAssertionMethod, known, kNow).error(),
              Error::kTime);
}

TEST(JwtOfDataUrl, IsOfItsMediaTypeOnly) {
    EXPECT_EQ(jwt_of_data_url("data:application/vc+jwt,a.b.c", kCredentialJwt).value(), "a.b.c");
    for (const char* url : {"data:application/vp+jwt,a", "data:application/vc+jwt", "a.b.c",
                            "data:application/vc+sd-jwt,a"}) {
        EXPECT_EQ(jwt_of_data_url(url, kCredentialJwt).error(), Error::kDataUrl);
    }
}

}  // namespace
}  // namespace tasdiq::credential
