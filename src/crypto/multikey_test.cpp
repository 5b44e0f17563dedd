#include "crypto/multikey.hpp"

#include <gtest/gtest.h>

#include "codec/base_n.hpp"
#include "crypto/hash.hpp"
#include "crypto/vectors_test.hpp"

namespace tasdiq::crypto {
namespace {

struct Example {
    const char* text;
    Algorithm algorithm;
};

// The keys of the examples in Controlled Identifiers 1.0, VC-DI-EDDSA and VC-DI-ECDSA.
constexpr Example kExamples[] = {
    {"z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu", Algorithm::kEd25519},
    {"z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP", Algorithm::kEd25519},
    {"z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", Algorithm::kEd25519},
    {"zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", Algorithm::kEs256},
    {"zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", Algorithm::kEs256},
    {"z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54", Algorithm::kEs384},
};

TEST(Multikey, ReadsTheSpecificationsExamples) {
    for (const auto& [text, algorithm] : kExamples) {
        const auto key = parse_multikey(text);
        ASSERT_TRUE(key) << text << ": " << to_string(key.error());
        EXPECT_EQ(key->algorithm(), algorithm);
        EXPECT_EQ(to_multikey(*key), text);
    }
}

TEST(Multikey, ReadsTheKeysOfTheVectors) {
    for (const std::string name : {"vc-di-eddsa/keyPair.json", "vc-di-ecdsa/p256KeyPair.json",
                                   "vc-di-ecdsa/p384KeyPair.json"}) {
        NEED_VECTORS(name);
        const auto vectors = read_vectors(name);
        const std::string& text = *vectors.find_string("publicKeyMultibase");
        const auto key = parse_multikey(text);
        ASSERT_TRUE(key) << name;
        EXPECT_EQ(to_multikey(*key), text);
    }
}

std::string multibase(const char* hex) {
    return codec::encode_multibase(codec::Multibase::kBase58Btc, unhex(hex));
}

// Each row also commits every later offence it can.
TEST(Multikey, RefusesForTheFirstReason) {
    const std::string good = kExamples[0].text;
    const std::string key_of_ed25519(64, 'f');
    const std::pair<std::string, KeyError> rows[] = {
        {"", KeyError::kNotMultibase},
        {"z", KeyError::kUnknownMulticodec},
        {good.substr(1), KeyError::kNotMultibase},
        {"u7QHwdbcD", KeyError::kNotMultibase},  // base64url: a key has one text
        {good + "0", KeyError::kNotMultibase},   // no letter of base58
        {multibase("ed"), KeyError::kUnknownMulticodec},
        {multibase("8026"), KeyError::kUnknownMulticodec},  // ed25519-priv
        {multibase("e701ffff"), KeyError::kUnknownMulticodec},
        {multibase("ed01"), KeyError::kLength},
        {multibase(("ed01" + key_of_ed25519 + "00").c_str()), KeyError::kLength},
        {multibase(("ed01" + key_of_ed25519).c_str()), KeyError::kNotCanonical},
        {multibase(("802400" + key_of_ed25519).c_str()), KeyError::kPointForm},
        {multibase(("802402" + key_of_ed25519).c_str()), KeyError::kNotCanonical},
        {multibase(("8124" + key_of_ed25519).c_str()), KeyError::kLength},
    };
    for (const auto& [text, error] : rows) {
        const auto key = parse_multikey(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error(), error) << text << ": " << to_string(key.error());
    }
}

TEST(KeyId, IsTheHashOfTheText) {
    const auto key = parse_multikey(kExamples[0].text);
    ASSERT_TRUE(key);
    EXPECT_EQ(to_hex(key_id(*key).view()), to_hex(sha256(as_bytes(kExamples[0].text)).view()));
    // printf z6Mkm… | sha256sum
    EXPECT_EQ(to_hex(key_id(*key).view()),
              "7f3a28da293749f6291543e028cf3daaa6565bfb809b4823a77ea0a9bb319b6f");
}

TEST(DidKey, ReadsAndWrites) {
    const std::string text = kExamples[0].text;
    const auto key = parse_did_key("did:key:" + text);
    ASSERT_TRUE(key);
    EXPECT_EQ(to_did_key(*key), "did:key:" + text);
    EXPECT_EQ(to_did_key_method(*key), "did:key:" + text + "#" + text);
    EXPECT_EQ(parse_did_key(to_did_key_method(*key)), *key);
}

TEST(DidKey, RefusesForTheFirstReason) {
    const std::string text = kExamples[0].text;
    const std::pair<std::string, KeyError> rows[] = {
        {"", KeyError::kNotDidKey},
        {"DID:key:" + text, KeyError::kNotDidKey},
        {"did:web:" + text + "#", KeyError::kNotDidKey},
        {"did:key:" + text + "#", KeyError::kFragmentDiffers},
        {"did:key:0#1", KeyError::kFragmentDiffers},
        {"did:key:" + text + "#" + text + "#" + text, KeyError::kFragmentDiffers},
        {"did:key:0#0", KeyError::kNotMultibase},
        {"did:key:", KeyError::kNotMultibase},
        {"did:key:z", KeyError::kUnknownMulticodec},
    };
    for (const auto& [did, error] : rows) {
        const auto key = parse_did_key(did);
        ASSERT_FALSE(key) << did;
        EXPECT_EQ(key.error(), error) << did << ": " << to_string(key.error());
    }
}

}  // namespace
}  // namespace tasdiq::crypto
