#include "certificate/record.hpp"

#include <functional>

#include "certificate/example_test.hpp"

namespace tasdiq::certificate {
namespace {

using codec::Json;

TEST(Record, ReadsTheExampleOfTheFormat) {
    const Record record = diploma();
    EXPECT_EQ(record.holder.names.front().script, Script::kArab);
    EXPECT_EQ(record.holder.birth_date, (PartialDate{2003, 5, 0}));
    EXPECT_EQ(record.award.field, 613);
    EXPECT_EQ(record.award.awarded_on, parse_day("2026-06-30"));
    EXPECT_EQ(record.award.grade, (Grade{"16.42", "20"}));
    EXPECT_EQ(record.award.rank, (Rank{3, 118}));
    EXPECT_TRUE(record.courses.empty());
}

TEST(Record, IsReadAsItWasWritten) {
    for (const Record& record : {diploma(), transcript(), equivalency(), apostille()}) {
        const auto again = parse_record(as_bytes(encode(record)));
        ASSERT_TRUE(again) << again.error().field;
        EXPECT_EQ(*again, record);
    }
    const Json example = parse(fenced("record.md", "json record"));
    EXPECT_EQ(encode(diploma()), codec::to_jcs(example));
    EXPECT_EQ(encode(equivalency()), codec::to_jcs(parse(fenced("equivalency.md", "json record"))));
}

TEST(Record, GivesItsTerms) {
    const wire::Terms terms = terms_of(transcript());
    EXPECT_EQ(terms.awarding.size(), 3);
    EXPECT_EQ(terms.type, wire::CertificateType::kTranscript);
    EXPECT_EQ(terms.programme, "INF-L3");
    EXPECT_EQ(terms.intake, parse_day("2023-09-15"));
    EXPECT_FALSE(wire::encode(terms).empty());
}

TEST(PartialDate, IsAYearAMonthOrADay) {
    EXPECT_EQ(parse_partial_date("2003"), (PartialDate{2003, 0, 0}));
    EXPECT_EQ(parse_partial_date("2003-05"), (PartialDate{2003, 5, 0}));
    EXPECT_EQ(parse_partial_date("2004-02-29"), (PartialDate{2004, 2, 29}));
    for (const char* text : {"0004", "2003-05", "2003-05-14"}) {
        EXPECT_EQ(to_text(*parse_partial_date(text)), text);
    }
    for (const char* bad : {"", "03", "2003-", "2003-00", "2003-13", "2003-02-29", "2003-5",
                            "2003-05-", "200X", "2003-05-14T", "-003"}) {
        EXPECT_FALSE(parse_partial_date(bad)) << bad;
    }
    EXPECT_EQ(earliest({2003, 0, 0}), parse_day("2003-01-01"));
    EXPECT_EQ(earliest({2003, 5, 0}), parse_day("2003-05-01"));
}

TEST(Words, GoBothWays) {
    for (const char* word :
         {"degree", "provisional", "transcript", "supplement", "secondary", "vocational",
          "attendance", "micro-credential", "licence", "honorary", "equivalency", "attestation"}) {
        const auto type = parse_certificate_type(word);
        ASSERT_TRUE(type) << word;
        EXPECT_EQ(to_word(*type), word);
    }
    for (const char* word : {"on-site", "distance", "blended", "work-based"}) {
        EXPECT_EQ(to_word(*parse_mode(word)), word);
    }
    for (const char* word : {"contemporaneous", "late", "register", "reconstructed"}) {
        EXPECT_EQ(to_word(*parse_capture(word)), word);
    }
    EXPECT_FALSE(parse_certificate_type("Degree"));
    EXPECT_FALSE(parse_mode(""));
    EXPECT_FALSE(parse_capture("later"));
    EXPECT_FALSE(parse_script("arab"));
}

// ------------------------------------------------------------------ refused while reading
// Changes in the JCS text of the transcript.
constexpr NotRead kNotRead[] = {
    {"Json", "{", "{,", RecordError::kJson, ""},
    {"Twice", R"("version":1)", R"("version":1,"version":1)", RecordError::kJson, ""},
    {"UnknownAtTop", R"("holder":{)", R"("holder":[],"x":{)", RecordError::kUnknownMember, "/x"},
    {"TextType", R"("nationality":"TN")", R"("nationality":7)", RecordError::kType,
     "/holder/nationality"},
    {"NullIsNotNothing", R"("nationality":"TN")", R"("nationality":null)", RecordError::kType,
     "/holder/nationality"},
    {"NumberType", R"("level":6)", R"("level":"6")", RecordError::kType, "/award/level"},
    {"ItemType", R"(["ar","fr"])", R"(["ar",1])", RecordError::kType, "/award/languages/1"},
    {"ListType", R"(["ar","fr"])", R"("ar")", RecordError::kType, "/award/languages"},
    {"MemberIdType", "[8,12]", R"([8,"12"])", RecordError::kType, "/award/awardedWith/1"},
    {"UnknownInAward", R"("level":6)", R"("level":6,"lvl/l~":6)", RecordError::kUnknownMember,
     "/award/lvl~1l~0"},
    {"UnknownInGrade", R"("scale":"20")", R"("of":"20","scale":"20")", RecordError::kUnknownMember,
     "/award/grade/of"},
    {"MissingType", R"(,"type":"transcript")", "", RecordError::kMissing, "/award/type"},
    {"MissingCapture", R"("capture":"contemporaneous",)", "", RecordError::kMissing,
     "/award/capture"},
    {"MissingScript", R"({"script":"Arab","text":"أ)", R"({"text":"أ)", RecordError::kMissing,
     "/holder/names/0/script"},
    {"Version", R"("version":1)", R"("version":2)", RecordError::kVersion, "/version"},
    {"Date", "2026-06-30", "2026-06-31", RecordError::kDate, "/award/awardedOn"},
    {"BirthDate", "2003-05", "2003-5", RecordError::kDate, "/holder/birthDate"},
    {"ValidUntil", "2036-06-30", "2036", RecordError::kDate, "/validUntil"},
    {"TypeWord", R"("type":"transcript")", R"("type":"Transcript")", RecordError::kCode,
     "/award/type"},
    {"ModeWord", "on-site", "onsite", RecordError::kCode, "/award/mode"},
    {"Field", "0613", "613", RecordError::kCode, "/award/field"},
    {"FieldLetters", "0613", "061x", RecordError::kCode, "/award/field"},
    {"Script", "Tfng", "Grek", RecordError::kCode, "/holder/birthPlace/2/script"},
    {"LevelFraction", R"("level":6)", R"("level":6.5)", RecordError::kNumber, "/award/level"},
    {"LevelTooLarge", R"("level":6)", R"("level":300)", RecordError::kNumber, "/award/level"},
    {"SiteNegative", R"("site":1)", R"("site":-1)", RecordError::kNumber, "/award/site"},
    {"EmptyList", "[8,12]", "[]", RecordError::kCount, "/award/awardedWith"},
    {"EmptyTitle", R"("en":"English")", R"("en":"")", RecordError::kText, "/courses/2/title/en"},
};

class ParseRecordRefuses : public testing::TestWithParam<NotRead> {};

TEST_P(ParseRecordRefuses, AndSaysWhere) { expect_not_read(transcript(), GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, ParseRecordRefuses, testing::ValuesIn(kNotRead),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(ParseRecord, RefusesWhatIsTooLargeBeforeReadingIt) {
    const std::string text(kRecordSizeMax + 1, ' ');
    EXPECT_EQ(parse_record(as_bytes(text)).error(), (RecordFault{RecordError::kTooLarge, ""}));
}

// ------------------------------------------------------------------ refused by their values
const std::string kLong(161, 'x');

constexpr NotGood kNotGood[] = {
    {"NoName", [](Record& r) { r.holder.names.clear(); }, RecordError::kCount, "/holder/names"},
    {"ManyNames",
     [](Record& r) {
         r.holder.names.clear();
         for (int i = 0; i < 9; ++i) r.holder.names.push_back({std::to_string(i), Script::kLatn});
     },
     RecordError::kCount, "/holder/names"},
    {"EmptyName", [](Record& r) { r.holder.names[1].text = ""; }, RecordError::kText,
     "/holder/names/1/text"},
    {"LongName", [](Record& r) { r.holder.names[1].text = kLong; }, RecordError::kText,
     "/holder/names/1/text"},
    {"UntrimmedName", [](Record& r) { r.holder.names[1].text += " "; }, RecordError::kText,
     "/holder/names/1/text"},
    {"ControlInName", [](Record& r) { r.holder.names[1].text = "a\nb"; }, RecordError::kText,
     "/holder/names/1/text"},
    {"TurnedName", [](Record& r) { r.holder.names[1].text = "a\u202Eb"; }, RecordError::kText,
     "/holder/names/1/text"},
    {"InvisibleName", [](Record& r) { r.holder.names[1].text = "a\u200Bb"; }, RecordError::kText,
     "/holder/names/1/text"},
    {"NotUtf8", [](Record& r) { r.holder.names[1].text = "a\xC3"; }, RecordError::kText,
     "/holder/names/1/text"},
    {"NameTwice", [](Record& r) { r.holder.names[2] = r.holder.names[1]; }, RecordError::kTwice,
     "/holder/names/2"},
    {"BirthDate", [](Record& r) { r.holder.birth_date = PartialDate{2003, 2, 29}; },
     RecordError::kDate, "/holder/birthDate"},
    {"BirthDayWithoutMonth", [](Record& r) { r.holder.birth_date = PartialDate{2003, 0, 2}; },
     RecordError::kDate, "/holder/birthDate"},
    {"PlaceTwice", [](Record& r) { r.holder.birth_place[1].script = Script::kArab; },
     RecordError::kTwice, "/holder/birthPlace/1"},
    {"Nationality", [](Record& r) { r.holder.nationality = "TUN"; }, RecordError::kCode,
     "/holder/nationality"},
    {"ManyIdentifiers",
     [](Record& r) {
         for (char c = 'a'; c < 'j'; ++c) r.holder.identifiers.push_back({std::string(1, c), "1"});
     },
     RecordError::kCount, "/holder/identifiers"},
    {"Scheme", [](Record& r) { r.holder.identifiers[0].scheme = "National"; }, RecordError::kCode,
     "/holder/identifiers/0/scheme"},
    {"IdentifierTwice", [](Record& r) { r.holder.identifiers[1].scheme = "national"; },
     RecordError::kTwice, "/holder/identifiers/1"},
    {"LongIdentifier", [](Record& r) { r.holder.identifiers[1].value = std::string(65, '1'); },
     RecordError::kText, "/holder/identifiers/1/value"},
    {"Target", [](Record& r) { r.target = apostille().target; }, RecordError::kNotForType,
     "/target"},
    {"Document", [](Record& r) { r.document = equivalency().document; }, RecordError::kNotForType,
     "/document"},
    {"Equivalency", [](Record& r) { r.equivalency = equivalency().equivalency; },
     RecordError::kNotForType, "/equivalency"},
    {"Attestation", [](Record& r) { r.attestation = apostille().attestation; },
     RecordError::kNotForType, "/attestation"},
    {"Title", [](Record& r) { r.award.title.fr = ""; }, RecordError::kText, "/award/title/fr"},
    {"Level", [](Record& r) { r.award.level = 9; }, RecordError::kNumber, "/award/level"},
    {"Field", [](Record& r) { r.award.field = 10'000; }, RecordError::kNumber, "/award/field"},
    {"Programme", [](Record& r) { r.award.programme = "inf"; }, RecordError::kCode,
     "/award/programme"},
    {"AwardedOn", [](Record& r) { r.award.awarded_on = {10'000'000}; }, RecordError::kDate,
     "/award/awardedOn"},
    {"Hijri", [](Record& r) { r.award.awarded_on_hijri = ""; }, RecordError::kText,
     "/award/awardedOnHijri"},
    {"Intake", [](Record& r) { r.award.intake = Day{r.award.awarded_on.days + 1}; },
     RecordError::kDateOrder, "/award/intake"},
    {"ManyPartners",
     [](Record& r) {
         for (std::uint32_t id = 13; id < 20; ++id) r.award.awarded_with.push_back({id});
     },
     RecordError::kCount, "/award/awardedWith"},
    {"NobodyAsPartner", [](Record& r) { r.award.awarded_with[0] = {0}; }, RecordError::kNumber,
     "/award/awardedWith/0"},
    {"PartnersDescend", [](Record& r) { r.award.awarded_with[1] = {3}; }, RecordError::kTwice,
     "/award/awardedWith/1"},
    {"Decision", [](Record& r) { r.award.decision = kLong; }, RecordError::kText,
     "/award/decision"},
    {"AcademicYear", [](Record& r) { r.award.academic_year = " 2026"; }, RecordError::kText,
     "/award/academicYear"},
    {"Honours", [](Record& r) { r.award.honours->ar = "\t"; }, RecordError::kText,
     "/award/honours/ar"},
    {"Grade", [](Record& r) { r.award.grade->value = "16,42"; }, RecordError::kDecimal,
     "/award/grade/value"},
    {"GradeZeros", [](Record& r) { r.award.grade->value = "016"; }, RecordError::kDecimal,
     "/award/grade/value"},
    {"GradePlaces", [](Record& r) { r.award.grade->value = "16.12345"; }, RecordError::kDecimal,
     "/award/grade/value"},
    {"Scale", [](Record& r) { r.award.grade->scale = "20."; }, RecordError::kDecimal,
     "/award/grade/scale"},
    {"GradeAboveScale", [](Record& r) { r.award.grade->value = "20.01"; }, RecordError::kGradeRange,
     "/award/grade/value"},
    {"Credits", [](Record& r) { r.award.credits->value = "-1"; }, RecordError::kDecimal,
     "/award/credits/value"},
    {"CreditSystem", [](Record& r) { r.award.credits->system = ""; }, RecordError::kText,
     "/award/credits/system"},
    {"RankZero", [](Record& r) { r.award.rank->position = 0; }, RecordError::kRankRange,
     "/award/rank/position"},
    {"RankBehindLast", [](Record& r) { r.award.rank->position = 119; }, RecordError::kRankRange,
     "/award/rank/position"},
    {"RankOf", [](Record& r) { r.award.rank->of = 1'000'001; }, RecordError::kNumber,
     "/award/rank/of"},
    {"Language", [](Record& r) { r.award.languages[0] = "Arabic"; }, RecordError::kCode,
     "/award/languages/0"},
    {"LanguageTwice", [](Record& r) { r.award.languages[1] = "ar"; }, RecordError::kTwice,
     "/award/languages/0"},
    {"Courses", [](Record& r) { r.award.type = wire::CertificateType::kDegree; },
     RecordError::kCoursesNotAllowed, "/courses"},
    {"ManyCourses", [](Record& r) { r.courses.resize(kCoursesMax + 1, r.courses[0]); },
     RecordError::kCount, "/courses"},
    {"CourseCode", [](Record& r) { r.courses[1].code = ""; }, RecordError::kText,
     "/courses/1/code"},
    {"CourseTitle", [](Record& r) { r.courses[2].title_en = ""; }, RecordError::kCount,
     "/courses/2/title"},
    {"CourseTitleText", [](Record& r) { r.courses[2].title_ar = kLong; }, RecordError::kText,
     "/courses/2/title/ar"},
    {"CourseGrade", [](Record& r) { r.courses[0].grade->value = "21"; }, RecordError::kGradeRange,
     "/courses/0/grade/value"},
    {"CourseCredits", [](Record& r) { r.courses[0].credits->value = "x"; }, RecordError::kDecimal,
     "/courses/0/credits/value"},
    {"Semester", [](Record& r) { r.courses[0].semester = ""; }, RecordError::kText,
     "/courses/0/semester"},
    {"BornLater", [](Record& r) { r.holder.birth_date = PartialDate{2026, 7, 0}; },
     RecordError::kDateOrder, "/holder/birthDate"},
    {"ValidUntil", [](Record& r) { r.valid_until = Day{r.award.awarded_on.days - 1}; },
     RecordError::kDateOrder, "/validUntil"},
    {"ValidUntilYear", [](Record& r) { r.valid_until = Day{10'000'000}; }, RecordError::kDate,
     "/validUntil"},
};

class CheckRecordRefuses : public testing::TestWithParam<NotGood> {};

TEST_P(CheckRecordRefuses, AndSaysWhere) { expect_not_good(transcript(), GetParam(), issuer()); }

INSTANTIATE_TEST_SUITE_P(All, CheckRecordRefuses, testing::ValuesIn(kNotGood),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(CheckRecord, SaysTheFirstOfTwoReasons) {
    Record record = transcript();
    record.valid_until = Day{0};
    record.courses[0].code = "";
    EXPECT_EQ(check_record(record).error().field, "/courses/0/code");
    record.award.level = 9;
    EXPECT_EQ(check_record(record).error().field, "/award/level");
    record.holder.names.clear();
    EXPECT_EQ(check_record(record).error().field, "/holder/names");
}

}  // namespace
}  // namespace tasdiq::certificate
