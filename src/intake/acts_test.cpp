#include "intake/acts.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

#include "intake/cells.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::intake {
namespace {

using wire::CertificateType;

constexpr Day kToday{20'635};  // 2026-07-01
constexpr const char* kOrigin = "ledger.example/arab/4554ec892350b428aba030d5809c4719";

Intake read(std::string_view csv, CertificateType type = CertificateType::kEquivalency) {
    const auto table = parse_csv(as_bytes(csv));
    EXPECT_TRUE(table);
    return read_acts(*table, map_columns(table->header.cells, {}, table_kind(type)),
                     {type, kOrigin, "MESRS-2026"}, kToday);
}

std::vector<std::pair<std::uint32_t, IntakeError>> faults_of(const Intake& intake) {
    std::vector<std::pair<std::uint32_t, IntakeError>> found;
    for (const RowFault& fault : intake.faults) found.emplace_back(fault.line, fault.error);
    return found;
}

TEST(Acts, AreReadAsTheirPageSays) {
    std::ifstream file{std::string{TASDIQ_SOURCE_DIR} + "/docs/formats/equivalency.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    const std::size_t begin = page.find("```csv\n") + 7;
    const Intake intake = read(page.substr(begin, page.find("```", begin) - begin));
    using enum IntakeError;
    EXPECT_EQ(faults_of(intake), (std::vector<std::pair<std::uint32_t, IntakeError>>{
                                     {3, kOutcomeUnknown}, {3, kEmpty}}));
    EXPECT_EQ(intake.faults[0].column, "outcome");
    EXPECT_EQ(intake.faults[0].value, "peut-être");
    EXPECT_EQ(intake.faults[1].column, "institution");
    EXPECT_TRUE(intake.ignored_columns.empty());
    ASSERT_EQ(intake.graduates.size(), 1U);
    const certificate::Record& record = intake.graduates[0].record;
    EXPECT_EQ(record.award.type, CertificateType::kEquivalency);
    EXPECT_EQ(record.award.title.en, "Equivalency decision");
    EXPECT_EQ(record.award.level, 7);
    EXPECT_EQ(record.award.field, 713);
    EXPECT_EQ(record.award.awarded_on, parse_day("2026-05-12"));
    EXPECT_EQ(record.holder.names.size(), 2U);
    EXPECT_FALSE(record.target);
    EXPECT_EQ(record.document,
              (certificate::Document{
                  {{"Technische Hochschule Beispielstadt", certificate::Script::kLatn}},
                  "DE",
                  {{"Master of Science", certificate::Script::kLatn}},
                  certificate::PartialDate{2019, 0, 0},
                  std::nullopt}));
    EXPECT_EQ(
        record.equivalency,
        (certificate::Equivalency{
            certificate::Outcome::kPartial, "2026/311", *parse_day("2026-05-12"),
            wire::Titles{"", "", "Deux modules de droit du travail"}, std::nullopt, std::nullopt}));
    EXPECT_EQ(intake.graduates[0].serial, "MESRS-2026-311");
}

/// The serials that a table without any is given, of rows with these numbers and days.
std::vector<std::string> serials_of(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::string csv = "name_ar;level;field;outcome;target;number;date\n";
    for (const auto& [number, date] : rows) {
        csv += "علي;7;0713;full;5;" + number + ";" + date + "\n";
    }
    std::vector<std::string> serials;
    for (const Graduate& one : read(csv).graduates) serials.push_back(one.serial);
    return serials;
}

TEST(Acts, HaveSerialsOfTheirOwnInEveryBatch) {
    EXPECT_EQ(serials_of({{"17", "2026-05-12"}}), std::vector<std::string>{"MESRS-2026-17"});
    EXPECT_EQ(serials_of({{"18", "2026-05-12"}}), std::vector<std::string>{"MESRS-2026-18"});
    EXPECT_EQ(serials_of({{"17", "2025-05-12"},
                          {"2025/17/B", "2025-05-12"},
                          {"٣١١/٢٠٢٦", "2026-05-12"},
                          {"ق 2026 / 312", "2026-05-12"}}),
              (std::vector<std::string>{"MESRS-2026-2025-17", "MESRS-2026-2025-17-B",
                                        "MESRS-2026-311", "MESRS-2026-312"}));
}

TEST(Acts, HaveSerialsWithTheLineWhereTheirNumbersDoNotTellThemApart) {
    EXPECT_EQ(serials_of({{"17", "2026-05-12"},
                          {"17", "2026-05-12"},
                          {"ألف", "2026-05-12"},
                          {std::string(64, '1'), "2026-05-12"}}),
              (std::vector<std::string>{"MESRS-2026-17", "MESRS-2026-17-3", "MESRS-2026-4",
                                        "MESRS-2026-5"}));
}

TEST(Acts, ReadAnApostilleOnACertificateOfTheLedger) {
    const Intake intake = read(
        "الاسم;النوع;رقم الأبوستيل;تاريخ الأبوستيل;المستوى;المجال;الرقم في السجل;المكان;"
        "صفة الموقع;date of issue\n"
        "علي;أبوستيل;٢٠٢٦/١٧;12/05/2026;6;0613;4711;تونس;رئيس الجامعة;20/05/2026\n",
        CertificateType::kAttestation);
    EXPECT_TRUE(intake.faults.empty());
    EXPECT_TRUE(intake.ignored_columns.empty());
    ASSERT_EQ(intake.graduates.size(), 1U);
    const certificate::Record& record = intake.graduates[0].record;
    EXPECT_EQ(record.target, (certificate::Target{{4711}, kOrigin}));
    EXPECT_EQ(record.award.awarded_on, parse_day("2026-05-20"));
    EXPECT_EQ(record.award.title.ar, "أبوستيل");
    EXPECT_EQ(record.attestation,
              (certificate::Attestation{certificate::AttestationKind::kApostille,
                                        "٢٠٢٦/١٧",
                                        *parse_day("2026-05-12"),
                                        {"تونس", "", ""},
                                        {"رئيس الجامعة", "", ""}}));
}

TEST(Acts, KnowAWordForEachCodeInThreeLanguages) {
    for (const char* word :
         {"full", "Totale", "كلّية", "كلية", "complete", "Total", "complète", "كاملة"}) {
        EXPECT_EQ(read_outcome(word), certificate::Outcome::kFull) << word;
    }
    for (const char* word : {"partial", "Partielle", "جزئية", "partiel"}) {
        EXPECT_EQ(read_outcome(word), certificate::Outcome::kPartial) << word;
    }
    for (const char* word : {"conditional", "conditionnelle", "مشروطة", "conditionnel",
                             "Sous conditions", "sous réserve"}) {
        EXPECT_EQ(read_outcome(word), certificate::Outcome::kConditional) << word;
    }
    EXPECT_EQ(known_outcomes(),
              "full / totale / كلية, partial / partielle / جزئية, conditional / conditionnelle / "
              "مشروطة");
    for (const char* word : {"stamp", "Cachet", "ختم", "visa", "تأشيرة"}) {
        EXPECT_EQ(read_attestation_kind(word), certificate::AttestationKind::kStamp) << word;
    }
    for (const char* word :
         {"legalisation", "Légalisation", "تصديق", "legalization", "تعريف بالإمضاء"}) {
        EXPECT_EQ(read_attestation_kind(word), certificate::AttestationKind::kLegalisation) << word;
    }
    for (const char* word : {"Apostille", "أبوستيل", "أبوستيي"}) {
        EXPECT_EQ(read_attestation_kind(word), certificate::AttestationKind::kApostille) << word;
    }
    EXPECT_FALSE(read_attestation_kind("sceau"));
    EXPECT_EQ(known_attestation_kinds(),
              "stamp / cachet / ختم, legalisation / légalisation / تصديق, apostille / أبوستيل");
    EXPECT_EQ(read_index("1234"), 1234U);
    EXPECT_EQ(read_index("١٢٣٤"), 1234U);
    for (const char* bad : {"", "0", "-1", "1.5", "2,27", "1,234", "1 234", "1\u202f234", "227.0",
                            "1e2", "x", "1234567890123456"}) {
        EXPECT_FALSE(read_index(bad)) << bad;
    }
}

constexpr const char* kHead = "name_ar,level,field,number,date";
constexpr const char* kFront = "علي,7,0713,17,2026-05-12";
constexpr const char* kDocument = ",institution,country,title";

struct Faulty {
    const char* why;
    CertificateType type;
    std::string headings;  // after kHead
    std::string row;       // after kFront
    IntakeError error;
    const char* column;
};

// The fault is the only one of its row.
const Faulty kFaulty[] = {
    {"Outcome", CertificateType::kEquivalency, ",outcome,target", ",x,5",
     IntakeError::kOutcomeUnknown, "outcome"},
    {"NoOutcome", CertificateType::kEquivalency, ",outcome,target", ",,5", IntakeError::kEmpty,
     "outcome"},
    {"FullWithConditions", CertificateType::kEquivalency, ",outcome,target,conditions", ",full,5,x",
     IntakeError::kConditions, "outcome"},
    {"ConditionalWithout", CertificateType::kEquivalency, ",outcome,target,conditions",
     ",conditional,5,", IntakeError::kConditions, "outcome"},
    {"LongConditions", CertificateType::kEquivalency, ",outcome,target,conditions",
     ",partial,5," + std::string(481, 'x'), IntakeError::kText, "conditions"},
    {"LongEquivalent", CertificateType::kEquivalency, ",outcome,target,equivalent_fr",
     ",full,5," + std::string(161, 'x'), IntakeError::kText, "equivalent_fr"},
    {"LongPurpose", CertificateType::kEquivalency, ",outcome,target,purpose",
     ",full,5," + std::string(161, 'x'), IntakeError::kText, "purpose"},
    {"FormulaAsPurpose", CertificateType::kEquivalency, ",outcome,target,purpose",
     ",full,5,=cmd|calc!A0", IntakeError::kText, "purpose"},
    {"HiddenMarkInEquivalent", CertificateType::kEquivalency, ",outcome,target,equivalent_fr",
     ",full,5,a\u202eb", IntakeError::kText, "equivalent_fr"},
    {"NoTarget", CertificateType::kEquivalency, ",outcome,target", ",full,",
     IntakeError::kTargetMissing, "target"},
    {"TargetAndDocument", CertificateType::kEquivalency, std::string{",outcome,target"} + kDocument,
     ",full,5,TH,DE,MSc", IntakeError::kTargetBoth, "target"},
    {"TargetIsNoNumber", CertificateType::kEquivalency, ",outcome,target", ",full,UTM-17",
     IntakeError::kWholeNumber, "target"},
    {"TargetTooLarge", CertificateType::kEquivalency, ",outcome,target", ",full,9999999999999999",
     IntakeError::kWholeNumber, "target"},
    {"TargetIsDecimal", CertificateType::kEquivalency, ",outcome,target", ",full,\"2,27\"",
     IntakeError::kWholeNumber, "target"},
    {"InvisibleMarkInNumberOfConditions", CertificateType::kEquivalency,
     ",outcome,target,conditions_fr", ",partial,5,a\u00ADb\u2060", IntakeError::kText,
     "conditions_fr"},
    {"NoCountry", CertificateType::kEquivalency, std::string{",outcome"} + kDocument,
     ",full,TH,,MSc", IntakeError::kEmpty, "country"},
    {"Country", CertificateType::kEquivalency, std::string{",outcome"} + kDocument,
     ",full,TH,Atlantide,MSc", IntakeError::kCountry, "country"},
    {"NoTitle", CertificateType::kEquivalency, std::string{",outcome"} + kDocument, ",full,TH,DE,",
     IntakeError::kEmpty, "title"},
    {"ArabicInLatinTitle", CertificateType::kEquivalency, std::string{",outcome"} + kDocument,
     ",full,TH,DE,ماجستير", IntakeError::kWrongScript, "title"},
    {"CyrillicTitle", CertificateType::kEquivalency, std::string{",outcome"} + kDocument,
     ",full,TH,DE,Магистр", IntakeError::kWrongScript, "title"},
    {"DocumentDate", CertificateType::kEquivalency,
     std::string{",outcome"} + kDocument + ",document_date", ",full,TH,DE,MSc,mai 2019",
     IntakeError::kDate, "document_date"},
    {"DocumentOfTomorrow", CertificateType::kEquivalency,
     std::string{",outcome"} + kDocument + ",document_date", ",full,TH,DE,MSc,2027",
     IntakeError::kDateOrder, "document_date"},
    {"IssuedTomorrow", CertificateType::kEquivalency, ",outcome,target,awarded_on",
     ",full,5,2026-07-02", IntakeError::kDateInFuture, "awarded_on"},
    {"EndsBeforeItBegins", CertificateType::kEquivalency, ",outcome,target,valid_until",
     ",full,5,2026-05-11", IntakeError::kDateOrder, "valid_until"},
    {"Serial", CertificateType::kEquivalency, ",outcome,target,serial", ",full,5,../../etc",
     IntakeError::kSerial, "serial"},
    {"SerialTwice", CertificateType::kEquivalency, ",outcome,target,serial",
     std::string{",full,5,A1\n"} + kFront + ",full,6,A1", IntakeError::kSerialTwice, "serial"},
    {"Kind", CertificateType::kAttestation, ",kind,target,place,capacity", ",sceau,5,Tunis,Rector",
     IntakeError::kKindUnknown, "kind"},
    {"NoKind", CertificateType::kAttestation, ",kind,target,place,capacity", ",,5,Tunis,Rector",
     IntakeError::kEmpty, "kind"},
    {"NoPlace", CertificateType::kAttestation, ",kind,target,capacity", ",stamp,5,Rector",
     IntakeError::kEmpty, "place_ar"},
    {"NoCapacity", CertificateType::kAttestation, ",kind,target,place", ",stamp,5,Tunis",
     IntakeError::kEmpty, "capacity_ar"},
    {"LongPlace", CertificateType::kAttestation, ",kind,target,place,capacity",
     ",stamp,5," + std::string(161, 'x') + ",Rector", IntakeError::kText, "place"},
};

class ActsRefuse : public testing::TestWithParam<Faulty> {};

TEST_P(ActsRefuse, WithOneFaultThatHasATextInEveryLanguage) {
    const Faulty& row = GetParam();
    const Intake intake = read(kHead + row.headings + "\n" + kFront + row.row + "\n", row.type);
    ASSERT_EQ(intake.faults.size(), 1U);
    EXPECT_EQ(to_string(intake.faults[0].error), to_string(row.error));
    EXPECT_EQ(intake.faults[0].column, row.column);
    const std::string key = "intake." + std::string{to_string(row.error)};
    for (const auto language :
         {text::Language::kArabic, text::Language::kFrench, text::Language::kEnglish}) {
        EXPECT_TRUE(text::find_text(key, language)) << key;
    }
}

INSTANTIATE_TEST_SUITE_P(All, ActsRefuse, testing::ValuesIn(kFaulty),
                         [](const auto& row) { return std::string{row.param.why}; });

struct FaultyFront {
    const char* why;
    const char* front;
    IntakeError error;
};

class ActsRefuseAmongTheCommon : public testing::TestWithParam<FaultyFront> {};

TEST_P(ActsRefuseAmongTheCommon, WithOneFault) {
    const Intake intake =
        read(std::string{kHead} + ",outcome,target\n" + GetParam().front + ",full,5\n");
    ASSERT_EQ(intake.faults.size(), 1U);
    EXPECT_EQ(to_string(intake.faults[0].error), to_string(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    All, ActsRefuseAmongTheCommon,
    testing::Values(FaultyFront{"NoName", ",7,0713,17,2026-05-12", IntakeError::kNameMissing},
                    FaultyFront{"Level", "علي,9,0713,17,2026-05-12", IntakeError::kWholeNumber},
                    FaultyFront{"LevelWord", "علي,master,0713,17,2026-05-12",
                                IntakeError::kWholeNumber},
                    FaultyFront{"NoField", "علي,7,,17,2026-05-12", IntakeError::kEmpty},
                    FaultyFront{"Field", "علي,7,10000,17,2026-05-12", IntakeError::kWholeNumber},
                    FaultyFront{"NoNumber", "علي,7,0713,,2026-05-12", IntakeError::kEmpty},
                    FaultyFront{"NumberIsFormula", "علي,7,0713,+17,2026-05-12", IntakeError::kText},
                    FaultyFront{"NoDate", "علي,7,0713,17,", IntakeError::kEmpty},
                    FaultyFront{"Date", "علي,7,0713,17,31/06/2026", IntakeError::kNoSuchDay},
                    FaultyFront{"Month", "علي,7,0713,17,30/13/2026", IntakeError::kDate},
                    FaultyFront{"Tomorrow", "علي,7,0713,17,2026-07-02", IntakeError::kDateInFuture},
                    FaultyFront{"NextYear", "علي,7,0713,17,2027-05-12", IntakeError::kDateInFuture},
                    FaultyFront{"LongAgo", "علي,7,0713,17,2015-05-12", IntakeError::kTooOld}),
    [](const auto& row) { return std::string{row.param.why}; });

TEST(Acts, NameEveryColumnThatATableLacks) {
    std::set<std::string> missing;
    for (const RowFault& fault : read("country\nDE\n").faults) {
        const bool is_name = fault.error == IntakeError::kNameColumnMissing;
        EXPECT_TRUE(is_name || fault.error == IntakeError::kColumnMissing);
        missing.insert(is_name ? "name" : fault.column);
    }
    EXPECT_EQ(missing,
              (std::set<std::string>{"date", "field", "level", "name", "number", "outcome"}));
    EXPECT_EQ(read("country\nDE\n", CertificateType::kAttestation).faults.size(), 6U);
}

TEST(Acts, MayBeDecidedAfterTheDayThatTheyInherit) {
    const auto faults = [](std::string_view date) {
        return faults_of(
            read("name_ar,level,field,number,outcome,target,awarded_on,date\n"
                 "علي,7,0713,17,full,5,2026-05-12," +
                 std::string{date} + "\n"));
    };
    using Faults = std::vector<std::pair<std::uint32_t, IntakeError>>;
    EXPECT_EQ(faults("2026-06-30"), Faults{});
    EXPECT_EQ(faults("2026-07-02"), (Faults{{2, IntakeError::kDateInFuture}}));
    EXPECT_EQ(faults(""), (Faults{{2, IntakeError::kEmpty}}));
    EXPECT_EQ(faults("juin"), (Faults{{2, IntakeError::kDate}}));
}

TEST(Acts, SayLateAfterFourHundredDays) {
    const Intake intake =
        read(std::string{kHead} + ",outcome,target\nعلي,7,0713,17,2025-05-26,full,5\n");
    ASSERT_EQ(intake.graduates.size(), 1U);
    EXPECT_EQ(intake.graduates[0].record.award.capture, wire::Capture::kLate);
}

}  // namespace
}  // namespace tasdiq::intake
