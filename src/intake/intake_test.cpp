#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "intake/cells.hpp"
#include "intake/graduates.hpp"
#include "text/catalogue.hpp"
#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

constexpr Day kToday{20'635};  // 2026-07-01

Profile profile() {
    Profile profile;
    profile.programmes.push_back({"INF-L3", 6, 613, {"الإجازة", "Bachelor", "Licence"}});
    profile.serial_prefix = "UTM";
    profile.batch = "7f3a";
    return profile;
}

Intake read(std::string_view csv) {
    const auto table = parse_csv(as_bytes(csv));
    EXPECT_TRUE(table);
    return read_graduates(*table, map_columns(table->header.cells), profile(), kToday);
}

// -------------------------------------------------------------------- CSV
TEST(Csv, ReadsQuotesDelimitersAndLineEnds) {
    const auto table =
        parse_csv(as_bytes("\xEF\xBB\xBF"
                           "a;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\r\n\n;\n1;2"));
    ASSERT_TRUE(table);
    EXPECT_EQ(table->delimiter, ';');
    EXPECT_EQ(table->header.cells, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(table->rows.size(), 2U);
    EXPECT_EQ(table->rows[0], (CsvRow{2, {"x;\"y\"", "two\nlines"}}));
    EXPECT_EQ(table->rows[1], (CsvRow{6, {"1", "2"}}));
}

struct CsvRefused {
    const char* why;
    std::string text;
    CsvFault fault;
};

class CsvRefuses : public testing::TestWithParam<CsvRefused> {};

TEST_P(CsvRefuses, WithTheLine) {
    const auto table = parse_csv(as_bytes(GetParam().text));
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error(), GetParam().fault);
}

std::string many_rows() {
    std::string text = "a\n";
    for (std::size_t i = 0; i <= kRowsMax; ++i) text += "1\n";
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    All, CsvRefuses,
    testing::Values(
        CsvRefused{"Empty", " \n\n", {CsvError::kEmpty, 1}},
        CsvRefused{"Utf8", "a\nb\n\xC3(\n", {CsvError::kUtf8, 3}},
        CsvRefused{"WorkbookXlsx", "PK\x03\x04\n\xC3(", {CsvError::kWorkbook, 1}},
        CsvRefused{"WorkbookXls", "\xD0\xCF\x11\xE0\xA1\xB1", {CsvError::kWorkbook, 1}},
        CsvRefused{"Control", "a\nb\x01\n", {CsvError::kControl, 2}},
        CsvRefused{"QuoteInside", "a\nb\"c\n", {CsvError::kQuote, 2}},
        CsvRefused{"TextAfterQuote", "a\n\"b\"c\n", {CsvError::kQuote, 2}},
        CsvRefused{"Unterminated", "a\n\n\"b\nc", {CsvError::kUnterminated, 3}},
        CsvRefused{"CellTooLong", "a\n" + std::string(5'000, 'x'), {CsvError::kCellTooLong, 2}},
        CsvRefused{"TooManyColumns", std::string(200, ','), {CsvError::kTooManyColumns, 1}},
        CsvRefused{"TooManyRows", many_rows(), {CsvError::kTooManyRows, 1'000'002}}),
    [](const auto& row) { return std::string{row.param.why}; });

// -------------------------------------------------------------------- headings
TEST(Columns, AreKnownInThreeLanguages) {
    for (const char* heading :
         {"birth_date", "Date of Birth", "DATE DE NAISSANCE", "تاريخ الميلاد", "تاريخ  الولاده"}) {
        EXPECT_EQ(find_column(heading), Column::kBirthDate) << heading;
    }
    EXPECT_FALSE(find_column("telephone"));
}

TEST(Columns, EachHasItsPlainHeadingAndNoneMeansTwoThings) {
    for (std::size_t i = 0; i < kColumnCount; ++i) {
        const auto column = static_cast<Column>(i);
        bool is_known = false;
        for (const auto kind : {TableKind::kGraduates, TableKind::kEquivalencies,
                                TableKind::kAttestations, TableKind::kCourses}) {
            is_known = is_known || find_column(to_heading(column), kind) == column;
        }
        EXPECT_TRUE(is_known) << to_heading(column);
    }
}

/// Every heading and other name that a part of a page lists, between two texts in it.
void expect_known(const std::string& page, std::string_view from, std::string_view to,
                  TableKind kind) {
    std::ifstream file{std::string{TASDIQ_SOURCE_DIR} + "/docs/formats/" + page};
    std::string line;
    bool is_inside = false;
    std::size_t count = 0;
    while (std::getline(file, line)) {
        is_inside = (is_inside || line.starts_with(from)) && !line.starts_with(to);
        if (!is_inside || !line.starts_with("| `")) continue;
        const std::size_t end = line.find('`', 3);
        const std::string heading = line.substr(3, end - 3);
        const auto column = find_column(heading, kind);
        ASSERT_TRUE(column) << line;
        EXPECT_EQ(to_heading(*column), heading);
        std::string others = line.substr(line.rfind('|', line.size() - 2) + 1);
        others.pop_back();
        for (std::size_t at = 0; at < others.size();) {
            const std::size_t comma = std::min(others.find(',', at), others.size());
            const std::string other = text::tidy_spaces(others.substr(at, comma - at));
            EXPECT_EQ(find_column(other, kind), column) << other;
            at = comma + 1;
            ++count;
        }
    }
    EXPECT_GT(count, 20U);
}

TEST(Columns, AreThoseOfTheirPages) {
    expect_known("graduates.md", "A certificate's folder", "**Cells", TableKind::kGraduates);
    expect_known("graduates.md", "## Courses", "## Worked", TableKind::kCourses);
    for (const auto kind : {TableKind::kEquivalencies, TableKind::kAttestations}) {
        expect_known("equivalency.md", "Both:", "Equivalencies:", kind);
    }
    expect_known("equivalency.md", "Equivalencies:", "Attestations:", TableKind::kEquivalencies);
    expect_known("equivalency.md", "Attestations:", "Outcomes", TableKind::kAttestations);
}

TEST(Columns, OverridesWin) {
    const std::vector<std::string> headings{"Prog", "awarded_on", "name_ar"};
    EXPECT_EQ(map_columns(headings).missing, std::vector{Column::kProgramme});
    const std::vector<std::pair<std::string, std::string>> overrides{{"Prog", "programme"}};
    EXPECT_TRUE(map_columns(headings, overrides).missing.empty());
}

TEST(Columns, OfIdentifiersMayBeCalledNumbers) {
    for (const char* heading : {"N° CIN", "N°CIN", "Nº cin", "No. CIN", "Numéro de CIN", "Num CIN",
                                "رقم بطاقة التعريف الوطنية", "N° carte d'identité"}) {
        EXPECT_EQ(find_column(heading), Column::kNationalId) << heading;
    }
    EXPECT_EQ(find_column("N° passeport"), Column::kPassport);
    EXPECT_EQ(find_column("N° matricule"), Column::kStudentId);
    EXPECT_FALSE(find_column("N° nationalité"));
    EXPECT_FALSE(find_column("N° décision", TableKind::kEquivalencies));  // not what was decided
}

TEST(Columns, ThatHoldPartsOfANameAreFound) {
    const auto halves = [](std::vector<std::string> headings) {
        return map_columns(headings).name_halves;
    };
    using Found = std::vector<std::string>;
    EXPECT_EQ(halves({"Nom", "Prénom", "N° CIN"}), (Found{"Nom", "Prénom"}));
    EXPECT_EQ(halves({"الاسم", "اللقب"}), (Found{"اللقب", "الاسم"}));
    EXPECT_EQ(halves({"Name", "Surname"}), (Found{"Surname", "Name"}));
    EXPECT_EQ(halves({"الاسم", "Nom"}), Found{"Nom"});
    EXPECT_EQ(halves({"الاسم", "Nom et prénom"}), Found{});
    EXPECT_EQ(halves({"الاسم الكامل", "اللقب"}), Found{});  // the whole is there, too
    const std::vector<std::string> headings{"Nom", "Prénom"};
    const std::vector<std::pair<std::string, std::string>> overrides{{"Nom", "name_latin"}};
    EXPECT_EQ(map_columns(headings, overrides).name_halves, Found{});  // so it was said
}

TEST(Graduates, AreNotReadWithHalfAName) {
    const auto fault_of = [](const std::string& headings) {
        const Intake intake = read(headings + ";programme;awarded_on\nx;y;INF-L3;2026-06-30\n");
        EXPECT_EQ(intake.faults.size(), 1U);
        return intake.faults.empty() ? RowFault{} : intake.faults[0];
    };
    EXPECT_EQ(fault_of("Nom;Prénom"),
              (RowFault{0, "Nom, Prénom", {}, IntakeError::kNameHalves, "Nom et prénom"}));
    EXPECT_EQ(fault_of("الاسم;اللقب"),
              (RowFault{0, "اللقب, الاسم", {}, IntakeError::kNameHalves, "الاسم الكامل"}));
    EXPECT_EQ(fault_of("N° CIN;x"),
              (RowFault{0, "الاسم", {}, IntakeError::kNameColumnMissing, "Nom et prénom"}));
    for (const auto language : {text::Language::kArabic, text::Language::kFrench}) {
        EXPECT_TRUE(text::find_text("intake.name-halves", language));
        EXPECT_TRUE(text::find_text("intake.name-column-missing", language));
    }
}

TEST(Graduates, AreToldWhichOfTwoColumnsIsEmpty) {
    const auto faults = [](const char* cells) {
        return read("name_ar,Moyenne,Barème,programme,awarded_on\nعلي," + std::string{cells} +
                    ",INF-L3,2026-06-30\n")
            .faults;
    };
    EXPECT_EQ(faults("12,"),
              (std::vector{RowFault{2, "Barème", {}, IntakeError::kPartner, "Moyenne"}}));
    EXPECT_EQ(faults(",20"),
              (std::vector{RowFault{2, "Moyenne", {}, IntakeError::kPartner, "Barème"}}));
    // A cell that cannot be read is not empty.
    EXPECT_EQ(faults("douze,").back(),
              (RowFault{2, "Barème", {}, IntakeError::kPartner, "Moyenne"}));
}

// -------------------------------------------------------------------- cells
TEST(Cells, ReadDatesOfAllUsualForms) {
    for (const char* text : {"2026-06-30", "30/06/2026", "30-6-2026", "30.06.2026", "٣٠/٠٦/٢٠٢٦"}) {
        EXPECT_EQ(read_day(text), parse_day("2026-06-30")) << text;
    }
    for (const char* text : {"31/06/2026", "06/30/2026", "30/06/26", "30 juin 2026", "2026", ""}) {
        EXPECT_FALSE(read_day(text)) << text;
    }
    EXPECT_TRUE(is_no_day("31/02/2002"));
    EXPECT_TRUE(is_no_day("2026-06-31"));
    for (const char* text : {"06/30/2026", "30/06/2026", "30 juin 2026", "31/02", "00/01/2026"}) {
        EXPECT_FALSE(is_no_day(text)) << text;
    }
    EXPECT_EQ(read_partial_date("05/2003"), (certificate::PartialDate{2003, 5, 0}));
    EXPECT_EQ(read_partial_date("2003"), (certificate::PartialDate{2003, 0, 0}));
    EXPECT_FALSE(read_partial_date("13/2003"));
}

TEST(Cells, ReadNumbersOfBothKinds) {
    EXPECT_EQ(read_decimal("14,37"), "14.37");
    EXPECT_EQ(read_decimal("١٤٫٣٧"), "14.37");
    for (const char* text : {"", "-1", "1.", ".5", "1e3", "12345", "1.23456", "1,2,3"}) {
        EXPECT_FALSE(read_decimal(text)) << text;
    }
    EXPECT_EQ(read_number("1000000"), 1'000'000U);
    EXPECT_FALSE(read_number("1000001"));
}

TEST(Cells, ReadWordsInThreeLanguages) {
    EXPECT_EQ(read_honours("TRÈS BIEN"), read_honours("جيّد جدّا"));
    EXPECT_FALSE(read_honours("super"));
    EXPECT_EQ(read_mode("à distance"), wire::Mode::kDistance);
    EXPECT_EQ(read_country("تونسية"), "TN");
    EXPECT_EQ(read_languages("Arabe, français"), (std::vector<std::string>{"ar", "fr"}));
    EXPECT_FALSE(read_languages("ar, ar"));
}

// -------------------------------------------------------------------- graduates
TEST(Graduates, AreReadFromAMessyFile) {
    const Intake intake = read(
        "Nom et prénom;الاسم;Date de naissance;CIN;Filière;Date "
        "d'obtention;Moyenne;Barème;Mention;Téléphone\n"
        " Amira  Trabelsi ;\u200fأميرة "
        "الطرابلسي;14/05/2003;09412345;INF-L3;30/06/2026;16,42;20;Très bien;22 333\n");
    EXPECT_TRUE(intake.faults.empty());
    ASSERT_EQ(intake.graduates.size(), 1U);
    const certificate::Record& record = intake.graduates[0].record;
    EXPECT_EQ(record.holder.names[0].text, "أميرة الطرابلسي");
    EXPECT_EQ(record.holder.names[1].text, "Amira Trabelsi");
    EXPECT_EQ(record.award.grade, (certificate::Grade{"16.42", "20"}));
    EXPECT_EQ(record.award.level, 6);
    EXPECT_EQ(record.award.capture, wire::Capture::kContemporaneous);
    EXPECT_EQ(intake.graduates[0].serial, "UTM-2026-7f3a-2");
    EXPECT_EQ(intake.ignored_columns, std::vector<std::string>{"Téléphone"});
}

TEST(Graduates, ReportEveryFaultyCellOfEveryRow) {
    const Intake intake = read(
        "name_latin,birth_date,programme,awarded_on\n"
        "علي,1/1/2030,XYZ,\n"
        "Ali,,INF-L3,2026-06-30\n"
        "Ali,,INF-L3,2026-08-30,\n");
    EXPECT_EQ(intake.graduates.size(), 1U);
    std::vector<std::pair<std::uint32_t, IntakeError>> found;
    for (const RowFault& fault : intake.faults) found.emplace_back(fault.line, fault.error);
    using enum IntakeError;
    EXPECT_EQ(found, (std::vector<std::pair<std::uint32_t, IntakeError>>{{2, kWrongScript},
                                                                         {2, kDateInFuture},
                                                                         {2, kProgrammeUnknown},
                                                                         {2, kEmpty},
                                                                         {4, kTooManyCells},
                                                                         {4, kDateInFuture}}));
}

struct Faulty {
    IntakeError error;
    const char* headings;
    const char* row;
};

// One row per error; the fault is the only one of its row.
const Faulty kFaulty[] = {
    {IntakeError::kColumnMissing, "name_ar,programme", "علي,INF-L3"},
    {IntakeError::kColumnTwice, "name_ar,programme,awarded_on,Date of award",
     "علي,INF-L3,2026-06-30,"},
    {IntakeError::kRelationMissing, "name_ar,programme,awarded_on,certificate",
     "علي,INF-L3,2026-06-30,57"},
    {IntakeError::kTooManyCells, "name_ar,programme,awarded_on", "علي,INF-L3,2026-06-30,x"},
    {IntakeError::kEmpty, "name_ar,programme,awarded_on", "علي,,2026-06-30"},
    {IntakeError::kNameMissing, "name_ar,programme,awarded_on", ",INF-L3,2026-06-30"},
    {IntakeError::kWrongScript, "name_ar,programme,awarded_on", "Ali,INF-L3,2026-06-30"},
    {IntakeError::kNameBegins, "name_ar,programme,awarded_on", "\u064Bعلي,INF-L3,2026-06-30"},
    {IntakeError::kBirthTooEarly, "name_ar,birth_date,programme,awarded_on",
     "علي,0000,INF-L3,2026-06-30"},
    {IntakeError::kText, "name_ar,decision,programme,awarded_on", "علي,a\u202eb,INF-L3,2026-06-30"},
    {IntakeError::kDate, "name_ar,programme,awarded_on", "علي,INF-L3,30 juin"},
    {IntakeError::kNoSuchDay, "name_ar,birth_date,programme,awarded_on",
     "علي,31/02/2002,INF-L3,2026-06-30"},
    {IntakeError::kDateInFuture, "name_ar,programme,awarded_on", "علي,INF-L3,2026-07-02"},
    {IntakeError::kDateOrder, "name_ar,intake,programme,awarded_on",
     "علي,2026-07-01,INF-L3,2026-06-30"},
    {IntakeError::kProgrammeUnknown, "name_ar,programme,awarded_on", "علي,MED,2026-06-30"},
    {IntakeError::kNumber, "name_ar,grade,grade_scale,programme,awarded_on",
     "علي,bon,20,INF-L3,2026-06-30"},
    {IntakeError::kWholeNumber, "name_ar,rank,rank_of,programme,awarded_on",
     "علي,1.5,8,INF-L3,2026-06-30"},
    {IntakeError::kGradeRange, "name_ar,grade,grade_scale,programme,awarded_on",
     "علي,20.01,20,INF-L3,2026-06-30"},
    {IntakeError::kRankRange, "name_ar,rank,rank_of,programme,awarded_on",
     "علي,9,8,INF-L3,2026-06-30"},
    {IntakeError::kHonoursUnknown, "name_ar,mention,programme,awarded_on",
     "علي,super,INF-L3,2026-06-30"},
    {IntakeError::kModeUnknown, "name_ar,mode,programme,awarded_on",
     "علي,lunaire,INF-L3,2026-06-30"},
    {IntakeError::kCountry, "name_ar,nationality,programme,awarded_on",
     "علي,Atlantide,INF-L3,2026-06-30"},
    {IntakeError::kLanguage, "name_ar,language,programme,awarded_on",
     "علي,klingon,INF-L3,2026-06-30"},
    {IntakeError::kSerial, "name_ar,serial,programme,awarded_on", "علي,../etc,INF-L3,2026-06-30"},
    {IntakeError::kPartner, "name_ar,grade,grade_scale,programme,awarded_on",
     "علي,12,,INF-L3,2026-06-30"},
    {IntakeError::kTooOld, "name_ar,programme,awarded_on", "علي,INF-L3,2015-06-30"},
    {IntakeError::kSerialTwice, "name_ar,serial,programme,awarded_on",
     "علي,A1,INF-L3,2026-06-30\nعلي,A1,INF-L3,2026-06-30"},
    {IntakeError::kPersonTwice, "name_ar,cin,programme,awarded_on",
     "علي,1,INF-L3,2026-06-30\nعلي,1,INF-L3,2026-06-30"},
};

class GraduatesRefuse : public testing::TestWithParam<Faulty> {};

TEST_P(GraduatesRefuse, WithOneFaultThatHasATextInEveryLanguage) {
    const Intake intake = read(std::string{GetParam().headings} + "\n" + GetParam().row + "\n");
    ASSERT_EQ(intake.faults.size(), 1U);
    EXPECT_EQ(intake.faults[0].error, GetParam().error);
    const std::string key = "intake." + std::string{to_string(GetParam().error)};
    EXPECT_TRUE(text::find_text(key, text::Language::kArabic)) << key;
}

INSTANTIATE_TEST_SUITE_P(All, GraduatesRefuse, testing::ValuesIn(kFaulty), [](const auto& row) {
    std::string name{to_string(row.param.error)};
    std::erase(name, '-');
    return name;
});

TEST(Graduates, AreBornBeforeTheAwardAndLessThan131YearsAgo) {
    const auto fault = [](const std::string& born) {
        return read("name_ar,Né le,programme,awarded_on\nعلي," + born + ",INF-L3,2026-06-30\n")
            .faults;
    };
    for (const char* born : {"1896", "1896-01-01", "2026", "2026-06-30"}) {
        EXPECT_TRUE(fault(born).empty()) << born;
    }
    for (const char* born : {"1895", "14/05/1003", "0000"}) {
        ASSERT_EQ(fault(born).size(), 1U) << born;
        EXPECT_EQ(fault(born)[0].error, IntakeError::kBirthTooEarly) << born;
    }
    const auto after = fault("2026-07-01");
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0], (RowFault{2, "Né le", "2026-07-01", IntakeError::kDateOrder, {}}));
}

TEST(Graduates, AreTheSamePersonInDigitsOfAnyKind) {
    const Intake intake = read(
        "name_ar,cin,programme,awarded_on\nعلي,09412345,INF-L3,2026-06-30\n"
        "علي,٠٩٤١٢٣٤٥,INF-L3,2026-06-30\n");
    ASSERT_EQ(intake.faults.size(), 1U);
    EXPECT_EQ(intake.faults[0].error, IntakeError::kPersonTwice);
}

TEST(Graduates, HaveNoLettersThatLookLikeOthersAndNoFormulas) {
    const auto fault = [](std::string_view column, std::string_view cell) {
        const Intake intake =
            read("name_ar," + std::string{column} + ",programme,awarded_on\nعلي," +
                 std::string{cell} + ",INF-L3,2026-06-30\n");
        return intake.faults.empty() ? std::nullopt : std::optional{intake.faults[0].error};
    };
    for (const char* name : {"Аmira", "Amira Τrabelsi", "Amira\U000E0041", "=cmd|calc!A0", "A=B",
                             "@SUM(A1)", "أmira"}) {
        EXPECT_TRUE(fault("name_latin", name)) << name;
    }
    for (const char* name :
         {"Amīra ʿAbd al-Ḥamīd", "O’Neil (née D'Or)", "Jean-Paul II", "J. R. Ben A", "Ze\u0301"}) {
        EXPECT_FALSE(fault("name_latin", name)) << name;
    }
    for (const char* id : {"=1+1", "+216", "-1", "@x"}) {
        EXPECT_EQ(fault("cin", id), IntakeError::kText) << id;
    }
    for (const char* id : {"09\u2060412", "09\u061C412", "09\u00AD412", "09\u200D412"}) {
        EXPECT_EQ(fault("cin", id), IntakeError::kText) << id;
    }
    for (const char* id : {"-", "09-412", "A+1"}) EXPECT_FALSE(fault("cin", id)) << id;
}

TEST(Graduates, RefuseATableWithoutRows) {
    ASSERT_EQ(read("name_ar,programme,awarded_on\n").faults.size(), 1U);
    EXPECT_EQ(read("name_ar,programme,awarded_on\n").faults[0].error, IntakeError::kNoRows);
}

TEST(Graduates, SayLateAfterFourHundredDays) {
    const Intake intake =
        read("name_ar,programme,awarded_on\nعلي,INF-L3,2025-05-27\nعلي,INF-L3,2025-05-26\n");
    ASSERT_EQ(intake.graduates.size(), 2U);
    EXPECT_EQ(intake.graduates[0].record.award.capture, wire::Capture::kContemporaneous);
    EXPECT_EQ(intake.graduates[1].record.award.capture, wire::Capture::kLate);
}

TEST(Graduates, HaveSerialsThatHoldYearAndBatch) {
    Profile rules = profile();
    const auto serial = [&] {
        const auto table =
            parse_csv(as_bytes("name_ar,programme,awarded_on\nعلي,INF-L3,2025-06-30\n"));
        const Intake intake =
            read_graduates(*table, map_columns(table->header.cells), rules, kToday);
        return intake.graduates.at(0).serial;
    };
    EXPECT_EQ(serial(), "UTM-2025-7f3a-2");
    rules.batch = "0001";
    EXPECT_EQ(serial(), "UTM-2025-0001-2");
    rules.serial_prefix = "UTM-2025";  // a year that is there already is not said again
    EXPECT_EQ(serial(), "UTM-2025-0001-2");
    rules.batch.clear();
    EXPECT_EQ(serial(), "UTM-2025-2");
}

TEST(Graduates, ComeFromARegisterHoweverOldTheyAre) {
    Profile rules = profile();
    rules.capture = wire::Capture::kRegister;
    const auto table = parse_csv(
        as_bytes("name_ar,programme,awarded_on\nعلي,INF-L3,1975-06-30\nعلي,INF-L3,2026-07-02\n"));
    const Intake intake = read_graduates(*table, map_columns(table->header.cells), rules, kToday);
    ASSERT_EQ(intake.graduates.size(), 1U);
    EXPECT_EQ(intake.graduates[0].record.award.capture, wire::Capture::kRegister);
    ASSERT_EQ(intake.faults.size(), 1U);
    EXPECT_EQ(intake.faults[0].error, IntakeError::kDateInFuture);
}

TEST(Texts, ExistForEveryCsvError) {
    for (std::uint16_t number = 1; number <= 8; ++number) {
        const std::string key = "csv." + std::string{to_string(static_cast<CsvError>(number))};
        EXPECT_TRUE(text::find_text(key, text::Language::kFrench)) << key;
    }
}

}  // namespace
}  // namespace tasdiq::intake
