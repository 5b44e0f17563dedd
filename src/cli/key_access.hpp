#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "keys/key_file.hpp"

namespace tasdiq::cli {

/// Options that every command with a secret key has.
inline constexpr Option kPasswordFileOption{"password-file", "FILE",
                                            "read the key's password from FILE (first line)"};

/// Reads a key file; asks for its password on the terminal, without echo, unless `--password-file`
/// says where it is. A key without a password is read as it is: whoever made it decided so.
/// The error is a sentence that names the file.
[[nodiscard]] Result<keys::SigningKey, std::string> read_key(const std::string& path,
                                                             const Arguments& arguments);

/// What is wrong with a key file, with the system's words where it has some.
[[nodiscard]] std::string to_text(const keys::KeyFileFault& fault);
/// The same, and what to do, as a sentence that names it.
[[nodiscard]] std::string key_fault_text(const std::string& path, const keys::KeyFileFault& fault);

/// A new password, asked for twice, or from `--password-file`.
[[nodiscard]] Result<keys::SecretBytes, std::string> new_password(const Arguments& arguments);

}  // namespace tasdiq::cli
