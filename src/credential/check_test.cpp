#include "credential/check.hpp"

#include <gtest/gtest.h>

namespace tasdiq::credential {
namespace {

using codec::Json;

constexpr std::string_view kBadge = R"({
  "@context": ["https://www.w3.org/ns/credentials/v2",
               "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", {"a": "urn:a"}],
  "id": "urn:uuid:0f7b1c1e-8c3a-4c1f-9a5e-2d6f5b7a9c10",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "name": "Degree",
  "description": {"@value": "شهادة", "@language": "ar", "@direction": "rtl"},
  "issuer": {"id": "did:web:h:i:9", "type": ["Profile"]},
  "validFrom": "2026-06-30T00:00:00Z",
  "validUntil": "2027-06-30T00:00:00+01:00",
  "awardedDate": "2026-06-30T00:00:00Z",
  "credentialStatus": {"type": "BitstringStatusListEntry"},
  "credentialSchema": {"id": "https://x.example/s", "type": "JsonSchema"},
  "credentialSubject": {
    "type": "AchievementSubject",
    "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "A",
                    "identityType": "name"}],
    "achievement": {"id": "urn:x", "type": ["Achievement"], "name": "N", "description": "D",
                    "criteria": {"narrative": "N"}}
  }
})";

Json badge() {
    auto json = codec::parse_json(kBadge);
    EXPECT_TRUE(json);
    return *std::move(json);
}

/// The badge with the value at `pointer` replaced by `text`, or removed for an empty one.
Json changed(const std::string& pointer, std::string_view text) {
    Json document = badge();
    const std::size_t slash = pointer.rfind('/');
    Json* parent = &document;
    for (std::size_t at = 1; at < slash + 1 && slash != 0;) {
        const std::size_t next = std::min(pointer.find('/', at), pointer.size());
        const std::string token = pointer.substr(at, next - at);
        parent = parent->is_array() ? &parent->as_array()[std::stoul(token)] : parent->find(token);
        at = next + 1;
    }
    const std::string key = pointer.substr(slash + 1);
    if (text.empty()) {
        EXPECT_TRUE(parent->erase(key)) << pointer;
    } else {
        parent->set(key, *codec::parse_json(text));
    }
    return document;
}

struct Rejected {
    const char* why;
    const char* pointer;
    const char* value;  // empty: removed
    CredentialError error;
};

constexpr Rejected kRejected[] = {
    {"NoContext", "/@context", "", CredentialError::kContext},
    {"ContextNotFirst", "/@context", R"(["urn:x","https://www.w3.org/ns/credentials/v2"])",
     CredentialError::kContext},
    {"ContextOfNumbers", "/@context", R"(["https://www.w3.org/ns/credentials/v2",1])",
     CredentialError::kContext},
    {"Id", "/id", R"("not a url")", CredentialError::kId},
    {"IdNumber", "/id", "1", CredentialError::kId},
    {"NoType", "/type", "", CredentialError::kType},
    {"OtherType", "/type", R"(["OpenBadgeCredential"])", CredentialError::kType},
    {"TypeNumber", "/type", R"(["VerifiableCredential",1])", CredentialError::kType},
    {"Name", "/name", "1", CredentialError::kName},
    {"NameMore", "/name", R"({"@value":"x","other":"y"})", CredentialError::kName},
    {"Description", "/description", "[]", CredentialError::kName},
    {"NoIssuer", "/issuer", "", CredentialError::kIssuer},
    {"IssuerWithoutId", "/issuer/id", "", CredentialError::kIssuer},
    {"IssuerText", "/issuer", R"("someone")", CredentialError::kIssuer},
    {"NoSubject", "/credentialSubject", "", CredentialError::kSubject},
    {"EmptySubject", "/credentialSubject", "{}", CredentialError::kSubject},
    {"NoSubjects", "/credentialSubject", "[]", CredentialError::kSubject},
    {"ValidFrom", "/validFrom", R"("2026-06-30")", CredentialError::kValidity},
    {"ValidFromNumber", "/validFrom", "1", CredentialError::kValidity},
    {"ValidUntil", "/validUntil", R"("2026-06-30T00:00:00")", CredentialError::kValidity},
    {"ValidityOrder", "/validUntil", R"("2026-06-29T23:59:59Z")", CredentialError::kValidityOrder},
    {"Status", "/credentialStatus/type", "", CredentialError::kStatus},
    {"Schema", "/credentialSchema/id", "", CredentialError::kSchema},
    {"BadgeContext", "/@context", R"(["https://www.w3.org/ns/credentials/v2"])",
     CredentialError::kBadgeContext},
    {"BadgeId", "/id", "", CredentialError::kBadgeMember},
    {"BadgeValidFrom", "/validFrom", "", CredentialError::kBadgeMember},
    {"BadgeAwarded", "/awardedDate", R"("2026-06-30")", CredentialError::kBadgeMember},
    {"BadgeProfile", "/issuer/type", "", CredentialError::kBadgeProfile},
    {"BadgeSubjectType", "/credentialSubject/type", R"("Person")", CredentialError::kBadgeSubject},
    {"BadgeSubjectUnknown", "/credentialSubject/identifier", "", CredentialError::kBadgeSubject},
    {"BadgeAchievement", "/credentialSubject/achievement", "", CredentialError::kBadgeAchievement},
    {"BadgeAchievementType", "/credentialSubject/achievement/type", R"("X")",
     CredentialError::kBadgeAchievement},
    {"BadgeAchievementName", "/credentialSubject/achievement/name", "",
     CredentialError::kBadgeAchievement},
    {"BadgeCriteria", "/credentialSubject/achievement/criteria", "{}",
     CredentialError::kBadgeAchievement},
    {"BadgeIdentifier", "/credentialSubject/identifier/0/hashed", R"("no")",
     CredentialError::kBadgeIdentifier},
};

class CheckCredentialRejects : public testing::TestWithParam<Rejected> {};

TEST_P(CheckCredentialRejects, AndSaysWhy) {
    const auto result = check_credential(changed(GetParam().pointer, GetParam().value));
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(GetParam().error));
    const std::string_view wanted = GetParam().pointer;
    const std::string_view pointer = result.error().pointer;
    EXPECT_TRUE(wanted.starts_with(pointer) || pointer.starts_with(wanted)) << pointer;
}

INSTANTIATE_TEST_SUITE_P(All, CheckCredentialRejects, testing::ValuesIn(kRejected),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(CheckCredential, TakesABadge) { EXPECT_TRUE(check_credential(badge())); }

TEST(CheckCredential, TakesACredentialThatIsNoBadge) {
    Json document = badge();
    document.set("type", "VerifiableCredential");
    document.erase("id");
    document.set("issuer", "https://issuer.example");
    document.set("credentialSubject", Json::object().set("id", "urn:x"));
    EXPECT_TRUE(check_credential(document));
}

TEST(CheckCredential, RefusesWhatIsNoObject) {
    EXPECT_EQ(check_credential(Json::array()).error(),
              (CredentialFault{CredentialError::kNotAnObject, ""}));
}

TEST(CheckCredential, SaysTheFirstOfTwoReasons) {
    Json document = changed("/credentialSubject/identifier/0/hashed", "1");
    document.set("issuer", "x");
    EXPECT_EQ(check_credential(document).error().error, CredentialError::kIssuer);
    document.set("@context", "x");
    EXPECT_EQ(check_credential(document).error().error, CredentialError::kContext);
}

TEST(IsUrl, WantsASchemeAndMore) {
    for (const char* good : {"urn:x", "https://a.example/b?c#d", "did:web:h%3A1:i:9"}) {
        EXPECT_TRUE(is_url(good)) << good;
    }
    for (const char* bad : {"", ":", "a", "urn:", ":x", "1a:b", "a b:c", "a:b c", "a:<b>"}) {
        EXPECT_FALSE(is_url(bad)) << bad;
    }
}

}  // namespace
}  // namespace tasdiq::credential
