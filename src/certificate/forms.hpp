#pragma once

#include <optional>
#include <string_view>

#include "certificate/builder.hpp"
#include "certificate/schema.hpp"

// Internal to certificate: what both readers of credentials ask of the texts in them.
namespace tasdiq::certificate {

/// Looks at the value of a text member, and notes what the builder needs to know of it. `text` may
/// still have its escapes: where it matters, none are allowed. Nothing if all is well.
[[nodiscard]] std::optional<ClaimsError> check_text(CredentialBuilder& builder,
                                                    const schema::Member& member,
                                                    std::string_view text);

/// What the type of a credential asks of its rows, when all have been read. Nothing if all is well.
[[nodiscard]] std::optional<ClaimsFault> check_rows(const CredentialBuilder& builder);

/// Notes the number of courses; false if the certificate's type has none.
[[nodiscard]] bool set_courses(CredentialBuilder& builder, std::size_t count);

}  // namespace tasdiq::certificate
