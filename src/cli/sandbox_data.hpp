#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/graduates.hpp"

namespace tasdiq::cli {

/// data/institutions.json.
[[nodiscard]] std::string_view sandbox_institutions_json();

struct SandboxState {
    std::string country;
    wire::Titles names;
    wire::Titles authority;
};

struct SandboxInstitution {
    std::string country;
    std::string domain;
    wire::Titles names;
    std::string legal;
    std::vector<intake::Programme> programmes;

    /// `UTM` of `utm.rnu.tn`: what its serials begin with.
    [[nodiscard]] std::string prefix() const;
};

/// The consortium that the sandbox shows.
struct SandboxPlan {
    std::vector<SandboxState> states;
    std::vector<SandboxInstitution> institutions;
};
[[nodiscard]] SandboxPlan sandbox_plan();

/// A table of `count` invented graduates of all institutions: the same for the same seed and date.
/// Heading `institution` holds the domain.
[[nodiscard]] std::string make_graduates_csv(const SandboxPlan& plan, std::size_t count,
                                             std::uint64_t seed, Day awarded_on);

}  // namespace tasdiq::cli
