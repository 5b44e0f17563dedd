// Every suite gives every value of the W3C's vectors.
#include <algorithm>
#include <functional>
#include <optional>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/proof_test.hpp"
#include "keys/signing_key.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const std::filesystem::path kVectors{TASDIQ_VECTORS_DIR};

struct Vector {
    const char* name;
    const char* folder;
    const char* ending;  // of the files' names
    std::string_view suite;
    const char* keys;
};

constexpr Vector kSuiteVectors[] = {
    {"EddsaJcs", "vc-di-eddsa/eddsa-jcs-2022", "JCS", kEddsaJcs2022, "vc-di-eddsa/keyPair.json"},
    {"EddsaRdfc", "vc-di-eddsa/eddsa-rdfc-2022", "DataInt", kEddsaRdfc2022,
     "vc-di-eddsa/keyPair.json"},
    {"EddsaRdfcEmployment", "vc-di-eddsa/eddsa-rdfc-2022/employ", "DataInt", kEddsaRdfc2022,
     "vc-di-eddsa/keyPair.json"},
    {"Ed25519Signature2020", "vc-di-eddsa/Ed25519Signature2020", "EdSig", kEd25519Signature2020,
     "vc-di-eddsa/keyPair.json"},
    {"EcdsaJcsP256", "vc-di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256", kEcdsaJcs2019,
     "vc-di-ecdsa/p256KeyPair.json"},
    {"EcdsaJcsP384", "vc-di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384", kEcdsaJcs2019,
     "vc-di-ecdsa/p384KeyPair.json"},
    {"EcdsaRdfcP256", "vc-di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", kEcdsaRdfc2019,
     "vc-di-ecdsa/p256KeyPair.json"},
    {"EcdsaRdfcP384", "vc-di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", kEcdsaRdfc2019,
     "vc-di-ecdsa/p384KeyPair.json"},
    {"EcdsaRdfcP256Employment", "vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256",
     kEcdsaRdfc2019, "vc-di-ecdsa/p256KeyPair.json"},
    {"EcdsaRdfcP384Employment", "vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384",
     kEcdsaRdfc2019, "vc-di-ecdsa/p384KeyPair.json"},
};

class SuiteVectors : public testing::TestWithParam<Vector> {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kVectors / GetParam().folder)) {
            GTEST_SKIP() << "no vectors: " << GetParam().folder << " is not in " << kVectors;
        }
        document_ = read_json(path("signed", ".json"));
        proof_ = *document_.find("proof");
        unsecured_ = document_;
        unsecured_.erase("proof");
        const auto key = crypto::parse_did_key(*proof_.find_string("verificationMethod"));
        ASSERT_TRUE(key);
        suite_ = find_suite(GetParam().suite, key->algorithm());
        ASSERT_NE(suite_, nullptr);
    }

    [[nodiscard]] static std::filesystem::path path(const std::string& what,
                                                    const std::string& extension = ".txt") {
        return kVectors / GetParam().folder / (what + GetParam().ending + extension);
    }
    static std::string value(const std::string& what) { return read_text(path(what)); }

    [[nodiscard]] std::string canonical(const Json& object) {
        if (suite_->canonicalization == Canonicalization::kJcs) return codec::to_jcs(object);
        const auto quads = to_canonical_nquads(object, {}, suite_->hash, contexts_);
        EXPECT_TRUE(quads);
        return quads.value_or("");
    }
    [[nodiscard]] std::string digest(std::string_view text) const {
        return to_hex(hash_bytes(suite_->hash, {as_bytes(text)}));
    }
    [[nodiscard]] ProofOptions options() const {
        return {.suite = suite_->name,
                .algorithm = suite_->algorithm,
                .verification_method = *proof_.find_string("verificationMethod"),
                .created = *parse_instant(*proof_.find_string("created"))};
    }
    Result<std::vector<VerifiedProof>, ProofError> verified(const Json& document) {
        DidKeyResolver keys;
        return verify_proof(document, keys, contexts_);
    }

    VectorLoader loader_;
    linked::ContextCache contexts_{loader_};
    Json document_, proof_, unsecured_;
    const Suite* suite_ = nullptr;
};

TEST_P(SuiteVectors, GiveEveryValue) {
    EXPECT_EQ(canonical(unsecured_), value("canonDoc"));
    EXPECT_EQ(digest(value("canonDoc")), value("docHash"));
    EXPECT_EQ(canonical(read_json(path("proofConfig", ".json"))), value("proofCanon"));
    EXPECT_EQ(digest(value("proofCanon")), value("proofHash"));
    const auto unfinished = signing_input(unsecured_, options(), contexts_);
    ASSERT_TRUE(unfinished);
    EXPECT_EQ(to_hex(unfinished->signing_input), value("combinedHash"));
    const auto signature = from_hex(value("sigHex"));
    ASSERT_TRUE(signature);
    EXPECT_EQ(codec::encode_multibase(codec::Multibase::kBase58Btc, *signature), value("sigBTC58"));
    const Json secured = attach(unsecured_, *unfinished, *signature);
    EXPECT_EQ(codec::to_jcs(secured), codec::to_jcs(document_));
}

TEST_P(SuiteVectors, AreSignedAlike) {
    const Json pair = read_json(kVectors / GetParam().keys);
    const std::string* secret = pair.find_string("secretKeyMultibase");
    if (secret == nullptr) secret = pair.find_string("privateKeyMultibase");
    const auto key = keys::SigningKey::from_secret_multikey(*secret);
    ASSERT_TRUE(key);
    const auto unfinished = signing_input(unsecured_, options(), contexts_);
    ASSERT_TRUE(unfinished);
    const Bytes signature = key->sign(unfinished->signing_input);
    EXPECT_TRUE(verified(attach(unsecured_, *unfinished, signature)));
    const bool same = to_hex(signature) == value("sigHex");
    EXPECT_EQ(same, suite_->algorithm == crypto::Algorithm::kEd25519);  // ECDSA: others each time
}

TEST_P(SuiteVectors, Verify) {
    const auto proofs = verified(document_);
    ASSERT_TRUE(proofs) << to_string(proofs.error());
    ASSERT_EQ(proofs->size(), 1);
    EXPECT_EQ(proofs->front().suite(), GetParam().suite);
    EXPECT_EQ(proofs->front().verification_method(), options().verification_method);
    EXPECT_EQ(proofs->front().created(), options().created);
}

TEST_P(SuiteVectors, AreRefusedWhenTampered) {
    ASSERT_TRUE(verified(document_));
    int tampered = 0;
    for_each_changed(document_, [&] {
        EXPECT_FALSE(verified(document_)) << codec::to_jcs(document_);
        ++tampered;
    });
    EXPECT_GE(tampered, 15);
    Json longer = document_;
    longer.set("more", 1);
    EXPECT_FALSE(verified(longer));
    for (const codec::JsonMember& member : document_.as_object()) {
        Json shorter = document_;
        shorter.erase(member.key);
        EXPECT_FALSE(verified(shorter)) << member.key;
    }
    for (const codec::JsonMember& member : proof_.as_object()) {
        Json shorter = document_;
        shorter.find("proof")->erase(member.key);
        const bool is_context =
            member.key == "@context" && suite_->canonicalization == Canonicalization::kRdfc;
        EXPECT_EQ(verified(shorter).has_value(), is_context) << member.key;
    }
}

INSTANTIATE_TEST_SUITE_P(All, SuiteVectors, testing::ValuesIn(kSuiteVectors),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace tasdiq::credential
