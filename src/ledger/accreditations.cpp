#include "ledger/rules.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

/// Errors: kScopeDates, kProgrammeField.
Outcome check_scope(const wire::Accredit& body) {
    if (body.scope.to && *body.scope.to < body.scope.from) {
        return refuse(LedgerError::kScopeDates);
    }
    for (std::size_t i = 0; i < body.programmes.size(); ++i) {
        if (!std::ranges::binary_search(body.scope.fields, body.programmes[i].field)) {
            return refuse_at(LedgerError::kProgrammeField, i);
        }
    }
    return Ok{};
}

/// Errors: kAccreditationWithdrawn, kAlreadySuspended, kNotSuspended.
Outcome check_action(const Context& context, const wire::AccreditationRecord& accreditation,
                     wire::EndAction action) {
    const auto ends = ends_of(context.view, accreditation.ended);
    const auto has = [&](wire::EndAction one) {
        return std::ranges::find(ends, one, &wire::EndChange::action) != ends.end();
    };
    if (has(wire::EndAction::kWithdraw)) return refuse(LedgerError::kAccreditationWithdrawn);
    const bool is_suspended = has(wire::EndAction::kSuspend);
    if (action == wire::EndAction::kSuspend && is_suspended) {
        return refuse(LedgerError::kAlreadySuspended);
    }
    if (action == wire::EndAction::kResume && !is_suspended) {
        return refuse(LedgerError::kNotSuspended);
    }
    return Ok{};
}

}  // namespace

std::vector<wire::EndChange> ends_of(const View& view,
                                     const std::optional<wire::AccreditationEnd>& ended) {
    return wire::ends_in_force(ended, [&](const wire::EndChange& change) {
        return is_void(view, change.index, change.signers);
    });
}

Outcome apply_body(const Context& context, const wire::Accredit& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(find_supervised(context, authority.id, body.institution));
    TRY(check_scope(body));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kAccredit}));
    auto counters =
        read<wire::CountersRecord>(context.view, wire::MapKey::counters(body.institution));
    if (!counters || counters->next_accreditation == UINT32_MAX) {
        return refuse(LedgerError::kNumbersExhausted);
    }
    const std::uint32_t number = counters->next_accreditation++;
    put(diff, wire::MapKey::counters(body.institution), *counters);
    put(diff, wire::MapKey::accreditation(body.institution, number),
        wire::AccreditationRecord{context.index, context.signers(), authority.id, body.scope,
                                  std::nullopt});
    for (const wire::ProgrammeEntry& programme : body.programmes) {
        put(diff, wire::MapKey::programme(body.institution, number, programme.code),
            wire::ProgrammeRecord{context.index, context.signers(), programme.field,
                                  programme.titles});
    }
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::EndAccreditation& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(find_supervised(context, authority.id, body.institution));
    if (body.effective < context.today()) return refuse(LedgerError::kEffectiveInPast);
    const auto key = wire::MapKey::accreditation(body.institution, body.number);
    auto accreditation = read_unvoided<wire::AccreditationRecord>(context.view, key);
    if (!accreditation) return refuse(LedgerError::kAccreditationUnknown);
    TRY(check_action(context, *accreditation, body.action));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kEndAccreditation}));
    accreditation->ended = wire::with_history(
        wire::EndChange{body.action, body.by, body.effective, context.index, context.signers()},
        accreditation->ended);
    put(diff, key, *accreditation);
    return Ok{};
}

}  // namespace tasdiq::ledger
