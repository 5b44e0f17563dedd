#include "credential/status_list.hpp"
#include "credential/vc_api_test.hpp"

namespace tasdiq::credential {
namespace {

constexpr std::string_view kListUrl = "https://issuer.example/status/3";
constexpr std::string_view kStatusContext = "https://www.w3.org/ns/credentials/status/v1";

/// Credentials with a status at index 7 of the list at kListUrl.
struct VcApiStatus : VcApi {
    static Json unsigned_list(std::string_view purpose, std::size_t index) {
        StatusBits bits;
        bits.set(index, true);
        return make_status_credential(
            {.url = std::string{kListUrl}, .purpose = std::string{purpose}}, bits);
    }
    /// The list that there is from now on, signed.
    void publish(const Json& list, std::string_view suite = kDefaultSuite) {
        documents.all[std::string{kListUrl}] = signed_as_it_is(list, suite);
    }
    void publish(std::string_view purpose, std::size_t index) {
        publish(unsigned_list(purpose, index));
    }
    Json with(const Json& status) {
        const auto answer = issue(credential().set("credentialStatus", status));
        EXPECT_EQ(answer.status, 201U) << codec::to_jcs(answer.body);
        return *answer.body.find("verifiableCredential");
    }
    VcAnswer judge(std::string_view purpose) {
        return verify(with(make_status_entry(purpose, 7, kListUrl)));
    }
    /// The type of the problem with a status of revocation.
    void expect_unknown(std::string_view type_end) {
        expect_problem(judge(kRevocation), Error::kStatus, 422, type_end);
    }
};

TEST_F(VcApiStatus, IsWarnedOfOrRefusedWithoutItsList) {
    const auto status = make_status_entry(kRevocation, 7, kListUrl);
    const auto answer = issue(credential().set("credentialStatus", status));
    ASSERT_EQ(answer.status, 201U) << codec::to_jcs(answer.body);
    const Json& document = *answer.body.find("verifiableCredential");
    const auto good = verify(document);
    EXPECT_EQ(good.status, 200U);
    EXPECT_EQ(good.body.find("warnings")->size(), 1U);
    const Json checks = Json::array().push("proof").push("credentialStatus");
    expect_problem(verify(document, Json::object().set("checks", checks)), Error::kStatus, 422,
                   "#STATUS_RETRIEVAL_ERROR");
    // The same of a credential in a presentation.
    EXPECT_EQ(verify_presented(presented(document)).status, 200U);
    expect_problem(verify_presented(presented(document), Json::object().set("checks", checks)),
                   Error::kStatus, 422, "#STATUS_RETRIEVAL_ERROR");
}

TEST_F(VcApiStatus, IsReadInItsList) {
    publish(kRevocation, 8);
    const auto good = judge(kRevocation);
    EXPECT_EQ(good.status, 200U) << codec::to_jcs(good.body);
    EXPECT_EQ(good.body.find("warnings")->size(), 0U);
    expect_problem(judge(kSuspension), Error::kStatus, 422, "#STATUS_VERIFICATION_ERROR");
    publish(kRevocation, 7);
    expect_problem(judge(kRevocation), Error::kRevoked, 422, "#STATUS_VERIFICATION_ERROR");
    publish(kSuspension, 7);
    expect_problem(judge(kSuspension), Error::kSuspended, 422, "#STATUS_VERIFICATION_ERROR");
}

TEST_F(VcApiStatus, OfAnotherPurposeIsAWarning) {
    publish("refresh", 7);
    const auto refreshed = judge("refresh");
    EXPECT_EQ(refreshed.status, 200U);
    ASSERT_EQ(refreshed.body.find("warnings")->size(), 1U);
    const Json& warning = refreshed.body.find("warnings")->as_array()[0];
    EXPECT_EQ(*warning.find_string("title"), "status: refresh");
    EXPECT_EQ(*warning.find_string("detail"), "set");
    // A message is what the credential says that the value means.
    publish("message", 7);
    Json status = make_status_entry("message", 7, kListUrl);
    Json messages = Json::array();
    messages.push(Json::object().set("status", "0x0").set("message", "pending"));
    messages.push(Json::object().set("status", "0x1").set("message", "accepted"));
    status.set("statusMessage", std::move(messages));
    const auto answer = verify(with(status));
    EXPECT_EQ(answer.status, 200U) << codec::to_jcs(answer.body);
    ASSERT_EQ(answer.body.find("warnings")->size(), 1U);
    EXPECT_EQ(*answer.body.find("warnings")->as_array()[0].find_string("detail"), "accepted");
}

TEST_F(VcApiStatus, IsNotReadInAListThatDoesNotHold) {
    // Changed by someone; by another than it says; expired; of nothing that means anything.
    publish(kRevocation, 7);
    Json& list = documents.all[std::string{kListUrl}];
    list.find("credentialSubject")->set("encodedList", StatusBits{}.encode());
    expect_unknown("#STATUS_VERIFICATION_ERROR");
    publish(kRevocation, 8);
    list.set("issuer", other.did());
    expect_unknown("#STATUS_VERIFICATION_ERROR");
    publish(unsigned_list(kRevocation, 8).set("validUntil", "2026-01-01T00:00:00Z"));
    expect_unknown("#STATUS_VERIFICATION_ERROR");
    list = unsigned_list(kRevocation, 8).set("issuer", key.did());
    expect_unknown("#STATUS_VERIFICATION_ERROR");
}

TEST_F(VcApiStatus, IsNotReadInAMalformedList) {
    const auto publish_with = [&](std::string_view member, const Json& value) {
        Json list = unsigned_list(kRevocation, 8);
        list.find("credentialSubject")->set(member, value);
        publish(list);
    };
    publish_with("encodedList", "uAAAA");
    expect_unknown("vc-data-model#MALFORMED_VALUE_ERROR");
    publish_with("statusPurpose", Json::array().push(kRevocation).push(1));
    expect_unknown("vc-data-model#MALFORMED_VALUE_ERROR");
    publish(unsigned_list(kRevocation, 8).set("type", Json::array().push(kVerifiableCredential)));
    expect_unknown("vc-data-model#MALFORMED_VALUE_ERROR");
    Json malformed = credential();
    malformed.set("credentialStatus",
                  make_status_entry(kRevocation, 7, kListUrl).set("statusListIndex", "x"));
    expect_problem(verify(signed_as_it_is(malformed)), Error::kStatus, 422,
                   "vc-data-model#MALFORMED_VALUE_ERROR");
}

TEST_F(VcApiStatus, IsNotReadInAListThatIsNoCredential) {
    publish(unsigned_list(kRevocation, 8), kEddsaJcs2022);
    EXPECT_EQ(judge(kRevocation).status, 200U);
    publish(unsigned_list(kRevocation, 8).set("unknown", 1), kEddsaJcs2022);
    expect_unknown("#STATUS_VERIFICATION_ERROR");
    publish(unsigned_list(kRevocation, 8).set("termsOfUse", Json::object()), kEddsaJcs2022);
    expect_unknown("#STATUS_VERIFICATION_ERROR");
}

/// Its context is one that nobody has to fetch; beside version 2.0, which has the same terms.
TEST_F(VcApiStatus, MayNameItsOwnContext) {
    Json list = unsigned_list(kRevocation, 7);
    list.find("@context")->push(kStatusContext);
    publish(list);
    expect_problem(judge(kRevocation), Error::kRevoked, 422, "#STATUS_VERIFICATION_ERROR");
}

TEST_F(VcApiStatus, IsNotReadInAListOfVersion1) {
    Json list = unsigned_list(kRevocation, 7);
    list.set("@context", Json::array().push(kCredentialsContext1).push(kStatusContext));
    list.find("@context")->push("https://w3id.org/security/data-integrity/v2");
    list.set("issuanceDate", "2026-06-30T00:00:00Z");
    publish(list);
    const auto answer = judge(kRevocation);
    expect_problem(answer, Error::kStatus, 422, "#STATUS_VERIFICATION_ERROR");
    EXPECT_TRUE(answer.body.find_string("detail")->ends_with("/@context"))
        << codec::to_jcs(answer.body);
}

TEST_F(VcApiStatus, IsNotIssuedWhereItWouldNotVerify) {
    const Json entry = make_status_entry(kRevocation, 7, kListUrl);
    EXPECT_EQ(issue(credential().set("credentialStatus", entry)).status, 201U);
    Json malformed = entry;
    malformed.set("statusListIndex", true);
    expect_problem(issue(credential().set("credentialStatus", malformed)), Error::kDataModel, 400,
                   "#MALFORMED_VALUE_ERROR");
    expect_problem(
        issue(credential().set("credentialStatus", Json::array().push(entry).push(malformed))),
        Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    // Where the W3C's tests put one.
    const Json terms = Json::object().set("@vocab", "https://a.example/#");
    Json elsewhere = credential().set("statusEntry", malformed);
    elsewhere.find("@context")->push(terms);
    expect_problem(issue(elsewhere), Error::kDataModel, 400, "#MALFORMED_VALUE_ERROR");
    elsewhere.set("statusEntry", entry);
    EXPECT_EQ(issue(elsewhere).status, 201U);
}

}  // namespace
}  // namespace tasdiq::credential
