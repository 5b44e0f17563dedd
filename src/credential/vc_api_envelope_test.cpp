#include "codec/jcs.hpp"
#include "credential/jwt.hpp"
#include "credential/vc_api_test.hpp"

namespace tasdiq::credential {
namespace {

struct VcApiEnvelope : VcApi {
    VcAnswer issue_jwt(const Json& document) {
        return answer_issue_jwt(codec::to_jcs(Json::object().set("credential", document)), key,
                                world);
    }
    /// A JWT of any payload, by `method`, whose key is `key`.
    Json enveloped(const Json& payload, std::string_view type, std::string_view envelope_type,
                   const std::string& method) {
        std::string input = jwt_signing_input(payload, type, key.algorithm(), method);
        const Bytes signature = key.sign(as_bytes(input));
        return Json::object()
            .set("@context", kCredentialsContext)
            .set("id", "data:application/" + std::string{type} + "," +
                           finish_jwt(std::move(input), signature))
            .set("type", envelope_type);
    }
    Json enveloped_credential(const Json& payload) {
        return enveloped(payload, kCredentialJwt, kEnvelopedCredential, key.verification_method());
    }
    Json enveloped_presentation(const Json& payload) {
        return enveloped(payload, kPresentationJwt, kEnvelopedPresentation,
                         key.verification_method());
    }
    Json presentation() {
        return Json::object()
            .set("@context", Json::array().push(kCredentialsContext))
            .set("type", kVerifiablePresentation)
            .set("holder", key.did())
            .set("verifiableCredential", issued());
    }
    /// The controller document of a method that is for one purpose; gives the method.
    std::string publish_method(std::string_view purpose) {
        const std::string controller = "https://keys.example/controller";
        const std::string id = controller + "#1";
        const Json method = Json::object()
                                .set("id", id)
                                .set("type", "Multikey")
                                .set("controller", controller)
                                .set("publicKeyMultibase", key.did().substr(8));
        documents.all[controller] = Json::object()
                                        .set("id", controller)
                                        .set("verificationMethod", Json::array().push(method))
                                        .set(purpose, Json::array().push(id));
        return id;
    }
};

TEST_F(VcApiEnvelope, OpensEnvelopes) {
    const auto answer = issue_jwt(credential());
    ASSERT_EQ(answer.status, 201U) << codec::to_jcs(answer.body);
    const Json& envelope = *answer.body.find("verifiableCredential");
    const auto good = verify(envelope);
    EXPECT_EQ(good.status, 200U) << codec::to_jcs(good.body);
    EXPECT_EQ(verify_presented(presented(envelope)).status, 200U);
    Json changed = envelope;
    changed.find("id")->as_string().back() = changed.find_string("id")->back() == 'A' ? 'Q' : 'A';
    expect_problem(verify(changed), Error::kEnvelope, 422, "#CRYPTOGRAPHIC_SECURITY_ERROR");
    expect_problem(verify_presented(presented(changed)), Error::kEnvelope, 422,
                   "#CRYPTOGRAPHIC_SECURITY_ERROR");
    changed.set("id", "data:application/vc+unknown,x");
    expect_problem(verify(changed), Error::kEnvelope, 422, "#MALFORMED_VALUE_ERROR");
    for (const auto& [member, value] : {std::pair<const char*, Json>{"@context", Json::array()},
                                        {"@context", "https://a.example/context"},
                                        {"id", envelope.find_string("id")->substr(28)},
                                        {"type", Json::array().push(kEnvelopedCredential)}}) {
        changed = envelope;
        changed.set(member, value);
        expect_problem(verify(changed), Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    }
    // By another than the issuer; over; without a subject.
    const auto others = issue_jwt(credential().set("issuer", other.did()));
    expect_problem(verify(*others.body.find("verifiableCredential")), Error::kController, 422,
                   "#CRYPTOGRAPHIC_SECURITY_ERROR");
    const auto over = issue_jwt(credential().set("validUntil", "2026-07-01T00:00:00Z"));
    expect_problem(verify(*over.body.find("verifiableCredential")), Error::kExpired, 422,
                   "#RANGE_ERROR");
    EXPECT_EQ(issue_jwt(credential().set("credentialSubject", Json::object())).status, 400U);
}

TEST_F(VcApiEnvelope, OpensEnvelopedPresentations) {
    const Json document =
        presentation().set("nonce", "83f1").set("aud", Json::array().push("desk.example"));
    const auto ask = [&](const Json& opened, const char* challenge, const char* domain) {
        return verify_presented(enveloped_presentation(opened),
                                Json::object().set("challenge", challenge).set("domain", domain));
    };
    const auto good = ask(document, "83f1", "desk.example");
    EXPECT_EQ(good.status, 200U) << codec::to_jcs(good.body);
    expect_problem(
        verify_presented(enveloped_presentation(document).set("@context", Json::array())),
        Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    expect_problem(ask(document, "83f2", "desk.example"), Error::kEnvelope, 422,
                   "#INVALID_CHALLENGE_ERROR");
    expect_problem(ask(document, "83f1", "other.example"), Error::kEnvelope, 422,
                   "#INVALID_DOMAIN_ERROR");
    Json others = document;
    others.set("holder", other.did());
    EXPECT_EQ(verify_presented(enveloped_presentation(others)).status, 422U);
    Json forged = document;
    forged.find("verifiableCredential")->set("name", "x");
    expect_problem(verify_presented(enveloped_presentation(forged)), Error::kProof, 422,
                   "#PROOF_VERIFICATION_ERROR");
}

TEST_F(VcApiEnvelope, JudgesWhatIsInside) {
    const Json document = credential().set("issuer", key.did());
    EXPECT_EQ(verify(enveloped_credential(document)).status, 200U);
    Json wrong = document;
    wrong.erase("credentialSubject");
    expect_problem(verify(enveloped_credential(wrong)), Error::kDataModel, 400,
                   "#MALFORMED_VALUE_ERROR");
    wrong = document;
    wrong.set("unknown", 1);
    expect_problem(verify(enveloped_credential(wrong)), Error::kLinkedData, 422,
                   "#MALFORMED_VALUE_ERROR");
    wrong = presentation();
    wrong.set("type", "Other");
    expect_problem(verify_presented(enveloped_presentation(wrong)), Error::kDataModel, 400,
                   "#MALFORMED_VALUE_ERROR");
    wrong = presentation();
    wrong.set("unknown", 1);
    expect_problem(verify_presented(enveloped_presentation(wrong)), Error::kLinkedData, 422,
                   "#MALFORMED_VALUE_ERROR");
}

/// What the JWT says of itself is no part of the credential, and has no meaning in RDF.
TEST_F(VcApiEnvelope, TakesItsClaimsOut) {
    const std::int64_t now_s = world.now.seconds;
    const Json document = credential()
                              .set("id", "urn:b")
                              .set("issuer", key.did())
                              .set("iss", key.did())
                              .set("jti", "urn:b")
                              .set("sub", "urn:a")
                              .set("iat", now_s - 1)
                              .set("nbf", now_s - 1)
                              .set("exp", now_s + 1);
    const auto answer = verify(enveloped_credential(document));
    EXPECT_EQ(answer.status, 200U) << codec::to_jcs(answer.body);
}

TEST_F(VcApiEnvelope, IsByAKeyForThePurpose) {
    const auto ask_credential = [&](std::string_view purpose) {
        const std::string method = publish_method(purpose);
        const Json document = credential().set("issuer", method.substr(0, method.find('#')));
        return verify(enveloped(document, kCredentialJwt, kEnvelopedCredential, method),
                      Json::object().set("expectedProofPurpose", "authentication"));
    };
    const auto ask_presentation = [&](std::string_view purpose) {
        const std::string method = publish_method(purpose);
        const Json document = presentation().set("holder", method.substr(0, method.find('#')));
        return verify_presented(
            enveloped(document, kPresentationJwt, kEnvelopedPresentation, method),
            Json::object().set("expectedProofPurpose", kAssertionMethod));
    };
    EXPECT_EQ(ask_credential("authentication").status, 200U);
    expect_problem(ask_credential(kAssertionMethod), Error::kEnvelope, 422,
                   "#CRYPTOGRAPHIC_SECURITY_ERROR");
    EXPECT_EQ(ask_presentation(kAssertionMethod).status, 200U);
    expect_problem(ask_presentation("authentication"), Error::kEnvelope, 422,
                   "#CRYPTOGRAPHIC_SECURITY_ERROR");
}

}  // namespace
}  // namespace tasdiq::credential
