#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "certificate/record.hpp"

// Internal to certificate: which members a credential of ours has, where, and which of them are
// claims. docs/formats/credential.md and claims.md, as data.
namespace tasdiq::certificate::schema {

enum class Shape : std::uint8_t {
    kText,
    kInteger,
    kBoolean,
    kObject,
    kTexts,     // an array of texts, at least one
    kObjects,   // an array of objects, at least one
    kConstant,  // exactly one JCS text
    kProof,     // not part of what is committed to
};

/// How a text must be written.
enum class Form : std::uint8_t { kAny, kDay, kDayStart, kDayEnd, kPartialDate };

struct Member {
    std::string_view key;
    Shape shape;
    bool required = false;
    std::int8_t row = -1;  // of the claims table; −1 where it is none, or inside of one
    std::span<const Member> members{};
    std::string_view constant{};
    Form form = Form::kAny;
    bool named = false;  // of `members`, one at least whose key begins with `name`
};

/// The JCS text of `@context`: two addresses and our own terms. `@vocab` names every member of ours
/// that needs no more than a name, so that linked data loses none. What is in Arabic runs from
/// right to left; names of people are in a script, not in a language that we could know. Courses
/// are one JSON literal: as a list of nodes without names they would cost every verifier of RDF
/// proofs time with the square of their number (docs/decisions/0013).
inline constexpr std::string_view kContext =
    R"(["https://www.w3.org/ns/credentials/v2",)"
    R"("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",)"
    R"({"@protected":true,"@vocab":"urn:tasdiq:vocab#",)"
    R"("awardedOnHijri":{"@direction":"rtl","@language":"ar"},)"
    R"("awardedWith":{"@type":"@id"},)"
    R"("courses":{"@type":"@json"},)"
    R"("nameAr":{"@direction":"rtl","@language":"ar"},)"
    R"("nameArab":{"@direction":"rtl","@language":"und-arab"},)"
    R"("nameEn":{"@direction":"ltr","@language":"en"},)"
    R"("nameFr":{"@direction":"ltr","@language":"fr"},)"
    R"("nameLatn":{"@direction":"ltr","@language":"und-latn"},)"
    R"("nameTfng":{"@direction":"ltr","@language":"und-tfng"}}])";

// ------------------------------------------------------------------ rows of the claims tables
/// Of both tables, in the order of their pointers' members in JCS.
enum Row : std::uint8_t {
    kAwardedDate,
    kCredentialStatus,
    kAcademicYear,
    kAchievement,
    kAttestation,
    kAwardedOnHijri,
    kBirthDate,
    kBirthPlace,
    kCapture,
    kCourses,
    kCredits,
    kDecision,
    kDocument,
    kEquivalency,
    kGrade,
    kHonours,
    kIdentifier,
    kInstructionLanguage,
    kIntake,
    kMode,
    kNameArab,
    kNameLatn,
    kNameTfng,
    kNationality,
    kRank,
    kSite,
    kTarget,
    kId,
    kIssuer,
    kName,
    kValidFrom,
    kValidUntil,
    kRowCount,
};

inline constexpr std::array<std::string_view, kRowCount> kPointers{
    "/awardedDate",
    "/credentialStatus/*",
    "/credentialSubject/academicYear",
    "/credentialSubject/achievement",
    "/credentialSubject/attestation",
    "/credentialSubject/awardedOnHijri",
    "/credentialSubject/birthDate",
    "/credentialSubject/birthPlace",
    "/credentialSubject/capture",
    "/credentialSubject/courses/*",
    "/credentialSubject/credits",
    "/credentialSubject/decision",
    "/credentialSubject/document",
    "/credentialSubject/equivalency",
    "/credentialSubject/grade",
    "/credentialSubject/honours",
    "/credentialSubject/identifier/*",
    "/credentialSubject/instructionLanguage/*",
    "/credentialSubject/intake",
    "/credentialSubject/mode",
    "/credentialSubject/nameArab/*",
    "/credentialSubject/nameLatn/*",
    "/credentialSubject/nameTfng/*",
    "/credentialSubject/nationality",
    "/credentialSubject/rank",
    "/credentialSubject/site",
    "/credentialSubject/target",
    "/id",
    "/issuer",
    "/name",
    "/validFrom",
    "/validUntil",
};

/// Rows as bits.
using Rows = std::uint32_t;
consteval Rows rows(std::initializer_list<Row> list) {
    Rows bits = 0;
    for (const Row row : list) bits |= Rows{1} << row;
    return bits;
}
static_assert(kRowCount == 32);  // all of `Rows`
inline constexpr Rows kAuthorityRows = rows({kAttestation, kDocument, kEquivalency, kTarget});
inline constexpr Rows kStudyRows = rows({kAcademicYear, kCourses, kCredits, kDecision, kGrade,
                                         kHonours, kInstructionLanguage, kIntake, kRank});

/// The rows of the type's table: what authorities issue has one of its own.
[[nodiscard]] constexpr Rows table_of(wire::CertificateType type) {
    return is_authoritys(type) ? ~kStudyRows : ~kAuthorityRows;
}
/// The row's number in the type's table: its bit in the bitmap.
[[nodiscard]] constexpr std::uint8_t number_in_table(wire::CertificateType type, std::uint8_t row) {
    const Rows before = (Rows{1} << row) - 1;
    return static_cast<std::uint8_t>(std::popcount(table_of(type) & before));
}

// ------------------------------------------------------------------ members, in the order of JCS
inline constexpr bool kRequired = true;
inline constexpr bool kOptional = false;
inline constexpr bool kNamed = true;

inline constexpr Member kGradeMembers[] = {
    {"scale", Shape::kText, kRequired},
    {"value", Shape::kText, kRequired},
};
inline constexpr Member kCreditsMembers[] = {
    {"system", Shape::kText, kRequired},
    {"value", Shape::kText, kRequired},
};
inline constexpr Member kPlaceMembers[] = {
    {"nameArab", Shape::kText},
    {"nameLatn", Shape::kText},
    {"nameTfng", Shape::kText},
};
inline constexpr Member kRankMembers[] = {
    {"of", Shape::kInteger, kRequired},
    {"position", Shape::kInteger, kRequired},
};
inline constexpr Member kHonoursMembers[] = {
    {"nameAr", Shape::kText, kRequired},
    {"nameEn", Shape::kText, kRequired},
    {"nameFr", Shape::kText, kRequired},
};
inline constexpr Member kCourseMembers[] = {
    {"code", Shape::kText, kRequired},
    {"credits", Shape::kObject, kOptional, -1, kCreditsMembers},
    {"grade", Shape::kObject, kOptional, -1, kGradeMembers},
    {"nameAr", Shape::kText},
    {"nameEn", Shape::kText},
    {"nameFr", Shape::kText},
    {"semester", Shape::kText},
};
/// A text in the languages of those who wrote it.
inline constexpr Member kLanguageMembers[] = {
    {"nameAr", Shape::kText},
    {"nameEn", Shape::kText},
    {"nameFr", Shape::kText},
};
inline constexpr Member kAttestationMembers[] = {
    {"capacity", Shape::kObject, kRequired, -1, kLanguageMembers, {}, Form::kAny, kNamed},
    {"date", Shape::kText, kRequired, -1, {}, {}, Form::kDay},
    {"kind", Shape::kText, kRequired},
    {"number", Shape::kText, kRequired},
    {"place", Shape::kObject, kRequired, -1, kLanguageMembers, {}, Form::kAny, kNamed},
};
inline constexpr Member kDocumentMembers[] = {
    {"awardedOn", Shape::kText, kOptional, -1, {}, {}, Form::kPartialDate},
    {"country", Shape::kText, kRequired},
    {"institution", Shape::kObject, kRequired, -1, kPlaceMembers, {}, Form::kAny, kNamed},
    {"number", Shape::kText},
    {"title", Shape::kObject, kRequired, -1, kPlaceMembers, {}, Form::kAny, kNamed},
};
inline constexpr Member kEquivalencyMembers[] = {
    {"conditions", Shape::kObject, kOptional, -1, kLanguageMembers, {}, Form::kAny, kNamed},
    {"date", Shape::kText, kRequired, -1, {}, {}, Form::kDay},
    {"equivalentTo", Shape::kObject, kOptional, -1, kLanguageMembers, {}, Form::kAny, kNamed},
    {"number", Shape::kText, kRequired},
    {"outcome", Shape::kText, kRequired},
    {"purpose", Shape::kObject, kOptional, -1, kLanguageMembers, {}, Form::kAny, kNamed},
};
inline constexpr Member kTargetMembers[] = {
    {"certificate", Shape::kInteger, kRequired},
    {"origin", Shape::kText, kRequired},
};
inline constexpr Member kIdentifierMembers[] = {
    {"hashed", Shape::kBoolean, kRequired},
    {"identityHash", Shape::kText, kRequired},
    {"identityType", Shape::kText, kRequired},
    {"type", Shape::kConstant, kRequired, -1, {}, R"("IdentityObject")"},
};
inline constexpr Member kCriteriaMembers[] = {
    {"narrative", Shape::kText, kRequired},
};
inline constexpr Member kAchievementMembers[] = {
    {"achievementType", Shape::kText, kRequired},
    {"awardedWith", Shape::kTexts},
    {"certificateType", Shape::kText, kRequired},
    {"criteria", Shape::kObject, kRequired, -1, kCriteriaMembers},
    {"description", Shape::kText, kRequired},
    {"fieldOfStudy", Shape::kText, kRequired},
    {"id", Shape::kText, kRequired},
    {"iscedField", Shape::kText, kRequired},
    {"iscedLevel", Shape::kInteger, kRequired},
    {"name", Shape::kText, kRequired},
    {"nameAr", Shape::kText, kRequired},
    {"nameEn", Shape::kText, kRequired},
    {"nameFr", Shape::kText, kRequired},
    {"programme", Shape::kText},
    {"type", Shape::kConstant, kRequired, -1, {}, R"(["Achievement"])"},
};
inline constexpr Member kSubjectMembers[] = {
    {"academicYear", Shape::kText, kOptional, kAcademicYear},
    {"achievement", Shape::kObject, kRequired, kAchievement, kAchievementMembers},
    {"attestation", Shape::kObject, kOptional, kAttestation, kAttestationMembers},
    {"awardedOnHijri", Shape::kText, kOptional, kAwardedOnHijri},
    {"birthDate", Shape::kText, kOptional, kBirthDate, {}, {}, Form::kPartialDate},
    {"birthPlace", Shape::kObject, kOptional, kBirthPlace, kPlaceMembers, {}, Form::kAny, kNamed},
    {"capture", Shape::kText, kRequired, kCapture},
    {"courses", Shape::kObjects, kOptional, kCourses, kCourseMembers, {}, Form::kAny, kNamed},
    {"credits", Shape::kObject, kOptional, kCredits, kCreditsMembers},
    {"decision", Shape::kText, kOptional, kDecision},
    {"document", Shape::kObject, kOptional, kDocument, kDocumentMembers},
    {"equivalency", Shape::kObject, kOptional, kEquivalency, kEquivalencyMembers},
    {"grade", Shape::kObject, kOptional, kGrade, kGradeMembers},
    {"honours", Shape::kObject, kOptional, kHonours, kHonoursMembers},
    {"identifier", Shape::kObjects, kRequired, kIdentifier, kIdentifierMembers},
    {"instructionLanguage", Shape::kTexts, kOptional, kInstructionLanguage},
    {"intake", Shape::kText, kOptional, kIntake, {}, {}, Form::kDay},
    {"mode", Shape::kText, kRequired, kMode},
    {"nameArab", Shape::kTexts, kOptional, kNameArab},
    {"nameLatn", Shape::kTexts, kOptional, kNameLatn},
    {"nameTfng", Shape::kTexts, kOptional, kNameTfng},
    {"nationality", Shape::kText, kOptional, kNationality},
    {"rank", Shape::kObject, kOptional, kRank, kRankMembers},
    {"site", Shape::kInteger, kRequired, kSite},
    {"target", Shape::kObject, kOptional, kTarget, kTargetMembers},
    {"type", Shape::kConstant, kRequired, -1, {}, R"(["AchievementSubject"])"},
};
inline constexpr Member kIssuerMembers[] = {
    {"id", Shape::kText, kRequired},
    {"name", Shape::kText, kRequired},
    {"nameAr", Shape::kText, kRequired},
    {"nameEn", Shape::kText, kRequired},
    {"nameFr", Shape::kText, kRequired},
    {"type", Shape::kConstant, kRequired, -1, {}, R"(["Profile"])"},
};
inline constexpr Member kStatusMembers[] = {
    {"id", Shape::kText},
    {"statusListCredential", Shape::kText, kRequired},
    {"statusListIndex", Shape::kText, kRequired},
    {"statusPurpose", Shape::kText, kRequired},
    {"type", Shape::kConstant, kRequired, -1, {}, R"("BitstringStatusListEntry")"},
};
inline constexpr std::string_view kTypes = R"(["VerifiableCredential","OpenBadgeCredential"])";
inline constexpr Member kCredentialMembers[] = {
    {"@context", Shape::kConstant, kRequired, -1, {}, kContext},
    {"awardedDate", Shape::kText, kRequired, kAwardedDate, {}, {}, Form::kDayStart},
    {"credentialStatus", Shape::kObjects, kOptional, kCredentialStatus, kStatusMembers},
    {"credentialSubject", Shape::kObject, kRequired, -1, kSubjectMembers, {}, Form::kAny, kNamed},
    {"id", Shape::kText, kRequired, kId},
    {"issuer", Shape::kObject, kRequired, kIssuer, kIssuerMembers},
    {"name", Shape::kText, kRequired, kName},
    {"proof", Shape::kProof},
    {"type", Shape::kConstant, kRequired, -1, {}, kTypes},
    {"validFrom", Shape::kText, kRequired, kValidFrom, {}, {}, Form::kDayStart},
    {"validUntil", Shape::kText, kOptional, kValidUntil, {}, {}, Form::kDayEnd},
};

/// The most members that one object has.
inline constexpr std::size_t kMembersMax = 28;

/// Members stand in the order of JCS, and rows in the order of members: so claims come in table
/// order while the canonical text is written.
consteval bool is_in_order(std::span<const Member> members, int& row) {
    std::string_view last;
    for (const Member& member : members) {
        if (!(last < member.key) || members.size() > kMembersMax) return false;
        last = member.key;
        if (member.row >= 0 && member.row != row++) return false;
        if (!is_in_order(member.members, row)) return false;
    }
    return true;
}
consteval bool is_in_order() {
    int row = 0;
    return is_in_order(kCredentialMembers, row) && row == kRowCount;
}
static_assert(is_in_order());

}  // namespace tasdiq::certificate::schema
