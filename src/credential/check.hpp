#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "codec/json.hpp"

namespace tasdiq::credential {

inline constexpr std::string_view kCredentialsContext = "https://www.w3.org/ns/credentials/v2";
/// Of version 1.1, which is accepted.
inline constexpr std::string_view kCredentialsContext1 = "https://www.w3.org/2018/credentials/v1";
inline constexpr std::string_view kVerifiableCredential = "VerifiableCredential";
inline constexpr std::string_view kVerifiablePresentation = "VerifiablePresentation";
inline constexpr std::string_view kEnvelopedCredential = "EnvelopedVerifiableCredential";
inline constexpr std::string_view kEnvelopedPresentation = "EnvelopedVerifiablePresentation";
inline constexpr std::string_view kOpenBadgesContext =
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// Why a document is no credential. Numbers are stable.
enum class CredentialError : std::uint16_t {
    // VC Data Model 2.0; where it is said, 1.1 otherwise
    kNotAnObject = 1,
    kContext = 2,        // §4.3: an array that begins with the credentials context
    kId = 3,             // §4.4: if there, one URL; of objects in the credential too
    kType = 4,           // §4.5: texts, VerifiableCredential (VerifiablePresentation) among them
    kName = 5,           // §4.6: `name` and `description` are texts or language objects; not 1.1
    kIssuer = 6,         // §4.7: a URL, or an object with one as `id`
    kSubject = 7,        // §4.8: one or more objects that are not empty
    kValidity = 8,       // §4.9: date-times with an offset; 1.1: issuanceDate must be there
    kValidityOrder = 9,  // §4.9: the end before the beginning
    kStatus = 10,        // §4.10: each with a type; 1.1: and an id
    kSchema = 11,        // §4.11: each with an id and a type
    kTermsOfUse = 12,    // §5.5: each with a type
    kEvidence = 13,      // §5.6: each with a type
    kRefresh = 14,       // §5.4: each with a type; 1.1: and an id
    kExtension = 15,     // §5.10: confidenceMethod and renderMethod, each with a type
    kRelated = 16,       // §5.3: each with an id of its own and well-formed digests
    kDigest = 17,        // §5.3: not the digest of the context that we have
    // Open Badges 3.0, where OpenBadgeCredential (or AchievementCredential) is among the types
    kBadgeContext = 20,
    kBadgeMember = 21,       // `id` or `validFrom` missing, `awardedDate` no date-time
    kBadgeProfile = 22,      // issuer: an id, or an object with id and type Profile
    kBadgeSubject = 23,      // one AchievementSubject with an id or an identifier
    kBadgeAchievement = 24,  // id, type Achievement, name, description, criteria
    kBadgeIdentifier = 25,   // IdentityObject: hashed, identityHash, identityType
    // Presentations
    kHolder = 30,        // §4.13: a URL, or an object with one as `id`
    kPresented = 31,     // §4.13: an object, or a list of objects
    kEnvelope = 32,      // §4.13.1, §4.13.2: the credentials context, one type, a data URL as id
    kSelfAsserted = 33,  // §4.13.4: a credential without proof whose issuer is not the holder
};
[[nodiscard]] std::string_view to_string(CredentialError error);

/// An error and where: a JSON pointer into the document.
struct CredentialFault {
    CredentialError error;
    std::string pointer;
    friend bool operator==(const CredentialFault&, const CredentialFault&) = default;
};

/// Checks the members that VC Data Model 2.0 (or 1.1, by the context) and, for a badge, Open Badges
/// 3.0 ask for. Not the proof, not whether it is valid today, and not what JSON-LD asks for.
/// Errors in the order of their numbers, but kId of an object with the object.
/// Spec: VC-DATA-MODEL §4, §5.
[[nodiscard]] Result<Ok, CredentialFault> check_credential(const codec::Json& document);

/// Checks the members of a presentation and of the credentials in it; envelopes are not opened.
/// Errors: kNotAnObject, kContext, kId, kType, kHolder, kTermsOfUse, kRefresh; for each credential
/// kPresented, kEnvelope, those of `check_credential`, kSelfAsserted.
/// Spec: VC-DATA-MODEL §4.13.
[[nodiscard]] Result<Ok, CredentialFault> check_presentation(const codec::Json& document);

// Types of problems. Spec: VC-DATA-MODEL §7.2.
inline constexpr std::string_view kParsingProblem =
    "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
inline constexpr std::string_view kMalformedProblem =
    "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
inline constexpr std::string_view kCryptographicProblem =
    "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
inline constexpr std::string_view kRangeProblem = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR";
/// The one that an error is.
[[nodiscard]] std::string_view problem_type(CredentialError error);

/// An absolute URL as far as the data model asks: a scheme, a colon and more, no spaces.
[[nodiscard]] bool is_url(std::string_view text);

}  // namespace tasdiq::credential
