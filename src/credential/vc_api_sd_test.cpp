#include <set>

#include "credential/sd_test.hpp"
#include "credential/status_list.hpp"
#include "credential/vc_api_test.hpp"

namespace tasdiq::credential {
namespace {

class P256Key final : public IssuerKey {
  public:
    crypto::Algorithm algorithm() const override { return crypto::Algorithm::kEs256; }
    std::string verification_method() const override {
        return crypto::to_did_key_method(key_.public_key());
    }
    Bytes sign(ByteView message) const override { return key_.sign(message); }

  private:
    keys::SigningKey key_ = keys::SigningKey::generate(crypto::Algorithm::kEs256);
};

struct VcApiSelective : VcApi {
    VcAnswer issue_base(const Json& document, const Json& options) {
        const Json body = Json::object().set("credential", document).set("options", options);
        return answer_issue_base(codec::to_jcs(body), signer, GivenProofKeys::generate(), world);
    }
    VcAnswer derive(const Json& document, const Json& pointers) {
        const Json options = Json::object().set("selectivePointers", pointers);
        return answer_derive(
            codec::to_jcs(
                Json::object().set("verifiableCredential", document).set("options", options)),
            world);
    }
    static Json mandatory(const char* pointer) {
        return Json::object().set("mandatoryPointers", Json::array().push(pointer));
    }

    P256Key signer;
};

TEST_F(VcApiSelective, IssuesDerivesAndVerifies) {
    const auto issued = issue_base(credential(), mandatory("/issuer"));
    ASSERT_EQ(issued.status, 201U) << codec::to_jcs(issued.body);
    const Json& base = *issued.body.find("verifiableCredential");
    expect_problem(verify(base), Error::kProof, 422, "PROOF_VERIFICATION_ERROR");
    const auto derived = derive(base, Json::array().push("/validFrom").push("/credentialSubject"));
    ASSERT_EQ(derived.status, 201U);
    EXPECT_EQ(derived.body.find("validUntil"), nullptr);
    EXPECT_NE(derived.body.find("issuer"), nullptr);
    EXPECT_EQ(verify(derived.body).status, 200U) << codec::to_jcs(verify(derived.body).body);
    Json altered = derived.body;
    altered.set("validFrom", "2026-07-01T00:00:00Z");
    expect_problem(verify(altered), Error::kProof, 422, "PROOF_VERIFICATION_ERROR");
}

/// A holder cannot leave out that his credential has ended, or where to ask whether it is revoked.
TEST_F(VcApiSelective, ShowsAlwaysWhatDecides) {
    const Json status = make_status_entry(
        kRevocation, 7, "https://h.example/i/7/status/0123456789abcdef/revocation");
    const Json document = credential().set("credentialStatus", status).set("name", "Diploma");
    const auto members = [&](const Json& options) {
        const auto base = issue_base(document, options);
        EXPECT_EQ(base.status, 201U) << codec::to_jcs(base.body);
        const auto derived =
            derive(*base.body.find("verifiableCredential"), Json::array().push("/name"));
        EXPECT_EQ(derived.status, 201U) << codec::to_jcs(derived.body);
        std::set<std::string> names;
        for (const auto& [name, value] : derived.body.as_object()) names.insert(name);
        std::string text;
        for (const std::string& name : names) text += name + " ";
        return text;
    };
    EXPECT_EQ(members(Json::object()),
              "@context credentialStatus issuer name proof type validFrom validUntil ");
    // Who names some means these.
    EXPECT_EQ(members(mandatory("/issuer")), "@context issuer name proof type ");
    EXPECT_EQ(members(Json::object().set("mandatoryPointers", Json::array())),
              "@context name proof type ");
}

TEST_F(VcApiSelective, MakesNothingMandatoryThatSaysNothing) {
    const Json document = credential()
                              .set("issuer", "did:key:z6Mk")
                              .set("termsOfUse", Json::array())
                              .set("validUntil", Json{})
                              .set("expirationDate", "2027-06-30T00:00:00Z");
    EXPECT_EQ(usual_mandatory_pointers(document),
              (std::vector<std::string>{"/type", "/issuer", "/validFrom", "/expirationDate"}));
    EXPECT_EQ(usual_mandatory_pointers(Json::array()), std::vector<std::string>{});
}

TEST_F(VcApiSelective, RefusesPointersThatAreNone) {
    expect_problem(issue_base(credential(), mandatory("/none")), Error::kProof, 422,
                   "PROOF_GENERATION_ERROR");
    for (const char* const member : {"mandatoryPointers", "selectivePointers"}) {
        for (const Json& value : {Json{"/issuer"}, Json::array().push(1)}) {
            EXPECT_EQ(issue_base(credential(), Json::object().set(member, value)).status, 400U);
        }
    }
    const Json none = Json::object().set("mandatoryPointers", Json::array());
    const Json base = *issue_base(credential(), none).body.find("verifiableCredential");
    expect_problem(derive(base, Json::array()), Error::kProof, 422, "PROOF_GENERATION_ERROR");
    expect_problem(derive(base, Json::array().push("/none")), Error::kProof, 422,
                   "PROOF_GENERATION_ERROR");
    EXPECT_EQ(derive(credential(), Json::array().push("/issuer")).status, 422U);
}

}  // namespace
}  // namespace tasdiq::credential
