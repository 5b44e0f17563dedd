#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "certificate/claims.hpp"
#include "certificate/record.hpp"

namespace tasdiq::certificate {

/// What an authority says, and of which document.
struct Act {
    std::variant<Equivalency, Attestation> what;
    std::variant<Target, Document> about;
};

/// The act that an equivalency or an attestation is; nothing for other types, and for one with a
/// word or number that this version does not know.
[[nodiscard]] std::optional<Act> act_of(const CanonicalCredential& credential);

/// The names of the holder, as they stand there, in table order.
[[nodiscard]] std::vector<ScriptText> holder_names(const CanonicalCredential& credential);

}  // namespace tasdiq::certificate
