#pragma once

#include <string>

#include "text/language.hpp"
#include "wire/ids.hpp"

namespace tasdiq::cli {

/// Where an administrator installs the trust root of the production ledger.
inline constexpr const char* kInstalledTrustRoot = "/etc/tasdiq/trust-root.json";

/// Which ledger a signature is for, in a sentence: by its origin if the trust root in `root_path`
/// is that ledger's, by its id otherwise.
[[nodiscard]] std::string ledger_text(const wire::ChainId& chain, text::Language language,
                                      const std::string& root_path = kInstalledTrustRoot);

/// Why nothing should be signed for `chain`; empty if nothing speaks against it.
[[nodiscard]] std::string chain_fault(const wire::ChainId& chain);

}  // namespace tasdiq::cli
