#pragma once

#include <string>
#include <vector>

#include "certificate/enrolment.hpp"
#include "intake/seats.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// What an institution keeps of a cohort. Format: docs/formats/cohort.md.
struct Cohort {
    wire::CommitCohort body;  // what the ledger gets
    std::vector<certificate::Enrolment> leaves;
};

/// With a fresh salt for everyone. At least one student, each with a name.
[[nodiscard]] Cohort make_cohort(wire::MemberId institution, wire::CohortKind kind, Day intake,
                                 const std::vector<intake::Student>& students);

/// The folder must not be there yet; it is its owner's alone.
[[nodiscard]] Result<Ok, std::string> write_cohort(const std::string& folder, const Cohort& cohort);
/// Errors: it cannot be read, or is malformed.
[[nodiscard]] Result<Cohort, std::string> read_cohort(const std::string& folder);

/// `DIR=N`: a folder, and the number that the ledger gave the cohort.
struct NamedCohort {
    Cohort cohort;
    std::uint32_t number;
};
[[nodiscard]] Result<std::vector<NamedCohort>, std::string> read_named_cohorts(
    const std::vector<std::string>& names);
[[nodiscard]] intake::SeatFinder make_finder(const std::vector<NamedCohort>& cohorts);

}  // namespace tasdiq::cli
