#include <functional>
#include <gtest/gtest.h>
#include <set>

#include "crypto/signature.hpp"
#include "crypto/spki.hpp"
#include "crypto/vectors_test.hpp"

// Vectors of C2SP's wycheproof and CCTV.
namespace tasdiq::crypto {
namespace {

Bytes hex_of(const codec::Json& object, std::string_view member) {
    const std::string* text = object.find_string(member);
    EXPECT_NE(text, nullptr) << member;
    return text == nullptr ? Bytes{} : unhex(*text);
}

using Check = std::function<void(const PublicKey&, const codec::Json& test)>;

/// Runs `check` on every test of a file of wycheproof; returns how many there were.
std::size_t for_each_wycheproof(const std::string& name, const Check& check) {
    std::size_t count = 0;
    const auto vectors = read_vectors(name);
    for (const auto& group : vectors.find("testGroups")->as_array()) {
        const auto key = parse_spki(hex_of(group, "publicKeyDer"));
        EXPECT_TRUE(key) << group.find("publicKeyDer")->as_string();
        if (!key) continue;
        for (const auto& test : group.find("tests")->as_array()) {
            SCOPED_TRACE("tcId " + std::to_string(*test.find("tcId")->get_integer()));
            check(*key, test);
            ++count;
        }
    }
    EXPECT_EQ(count, static_cast<std::size_t>(*vectors.find("numberOfTests")->get_integer()));
    return count;
}

TEST(Wycheproof, Ed25519) {
    NEED_VECTORS("wycheproof/ed25519_test.json");
    for_each_wycheproof("wycheproof/ed25519_test.json", [](const auto& key, const auto& test) {
        const auto result = verify(key, hex_of(test, "msg"), hex_of(test, "sig"));
        EXPECT_EQ(result.has_value(), test.find("result")->as_string() == "valid");
    });
}

void expect_wycheproof_ecdsa(const std::string& name, const std::string& half_order) {
    std::size_t high = 0;
    const Bytes half = unhex(half_order);
    for_each_wycheproof(name, [&](const auto& key, const auto& test) {
        const Bytes message = hex_of(test, "msg");
        const Bytes signature = hex_of(test, "sig");
        const bool is_valid = test.find("result")->as_string() == "valid";
        EXPECT_EQ(verify(key, message, signature, LowS::kNotRequired).has_value(), is_valid);

        // Valid for everyone, with a high s: refused where low s is required, and only there.
        const Bytes s(signature.begin() + static_cast<std::ptrdiff_t>(signature.size() / 2),
                      signature.end());
        const auto strict = verify(key, message, signature, LowS::kRequired);
        if (is_valid && half < s) {
            ++high;
            ASSERT_FALSE(strict);
            EXPECT_EQ(strict.error(), SignatureError::kHighS);
        } else {
            EXPECT_EQ(strict.has_value(), is_valid);
        }
    });
    EXPECT_GT(high, 0U);
}

TEST(Wycheproof, EcdsaP256) {
    NEED_VECTORS("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
    expect_wycheproof_ecdsa("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json",
                            "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");
}

TEST(Wycheproof, EcdsaP384) {
    NEED_VECTORS("wycheproof/ecdsa_secp384r1_sha384_p1363_test.json");
    expect_wycheproof_ecdsa("wycheproof/ecdsa_secp384r1_sha384_p1363_test.json",
                            "7fffffffffffffffffffffffffffffffffffffffffffffffe3b1a6c0fa1b96ef"
                            "ac0d06d9245853bd76760cb5666294b9");
}

/// What our rule (README.md) says about a vector with these flags; nothing if it is accepted.
/// low_order_component_* alone is accepted; reencoded_k never comes alone.
std::string expected_refusal(const std::set<std::string>& flags) {
    if (flags.contains("non_canonical_A")) return "key: not canonical";
    if (flags.contains("low_order_A")) return "key: small order";
    if (flags.contains("non_canonical_R")) return "R: not canonical";
    if (flags.contains("low_order_R")) return "R: small order";
    if (flags.contains("low_order_residue")) return "equation";  // holds with the cofactor only
    return "";
}

std::string refusal_of(const codec::Json& vector) {
    const auto key = Ed25519PublicKey::parse(hex_of(vector, "key"));
    if (!key && key.error() == KeyError::kNotCanonical) return "key: not canonical";
    if (!key && key.error() == KeyError::kSmallOrder) return "key: small order";
    if (!key) return "key: other";
    const auto result = verify(*key, as_bytes(*vector.find_string("msg")), hex_of(vector, "sig"));
    if (result) return "";
    switch (result.error()) {
        case SignatureError::kNonceNotCanonical: return "R: not canonical";
        case SignatureError::kNonceSmallOrder: return "R: small order";
        case SignatureError::kMismatch: return "equation";
        case SignatureError::kLength:
        case SignatureError::kScalarOutOfRange:
        case SignatureError::kHighS: break;
    }
    return "other";
}

TEST(Cctv, Ed25519FollowsOurRule) {
    NEED_VECTORS("ed25519-cctv/ed25519vectors.json");
    std::size_t accepted = 0;
    const auto vectors = read_vectors("ed25519-cctv/ed25519vectors.json");
    for (const auto& vector : vectors.as_array()) {
        std::set<std::string> flags;
        if (const auto* array = vector.find("flags")->get_array()) {
            for (const auto& flag : *array) flags.insert(flag.as_string());
        }
        SCOPED_TRACE("number " + std::to_string(*vector.find("number")->get_integer()));
        const std::string refusal = refusal_of(vector);
        EXPECT_EQ(refusal, expected_refusal(flags));
        if (refusal.empty()) ++accepted;
    }
    EXPECT_EQ(vectors.size(), 914U);
    EXPECT_GT(accepted, 0U);
}

}  // namespace
}  // namespace tasdiq::crypto
