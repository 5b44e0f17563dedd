#pragma once

#include <map>
#include <string>

#include "codec/jcs.hpp"
#include "credential/proof_test.hpp"
#include "credential/vc_api.hpp"

// What the tests of the VC API's answers share.
namespace tasdiq::credential {

using codec::Json;
using Error = VcApiError;

class PairKey final : public IssuerKey {
  public:
    explicit PairKey(std::uint8_t seed) : pair_{seed} {}
    crypto::Algorithm algorithm() const override { return crypto::Algorithm::kEd25519; }
    std::string verification_method() const override { return pair_.method(); }
    Bytes sign(ByteView message) const override { return pair_.sign(message); }
    [[nodiscard]] std::string did() const {
        return verification_method().substr(0, verification_method().find('#'));
    }

  private:
    Pair pair_;
};

class Documents final : public DocumentSource {
  public:
    const Json* document(std::string_view url) override {
        const auto found = all.find(url);
        return found == all.end() ? nullptr : &found->second;
    }
    std::map<std::string, Json, std::less<>> all;
};

struct VcApi : testing::Test {
    Json credential() {
        return Json::object()
            .set("@context", Json::array().push(kCredentialsContext))
            .set("type", Json::array().push(kVerifiableCredential))
            .set("validFrom", "2026-06-30T00:00:00Z")
            .set("validUntil", "2027-06-30T00:00:00Z")
            .set("credentialSubject", Json::object().set("id", "urn:a"));
    }
    VcAnswer issue(const Json& document, std::string_view suite = kEddsaRdfc2022) {
        return answer_issue(codec::to_jcs(Json::object().set("credential", document)), suite, key,
                            world);
    }
    Json issued(std::string_view suite = kEddsaRdfc2022) {
        const auto answer = issue(credential(), suite);
        EXPECT_EQ(answer.status, 201U) << codec::to_jcs(answer.body);
        return *answer.body.find("verifiableCredential");
    }
    /// By `key`, whatever it is.
    Json signed_as_it_is(Json document, std::string_view suite = kDefaultSuite) {
        document.set("issuer", key.did());
        const auto unfinished = signing_input(document,
                                              {.suite = suite,
                                               .verification_method = key.verification_method(),
                                               .created = world.now},
                                              world.contexts);
        EXPECT_TRUE(unfinished);
        return attach(document, *unfinished, key.sign(unfinished->signing_input));
    }
    VcAnswer verify(const Json& document, const Json& options = Json::object()) {
        return answer_verify_credential(
            codec::to_jcs(
                Json::object().set("verifiableCredential", document).set("options", options)),
            world);
    }
    /// A presentation by `holder`, proven for `challenge`.
    Json presented(const Json& credentials, std::string_view challenge = "83f1",
                   std::string_view suite = kDefaultSuite) {
        const Json document = Json::object()
                                  .set("@context", Json::array().push(kCredentialsContext))
                                  .set("type", kVerifiablePresentation)
                                  .set("holder", key.did())
                                  .set("verifiableCredential", credentials);
        const auto unfinished = signing_input(document,
                                              {.suite = suite,
                                               .verification_method = key.verification_method(),
                                               .created = world.now,
                                               .purpose = "authentication",
                                               .challenge = std::string{challenge}},
                                              world.contexts);
        EXPECT_TRUE(unfinished);
        return attach(document, *unfinished, key.sign(unfinished->signing_input));
    }
    VcAnswer verify_presented(const Json& document, const Json& options = Json::object()) {
        return answer_verify_presentation(
            codec::to_jcs(
                Json::object().set("verifiablePresentation", document).set("options", options)),
            world);
    }

    linked::BundledContexts contexts;
    Documents documents;
    VcApiWorld world{documents, contexts.cache(), *parse_instant("2026-11-29T00:00:00Z")};
    PairKey key{1}, other{2};
};

inline void expect_problem(const VcAnswer& answer, Error error, unsigned status,
                           std::string_view type_end) {
    EXPECT_EQ(answer.status, status) << codec::to_jcs(answer.body);
    const Json& body = answer.body;
    ASSERT_NE(body.find("code"), nullptr) << codec::to_jcs(body);
    EXPECT_EQ(body.find("code")->get_integer(), static_cast<std::int64_t>(error))
        << codec::to_jcs(body);
    EXPECT_EQ(*body.find_string("title"), to_string(error));
    EXPECT_TRUE(body.find_string("type")->ends_with(type_end)) << *body.find_string("type");
    EXPECT_EQ(body.find("verified")->get_boolean(), false);
    EXPECT_EQ(body.find("problemDetails")->size(), 1U);
}

}  // namespace tasdiq::credential
