#include <gtest/gtest.h>

#include "credential/check.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Error = CredentialError;

constexpr std::string_view kDigestSri =
    "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU";

Json parsed(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << text;
    return json ? *std::move(json) : Json{};
}

Json credential() {
    return parsed(R"({
      "@context": ["https://www.w3.org/ns/credentials/v2"],
      "type": ["VerifiableCredential"],
      "issuer": {"id": "did:key:z6Mk", "name": {"@value": "جامعة", "@language": "ar",
                                                "@direction": "rtl"}},
      "credentialSubject": [{"id": "urn:a"}, {"id": "urn:b", "x": 1}]
    })");
}

Json version1() {
    return parsed(R"({
      "@context": ["https://www.w3.org/2018/credentials/v1"],
      "type": ["VerifiableCredential"],
      "issuer": "did:key:z6Mk",
      "issuanceDate": "2026-06-30T00:00:00Z",
      "expirationDate": "2027-06-30T00:00:00Z",
      "credentialStatus": {"id": "urn:s", "type": "T"},
      "credentialSubject": {"id": "urn:a"}
    })");
}

Json presentation() {
    return parsed(R"({
      "@context": ["https://www.w3.org/ns/credentials/v2"],
      "type": "VerifiablePresentation",
      "holder": {"id": "did:key:z6Mk"},
      "termsOfUse": [{"type": "T"}]
    })");
}

/// `document` with the members that `change` names: an empty value takes one out.
struct Rejected {
    const char* why;
    const char* key;
    const char* value;
    Error error;
    const char* pointer;
};

Json changed(Json document, const Rejected& row) {
    if (std::string_view{row.value}.empty()) {
        EXPECT_TRUE(document.erase(row.key));
    } else {
        document.set(row.key, parsed(row.value));
    }
    return document;
}

void expect_rejected(const Result<Ok, CredentialFault>& result, const Rejected& row) {
    ASSERT_FALSE(result) << row.why;
    EXPECT_EQ(to_string(result.error().error), to_string(row.error)) << row.why;
    EXPECT_EQ(result.error().pointer, row.pointer) << row.why;
}

TEST(CheckCredential, RefusesWhatTheDataModelForbids) {
    constexpr std::string_view kSame = R"([{"id":"urn:a","digestMultibase":"@"},)"
                                       R"({"id":"urn:a","digestMultibase":"@"}])";
    std::string same{kSame};
    const std::string multihash = "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw";
    for (std::size_t at = same.find('@'); at != std::string::npos; at = same.find('@')) {
        same.replace(at, 1, multihash);
    }
    const Rejected rows[] = {
        {"ContextText", "@context", R"("https://www.w3.org/ns/credentials/v2")", Error::kContext,
         "/@context"},
        {"ContextNoUrl", "@context", R"(["https://www.w3.org/ns/credentials/v2","https ://x"])",
         Error::kContext, "/@context/1"},
        {"IdNull", "id", "null", Error::kId, "/id"},
        {"IdTwice", "id", R"(["urn:a","urn:b"])", Error::kId, "/id"},
        {"TypeEmpty", "type", R"(["VerifiableCredential",""])", Error::kType, "/type"},
        {"NameDirection", "name", R"({"@value":"x","@direction":"up"})", Error::kName, "/name"},
        {"NameLanguage", "name", R"({"@value":"x","@language":1})", Error::kName, "/name"},
        {"NameMapped", "name", R"({"en":"x"})", Error::kName, "/name"},
        {"IssuerNull", "issuer", "null", Error::kIssuer, "/issuer"},
        {"IssuerIdNull", "issuer", R"({"id":null})", Error::kIssuer, "/issuer"},
        {"IssuerName", "issuer", R"({"id":"urn:a","name":{"@value":"x","url":"y"}})", Error::kName,
         "/issuer/name"},
        {"IssuerDescription", "issuer", R"({"id":"urn:a","description":1})", Error::kName,
         "/issuer/description"},
        {"SubjectText", "credentialSubject", R"("urn:a")", Error::kSubject, "/credentialSubject"},
        {"OneSubjectEmpty", "credentialSubject", R"([{"id":"urn:a"},{}])", Error::kSubject,
         "/credentialSubject"},
        {"SubjectId", "credentialSubject", R"([{"id":"urn:a"},{"id":"b"}])", Error::kId,
         "/credentialSubject/1/id"},
        {"SubjectIds", "credentialSubject", R"({"id":["urn:a","urn:b"]})", Error::kId,
         "/credentialSubject/id"},
        {"NoOffset", "validFrom", R"("2026-06-30T00:00:00")", Error::kValidity, "/validFrom"},
        {"StatusType", "credentialStatus", R"([{"type":2}])", Error::kStatus,
         "/credentialStatus/0"},
        {"StatusId", "credentialStatus", R"({"type":"T","id":"x"})", Error::kId,
         "/credentialStatus/id"},
        {"StatusText", "credentialStatus", R"("urn:s")", Error::kStatus, "/credentialStatus"},
        {"StatusNone", "credentialStatus", "[]", Error::kStatus, "/credentialStatus"},
        {"SchemaType", "credentialSchema", R"({"id":"urn:s"})", Error::kSchema,
         "/credentialSchema"},
        {"SchemaId", "credentialSchema", R"({"id":"s","type":"T"})", Error::kSchema,
         "/credentialSchema"},
        {"TermsOfUse", "termsOfUse", R"([{"type":"T"},{"id":"urn:t"}])", Error::kTermsOfUse,
         "/termsOfUse/1"},
        {"Evidence", "evidence", R"({"id":"urn:e"})", Error::kEvidence, "/evidence"},
        {"EvidenceId", "evidence", R"({"id":null,"type":"T"})", Error::kId, "/evidence/id"},
        {"Refresh", "refreshService", R"({"url":"urn:e"})", Error::kRefresh, "/refreshService"},
        {"Confidence", "confidenceMethod", "{}", Error::kExtension, "/confidenceMethod"},
        {"Render", "renderMethod", R"([{"type":""}])", Error::kExtension, "/renderMethod/0"},
        {"RelatedText", "relatedResource", R"(["urn:a"])", Error::kRelated, "/relatedResource/0"},
        {"RelatedNone", "relatedResource", "[]", Error::kRelated, "/relatedResource"},
        {"RelatedWithoutId", "relatedResource", R"({"digestSRI":"sha256-YQ=="})", Error::kRelated,
         "/relatedResource"},
        {"RelatedTwice", "relatedResource", same.c_str(), Error::kRelated, "/relatedResource/1"},
        {"RelatedWithoutDigest", "relatedResource", R"({"id":"urn:a","mediaType":"a/b"})",
         Error::kRelated, "/relatedResource"},
        {"SriHash", "relatedResource", R"({"id":"urn:a","digestSRI":"md5-YQ=="})", Error::kRelated,
         "/relatedResource/digestSRI"},
        {"SriBase64", "relatedResource", R"({"id":"urn:a","digestSRI":"sha256-Y*"})",
         Error::kRelated, "/relatedResource/digestSRI"},
        {"SriEmpty", "relatedResource", R"({"id":"urn:a","digestSRI":" "})", Error::kRelated,
         "/relatedResource/digestSRI"},
        {"Multihash", "relatedResource", R"({"id":"urn:a","digestMultibase":"uZTQ0MjM1NiAg"})",
         Error::kRelated, "/relatedResource/digestMultibase"},
        {"MultihashShort", "relatedResource", R"({"id":"urn:a","digestMultibase":"uEiAj"})",
         Error::kRelated, "/relatedResource/digestMultibase"},
        {"OtherDigest", "relatedResource",
         R"({"id":"https://www.w3.org/ns/credentials/v2","digestSRI":"sha256-YQ=="})",
         Error::kDigest, "/relatedResource/digestSRI"},
        {"OtherMultihash", "relatedResource",
         R"([{"id":"https://www.w3.org/ns/credentials/v2",
              "digestMultibase":"uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"}])",
         Error::kDigest, "/relatedResource/0/digestMultibase"},
        {"OtherDigestAlone", "relatedResource",
         R"({"id":"https://www.w3.org/ns/credentials/v2",
             "digestMultibase":"uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzU"})",
         Error::kRelated, "/relatedResource/digestMultibase"},
        {"DigestAloneOfUnknown", "relatedResource",
         R"({"id":"urn:a","digestMultibase":"uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"})",
         Error::kRelated, "/relatedResource/digestMultibase"},
    };
    for (const Rejected& row : rows) {
        expect_rejected(check_credential(changed(credential(), row)), row);
    }
}

TEST(CheckCredential, TakesWhatTheDataModelAllows) {
    EXPECT_TRUE(check_credential(credential()));
    EXPECT_TRUE(check_credential(version1()));
    Json document = credential();
    document.set("name", parsed(R"([{"@value":"x","@language":"en"},{"@value":"y"}])"));
    document.set("credentialStatus", parsed(R"([{"type":"A"},{"id":"urn:s","type":["B","C"]}])"));
    document.set("credentialSchema", parsed(R"([{"id":"urn:s","type":"JsonSchema"}])"));
    document.set("refreshService", parsed(R"({"type":"R","url":"urn:r"})"));
    document.set("evidence", parsed(R"([{"type":["Evidence"]}])"));
    document.set(
        "relatedResource",
        Json::array()
            .push(Json::object()
                      .set("id", kCredentialsContext)
                      .set("digestSRI", std::string{kDigestSri} + "?x  sha256-" +
                                            "WZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ="))
            .push(Json::object().set("id", "urn:b").set("digestSRI", "sha256-ca3d16")));
    EXPECT_TRUE(check_credential(document));
    document.set("relatedResource",
                 Json::object()
                     .set("id", kCredentialsContext)
                     .set("digestMultibase", "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"));
    EXPECT_TRUE(check_credential(document));
}

TEST(CheckCredential, AsksVersion1ForWhatItAsks) {
    const Rejected rows[] = {
        {"NoIssuanceDate", "issuanceDate", "", Error::kValidity, "/issuanceDate"},
        {"IssuanceDate", "issuanceDate", R"("2026-06-30")", Error::kValidity, "/issuanceDate"},
        {"Expiration", "expirationDate", "1", Error::kValidity, "/expirationDate"},
        {"Order", "expirationDate", R"("2026-06-29T23:59:59Z")", Error::kValidityOrder,
         "/expirationDate"},
        {"StatusWithoutId", "credentialStatus", R"({"type":"T"})", Error::kStatus,
         "/credentialStatus"},
        {"RefreshWithoutId", "refreshService", R"({"type":"T"})", Error::kRefresh,
         "/refreshService"},
    };
    for (const Rejected& row : rows) {
        expect_rejected(check_credential(changed(version1(), row)), row);
    }
}

TEST(CheckPresentation, RefusesWhatTheDataModelForbids) {
    constexpr const char* kEnvelope =
        R"([{"@context":"https://www.w3.org/ns/credentials/v2","id":"urn:a",
             "type":"EnvelopedVerifiableCredential"}])";
    const Rejected rows[] = {
        {"NoContext", "@context", "", Error::kContext, "/@context"},
        {"NoType", "type", "", Error::kType, "/type"},
        {"CredentialsType", "type", R"("VerifiableCredential")", Error::kType, "/type"},
        {"Id", "id", R"("x")", Error::kId, "/id"},
        {"Holder", "holder", R"("x")", Error::kHolder, "/holder"},
        {"HolderWithoutId", "holder", R"({"name":"x"})", Error::kHolder, "/holder"},
        {"TermsOfUse", "termsOfUse", "{}", Error::kTermsOfUse, "/termsOfUse"},
        {"Refresh", "refreshService", "{}", Error::kRefresh, "/refreshService"},
        {"Null", "verifiableCredential", "null", Error::kPresented, "/verifiableCredential"},
        {"Text", "verifiableCredential", R"("urn:a")", Error::kPresented, "/verifiableCredential"},
        {"Number", "verifiableCredential", "[1]", Error::kPresented, "/verifiableCredential/0"},
        {"NoCredential", "verifiableCredential", "[{}]", Error::kContext,
         "/verifiableCredential/0/@context"},
        {"NoDataUrl", "verifiableCredential", kEnvelope, Error::kEnvelope,
         "/verifiableCredential/0"},
        {"EnvelopeContext", "verifiableCredential",
         R"({"id":"data:a,b","type":"EnvelopedVerifiableCredential"})", Error::kEnvelope,
         "/verifiableCredential"},
        {"EnvelopeMembers", "verifiableCredential",
         R"({"@context":"https://www.w3.org/ns/credentials/v2","id":"data:a,b",
             "type":"EnvelopedVerifiableCredential","issuer":"did:web:desk.example"})",
         Error::kEnvelope, "/verifiableCredential"},
        {"EnvelopeTypes", "verifiableCredential",
         R"({"@context":"https://www.w3.org/ns/credentials/v2","id":"data:a,b",
             "type":["EnvelopedVerifiableCredential","VerifiableCredential"]})",
         Error::kEnvelope, "/verifiableCredential"},
    };
    for (const Rejected& row : rows) {
        expect_rejected(check_presentation(changed(presentation(), row)), row);
    }
    EXPECT_EQ(check_presentation(Json{}).error(), (CredentialFault{Error::kNotAnObject, ""}));
}

TEST(CheckPresentation, TakesProvenEnvelopedAndTheHoldersOwnCredentials) {
    Json document = presentation();
    EXPECT_TRUE(check_presentation(document));
    const Json enveloped = parsed(R"({"@context":"https://www.w3.org/ns/credentials/v2",
        "id":"data:application/vc+jwt,a.b.c","type":"EnvelopedVerifiableCredential"})");
    Json proven = version1();
    proven.set("proof", Json::object());
    document.set("verifiableCredential", Json::array().push(enveloped).push(proven));
    EXPECT_TRUE(check_presentation(document));
    document.set("verifiableCredential", Json::array());
    EXPECT_TRUE(check_presentation(document));
    document.set("verifiableCredential", credential());  // issuer and holder are one
    EXPECT_TRUE(check_presentation(document));
    document.set("holder", "did:key:other");
    EXPECT_EQ(check_presentation(document).error(),
              (CredentialFault{Error::kSelfAsserted, "/verifiableCredential"}));
    document.erase("holder");
    EXPECT_EQ(check_presentation(document).error().error, Error::kSelfAsserted);
}

TEST(ProblemType, IsTheStandards) {
    EXPECT_EQ(problem_type(Error::kNotAnObject), kParsingProblem);
    EXPECT_EQ(problem_type(Error::kDigest), kCryptographicProblem);
    EXPECT_EQ(problem_type(Error::kIssuer), kMalformedProblem);
}

}  // namespace
}  // namespace tasdiq::credential
