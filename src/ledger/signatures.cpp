#include "ledger/rules.hpp"

// Whether those who signed are those who must.
namespace tasdiq::ledger {
namespace {

using wire::Who;

constexpr wire::Slot kTheAuthority{Who::kAuthority, wire::Role::kAuthority};

/// A party with the policy that it acts by.
struct Asked {
    Acting acting;
    Policy policy;
    Party party;
};

/// The alternative with its authority ensured. Where the authority itself acts, it answers for that
/// by acting.
wire::Alternative with_authority(const Asked& asked, wire::Alternative slots, bool ensured) {
    if (asked.acting.authority == asked.acting.self) return slots;
    if (ensured && std::ranges::find(slots, kTheAuthority) == slots.end()) {
        slots.push_back(kTheAuthority);
    }
    return slots;
}

/// What no institution does without its authority.
bool is_watched(const PolicySubject& subject) {
    using enum wire::BodyCode;
    return subject.body == kAddKey || subject.body == kSetPolicy || subject.body == kConfirm;
}

/// In custody, self is the custodian, by its own policy; the authority is that of the member.
Asked ask(const Context& context, const Party& party, const PolicySubject& subject) {
    const Member& member = *party.member;
    const wire::MemberId self = member.custodian ? member.custodian->id : member.id;
    const wire::MemberRecord& record = member.custodian ? member.custodian->record : member.record;
    const auto own = read_unvoided<wire::PolicyRecord>(context.view, wire::MapKey::policy(self));
    Asked asked{
        {self, record.parent, successor_of(context, member.record.authority)},
        policy_for(subject, record.kind,
                   own ? std::span<const wire::Rule>{own->rules} : std::span<const wire::Rule>{}),
        party};
    if (asked.acting.authority && member.custodian && is_watched(subject)) {
        // A custodian's own policy may not know of the authority that supervises the member.
        for (wire::Alternative& slots : asked.policy.alternatives) {
            slots = with_authority(asked, slots, true);
        }
    }
    return asked;
}

struct Remaining {
    std::vector<SigningKey> keys;
    bool is_complete = true;  // nobody was missing
};

bool is_authoritys(const SigningKey& key, wire::MemberId authority) {
    return key.member == authority && key.role == wire::Role::kAuthority;
}

/// Puts an `authority` key of this one aside.
void put_aside(Remaining& remaining, wire::MemberId authority) {
    const auto place = std::ranges::find_if(
        remaining.keys, [&](const SigningKey& one) { return is_authoritys(one, authority); });
    if (place == remaining.keys.end()) {
        remaining.is_complete = false;
    } else {
        remaining.keys.erase(place);
    }
}

/// The signing keys without two `authority` keys of each of these.
Remaining without_authorities(const Context& context, std::span<const wire::MemberId> authorities) {
    Remaining remaining{{context.signing_keys.begin(), context.signing_keys.end()}};
    for (const wire::MemberId authority : authorities) {
        put_aside(remaining, authority);
        put_aside(remaining, authority);
    }
    return remaining;
}

/// How a set of signers stands to an alternative.
using Fills = bool (*)(std::span<const wire::Slot>, const Acting&, std::span<const SigningKey>);

/// Errors: kPolicyNotMet … kRestoreWithoutAuthority.
Outcome check_party(const Asked& asked, const Remaining& remaining, Fills fills) {
    const auto is_met = [&](std::span<const SigningKey> keys, bool ensured) {
        return std::ranges::any_of(asked.policy.alternatives, [&](const wire::Alternative& slots) {
            return fills(with_authority(asked, slots, ensured), asked.acting, keys);
        });
    };
    const Party& party = asked.party;
    // Where the authority itself acts, it has signed by acting.
    const bool is_late = party.late && party.late != asked.acting.self;
    Remaining own{remaining.keys};
    if (is_late) put_aside(own, *party.late);
    if (is_met(own.keys, party.authority_ensured)) {
        if (!own.is_complete) return refuse(LedgerError::kAuthorityNeeded);
        if (!remaining.is_complete) return refuse(LedgerError::kRestoreWithoutAuthority);
        return Ok{};
    }
    const std::span<const SigningKey> keys{remaining.keys};
    if (is_late && is_met(keys, party.authority_ensured)) {
        return refuse(LedgerError::kAuthorityNeeded);
    }
    // Whether only the authority is missing, beside the policy or in it.
    const bool lacks_it =
        party.authority_ensured &&
        (is_met(keys, false) ||
         std::ranges::any_of(asked.policy.alternatives, [&](wire::Alternative slots) {
             const auto place = std::ranges::find(slots, kTheAuthority);
             if (place == slots.end()) return false;
             slots.erase(place);
             return fills(slots, asked.acting, keys);
         }));
    return refuse(lacks_it ? LedgerError::kRegisterWithoutAuthority : LedgerError::kPolicyNotMet);
}

/// Whether the key has a place in what one of the parties is asked for.
bool has_place(const SigningKey& key, std::span<const Asked> parties,
               std::span<const SigningKey> keys) {
    return std::ranges::any_of(parties, [&](const Asked& asked) {
        // That its own keys fill slots, none left over, was seen already.
        if (asked.acting.self == key.member) return true;
        if (asked.party.late && is_authoritys(key, *asked.party.late)) return true;
        return std::ranges::any_of(
            asked.policy.alternatives, [&](const wire::Alternative& alternative) {
                const auto slots =
                    with_authority(asked, alternative, asked.party.authority_ensured);
                return is_filled_beside(slots, asked.acting, keys) &&
                       std::ranges::any_of(slots, [&](const wire::Slot& slot) {
                           return fits(slot, asked.acting, key);
                       });
            });
    });
}

}  // namespace

Result<std::uint32_t, Refusal> check_policies(const Context& context,
                                              std::span<const Party> parties,
                                              const PolicySubject& subject,
                                              std::span<const wire::MemberId> restoring) {
    const Remaining remaining = without_authorities(context, restoring);
    std::vector<Asked> asked;
    std::uint32_t cool_off_s = 0;
    for (const Party& party : parties) {
        asked.push_back(ask(context, party, subject));
        cool_off_s = std::max(cool_off_s, asked.back().policy.cool_off_s);
    }
    const Fills fills = parties.size() == 1 ? is_filled : is_filled_beside;
    TRY(check_each(asked.size(),
                   [&](std::size_t i) { return check_party(asked[i], remaining, fills); }));
    const bool is_any_left =
        parties.size() > 1 && std::ranges::any_of(remaining.keys, [&](const SigningKey& key) {
            return !has_place(key, asked, remaining.keys);
        });
    if (is_any_left) return refuse(LedgerError::kPolicyNotMet);
    return cool_off_s;
}

Result<std::uint32_t, Refusal> check_policy(const Context& context, const Member& sender,
                                            const PolicySubject& subject) {
    const Party party{&sender};
    return check_policies(context, {&party, 1}, subject);
}

}  // namespace tasdiq::ledger
