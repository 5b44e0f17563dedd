#include "certificate/claims.hpp"

#include <algorithm>

#include "certificate/example_test.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

TEST(ClaimsTable, IsThatOfItsPage) {
    using enum wire::CertificateType;
    for (const auto& [types, rows] :
         {std::pair{std::vector{kTranscript, kSupplement}, std::size_t{28}},
          std::pair{std::vector{kEquivalency, kAttestation}, std::size_t{23}}}) {
        const auto page = table_of_page(types.front());
        ASSERT_EQ(page.size(), rows);
        std::size_t found = 0;
        for (std::uint8_t row = 0; row < kTableRows; ++row) {
            if (!has_row(types[0], row) && !has_row(types[1], row)) continue;
            ASSERT_LT(number_in_table(types[0], row), rows);
            EXPECT_EQ(page[number_in_table(types[0], row)], pointer_of_row(row));
            ++found;
        }
        EXPECT_EQ(found, rows);
    }
}

TEST(ClaimsTable, HasCoursesInTranscriptsAndSupplementsOnly) {
    const auto courses = parse_claim_pointer("/credentialSubject/courses/0");
    ASSERT_TRUE(courses);
    for (const auto type :
         {wire::CertificateType::kTranscript, wire::CertificateType::kSupplement}) {
        EXPECT_TRUE(has_row(type, courses->row));
    }
    EXPECT_FALSE(has_row(wire::CertificateType::kDegree, courses->row));
    EXPECT_TRUE(has_row(wire::CertificateType::kDegree, 0));
    EXPECT_FALSE(has_row(wire::CertificateType::kDegree, kTableRows));
}

TEST(ClaimsTable, HasWhatAuthoritiesSayInTheirTypesOnly) {
    const auto has = [](wire::CertificateType type, std::string_view pointer) {
        return has_row(type, parse_claim_pointer(pointer)->row);
    };
    using enum wire::CertificateType;
    for (std::uint8_t code = 1; code <= 12; ++code) {
        const auto type = static_cast<wire::CertificateType>(code);
        const bool is_authoritys = type == kEquivalency || type == kAttestation;
        EXPECT_EQ(has(type, "/credentialSubject/equivalency"), type == kEquivalency);
        EXPECT_EQ(has(type, "/credentialSubject/attestation"), type == kAttestation);
        EXPECT_EQ(has(type, "/credentialSubject/target"), is_authoritys);
        EXPECT_EQ(has(type, "/credentialSubject/document"), is_authoritys);
        EXPECT_EQ(has(type, "/credentialSubject/grade"), !is_authoritys);
        EXPECT_TRUE(has(type, "/issuer"));
    }
}

TEST(ClaimPointer, GoesBothWays) {
    for (std::uint8_t row = 0; row < kTableRows; ++row) {
        for (const std::uint32_t item : {0U, 10U}) {
            if (!is_array_row(row) && item != 0) continue;
            const ClaimId claim{row, item};
            EXPECT_EQ(parse_claim_pointer(to_pointer(claim)), claim) << to_pointer(claim);
        }
    }
    for (const char* bad : {"", "/", "/id/0", "/credentialSubject/courses", "/credentialSubject",
                            "/credentialSubject/courses/", "/credentialSubject/courses/*",
                            "/credentialSubject/courses/01", "/credentialSubject/courses/1/code",
                            "/credentialSubject/courses/-1",
                            "/credentialSubject/courses/4294967296", "/proof", "/type", "id"}) {
        EXPECT_FALSE(parse_claim_pointer(bad)) << bad;
    }
}

TEST(ReadCredential, CutsWhatMakingWrote) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const CanonicalCredential made = make(record);
        const auto read = read_credential(parse(made.text()));
        ASSERT_TRUE(read) << read.error().pointer;
        EXPECT_EQ(read->text(), made.text());
        EXPECT_EQ(read->hash(), made.hash());
        EXPECT_EQ(read->type(), made.type());
        EXPECT_EQ(read->valid_until(), made.valid_until());
        EXPECT_EQ(read->course_count(), made.course_count());
        EXPECT_EQ(read->with_proof("{}"), made.with_proof("{}"));
        ASSERT_EQ(read->claims().size(), made.claims().size());
        for (std::size_t i = 0; i < made.claims().size(); ++i) {
            EXPECT_EQ(read->claims()[i].id, made.claims()[i].id);
            EXPECT_EQ(read->value_of(read->claims()[i]), made.value_of(made.claims()[i]));
        }
    }
}

TEST(ReadCredential, FindsEachClaimWhereItsPointerSays) {
    const CanonicalCredential credential = make(transcript());
    const Json document = parse(credential.text());
    EXPECT_TRUE(std::ranges::is_sorted(credential.claims(), {}, &Claim::id));
    for (const Claim& claim : credential.claims()) {
        const std::string pointer = to_pointer(claim.id);
        const Json* const value = codec::resolve_pointer(document, pointer);
        ASSERT_NE(value, nullptr) << pointer;
        EXPECT_EQ(credential.value_of(claim), codec::to_jcs(*value));
        EXPECT_EQ(credential.find(claim.id), codec::to_jcs(*value));
    }
    EXPECT_FALSE(credential.find({1, 0}));  // no credentialStatus
    const std::uint8_t courses = parse_claim_pointer("/credentialSubject/courses/0")->row;
    EXPECT_TRUE(credential.find({courses, 2}));
    EXPECT_FALSE(credential.find({courses, 3}));
    EXPECT_EQ(credential.course_count(), 3);
    EXPECT_EQ(credential.id(), "urn:uuid:" + std::string{kUuid});
    EXPECT_EQ(credential.issuer_did(), "did:web:ledger.example%3A8480:i:7");
}

TEST(ReadCredential, LeavesProofsOut) {
    const CanonicalCredential credential = make(diploma());
    const std::string secured = credential.with_proof(R"([{"type":"X"}])");
    const Json document = parse(secured);
    EXPECT_EQ(codec::to_jcs(document), secured);
    const auto read = read_credential(document);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text(), credential.text());
    EXPECT_EQ(read->with_proof(R"([{"type":"X"}])"), secured);
}

TEST(ReadCredential, TakesStatusEntries) {
    Json document = parse(make(diploma()).text());
    const Json entry = Json::object()
                           .set("type", "BitstringStatusListEntry")
                           .set("statusPurpose", "revocation")
                           .set("statusListIndex", "94567")
                           .set("statusListCredential", "https://ledger.example/status/3");
    document.set("credentialStatus", Json::array().push(entry));
    const auto read = read_credential(document);
    ASSERT_TRUE(read) << read.error().pointer;
    EXPECT_EQ(read->find({1, 0}), codec::to_jcs(entry));
}

struct Refused {
    const char* why;
    const char* find;  // in the text of the transcript
    const char* put;
    ClaimsError error;
    const char* pointer;
};

constexpr Refused kRefused[] = {
    {"ContextChanged", R"("@protected":true)", R"("@protected":false)", ClaimsError::kContext,
     "/@context"},
    {"UnknownAtTop", R"("name":"Bachelor of Computer Science","type":["V)",
     R"("nam":1,"name":"Bachelor of Computer Science","type":["V)", ClaimsError::kUnknownMember,
     "/nam"},
    {"UnknownInSubject", R"("site":1)", R"("site":1,"proof":{})", ClaimsError::kUnknownMember,
     "/credentialSubject/proof"},
    {"UnknownInCourse", R"({"code":"MAT102")", R"({"secret":1,"code":"MAT102")",
     ClaimsError::kUnknownMember, "/credentialSubject/courses/1/secret"},
    {"UnknownInClaim", R"("of":118)", R"("of":118,"off":1)", ClaimsError::kUnknownMember,
     "/credentialSubject/rank/off"},
    {"Missing", R"("mode":"on-site",)", "", ClaimsError::kMissing, "/credentialSubject/mode"},
    {"MissingInside", R"("code":"MAT102",)", "", ClaimsError::kMissing,
     "/credentialSubject/courses/1/code"},
    {"TextIsNumber", R"("mode":"on-site")", R"("mode":1)", ClaimsError::kType,
     "/credentialSubject/mode"},
    {"Null", R"("mode":"on-site")", R"("mode":null)", ClaimsError::kType,
     "/credentialSubject/mode"},
    {"NumberIsText", R"("site":1)", R"("site":"1")", ClaimsError::kType, "/credentialSubject/site"},
    {"NumberIsFraction", R"("site":1)", R"("site":1.5)", ClaimsError::kType,
     "/credentialSubject/site"},
    {"BooleanIsNumber", R"("hashed":false)", R"("hashed":0)", ClaimsError::kType,
     "/credentialSubject/identifier/0/hashed"},
    {"EmptyArray", R"(["ar","fr"])", "[]", ClaimsError::kType,
     "/credentialSubject/instructionLanguage"},
    {"ArrayIsText", R"(["ar","fr"])", R"("ar")", ClaimsError::kType,
     "/credentialSubject/instructionLanguage"},
    {"ObjectIsText", R"({"of":118,"position":3})", R"("3")", ClaimsError::kType,
     "/credentialSubject/rank"},
    {"OtherType", R"(["Achievement"])", R"("Achievement")", ClaimsError::kType,
     "/credentialSubject/achievement/type"},
    {"MoreTypes", R"("OpenBadgeCredential"])", R"("OpenBadgeCredential","X"])", ClaimsError::kType,
     "/type"},
    {"CoursesOfAnAuthority", R"("certificateType":"transcript")",
     R"("certificateType":"equivalency")", ClaimsError::kNotInTable, "/credentialSubject/courses"},
    {"EquivalencyInATranscript", R"("honours":)",
     R"("equivalency":{"date":"2026-05-12","number":"1","outcome":"full"},"honours":)",
     ClaimsError::kNotInTable, "/credentialSubject/equivalency"},
    {"TargetInATranscript", R"("type":["AchievementSubject"])",
     R"("target":{"certificate":1,"origin":"o"},"type":["AchievementSubject"])",
     ClaimsError::kNotInTable, "/credentialSubject/target"},
    {"NoSuchType", R"("certificateType":"transcript")", R"("certificateType":"x")",
     ClaimsError::kNoTable, "/credentialSubject/achievement/certificateType"},
    {"CoursesInADegree", R"("certificateType":"transcript")", R"("certificateType":"degree")",
     ClaimsError::kNotInTable, "/credentialSubject/courses"},
    {"Awarded", R"("awardedDate":"2026-06-30T00)", R"("awardedDate":"2026-06-30T01)",
     ClaimsError::kDate, "/awardedDate"},
    {"ValidUntil", "T23:59:59Z", "T23:59:58Z", ClaimsError::kDate, "/validUntil"},
    {"ValidUntilNoDay", "2036-06-30T", "2036-06-31T", ClaimsError::kDate, "/validUntil"},
    {"Intake", R"("intake":"2023-09-15")", R"("intake":"2023-09")", ClaimsError::kDate,
     "/credentialSubject/intake"},
    {"BirthDate", R"("birthDate":"2003-05")", R"("birthDate":"May 2003")", ClaimsError::kDate,
     "/credentialSubject/birthDate"},
};

class ReadCredentialRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ReadCredentialRefuses, AndSaysWhere) {
    const Refused& row = GetParam();
    std::string text = make(transcript()).text();
    const std::size_t at = text.find(row.find);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, std::string_view{row.find}.size(), row.put);
    const auto result = read_credential(parse(text));
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(row.error));
    EXPECT_EQ(result.error().pointer, row.pointer);
}

INSTANTIATE_TEST_SUITE_P(All, ReadCredentialRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

constexpr Refused kRefusedOfAuthorities[] = {
    {"Neither", R"("equivalency":)", R"("equivalencx":)", ClaimsError::kUnknownMember,
     "/credentialSubject/equivalencx"},
    {"Grade", R"("identifier":)", R"("grade":{"scale":"20","value":"1"},"identifier":)",
     ClaimsError::kNotInTable, "/credentialSubject/grade"},
    {"Intake", R"("mode":)", R"("intake":"2023-09-15","mode":)", ClaimsError::kNotInTable,
     "/credentialSubject/intake"},
    {"OtherType", R"("certificateType":"equivalency")", R"("certificateType":"attestation")",
     ClaimsError::kNotInTable, "/credentialSubject/equivalency"},
    {"OfADegree", R"("certificateType":"equivalency")", R"("certificateType":"degree")",
     ClaimsError::kNotInTable, "/credentialSubject/document"},
    {"TargetToo", R"("type":["AchievementSubject"])",
     R"("target":{"certificate":1,"origin":"o"},"type":["AchievementSubject"])",
     ClaimsError::kTarget, "/credentialSubject/target"},
    {"DateOfTheDecision", R"("date":"2026-05-12")", R"("date":"12/05/2026")", ClaimsError::kDate,
     "/credentialSubject/equivalency/date"},
    {"DateOfTheDocument", R"("awardedOn":"2019")", R"("awardedOn":"19")", ClaimsError::kDate,
     "/credentialSubject/document/awardedOn"},
    {"NoOutcome", R"(,"outcome":"partial")", "", ClaimsError::kMissing,
     "/credentialSubject/equivalency/outcome"},
    {"NoCountry", R"("country":"DE",)", "", ClaimsError::kMissing,
     "/credentialSubject/document/country"},
    {"NoInstitution", R"({"nameLatn":"Technische Hochschule Beispielstadt"})", "{}",
     ClaimsError::kMissing, "/credentialSubject/document/institution/nameArab"},
};

class ReadEquivalencyRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ReadEquivalencyRefuses, AndSaysWhere) {
    const Refused& row = GetParam();
    std::string text = make(equivalency()).text();
    const std::size_t at = text.find(row.find);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, std::string_view{row.find}.size(), row.put);
    const auto result = read_secured(as_bytes(text));
    ASSERT_FALSE(result);
    EXPECT_EQ(to_string(result.error().error), to_string(row.error));
    EXPECT_EQ(result.error().pointer, row.pointer);
}

INSTANTIATE_TEST_SUITE_P(All, ReadEquivalencyRefuses, testing::ValuesIn(kRefusedOfAuthorities),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(ReadCredential, WantsWhatAnAuthoritySaysAndOfWhat) {
    Json document = parse(make(equivalency()).text());
    Json& subject = *document.find("credentialSubject");
    subject.erase("document");
    EXPECT_EQ(read_credential(document).error(),
              (ClaimsFault{ClaimsError::kMissing, "/credentialSubject/target"}));
    subject.erase("equivalency");
    EXPECT_EQ(read_credential(document).error(),
              (ClaimsFault{ClaimsError::kMissing, "/credentialSubject/equivalency"}));
}

TEST(ReadCredential, RefusesAnotherThanAnObject) {
    EXPECT_EQ(read_credential(Json{1}).error(), (ClaimsFault{ClaimsError::kType, ""}));
}

TEST(ReadCredential, WantsANameInOneScriptAtLeast) {
    Json document = parse(make(transcript()).text());
    Json& subject = *document.find("credentialSubject");
    for (const char* key : {"nameArab", "nameLatn", "nameTfng"}) {
        ASSERT_TRUE(read_credential(document));
        subject.erase(key);
    }
    EXPECT_EQ(read_credential(document).error(),
              (ClaimsFault{ClaimsError::kMissing, "/credentialSubject/nameArab"}));
    document = parse(make(transcript()).text());
    document.find("credentialSubject")->set("birthPlace", Json::object());
    EXPECT_EQ(read_credential(document).error(),
              (ClaimsFault{ClaimsError::kMissing, "/credentialSubject/birthPlace/nameArab"}));
}

TEST(ReadCredential, RefusesWhatIsTooLarge) {
    Json document = parse(make(diploma()).text());
    document.find("credentialSubject")->set("decision", std::string(kCredentialSizeMax, 'x'));
    EXPECT_EQ(read_credential(document).error(), (ClaimsFault{ClaimsError::kTooLarge, ""}));
}

}  // namespace
}  // namespace tasdiq::certificate
