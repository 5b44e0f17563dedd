#include <gtest/gtest.h>

#include "cli/command.hpp"
#include "cli/ledger_folder_test.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/did.hpp"
#include "crypto/multikey.hpp"
#include "keys/signing_key.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;
using crypto::Algorithm;

struct Ran {
    int exit_code;
    std::string printed;
    friend bool operator==(const Ran&, const Ran&) = default;
    friend void PrintTo(const Ran& ran, std::ostream* out) {
        *out << ran.exit_code << ": " << ran.printed;
    }
};

struct CredentialCommands : testing::Test {
    CredentialCommands() { key("ed25519", Algorithm::kEd25519, {0x80, 0x26}); }

    std::string file(const std::string& name, std::string_view content) {
        folder_.write(name, as_bytes(content));
        return folder_.file(name);
    }
    /// A file of a new key; what stands in front of its secret is the multicodec.
    crypto::PublicKey key(const std::string& name, Algorithm algorithm, Bytes codec) {
        const auto made = keys::SigningKey::generate(algorithm);
        append(codec, made.seed());
        file(name, codec::to_jcs(Json::object().set(
                       "secretKeyMultibase",
                       codec::encode_multibase(codec::Multibase::kBase58Btc, codec))));
        return made.public_key();
    }
    static Ran ran(std::vector<std::string> words) {
        const std::vector<std::string_view> views{words.begin(), words.end()};
        testing::internal::CaptureStdout();
        const int exit_code = run(views);
        return {exit_code, testing::internal::GetCapturedStdout()};
    }
    Ran sign(const std::string& with, std::vector<std::string> more = {},
             std::string_view document = kDocument) {
        std::vector<std::string> words{"credential", "sign", "--key", folder_.file(with),
                                       file("document", document)};
        words.insert(words.end(), more.begin(), more.end());
        return ran(words);
    }
    Ran verify(std::string_view document, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"credential", "verify", file("signed", document)};
        words.insert(words.end(), more.begin(), more.end());
        return ran(words);
    }

    static constexpr std::string_view kDocument =
        R"({"@context":["https://www.w3.org/ns/credentials/v2",)"
        R"("https://w3id.org/security/suites/ed25519-2020/v1"],"issuer":"urn:i",)"
        R"("type":"VerifiableCredential","credentialSubject":{"id":"urn:s"}})";
    test::Folder folder_;
};

Ran refused(const std::string& code) { return {kExitRefused, code + "\n"}; }

TEST_F(CredentialCommands, SignAndVerifyWithEverySuite) {
    key("p256", Algorithm::kEs256, {0x86, 0x26});
    key("p384", Algorithm::kEs384, {0x87, 0x26});
    const std::pair<const char*, const char*> rows[] = {
        {"ed25519", "eddsa-rdfc-2022"},      {"ed25519", "eddsa-jcs-2022"},
        {"p256", "ecdsa-rdfc-2019"},         {"p384", "ecdsa-rdfc-2019"},
        {"p256", "ecdsa-jcs-2019"},          {"p384", "ecdsa-jcs-2019"},
        {"ed25519", "Ed25519Signature2020"},
    };
    for (const auto& [with, suite] : rows) {
        const Ran made = sign(with, {"--suite", suite, "--created", "2026-06-30T00:00:00Z"});
        ASSERT_EQ(made.exit_code, kExitOk) << with << " " << suite << ": " << made.printed;
        const Ran good = verify(made.printed);
        EXPECT_EQ(good.exit_code, kExitOk) << good.printed;
        const auto proofs = codec::parse_json(good.printed);
        ASSERT_TRUE(proofs);
        const Json& proof = proofs->find("proofs")->as_array().at(0);
        EXPECT_EQ(*proof.find_string("cryptosuite"), suite);
        EXPECT_EQ(*proof.find_string("created"), "2026-06-30T00:00:00Z");
        std::string altered = made.printed;
        altered.replace(altered.find("urn:s"), 5, "urn:t");
        EXPECT_EQ(verify(altered), refused("PROOF_VERIFICATION_ERROR")) << suite;
    }
    EXPECT_NE(sign("ed25519").printed.find("eddsa-rdfc-2022"), std::string::npos);
    EXPECT_NE(sign("p384").printed.find("ecdsa-rdfc-2019"), std::string::npos);
    EXPECT_EQ(sign("p256", {"--suite", "eddsa-jcs-2022"}), refused("PROOF_GENERATION_ERROR"));
}

TEST_F(CredentialCommands, ShowPartsOfADocument) {
    key("p256", Algorithm::kEs256, {0x86, 0x26});
    const Ran base = sign("p256", {"--suite", "ecdsa-sd-2023", "--mandatory", "/issuer"});
    ASSERT_EQ(base.exit_code, kExitOk) << base.printed;
    EXPECT_EQ(verify(base.printed), refused("PROOF_VERIFICATION_ERROR"));
    const auto derive = [&](std::string_view document, std::vector<std::string> more) {
        std::vector<std::string> words{"credential", "derive", file("base", document)};
        words.insert(words.end(), more.begin(), more.end());
        return ran(words);
    };
    const Ran little = derive(base.printed, {});
    EXPECT_EQ(verify(little.printed).exit_code, kExitOk);
    EXPECT_EQ(little.printed.find("urn:s"), std::string::npos);
    const Ran more = derive(base.printed, {"--reveal", "/credentialSubject"});
    EXPECT_EQ(verify(more.printed).exit_code, kExitOk);
    std::string altered = more.printed;
    altered.replace(altered.find("urn:s"), 5, "urn:t");
    EXPECT_EQ(verify(altered), refused("PROOF_VERIFICATION_ERROR"));

    // Without --mandatory, what decides about a credential is.
    const Ran usual = sign("p256", {"--suite", "ecdsa-sd-2023"});
    EXPECT_NE(derive(usual.printed, {}).printed.find("urn:i"), std::string::npos);
    const Ran type_only = sign("p256", {"--suite", "ecdsa-sd-2023", "--mandatory", "/type"});
    EXPECT_EQ(derive(type_only.printed, {}).printed.find("urn:i"), std::string::npos);

    EXPECT_EQ(derive(base.printed, {"--reveal", "/none"}), refused("PROOF_GENERATION_ERROR"));
    EXPECT_EQ(derive(more.printed, {"--reveal", "/type"}), refused("PROOF_VERIFICATION_ERROR"));
    EXPECT_EQ(derive(kDocument, {"--reveal", "/type"}), refused("PARSING_ERROR"));
    EXPECT_EQ(derive("{", {}), refused("loading document failed"));
    EXPECT_EQ(derive(base.printed, {"--map", "x"}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"credential", "derive"}).exit_code, kExitUsage);
    EXPECT_EQ(sign("p256", {"--mandatory", "/issuer"}).exit_code, kExitUsage);
    EXPECT_EQ(sign("p256", {"--suite", "ecdsa-sd-2023", "--mandatory", "/none"}),
              refused("PROOF_GENERATION_ERROR"));
    EXPECT_EQ(sign("ed25519", {"--suite", "ecdsa-sd-2023"}), refused("PROOF_GENERATION_ERROR"));
}

TEST_F(CredentialCommands, HoldPurposeDomainChallengeAndTime) {
    const std::string made =
        sign("ed25519", {"--purpose", "authentication", "--domain", "a", "--domain", "b",
                         "--challenge", "c", "--expires", "2030-01-01T00:00:00Z"})
            .printed;
    const std::vector<std::string> good{
        "--purpose", "authentication", "--domain", "b",    "--domain",
        "a",         "--challenge",    "c",        "--at", "2029-01-01T00:00:00Z"};
    EXPECT_EQ(verify(made, good).exit_code, kExitOk);
    EXPECT_EQ(verify(made), refused("PROOF_VERIFICATION_ERROR"));
    const auto with = [&](std::size_t at, const char* value) {
        auto changed = good;
        changed[at] = value;
        return changed;
    };
    EXPECT_EQ(verify(made, with(3, "x")), refused("INVALID_DOMAIN_ERROR"));
    EXPECT_EQ(verify(made, with(7, "x")), refused("INVALID_CHALLENGE_ERROR"));
    EXPECT_EQ(verify(made, with(9, "2031-01-01T00:00:00Z")), refused("PROOF_VERIFICATION_ERROR"));
}

TEST_F(CredentialCommands, AddAProofThatIsAboutAnother) {
    key("second", Algorithm::kEd25519, {0x80, 0x26});
    const std::string first = sign("ed25519", {"--id", "urn:first"}).printed;
    const std::string both = sign("second", {"--previous", "urn:first"}, first).printed;
    const Ran good = verify(both);
    EXPECT_EQ(good.exit_code, kExitOk);
    EXPECT_EQ(codec::parse_json(good.printed)->find("proofs")->size(), 2U);
    EXPECT_EQ(sign("second", {"--previous", "urn:none"}, first), refused("PROOF_GENERATION_ERROR"));
}

TEST_F(CredentialCommands, FindKeysInControllerDocuments) {
    const auto public_key = key("web", Algorithm::kEs256, {0x86, 0x26});
    const std::string did = "did:web:issuer.example";
    const credential::DidKey one{1, crypto::to_multikey(public_key), true};
    const auto controller =
        file("did.json", codec::to_jcs(credential::make_did_document(did, {&one, 1})));
    const std::string made = sign("web", {"--method", did + "#key-1"}).printed;
    EXPECT_EQ(verify(made, {"--controller", controller}).exit_code, kExitOk);
    EXPECT_EQ(verify(made), refused("INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"));
    const std::string other =
        sign("web", {"--method", did + "#key-1", "--purpose", "authentication"}).printed;
    EXPECT_EQ(verify(other, {"--controller", controller, "--purpose", "authentication"}),
              refused("INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"));
}

TEST_F(CredentialCommands, RefuseWithTheStandardsCode) {
    EXPECT_EQ(verify(kDocument), refused("PARSING_ERROR"));
    EXPECT_EQ(verify("{"), refused("loading document failed"));
    EXPECT_EQ(sign("ed25519", {}, "{"), refused("loading document failed"));
    EXPECT_EQ(sign("ed25519", {}, R"({"name":"x"})"), refused("PROOF_TRANSFORMATION_ERROR"));
    EXPECT_EQ(sign("ed25519", {"--suite", "none"}), refused("PROOF_GENERATION_ERROR"));
    EXPECT_EQ(verify(kDocument, {"--controller", folder_.file("none")}),
              refused("loading document failed"));
    EXPECT_EQ(sign("none").exit_code, kExitIo);
    file("bad", R"({"secretKeyMultibase":"z123"})");
    EXPECT_EQ(sign("bad").exit_code, kExitIo);
    EXPECT_EQ(sign("ed25519", {"--created", "today"}).exit_code, kExitUsage);
    EXPECT_EQ(sign("ed25519", {"--expires", "today"}).exit_code, kExitUsage);
    EXPECT_EQ(sign("ed25519", {"--map", "x"}).exit_code, kExitUsage);
    EXPECT_EQ(verify(kDocument, {"--at", "today"}).exit_code, kExitUsage);
    EXPECT_EQ(verify(kDocument, {"--map", "x"}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"credential", "verify"}).exit_code, kExitUsage);
    EXPECT_EQ(ran({"credential", "sign", "x"}).exit_code, kExitUsage);
}

}  // namespace
}  // namespace tasdiq::cli
