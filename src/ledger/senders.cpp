#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

bool is_among(wire::MemberKind kind, Kinds kinds) {
    switch (kind) {
        case wire::MemberKind::kState: return kinds.state;
        case wire::MemberKind::kAuthority: return kinds.authority;
        case wire::MemberKind::kSecretariat: return kinds.secretariat;
        case wire::MemberKind::kUniversity:
        case wire::MemberKind::kSchool:
        case wire::MemberKind::kBranch:
        case wire::MemberKind::kExaminationBoard:
        case wire::MemberKind::kOrder:
        case wire::MemberKind::kTrainingCentre: return kinds.institution;
    }
    ENSURE(false);
}

bool is_any_filled(std::span<const wire::Alternative> alternatives, const Acting& acting,
                   std::span<const SigningKey> signers) {
    return std::ranges::any_of(alternatives, [&](const wire::Alternative& slots) {
        return is_filled(slots, acting, signers);
    });
}

}  // namespace

Result<Member, Refusal> find_sender(const Context& context, wire::MemberId id, Kinds kinds) {
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
    if (!record) return refuse(LedgerError::kSenderUnknown);
    if (!is_among(record->kind, kinds)) return refuse(LedgerError::kSenderKind);
    if (record->ended && *record->ended <= context.today()) {
        return refuse(LedgerError::kSenderEnded);
    }
    return Member{id, *std::move(record)};
}

Result<Member, Refusal> find_supervised(const Context& context, wire::MemberId authority,
                                        wire::MemberId institution) {
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(institution));
    if (!record) return refuse(LedgerError::kMemberUnknown);
    if (record->authority != authority) return refuse(LedgerError::kNotSupervised);
    return Member{institution, *std::move(record)};
}

Result<std::uint32_t, Refusal> check_policy(const Context& context, const Member& sender,
                                            const PolicySubject& subject, Beside beside) {
    const auto own =
        read_unvoided<wire::PolicyRecord>(context.view, wire::MapKey::policy(sender.id));
    Policy policy =
        policy_for(subject, sender.record.kind,
                   own ? std::span<const wire::Rule>{own->rules} : std::span<const wire::Rule>{});
    const Acting acting{sender.id, sender.record.parent, sender.record.authority};
    const bool is_met = is_any_filled(policy.alternatives, acting, context.signing_keys);
    if (beside == Beside::kNobody) {
        if (!is_met) return refuse(LedgerError::kPolicyNotMet);
        return policy.cool_off_s;
    }
    for (wire::Alternative& slots : policy.alternatives) {
        slots.push_back({wire::Who::kAuthority, wire::Role::kAuthority});
    }
    if (is_any_filled(policy.alternatives, acting, context.signing_keys)) return policy.cool_off_s;
    return refuse(is_met ? LedgerError::kAuthorityNeeded : LedgerError::kPolicyNotMet);
}

std::optional<Instant> effective_after(const Context& context, std::uint32_t cool_off_s) {
    if (cool_off_s == 0) return std::nullopt;
    return Instant{context.block.time.seconds + cool_off_s};
}

}  // namespace tasdiq::ledger
