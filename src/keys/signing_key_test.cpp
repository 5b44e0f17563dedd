#include "keys/signing_key.hpp"

#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <thread>

#include "codec/base_n.hpp"
#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"
#include "crypto/vectors_test.hpp"

namespace tasdiq::keys {
namespace {

using crypto::Algorithm;
using crypto::LowS;
using crypto::unhex;
using Seed = SigningKey::Seed;

template <class T>
concept IsComparable = requires(const T& a, const T& b) { a == b; };
template <class T>
concept IsPrintable = requires(std::ostringstream& out, const T& value) { out << value; };

static_assert(!std::is_copy_constructible_v<Secret<32>> && !std::is_copy_assignable_v<Secret<32>>);
static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_constructible_v<SigningKey>);
static_assert(!IsComparable<Secret<32>> && !IsPrintable<Secret<32>>);
static_assert(!IsComparable<SecretBytes> && !IsPrintable<SecretBytes>);
static_assert(!IsComparable<SigningKey> && !IsPrintable<SigningKey>);

SigningKey key_of(Algorithm algorithm, const char* seed) {
    auto key = SigningKey::from_seed(algorithm, *Seed::from(unhex(seed)));
    EXPECT_TRUE(key);
    return *std::move(key);
}

TEST(Random, FillsEveryByteAndDiffers) {
    using Nonce = TaggedBytes<struct NonceTag, 16>;
    std::set<Nonce> seen;
    std::array<int, 16> zeros{};
    for (int i = 0; i < 64; ++i) {
        const auto nonce = random<Nonce>();
        seen.insert(nonce);
        for (std::size_t j = 0; j < 16; ++j) zeros[j] += nonce.view()[j] == 0 ? 1 : 0;
    }
    EXPECT_EQ(seen.size(), 64U);
    for (const int count : zeros) EXPECT_LT(count, 16);  // 64 fair bytes: once in 10^26 runs
}

TEST(Secret, WipesWhatItMovesFrom) {
    auto source = *Secret<4>::from(unhex("01020304"));
    const Secret<4> target = std::move(source);
    EXPECT_EQ(to_hex(target.view()), "01020304");
    EXPECT_EQ(to_hex(source.view()), "00000000");  // NOLINT(bugprone-use-after-move)
    EXPECT_FALSE(Secret<4>::from(unhex("010203")));

    auto text = SecretBytes::copy_of(unhex("0506"));
    SecretBytes other = std::move(text);
    EXPECT_EQ(to_hex(other.view()), "0506");
    EXPECT_TRUE(text.view().empty());  // NOLINT(bugprone-use-after-move)
}

TEST(Secret, WipesWhenItGoes) {
    alignas(Secret<32>) std::array<unsigned char, sizeof(Secret<32>)> place{};
    auto* secret = new (place.data()) Secret<32>{Secret<32>::random()};
    EXPECT_NE(to_hex(secret->view()), std::string(64, '0'));
    secret->~Secret();
    EXPECT_EQ(to_hex(place), std::string(64, '0'));
}

// RFC 8032 §7.1, tests 1 and 2.
TEST(SigningKey, SignsAsRfc8032) {
    const auto first = key_of(Algorithm::kEd25519,
                              "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    EXPECT_EQ(to_hex(first.public_key().view()),
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    EXPECT_EQ(to_hex(first.sign({})),
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
              "39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    const auto second = key_of(Algorithm::kEd25519,
                               "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    EXPECT_EQ(to_hex(second.sign(unhex("72"))),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
              "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

// RFC 6979 §A.2.5 has the pair of keys.
TEST(SigningKey, FindsThePublicKeyOfAP256Scalar) {
    const auto key = key_of(Algorithm::kEs256,
                            "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    EXPECT_EQ(to_hex(key.public_key().view()),
              "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
}

TEST(SigningKey, FindsThePublicKeysOfTheVectors) {
    const std::tuple<const char*, const char*, Algorithm> rows[] = {
        {"vc-di-eddsa/keyPair.json", "privateKeyMultibase", Algorithm::kEd25519},
        {"vc-di-ecdsa/p256KeyPair.json", "secretKeyMultibase", Algorithm::kEs256},
        {"vc-di-ecdsa/p384KeyPair.json", "secretKeyMultibase", Algorithm::kEs384},
    };
    for (const auto& [name, member, algorithm] : rows) {
        NEED_VECTORS(name);
        const auto pair = crypto::read_vectors(name);
        const auto key = SigningKey::from_secret_multikey(*pair.find_string(member));
        ASSERT_TRUE(key) << name;
        EXPECT_EQ(key->algorithm(), algorithm);
        EXPECT_EQ(crypto::to_multikey(key->public_key()), *pair.find_string("publicKeyMultibase"));
    }
}

TEST(SigningKey, RefusesTextsThatAreNoSecretKey) {
    const auto error = [](const Bytes& bytes) {
        const auto key = SigningKey::from_secret_multikey(
            codec::encode_multibase(codec::Multibase::kBase58Btc, bytes));
        return key ? std::nullopt : std::optional{key.error()};
    };
    EXPECT_EQ(SigningKey::from_secret_multikey("u123").error(), SecretKeyError::kNotMultibase);
    EXPECT_EQ(error(unhex("80")), SecretKeyError::kUnknownMulticodec);
    EXPECT_EQ(error(unhex("ed01")), SecretKeyError::kUnknownMulticodec);
    EXPECT_EQ(error(unhex("8626")), SecretKeyError::kLength);
    Bytes p384 = unhex("8726");
    p384.resize(2 + 48, 0xFF);
    EXPECT_EQ(error(p384), SecretKeyError::kScalarOutOfRange);
    p384.back() = 0;
    p384[2] = 0;
    EXPECT_EQ(error(p384), std::nullopt);
}

TEST(SigningKey, RefusesForTheFirstReason) {
    const auto error = [](Algorithm algorithm, const char* seed) {
        const auto key = SigningKey::from_seed(algorithm, *Seed::from(unhex(seed)));
        return key ? std::nullopt : std::optional{key.error()};
    };
    const char* zero = "0000000000000000000000000000000000000000000000000000000000000000";
    const char* order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    const char* last = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";
    EXPECT_EQ(error(Algorithm::kEs384, zero), SecretKeyError::kUnsupportedAlgorithm);
    EXPECT_EQ(error(Algorithm::kEs256, zero), SecretKeyError::kScalarOutOfRange);
    EXPECT_EQ(error(Algorithm::kEs256, order), SecretKeyError::kScalarOutOfRange);
    EXPECT_EQ(error(Algorithm::kEs256, last), std::nullopt);
    EXPECT_EQ(error(Algorithm::kEd25519, zero), std::nullopt);
}

class GeneratedKey : public testing::TestWithParam<Algorithm> {};

TEST_P(GeneratedKey, SignsWhatVerifies) {
    const auto key = SigningKey::generate(GetParam());
    EXPECT_EQ(key.algorithm(), GetParam());
    EXPECT_NE(SigningKey::generate(GetParam()).public_key(), key.public_key());
    for (std::size_t size = 0; size < 200; ++size) {  // half of the raw s of ES256 are high
        const Bytes message = crypto::repeat(size, 0xA5);
        const Bytes signature = key.sign(message);
        ASSERT_TRUE(crypto::verify(key.public_key(), message, signature, LowS::kRequired));
        EXPECT_EQ(crypto::verify(key.public_key(), unhex("00"), signature).error(),
                  crypto::SignatureError::kMismatch);
    }
}

TEST_P(GeneratedKey, ComesBackFromItsSeed) {
    const auto key = SigningKey::generate(GetParam());
    const auto same = SigningKey::from_secret(GetParam(), SecretBytes::copy_of(key.seed()));
    ASSERT_TRUE(same);
    EXPECT_EQ(same->public_key(), key.public_key());
    const bool is_ed25519 = GetParam() == Algorithm::kEd25519;
    EXPECT_EQ(key.sign(unhex("01")) == same->sign(unhex("01")), is_ed25519);
}

TEST_P(GeneratedKey, SignsInSeveralThreads) {
    const KeySigner signer{SigningKey::generate(GetParam())};
    EXPECT_EQ(signer.algorithm(), GetParam());
    const Bytes message = unhex("0102");
    std::array<int, 4> good{};
    {
        std::vector<std::jthread> threads;
        for (int& count : good) {
            threads.emplace_back([&] {
                for (int i = 0; i < 25; ++i) {
                    const auto signature = signer.sign(message);
                    if (signature && crypto::verify(signer.public_key(), message, *signature)) {
                        ++count;
                    }
                }
            });
        }
    }
    EXPECT_EQ(good, (std::array<int, 4>{25, 25, 25, 25}));
}

INSTANTIATE_TEST_SUITE_P(All, GeneratedKey,
                         testing::Values(Algorithm::kEd25519, Algorithm::kEs256, Algorithm::kEs384),
                         [](const auto& row) { return std::string{to_string(row.param)}; });

TEST(SignError, HasATextForEachNumber) {
    std::set<std::string_view> texts;
    for (const int number : {1, 2, 3}) texts.insert(to_string(static_cast<SignError>(number)));
    for (const int number : {1, 2, 3, 10, 11}) {
        texts.insert(to_string(static_cast<SecretKeyError>(number)));
    }
    EXPECT_EQ(texts.size(), 8U);
}

}  // namespace
}  // namespace tasdiq::keys
