#include <gtest/gtest.h>

#include "intake/acts.hpp"
#include "intake/graduates.hpp"
#include "intake/texts_test.hpp"

namespace tasdiq::intake {
namespace {

using wire::CertificateType;
using wire::RelationCode;

constexpr Day kToday{20'635};  // 2026-07-01

wire::Terms degree() {
    return {.awarding = {{{4}, 2}, {{9}, 1}},
            .type = CertificateType::kDegree,
            .level = 6,
            .field = 613,
            .programme = "INF-L3",
            .awarded_on = *parse_day("1996-06-30"),
            .intake = *parse_day("1993-09-15"),
            .mode = wire::Mode::kBlended,
            .site = 2,
            .capture = wire::Capture::kRegister};
}

wire::Terms provisional() {
    wire::Terms terms = degree();
    terms.type = CertificateType::kProvisional;
    terms.awarded_on = *parse_day("2026-06-20");
    terms.capture = wire::Capture::kContemporaneous;
    return terms;
}

Profile profile(RelationCode code, wire::Terms terms = degree()) {
    Profile profile;
    profile.programmes = {{"INF-L3", 6, 613, {"الإجازة", "Bachelor", "Licence"}},
                          {"MAT-L3", 6, 541, {"الرياضيات", "Mathematics", "Mathématiques"}},
                          {"MED-D", 7, 912, {"طب", "Medicine", "Médecine"}},
                          {"MED-X", 7, 912, {"طب", "Medicine", "Médecine"}}};
    profile.serial_prefix = "UTM";
    profile.relations = Relations{code, degree().awarding, {}};
    for (std::uint32_t line = 2; line < 5; ++line) {
        profile.relations->earlier.emplace(line, Earlier{{50 + line}, terms});
    }
    return profile;
}

Intake read(const Profile& profile, std::string_view csv) {
    const auto table = parse_csv(as_bytes(csv));
    EXPECT_TRUE(table);
    return read_graduates(*table, map_columns(table->header.cells), profile, kToday);
}

/// `earlier-differs awarded_on 1996-06-30` for each fault.
std::vector<std::string> faults_of(const Intake& intake) {
    std::vector<std::string> faults;
    for (const RowFault& fault : intake.faults) {
        const std::string name = name_with_texts(fault.error);
        faults.push_back(name + " " + fault.column + (fault.hint.empty() ? "" : " " + fault.hint));
    }
    return faults;
}
using Faults = std::vector<std::string>;

TEST(Earlier, GivesItsTermsToWhatTakesItsPlace) {
    for (const auto code :
         {RelationCode::kReplaces, RelationCode::kDuplicate, RelationCode::kRestores}) {
        const Intake intake = read(profile(code), "name_ar,certificate\nعلي,52\n");
        EXPECT_EQ(faults_of(intake), Faults{});
        ASSERT_EQ(intake.graduates.size(), 1U);
        const Graduate& one = intake.graduates[0];
        EXPECT_EQ(certificate::make_terms(one.record, degree().awarding), degree());
        EXPECT_EQ(one.relation, (wire::Relation{code, {52}}));
        EXPECT_EQ(one.record.award.title.en, "Bachelor");
        EXPECT_EQ(one.record.award.awarded_with, std::vector<wire::MemberId>{{9}});
        EXPECT_EQ(one.serial, "UTM-1996-2");
    }
}

TEST(Earlier, IsContradictedByNoCell) {
    EXPECT_EQ(
        faults_of(read(profile(RelationCode::kReplaces),
                       "name_ar,certificate,programme,date of award,intake,mode,site\n"
                       "علي,52,INF-L3,1996-06-30,1993-09-15,hybride,2\n"
                       "علي,53,MAT-L3,1996-06-29,1993-09-14,distance,1\n"
                       "علي,54,XYZ,juin,hier,x,y\n")),
        (Faults{"earlier-differs intake 1993-09-15", "earlier-differs mode blended",
                "earlier-differs site 2", "earlier-differs programme INF-L3",
                "earlier-differs date of award 1996-06-30",
                "programme-unknown programme INF-L3, MAT-L3, MED-D, MED-X", "date date of award",
                "date intake", "mode-unknown mode", "whole-number site 0–255"}));
}

TEST(Earlier, WithoutAProgrammeIsHeldAgainstLevelAndField) {
    wire::Terms terms = degree();
    terms.programme.reset();
    const Intake intake = read(profile(RelationCode::kReplaces, terms),
                               "name_ar,certificate,programme\nعلي,52,INF-L3\nعلي,53,MAT-L3\n");
    EXPECT_EQ(faults_of(intake), Faults{"earlier-differs programme ISCED 6, 0613"});
    ASSERT_EQ(intake.graduates.size(), 1U);
    EXPECT_EQ(intake.graduates[0].record.award.programme, std::nullopt);
    EXPECT_EQ(intake.graduates[0].record.award.title.en, "Bachelor");
}

TEST(Earlier, TellsTheProgrammeWhereItIsTheOnlyOneOfItsField) {
    wire::Terms terms = degree();
    terms.programme.reset();
    const Intake intake =
        read(profile(RelationCode::kDuplicate, terms), "name_ar,certificate\nعلي,52\n");
    ASSERT_EQ(intake.graduates.size(), 1U);
    EXPECT_EQ(intake.graduates[0].record.award.title.en, "Bachelor");
    terms.level = 7;
    terms.field = 912;  // two programmes
    EXPECT_EQ(
        faults_of(read(profile(RelationCode::kDuplicate, terms), "name_ar,certificate\nعلي,52\n")),
        Faults{"programme-needed programme"});
    terms.programme = "OLD";
    EXPECT_EQ(
        faults_of(read(profile(RelationCode::kDuplicate, terms), "name_ar,certificate\nعلي,52\n")),
        Faults{"programme-unknown programme INF-L3, MAT-L3, MED-D, MED-X"});
}

TEST(Earlier, IsTheAwardOfATranscriptWithADateAndTermsOfItsOwn) {
    for (const auto code : {RelationCode::kOfAward, RelationCode::kAnnotates}) {
        Profile rules = profile(code);
        rules.type = CertificateType::kTranscript;
        const Intake intake = read(rules,
                                   "name_ar,certificate,programme,awarded_on,site\n"
                                   "علي,52,,2026-06-30,\nعلي,53,MAT-L3,2026-06-30,3\n");
        EXPECT_EQ(faults_of(intake), Faults{});
        ASSERT_EQ(intake.graduates.size(), 2U);
        const certificate::Award& first = intake.graduates[0].record.award;
        EXPECT_EQ(first.type, CertificateType::kTranscript);
        EXPECT_EQ(first.programme, "INF-L3");
        EXPECT_EQ(first.awarded_on, parse_day("2026-06-30"));
        EXPECT_EQ(first.capture, wire::Capture::kContemporaneous);
        EXPECT_EQ(first.intake, degree().intake);
        EXPECT_EQ(first.mode, wire::Mode::kBlended);
        EXPECT_EQ(first.site, 2);
        EXPECT_EQ(intake.graduates[1].record.award.programme, "MAT-L3");
        EXPECT_EQ(intake.graduates[1].record.award.site, 3);
        EXPECT_EQ(intake.graduates[0].relation, (wire::Relation{code, {52}}));
        EXPECT_EQ(faults_of(read(rules, "name_ar,certificate\nعلي,52\n")),
                  Faults{"column-missing awarded_on"});
    }
}

TEST(Earlier, IsProvisionalWhereItIsFinalised) {
    const Intake intake = read(profile(RelationCode::kFinalises, provisional()),
                               "name_ar,certificate,awarded_on\nعلي,52,2026-06-30\n");
    EXPECT_EQ(faults_of(intake), Faults{});
    ASSERT_EQ(intake.graduates.size(), 1U);
    const Graduate& one = intake.graduates[0];
    wire::Terms expected = provisional();
    expected.type = CertificateType::kDegree;
    expected.awarded_on = *parse_day("2026-06-30");
    EXPECT_EQ(certificate::make_terms(one.record, degree().awarding), expected);

    EXPECT_EQ(faults_of(read(profile(RelationCode::kFinalises, provisional()),
                             "name_ar,certificate,awarded_on\nعلي,52,2026-06-19\n")),
              Faults{"before-provisional awarded_on 2026-06-20"});
    EXPECT_EQ(faults_of(read(profile(RelationCode::kFinalises),
                             "name_ar,certificate,awarded_on\nعلي,52,2026-06-30\n")),
              Faults{"not-provisional certificate degree"});
    EXPECT_EQ(faults_of(read(profile(RelationCode::kFinalises, provisional()),
                             "name_ar,certificate,awarded_on\nعلي,52,2015-06-30\n")),
              (Faults{"too-old awarded_on", "before-provisional awarded_on 2026-06-20"}));
}

TEST(Earlier, IsThereAndNamedOnce) {
    Profile rules = profile(RelationCode::kReplaces);
    rules.relations->earlier.at(4).terms.reset();
    EXPECT_EQ(
        faults_of(read(rules, "name_ar,certificate\nعلي,52\nعلي,\nعلي,54\nعلي,55\nعلي,UTM-5\n")),
        (Faults{"empty certificate", "earlier-unknown certificate", "earlier-unknown certificate",
                "whole-number certificate 1–999999999999999"}));
    rules.relations->earlier.at(3).certificate = {52};
    EXPECT_EQ(faults_of(read(rules, "name_ar,certificate\nعلي,52\nعلي,52\n")),
              Faults{"earlier-twice certificate 2"});
    Profile marks = rules;
    marks.relations->code = RelationCode::kOfAward;
    marks.type = CertificateType::kTranscript;
    EXPECT_EQ(faults_of(read(marks,
                             "name_ar,certificate,awarded_on\nعلي,52,2026-06-30\n"
                             "علي,52,2026-06-30\n")),
              Faults{});  // a transcript a semester
}

TEST(Earlier, IsOfTheTypeThatTheTableIsSaidToBe) {
    Profile rules = profile(RelationCode::kReplaces);
    rules.type = CertificateType::kTranscript;
    const Intake intake = read(rules, "name_ar,certificate\nعلي,52\n");
    EXPECT_EQ(faults_of(intake), Faults{"earlier-type certificate degree"});
    EXPECT_EQ(intake.faults.at(0).value, "52");
    rules.type = CertificateType::kDegree;
    EXPECT_EQ(faults_of(read(rules, "name_ar,certificate\nعلي,52\n")), Faults{});
}

TEST(Earlier, WasAwardedByThoseWhoTakeItsTermsOver) {
    for (const wire::Awarding& other : {wire::Awarding{{5}, 1}, wire::Awarding{{4}, 3}}) {
        wire::Terms terms = degree();
        terms.awarding.front() = other;
        const Intake intake =
            read(profile(RelationCode::kDuplicate, terms), "name_ar,certificate\nعلي,52\n");
        const std::string who = std::to_string(other.institution.value) + " (" +
                                std::to_string(*other.accreditation) + "), 9 (1)";
        EXPECT_EQ(faults_of(intake), Faults{"earlier-others certificate " + who});
        EXPECT_EQ(intake.faults.at(0).value, "52");
        Profile rules = profile(RelationCode::kOfAward, terms);  // a school's of its university's
        rules.type = CertificateType::kTranscript;
        EXPECT_EQ(faults_of(read(rules, "name_ar,certificate,awarded_on\nعلي,52,2026-06-30\n")),
                  Faults{});
    }
}

TEST(Earlier, IsNamedInAColumnOrGivenForEachLine) {
    Profile rules = profile(RelationCode::kReplaces);
    const Intake intake = read(rules, "name_ar,programme,awarded_on\nعلي,INF-L3,1996-06-30\n");
    EXPECT_EQ(faults_of(intake), Faults{});
    EXPECT_EQ(intake.graduates.at(0).relation->target, (wire::LogIndex{52}));
    rules.relations->earlier.clear();
    EXPECT_EQ(faults_of(read(rules, "name_ar,programme\nعلي,INF-L3\n")),
              Faults{"column-missing certificate"});
    rules.relations->earlier.emplace(2, Earlier{{77}, std::nullopt});
    const Intake unknown = read(rules, "name_ar\nعلي\n");
    EXPECT_EQ(faults_of(unknown), Faults{"earlier-unknown certificate"});
    EXPECT_EQ(unknown.faults.at(0).value, "77");
}

TEST(Earlier, GivesItsTermsToADecisionThatReplacesIt) {
    wire::Terms terms = degree();
    terms.type = CertificateType::kEquivalency;
    terms.awarding = {{{6}, std::nullopt}};
    terms.programme.reset();
    terms.intake.reset();
    const ActProfile rules{
        CertificateType::kEquivalency, "ledger.example/" + std::string(32, '0'), "MESRS",
        Relations{
            RelationCode::kReplaces, terms.awarding, {{2, {{52}, terms}}, {3, {{53}, terms}}}}};
    const auto table =
        parse_csv(as_bytes("name_ar,level,field,outcome,target,number,date\n"
                           "علي,6,0613,full,5,17,1996-06-30\nعلي,7,0612,full,5,18,1996-06-29\n"));
    const Intake intake = read_acts(
        *table, map_columns(table->header.cells, {}, TableKind::kEquivalencies), rules, kToday);
    EXPECT_EQ(faults_of(intake), (Faults{"earlier-differs level 6", "earlier-differs field 0613",
                                         "earlier-differs date 1996-06-30"}));
    ASSERT_EQ(intake.graduates.size(), 1U);
    EXPECT_EQ(certificate::make_terms(intake.graduates[0].record, terms.awarding), terms);
}

}  // namespace
}  // namespace tasdiq::intake
