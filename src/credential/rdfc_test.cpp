// What is particular to proofs over RDF.
#include <algorithm>
#include <functional>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/proof_test.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const Pair kPair{9};

linked::ContextCache& contexts() {
    static linked::BundledContexts bundled;
    return bundled.cache();
}

Json sample() {
    auto json = codec::parse_json(std::string_view{R"({
      "@context": ["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:vocab#"}],
      "type": "VerifiableCredential",
      "issuer": "https://issuer.example",
      "name": {"@value": "شهادة", "@language": "ar", "@direction": "rtl"},
      "credentialSubject": {"grade": 16}
    })"});
    EXPECT_TRUE(json);
    return *std::move(json);
}

ProofOptions options() {
    return {.verification_method = kPair.method(), .created = {1'780'000'000}};
}

Json signed_sample() {
    const auto unfinished = signing_input(sample(), options(), contexts());
    EXPECT_TRUE(unfinished);
    return attach(sample(), *unfinished, kPair.sign(unfinished->signing_input));
}

Result<std::vector<VerifiedProof>, ProofError> verified(const Json& document) {
    DidKeyResolver keys;
    return verify_proof(document, keys, contexts());
}

TEST(EddsaRdfc2022, IsTheDefault) {
    const Json document = signed_sample();
    EXPECT_EQ(*document.find("proof")->find_string("cryptosuite"), "eddsa-rdfc-2022");
    EXPECT_EQ(document.find("proof")->find("@context"), nullptr);
    EXPECT_TRUE(verified(document));
}

TEST(EddsaRdfc2022, SignsWhatIsSaidAndNotHow) {
    Json document = signed_sample();
    document.find("credentialSubject")->set("grade", Json::array().push(16));
    std::ranges::reverse(document.as_object());
    EXPECT_TRUE(verified(document));
    document.find("credentialSubject")->set("grade", 17);
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
}

TEST(EddsaRdfc2022, SignsLanguageAndDirection) {
    Json document = signed_sample();
    document.find("name")->set("@direction", "ltr");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document.find("name")->erase("@direction");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document = signed_sample();
    document.find("name")->set("@language", "fr");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
}

TEST(EddsaRdfc2022, RefusesToSignWhatWouldBeLeftOut) {
    Json undefined = sample();
    undefined.find("@context")->as_array().pop_back();
    EXPECT_EQ(signing_input(undefined, options(), contexts()).error(), ProofError::kTransformation);
    Json relative = sample();
    relative.set("issuer", "issuer");
    EXPECT_EQ(signing_input(relative, options(), contexts()).error(), ProofError::kTransformation);
    Json without = sample();
    without.erase("@context");
    EXPECT_EQ(signing_input(without, options(), contexts()).error(), ProofError::kTransformation);
    Json unknown = sample();
    unknown.set("@context", "https://unknown.example/v1");
    EXPECT_EQ(signing_input(unknown, options(), contexts()).error(), ProofError::kTransformation);
    EXPECT_EQ(signing_input(Unsecured{}, options(), contexts()).error(),
              ProofError::kTransformation);
}

TEST(EddsaRdfc2022, RefusesWhatCostsTooMuch) {
    // Blank nodes that all look alike: each points to each.
    Json nodes = Json::array();
    for (int i = 0; i < 12; ++i) {
        Json others = Json::array();
        for (int k = 0; k < 12; ++k) {
            if (k != i) others.push(Json::object().set("id", "_:b" + std::to_string(k)));
        }
        nodes.push(Json::object().set("id", "_:b" + std::to_string(i)).set("knows", others));
    }
    Json poisoned = sample();
    poisoned.set("evidence2", nodes);
    EXPECT_EQ(signing_input(poisoned, options(), contexts()).error(), ProofError::kTransformation);
}

TEST(EddsaRdfc2022, RefusesAnUndefinedTermInADocument) {
    Json document = signed_sample();
    document.find("@context")->as_array().pop_back();
    EXPECT_EQ(verified(document).error(), ProofError::kTransformation);
}

TEST(EddsaRdfc2022, SignsTheMembersOfTheProof) {
    const Json good = signed_sample();
    Json document = good;
    document.find("proof")->set("created", "2026-01-01T00:00:00Z");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document = good;
    document.find("proof")->set("domain", "elsewhere");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document = good;
    document.find("proof")->set("id", "urn:x");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document = good;
    document.find("proof")->set("more", "by the vocabulary");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
}

TEST(EddsaRdfc2022, RefusesMembersOfTheProofThatSayNothing) {
    const std::pair<const char*, const char*> members[] = {
        {"@id", "\"urn:x\""}, {"@graph", "[]"}, {"@included", "[]"}, {"@index", "\"x\""},
        {"domain", "[]"},     {"more", "[]"},   {"more", "null"},    {"domain", "{}"},
        {"more", "{}"},       {"more", "[[]]"},
    };
    for (const auto& [key, value] : members) {
        Json document = signed_sample();
        document.find("proof")->set(key, *codec::parse_json(std::string_view{value}));
        EXPECT_FALSE(verified(document)) << key << " " << value;
    }
    Json document = signed_sample();
    document.find("proof")->set("more", Json::array());
    EXPECT_EQ(verified(document).error(), ProofError::kTransformation);
}

TEST(EddsaRdfc2022, LetsTheProofRepeatTheContextButNotHaveAnother) {
    Json document = signed_sample();
    document.find("proof")->set("@context", *document.find("@context"));
    EXPECT_TRUE(verified(document));
    document.find("proof")->set("@context", "https://www.w3.org/ns/credentials/v2");
    EXPECT_EQ(verified(document).error(), ProofError::kContext);
}

TEST(EddsaRdfc2022, TellsTheJcsTextApart) {
    Json document = signed_sample();
    document.find("proof")->set("cryptosuite", kEddsaJcs2022);
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
}

/// `document` as its JCS text, with what `Unsecured` needs.
struct Text {
    explicit Text(const Json& document)
        : jcs{codec::to_jcs(document)}, context{context_of(document)} {}
    [[nodiscard]] Unsecured view() const {
        const std::string_view text = jcs;
        return {text, text.substr(text.find(context), context.size()),
                crypto::sha256(as_bytes(text))};
    }
    std::string jcs, context;
};

TEST(EddsaRdfc2022, SignsATextLikeTheValueInIt) {
    linked::BundledContexts fresh;
    Json later = sample();
    later.set("!", "a member before the context");
    later.find("@context")->as_array()[1].set("!", "urn:vocab#mark");
    Json other = sample();
    other.find("@context")->as_array()[1].set("@vocab", "urn:other#");
    for (int repetition = 0; repetition < 2; ++repetition) {
        for (const Json& document : {sample(), later, other}) {
            for (const std::int64_t second : {1'780'000'000, 1'780'000'001}) {
                ProofOptions with = options();
                with.created = {second};
                const auto value = signing_input(document, with, contexts());
                const Text text{document};
                const auto same = signing_input(text.view(), with, fresh.cache());
                ASSERT_TRUE(value && same);
                EXPECT_EQ(value->signing_input, same->signing_input);
            }
        }
    }
}

TEST(EddsaRdfc2022, RemembersNoProofOfAnotherContext) {
    linked::BundledContexts fresh;
    Json other = sample();
    other.find("@context")->as_array()[1].set("proofNote", "urn:vocab#note");
    const auto first = signing_input(sample(), options(), fresh.cache());
    const auto hidden = signing_input(Json::object().set("id", "urn:x"), options(), fresh.cache());
    const auto second = signing_input(other, options(), fresh.cache());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->signing_input, second->signing_input);  // nothing uses the term
    EXPECT_EQ(hidden.error(), ProofError::kTransformation);  // without a context nothing is said
}

TEST(EddsaRdfc2022, VerifiesAPlainProofOfAText) {
    const Json document = signed_sample();
    const Text text{sample()};
    const std::string good = codec::to_jcs(*document.find("proof"));
    DidKeyResolver keys;
    const auto error_of = [&](std::string_view from, std::string_view to) {
        std::string proof = good;
        proof.replace(proof.find(from), from.size(), to);
        const auto verified = verify_proof_jcs(proof, text.view(), keys, contexts());
        return verified ? std::optional<ProofError>{} : verified.error();
    };
    EXPECT_EQ(error_of("{", "{"), std::nullopt);
    EXPECT_EQ(error_of("2026-05", "2026-04"), ProofError::kSignature);
    EXPECT_EQ(error_of("assertionMethod", "authentication"), ProofError::kPurpose);
    EXPECT_EQ(error_of("\"z", "\"u"), ProofError::kProofValue);
    EXPECT_EQ(error_of("eddsa-rdfc-2022", "eddsa-jcs-2022"), ProofError::kSignature);
    // The name of a type is no name of a suite.
    EXPECT_EQ(error_of("eddsa-rdfc-2022", "Ed25519Signature2020"), ProofError::kUnknownSuite);
    const Text changed{Json{sample()}.set("name", "another")};
    EXPECT_EQ(verify_proof_jcs(good, changed.view(), keys, contexts()).error(),
              ProofError::kSignature);
}

TEST(ToProofJcs, TakesAProofWithoutContextAsItStands) {
    const auto unfinished = signing_input(sample(), options(), contexts());
    ASSERT_TRUE(unfinished);
    const std::string proof = finish_proof(*unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_EQ(to_proof_jcs(proof, "[]"), proof);
    EXPECT_EQ(to_proof_jcs(proof + " ", "[]"), proof);
}

}  // namespace
}  // namespace tasdiq::credential
