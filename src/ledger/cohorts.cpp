#include <map>
#include <set>

#include "ledger/issue_rules.hpp"

// Who was enrolled, committed to before anybody is awarded anything, and the seats that came of it.
namespace tasdiq::ledger {
namespace {

/// The cohort that the seat is one of, if it is not void.
std::optional<wire::CohortRecord> find_cohort(const View& view, const wire::Seat& seat) {
    return read_unvoided<wire::CohortRecord>(view,
                                             wire::MapKey::cohort(seat.institution, seat.cohort));
}

/// Whether somebody was awarded something on it, or left and gave it back.
bool is_used(const View& view, const wire::Seat& seat) {
    return read_unvoided<wire::UsedSeatRecord>(view, wire::MapKey::used_seat(seat)).has_value();
}

/// Those who transfer or come back have an intake of their own, later than their fellows'.
bool fits_intake(const wire::CohortRecord& cohort, const wire::Terms& terms) {
    if (cohort.intake > terms.awarded_on) return false;
    return cohort.kind != wire::CohortKind::kIntake || !terms.intake ||
           *terms.intake == cohort.intake;
}

/// The cohorts that a list's seats are of, looked up once each.
class Cohorts {
  public:
    Cohorts(const Context& context, std::span<const Partner> partners)
        : context_{context}, partners_{partners} {}

    /// The seat's cohort, if it is there and the partners' to use. Errors: kSeatUnknown.
    Result<wire::CohortRecord, LedgerError> find(const wire::Seat& seat) {
        const std::pair key{seat.institution, seat.cohort};
        auto known = known_.find(key);
        if (known == known_.end()) known = known_.emplace(key, look_up(seat)).first;
        if (!known->second || seat.leaf >= known->second->count) {
            return std::unexpected{LedgerError::kSeatUnknown};
        }
        return *known->second;
    }

  private:
    std::optional<wire::CohortRecord> look_up(const wire::Seat& seat) const {
        const wire::Awarding committed{seat.institution, std::nullopt};
        const bool is_theirs = std::ranges::any_of(partners_, [&](const Partner& partner) {
            return may_relate(context_, partner, {&committed, 1});
        });
        return is_theirs ? find_cohort(context_.view, seat) : std::nullopt;
    }

    const Context& context_;
    std::span<const Partner> partners_;
    std::map<std::pair<wire::MemberId, std::uint32_t>, std::optional<wire::CohortRecord>> known_;
};

/// Errors: kSeatUnexpected … kSeatUsed.
std::optional<LedgerError> seat_fault(const Context& context, const wire::Terms& terms,
                                      const wire::Item& item, Cohorts& cohorts,
                                      std::set<wire::Seat>& taken) {
    if (item.relation) return LedgerError::kSeatUnexpected;
    const auto cohort = cohorts.find(*item.seat);
    if (!cohort) return cohort.error();
    if (!fits_intake(*cohort, terms)) return LedgerError::kSeatIntakeDiffers;
    if (!taken.insert(*item.seat).second) return LedgerError::kSeatTwice;
    if (is_used(context.view, *item.seat)) return LedgerError::kSeatUsed;
    return std::nullopt;
}

}  // namespace

Outcome check_seats(const Context& context, const wire::Terms& terms,
                    std::span<const Partner> partners) {
    Cohorts cohorts{context, partners};
    std::set<wire::Seat> taken;
    LowestFault fault;
    const auto items = context.transaction.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].seat) continue;
        const auto error = seat_fault(context, terms, items[i], cohorts, taken);
        if (error) fault.add(*error, i);
    }
    return fault.outcome();
}

Outcome apply_body(const Context& context, const wire::CommitCohort& body, Diff& diff) {
    TRY(const Member institution, find_sender(context, body.institution, {.institution = true},
                                              wire::CustodyScope::kEverything));
    TRY(check_policy(context, institution, {.body = wire::BodyCode::kCommitCohort}));
    auto counters =
        read<wire::CountersRecord>(context.view, wire::MapKey::counters(institution.id));
    if (!counters || counters->next_cohort == UINT32_MAX) {
        return refuse(LedgerError::kNumbersExhausted);
    }
    const std::uint32_t number = counters->next_cohort++;
    put(diff, wire::MapKey::counters(institution.id), *counters);
    put(diff, wire::MapKey::cohort(institution.id, number),
        wire::CohortRecord{context.index, context.signers(), body.kind, body.intake, body.count,
                           body.root, context.block.time});
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::ReleaseSeats& body, Diff& diff) {
    TRY(const Member institution, find_sender(context, body.institution, {.institution = true},
                                              wire::CustodyScope::kEverything));
    TRY(check_policy(context, institution, {.body = wire::BodyCode::kReleaseSeats}));
    LowestFault fault;
    for (std::size_t i = 0; i < body.seats.size(); ++i) {
        const wire::Seat& seat = body.seats[i];
        const auto cohort = find_cohort(context.view, seat);
        if (seat.institution != institution.id || !cohort || seat.leaf >= cohort->count) {
            fault.add(LedgerError::kSeatUnknown, i);
        } else if (is_used(context.view, seat)) {
            fault.add(LedgerError::kSeatUsed, i);
        }
        put(diff, wire::MapKey::used_seat(seat),
            wire::UsedSeatRecord{context.index, context.signers(), std::nullopt});
    }
    return fault.outcome();
}

}  // namespace tasdiq::ledger
