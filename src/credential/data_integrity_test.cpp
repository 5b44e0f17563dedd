#include "credential/data_integrity.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sodium.h>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const std::filesystem::path kVectors = std::filesystem::path{TASDIQ_VECTORS_DIR} / "vc-di-eddsa";

std::string read_file(const std::string& name) {
    std::ifstream file{kVectors / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Json read_json(const std::string& name) {
    auto json = codec::parse_json(read_file(name));
    EXPECT_TRUE(json) << name;
    return json ? *std::move(json) : Json{};
}

/// A key pair for tests, from one byte.
struct Pair {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key{};

    explicit Pair(ByteView seed) {
        crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
    }
    explicit Pair(std::uint8_t seed) : Pair{Bytes(32, seed)} {}

    [[nodiscard]] Bytes sign(ByteView message) const {
        Bytes signature(64);
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret_key.data());
        return signature;
    }
    [[nodiscard]] std::string method() const {
        return crypto::to_did_key_method(*crypto::Ed25519PublicKey::parse(public_key));
    }
};

const Pair kPair{7};

Json sample() {
    return Json::object()
        .set("@context", Json::array().push("https://www.w3.org/ns/credentials/v2").push("urn:x"))
        .set("name", "شهادة")
        .set("grade", 16);
}

ProofOptions options(const Pair& pair = kPair) {
    return {.verification_method = pair.method(), .created = {1'780'000'000}};
}

Json signed_sample() {
    const auto unfinished = signing_input(sample(), options());
    EXPECT_TRUE(unfinished);
    return attach(sample(), *unfinished, kPair.sign(unfinished->signing_input));
}

Result<std::vector<VerifiedProof>, ProofError> verified(const Json& document) {
    DidKeyResolver keys;
    return verify_proof(document, keys);
}

TEST(EddsaJcs2022, GivesEveryValueOfTheVectors) {
    if (!std::filesystem::exists(kVectors)) {
        GTEST_SKIP() << "no vectors: vc-di-eddsa is not in " << TASDIQ_VECTORS_DIR;
    }
    const std::string folder = "eddsa-jcs-2022/";
    Json document = read_json(folder + "signedJCS.json");
    const Json proof = *document.find("proof");
    document.erase("proof");
    const std::string canonical = codec::to_jcs(document);
    EXPECT_EQ(canonical, read_file(folder + "canonDocJCS.txt"));
    const auto hash = crypto::sha256(as_bytes(canonical));
    EXPECT_EQ(to_hex(hash.view()), read_file(folder + "docHashJCS.txt"));

    ProofOptions wanted{.verification_method = *proof.find_string("verificationMethod"),
                        .created = *parse_instant(*proof.find_string("created"))};
    const auto unfinished = signing_input(document, wanted);
    ASSERT_TRUE(unfinished);
    EXPECT_EQ(unfinished->proof, read_file(folder + "proofCanonJCS.txt"));
    const auto config_hash = crypto::sha256(as_bytes(unfinished->proof));
    EXPECT_EQ(to_hex(config_hash.view()), read_file(folder + "proofHashJCS.txt"));
    EXPECT_EQ(to_hex(unfinished->signing_input), read_file(folder + "combinedHashJCS.txt"));

    const Json keys = read_json("keyPair.json");
    const auto secret = codec::decode_multibase(*keys.find_string("privateKeyMultibase"));
    ASSERT_TRUE(secret && secret->size() == 34);  // two bytes of multicodec
    const Bytes signature = Pair{ByteView{*secret}.subspan(2)}.sign(unfinished->signing_input);
    EXPECT_EQ(to_hex(signature), read_file(folder + "sigHexJCS.txt"));
    EXPECT_EQ(codec::encode_multibase(codec::Multibase::kBase58Btc, signature),
              read_file(folder + "sigBTC58JCS.txt"));
    const Json secured = attach(document, *unfinished, signature);
    EXPECT_EQ(codec::to_jcs(secured), codec::to_jcs(read_json(folder + "signedJCS.json")));
    const auto proofs = verified(secured);
    ASSERT_TRUE(proofs);
    EXPECT_EQ(proofs->front().verification_method(), wanted.verification_method);
    EXPECT_EQ(proofs->front().created(), wanted.created);
}

/// Calls `change` with a copy of the document for each scalar in it; the copy's scalar is changed.
void for_each_changed(Json& value, const std::function<void()>& look) {
    if (value.is_object()) {
        for (codec::JsonMember& member : value.as_object()) for_each_changed(member.value, look);
    } else if (value.is_array()) {
        for (Json& item : value.as_array()) for_each_changed(item, look);
    } else if (value.is_string() && !value.as_string().empty()) {
        const Json kept = value;
        value.as_string().back() = value.as_string().back() == 'x' ? 'y' : 'x';
        look();
        value = kept;
    }
}

TEST(EddsaJcs2022, RefusesTamperedCopiesOfTheVector) {
    if (!std::filesystem::exists(kVectors)) {
        GTEST_SKIP() << "no vectors: vc-di-eddsa is not in " << TASDIQ_VECTORS_DIR;
    }
    Json document = read_json("eddsa-jcs-2022/signedJCS.json");
    ASSERT_TRUE(verified(document));
    int tampered = 0;
    for_each_changed(document, [&] {
        EXPECT_FALSE(verified(document)) << codec::to_jcs(document);
        ++tampered;
    });
    EXPECT_GE(tampered, 18);
    Json longer = document;
    longer.set("more", 1);
    EXPECT_EQ(verified(longer).error(), ProofError::kSignature);
    longer = document;
    longer.erase("description");
    EXPECT_EQ(verified(longer).error(), ProofError::kSignature);
}

TEST(EddsaJcs2022, CoversTheMembersOfTheProof) {
    Json document = signed_sample();
    ASSERT_TRUE(verified(document));
    document.find("proof")->set("created", "2026-01-01T00:00:00Z");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
    document = signed_sample();
    document.find("proof")->set("domain", "elsewhere");
    EXPECT_EQ(verified(document).error(), ProofError::kSignature);
}

TEST(EddsaJcs2022, VerifiesWhereMembersStandInAnotherOrder) {
    Json document = signed_sample();
    std::ranges::reverse(document.as_object());
    std::ranges::reverse(document.find("proof")->as_object());
    EXPECT_TRUE(verified(document));
}

TEST(EddsaJcs2022, LetsContextsBeAddedBehindThoseOfTheProof) {
    Json document = signed_sample();
    document.find("@context")->push("urn:later");
    EXPECT_TRUE(verified(document));
    document.find("@context")->as_array().erase(document.find("@context")->as_array().begin());
    EXPECT_EQ(verified(document).error(), ProofError::kContext);
}

TEST(EddsaJcs2022, ReadsOneContextAsAListOfOne) {
    Json unsecured = sample().set("@context", "https://www.w3.org/ns/credentials/v2");
    const auto unfinished = signing_input(unsecured, options());
    ASSERT_TRUE(unfinished);
    Json document = attach(unsecured, *unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_TRUE(verified(document));
    document.set("@context", Json::array().push("https://www.w3.org/ns/credentials/v2"));
    EXPECT_TRUE(verified(document));
}

TEST(EddsaJcs2022, WorksWithoutAnyContext) {
    Json unsecured = sample();
    unsecured.erase("@context");
    const auto unfinished = signing_input(unsecured, options());
    ASSERT_TRUE(unfinished);
    Json document = attach(unsecured, *unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_TRUE(verified(document));
    document.find("proof")->set("@context", "urn:x");
    EXPECT_EQ(verified(document).error(), ProofError::kContext);
}

TEST(SigningInput, RefusesForTheFirstReason) {
    ProofOptions other = options();
    other.suite = "eddsa-none-1999";
    EXPECT_EQ(signing_input(Json{1}, other).error(), ProofError::kNotAnObject);
    EXPECT_EQ(signing_input(signed_sample(), other).error(), ProofError::kUnknownSuite);
    EXPECT_EQ(signing_input(signed_sample(), options()).error(), ProofError::kMember);
    EXPECT_EQ(signing_input(Unsecured{}, other).error(), ProofError::kUnknownSuite);
}

TEST(ProofSet, NeedsAllProofsOfKnownSuitesToHold) {
    const Json document = signed_sample();
    const Pair second{8};
    Json unsecured = document;
    unsecured.erase("proof");
    const auto unfinished = signing_input(unsecured, options(second));
    ASSERT_TRUE(unfinished);
    Json both = attach(document, *unfinished, second.sign(unfinished->signing_input));
    ASSERT_EQ(both.find("proof")->size(), 2);
    const auto proofs = verified(both);
    ASSERT_TRUE(proofs);
    EXPECT_EQ(proofs->size(), 2);
    EXPECT_EQ((*proofs)[1].verification_method(), second.method());
    Json one_wrong = both;
    one_wrong.find("proof")->as_array()[1].set("verificationMethod", kPair.method());
    EXPECT_EQ(verified(one_wrong).error(), ProofError::kSignature);
}

TEST(ProofSet, PassesOverSuitesThatAreNotKnown) {
    Json document = signed_sample();
    Json other = *document.find("proof");
    other.set("cryptosuite", "eddsa-later-2040");
    document.set("proof", Json::array().push(other).push(*document.find("proof")));
    const auto proofs = verified(document);
    ASSERT_TRUE(proofs);
    EXPECT_EQ(proofs->size(), 1);
    document.set("proof", other);
    EXPECT_EQ(verified(document).error(), ProofError::kUnknownSuite);
}

struct Rejected {
    const char* why;
    void (*break_it)(Json& proof);
    ProofError error;
};

void set_bad_signature(Json& proof) {
    proof.set("proofValue", codec::encode_multibase(codec::Multibase::kBase58Btc, Bytes(64, 1)));
}
void set_p256_key(Json& proof) {
    set_bad_signature(proof);
    proof.set("verificationMethod",
              "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169#"
              "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169");
}
void set_unknown_key(Json& proof) {
    set_p256_key(proof);
    proof.set("verificationMethod", "did:web:elsewhere#key-1");
}
void set_bad_value(Json& proof) {
    set_unknown_key(proof);
    proof.set("proofValue", codec::encode_multibase(codec::Multibase::kBase64Url, Bytes(64, 1)));
}
void set_other_context(Json& proof) {
    set_bad_value(proof);
    proof.set("@context", "urn:other");
}
void set_previous(Json& proof) {
    set_other_context(proof);
    proof.set("previousProof", "urn:first");
}
void set_bad_expires(Json& proof) {
    set_previous(proof);
    proof.set("expires", "2026-06-30");
}
void set_bad_created(Json& proof) {
    set_previous(proof);
    proof.set("created", "2026-06-30t00:00:00z");
}
void set_other_purpose(Json& proof) {
    set_bad_created(proof);
    proof.set("proofPurpose", "authentication");
}
void set_other_type(Json& proof) {
    set_other_purpose(proof);
    proof.set("type", "Ed25519Signature2020");
}
void drop_method(Json& proof) {
    set_other_type(proof);
    proof.erase("verificationMethod");
}
void drop_suite(Json& proof) { proof.erase("cryptosuite"); }

// In the order of the checks; each row commits the later offences too.
constexpr Rejected kRejected[] = {
    {"Member", drop_method, ProofError::kMember},
    {"MemberSuite", drop_suite, ProofError::kMember},
    {"Type", set_other_type, ProofError::kType},
    {"Purpose", set_other_purpose, ProofError::kPurpose},
    {"Created", set_bad_created, ProofError::kCreated},
    {"Expires", set_bad_expires, ProofError::kCreated},
    {"PreviousProof", set_previous, ProofError::kPreviousProof},
    {"Context", set_other_context, ProofError::kContext},
    {"ProofValue", set_bad_value, ProofError::kProofValue},
    {"KeyUnknown", set_unknown_key, ProofError::kKeyUnknown},
    {"KeyAlgorithm", set_p256_key, ProofError::kKeyAlgorithm},
    {"Signature", set_bad_signature, ProofError::kSignature},
};

class VerifyProofRejects : public testing::TestWithParam<Rejected> {};

TEST_P(VerifyProofRejects, ForTheFirstReason) {
    Json document = signed_sample();
    GetParam().break_it(*document.find("proof"));
    const auto result = verified(document);
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error()), to_string(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(All, VerifyProofRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(VerifyProof, RefusesDocumentsWithoutProof) {
    EXPECT_EQ(verified(Json{1}).error(), ProofError::kNotAnObject);
    EXPECT_EQ(verified(sample()).error(), ProofError::kNoProof);
    EXPECT_EQ(verified(sample().set("proof", Json::array())).error(), ProofError::kNoProof);
    Json many = Json::array();
    for (std::size_t i = 0; i <= kProofsMax; ++i) many.push(*signed_sample().find("proof"));
    EXPECT_EQ(verified(sample().set("proof", many)).error(), ProofError::kTooManyProofs);
    EXPECT_EQ(verified(sample().set("proof", "x")).error(), ProofError::kMember);
}

TEST(VerifyProof, TellsWhenAProofExpires) {
    // `expires` is signed like every other member.
    Json config = *signed_sample().find("proof");
    config.erase("proofValue");
    config.set("expires", "2027-01-01T00:00:00Z");
    Bytes input;
    append(input, crypto::sha256(as_bytes(codec::to_jcs(config))).view());
    append(input, crypto::sha256(as_bytes(codec::to_jcs(sample()))).view());
    config.set("proofValue",
               codec::encode_multibase(codec::Multibase::kBase58Btc, kPair.sign(input)));
    const auto proofs = verified(sample().set("proof", config));
    ASSERT_TRUE(proofs);
    EXPECT_EQ(proofs->front().expires(), parse_instant("2027-01-01T00:00:00Z"));
    EXPECT_EQ(proofs->front().suite(), kEddsaJcs2022);
}

TEST(VerifyProofJcs, AnswersAsItDoesForAValue) {
    const std::string text = codec::to_jcs(sample());
    const std::string context = codec::to_jcs(*sample().find("@context"));
    const Unsecured document{text,
                             std::string_view{text}.substr(text.find(context), context.size()),
                             crypto::sha256(as_bytes(text))};
    const auto unfinished = signing_input(
        document, {.verification_method = kPair.method(), .created = Instant{1'700'000'000}});
    ASSERT_TRUE(unfinished);
    const std::string good = finish_proof(*unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_EQ(to_proof_jcs(good, document.context_jcs), good);

    DidKeyResolver keys;
    const auto verified = verify_proof_jcs(good, document, keys);
    ASSERT_TRUE(verified);
    EXPECT_EQ(verified->front().suite(), kEddsaJcs2022);
    EXPECT_EQ(verified->front().verification_method(), kPair.method());
    EXPECT_EQ(verified->front().created(), Instant{1'700'000'000});
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char c : {'"', '\\', '}', '0', ' '}) {
            std::string changed = good;
            changed[at] = c;
            const auto quick = verify_proof_jcs(changed, document, keys);
            const auto json = codec::parse_json(changed);
            EXPECT_EQ(to_proof_jcs(changed, document.context_jcs).has_value(), json.has_value());
            if (!json) {
                EXPECT_EQ(quick.error(), ProofError::kMember) << changed;
                continue;
            }
            const auto slow = verify_proof(&*json, document, keys);
            ASSERT_EQ(quick.has_value(), slow.has_value()) << changed;
            if (!slow) EXPECT_EQ(quick.error(), slow.error()) << changed;
        }
    }
}

TEST(DidKeyResolver, WantsTheMethodNotTheDid) {
    DidKeyResolver keys;
    const std::string method = kPair.method();
    EXPECT_TRUE(keys.resolve(method, kAssertionMethod));
    EXPECT_FALSE(keys.resolve(method.substr(0, method.find('#')), kAssertionMethod));
    EXPECT_FALSE(keys.resolve("did:key:zzz#zzz", kAssertionMethod));
}

}  // namespace
}  // namespace tasdiq::credential
