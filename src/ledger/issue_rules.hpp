#pragma once

#include "ledger/rules.hpp"

// Internal to ledger: the parts of the rule of `issue`.
namespace tasdiq::ledger {

/// How many items of a list have which relation.
struct RelationCounts {
    std::size_t awards = 0, of_award = 0, replaces = 0;
    /// Then nothing is awarded: accreditation, dates and quota were tested when the targets were.
    [[nodiscard]] bool only_replaces() const { return awards == 0 && of_award == 0; }
};

/// What an item's relation comes to.
struct Link {
    std::size_t item;
    wire::LogIndex award;
};

/// The awards that the items with a relation hang on, by item.
/// Errors: kTargetUnknown … kTargetSuspended, with the item's position.
[[nodiscard]] Result<std::vector<Link>, Refusal> resolve_relations(const Context& context,
                                                                   const wire::Terms& terms);

struct Accreditation {
    std::uint32_t number;
    wire::AccreditationRecord record;
    std::optional<wire::AccreditationEnd> end;  // a withdrawal or suspension that counts
};

/// Errors: kAccreditationUnknown.
[[nodiscard]] Result<Accreditation, Refusal> find_accreditation(const Context& context,
                                                                const wire::Awarding& awarding);
/// Whether it has run out or was ended by the day of recording.
[[nodiscard]] bool has_ended(const Accreditation& accreditation, Day today);
/// Errors: kTypeNotAccredited … kAccreditationEnded.
[[nodiscard]] Outcome check_accredited(const Context& context, const Accreditation& accreditation,
                                       const wire::Terms& terms);
/// Counts `awards` against the year's quota. Errors: kQuotaExhausted.
[[nodiscard]] Outcome take_quota(const Context& context, const Accreditation& accreditation,
                                 wire::MemberId institution, std::size_t awards, Diff& diff);

}  // namespace tasdiq::ledger
