#include "credential/controller.hpp"

#include <gtest/gtest.h>
#include <map>

#include "credential/did.hpp"
#include "crypto/multikey.hpp"
#include "keys/signing_key.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;
using crypto::Algorithm;

constexpr Instant kNow{1'780'000'000};
constexpr std::string_view kDid = "did:web:issuer.example";
constexpr std::string_view kMethodUrl = "did:web:issuer.example#key-1";

struct OneDocument final : DocumentSource {
    Json value;
    const Json* document(std::string_view url) override { return url == kDid ? &value : nullptr; }
};

struct Controller : testing::Test {
    Controller() {
        const DidKey one{1, crypto::to_multikey(key.public_key()), true};
        source.value = make_did_document(kDid, {&one, 1});
    }
    Result<crypto::PublicKey, MethodError> retrieved(std::string_view url = kMethodUrl,
                                                     std::string_view purpose = "assertionMethod") {
        return retrieve_method(url, purpose, source, kNow);
    }
    Json& method() { return source.value.find("verificationMethod")->as_array().front(); }

    keys::SigningKey key = keys::SigningKey::generate(Algorithm::kEd25519);
    OneDocument source;
};

TEST_F(Controller, GivesItsMethodsForTheirPurpose) {
    ASSERT_TRUE(retrieved());
    EXPECT_EQ(*retrieved(), key.public_key());
    EXPECT_EQ(retrieved(kMethodUrl, "authentication").error(), MethodError::kRelationship);
    EXPECT_EQ(retrieved(kMethodUrl, "verificationMethod").error(), MethodError::kRelationship);
    source.value.set("authentication", Json::array().push("#key-1"));
    EXPECT_TRUE(retrieved(kMethodUrl, "authentication"));
    source.value.set("assertionMethod", Json::array());
    EXPECT_EQ(retrieved().error(), MethodError::kRelationship);
}

TEST_F(Controller, MayHoldTheMethodInTheRelationship) {
    source.value.set("assertionMethod", Json::array().push(method()));
    source.value.erase("verificationMethod");
    EXPECT_TRUE(retrieved());
    EXPECT_EQ(retrieved(kMethodUrl, "authentication").error(), MethodError::kMethod);
}

TEST_F(Controller, HasKeysOfEachAlgorithm) {
    for (const Algorithm algorithm : {Algorithm::kEd25519, Algorithm::kEs256, Algorithm::kEs384}) {
        const auto other = keys::SigningKey::generate(algorithm);
        method().set("publicKeyMultibase", crypto::to_multikey(other.public_key()));
        ASSERT_TRUE(retrieved());
        EXPECT_EQ(*retrieved(), other.public_key());
        method().set("type", "Ed25519VerificationKey2020");
        EXPECT_EQ(retrieved().has_value(), algorithm == Algorithm::kEd25519);
        method().set("type", "Multikey");
    }
}

TEST_F(Controller, RefusesForTheFirstReason) {
    for (const char* const url : {"key-1", "did:web:issuer.example", "did:web:issuer.example#"}) {
        EXPECT_EQ(retrieved(url).error(), MethodError::kUrl) << url;
    }
    EXPECT_EQ(retrieved("did:web:other.example#key-1").error(), MethodError::kDocument);
    EXPECT_EQ(retrieved("did:web:issuer.example#key-2").error(), MethodError::kMethod);
    const Json good = source.value;
    source.value = Json::array();
    EXPECT_EQ(retrieved().error(), MethodError::kDocument);
    source.value = good;
    source.value.set("id", "did:web:other.example");
    source.value.erase("verificationMethod");
    EXPECT_EQ(retrieved().error(), MethodError::kDocumentId);
    source.value.set("id", kDid);
    EXPECT_EQ(retrieved().error(), MethodError::kMethod);
    const std::pair<const char*, Json> changes[] = {{"controller", "did:web:other.example"},
                                                    {"type", "JsonWebKey"},
                                                    {"publicKeyMultibase", "zzz"},
                                                    {"revoked", "2020-01-01T00:00:00Z"},
                                                    {"expires", "2020-01-01T00:00:00Z"},
                                                    {"expires", "never"},
                                                    {"revoked", true}};
    for (const auto& [member, value] : changes) {
        source.value = good;
        source.value.set("assertionMethod", Json::array());
        method().set(member, value);
        EXPECT_EQ(retrieved().error(), MethodError::kMethod) << member;
    }
    source.value = good;
    method().set("expires", "2099-01-01T00:00:00Z");
    EXPECT_TRUE(retrieved());
}

TEST_F(Controller, IsNotNeededForDidKey) {
    DocumentResolver resolver{source, kNow};
    EXPECT_EQ(resolver.resolve(crypto::to_did_key_method(key.public_key()), "assertionMethod"),
              key.public_key());
    EXPECT_FALSE(resolver.resolve("did:key:zzz#zzz", "assertionMethod"));
    EXPECT_EQ(resolver.error(), MethodError::kMethod);
    EXPECT_FALSE(resolver.resolve(kMethodUrl, "authentication"));
    EXPECT_EQ(resolver.error(), MethodError::kRelationship);
    EXPECT_EQ(resolver.resolve(kMethodUrl, "assertionMethod"), key.public_key());
    EXPECT_EQ(resolver.error(), std::nullopt);
}

TEST(MethodError, IsOneOfTheStandardsCodes) {
    EXPECT_EQ(to_string(MethodError::kUrl), "INVALID_VERIFICATION_METHOD_URL");
    EXPECT_EQ(to_string(MethodError::kDocument), "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT");
    EXPECT_EQ(to_string(MethodError::kDocumentId), "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID");
    EXPECT_EQ(to_string(MethodError::kMethod), "INVALID_VERIFICATION_METHOD");
    EXPECT_EQ(to_string(MethodError::kRelationship),
              "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD");
}

}  // namespace
}  // namespace tasdiq::credential
