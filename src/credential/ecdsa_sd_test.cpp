#include "credential/ecdsa_sd.hpp"

#include <algorithm>
#include <functional>
#include <random>

#include "codec/jcs.hpp"
#include "credential/sd_select.hpp"
#include "credential/sd_statements.hpp"
#include "credential/sd_test.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using Pointers = std::vector<std::string>;

Json parsed(std::string_view text) {
    auto json = codec::parse_json(text);
    EXPECT_TRUE(json) << text;
    return *std::move(json);
}

Json sample() {
    return parsed(R"({
      "@context": ["https://www.w3.org/ns/credentials/v2",
                   {"@vocab": "urn:vocab#", "steps": {"@id": "urn:steps", "@container": "@list"},
                    "data": {"@id": "urn:data", "@type": "@json"},
                    "graph": {"@id": "urn:graph", "@container": "@graph"},
                    "near": {"@id": "urn:near", "@type": "@id"}}],
      "id": "urn:uuid:5d3e0e2c-8f5e-4a6e-9f0a-0c53b1e1f7a1",
      "type": ["VerifiableCredential", "Diploma"],
      "issuer": {"id": "did:example:1", "name": "Tunis"},
      "validFrom": "2026-06-30T00:00:00Z",
      "credentialSubject": {
        "type": "Person", "given": "Amira", "family": "Trabelsi", "born": "2003-05-14",
        "home": {"city": "Sfax", "street": {"name": "Hédi Chaker", "number": 7}},
        "grades": [{"course": "Algebra", "value": 16}, {"course": "Logic", "value": 12},
                   {"course": "Algebra", "value": 9}, {"course": "Art"}],
        "tags": ["a", "b", "c"],
        "marks": {"id": "urn:marks", "a~b": "tilde", "c/d": "slash"}
      }
    })");
}

struct EcdsaSd : testing::Test {
    keys::SigningKey issuer = keys::SigningKey::generate(crypto::Algorithm::kEs256);
    GivenProofKeys once = GivenProofKeys::generate();
    linked::BundledContexts bundled;
    linked::ContextCache& contexts = bundled.cache();

    [[nodiscard]] ProofOptions options() const {
        return {.suite = kEcdsaSd2023,
                .algorithm = crypto::Algorithm::kEs256,
                .verification_method = crypto::to_did_key_method(issuer.public_key()),
                .created = {1'780'000'000}};
    }
    Result<Json, ProofError> signed_base(const Json& document, const Pointers& mandatory) {
        TRY(const auto unfinished,
            base_signing_input(document, options(), mandatory, once, contexts));
        return attach_base(document, unfinished, issuer.sign(unfinished.signing_input));
    }
    Result<Json, ProofError> shown(const Json& document, const Pointers& mandatory,
                                   const Pointers& selective) {
        TRY(const Json base, signed_base(document, mandatory));
        return derive_proof(base, selective, contexts);
    }
    Json good() {
        auto document = shown(sample(), {"/issuer", "/validFrom"},
                              {"/credentialSubject/given", "/credentialSubject/grades/1",
                               "/credentialSubject/home/street/name"});
        EXPECT_TRUE(document);
        return *std::move(document);
    }
    ProofError error_of(const Json& document) {
        const auto verified = verified_derived(document, contexts);
        EXPECT_FALSE(verified.has_value()) << codec::to_jcs(document);
        return verified ? ProofError::kNotAnObject : verified.error();
    }
    /// Why `good()` is refused once its proof's value was changed.
    ProofError error_after(const std::function<void(DerivedProofValue&)>& change) {
        Json document = good();
        Json& proof = *document.find("proof");
        auto value = parse_derived_value(*proof.find_string("proofValue"));
        EXPECT_TRUE(value);
        change(*value);
        proof.set("proofValue", encode_derived_value(*value));
        return error_of(document);
    }
};

void collect(const Json& value, const std::string& pointer, Pointers& all) {
    if (const auto* const members = value.get_object()) {
        for (const codec::JsonMember& member : *members) {
            if (member.key == "@context") continue;
            std::string next = pointer;
            codec::append_pointer_token(next, member.key);
            all.push_back(next);
            collect(member.value, next, all);
        }
    } else if (const auto* const elements = value.get_array()) {
        for (std::size_t i = 0; i < elements->size(); ++i) {
            std::string next = pointer;
            codec::append_pointer_token(next, i);
            all.push_back(next);
            collect((*elements)[i], next, all);
        }
    }
}

TEST_F(EcdsaSd, ShowsWhatIsMandatoryAndWhatIsSelected) {
    Json document = good();
    EXPECT_TRUE(verified_derived(document, contexts));
    document.erase("proof");
    Json wanted = parsed(R"({
      "id": "urn:uuid:5d3e0e2c-8f5e-4a6e-9f0a-0c53b1e1f7a1",
      "type": ["VerifiableCredential", "Diploma"],
      "issuer": {"id": "did:example:1", "name": "Tunis"}, "validFrom": "2026-06-30T00:00:00Z",
      "credentialSubject": {"type": "Person", "given": "Amira",
        "home": {"street": {"name": "Hédi Chaker"}},
        "grades": [{"course": "Logic", "value": 12}]}})");
    wanted.set("@context", *sample().find("@context"));
    EXPECT_EQ(codec::to_jcs(document), codec::to_jcs(wanted));
}

TEST_F(EcdsaSd, DerivesForAnyPointers) {
    Pointers all{""};
    collect(sample(), "", all);
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::minstd_rand random{seed};
    const auto some = [&](std::size_t most) {
        Pointers chosen;
        for (std::size_t i = random() % (most + 1); i > 0; --i) {
            chosen.push_back(all[random() % all.size()]);
        }
        return chosen;
    };
    for (int round = 0; round < 60; ++round) {
        const Pointers mandatory = some(3);
        const Pointers selective = some(6);
        const auto document = shown(sample(), mandatory, selective);
        if (mandatory.empty() && selective.empty()) {
            EXPECT_EQ(document.error(), ProofError::kPointer);
            continue;
        }
        ASSERT_TRUE(document) << to_string(document.error());
        EXPECT_TRUE(verified_derived(*document, contexts)) << codec::to_jcs(*document);
        for (const Pointers& part : {mandatory, selective}) {
            for (const std::string& pointer : part) {
                if (pointer.find_first_of("0123456789") != std::string::npos) continue;
                const Json* const left = codec::resolve_pointer(*document, pointer);
                ASSERT_NE(left, nullptr) << pointer;
                if (pointer.empty()) continue;
                EXPECT_EQ(codec::to_jcs(*left),
                          codec::to_jcs(*codec::resolve_pointer(sample(), pointer)));
            }
        }
    }
}

TEST_F(EcdsaSd, RefusesEveryChange) {
    Json document = good();
    // All but the context, in which most terms are of what is not shown.
    for (codec::JsonMember& member : document.as_object()) {
        if (member.key == "@context") continue;
        for_each_changed(member.value, [&] { error_of(document); });
    }
    document = good();
    document.find("credentialSubject")->set("family", "Trabelsi");  // true, but not shown
    EXPECT_EQ(error_of(document), ProofError::kSignatureCount);
    document = good();
    document.erase("validFrom");  // mandatory
    EXPECT_EQ(error_of(document), ProofError::kSignatureCount);
    const auto base = signed_base(sample(), {"/issuer"});
    ASSERT_TRUE(base);
    EXPECT_EQ(error_of(*base), ProofError::kBaseProof);
}

TEST_F(EcdsaSd, RefusesEveryChangeOfTheProofsValue) {
    EXPECT_EQ(error_after([](auto& v) { std::swap(v.signatures[0], v.signatures[1]); }),
              ProofError::kSignature);
    EXPECT_EQ(error_after([](auto& v) { v.signatures.pop_back(); }), ProofError::kSignatureCount);
    EXPECT_EQ(error_after([](auto& v) { v.signatures.push_back(v.signatures[0]); }),
              ProofError::kSignatureCount);
    EXPECT_EQ(error_after([](auto& v) { v.base_signature = v.signatures[0]; }),
              ProofError::kSignature);
    EXPECT_EQ(error_after([](auto& v) {
                  v.public_key = *keys::SigningKey::generate(crypto::Algorithm::kEs256)
                                      .public_key()
                                      .template get<crypto::P256PublicKey>();
              }),
              ProofError::kSignature);
    // Labels: changed round, one for two, one too many, one too few.
    EXPECT_EQ(error_after([](auto& v) { std::swap(v.labels.at(0), v.labels.at(1)); }),
              ProofError::kSignature);
    EXPECT_EQ(error_after([](auto& v) { v.labels.at(0) = v.labels.at(1); }), ProofError::kLabelMap);
    EXPECT_EQ(error_after([](auto& v) { v.labels.emplace(99, BlankLabel{}); }),
              ProofError::kLabelMap);
    EXPECT_EQ(error_after([](auto& v) { v.labels.erase(0); }), ProofError::kLabelMap);
    // Indexes: other statements are mandatory, fewer are, or some that are not there.
    EXPECT_EQ(error_after([](auto& v) { ++v.mandatory_indexes.back(); }), ProofError::kSignature);
    EXPECT_EQ(error_after([](auto& v) { v.mandatory_indexes.pop_back(); }),
              ProofError::kSignatureCount);
    EXPECT_EQ(error_after([](auto& v) { v.mandatory_indexes.push_back(1000); }),
              ProofError::kMandatoryIndex);
    EXPECT_EQ(error_after([](auto& v) { std::ranges::reverse(v.mandatory_indexes); }),
              ProofError::kProofValue);
}

TEST_F(EcdsaSd, RefusesAProofForTheFirstReason) {
    const Json document = good();
    const auto with = [&](const char* member, const Json& value) {
        Json changed = document;
        changed.find("proof")->set(member, value);
        return error_of(changed);
    };
    EXPECT_EQ(with("previousProof", "urn:x"), ProofError::kPreviousProof);
    EXPECT_EQ(with("@context", "urn:x"), ProofError::kContext);
    EXPECT_EQ(with("proofValue", "z123"), ProofError::kProofValue);
    EXPECT_EQ(with("verificationMethod", "urn:x"), ProofError::kKeyUnknown);
    const auto other = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    EXPECT_EQ(with("verificationMethod", crypto::to_did_key_method(other.public_key())),
              ProofError::kKeyAlgorithm);
    EXPECT_EQ(with("extra", Json::array()), ProofError::kTransformation);
    EXPECT_EQ(with("created", "2020-01-01T00:00:00Z"), ProofError::kSignature);
    Json unsaid = document;
    unsaid.set("x y", Json::object().set("@id", "no IRI"));
    EXPECT_EQ(error_of(unsaid), ProofError::kTransformation);
}

TEST_F(EcdsaSd, MakesNoBaseProofForTheFirstReason) {
    const auto error = [&](const Json& document, const ProofOptions& with,
                           const Pointers& mandatory = {"/none"}) {
        const auto made = base_signing_input(document, with, mandatory, once, contexts);
        EXPECT_FALSE(made);
        return made ? ProofError::kSignature : made.error();
    };
    EXPECT_EQ(error(Json{1}, {}), ProofError::kNotAnObject);
    EXPECT_EQ(error(sample(), {}), ProofError::kUnknownSuite);
    ProofOptions bad = options();
    bad.algorithm = crypto::Algorithm::kEs384;
    EXPECT_EQ(error(sample(), bad), ProofError::kKeyAlgorithm);
    Json full = sample();
    full.set("proof", Json{Json::Array(kProofsMax)});
    bad = options();
    bad.previous_proof = {"urn:x"};
    EXPECT_EQ(error(full, bad), ProofError::kTooManyProofs);
    EXPECT_EQ(error(sample(), bad), ProofError::kPreviousProof);
    EXPECT_EQ(error(parsed(R"({"name":"x"})"), options()), ProofError::kTransformation);
    Json graph = parsed(R"({"@context":[{"@vocab":"urn:"}],"@graph":[{"a":"b"}]})");
    EXPECT_EQ(error(graph, options()), ProofError::kNotSelectable);
    Json long_one = sample();
    Json& tags = *long_one.find("credentialSubject")->find("tags");
    for (std::size_t i = 0; i < kStatementsMax; ++i) tags.push(std::to_string(i));
    EXPECT_EQ(error(long_one, options()), ProofError::kTooManyStatements);
    EXPECT_EQ(error(sample(), options()), ProofError::kPointer);
    EXPECT_EQ(error(sample(), options(), {"issuer"}), ProofError::kPointer);
    EXPECT_EQ(error(sample(), options(), Pointers(kPointersMax + 1, "/issuer")),
              ProofError::kPointer);
}

TEST_F(EcdsaSd, DerivesNothingForTheFirstReason) {
    const auto base = signed_base(sample(), {});
    ASSERT_TRUE(base);
    const auto error = [&](const Json& document, const Pointers& selective = {"/none"}) {
        const auto made = derive_proof(document, selective, contexts);
        EXPECT_FALSE(made);
        return made ? ProofError::kSignature : made.error();
    };
    EXPECT_EQ(error(Json{1}), ProofError::kNotAnObject);
    EXPECT_EQ(error(sample()), ProofError::kNoProof);
    const Json& proof = *base->find("proof");
    const auto with = [&](Json value) {
        Json changed = sample();
        changed.set("proof", std::move(value));
        return error(changed);
    };
    EXPECT_EQ(with(Json{Json::Array(kProofsMax + 1)}), ProofError::kTooManyProofs);
    EXPECT_EQ(with(Json::array().push(proof).push(proof)), ProofError::kUnknownSuite);
    EXPECT_EQ(with(Json::object().set("cryptosuite", "eddsa-jcs-2022")), ProofError::kUnknownSuite);
    EXPECT_EQ(with(Json::object().set("cryptosuite", kEcdsaSd2023)), ProofError::kMember);
    EXPECT_EQ(error(good()), ProofError::kProofValue);
    Json changed = *base;
    changed.set("x y", Json::object().set("@id", "no IRI"));
    EXPECT_EQ(error(changed), ProofError::kTransformation);
    EXPECT_EQ(error(*base), ProofError::kPointer);
    EXPECT_EQ(error(*base, {}), ProofError::kPointer);
    changed = *base;
    changed.set("name", "one statement more");
    EXPECT_EQ(error(changed, {"/issuer"}), ProofError::kSignatureCount);
}

TEST_F(EcdsaSd, LeavesOutOtherProofs) {
    Json document = *signed_base(sample(), {"/issuer"});
    document.set("proof",
                 Json::array().push(Json::object().set("type", "x")).push(*document.find("proof")));
    const auto derived = derive_proof(document, {}, contexts);
    ASSERT_TRUE(derived);
    EXPECT_TRUE(derived->find("proof")->is_object());
    EXPECT_TRUE(verified_derived(*derived, contexts));
}

TEST_F(EcdsaSd, ShowsNoPartOfWhatIsOneStatement) {
    Json document = sample();
    Json& subject = *document.find("credentialSubject");
    subject.set("steps", Json::array().push("one").push("two"));
    subject.set("data", Json::object().set("a", 1).set("b", 2));
    subject.set("title", Json::object().set("@value", "x").set("@language", "ar"));
    const auto error = [&](const char* pointer) {
        const auto made = shown(document, {}, {pointer});
        return made ? ProofError::kSignature : made.error();
    };
    EXPECT_EQ(error("/credentialSubject/steps/0"), ProofError::kNotSelectable);
    EXPECT_EQ(error("/credentialSubject/steps"), ProofError::kNotSelectable);
    EXPECT_EQ(error("/credentialSubject/data/a"), ProofError::kNotSelectable);
    EXPECT_EQ(error("/credentialSubject/title/@value"), ProofError::kNotSelectable);
    for (const char* const pointer :
         {"/credentialSubject/data", "/credentialSubject/title", "/credentialSubject/given"}) {
        const auto made = shown(document, {}, {pointer});
        ASSERT_TRUE(made) << pointer;
        EXPECT_TRUE(verified_derived(*made, contexts)) << pointer;
    }
}

TEST_F(EcdsaSd, KeepsTogetherWhatTheDocumentNames) {
    Json document = sample();
    Json& subject = *document.find("credentialSubject");
    subject.set("id", "_:s0");  // as a name that is made here
    subject.find("home")->set("near", "_:s0");
    const auto whole = shown(document, {}, {""});
    ASSERT_TRUE(whole);
    EXPECT_TRUE(verified_derived(*whole, contexts));
    // Without its name the subject would be another than the one nearby.
    const auto torn = shown(document, {}, {"/credentialSubject/home"});
    ASSERT_FALSE(torn);
    EXPECT_EQ(torn.error(), ProofError::kNotSelectable);
    const auto kept = shown(document, {}, {"/credentialSubject/home", "/credentialSubject/id"});
    ASSERT_TRUE(kept);
    EXPECT_TRUE(verified_derived(*kept, contexts));
}

TEST_F(EcdsaSd, HasTextsForItsErrors) {
    for (const auto error : {ProofError::kBaseProof, ProofError::kLabelMap,
                             ProofError::kMandatoryIndex, ProofError::kSignatureCount}) {
        EXPECT_EQ(standard_code(error), "PROOF_VERIFICATION_ERROR");
        EXPECT_FALSE(to_string(error).empty());
    }
    for (const auto error :
         {ProofError::kPointer, ProofError::kNotSelectable, ProofError::kTooManyStatements}) {
        EXPECT_EQ(standard_code(error), kProofGenerationError);
        EXPECT_FALSE(to_string(error).empty());
    }
}

TEST(SelectJson, TakesPointersUpToTheirSize) {
    for (const std::size_t size : {kPointerSizeMax - 1, kPointerSizeMax}) {
        const std::string name(size, 'a');
        const std::string pointers[] = {"/" + name};
        const auto part = select_json(Json::object().set(name, 1), pointers, BlankIds::kLeftOut);
        EXPECT_EQ(part.has_value(), size < kPointerSizeMax);
        if (!part) EXPECT_EQ(part.error(), ProofError::kPointer);
    }
}

TEST(SelectJson, ShowsTheTypesOfWhatStandsOnTheWay) {
    for (const char* type : {"type", "@type"}) {
        const Json node = Json::object().set(type, "urn:t").set("b", 1).set("c", 2);
        const std::string pointers[] = {"/a/b"};
        const auto part = select_json(Json::object().set("a", node), pointers, BlankIds::kLeftOut);
        ASSERT_TRUE(part);
        EXPECT_EQ(*part, Json::object().set("a", Json::object().set(type, "urn:t").set("b", 1)));
    }
}

}  // namespace
}  // namespace tasdiq::credential
