#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

constexpr std::uint32_t kCoolOffMax_s = 90 * kSecondsPerDay;

/// No rule lets one signer act alone: the frauds that this ledger is there to stop were the work of
/// one stolen signature. Nor may those above act in the member's name without anybody of it.
/// Errors: kPolicyTooWeak, kCoolOffUnexpected.
Outcome check_rules(std::span<const wire::Rule> rules) {
    const auto is_others = [](const wire::Slot& slot) { return slot.who != wire::Who::kSelf; };
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const bool is_weak =
            std::ranges::any_of(rules[i].alternatives, [&](const wire::Alternative& slots) {
                return slots.size() < 2 || std::ranges::all_of(slots, is_others);
            });
        if (is_weak) return refuse_at(LedgerError::kPolicyTooWeak, i);
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const bool can_wait =
            rules[i].body == wire::BodyCode::kIssue || rules[i].body == wire::BodyCode::kStatus;
        if (rules[i].cool_off_s > kCoolOffMax_s || (rules[i].cool_off_s != 0 && !can_wait)) {
            return refuse_at(LedgerError::kCoolOffUnexpected, i);
        }
    }
    return Ok{};
}

}  // namespace

Outcome apply_body(const Context& context, const wire::SetPolicy& body, Diff& diff) {
    TRY(const Member member,
        find_sender(context, body.member, {.authority = true, .institution = true}));
    TRY(check_rules(body.rules));
    TRY(check_policy(context, member, {.body = wire::BodyCode::kSetPolicy}));
    put(diff, wire::MapKey::policy(member.id),
        wire::PolicyRecord{context.index, context.signers(), body.rules});
    return Ok{};
}

}  // namespace tasdiq::ledger
