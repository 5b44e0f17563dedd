#include "ledger/issue_rules.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
    return std::ranges::find(list, value) != list.end();
}

/// The site is one of the first partner's. Errors: kTypeNotAccredited … kSiteNotAccredited.
Outcome check_scope(const wire::Scope& scope, const wire::Terms& terms, bool is_first) {
    if (!contains(scope.types, terms.type)) return refuse(LedgerError::kTypeNotAccredited);
    if (!contains(scope.levels, terms.level)) return refuse(LedgerError::kLevelNotAccredited);
    if (!contains(scope.fields, terms.field)) return refuse(LedgerError::kFieldNotAccredited);
    if (!contains(scope.modes, terms.mode)) return refuse(LedgerError::kModeNotAccredited);
    if (is_first &&
        std::ranges::find(scope.sites, terms.site, &wire::Site::site) == scope.sites.end()) {
        return refuse(LedgerError::kSiteNotAccredited);
    }
    return Ok{};
}

/// Errors: kProgrammeNotAccredited, kProgrammeFieldDiffers.
Outcome check_programme(const Context& context, const Accreditation& accreditation,
                        const wire::Terms& terms) {
    if (!accreditation.record.scope.by_programme || !terms.programme) return Ok{};
    const auto programme = read_unvoided<wire::ProgrammeRecord>(
        context.view,
        wire::MapKey::programme(accreditation.institution, accreditation.number, *terms.programme));
    if (!programme) return refuse(LedgerError::kProgrammeNotAccredited);
    if (programme->field != terms.field) return refuse(LedgerError::kProgrammeFieldDiffers);
    return Ok{};
}

/// The first of those above the branch that is in another country: a branch of a branch abroad is
/// abroad itself.
std::optional<wire::MemberId> home_of(const View& view, const wire::MemberRecord& branch) {
    std::optional<wire::MemberId> above = branch.parent;
    while (above) {  // nobody is moved below itself
        const auto member = read<wire::MemberRecord>(view, wire::MapKey::member(*above));
        if (!member || member->country != branch.country) return above;
        above = member->parent;
    }
    return std::nullopt;
}

/// A branch in a country other than its parent's answers to both: it was accredited by an authority
/// of that country, and awards together with its parent, which was accredited for a site there.
/// Errors: kHostSideMissing, kHomeSideMissing.
Outcome check_abroad(const Context& context, std::span<const Partner> partners,
                     const Partner& branch) {
    const wire::MemberRecord& record = branch.member.record;
    if (record.kind != wire::MemberKind::kBranch) return Ok{};
    const auto home = home_of(context.view, record);
    if (!home) return Ok{};
    const auto host = read<wire::MemberRecord>(
        context.view, wire::MapKey::member(branch.accreditation->record.authority));
    if (!host || host->country != record.country) return refuse(LedgerError::kHostSideMissing);
    const bool has_home_side = std::ranges::any_of(partners, [&](const Partner& partner) {
        const auto& sites = partner.accreditation->record.scope.sites;
        return partner.member.id == *home &&
               std::ranges::find(sites, record.country, &wire::Site::country) != sites.end();
    });
    if (!has_home_side) return refuse(LedgerError::kHomeSideMissing);
    return Ok{};
}

}  // namespace

Outcome check_dates(const Accreditation& accreditation, const wire::Terms& terms) {
    const wire::Scope& scope = accreditation.record.scope;
    const auto day = wire::deciding_day(scope.applies, terms.awarded_on, terms.intake);
    if (!day) return refuse(LedgerError::kIntakeMissing);
    if (*day < scope.from) return refuse(LedgerError::kBeforeAccreditation);
    if (scope.to && *day > *scope.to) return refuse(LedgerError::kAfterAccreditation);
    if (wire::is_ended_for(accreditation.ends, terms.awarded_on, terms.intake)) {
        return refuse(LedgerError::kAccreditationEnded);
    }
    return Ok{};
}

Result<Accreditation, Refusal> find_accreditation(const Context& context,
                                                  const wire::Awarding& awarding) {
    const std::uint32_t number = awarding.accreditation.value_or(0);
    if (number == 0) return refuse(LedgerError::kAccreditationUnknown);
    auto record = read_unvoided<wire::AccreditationRecord>(
        context.view, wire::MapKey::accreditation(awarding.institution, number));
    if (!record) return refuse(LedgerError::kAccreditationUnknown);
    auto ends = ends_of(context.view, record->ended);
    return Accreditation{awarding.institution, number, *std::move(record), std::move(ends)};
}

bool has_ended(const Accreditation& accreditation, Day today) {
    const auto& to = accreditation.record.scope.to;
    return (to && *to < today) ||
           std::ranges::any_of(accreditation.ends,
                               [&](const wire::EndChange& end) { return end.effective <= today; });
}

Outcome check_type(const Accreditation& accreditation, const wire::Terms& terms) {
    if (contains(accreditation.record.scope.types, terms.type)) return Ok{};
    return refuse(LedgerError::kTypeNotAccredited);
}

Outcome check_accredited(const Context& context, std::span<const Partner> partners,
                         const wire::Terms& terms) {
    return check_each(partners.size(), [&](std::size_t i) -> Outcome {
        const Accreditation& accreditation = *partners[i].accreditation;
        TRY(check_scope(accreditation.record.scope, terms, i == 0));
        TRY(check_programme(context, accreditation, terms));
        TRY(check_abroad(context, partners, partners[i]));
        return check_dates(accreditation, terms);
    });
}

Outcome take_quota(const Context& context, const Accreditation& accreditation,
                   const wire::Terms& terms, std::size_t awards, Diff& diff) {
    if (awards == 0) return Ok{};
    const auto year = static_cast<std::uint32_t>(to_civil(context.today()).year);
    const bool registers = is_from_register(terms.capture);
    const auto key = wire::MapKey::yearly_count(accreditation.institution, accreditation.number,
                                                year, registers);
    auto record = read<wire::CountRecord>(context.view, key).value_or(wire::CountRecord{0});
    record.count += awards;
    const wire::Scope& scope = accreditation.record.scope;
    const auto quota = registers ? std::optional{scope.register_quota} : scope.quota;
    if (quota && record.count > *quota) return refuse(LedgerError::kQuotaExhausted);
    put(diff, key, record);
    return Ok{};
}

}  // namespace tasdiq::ledger
