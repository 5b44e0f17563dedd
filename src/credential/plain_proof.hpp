#pragma once

#include <optional>
#include <string_view>

// Internal to credential.
namespace tasdiq::credential {

/// The members of a proof as `finish_proof` writes it: these, no escapes. Views into its text.
struct PlainProof {
    bool has_context = false;
    std::string_view created, suite, purpose, value, method;
    std::string_view before_value, behind_value;  // the text without the member `proofValue`
};

/// Reads `text` if it is such a proof; nothing for anything else, which may be as good.
/// `context_jcs` is the JCS text that its `@context` must have if it has one; `text` is UTF-8.
[[nodiscard]] std::optional<PlainProof> read_plain_proof(std::string_view text,
                                                         std::string_view context_jcs);

}  // namespace tasdiq::credential
