#include "intake/courses.hpp"

#include <gtest/gtest.h>

#include "intake/texts_test.hpp"

namespace tasdiq::intake {
namespace {

using wire::CertificateType;

constexpr Day kToday{20'635};  // 2026-07-01

/// Three students' transcripts and the courses of a second table.
struct Marks {
    explicit Marks(std::string_view courses, CertificateType type = CertificateType::kTranscript,
                   std::string_view rows =
                       "serial,student_id,name_ar,programme,awarded_on\n"
                       "A 1,2023-7,علي,INF-L3,2026-06-30\nA-2,٢٠٢٣-٨,سارة,INF-L3,2026-06-30\n"
                       "A-3,,نور,INF-L3,2026-06-30\n") {
        Profile profile;
        profile.type = type;
        profile.programmes = {{"INF-L3", 6, 613, {"الإجازة", "Bachelor", "Licence"}}};
        const auto table = parse_csv(as_bytes(rows));
        const auto columns = map_columns(table->header.cells);
        intake = read_graduates(*table, columns, profile, kToday);
        const auto second = parse_csv(as_bytes(courses));
        EXPECT_TRUE(second);
        read = add_courses(*second, *table, columns, intake.graduates);
        check_courses(intake, read.owners);
    }
    [[nodiscard]] const std::vector<certificate::Course>& of(std::size_t graduate) const {
        return intake.graduates.at(graduate).record.courses;
    }

    Intake intake;
    CourseTable read;
};

/// `3 number note bon` for each fault: line, error, column, value.
std::vector<std::string> texts_of(const std::vector<RowFault>& faults) {
    std::vector<std::string> texts;
    for (const RowFault& fault : faults) {
        const std::string name = name_with_texts(fault.error);
        texts.push_back(std::to_string(fault.line) + " " + name + " " + fault.column + " " +
                        fault.value);
    }
    return texts;
}
using Texts = std::vector<std::string>;

TEST(Courses, AreTheirStudentsInTheOrderOfTheFile) {
    const Marks marks{
        "رقم الطالب;serial;Code module;المادة;Intitulé;Note;Barème;Crédits;credit_system;Semestre\n"
        "2023-7;;INF101;برمجة;Programmation;14,5;20;6;ECTS;S1\n"
        ";A/2;INF101;;Programmation;;;;;\n"
        "٢٠٢٣-٧;A-1;INF102;شبكات;;;;;;\n"
        ";A-3;INF103;تحليل;;;;;;\n"};
    EXPECT_EQ(texts_of(marks.read.faults), Texts{});
    EXPECT_EQ(texts_of(marks.intake.faults), Texts{});
    EXPECT_EQ(marks.read.row_count, 4U);
    EXPECT_EQ(marks.read.good_count, 4U);
    EXPECT_TRUE(marks.read.ignored_columns.empty());
    ASSERT_EQ(marks.of(0).size(), 2U);
    EXPECT_EQ(marks.of(0)[0], (certificate::Course{"INF101", "برمجة", "", "Programmation",
                                                   certificate::Credits{"6", "ECTS"},
                                                   certificate::Grade{"14.5", "20"}, "S1"}));
    EXPECT_EQ(marks.of(0)[1].code, "INF102");
    EXPECT_EQ(marks.of(1).size(), 1U);
    EXPECT_EQ(marks.of(2).size(), 1U);
    for (const Graduate& one : marks.intake.graduates) {
        EXPECT_TRUE(certificate::check_record(one.record));
    }
}

TEST(Courses, AreRefusedWithLineColumnAndValue) {
    const Marks marks{
        "serial,student_id,code,title_en,credits,credit_system,grade,grade_scale,semester\n"
        "A-9,,X,T,,,,,\n"
        ",99,X,T,,,,,\n"
        ",,X,T,,,,,\n"
        "A-1,2023-8,X,T,,,,,\n"
        "A-2,,,T,,,,,\n"
        "A-2,,X,,,,,,\n"
        "A-2,,X,T,6,,,,\n"
        "A-2,,X,T,,,21,20,\n"
        "A-2,,X,T,,,bon,20,\n"
        "A-2,,X,=T(),,,,,a very long name of a semester of a year\n"
        "A-3,,X,T,,,,,,y\n"};
    EXPECT_EQ(texts_of(marks.read.faults),
              (Texts{"2 course-of-nobody serial A-9", "3 course-of-nobody student_id 99",
                     "4 empty student_id ", "5 course-of-two student_id 2023-8", "6 empty code ",
                     "7 empty title_en ", "8 partner credit_system ", "9 grade-range grade 21",
                     "10 number grade bon", "11 text title_en =T()",
                     "11 text semester a very long name of a semester of a year",
                     "12 too-many-cells  y"}));
    EXPECT_EQ(marks.read.good_count, 0U);
    // Whose courses have faults of their own does not lack them.
    EXPECT_EQ(texts_of(marks.intake.faults), Texts{"2 courses-missing code علي"});
}

TEST(Courses, OfATranscriptAreNotMissing) {
    const Marks marks{"student_id,code,title_fr\n2023-7,X,T\n"};
    EXPECT_EQ(texts_of(marks.intake.faults),
              (Texts{"3 courses-missing code سارة", "4 courses-missing code نور"}));
    ASSERT_EQ(marks.intake.graduates.size(), 1U);
    EXPECT_EQ(marks.intake.graduates[0].serial, "A-1");
    const Marks supplements{"student_id,code,title_fr\n2023-7,X,T\n", CertificateType::kSupplement};
    EXPECT_TRUE(supplements.intake.faults.empty());
    Intake notes = marks.intake;
    notes.graduates[0].record.courses.clear();
    notes.graduates[0].relation = wire::Relation{wire::RelationCode::kAnnotates, {5}};
    check_courses(notes, {});
    EXPECT_EQ(notes.graduates.size(), 1U);
}

TEST(Courses, AreNotOfADegree) {
    const Marks marks{"student_id,code,title_fr\n2023-7,X,T\n", CertificateType::kDegree};
    EXPECT_EQ(texts_of(marks.read.faults), Texts{"2 course-for-type code X"});
}

TEST(Courses, NeedASerialWhereAStudentHasSeveralRows) {
    const Marks marks{"serial,student_id,code,title_fr\n,7,X,T\nB,7,X,T\nA,7,X,T\n",
                      CertificateType::kTranscript,
                      "serial,student_id,name_ar,programme,awarded_on\n"
                      "A,7,علي,INF-L3,2026-06-30\nB,7,علي,XYZ,2026-06-30\n"};
    EXPECT_EQ(texts_of(marks.read.faults), Texts{"2 course-of-several student_id 7"});
    // The second row has a fault; its course is nobody's but none of its own.
    EXPECT_EQ(texts_of(marks.intake.faults), Texts{"3 programme-unknown programme XYZ"});
    EXPECT_EQ(marks.of(0).size(), 1U);
}

TEST(Courses, AreAtMostTwoHundred) {
    std::string courses = "student_id,code,title_fr\n";
    for (int i = 0; i < 201; ++i) courses += "2023-7,X" + std::to_string(i) + ",T\n";
    const Marks marks{courses};
    EXPECT_EQ(texts_of(marks.read.faults), Texts{"202 too-many-courses code X200"});
    EXPECT_EQ(marks.of(0).size(), 200U);
}

TEST(Courses, HaveColumnsThatTheirTableCannotDoWithout) {
    const Marks marks{"name_ar,credits\nعلي,6\n"};
    EXPECT_EQ(texts_of(marks.read.faults),
              (Texts{"0 column-missing code ", "0 column-missing student_id ",
                     "0 column-missing title_ar "}));
    EXPECT_EQ(marks.read.ignored_columns, Texts{"name_ar"});
    EXPECT_EQ(texts_of(Marks{"serial,code,title_fr\n"}.read.faults), Texts{"0 no-rows  "});
}

}  // namespace
}  // namespace tasdiq::intake
