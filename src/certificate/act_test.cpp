#include "certificate/act.hpp"

#include "certificate/example_test.hpp"

namespace tasdiq::certificate {
namespace {

TEST(Equivalency, IsWrittenAsItsPageSays) {
    const Record record = equivalency();
    const CanonicalCredential credential = make(record);
    EXPECT_EQ(codec::to_jcs(parse(fenced("equivalency.md", "json subject"))),
              codec::to_jcs(*parse(credential.text()).find("credentialSubject")));
    const auto line = [](const std::string& name, const std::string& value) {
        return name + std::string(14 - name.size(), ' ') + value + "\n";
    };
    const std::string_view none[] = {"/id"};
    const auto facts = open_facts(credential, terms_of(record), secret(), none);
    ASSERT_TRUE(facts);
    EXPECT_EQ(
        fenced("equivalency.md", "text commitment"),
        line("terms", to_hex(wire::encode(terms_of(record)))) +
            line("leaf 0", to_hex(facts->header)) +
            line("leaf count", std::to_string(facts->leaf_count)) +
            line("commitment", to_hex(commit(credential, terms_of(record), secret()).view())));
}

TEST(ActOf, GivesBackWhatWasIssued) {
    const auto decided = act_of(make(equivalency()));
    ASSERT_TRUE(decided);
    EXPECT_EQ(std::get<Equivalency>(decided->what), equivalency().equivalency);
    EXPECT_EQ(std::get<Document>(decided->about), equivalency().document);
    const auto attested = act_of(make(apostille()));
    ASSERT_TRUE(attested);
    EXPECT_EQ(std::get<Attestation>(attested->what), apostille().attestation);
    EXPECT_EQ(std::get<Target>(attested->about), apostille().target);
    EXPECT_FALSE(act_of(make(diploma())));
}

TEST(HolderNames, AreThoseOfEveryScript) {
    Record record = diploma();
    record.holder.names = {{"رانيا", Script::kArab}, {"Rania \"R\"", Script::kLatn}};
    EXPECT_EQ(holder_names(make(record)), record.holder.names);
}

TEST(ActOf, GivesNothingOfWhatThisVersionDoesNotKnow) {
    const auto changed = [](const Record& record, std::string_view find, std::string_view put) {
        std::string text = make(record).text();
        text.replace(text.find(find), find.size(), put);
        const auto credential = read_credential(parse(text));
        EXPECT_TRUE(credential) << put;
        return credential && act_of(*credential).has_value();
    };
    EXPECT_TRUE(changed(equivalency(), R"("outcome":"partial")", R"("outcome":"full")"));
    EXPECT_FALSE(changed(equivalency(), R"("outcome":"partial")", R"("outcome":"fuller")"));
    EXPECT_FALSE(changed(apostille(), R"("kind":"apostille")", R"("kind":"seal")"));
    EXPECT_FALSE(changed(apostille(), R"("certificate":4711)", R"("certificate":0)"));
    EXPECT_FALSE(changed(apostille(), R"("certificate":4711)", R"("certificate":-4711)"));
}

TEST(CheckEquivalency, AllowsConditionsOfThreeTimesTheLength) {
    Record record = equivalency();
    record.equivalency->conditions->fr = std::string(480, 'x');
    record.equivalency->equivalent_to->fr = std::string(160, 'x');
    EXPECT_TRUE(check_record(record));
}

const NotGood kOfEquivalencies[] = {
    {"Programme", [](Record& r) { r.award.programme = "X"; }, RecordError::kNotForType,
     "/award/programme"},
    {"Intake", [](Record& r) { r.award.intake = r.award.awarded_on; }, RecordError::kNotForType,
     "/award/intake"},
    {"Partners", [](Record& r) { r.award.awarded_with = {{8}}; }, RecordError::kNotForType,
     "/award/awardedWith"},
    {"Decision", [](Record& r) { r.award.decision = "1"; }, RecordError::kNotForType,
     "/award/decision"},
    {"AcademicYear", [](Record& r) { r.award.academic_year = "1"; }, RecordError::kNotForType,
     "/award/academicYear"},
    {"Honours", [](Record& r) { r.award.honours = r.award.title; }, RecordError::kNotForType,
     "/award/honours"},
    {"Grade", [](Record& r) { r.award.grade = Grade{"1", "2"}; }, RecordError::kNotForType,
     "/award/grade"},
    {"Credits", [](Record& r) { r.award.credits = Credits{"1", "ECTS"}; }, RecordError::kNotForType,
     "/award/credits"},
    {"Rank", [](Record& r) { r.award.rank = Rank{1, 2}; }, RecordError::kNotForType, "/award/rank"},
    {"Languages", [](Record& r) { r.award.languages = {"ar"}; }, RecordError::kNotForType,
     "/award/languages"},
    {"Courses", [](Record& r) { r.courses = transcript().courses; },
     RecordError::kCoursesNotAllowed, "/courses"},
    {"AttestationToo", [](Record& r) { r.attestation = apostille().attestation; },
     RecordError::kNotForType, "/attestation"},
    {"NoEquivalency", [](Record& r) { r.equivalency.reset(); }, RecordError::kMissing,
     "/equivalency"},
    {"OfNothing", [](Record& r) { r.document.reset(); }, RecordError::kMissing, "/target"},
    {"OfTwo", [](Record& r) { r.target = apostille().target; }, RecordError::kTarget, "/target"},
    {"NoInstitution", [](Record& r) { r.document->institution.clear(); }, RecordError::kCount,
     "/document/institution"},
    {"InstitutionText", [](Record& r) { r.document->institution[0].text = " x"; },
     RecordError::kText, "/document/institution/0/text"},
    {"TitleTwice", [](Record& r) { r.document->title.push_back({"x", Script::kLatn}); },
     RecordError::kTwice, "/document/title/1"},
    {"Country", [](Record& r) { r.document->country = "Germany"; }, RecordError::kCode,
     "/document/country"},
    {"DocumentDate", [](Record& r) { r.document->awarded_on = PartialDate{2019, 2, 29}; },
     RecordError::kDate, "/document/awardedOn"},
    {"DocumentNumber", [](Record& r) { r.document->number = std::string(65, '1'); },
     RecordError::kText, "/document/number"},
    {"Number", [](Record& r) { r.equivalency->number = ""; }, RecordError::kText,
     "/equivalency/number"},
    {"Date", [](Record& r) { r.equivalency->date = {10'000'000}; }, RecordError::kDate,
     "/equivalency/date"},
    {"ConditionsOfFull", [](Record& r) { r.equivalency->outcome = Outcome::kFull; },
     RecordError::kConditions, "/equivalency/conditions"},
    {"ConditionalWithout",
     [](Record& r) {
         r.equivalency->outcome = Outcome::kConditional;
         r.equivalency->conditions.reset();
     },
     RecordError::kConditions, "/equivalency/conditions"},
    {"EmptyConditions", [](Record& r) { r.equivalency->conditions = wire::Titles{}; },
     RecordError::kCount, "/equivalency/conditions"},
    {"LongConditions", [](Record& r) { r.equivalency->conditions->fr = std::string(481, 'x'); },
     RecordError::kText, "/equivalency/conditions/fr"},
    {"EquivalentTo", [](Record& r) { r.equivalency->equivalent_to->en = "\n"; }, RecordError::kText,
     "/equivalency/equivalentTo/en"},
    {"LongEquivalentTo",
     [](Record& r) { r.equivalency->equivalent_to->en = std::string(161, 'x'); },
     RecordError::kText, "/equivalency/equivalentTo/en"},
    {"Purpose", [](Record& r) { r.equivalency->purpose->fr = std::string(161, 'x'); },
     RecordError::kText, "/equivalency/purpose/fr"},
    {"AwardedLater", [](Record& r) { r.document->awarded_on = PartialDate{2027, 0, 0}; },
     RecordError::kDateOrder, "/document/awardedOn"},
};

const NotGood kOfAttestations[] = {
    {"EquivalencyToo", [](Record& r) { r.equivalency = equivalency().equivalency; },
     RecordError::kNotForType, "/equivalency"},
    {"NoAttestation", [](Record& r) { r.attestation.reset(); }, RecordError::kMissing,
     "/attestation"},
    {"CertificateZero", [](Record& r) { r.target->certificate = {0}; }, RecordError::kNumber,
     "/target/certificate"},
    {"CertificateTooLarge", [](Record& r) { r.target->certificate = {1ULL << 60}; },
     RecordError::kNumber, "/target/certificate"},
    {"OriginWithoutChain", [](Record& r) { r.target->origin = "ledger.example/arab"; },
     RecordError::kCode, "/target/origin"},
    {"OriginOfChainAlone", [](Record& r) { r.target->origin = std::string(33, 'a'); },
     RecordError::kCode, "/target/origin"},
    {"OriginInCapitals",
     [](Record& r) { r.target->origin = "ledger.example/" + std::string(32, 'A'); },
     RecordError::kCode, "/target/origin"},
    {"OriginWithSpaces",
     [](Record& r) { r.target->origin = "ledger example/" + std::string(32, 'a'); },
     RecordError::kCode, "/target/origin"},
    {"Number", [](Record& r) { r.attestation->number = " 1"; }, RecordError::kText,
     "/attestation/number"},
    {"Date", [](Record& r) { r.attestation->date = {10'000'000}; }, RecordError::kDate,
     "/attestation/date"},
    {"NoPlace", [](Record& r) { r.attestation->place = {}; }, RecordError::kCount,
     "/attestation/place"},
    {"Place", [](Record& r) { r.attestation->place.ar = "a\u202Eb"; }, RecordError::kText,
     "/attestation/place/ar"},
    {"NoCapacity", [](Record& r) { r.attestation->capacity = {}; }, RecordError::kCount,
     "/attestation/capacity"},
};

class CheckEquivalencyRefuses : public testing::TestWithParam<NotGood> {};
TEST_P(CheckEquivalencyRefuses, AndSaysWhere) {
    expect_not_good(equivalency(), GetParam(), ministry());
}
INSTANTIATE_TEST_SUITE_P(All, CheckEquivalencyRefuses, testing::ValuesIn(kOfEquivalencies),
                         [](const auto& row) { return std::string{row.param.why}; });

class CheckAttestationRefuses : public testing::TestWithParam<NotGood> {};
TEST_P(CheckAttestationRefuses, AndSaysWhere) {
    expect_not_good(apostille(), GetParam(), ministry());
}
INSTANTIATE_TEST_SUITE_P(All, CheckAttestationRefuses, testing::ValuesIn(kOfAttestations),
                         [](const auto& row) { return std::string{row.param.why}; });

constexpr NotRead kNotRead[] = {
    {"UnknownInTarget", R"("origin":)", R"("chain":"x","origin":)", RecordError::kUnknownMember,
     "/target/chain"},
    {"CertificateIsText", "4711", R"("4711")", RecordError::kType, "/target/certificate"},
    {"CertificateIsNegative", "4711", "-1", RecordError::kNumber, "/target/certificate"},
    {"Kind", R"("apostille")", R"("Apostille")", RecordError::kCode, "/attestation/kind"},
    {"Date", R"("date":"2026-05-20")", R"("date":"2026-05")", RecordError::kDate,
     "/attestation/date"},
    {"NoNumber", R"("number":"APO-2026/17",)", "", RecordError::kMissing, "/attestation/number"},
    {"NoPlace", R"(,"place":{"ar":"تونس","en":"Tunis"})", "", RecordError::kMissing,
     "/attestation/place"},
    {"EmptyPlace", R"("en":"Tunis")", R"("en":"")", RecordError::kText, "/attestation/place/en"},
    {"PlaceIsText", R"({"ar":"تونس","en":"Tunis"})", R"("Tunis")", RecordError::kType,
     "/attestation/place"},
};

class ParseAttestationRefuses : public testing::TestWithParam<NotRead> {};

TEST_P(ParseAttestationRefuses, AndSaysWhere) { expect_not_read(apostille(), GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, ParseAttestationRefuses, testing::ValuesIn(kNotRead),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(ParseEquivalency, WantsWhatItDecided) {
    std::string text = encode(equivalency());
    const std::string_view outcome = R"(,"outcome":"partial")";
    text.erase(text.find(outcome), outcome.size());
    EXPECT_EQ(parse_record(as_bytes(text)).error(),
              (RecordFault{RecordError::kMissing, "/equivalency/outcome"}));
}

}  // namespace
}  // namespace tasdiq::certificate
