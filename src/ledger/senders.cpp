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

struct Remaining {
    std::vector<SigningKey> keys;
    bool is_complete = true;  // nobody was missing
};
/// The signing keys without two `authority` keys of each of these.
Remaining without_authorities(const Context& context, std::span<const wire::MemberId> authorities) {
    Remaining remaining{{context.signing_keys.begin(), context.signing_keys.end()}};
    auto& keys = remaining.keys;
    for (const wire::MemberId authority : authorities) {
        for (int key = 0; key < 2; ++key) {
            const auto place = std::ranges::find_if(keys, [&](const SigningKey& one) {
                return one.member == authority && one.role == wire::Role::kAuthority;
            });
            if (place == keys.end()) {
                remaining.is_complete = false;
                break;
            }
            keys.erase(place);
        }
    }
    return remaining;
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

Result<Member, Refusal> find_below(const Context& context, const Member& above, wire::MemberId id) {
    if (above.record.kind == wire::MemberKind::kAuthority) {
        return find_supervised(context, above.id, id);
    }
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
    if (!record) return refuse(LedgerError::kMemberUnknown);
    if (record->kind != wire::MemberKind::kAuthority || record->parent != above.id) {
        return refuse(LedgerError::kNotSupervised);
    }
    return Member{id, *std::move(record)};
}

Result<std::uint32_t, Refusal> check_policy(const Context& context, const Member& sender,
                                            const PolicySubject& subject, const Beside& beside) {
    const auto own =
        read_unvoided<wire::PolicyRecord>(context.view, wire::MapKey::policy(sender.id));
    const Policy policy =
        policy_for(subject, sender.record.kind,
                   own ? std::span<const wire::Rule>{own->rules} : std::span<const wire::Rule>{});
    const Acting acting{sender.id, sender.record.parent, sender.record.authority};
    // Each authority that is asked beside the policy gives two keys; they fill no other slot.
    const Remaining remaining = without_authorities(context, beside.authorities);
    const std::span<const SigningKey> keys{remaining.keys};
    const wire::Slot authority{wire::Who::kAuthority, wire::Role::kAuthority};
    const auto is_met = [&](bool more, bool ensured) {
        return std::ranges::any_of(policy.alternatives, [&](wire::Alternative slots) {
            if (more) slots.push_back(authority);
            if (ensured && std::ranges::find(slots, authority) == slots.end()) {
                slots.push_back(authority);
            }
            return is_filled(slots, acting, keys);
        });
    };
    if (remaining.is_complete && is_met(beside.authority_more, beside.authority_ensured)) {
        return policy.cool_off_s;
    }
    if (!is_met(false, false)) {
        // Whether only the authority is missing that stands in the policy itself.
        const bool lacks_it =
            beside.authority_ensured &&
            std::ranges::any_of(policy.alternatives, [&](wire::Alternative slots) {
                const auto place = std::ranges::find(slots, authority);
                if (place == slots.end()) return false;
                slots.erase(place);
                return is_filled(slots, acting, keys);
            });
        return refuse(lacks_it ? LedgerError::kRegisterWithoutAuthority
                               : LedgerError::kPolicyNotMet);
    }
    if (beside.authority_more) return refuse(LedgerError::kAuthorityNeeded);
    return refuse(beside.authority_ensured ? LedgerError::kRegisterWithoutAuthority
                                           : LedgerError::kRestoreWithoutAuthority);
}

std::optional<Instant> effective_after(const Context& context, std::uint32_t cool_off_s) {
    if (cool_off_s == 0) return std::nullopt;
    return Instant{context.block.time.seconds + cool_off_s};
}

}  // namespace tasdiq::ledger
