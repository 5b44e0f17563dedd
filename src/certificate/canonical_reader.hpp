#pragma once

#include <optional>
#include <string_view>

#include "certificate/claims.hpp"

// Internal to certificate.
namespace tasdiq::certificate {

/// A credential that was read without a detour through a value, and its proofs as they stand there.
struct CanonicalText {
    CanonicalCredential credential;
    std::optional<std::string_view> proof;  // part of the text
};

/// Reads `text` if it is exactly what `with_proof` writes; nothing for anything else, be it good or
/// bad: the strict reader has to look at that.
[[nodiscard]] std::optional<CanonicalText> read_canonical(std::string_view text);

}  // namespace tasdiq::certificate
