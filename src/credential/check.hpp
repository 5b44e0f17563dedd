#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "codec/json.hpp"

namespace tasdiq::credential {

inline constexpr std::string_view kCredentialsContext = "https://www.w3.org/ns/credentials/v2";
inline constexpr std::string_view kOpenBadgesContext =
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// Why a document is no credential. Numbers are stable.
enum class CredentialError : std::uint16_t {
    // VC Data Model 2.0
    kNotAnObject = 1,
    kContext = 2,        // §4.3: an array that begins with the credentials context
    kId = 3,             // §4.4: if there, one URL
    kType = 4,           // §4.5: VerifiableCredential among the types
    kName = 5,           // §4.6: `name` and `description` are texts or language objects
    kIssuer = 6,         // §4.7: a URL, or an object with one as `id`
    kSubject = 7,        // §4.8: one or more objects that are not empty
    kValidity = 8,       // §4.9: date-times with an offset
    kValidityOrder = 9,  // §4.9: validUntil before validFrom
    kStatus = 10,        // §4.10: each with a type
    kSchema = 11,        // §4.11: each with an id and a type
    // Open Badges 3.0, where OpenBadgeCredential (or AchievementCredential) is among the types
    kBadgeContext = 20,
    kBadgeMember = 21,       // `id` or `validFrom` missing, `awardedDate` no date-time
    kBadgeProfile = 22,      // issuer: an id, or an object with id and type Profile
    kBadgeSubject = 23,      // one AchievementSubject with an id or an identifier
    kBadgeAchievement = 24,  // id, type Achievement, name, description, criteria
    kBadgeIdentifier = 25,   // IdentityObject: hashed, identityHash, identityType
};
[[nodiscard]] std::string_view to_string(CredentialError error);

/// An error and where: a JSON pointer into the document.
struct CredentialFault {
    CredentialError error;
    std::string pointer;
    friend bool operator==(const CredentialFault&, const CredentialFault&) = default;
};

/// Checks the members that VC Data Model 2.0 and, for a badge, Open Badges 3.0 ask for. Not the
/// proof. Errors in the order of their numbers.
[[nodiscard]] Result<Ok, CredentialFault> check_credential(const codec::Json& document);

/// An absolute URL as far as the data model asks: a scheme, a colon and more, no spaces.
[[nodiscard]] bool is_url(std::string_view text);

}  // namespace tasdiq::credential
