#pragma once

#include <map>

#include "certificate/enrolment.hpp"
#include "intake/graduates.hpp"

// Students of a cohort, and the seats on which they graduate: docs/formats/cohort.md.
namespace tasdiq::intake {

struct Student {
    std::uint32_t line;
    std::vector<std::string> names;
    std::optional<Day> birth_date;
    friend bool operator==(const Student&, const Student&) = default;
};

/// Who they are, by their row's line. The birth date only where it is a whole day.
[[nodiscard]] Student student_of(std::uint32_t line, const certificate::Holder& holder);

struct Students {
    std::vector<Student> students;  // of rows without a fault
    std::vector<RowFault> faults;   // ascending by line
    std::size_t row_count = 0;
};

/// Names and dates of birth of a table; its other columns are left alone. A date of birth is a
/// whole day or missing.
[[nodiscard]] Students read_students(const CsvTable& table, const ColumnMap& columns, Day today);

/// Rows of the same person: a name that folds to the same, and no other date of birth. Each is a
/// kStudentTwice.
[[nodiscard]] std::vector<RowFault> find_twice(const std::vector<Student>& students);

/// Finds people in cohorts.
class SeatFinder {
  public:
    /// `leaves` in their order.
    void add(wire::MemberId institution, std::uint32_t number, wire::CohortKind kind, Day intake,
             std::span<const certificate::Enrolment> leaves);

    /// The seat of a student. Errors: kSeatNone, kSeatBirthDate (the hint is the day that the
    /// cohort has), kSeatSeveral, kSeatTwice (the hint is the line that has it).
    [[nodiscard]] Result<wire::Seat, RowFault> take(const Student& student);
    /// Also, at last, kSeatDate: the cohort begins after the award or, for an intake, not on the
    /// day that the award names.
    [[nodiscard]] Result<wire::Seat, RowFault> take(const Graduate& graduate);

  private:
    struct Place {
        wire::Seat seat;
        wire::CohortKind kind;
        Day intake;
        std::optional<Day> birth_date;
        std::uint32_t line = 0;  // that took it
    };
    [[nodiscard]] Result<Place*, RowFault> find(const Student& student);

    std::vector<Place> places_;
    std::multimap<std::string, std::size_t> by_name_;  // folded
};

}  // namespace tasdiq::intake
