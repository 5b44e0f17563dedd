#include "credential/data_integrity.hpp"

#include <algorithm>
#include <functional>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/proof_test.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

const Pair kPair{7};

Json sample() {
    return Json::object()
        .set("@context", Json::array().push("https://www.w3.org/ns/credentials/v2").push("urn:x"))
        .set("name", "شهادة")
        .set("grade", 16);
}

ProofOptions options(const Pair& pair = kPair) {
    return {
        .suite = kEddsaJcs2022, .verification_method = pair.method(), .created = {1'780'000'000}};
}

linked::ContextCache& contexts() {
    static linked::BundledContexts bundled;
    return bundled.cache();
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
    const auto unfinished = signing_input(unsecured, options(), contexts());
    ASSERT_TRUE(unfinished);
    Json document = attach(unsecured, *unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_TRUE(verified(document));
    document.set("@context", Json::array().push("https://www.w3.org/ns/credentials/v2"));
    EXPECT_TRUE(verified(document));
}

TEST(EddsaJcs2022, WorksWithoutAnyContext) {
    Json unsecured = sample();
    unsecured.erase("@context");
    const auto unfinished = signing_input(unsecured, options(), contexts());
    ASSERT_TRUE(unfinished);
    Json document = attach(unsecured, *unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_TRUE(verified(document));
    document.find("proof")->set("@context", "urn:x");
    EXPECT_EQ(verified(document).error(), ProofError::kContext);
}

TEST(SigningInput, RefusesForTheFirstReason) {
    ProofOptions other = options();
    other.suite = "eddsa-none-1999";
    EXPECT_EQ(signing_input(Json{1}, other, contexts()).error(), ProofError::kNotAnObject);
    EXPECT_EQ(signing_input(signed_sample(), other, contexts()).error(), ProofError::kUnknownSuite);
    EXPECT_EQ(signing_input(Unsecured{}, other, contexts()).error(), ProofError::kUnknownSuite);
    other = options();
    other.algorithm = crypto::Algorithm::kEs384;
    other.previous_proof = {"urn:none"};
    EXPECT_EQ(signing_input(signed_sample(), other, contexts()).error(), ProofError::kKeyAlgorithm);
    EXPECT_EQ(signing_input(Unsecured{}, other, contexts()).error(), ProofError::kKeyAlgorithm);
    other.algorithm = crypto::Algorithm::kEd25519;
    Json many = Json::array();
    for (std::size_t i = 0; i < kProofsMax; ++i) many.push(*signed_sample().find("proof"));
    EXPECT_EQ(signing_input(sample().set("proof", many), other, contexts()).error(),
              ProofError::kTooManyProofs);
    EXPECT_EQ(signing_input(signed_sample(), other, contexts()).error(),
              ProofError::kPreviousProof);
    EXPECT_EQ(signing_input(Unsecured{}, other, contexts()).error(), ProofError::kPreviousProof);
}

TEST(ProofSet, NeedsAllProofsOfKnownSuitesToHold) {
    const Json document = signed_sample();
    const Pair second{8};
    Json unsecured = document;
    unsecured.erase("proof");
    const auto unfinished = signing_input(unsecured, options(second), contexts());
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
    proof.set("type", "Ed25519Signature1999");
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
    const auto unfinished = signing_input(document,
                                          {.suite = kEddsaJcs2022,
                                           .verification_method = kPair.method(),
                                           .created = Instant{1'700'000'000}},
                                          contexts());
    ASSERT_TRUE(unfinished);
    const std::string good = finish_proof(*unfinished, kPair.sign(unfinished->signing_input));
    EXPECT_EQ(to_proof_jcs(good, document.context_jcs), good);

    DidKeyResolver keys;
    const auto verified = verify_proof_jcs(good, document, keys, contexts());
    ASSERT_TRUE(verified);
    EXPECT_EQ(verified->front().suite(), kEddsaJcs2022);
    EXPECT_EQ(verified->front().verification_method(), kPair.method());
    EXPECT_EQ(verified->front().created(), Instant{1'700'000'000});
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char c : {'"', '\\', '}', '0', ' '}) {
            std::string changed = good;
            changed[at] = c;
            const auto quick = verify_proof_jcs(changed, document, keys, contexts());
            const auto json = codec::parse_json(changed);
            EXPECT_EQ(to_proof_jcs(changed, document.context_jcs).has_value(), json.has_value());
            if (!json) {
                EXPECT_EQ(quick.error(), ProofError::kMember) << changed;
                continue;
            }
            const auto slow = verify_proof(&*json, document, keys, contexts());
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
