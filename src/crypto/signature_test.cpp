#include "crypto/signature.hpp"

#include <gtest/gtest.h>
#include <set>

#include "crypto/vectors_test.hpp"

namespace tasdiq::crypto {
namespace {

struct Ed25519Vector {
    const char* key;
    const char* message;
    const char* signature;
};

// RFC 8032 §7.1, tests 1, 2, 3 and SHA(abc).
constexpr Ed25519Vector kEd25519[] = {
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
    {"ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fee"
     "b"
     "bd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e"
     "0"
     "303dca179c138ac17ad9bef1177331a704"},
};

constexpr const char* kOrder = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

std::optional<SignatureError> error_of(const Result<Ok, SignatureError>& result) {
    if (result) return std::nullopt;
    return result.error();
}

TEST(VerifyEd25519, AcceptsRfc8032) {
    for (const auto& vector : kEd25519) {
        const auto key = Ed25519PublicKey::parse(unhex(vector.key));
        ASSERT_TRUE(key);
        EXPECT_TRUE(verify(*key, unhex(vector.message), unhex(vector.signature)));
        EXPECT_TRUE(verify(PublicKey{*key}, unhex(vector.message), unhex(vector.signature)));
    }
}

// Each row also commits every later offence it can.
TEST(VerifyEd25519, RefusesForTheFirstReason) {
    const auto key = Ed25519PublicKey::parse(unhex(kEd25519[1].key));
    ASSERT_TRUE(key);
    const Bytes message = unhex("72");
    const Bytes good = unhex(kEd25519[1].signature);
    const std::string prime_plus_one =
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    const std::string one = "0100000000000000000000000000000000000000000000000000000000000000";
    const auto error = [&](ByteView bytes) { return error_of(verify(*key, message, bytes)); };

    EXPECT_EQ(error({}), SignatureError::kLength);
    EXPECT_EQ(error(repeat(63, 0xFF)), SignatureError::kLength);
    EXPECT_EQ(error(repeat(65, 0xFF)), SignatureError::kLength);
    EXPECT_EQ(error(repeat(64, 0xFF)), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(unhex(prime_plus_one + kOrder)), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(unhex(prime_plus_one + one)), SignatureError::kNonceNotCanonical);
    EXPECT_EQ(error(unhex(one + one)), SignatureError::kNonceSmallOrder);
    for (const std::size_t bit : {0U, 255U, 256U, 300U}) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        EXPECT_EQ(error(bad), SignatureError::kMismatch) << bit;
    }
    EXPECT_EQ(error_of(verify(*key, unhex("73"), good)), SignatureError::kMismatch);
    EXPECT_EQ(error(good), std::nullopt);
}

TEST(VerifyEd25519, RefusesTheSameSignatureWithTheOrderAdded) {
    const auto key = Ed25519PublicKey::parse(unhex(kEd25519[0].key));
    ASSERT_TRUE(key);
    Bytes signature = unhex(kEd25519[0].signature);
    const Bytes order = unhex(kOrder);
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += signature[32 + i] + unsigned{order[i]};
        signature[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_EQ(error_of(verify(*key, {}, signature)), SignatureError::kScalarOutOfRange);
}

// RFC 6979 §A.2.5 and §A.2.6, message "sample": both happen to have a high s.
struct EcdsaVector {
    Algorithm algorithm;
    const char* key;
    const char* r;
    const char* s;
    const char* order;
};

constexpr EcdsaVector kEcdsa[] = {
    {Algorithm::kEs256, "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
     "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
     "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
     "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"},
    {Algorithm::kEs384,
     "02ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a25451548"
     "0bc13",
     "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fab"
     "e"
     "46",
     "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628"
     "a"
     "c8",
     "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52"
     "9"
     "73"},
};

class VerifyEcdsa : public testing::TestWithParam<EcdsaVector> {
  protected:
    PublicKey key() const { return *PublicKey::parse(GetParam().algorithm, unhex(GetParam().key)); }
    Bytes signature() const { return unhex(std::string{GetParam().r} + GetParam().s); }
    const Bytes message = to_bytes(as_bytes("sample"));
};

TEST_P(VerifyEcdsa, AcceptsRfc6979WhereHighSMayPass) {
    EXPECT_TRUE(verify(key(), message, signature(), LowS::kNotRequired));
    EXPECT_EQ(error_of(verify(key(), message, signature())), SignatureError::kHighS);
}

TEST_P(VerifyEcdsa, AcceptsTheLowFormEverywhere) {
    Bytes low = signature();
    normalize_low_s(low);
    EXPECT_NE(low, signature());
    EXPECT_TRUE(verify(key(), message, low));
    EXPECT_TRUE(verify(key(), message, low, LowS::kNotRequired));
    Bytes again = low;
    normalize_low_s(again);
    EXPECT_EQ(again, low);
}

TEST_P(VerifyEcdsa, RefusesForTheFirstReason) {
    const std::string r = GetParam().r;
    const std::string s = GetParam().s;
    const std::string order = GetParam().order;
    const std::string zero(order.size(), '0');
    const auto error = [&](const std::string& hex, LowS low_s = LowS::kRequired) {
        return error_of(verify(key(), message, unhex(hex), low_s));
    };
    EXPECT_EQ(error(""), SignatureError::kLength);
    EXPECT_EQ(error(order + order + "00"), SignatureError::kLength);
    EXPECT_EQ(error(zero + order.substr(2)), SignatureError::kLength);
    EXPECT_EQ(error(zero + s), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(r + zero), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(order + s), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(r + order), SignatureError::kScalarOutOfRange);
    EXPECT_EQ(error(s + s), SignatureError::kHighS);
    EXPECT_EQ(error(s + s, LowS::kNotRequired), SignatureError::kMismatch);
    EXPECT_EQ(error_of(verify(key(), as_bytes("Sample"), signature(), LowS::kNotRequired)),
              SignatureError::kMismatch);
}

INSTANTIATE_TEST_SUITE_P(All, VerifyEcdsa, testing::ValuesIn(kEcdsa), [](const auto& row) {
    return std::string{to_string(row.param.algorithm)};
});

TEST(VerifyEcdsa, TakesHalfTheOrderAsLow) {
    // ⌊n/2⌋ of P-256 passes the check of s and fails only in the equation; one more is high.
    const auto key = PublicKey::parse(Algorithm::kEs256, unhex(kEcdsa[0].key));
    ASSERT_TRUE(key);
    const std::string r = kEcdsa[0].r;
    const std::string half = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a";
    EXPECT_EQ(error_of(verify(*key, {}, unhex(r + half + "8"))), SignatureError::kMismatch);
    EXPECT_EQ(error_of(verify(*key, {}, unhex(r + half + "9"))), SignatureError::kHighS);
}

TEST(SignatureError, HasATextForEachNumber) {
    std::set<std::string_view> texts;
    for (const int number : {1, 2, 3, 4, 5, 10}) {
        texts.insert(to_string(static_cast<SignatureError>(number)));
    }
    EXPECT_EQ(texts.size(), 6U);
}

}  // namespace
}  // namespace tasdiq::crypto
