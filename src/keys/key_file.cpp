#include "keys/key_file.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "codec/json.hpp"
#include "codec/utf8.hpp"
#include "crypto/multikey.hpp"
#include "keys/sodium.hpp"

namespace tasdiq::keys {
namespace {

using codec::Json;

constexpr std::string_view kFormat = "tasdiq-key/1";
constexpr std::string_view kEncrypted = "xchacha20poly1305";
constexpr std::string_view kPlain = "none";
constexpr std::string_view kKdf = "argon2id";
constexpr std::size_t kLabelSizeMax = 200;
constexpr std::size_t kCiphertextSize =
    SigningKey::Seed::kSize + crypto_aead_xchacha20poly1305_ietf_ABYTES;

using Salt = TaggedBytes<struct KeyFileSaltTag, crypto_pwhash_argon2id_SALTBYTES>;
using Nonce = TaggedBytes<struct KeyFileNonceTag, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;
using EncryptionKey = Secret<crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

std::unexpected<KeyFileFault> refuse(KeyFileError error) {
    return std::unexpected{KeyFileFault{error}};
}

/// How the secret lies in a file.
struct Sealed {
    Salt salt;
    Nonce nonce;
    Bytes ciphertext;
    std::string associated_data;
};

struct File {
    KeyFileHeader header;
    Sealed sealed;      // with a cost in the header
    SecretBytes plain;  // without
};

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= kLabelSizeMax && codec::is_utf8(text) &&
           std::ranges::none_of(
               text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Whether `value` is an object of exactly these members.
bool has_members(const Json& value, std::initializer_list<std::string_view> names) {
    return value.is_object() && value.size() == names.size() &&
           std::ranges::all_of(names, [&](std::string_view n) { return value.find(n) != nullptr; });
}

/// The member `name` as base64url of `size` bytes.
std::optional<Bytes> get_bytes(const Json& object, std::string_view name, std::size_t size) {
    const std::string* text = object.find_string(name);
    if (text == nullptr) return std::nullopt;
    auto bytes = codec::decode_base64url(*text);
    if (!bytes || bytes->size() != size) return std::nullopt;
    return bytes;
}

std::optional<std::uint32_t> get_u32(const Json& object, std::string_view name) {
    const Json* value = object.find(name);
    if (value == nullptr) return std::nullopt;
    const auto integer = value->get_integer();
    if (!integer || !std::in_range<std::uint32_t>(*integer)) return std::nullopt;
    return static_cast<std::uint32_t>(*integer);
}

/// Whether `kdf` names the function that we know.
bool is_known_kdf(const Json& json) {
    const Json* kdf = json.find("kdf");
    const std::string* name = kdf == nullptr ? nullptr : kdf->find_string("name");
    return name != nullptr && *name == kKdf;
}

/// The members that only an encrypted file has. Errors: kShape.
Result<std::pair<KdfCost, Sealed>, KeyFileFault> decode_sealed(const Json& json) {
    const Json& kdf = *json.find("kdf");
    if (!has_members(kdf, {"name", "passes", "memory_kib", "salt"})) {
        return refuse(KeyFileError::kShape);
    }
    const auto passes = get_u32(kdf, "passes");
    const auto memory_kib = get_u32(kdf, "memory_kib");
    const auto salt = get_bytes(kdf, "salt", Salt::kSize);
    const auto nonce = get_bytes(json, "nonce", Nonce::kSize);
    auto ciphertext = get_bytes(json, "ciphertext", kCiphertextSize);
    if (!passes || !memory_kib || !salt || !nonce || !ciphertext) {
        return refuse(KeyFileError::kShape);
    }
    Json bound = json;
    bound.erase("ciphertext");
    return std::pair{KdfCost{*passes, *memory_kib},
                     Sealed{*Salt::from(*salt), *Nonce::from(*nonce), *std::move(ciphertext),
                            codec::to_jcs(bound)}};
}

/// Everything but what needs the password. Errors: as `decode_key_file_header`.
Result<File, KeyFileFault> decode(std::string_view text) {
    const auto parsed = codec::parse_json(text, {.depth_max = 4});
    if (!parsed) return refuse(KeyFileError::kNotJson);
    const Json& json = *parsed;
    const std::string* format = json.find_string("format");
    if (format == nullptr || *format != kFormat) return refuse(KeyFileError::kUnknownFormat);
    const std::string* cipher = json.find_string("cipher");
    const bool is_encrypted = cipher != nullptr && *cipher == kEncrypted;
    if (!is_encrypted && (cipher == nullptr || *cipher != kPlain)) {
        return refuse(KeyFileError::kUnknownCipher);
    }
    if (is_encrypted && !is_known_kdf(json)) return refuse(KeyFileError::kUnknownKdf);
    const std::string* label = json.find_string("label");
    const std::string* multikey = json.find_string("public");
    const bool is_whole =
        is_encrypted ? has_members(json, {"format", "cipher", "public", "label", "kdf", "nonce",
                                          "ciphertext"})
                     : has_members(json, {"format", "cipher", "public", "label", "secret"});
    if (!is_whole || label == nullptr || multikey == nullptr) return refuse(KeyFileError::kShape);

    std::optional<KdfCost> cost;
    Sealed sealed;
    SecretBytes plain;
    if (is_encrypted) {
        TRY(auto found, decode_sealed(json));
        cost = found.first;
        sealed = std::move(found.second);
    } else {
        auto bytes = get_bytes(json, "secret", SigningKey::Seed::kSize);
        if (!bytes) return refuse(KeyFileError::kShape);
        plain = SecretBytes::take(*std::move(bytes));
    }
    auto public_key = crypto::parse_multikey(*multikey);
    if (!public_key || public_key->algorithm() == crypto::Algorithm::kEs384) {
        return refuse(KeyFileError::kPublicKey);
    }
    if (!is_label(*label)) return refuse(KeyFileError::kLabel);
    return File{KeyFileHeader{*std::move(public_key), *label, cost}, std::move(sealed),
                std::move(plain)};
}

Result<EncryptionKey, KeyFileFault> derive(const SecretBytes& password, const Salt& salt,
                                           KdfCost cost) {
    init_sodium();
    std::array<std::uint8_t, EncryptionKey::kSize> bytes{};
    const auto* text = reinterpret_cast<const char*>(password.view().data());
    const int failed = crypto_pwhash(
        bytes.data(), bytes.size(), text, password.view().size(), salt.view().data(), cost.passes,
        std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return refuse(KeyFileError::kNoMemory);
    auto key = EncryptionKey::from(bytes);
    wipe(bytes);
    return *std::move(key);
}

bool is_cheaper(KdfCost a, KdfCost b) { return a.passes < b.passes || a.memory_kib < b.memory_kib; }

/// Errors: kNoPassword, kNoMemory, kWrongPassword.
Result<SigningKey::Seed, KeyFileFault> open_sealed(const File& file,
                                                   const PasswordSource& password) {
    const auto given = password ? password(file.header) : std::nullopt;
    if (!given || given->view().empty()) return refuse(KeyFileError::kNoPassword);
    TRY(const EncryptionKey key, derive(*given, file.sealed.salt, *file.header.cost));

    std::array<std::uint8_t, SigningKey::Seed::kSize> bytes{};
    const Sealed& sealed = file.sealed;
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes.data(), nullptr, nullptr, sealed.ciphertext.data(), sealed.ciphertext.size(),
        as_bytes(sealed.associated_data).data(), sealed.associated_data.size(),
        sealed.nonce.view().data(), key.view().data());
    if (failed != 0) return refuse(KeyFileError::kWrongPassword);
    auto seed = SigningKey::Seed::from(bytes);
    wipe(bytes);
    return *std::move(seed);
}

/// Adds the members of an encrypted file. Errors: kNoMemory.
Result<Ok, KeyFileFault> seal(Json& json, ByteView seed, const SecretBytes& password,
                              KdfCost cost) {
    const auto salt = random<Salt>();
    const auto nonce = random<Nonce>();
    json.set("kdf", Json::object()
                        .set("name", kKdf)
                        .set("passes", cost.passes)
                        .set("memory_kib", cost.memory_kib)
                        .set("salt", codec::encode_base64url(salt.view())));
    json.set("nonce", codec::encode_base64url(nonce.view()));
    const std::string associated_data = codec::to_jcs(json);

    TRY(const EncryptionKey key, derive(password, salt, cost));
    Bytes ciphertext(kCiphertextSize);
    ENSURE(crypto_aead_xchacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, seed.data(),
                                                      seed.size(), as_bytes(associated_data).data(),
                                                      associated_data.size(), nullptr,
                                                      nonce.view().data(), key.view().data()) == 0);
    json.set("ciphertext", codec::encode_base64url(ciphertext));
    return Ok{};
}

}  // namespace

std::string_view to_string(KeyFileError error) {
    switch (error) {
        case KeyFileError::kCannotOpen: return "key file cannot be opened";
        case KeyFileError::kOpenToOthers: return "key file is open to others than its owner";
        case KeyFileError::kTooLarge: return "key file is larger than 16 KiB";
        case KeyFileError::kCannotRead: return "key file cannot be read";
        case KeyFileError::kExists: return "there is a file of that name already";
        case KeyFileError::kCannotWrite: return "key file cannot be written";
        case KeyFileError::kNotJson: return "key file is not JSON";
        case KeyFileError::kUnknownFormat: return "file does not say tasdiq-key/1";
        case KeyFileError::kUnknownCipher: return "cipher of the key file is not one we know";
        case KeyFileError::kUnknownKdf: return "password function is not argon2id";
        case KeyFileError::kShape: return "key file has other members or values than it must";
        case KeyFileError::kPublicKey: return "public key in the key file is not one that signs";
        case KeyFileError::kLabel: return "label is not 1–200 bytes of printable text";
        case KeyFileError::kKdfTooCheap: return "password protection is too weak";
        case KeyFileError::kKdfTooCostly: return "password protection asks for too much memory";
        case KeyFileError::kUnencrypted: return "key file is not encrypted";
        case KeyFileError::kNoPassword: return "no password given";
        case KeyFileError::kNoMemory: return "not enough memory for the password protection";
        case KeyFileError::kWrongPassword: return "wrong password, or the file was changed";
        case KeyFileError::kKeyMismatch: return "secret key is not that of the public key";
    }
    ENSURE(false);
}

Result<std::string, KeyFileFault> encode_key_file(const SigningKey& key,
                                                  const SecretBytes& password,
                                                  const WriteOptions& options) {
    if (key.seed().size() != SigningKey::Seed::kSize) return refuse(KeyFileError::kPublicKey);
    if (!is_label(options.label)) return refuse(KeyFileError::kLabel);
    const bool is_encrypted = options.encryption == Encryption::kPassword;
    Json json = Json::object()
                    .set("format", kFormat)
                    .set("cipher", is_encrypted ? kEncrypted : kPlain)
                    .set("label", options.label)
                    .set("public", crypto::to_multikey(key.public_key()));
    if (is_encrypted) {
        if (is_cheaper(options.cost, kTestCost)) return refuse(KeyFileError::kKdfTooCheap);
        if (is_cheaper(kCostMax, options.cost)) return refuse(KeyFileError::kKdfTooCostly);
        if (password.view().empty()) return refuse(KeyFileError::kNoPassword);
        TRY(seal(json, key.seed(), password, options.cost));
    } else {
        json.set("secret", codec::encode_base64url(key.seed()));
    }
    return codec::to_jcs(json) + '\n';
}

Result<KeyFileHeader, KeyFileFault> decode_key_file_header(std::string_view text) {
    TRY(File file, decode(text));
    return std::move(file.header);
}

Result<SigningKey, KeyFileFault> decode_key_file(std::string_view text,
                                                 const PasswordSource& password,
                                                 const ReadOptions& options) {
    TRY(const File file, decode(text));
    const auto& cost = file.header.cost;
    if (!cost && !options.allow_unencrypted) return refuse(KeyFileError::kUnencrypted);
    // kTestCost is the least that argon2 can do, whatever the caller allows.
    if (cost && (is_cheaper(*cost, options.cost_min) || is_cheaper(*cost, kTestCost))) {
        return refuse(KeyFileError::kKdfTooCheap);
    }
    if (cost && is_cheaper(options.cost_max, *cost)) return refuse(KeyFileError::kKdfTooCostly);

    auto seed =
        cost ? open_sealed(file, password)
             : Result<SigningKey::Seed, KeyFileFault>{*SigningKey::Seed::from(file.plain.view())};
    if (!seed) return std::unexpected{seed.error()};
    auto key = SigningKey::from_seed(file.header.public_key.algorithm(), *std::move(seed));
    if (!key || key->public_key() != file.header.public_key) {
        return refuse(KeyFileError::kKeyMismatch);
    }
    return *std::move(key);
}

}  // namespace tasdiq::keys
