#include "credential/vc_api.hpp"

#include "codec/jcs.hpp"
#include "credential/vc_api_test.hpp"

namespace tasdiq::credential {
namespace {

TEST_F(VcApi, VerifiesWhatItIssues) {
    for (const std::string_view suite : {kEddsaRdfc2022, kEddsaJcs2022}) {
        const Json document = issued(suite);
        EXPECT_EQ(*document.find_string("issuer"), key.did());
        const auto answer = verify(document);
        EXPECT_EQ(answer.status, 200U) << codec::to_jcs(answer.body);
        EXPECT_EQ(answer.body.find("verified")->get_boolean(), true);
    }
}

TEST_F(VcApi, GivesACredentialTheContextOfItsProof) {
    Json document = credential();
    const auto legacy = issue(document, kEd25519Signature2020);
    ASSERT_EQ(legacy.status, 201U) << codec::to_jcs(legacy.body);
    EXPECT_EQ(legacy.body.find("verifiableCredential")->find("@context")->size(), 2U);
    EXPECT_EQ(verify(*legacy.body.find("verifiableCredential")).status, 200U);
    EXPECT_EQ(issued().find("@context")->size(), 1U);
    document.set("@context", Json::array().push(kCredentialsContext1));
    document.erase("validFrom");
    document.erase("validUntil");
    for (const std::string_view suite : {kEddsaRdfc2022, kEd25519Signature2020}) {
        const auto answer = issue(document, suite);
        ASSERT_EQ(answer.status, 201U) << codec::to_jcs(answer.body);
        const Json& secured = *answer.body.find("verifiableCredential");
        EXPECT_EQ(secured.find("@context")->size(), 2U);
        EXPECT_EQ(*secured.find_string("issuanceDate"), "2026-11-29T00:00:00Z");
        EXPECT_EQ(verify(secured).status, 200U);
    }
}

TEST_F(VcApi, SaysWhatIsWrongWithARequest) {
    expect_problem(answer_verify_credential("{", world), Error::kBody, 400, "#PARSING_ERROR");
    expect_problem(answer_verify_credential("[]", world), Error::kBody, 400, "#PARSING_ERROR");
    expect_problem(answer_verify_presentation("{}", world), Error::kBody, 400, "#PARSING_ERROR");
    expect_problem(verify("urn:a"), Error::kBody, 400, "#PARSING_ERROR");
    const Json document = issued();
    for (const char* options :
         {"[]", R"({"checks":"proof"})", R"({"checks":[1]})", R"({"challenge":1})",
          R"({"domain":[1]})", R"({"expectedProofPurpose":[]})"}) {
        expect_problem(verify(document, *codec::parse_json(std::string_view{options})),
                       Error::kOptions, 400, "#MALFORMED_VALUE_ERROR");
    }
}

TEST_F(VcApi, SaysWhatIsWrongWithACredential) {
    Json document = issued();
    document.set("id", "x");
    expect_problem(verify(document), Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    document = issued();
    document.set("unknown", 1);
    expect_problem(verify(document), Error::kLinkedData, 422, "#MALFORMED_VALUE_ERROR");
    document = issued();
    document.set("name", "other");
    expect_problem(verify(document), Error::kProof, 422, "#PROOF_VERIFICATION_ERROR");
    document.erase("proof");
    expect_problem(verify(document), Error::kProof, 422, "#PARSING_ERROR");
    document = issued();
    document.find("proof")->set("verificationMethod", "https://a.example/keys#1");
    expect_problem(verify(document), Error::kMethod, 422,
                   "#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT");
    document = issued();
    expect_problem(verify(document, Json::object().set("challenge", "x")), Error::kProof, 422,
                   "#INVALID_CHALLENGE_ERROR");
    expect_problem(verify(document, Json::object().set("domain", "x")), Error::kProof, 422,
                   "#INVALID_DOMAIN_ERROR");
    document = *issue(credential().set("issuer", other.did())).body.find("verifiableCredential");
    expect_problem(verify(document), Error::kController, 422, "#CRYPTOGRAPHIC_SECURITY_ERROR");
}

TEST_F(VcApi, AsksForThePurposeThatItIsTold) {
    const Json authentication = Json::object().set("expectedProofPurpose", "authentication");
    const Json assertion = Json::object().set("expectedProofPurpose", kAssertionMethod);
    EXPECT_EQ(verify(issued(), assertion).status, 200U);
    expect_problem(verify(issued(), authentication), Error::kProof, 422,
                   "#PROOF_VERIFICATION_ERROR");
    // Of a presentation; the credentials in it remain assertions.
    const Json document = presented(issued());
    EXPECT_EQ(verify_presented(document, authentication).status, 200U);
    expect_problem(verify_presented(document, assertion), Error::kProof, 422,
                   "#PROOF_VERIFICATION_ERROR");
}

TEST_F(VcApi, JudgesTheTime) {
    const Json document = issued();
    world.now = *parse_instant("2026-06-29T23:59:59Z");
    expect_problem(verify(document), Error::kNotYet, 422, "#RANGE_ERROR");
    world.now = *parse_instant("2027-06-30T00:00:01Z");
    expect_problem(verify(document), Error::kExpired, 422, "#RANGE_ERROR");
}

TEST_F(VcApi, RefusesToIssueWhatWouldNotVerify) {
    Json document = credential();
    document.erase("credentialSubject");
    EXPECT_EQ(issue(document).status, 400U);
    document = credential();
    document.set("type", Json::array().push(kVerifiableCredential).push("Unmapped"));
    expect_problem(issue(document), Error::kLinkedData, 422, "#MALFORMED_VALUE_ERROR");
    const Json no_url = Json::object().set("Mapped", "https ://not-a-url#x");
    document.set("@context", Json::array().push(kCredentialsContext).push(no_url));
    document.set("type", Json::array().push(kVerifiableCredential).push("Mapped"));
    expect_problem(issue(document, kEddsaJcs2022), Error::kLinkedData, 422,
                   "#MALFORMED_VALUE_ERROR");
    const Json redefines = Json::object().set("VerifiableCredential", "urn:x");
    document.set("@context", Json::array().push(kCredentialsContext).push(redefines));
    document.set("type", Json::array().push(kVerifiableCredential));
    expect_problem(issue(document, kEddsaJcs2022), Error::kLinkedData, 422,
                   "#MALFORMED_VALUE_ERROR");
    document = credential();
    document.set("proof", Json::array().push(1));
    expect_problem(issue(document), Error::kProof, 422, "#PROOF_GENERATION_ERROR");
    document.set("proof", Json::Array(kProofsMax, Json::object()));
    expect_problem(issue(document), Error::kProof, 422, "#PROOF_GENERATION_ERROR");
}

TEST_F(VcApi, VerifiesAPresentationAndWhatIsInIt) {
    const Json document = presented(Json::array().push(issued()).push(issued(kEddsaJcs2022)));
    EXPECT_EQ(verify_presented(document).status, 200U);
    EXPECT_EQ(verify_presented(document, Json::object().set("challenge", "83f1")).status, 200U);
    expect_problem(verify_presented(document, Json::object().set("challenge", "83f2")),
                   Error::kProof, 422, "#INVALID_CHALLENGE_ERROR");
    Json changed = document;
    changed.find("verifiableCredential")->as_array()[0].set("name", "x");
    expect_problem(verify_presented(changed), Error::kProof, 422, "#PROOF_VERIFICATION_ERROR");
    changed = document;
    changed.set("type", "Other");
    expect_problem(verify_presented(changed), Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    changed = document;
    changed.set("holder", other.did());
    EXPECT_EQ(verify_presented(changed).status, 422U);
    // A changed credential in a presentation that is proven as it stands.
    Json forged = issued();
    forged.set("name", "x");
    expect_problem(verify_presented(presented(forged)), Error::kProof, 422,
                   "#PROOF_VERIFICATION_ERROR");
    // Terms that mean nothing, which JCS signs all the same.
    Json unmapped = presented(issued(), "83f1", kEddsaJcs2022);
    EXPECT_EQ(verify_presented(unmapped).status, 200U);
    unmapped =
        presented(credential().set("issuer", key.did()).set("unknown", 1), "83f1", kEddsaJcs2022);
    expect_problem(verify_presented(unmapped), Error::kLinkedData, 422, "#MALFORMED_VALUE_ERROR");
}

TEST_F(VcApi, JudgesWhatAPresentationsProofSecures) {
    Json bare = credential().set("issuer", key.did());
    EXPECT_EQ(verify_presented(presented(bare)).status, 200U);
    bare.set("validUntil", "2026-07-01T00:00:00Z");
    expect_problem(verify_presented(presented(bare)), Error::kExpired, 422, "#RANGE_ERROR");
}

TEST_F(VcApi, WantsThePresentationsProofUnlessToldOtherwise) {
    Json document = presented(issued());
    document.erase("proof");
    expect_problem(verify_presented(document), Error::kProof, 422, "#PARSING_ERROR");
    const Json no_checks = Json::object().set("checks", Json::array());
    const auto answer = verify_presented(document, no_checks);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body.find("checks")->size(), 0U);
    // One that is there is looked at, and a credential that has none is nobody's.
    Json wrong = presented(issued());
    wrong.find("proof")->set("challenge", "other");
    EXPECT_EQ(verify_presented(wrong, no_checks).status, 422U);
    Json bare = credential();
    bare.set("issuer", key.did());
    document.set("verifiableCredential", bare);
    expect_problem(verify_presented(document, no_checks), Error::kProof, 422, "#PARSING_ERROR");
    EXPECT_EQ(verify_presented(presented(bare)).status, 200U);
}

}  // namespace
}  // namespace tasdiq::credential
