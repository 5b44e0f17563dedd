#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/public_key.hpp"
#include "keys/secret.hpp"
#include "keys/signing_key.hpp"

// Spec: docs/formats/key-file.md.
namespace tasdiq::keys {

/// Why a key file was refused or not written. Numbers are stable.
enum class KeyFileError : std::uint16_t {
    // The file: `system_error` of the fault says more
    kCannotOpen = 1,
    kOpenToOthers = 2,
    kTooLarge = 3,
    kCannotRead = 4,
    kExists = 5,
    kCannotWrite = 6,
    // The format
    kNotJson = 10,
    kUnknownFormat = 11,
    kUnknownCipher = 12,
    kUnknownKdf = 13,
    kShape = 14,
    kPublicKey = 15,
    kLabel = 16,
    // What the caller allows
    kKdfTooCheap = 20,
    kKdfTooCostly = 21,
    kUnencrypted = 22,
    kNoPassword = 23,
    // The secret
    kNoMemory = 30,
    kWrongPassword = 31,
    kKeyMismatch = 32,
};
[[nodiscard]] std::string_view to_string(KeyFileError error);

/// An error and, where the system said no, its errno; otherwise 0.
struct KeyFileFault {
    KeyFileError error;
    int system_error = 0;
    friend bool operator==(KeyFileFault, KeyFileFault) = default;
};

/// What deriving a key from a password costs. Spec: RFC 9106 (argon2id, one lane).
struct KdfCost {
    std::uint32_t passes = 0;
    std::uint32_t memory_kib = 0;
    friend bool operator==(KdfCost, KdfCost) = default;
};

/// 256 MiB and about 0.7 s: the default.
inline constexpr KdfCost kModerateCost{.passes = 3, .memory_kib = 262'144};
/// 64 MiB and about 0.1 s: the least that is loaded without being asked.
inline constexpr KdfCost kInteractiveCost{.passes = 2, .memory_kib = 65'536};
/// 1 GiB: a file that asks for more could be an attack on the machine that loads it.
inline constexpr KdfCost kCostMax{.passes = 16, .memory_kib = 1'048'576};
/// No protection worth the name: for tests and the sandbox.
inline constexpr KdfCost kTestCost{.passes = 1, .memory_kib = 8};

/// What anyone may read of a key file.
struct KeyFileHeader {
    crypto::PublicKey public_key;
    std::string label;            // 1–200 bytes of UTF-8
    std::optional<KdfCost> cost;  // none: the secret is not encrypted
};

/// How a secret is written. Choosing kUnencrypted is the caller's explicit decision, for a node
/// that starts unattended.
enum class Encryption : std::uint8_t { kPassword, kUnencrypted };

struct WriteOptions {
    std::string label;
    Encryption encryption = Encryption::kPassword;
    KdfCost cost = kModerateCost;
};

struct ReadOptions {
    KdfCost cost_min = kInteractiveCost;
    KdfCost cost_max = kCostMax;
    bool allow_unencrypted = false;
    /// Lets a file be readable by its group or by everyone.
    bool allow_open_permissions = false;
};

/// Asked once for the password of a file; nothing if there is none.
using PasswordSource = std::function<std::optional<SecretBytes>(const KeyFileHeader&)>;

/// The text of a key file for `key`. `password` is not looked at for kUnencrypted.
/// Errors, first match wins: kPublicKey (P-384 has no key files), kLabel, kKdfTooCheap (below the
/// least of argon2), kKdfTooCostly, kNoPassword (an empty one), kNoMemory.
[[nodiscard]] Result<std::string, KeyFileFault> encode_key_file(const SigningKey& key,
                                                                const SecretBytes& password,
                                                                const WriteOptions& options);

/// Reads the public part of a key file's text, without deriving anything.
/// Errors, first match wins: kNotJson, kUnknownFormat, kUnknownCipher, kUnknownKdf, kShape,
/// kPublicKey, kLabel.
[[nodiscard]] Result<KeyFileHeader, KeyFileFault> decode_key_file_header(std::string_view text);

/// Reads a key file's text.
/// Errors, first match wins: those of `decode_key_file_header`, kUnencrypted, kKdfTooCheap,
/// kKdfTooCostly, kNoPassword, kNoMemory, kWrongPassword (or a changed file: nobody can tell the
/// two apart), kKeyMismatch.
[[nodiscard]] Result<SigningKey, KeyFileFault> decode_key_file(std::string_view text,
                                                               const PasswordSource& password,
                                                               const ReadOptions& options = {});

/// Writes a new key file with mode 0600, durably: it is there whole or not at all. Never replaces
/// a file. Errors, first match wins: kExists, those of `encode_key_file`, kCannotWrite.
[[nodiscard]] Result<Ok, KeyFileFault> write_key_file(const std::string& path,
                                                      const SigningKey& key,
                                                      const SecretBytes& password,
                                                      const WriteOptions& options);

/// Errors, first match wins: kCannotOpen, kOpenToOthers, kTooLarge (over 16 KiB), kCannotRead,
/// those of `decode_key_file_header`.
[[nodiscard]] Result<KeyFileHeader, KeyFileFault> read_key_file_header(
    const std::string& path, const ReadOptions& options = {});

/// Errors, first match wins: kCannotOpen, kOpenToOthers, kTooLarge (over 16 KiB), kCannotRead,
/// those of `decode_key_file`.
[[nodiscard]] Result<SigningKey, KeyFileFault> read_key_file(const std::string& path,
                                                             const PasswordSource& password,
                                                             const ReadOptions& options = {});

/// The password in a file: its first line, which may be empty. The file may be a pipe; nobody but
/// its owner may be able to read it.
/// Errors: kCannotOpen, kOpenToOthers, kTooLarge, kCannotRead.
[[nodiscard]] Result<SecretBytes, KeyFileFault> read_password_file(const std::string& path);

}  // namespace tasdiq::keys
