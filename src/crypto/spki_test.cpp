#include "crypto/spki.hpp"

#include <gtest/gtest.h>

#include "crypto/multikey.hpp"
#include "crypto/vectors_test.hpp"

namespace tasdiq::crypto {
namespace {

// Made by openssl genpkey … | openssl pkey -pubout -outform DER.
const std::string kEd25519 =
    "302a300506032b65700321006a1bd5f6c7002e1fe6d8a70a430b1d20a2f771bade365c42425abd70115f955c";
const std::string kP256Head = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
const std::string kP256Point =
    "04474eed3943a0c5ec65ab6a0ca4b6df3089165b3baba08a467b9e18d312e85193"
    "d71ac06e61a20fc1921acf81e0e5abee761aa77da18e7a97ab022b26f8e96ff3";
const std::string kP384Head = "3076301006072a8648ce3d020106052b81040022036200";
const std::string kP384Point =
    "0411dc707387ca55265b3271690d75a51752854b17618ddbe83ffda275ffa19c73"
    "a35e142db2c8f51b9a3e699061db4ae86a53711cbc62b701d0393ec92b61eb7b"
    "1cd73f10f3c3822d4982ab80eb90c3e1f7c705be53648f56e7a087068a708b33";

TEST(Spki, ReadsAndWritesWhatOpensslWrites) {
    const std::pair<std::string, Algorithm> rows[] = {
        {kEd25519, Algorithm::kEd25519},
        {kP256Head + kP256Point, Algorithm::kEs256},
        {kP384Head + kP384Point, Algorithm::kEs384},
    };
    for (const auto& [der, algorithm] : rows) {
        const auto key = parse_spki(unhex(der));
        ASSERT_TRUE(key) << der << ": " << to_string(key.error());
        EXPECT_EQ(key->algorithm(), algorithm);
        EXPECT_EQ(to_hex(to_spki(*key)), der);
        EXPECT_EQ(parse_multikey(to_multikey(*key)), *key);
    }
}

TEST(Spki, IsRefusedWhereverItIsCut) {
    const Bytes der = unhex(kP256Head + kP256Point);
    for (std::size_t size = 0; size < der.size(); ++size) {
        const auto key = parse_spki(ByteView{der}.first(size));
        ASSERT_FALSE(key) << size;
        EXPECT_EQ(key.error(), KeyError::kNotSpki) << size;
    }
}

// Each row also commits every later offence it can.
TEST(Spki, RefusesForTheFirstReason) {
    const std::string ones(64, 'f');
    const std::pair<std::string, KeyError> rows[] = {
        {kEd25519 + "00", KeyError::kNotSpki},                             // something behind it
        {"31" + kEd25519.substr(2), KeyError::kNotSpki},                   // a set
        {"30812a" + kEd25519.substr(4), KeyError::kNotSpki},               // a longer length
        {"302c300506032b6571032100" + ones + "0500", KeyError::kNotSpki},  // a third element
        {"302a300506032b6571042100" + ones, KeyError::kNotSpki},           // an octet string
        {"302a300506032b6571032101" + ones, KeyError::kNotSpki},           // an unused bit
        {"3009300506032b65710300", KeyError::kNotSpki},                    // no bits at all
        {"302a300506032b6571032100" + ones, KeyError::kUnknownSpkiAlgorithm},  // Ed448
        {"302c300706032b65700500032100" + ones, KeyError::kUnknownSpkiAlgorithm},
        {"300a300506032b6570030100", KeyError::kLength},
        {"302a300506032b6570032100" + ones, KeyError::kNotCanonical},
        {"3039301306072a8648ce3d020106082a8648ce3d03010703220002" + kP256Point.substr(2, 64),
         KeyError::kLength},  // compressed: a key has one SPKI
        {kP256Head + "06" + ones + ones, KeyError::kPointForm},
        {kP256Head + "04" + ones + ones, KeyError::kNotCanonical},
        {kP384Head + "04" + std::string(192, '1'), KeyError::kNotOnCurve},
    };
    for (const auto& [der, error] : rows) {
        const auto key = parse_spki(unhex(der));
        ASSERT_FALSE(key) << der;
        EXPECT_EQ(key.error(), error) << der << ": " << to_string(key.error());
    }
}

}  // namespace
}  // namespace tasdiq::crypto
