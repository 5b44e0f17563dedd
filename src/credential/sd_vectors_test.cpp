// ecdsa-sd-2023 gives every value of the W3C's vectors.
#include <functional>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/sd_statements.hpp"
#include "credential/sd_test.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const std::filesystem::path kVectors = std::filesystem::path{TASDIQ_VECTORS_DIR} / "vc-di-ecdsa";

struct Vector {
    const char* name;
    const char* folder;
    const char* pointers;  // how the files of pointers begin
};

class SdVectors : public testing::TestWithParam<Vector> {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kVectors / "ecdsa-sd-2023")) {
            GTEST_SKIP() << "no vectors in " << kVectors;
        }
        base_ = value("addSignedSDBase");
        unsecured_ = base_;
        unsecured_.erase("proof");
        mandatory_ = texts_in(pointers("Mandatory"));
        selective_ = texts_in(pointers("Selective"));
        shown_ = value("derivedRevealDocument");
        const Json material = read_json(kVectors / "ecdsa-sd-2023" / "SDKeyMaterial.json");
        hmac_key_ = *from_hex(*material.find_string("hmacKeyString"));
        const auto secret = [&material](const char* pair) {
            return *keys::SigningKey::from_secret_multikey(
                *material.find(pair)->find_string("secretKeyMultibase"));
        };
        issuer_.emplace(secret("baseKeyPair"));
        proof_keys_.emplace(hmac_key_, secret("proofKeyPair"));
    }

    [[nodiscard]] static std::filesystem::path path(const std::string& name) {
        return kVectors / "ecdsa-sd-2023" / GetParam().folder / name;
    }
    static Json value(const std::string& name) { return read_json(path(name + ".json")); }
    static Json pointers(const std::string& which) {
        return read_json(kVectors / (GetParam().pointers + which + ".json"));
    }
    [[nodiscard]] ProofOptions options() const {
        const Json& proof = *base_.find("proof");
        return {.suite = kEcdsaSd2023,
                .algorithm = crypto::Algorithm::kEs256,
                .verification_method = *proof.find_string("verificationMethod"),
                .created = *parse_instant(*proof.find_string("created"))};
    }
    SelectableDocument selectable() {
        auto made = SelectableDocument::make(unsecured_, hmac_key_, contexts_);
        EXPECT_TRUE(made);
        return *std::move(made);
    }
    static void expect_keys(const std::vector<std::uint32_t>& indexes, const Json& map) {
        std::vector<std::uint32_t> wanted;
        for (const Json& entry : map.find("value")->as_array()) {
            wanted.push_back(static_cast<std::uint32_t>(*entry.as_array().at(0).get_integer()));
        }
        EXPECT_EQ(indexes, wanted);
    }
    static std::vector<std::uint32_t> numbers(const Json& list) {
        std::vector<std::uint32_t> all;
        for (const Json& one : list.as_array()) {
            all.push_back(static_cast<std::uint32_t>(*one.get_integer()));
        }
        return all;
    }

    VectorLoader loader_;
    linked::ContextCache contexts_{loader_};
    Json base_, unsecured_, shown_;
    std::vector<std::string> mandatory_, selective_;
    Bytes hmac_key_;
    std::optional<keys::SigningKey> issuer_;
    std::optional<GivenProofKeys> proof_keys_;
};

std::string joined(const Json& lines) {
    std::string text;
    for (const Json& line : lines.as_array()) text += line.as_string();
    return text;
}

TEST_P(SdVectors, GiveEveryStatementAndGroup) {
    const auto canonical =
        to_canonical_nquads(unsecured_, {}, linked::HashAlgorithm::kSha256, contexts_);
    ASSERT_TRUE(canonical);
    EXPECT_EQ(*canonical, joined(value("addBaseDocCanon")));
    const SelectableDocument document = selectable();
    EXPECT_EQ(document.statements(), texts_in(value("addBaseDocHMACCanon")));
    const auto mandatory = document.select(mandatory_, contexts_);
    ASSERT_TRUE(mandatory);
    expect_keys(mandatory->indexes, *value("addBaseTransform").find("mandatory"));

    std::vector<std::string> combined = mandatory_;
    combined.insert(combined.end(), selective_.begin(), selective_.end());
    const auto shown = document.select(combined, contexts_);
    ASSERT_TRUE(shown);
    const Json groups = value("derivedGroupIndexes");
    EXPECT_EQ(mandatory->indexes, numbers(*groups.find("mandatoryIndexes")));
    EXPECT_EQ(shown->indexes, numbers(*groups.find("combinedIndexes")));
    EXPECT_EQ(document.select(selective_, contexts_)->indexes,
              numbers(*groups.find("selectiveIndexes")));
    EXPECT_EQ(codec::to_jcs(shown->document), codec::to_jcs(value("derivedUnsignedReveal")));
    const Json all = value("derivedAllGroupData");
    EXPECT_EQ(document.statements(), texts_in(*all.find("nquads")));
}

TEST_P(SdVectors, GiveTheBaseProof) {
    const Json config = value("addProofConfig");
    const auto canonical =
        to_canonical_nquads(config, {}, linked::HashAlgorithm::kSha256, contexts_);
    ASSERT_TRUE(canonical);
    std::string wanted = read_text(path("addProofConfigCanon.txt"));
    while (wanted.ends_with("\n\n")) wanted.pop_back();
    EXPECT_EQ(*canonical, wanted);

    auto unfinished =
        base_signing_input(unsecured_, options(), mandatory_, *proof_keys_, contexts_);
    ASSERT_TRUE(unfinished);
    const Json hashes = value("addHashData");
    EXPECT_EQ(to_hex(unfinished->signing_input),
              *hashes.find_string("proofHash") + to_hex(multikey_bytes(proof_keys_->public_key())) +
                  *hashes.find_string("mandatoryHash"));
    const Json raw = value("addRawBaseSignatureInfo");
    EXPECT_EQ(crypto::to_multikey(unfinished->public_key), *raw.find_string("publicKey"));
    const auto signatures = texts_in(*raw.find("signatures"));
    ASSERT_EQ(unfinished->signatures.size(), signatures.size());
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        unfinished->signatures[i] = *from_hex(signatures[i]);
    }
    const Json made =
        attach_base(unsecured_, *unfinished, *from_hex(*raw.find_string("baseSignature")));
    EXPECT_EQ(codec::to_jcs(made), codec::to_jcs(base_));
}

TEST_P(SdVectors, GiveTheDerivedProof) {
    const auto base = parse_base_value(*base_.find("proof")->find_string("proofValue"));
    ASSERT_TRUE(base);
    const Json recovered = value("derivedRecoveredBaseData");
    EXPECT_EQ(to_hex(base->hmac_key), *recovered.find_string("hmacKey"));
    EXPECT_EQ(base->mandatory_pointers, texts_in(*recovered.find("mandatoryPointers")));
    EXPECT_EQ(base->signatures.size(), recovered.find("signatures")->size());

    const auto shown = derive_proof(base_, selective_, contexts_);
    ASSERT_TRUE(shown) << to_string(shown.error());
    EXPECT_EQ(codec::to_jcs(*shown), codec::to_jcs(shown_));
    const auto derived = parse_derived_value(*shown->find("proof")->find_string("proofValue"));
    ASSERT_TRUE(derived);
    const Json wanted = value("derivedDisclosureData");
    EXPECT_EQ(to_hex(derived->base_signature.view()), *wanted.find_string("baseSignature"));
    EXPECT_EQ(crypto::to_multikey(derived->public_key), *wanted.find_string("publicKey"));
    EXPECT_EQ(derived->mandatory_indexes, numbers(*wanted.find("mandatoryIndexes")));
    EXPECT_EQ(derived->mandatory_indexes,
              numbers(*value("derivedAdjMandatoryIndexes").find("adjMandatoryIndexes")));
    const auto signatures = texts_in(*wanted.find("signatures"));
    ASSERT_EQ(derived->signatures.size(), signatures.size());
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        EXPECT_EQ(to_hex(derived->signatures[i].view()), signatures[i]);
    }
    Json labels = Json::array();
    for (const auto& [number, label] : derived->labels) {
        labels.push(Json::array().push(linked::canonical_label(number)).push(to_text(label)));
    }
    EXPECT_EQ(codec::to_jcs(labels), codec::to_jcs(*wanted.find("labelMap")->find("value")));
}

TEST_P(SdVectors, VerifyWhatIsDerivedAndNoBase) {
    const auto derived = parse_derived_value(*shown_.find("proof")->find_string("proofValue"));
    ASSERT_TRUE(derived);
    Json unsecured = shown_;
    unsecured.erase("proof");
    const auto statements = labeled_statements(unsecured, derived->labels, contexts_);
    ASSERT_TRUE(statements);
    EXPECT_EQ(*statements, texts_in(value("verifyNQuads")));

    const auto proofs = verified_derived(shown_, contexts_);
    ASSERT_TRUE(proofs) << to_string(proofs.error());
    EXPECT_EQ(proofs->front().suite(), kEcdsaSd2023);
    EXPECT_EQ(proofs->front().verification_method(), options().verification_method);
    EXPECT_EQ(proofs->front().created(), options().created);
    EXPECT_EQ(verified_derived(base_, contexts_).error(), ProofError::kBaseProof);
    // Who does not ask for the suite does not know it.
    DidKeyResolver keys;
    EXPECT_EQ(verify_proof(shown_, keys, contexts_).error(), ProofError::kUnknownSuite);
}

TEST_P(SdVectors, AreSignedAlike) {
    const auto unfinished =
        base_signing_input(unsecured_, options(), mandatory_, *proof_keys_, contexts_);
    ASSERT_TRUE(unfinished);
    const Json base =
        attach_base(unsecured_, *unfinished, issuer_->sign(unfinished->signing_input));
    const auto shown = derive_proof(base, selective_, contexts_);
    ASSERT_TRUE(shown);
    EXPECT_TRUE(verified_derived(*shown, contexts_));
}

TEST_P(SdVectors, AreRefusedWhenTampered) {
    ASSERT_TRUE(verified_derived(shown_, contexts_));
    int tampered = 0;
    for_each_changed(shown_, [&] {
        EXPECT_FALSE(verified_derived(shown_, contexts_)) << codec::to_jcs(shown_);
        ++tampered;
    });
    EXPECT_GE(tampered, 15);
    for (const codec::JsonMember& member : shown_.as_object()) {
        Json shorter = shown_;
        shorter.erase(member.key);
        EXPECT_FALSE(verified_derived(shorter, contexts_)) << member.key;
    }
    for (const codec::JsonMember& member : shown_.find("proof")->as_object()) {
        Json shorter = shown_;
        shorter.find("proof")->erase(member.key);
        EXPECT_FALSE(verified_derived(shorter, contexts_)) << member.key;
    }
}

INSTANTIATE_TEST_SUITE_P(All, SdVectors,
                         testing::Values(Vector{"ResidentCard", "prc", "prCred"},
                                         Vector{"Employment", "employ", "employ"}),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace tasdiq::credential
