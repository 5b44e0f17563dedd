#include "crypto/public_key.hpp"

#include <gtest/gtest.h>
#include <set>

#include "crypto/vectors_test.hpp"

namespace tasdiq::crypto {
namespace {

struct Refused {
    const char* why;
    Algorithm algorithm;
    const char* raw;
    KeyError error;
};

// One row per error of each kind of key; each commits every later offence it can.
constexpr Refused kRefused[] = {
    {"Ed25519Short", Algorithm::kEd25519,
     "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", KeyError::kLength},
    {"Ed25519Long", Algorithm::kEd25519,
     "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00", KeyError::kLength},
    // p + 2, which is no point either; p + 1 = 1, of small order
    {"Ed25519PrimePlusTwo", Algorithm::kEd25519,
     "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", KeyError::kNotCanonical},
    {"Ed25519PrimePlusOne", Algorithm::kEd25519,
     "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", KeyError::kNotCanonical},
    {"Ed25519Prime", Algorithm::kEd25519,
     "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", KeyError::kNotCanonical},
    {"Ed25519Two", Algorithm::kEd25519,
     "0200000000000000000000000000000000000000000000000000000000000000", KeyError::kNotOnCurve},
    {"Ed25519Order1", Algorithm::kEd25519,
     "0100000000000000000000000000000000000000000000000000000000000000", KeyError::kSmallOrder},
    {"Ed25519NegativeZero", Algorithm::kEd25519,
     "0100000000000000000000000000000000000000000000000000000000000080", KeyError::kNotCanonical},
    {"Ed25519OtherNegativeZero", Algorithm::kEd25519,
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", KeyError::kNotCanonical},
    {"Ed25519Order2", Algorithm::kEd25519,
     "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", KeyError::kSmallOrder},
    {"Ed25519Order4", Algorithm::kEd25519,
     "0000000000000000000000000000000000000000000000000000000000000000", KeyError::kSmallOrder},
    {"Ed25519Order4Negative", Algorithm::kEd25519,
     "0000000000000000000000000000000000000000000000000000000000000080", KeyError::kSmallOrder},
    {"Ed25519Order8", Algorithm::kEd25519,
     "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", KeyError::kSmallOrder},
    {"Ed25519Order8Negative", Algorithm::kEd25519,
     "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", KeyError::kSmallOrder},
    {"Ed25519OtherOrder8", Algorithm::kEd25519,
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", KeyError::kSmallOrder},
    {"Ed25519OtherOrder8Negative", Algorithm::kEd25519,
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", KeyError::kSmallOrder},
    {"P256Infinity", Algorithm::kEs256, "00", KeyError::kLength},
    {"P256Form", Algorithm::kEs256,
     "04ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", KeyError::kPointForm},
    {"P256Prime", Algorithm::kEs256,
     "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", KeyError::kNotCanonical},
    {"P256One", Algorithm::kEs256,
     "020000000000000000000000000000000000000000000000000000000000000001", KeyError::kNotOnCurve},
    {"P384Short", Algorithm::kEs384,
     "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", KeyError::kLength},
    {"P384Form", Algorithm::kEs384,
     "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
     "ffffffffffffffffffffffffffffffff",
     KeyError::kPointForm},
    {"P384Prime", Algorithm::kEs384,
     "03fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
     "ffffffff0000000000000000ffffffff",
     KeyError::kNotCanonical},
    {"P384One", Algorithm::kEs384,
     "020000000000000000000000000000000000000000000000000000000000000000"
     "00000000000000000000000000000001",
     KeyError::kNotOnCurve},
};

class PublicKeyRefuses : public testing::TestWithParam<Refused> {};

TEST_P(PublicKeyRefuses, ForTheFirstReason) {
    const auto key = PublicKey::parse(GetParam().algorithm, unhex(GetParam().raw));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error(), GetParam().error) << to_string(key.error());
}

INSTANTIATE_TEST_SUITE_P(All, PublicKeyRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

// SEC 2 §2.4.2 and §2.5.1: the base points, whose both forms are published.
constexpr const char* kP256 = "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
constexpr const char* kP256Uncompressed =
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
constexpr const char* kP384 =
    "03aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
    "5502f25dbf55296c3a545e3872760ab7";
constexpr const char* kP384Uncompressed =
    "04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
    "5502f25dbf55296c3a545e3872760ab7"
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
    "0a60b1ce1d7e819d7a431d7c90ea0e5f";
// RFC 8032 §7.1, test 1.
constexpr const char* kEd25519 = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

template <class Key>
void expect_both_forms(const char* compressed, const char* uncompressed) {
    const auto key = Key::parse(unhex(compressed));
    ASSERT_TRUE(key);
    EXPECT_EQ(to_hex(key->uncompressed()), uncompressed);
    const auto same = Key::parse_uncompressed(unhex(uncompressed));
    ASSERT_TRUE(same);
    EXPECT_EQ(to_hex(same->view()), compressed);
    EXPECT_EQ(*key, *same);

    // The other y: the same point with the other sign.
    Bytes negative = unhex(compressed);
    negative[0] ^= 1;
    const auto other = Key::parse(negative);
    ASSERT_TRUE(other);
    EXPECT_NE(*other, *key);
    EXPECT_LT(*other, *key);
    EXPECT_EQ(Key::parse_uncompressed(other->uncompressed()), *other);
}

TEST(EcPublicKey, ReadsBothForms) {
    expect_both_forms<P256PublicKey>(kP256, kP256Uncompressed);
    expect_both_forms<P384PublicKey>(kP384, kP384Uncompressed);
}

template <class Key>
void expect_refusals_of_uncompressed(const char* uncompressed) {
    const Bytes good = unhex(uncompressed);
    const std::size_t half = good.size() / 2;
    const auto error = [](const Bytes& raw) { return Key::parse_uncompressed(raw).error(); };

    EXPECT_EQ(error({}), KeyError::kLength);
    Bytes bad = good;
    bad.push_back(0);
    EXPECT_EQ(error(bad), KeyError::kLength);
    bad = repeat(good.size(), 0xFF);
    bad[0] = 6;  // X9.62's hybrid form
    EXPECT_EQ(error(bad), KeyError::kPointForm);
    bad = good;
    std::fill(bad.begin() + 1, bad.begin() + 1 + static_cast<std::ptrdiff_t>(half), 0xFF);
    EXPECT_EQ(error(bad), KeyError::kNotCanonical);
    bad = good;
    std::fill(bad.begin() + 1 + static_cast<std::ptrdiff_t>(half), bad.end(), 0xFF);
    EXPECT_EQ(error(bad), KeyError::kNotCanonical);
    bad = good;
    bad.back() ^= 1;
    EXPECT_EQ(error(bad), KeyError::kNotOnCurve);
}

TEST(EcPublicKey, RefusesUncompressedForTheFirstReason) {
    expect_refusals_of_uncompressed<P256PublicKey>(kP256Uncompressed);
    expect_refusals_of_uncompressed<P384PublicKey>(kP384Uncompressed);
}

TEST(PublicKey, KeepsAlgorithmAndBytes) {
    const std::pair<Algorithm, const char*> keys[] = {
        {Algorithm::kEd25519, kEd25519}, {Algorithm::kEs256, kP256}, {Algorithm::kEs384, kP384}};
    for (const auto& [algorithm, raw] : keys) {
        const auto key = PublicKey::parse(algorithm, unhex(raw));
        ASSERT_TRUE(key) << to_string(algorithm);
        EXPECT_EQ(key->algorithm(), algorithm);
        EXPECT_EQ(to_hex(key->view()), raw);
        EXPECT_EQ(key->get<Ed25519PublicKey>() != nullptr, algorithm == Algorithm::kEd25519);
        EXPECT_EQ(key->get<P256PublicKey>() != nullptr, algorithm == Algorithm::kEs256);
        EXPECT_EQ(key->get<P384PublicKey>() != nullptr, algorithm == Algorithm::kEs384);
        EXPECT_EQ(algorithm_from_cose(static_cast<int>(algorithm)), algorithm);
    }
    EXPECT_NE(*PublicKey::parse(Algorithm::kEd25519, unhex(kEd25519)),
              *PublicKey::parse(Algorithm::kEs256, unhex(kP256)));
}

TEST(Algorithm, IsNoneForOtherNumbers) {
    for (const std::int64_t number : {0, 7, -6, -9, -36, -48}) {
        EXPECT_FALSE(algorithm_from_cose(number)) << number;
    }
    EXPECT_FALSE(algorithm_from_cose((std::int64_t{1} << 32) - 8));
    EXPECT_EQ(to_string(Algorithm::kEd25519), "Ed25519");
    EXPECT_EQ(to_string(Algorithm::kEs256), "ES256");
    EXPECT_EQ(to_string(Algorithm::kEs384), "ES384");
}

TEST(KeyError, HasATextForEachNumber) {
    std::set<std::string_view> texts;
    for (const int number : {1, 2, 3, 4, 10, 11, 20, 21, 22, 23, 24}) {
        texts.insert(to_string(static_cast<KeyError>(number)));
    }
    EXPECT_EQ(texts.size(), 11U);
}

}  // namespace
}  // namespace tasdiq::crypto
