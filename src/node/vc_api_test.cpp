#include "node/small_node_test.hpp"

namespace tasdiq::node {
namespace {

struct NodeVcApi : testing::Test {
    NodeVcApi() {
        small.register_members();
        small.issue(12);
    }
    net::ClientResponse verify(const Json& document) {
        return small.post("/credentials/verify", "application/json",
                          codec::to_jcs(Json::object().set("verifiableCredential", document)));
    }
    [[nodiscard]] Json diploma() const { return parse(small.held[0].credential); }

    SmallNode small;
};

TEST_F(NodeVcApi, KnowsTheKeysOfItsMembers) {
    const auto good = verify(diploma());
    EXPECT_EQ(good.status, 200U) << good.body;
    EXPECT_EQ(parse(good.body).find("verified")->get_boolean(), true);
}

TEST_F(NodeVcApi, RefusesWhatWasChanged) {
    Json changed = diploma();
    changed.set("name", "another");
    const auto bad = verify(changed);
    EXPECT_EQ(bad.status, 422U) << bad.body;
    EXPECT_EQ(bad.header("Content-Type"), "application/problem+json");
    EXPECT_TRUE(parse(bad.body).find_string("type")->ends_with("#PROOF_VERIFICATION_ERROR"));
}

TEST_F(NodeVcApi, KnowsNoKeysOfOtherHostsAndMembers) {
    const std::string method = *diploma().find("proof")->find_string("verificationMethod");
    for (const std::string& other :
         {std::string{"did:web:other.example:i:7#key-0"},
          method.substr(0, method.rfind(':')) + ":99#key-0", std::string{"https://a.example/#k"}}) {
        Json document = diploma();
        document.find("proof")->set("verificationMethod", other);
        const auto answer = verify(document);
        EXPECT_EQ(answer.status, 422U) << other;
        EXPECT_TRUE(parse(answer.body)
                        .find_string("type")
                        ->ends_with("#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"))
            << answer.body;
    }
}

TEST_F(NodeVcApi, AnswersForPresentations) {
    const Json presentation =
        Json::object()
            .set("@context", Json::array().push("https://www.w3.org/ns/credentials/v2"))
            .set("type", "VerifiablePresentation")
            .set("verifiableCredential", diploma());
    const auto ask = [&](const Json& options) {
        return small
            .post("/presentations/verify", "application/json",
                  codec::to_jcs(Json::object()
                                    .set("verifiablePresentation", presentation)
                                    .set("options", options)))
            .status;
    };
    EXPECT_EQ(ask(Json::object()), 422U);  // nobody proves that it is theirs
    EXPECT_EQ(ask(Json::object().set("checks", Json::array())), 200U);
}

TEST_F(NodeVcApi, IssuesNothing) {
    EXPECT_EQ(
        small.post("/issuers/eddsa-rdfc-2022/credentials/issue", "application/json", "{}").status,
        405U);
}

}  // namespace
}  // namespace tasdiq::node
