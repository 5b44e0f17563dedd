#include "intake/seats.hpp"

#include <algorithm>
#include <set>

#include "text/folding.hpp"

namespace tasdiq::intake {
namespace {

RowFault fault_of(const Student& student, IntakeError error, std::string hint = {}) {
    return {student.line, {}, student.names.front(), error, std::move(hint)};
}

bool may_be_one(const std::optional<Day>& one, const std::optional<Day>& other) {
    return !one || !other || *one == *other;
}

}  // namespace

Student student_of(std::uint32_t line, const certificate::Holder& holder) {
    Student student{line, {}, std::nullopt};
    for (const auto& name : holder.names) student.names.push_back(name.text);
    if (holder.birth_date && holder.birth_date->day != 0) {
        student.birth_date = certificate::earliest(*holder.birth_date);
    }
    return student;
}

std::vector<RowFault> find_twice(const std::vector<Student>& students) {
    std::vector<RowFault> faults;
    std::multimap<std::string, const Student*> seen;
    for (const Student& student : students) {
        const Student* first = nullptr;
        for (const std::string& name : student.names) {
            const auto [begin, end] = seen.equal_range(text::fold(name));
            for (auto it = begin; it != end && first == nullptr; ++it) {
                if (may_be_one(it->second->birth_date, student.birth_date)) first = it->second;
            }
        }
        if (first != nullptr) {
            faults.push_back(
                fault_of(student, IntakeError::kStudentTwice, std::to_string(first->line)));
            continue;
        }
        for (const std::string& name : student.names) seen.emplace(text::fold(name), &student);
    }
    return faults;
}

void SeatFinder::add(wire::MemberId institution, std::uint32_t number, wire::CohortKind kind,
                     Day intake, std::span<const certificate::Enrolment> leaves) {
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
        for (const std::string& name : leaves[leaf].names) {
            by_name_.emplace(text::fold(name), places_.size());
        }
        places_.push_back({{institution, number, leaf}, kind, intake, leaves[leaf].birth_date, 0});
    }
}

Result<SeatFinder::Place*, RowFault> SeatFinder::find(const Student& student) {
    std::set<std::size_t> found;
    std::set<std::size_t> born_other;
    for (const std::string& name : student.names) {
        const auto [begin, end] = by_name_.equal_range(text::fold(name));
        for (auto it = begin; it != end; ++it) {
            const bool fits = may_be_one(places_[it->second].birth_date, student.birth_date);
            (fits ? found : born_other).insert(it->second);
        }
    }
    if (found.empty() && born_other.empty()) {
        return std::unexpected{fault_of(student, IntakeError::kSeatNone)};
    }
    if (found.empty()) {
        return std::unexpected{fault_of(student, IntakeError::kSeatBirthDate,
                                        to_text(*places_[*born_other.begin()].birth_date))};
    }
    if (found.size() > 1) {
        return std::unexpected{
            fault_of(student, IntakeError::kSeatSeveral, std::to_string(found.size()))};
    }
    Place& place = places_[*found.begin()];
    if (place.line != 0) {
        return std::unexpected{
            fault_of(student, IntakeError::kSeatTwice, std::to_string(place.line))};
    }
    place.line = student.line;
    return &place;
}

Result<wire::Seat, RowFault> SeatFinder::take(const Student& student) {
    TRY(const Place* place, find(student));
    return place->seat;
}

Result<wire::Seat, RowFault> SeatFinder::take(const Graduate& graduate) {
    const Student student = student_of(graduate.line, graduate.record.holder);
    TRY(const Place* place, find(student));
    const auto& award = graduate.record.award;
    const bool is_other_intake =
        place->kind == wire::CohortKind::kIntake && award.intake && *award.intake != place->intake;
    if (place->intake > award.awarded_on || is_other_intake) {
        return std::unexpected{fault_of(student, IntakeError::kSeatDate, to_text(place->intake))};
    }
    return place->seat;
}

}  // namespace tasdiq::intake
