#include "intake/seats.hpp"

#include <gtest/gtest.h>

namespace tasdiq::intake {
namespace {

constexpr Day kToday{20'635};   // 2026-07-01
constexpr Day kIntake{19'615};  // 2023-09-15

Students read(std::string_view csv) {
    const auto table = parse_csv(as_bytes(csv));
    EXPECT_TRUE(table);
    return read_students(*table, map_columns(table->header.cells), kToday);
}

constexpr std::string_view kTable =
    "Nom et prénom;الاسم;Date de naissance;CIN\n"
    "Amira  Trabelsi;أميرة الطرابلسي;14/05/2003;09412345\n"
    "Yassine Gharbi;;02/11/2002;\n"
    "Yassine Gharbi;;03/11/2002;\n"
    ";علي بن صالح;;\n";

TEST(Students, AreNamesAndDatesOfBirth) {
    const Students students = read(kTable);
    EXPECT_EQ(students.row_count, 4U);
    EXPECT_TRUE(students.faults.empty());
    ASSERT_EQ(students.students.size(), 4U);
    EXPECT_EQ(students.students[0],
              (Student{2, {"أميرة الطرابلسي", "Amira Trabelsi"}, parse_day("2003-05-14")}));
    EXPECT_EQ(students.students[3], (Student{5, {"علي بن صالح"}, std::nullopt}));
    EXPECT_TRUE(find_twice(students.students).empty());
}

TEST(Students, AreRefusedRowByRow) {
    const auto only = [](std::string_view csv) {
        const Students students = read(csv);
        EXPECT_EQ(students.faults.size(), 1U);
        return students.faults.empty() ? RowFault{} : students.faults.front();
    };
    EXPECT_EQ(only("Date de naissance\n2003-05-14\n").error, IntakeError::kNameColumnMissing);
    EXPECT_EQ(only("Nom;Prénom\nA;B\n").error, IntakeError::kNameHalves);
    EXPECT_EQ(only("Name\n").error, IntakeError::kNoRows);
    EXPECT_EQ(only("Name;name_latin\nA;B\n").error, IntakeError::kColumnTwice);
    EXPECT_EQ(only("Name;dob\nAmira;2003\n").error, IntakeError::kDate);
    EXPECT_EQ(only("Name;dob\nAmira;2027-01-01\n").error, IntakeError::kDateInFuture);
    EXPECT_EQ(only("Name;dob\n;2003-05-14\n").error, IntakeError::kNameMissing);
    EXPECT_EQ(only("Name;dob\nأميرة;2003-05-14\n").error, IntakeError::kWrongScript);
}

TEST(Students, ThatStandTwiceAreFound) {
    const Students students = read(
        "Name;dob\nAmira Trabelsi;2003-05-14\nAMIRA  TRABELSI;2003-05-14\n"
        "Amira Trabelsi;2003-05-15\nAmira Trabelsi;\n");
    const auto faults = find_twice(students.students);
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0], (RowFault{3, {}, "AMIRA TRABELSI", IntakeError::kStudentTwice, "2"}));
    EXPECT_EQ(faults[1].line, 5U);
}

class Seats : public testing::Test {
  protected:
    Seats() {
        std::vector<certificate::Enrolment> leaves;
        for (const Student& student : read(kTable).students) {
            leaves.push_back({student.names, student.birth_date, {}});
        }
        finder.add({10}, 3, wire::CohortKind::kIntake, kIntake, leaves);
        const std::vector<certificate::Enrolment> transfers{
            {{"Sami Ayari"}, parse_day("2002-01-01"), {}}};
        finder.add({10}, 4, wire::CohortKind::kTransferIn, kIntake, transfers);
    }

    RowFault fault_of(const Student& student) {
        const auto seat = finder.take(student);
        EXPECT_FALSE(seat);
        return seat ? RowFault{} : seat.error();
    }

    SeatFinder finder;
};

TEST_F(Seats, AreFoundByNameAndDateOfBirth) {
    EXPECT_EQ(finder.take(Student{2, {"amira trabelsi"}, parse_day("2003-05-14")}).value(),
              (wire::Seat{{10}, 3, 0}));
    EXPECT_EQ(finder.take(Student{3, {"Yassine Gharbi"}, parse_day("2002-11-03")}).value(),
              (wire::Seat{{10}, 3, 2}));
    // The cohort has no date of birth, the row has; and the other way round.
    EXPECT_EQ(finder.take(Student{4, {"عليّ بن صالح"}, parse_day("2001-01-01")}).value(),
              (wire::Seat{{10}, 3, 3}));
    EXPECT_EQ(finder.take(Student{5, {"Sami Ayari"}, std::nullopt}).value(),
              (wire::Seat{{10}, 4, 0}));
}

TEST_F(Seats, ThatCannotBeToldAreRefused) {
    EXPECT_EQ(fault_of({2, {"Amira Jelassi"}, parse_day("2003-05-14")}),
              (RowFault{2, {}, "Amira Jelassi", IntakeError::kSeatNone, {}}));
    EXPECT_EQ(fault_of({3, {"Amira Trabelsi"}, parse_day("2003-05-15")}),
              (RowFault{3, {}, "Amira Trabelsi", IntakeError::kSeatBirthDate, "2003-05-14"}));
    EXPECT_EQ(fault_of({4, {"Yassine Gharbi"}, std::nullopt}),
              (RowFault{4, {}, "Yassine Gharbi", IntakeError::kSeatSeveral, "2"}));
    ASSERT_TRUE(finder.take(Student{5, {"Amira Trabelsi"}, std::nullopt}));
    EXPECT_EQ(fault_of({6, {"أميرة الطرابلسي"}, std::nullopt}),
              (RowFault{6, {}, "أميرة الطرابلسي", IntakeError::kSeatTwice, "5"}));
}

TEST_F(Seats, OfGraduatesBeginBeforeTheAwardAndOnItsIntake) {
    const auto graduate = [](std::string_view name, Day awarded_on, std::optional<Day> intake) {
        Graduate graduate{2, "1", {}};
        graduate.record.holder.names = {{std::string{name}, certificate::Script::kLatn}};
        graduate.record.award.awarded_on = awarded_on;
        graduate.record.award.intake = intake;
        return graduate;
    };
    const Day day_before{kIntake.days - 1};
    EXPECT_EQ(finder.take(graduate("Amira Trabelsi", day_before, {})).error(),
              (RowFault{2, {}, "Amira Trabelsi", IntakeError::kSeatDate, "2023-09-15"}));
    EXPECT_TRUE(finder.take(graduate("Sami Ayari", kToday, day_before)));
    SeatFinder other;
    const std::vector<certificate::Enrolment> leaves{{{"A"}, {}, {}}, {{"B"}, {}, {}}};
    other.add({10}, 1, wire::CohortKind::kIntake, kIntake, leaves);
    EXPECT_EQ(other.take(graduate("A", kToday, day_before)).error().error, IntakeError::kSeatDate);
    EXPECT_TRUE(other.take(graduate("B", kToday, kIntake)));
}

}  // namespace
}  // namespace tasdiq::intake
