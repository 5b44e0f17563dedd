#pragma once

#include <string>

#include "cli/known_members.hpp"

namespace tasdiq::cli {

/// The life of a certificate, as `LedgerReader::show_certificate` found it, a sentence a line: its
/// recording, what it stands to, its seat, every decision with who signed it, its attestation.
[[nodiscard]] std::string certificate_life(const codec::Json& shown, text::Language language,
                                           const KnownMembers& known);

}  // namespace tasdiq::cli
