#include "keys/key_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::keys {
namespace {

using codec::Json;
using crypto::Algorithm;

SecretBytes password(std::string_view text) { return SecretBytes::copy_of(as_bytes(text)); }

PasswordSource answer(std::string text) {
    return [text = std::move(text)](const KeyFileHeader&) { return password(text); };
}

const PasswordSource kNever = [](const KeyFileHeader&) -> std::optional<SecretBytes> {
    ADD_FAILURE() << "asked for a password";
    return std::nullopt;
};

const WriteOptions kCheap{.label = "test", .cost = kTestCost};
const WriteOptions kPlain{.label = "node TN", .encryption = Encryption::kUnencrypted};
const ReadOptions kAnyCost{.cost_min = kTestCost};
const ReadOptions kAllowPlain{.allow_unencrypted = true};

std::optional<KeyFileError> error_of(const auto& result) {
    if (result) return std::nullopt;
    return result.error().error;
}

// docs/formats/key-file.md.
constexpr std::string_view kExample = R"({
  "cipher": "xchacha20poly1305",
  "ciphertext": "GQsUhwQ-QtQuEX_KxHxVui1MALtg5rPoPSK4-3W3W3_HGoLbPMWpVe87e2epDlQH",
  "format": "tasdiq-key/1",
  "kdf": {
    "memory_kib": 65536,
    "name": "argon2id",
    "passes": 2,
    "salt": "AAECAwQFBgcICQoLDA0ODw"
  },
  "label": "Registrar, University of Tunis",
  "nonce": "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZX",
  "public": "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
})";
constexpr const char* kExamplePassword = "كلمة السر correct horse";
constexpr const char* kExampleSeed =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

TEST(KeyFile, OpensTheWorkedExample) {
    const auto header = decode_key_file_header(kExample);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->label, "Registrar, University of Tunis");
    EXPECT_EQ(header->cost, kInteractiveCost);
    EXPECT_EQ(crypto::to_multikey(header->public_key),
              "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
    const auto key = decode_key_file(kExample, answer(kExamplePassword));
    ASSERT_TRUE(key);
    EXPECT_EQ(to_hex(key->seed()), kExampleSeed);
}

TEST(KeyFile, ComesBackWithItsPassword) {
    for (const auto algorithm : {Algorithm::kEd25519, Algorithm::kEs256}) {
        const auto key = SigningKey::generate(algorithm);
        const auto text = encode_key_file(key, password("secret"), kCheap);
        ASSERT_TRUE(text);
        EXPECT_EQ(text->back(), '\n');
        const auto same = decode_key_file(*text, answer("secret"), kAnyCost);
        ASSERT_TRUE(same);
        EXPECT_EQ(same->public_key(), key.public_key());
        EXPECT_TRUE(crypto::verify(key.public_key(), {}, same->sign({})));
        // Nothing is the same twice: salt and nonce are new.
        EXPECT_NE(encode_key_file(key, password("secret"), kCheap), *text);
    }
}

TEST(KeyFile, ComesBackUnencryptedWhereAllowed) {
    for (const auto algorithm : {Algorithm::kEd25519, Algorithm::kEs256}) {
        const auto key = SigningKey::generate(algorithm);
        const auto text = encode_key_file(key, {}, kPlain);
        ASSERT_TRUE(text);
        EXPECT_EQ(decode_key_file_header(*text)->cost, std::nullopt);
        const auto same = decode_key_file(*text, kNever, kAllowPlain);
        ASSERT_TRUE(same);
        EXPECT_EQ(same->public_key(), key.public_key());
    }
}

TEST(KeyFile, SaysTheHeaderToWhoeverIsAskedForThePassword) {
    const auto key = SigningKey::generate(Algorithm::kEd25519);
    const auto text = encode_key_file(key, password("p"), kCheap);
    ASSERT_TRUE(text);
    std::string label;
    const PasswordSource ask = [&](const KeyFileHeader& header) {
        label = header.label;
        return password("p");
    };
    EXPECT_TRUE(decode_key_file(*text, ask, kAnyCost));
    EXPECT_EQ(label, "test");
}

// What the file says can't be changed without the password, wherever it is changed.
TEST(KeyFile, BindsEverythingItSays) {
    const auto key = SigningKey::generate(Algorithm::kEd25519);
    const auto text = encode_key_file(key, password("p"), kCheap);
    ASSERT_TRUE(text);
    const auto json = codec::parse_json(*text);
    ASSERT_TRUE(json);
    const auto expect_wrong = [&](const Json& changed) {
        EXPECT_EQ(error_of(decode_key_file(codec::to_jcs(changed), answer("p"), kAnyCost)),
                  KeyFileError::kWrongPassword)
            << codec::to_jcs(changed);
    };
    const auto with = [&](std::string_view member, Json value) {
        Json changed = *json;
        changed.set(member, std::move(value));
        return changed;
    };
    const auto with_kdf = [&](std::string_view member, Json value) {
        Json changed = *json;
        changed.find("kdf")->set(member, std::move(value));
        return changed;
    };
    const auto other = SigningKey::generate(Algorithm::kEd25519);
    expect_wrong(with("label", "tests"));
    expect_wrong(with("public", crypto::to_multikey(other.public_key())));
    expect_wrong(with("nonce", "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZX"));
    expect_wrong(with("ciphertext", std::string(64, 'A')));
    expect_wrong(with_kdf("salt", "AAECAwQFBgcICQoLDA0ODw"));
    expect_wrong(with_kdf("passes", 2));
    expect_wrong(with_kdf("memory_kib", 9));
}

struct Refused {
    const char* why;
    const char* text;
    KeyFileError error;
};

#define PUBLIC "\"public\":\"z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw\""
#define HEAD "{\"format\":\"tasdiq-key/1\",\"cipher\":\"none\",\"label\":\"a\"," PUBLIC
#define SEALED_HEAD \
    "{\"format\":\"tasdiq-key/1\",\"cipher\":\"xchacha20poly1305\",\"label\":\"a\"," PUBLIC
#define NONCE "\"nonce\":\"QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZX\""
#define TEXT "\"ciphertext\":\"GQsUhwQ-QtQuEX_KxHxVui1MALtg5rPoPSK4-3W3W3_HGoLbPMWpVe87e2epDlQH\""
#define SALT "\"salt\":\"AAECAwQFBgcICQoLDA0ODw\""
#define SECRET "\"secret\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\""

// Each row also commits every later offence it can.
constexpr Refused kRefused[] = {
    {"Empty", "", KeyFileError::kNotJson},
    {"KeyTwice", R"({"format":"x","format":"x"})", KeyFileError::kNotJson},
    {"TooDeep", R"({"format":[[[[]]]]})", KeyFileError::kNotJson},
    {"NoObject", "[]", KeyFileError::kUnknownFormat},
    {"NoFormat", R"({"cipher":"rot13"})", KeyFileError::kUnknownFormat},
    {"NextFormat", R"({"format":"tasdiq-key/2","cipher":"rot13"})", KeyFileError::kUnknownFormat},
    {"NoCipher", R"({"format":"tasdiq-key/1"})", KeyFileError::kUnknownCipher},
    {"OtherCipher", R"({"format":"tasdiq-key/1","cipher":"rot13"})", KeyFileError::kUnknownCipher},
    {"NoKdf", SEALED_HEAD "}", KeyFileError::kUnknownKdf},
    {"OtherKdf", SEALED_HEAD ",\"kdf\":{\"name\":\"scrypt\",\"r\":8}}", KeyFileError::kUnknownKdf},
    {"NoSecret", HEAD "}", KeyFileError::kShape},
    {"ShortSecret", HEAD ",\"secret\":\"AAAA\"}", KeyFileError::kShape},
    {"PaddedSecret", HEAD ",\"secret\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\"}",
     KeyFileError::kShape},
    {"OneMore", HEAD "," SECRET ",\"note\":1}", KeyFileError::kShape},
    {"LabelIsNumber",
     R"({"format":"tasdiq-key/1","cipher":"none","label":1,"public":"z","secret":"AAAA"})",
     KeyFileError::kShape},
    {"NoNonce",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":8," SALT "}," TEXT
                 "}",
     KeyFileError::kShape},
    {"NoCiphertext",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":8," SALT "}," NONCE
                 ",\"ciphertext\":\"AAAA\"}",
     KeyFileError::kShape},
    {"OneMoreInKdf",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":8,\"lanes\":1," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kShape},
    {"HalfAPass",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1.5,\"memory_kib\":8," SALT "}," NONCE
                 "," TEXT "}",
     KeyFileError::kShape},
    {"TooMuchMemoryForANumber",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":4294967296," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kShape},
    {"NegativePasses",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":-1,\"memory_kib\":8," SALT "}," NONCE
                 "," TEXT "}",
     KeyFileError::kShape},
    {"ShortSalt",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":8,\"salt\":\"AAAA\"}"
                 "," NONCE "," TEXT "}",
     KeyFileError::kShape},
    {"BadPublicKey",
     "{\"format\":\"tasdiq-key/1\",\"cipher\":\"none\",\"label\":\"\",\"public\":\"z\"," SECRET "}",
     KeyFileError::kPublicKey},
    {"P384",
     "{\"format\":\"tasdiq-key/1\",\"cipher\":\"none\",\"label\":\"\",\"public\":"
     "\"z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54\"," SECRET "}",
     KeyFileError::kPublicKey},
    {"NoLabel",
     "{\"format\":\"tasdiq-key/1\",\"cipher\":\"none\",\"label\":\"\"," PUBLIC "," SECRET "}",
     KeyFileError::kLabel},
    {"LabelWithEscape",
     "{\"format\":\"tasdiq-key/1\",\"cipher\":\"none\",\"label\":\"\\u001b[2J\"," PUBLIC "," SECRET
     "}",
     KeyFileError::kLabel},
    {"Unencrypted", HEAD "," SECRET "}", KeyFileError::kUnencrypted},
    {"FewPasses",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":1,\"memory_kib\":4294967295," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kKdfTooCheap},
    {"LittleMemory",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":17,\"memory_kib\":65535," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kKdfTooCheap},
    {"ManyPasses",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":17,\"memory_kib\":65536," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kKdfTooCostly},
    {"MuchMemory",
     SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":3,\"memory_kib\":67108864," SALT
                 "}," NONCE "," TEXT "}",
     KeyFileError::kKdfTooCostly},
};

class KeyFileRefuses : public testing::TestWithParam<Refused> {};

TEST_P(KeyFileRefuses, ForTheFirstReason) {
    EXPECT_EQ(error_of(decode_key_file(GetParam().text, kNever)), GetParam().error);
    if (GetParam().error < KeyFileError::kKdfTooCheap) {
        EXPECT_EQ(error_of(decode_key_file_header(GetParam().text)), GetParam().error);
    } else {
        EXPECT_TRUE(decode_key_file_header(GetParam().text));
    }
}

INSTANTIATE_TEST_SUITE_P(All, KeyFileRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(KeyFile, RefusesWithoutTheRightPassword) {
    const auto none = [](const KeyFileHeader&) -> std::optional<SecretBytes> {
        return std::nullopt;
    };
    const auto text =
        encode_key_file(SigningKey::generate(Algorithm::kEs256), password("right"), kCheap);
    ASSERT_TRUE(text);
    EXPECT_EQ(error_of(decode_key_file(*text, none, kAnyCost)), KeyFileError::kNoPassword);
    EXPECT_EQ(error_of(decode_key_file(*text, {}, kAnyCost)), KeyFileError::kNoPassword);
    EXPECT_EQ(error_of(decode_key_file(*text, answer(""), kAnyCost)), KeyFileError::kNoPassword);
    EXPECT_EQ(error_of(decode_key_file(*text, answer("Right"), kAnyCost)),
              KeyFileError::kWrongPassword);
    EXPECT_EQ(error_of(decode_key_file(*text, answer("right"), kAnyCost)), std::nullopt);
}

TEST(KeyFile, IsNotWrittenForP384) {
    const auto text = encode_key_file(SigningKey::generate(crypto::Algorithm::kEs384), {}, {});
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().error, KeyFileError::kPublicKey);
}

TEST(KeyFile, RefusesASeedOfAnotherKey) {
    const std::string mismatch = HEAD ",\"secret\":\"" + std::string(43, 'A') + "\"}";
    EXPECT_EQ(error_of(decode_key_file(mismatch, kNever, kAllowPlain)), KeyFileError::kKeyMismatch);
    // A P-256 scalar of zero is the secret of no key at all.
    const auto key = SigningKey::generate(Algorithm::kEs256);
    auto json = codec::parse_json(*encode_key_file(key, {}, kPlain));
    ASSERT_TRUE(json);
    json->set("secret", std::string(43, 'A'));
    EXPECT_EQ(error_of(decode_key_file(codec::to_jcs(*json), kNever, kAllowPlain)),
              KeyFileError::kKeyMismatch);
}

TEST(KeyFile, RefusesWhereMemoryEnds) {
    std::string overcommit;
    std::ifstream{"/proc/sys/vm/overcommit_memory"} >> overcommit;
    if (overcommit == "1") GTEST_SKIP() << "this kernel promises memory that it does not have";
    // 4 TiB; the caller lifted the limit himself.
    const std::string greedy =
        SEALED_HEAD ",\"kdf\":{\"name\":\"argon2id\",\"passes\":2,\"memory_kib\":4294967295," SALT
                    "}," NONCE "," TEXT "}";
    const ReadOptions unlimited{.cost_max = {.passes = 2, .memory_kib = 0xFFFFFFFF}};
    EXPECT_EQ(error_of(decode_key_file(greedy, answer("p"), unlimited)), KeyFileError::kNoMemory);
}

TEST(KeyFile, IsNotWrittenForTheFirstReason) {
    const auto key = SigningKey::generate(Algorithm::kEd25519);
    const auto error = [&](std::string_view text, const WriteOptions& options) {
        return error_of(encode_key_file(key, password(text), options));
    };
    EXPECT_EQ(error("", {.label = "", .cost = {}}), KeyFileError::kLabel);
    EXPECT_EQ(error("", {.label = "a\nb", .cost = {}}), KeyFileError::kLabel);
    EXPECT_EQ(error("", {.label = "\xC3", .cost = {}}), KeyFileError::kLabel);
    EXPECT_EQ(error("", {.label = std::string(201, 'a'), .cost = {}}), KeyFileError::kLabel);
    EXPECT_EQ(error("", {.label = "a", .cost = {1, 7}}), KeyFileError::kKdfTooCheap);
    EXPECT_EQ(error("", {.label = "a", .cost = {0, 4'000'000}}), KeyFileError::kKdfTooCheap);
    EXPECT_EQ(error("", {.label = "a", .cost = {17, 8}}), KeyFileError::kKdfTooCostly);
    EXPECT_EQ(error("", {.label = "a", .cost = {1, 1'048'577}}), KeyFileError::kKdfTooCostly);
    EXPECT_EQ(error("", {.label = "a"}), KeyFileError::kNoPassword);
    EXPECT_EQ(error("p", {.label = std::string(200, 'a'), .cost = kTestCost}), std::nullopt);
}

TEST(KeyFileError, HasATextForEachNumber) {
    const std::set<int> numbers{1,  2,  3,  4,  5,  6,  10, 11, 12, 13,
                                14, 15, 16, 20, 21, 22, 23, 30, 31, 32};
    std::set<std::string_view> texts;
    for (const int number : numbers) texts.insert(to_string(static_cast<KeyFileError>(number)));
    EXPECT_EQ(texts.size(), numbers.size());
}

}  // namespace
}  // namespace tasdiq::keys
