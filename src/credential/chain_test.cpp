// Proof sets and chains, and what a verifier asks of a proof beside its signature.
#include <algorithm>
#include <functional>
#include <set>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/proof_test.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const std::filesystem::path kFolder =
    std::filesystem::path{TASDIQ_VECTORS_DIR} / "vc-di-eddsa" / "proof-set-chain";
const Pair kFirst{1}, kSecond{2};
constexpr Instant kNow{1'780'000'000};

linked::ContextCache& contexts() {
    static linked::BundledContexts bundled;
    return bundled.cache();
}

Json sample() {
    auto json = codec::parse_json(std::string_view{R"({
      "@context": "https://www.w3.org/ns/credentials/v2",
      "type": "VerifiableCredential",
      "issuer": "https://issuer.example",
      "credentialSubject": {"id": "urn:subject"}
    })"});
    EXPECT_TRUE(json);
    return *std::move(json);
}

Json add_proof(const Json& document, const Pair& pair, ProofOptions options) {
    options.verification_method = pair.method();
    options.created = kNow;
    const auto unfinished = signing_input(document, options, contexts());
    EXPECT_TRUE(unfinished) << to_string(unfinished.error());
    return attach(document, *unfinished, pair.sign(unfinished->signing_input));
}

Result<std::vector<VerifiedProof>, ProofError> verified(const Json& document,
                                                        const Expected& expected = {}) {
    DidKeyResolver keys;
    return verify_proof(document, keys, contexts(), expected);
}

Json& proof_at(Json& document, std::size_t index) {
    return document.find("proof")->as_array()[index];
}

class ChainVectors : public testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kFolder)) {
            GTEST_SKIP() << "no vectors: " << kFolder << " is not there";
        }
    }
};

TEST_F(ChainVectors, Verify) {
    for (const auto& [name, count] : std::initializer_list<std::pair<const char*, std::size_t>>{
             {"signedProofSet1.json", 1},
             {"signedProofSet2.json", 2},
             {"signedProofChain1.json", 3},
             {"signedProofChain2.json", 4}}) {
        const Json document = read_json(kFolder / name);
        const auto proofs = verified(document);
        ASSERT_TRUE(proofs) << name << ": " << to_string(proofs.error());
        EXPECT_EQ(proofs->size(), count);
    }
}

TEST_F(ChainVectors, AreRefusedWhenTampered) {
    Json document = read_json(kFolder / "signedProofChain2.json");
    int tampered = 0, passed_over = 0;
    for_each_changed(document, [&] {
        // The last proof is passed over where its suite is not known, and counts for nothing.
        const auto proofs = verified(document);
        EXPECT_LT(proofs ? proofs->size() : 0, 4U) << codec::to_jcs(document);
        passed_over += proofs ? 1 : 0;
        ++tampered;
    });
    EXPECT_GE(tampered, 35);
    EXPECT_EQ(passed_over, 1);
    // Whoever takes away a proof that another is about takes away that one, too.
    for (const std::ptrdiff_t missing : {0, 1, 2}) {
        Json shorter = document;
        Json::Array& proofs = shorter.find("proof")->as_array();
        proofs.erase(proofs.begin() + missing);
        EXPECT_EQ(verified(shorter).error(), ProofError::kPreviousProof);
    }
    document.find("proof")->as_array().pop_back();
    EXPECT_TRUE(verified(document));
}

TEST_F(ChainVectors, AreWhatWeSign) {
    Json document = read_json(kFolder / "signedProofChain2.json");
    const Json proof = proof_at(document, 3);
    document.find("proof")->as_array().pop_back();
    ProofOptions options{.verification_method = *proof.find_string("verificationMethod"),
                         .created = *parse_instant(*proof.find_string("created"))};
    options.previous_proof = {*proof.find_string("previousProof")};
    const auto unfinished = signing_input(document, options, contexts());
    ASSERT_TRUE(unfinished);
    const auto key = crypto::parse_did_key(options.verification_method);
    const auto signature = codec::decode_multibase(*proof.find_string("proofValue"));
    EXPECT_TRUE(crypto::verify(*key, unfinished->signing_input, *signature));
}

class ProofChain : public testing::TestWithParam<std::string_view> {};

TEST_P(ProofChain, BindsTheProofsItNames) {
    const Json first = add_proof(sample(), kFirst, {.suite = GetParam(), .id = "urn:first"});
    ProofOptions on_first{.suite = GetParam()};
    on_first.previous_proof = {"urn:first"};
    Json both = add_proof(first, kSecond, on_first);
    ASSERT_TRUE(verified(both)) << codec::to_jcs(both);
    EXPECT_EQ(verified(both)->size(), 2);

    Json other_first = both;  // a good proof of that id, but not the one that was signed
    proof_at(other_first, 0) =
        *add_proof(sample(), Pair{3}, {.suite = GetParam(), .id = "urn:first"}).find("proof");
    EXPECT_EQ(verified(other_first).error(), ProofError::kSignature);
    Json without = both;
    without.set("proof", proof_at(both, 1));
    EXPECT_EQ(verified(without).error(), ProofError::kPreviousProof);
    Json twice = both;
    twice.find("proof")->push(proof_at(both, 0));
    EXPECT_EQ(verified(twice).error(), ProofError::kPreviousProof);
    Json unknown = both;
    proof_at(unknown, 0).set("cryptosuite", "eddsa-later-2040");
    EXPECT_EQ(verified(unknown).error(), ProofError::kPreviousProof);
    for (const char* const previous : {"[]", "1", "[1]", "null", "{}"}) {
        Json odd = both;
        proof_at(odd, 1).set("previousProof", *codec::parse_json(std::string_view{previous}));
        EXPECT_EQ(verified(odd).error(), ProofError::kPreviousProof) << previous;
    }
}

INSTANTIATE_TEST_SUITE_P(All, ProofChain, testing::Values(kEddsaRdfc2022, kEddsaJcs2022),
                         [](const auto& row) {
                             return std::string{row.param == kEddsaJcs2022 ? "Jcs" : "Rdfc"};
                         });

TEST(ProofSet, CoversTheDocumentWithoutTheOtherProofs) {
    const Json first = add_proof(sample(), kFirst, {});
    Json both = add_proof(first, kSecond, {.suite = kEddsaJcs2022});
    EXPECT_EQ(verified(both)->size(), 2);
    both.find("proof")->as_array().erase(both.find("proof")->as_array().begin());
    EXPECT_TRUE(verified(both));
}

struct Asked {
    const char* why;
    ProofOptions options;
    Expected expected;
    std::optional<ProofError> error;
};

const Asked kAsked[] = {
    {"NothingAsked", {.domain = {"a"}, .challenge = "c"}, {}, std::nullopt},
    {"Purpose", {}, {.purpose = "authentication"}, ProofError::kPurpose},
    {"SamePurpose", {.purpose = "authentication"}, {.purpose = "authentication"}, std::nullopt},
    {"NoDomain", {.challenge = "c"}, {.domain = {{"a"}}}, ProofError::kDomain},
    {"OtherDomain", {.domain = {"b"}}, {.domain = {{"a"}}, .challenge = "c"}, ProofError::kDomain},
    {"MoreDomains", {.domain = {"a", "b"}}, {.domain = {{"a"}}}, ProofError::kDomain},
    {"FewerDomains", {.domain = {"a"}}, {.domain = {{"a", "b"}}}, ProofError::kDomain},
    {"SameDomain", {.domain = {"a"}}, {.domain = {{"a"}}}, std::nullopt},
    {"SameDomains", {.domain = {"b", "a"}}, {.domain = {{"a", "b"}}}, std::nullopt},
    {"NoChallenge", {}, {.challenge = "c"}, ProofError::kChallenge},
    {"OtherChallenge", {.challenge = "d"}, {.challenge = "c"}, ProofError::kChallenge},
    {"SameChallenge", {.challenge = "c"}, {.challenge = "c"}, std::nullopt},
    {"Expired", {.expires = Instant{kNow.seconds - 1}}, {.now = kNow}, ProofError::kExpired},
    {"Expires", {.expires = kNow}, {.now = kNow}, std::nullopt},
    {"ExpiryNotAsked", {.expires = Instant{kNow.seconds - 1}}, {}, std::nullopt},
};

class ExpectedOfProof : public testing::TestWithParam<Asked> {};

TEST_P(ExpectedOfProof, IsMetOrNamed) {
    for (const std::string_view suite : {kEddsaRdfc2022, kEddsaJcs2022}) {
        ProofOptions options = GetParam().options;
        options.suite = suite;
        const auto proofs = verified(add_proof(sample(), kFirst, options), GetParam().expected);
        ASSERT_EQ(proofs.has_value(), !GetParam().error) << suite;
        if (!proofs) EXPECT_EQ(to_string(proofs.error()), to_string(*GetParam().error));
    }
}

INSTANTIATE_TEST_SUITE_P(All, ExpectedOfProof, testing::ValuesIn(kAsked),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(VerifyProof, RefusesMembersOfOtherTypes) {
    const std::pair<const char*, const char*> members[] = {
        {"id", "1"},      {"challenge", "[\"c\"]"}, {"nonce", "{}"},
        {"domain", "[]"}, {"domain", "[1]"},        {"domain", "1"},
    };
    for (const auto& [key, value] : members) {
        Json document = add_proof(sample(), kFirst, {});
        document.find("proof")->set(key, *codec::parse_json(std::string_view{value}));
        EXPECT_EQ(verified(document).error(), ProofError::kMember) << key << " " << value;
    }
}

TEST(Ed25519Signature2020, IsATypeAndNoCryptosuite) {
    Json document = sample();
    document.set("@context", Json::array()
                                 .push("https://www.w3.org/ns/credentials/v2")
                                 .push("https://w3id.org/security/suites/ed25519-2020/v1"));
    document = add_proof(document, kFirst, {.suite = kEd25519Signature2020});
    EXPECT_EQ(*document.find("proof")->find_string("type"), kEd25519Signature2020);
    EXPECT_EQ(document.find("proof")->find("cryptosuite"), nullptr);
    ASSERT_TRUE(verified(document));
    Json other = document;
    other.find("proof")->set("type", kDataIntegrityProof).set("cryptosuite", kEd25519Signature2020);
    EXPECT_EQ(verified(other).error(), ProofError::kUnknownSuite);
    other = document;
    other.find("proof")->set("cryptosuite", kEddsaJcs2022);
    EXPECT_EQ(verified(other).error(), ProofError::kTransformation);
}

TEST(StandardCode, IsOneOfTheStandards) {
    using enum ProofError;
    EXPECT_EQ(standard_code(kNotAnObject), "PARSING_ERROR");
    EXPECT_EQ(standard_code(kNoProof), "PARSING_ERROR");
    EXPECT_EQ(standard_code(kDomain), "INVALID_DOMAIN_ERROR");
    EXPECT_EQ(standard_code(kChallenge), "INVALID_CHALLENGE_ERROR");
    EXPECT_EQ(standard_code(kTransformation), "PROOF_TRANSFORMATION_ERROR");
    std::set<std::string_view> texts;
    for (const ProofError error :
         {kTooManyProofs, kMember, kType, kPurpose, kUnknownSuite, kCreated, kExpired,
          kPreviousProof, kContext, kProofValue, kKeyUnknown, kKeyAlgorithm, kSignature}) {
        EXPECT_EQ(standard_code(error), "PROOF_VERIFICATION_ERROR");
        texts.insert(to_string(error));
    }
    EXPECT_EQ(texts.size(), 13U);
}

}  // namespace
}  // namespace tasdiq::credential
