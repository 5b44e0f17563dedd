#include "ledger/policy.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "ledger/records.hpp"

namespace tasdiq::ledger {
namespace {

using enum wire::Role;
using wire::Who;

constexpr wire::Slot kOfficer{Who::kSelf, std::nullopt};
constexpr wire::Slot kOwnDean{Who::kSelf, kDean};
constexpr wire::Slot kOwnPresident{Who::kSelf, kPresident};
constexpr wire::Slot kItsAuthority{Who::kAuthority, kAuthority};
constexpr wire::Slot kOwnAuthority{Who::kSelf, kAuthority};
constexpr wire::Slot kOwnVote{Who::kSelf, kVote};
constexpr wire::Slot kStateVote{Who::kParent, kVote};
constexpr wire::Slot kOwnSecretariat{Who::kSelf, kSecretariat};

bool is_officer(wire::Role role) {
    return role == kRegistrar || role == kDean || role == kPresident;
}

std::optional<wire::MemberId> member_of(Who who, const Acting& acting) {
    switch (who) {
        case Who::kSelf: return acting.self;
        case Who::kParent: return acting.parent;
        case Who::kAuthority: return acting.authority;
    }
    ENSURE(false);
}

/// Kuhn's matching: gives `slot` a signer, moving others to other slots where that helps.
/// `holder[signer]` is the slot that the signer fills; `tried` marks signers looked at this time.
bool give_signer(std::size_t slot, std::span<const std::vector<bool>> can,
                 std::vector<std::optional<std::size_t>>& holder, std::vector<bool>& tried) {
    for (std::size_t signer = 0; signer < holder.size(); ++signer) {
        if (!can[slot][signer] || tried[signer]) continue;
        tried[signer] = true;
        if (!holder[signer] || give_signer(*holder[signer], can, holder, tried)) {
            holder[signer] = slot;
            return true;
        }
    }
    return false;
}

/// Whether every slot gets a signer of its own.
bool has_signers(std::span<const wire::Slot> slots, const Acting& acting,
                 std::span<const SigningKey> signers) {
    std::vector<std::vector<bool>> can(slots.size(), std::vector<bool>(signers.size()));
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        for (std::size_t signer = 0; signer < signers.size(); ++signer) {
            can[slot][signer] = fits(slots[slot], acting, signers[signer]);
        }
    }
    std::vector<std::optional<std::size_t>> holder(signers.size());
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        std::vector<bool> tried(signers.size());
        if (!give_signer(slot, can, holder, tried)) return false;
    }
    return true;
}

template <class T>
bool allows(const std::optional<std::vector<T>>& list, const std::optional<T>& value) {
    return !list || (value && std::ranges::find(*list, *value) != list->end());
}

bool matches(const wire::Rule& rule, const PolicySubject& subject) {
    if (rule.body != subject.body) return false;
    if (!allows(rule.types, subject.type) || !allows(rule.captures, subject.capture)) return false;
    if (!rule.relations) return true;
    return subject.type &&
           std::ranges::find(*rule.relations, subject.relation) != rule.relations->end();
}

std::vector<wire::Alternative> institution_defaults(const PolicySubject& subject) {
    const std::vector<wire::Alternative> two_officers{{kOwnDean, kOfficer},
                                                      {kOwnPresident, kOfficer}};
    const wire::Alternative one_and_authority{kOfficer, kItsAuthority};
    if (subject.body == wire::BodyCode::kCancel) return {{kOfficer}};
    if (subject.body == wire::BodyCode::kConfirm ||
        (subject.capture && is_from_register(*subject.capture))) {
        return {{kOwnDean, kOfficer, kItsAuthority}, {kOwnPresident, kOfficer, kItsAuthority}};
    }
    if (subject.body == wire::BodyCode::kIssue || subject.body == wire::BodyCode::kStatus ||
        subject.body == wire::BodyCode::kCommitCohort ||
        subject.body == wire::BodyCode::kReleaseSeats) {
        return two_officers;
    }
    if (subject.body == wire::BodyCode::kRetireKey) {
        // Two officers throw a lost key out at once; one of them needs the authority.
        return {two_officers[0], two_officers[1], one_and_authority};
    }
    return {one_and_authority};  // add-key, set-policy: nobody adds an officer alone
}

}  // namespace

bool fits(const wire::Slot& slot, const Acting& acting, const SigningKey& key) {
    return member_of(slot.who, acting) == key.member &&
           (slot.role ? *slot.role == key.role : is_officer(key.role));
}

bool is_filled(std::span<const wire::Slot> slots, const Acting& acting,
               std::span<const SigningKey> signers) {
    return slots.size() == signers.size() && has_signers(slots, acting, signers);
}

bool is_filled_beside(std::span<const wire::Slot> slots, const Acting& acting,
                      std::span<const SigningKey> signers) {
    const auto own_slots = std::ranges::count_if(
        slots, [&](const wire::Slot& slot) { return member_of(slot.who, acting) == acting.self; });
    const auto own_keys = std::ranges::count(signers, acting.self, &SigningKey::member);
    return own_slots == own_keys && has_signers(slots, acting, signers);
}

std::vector<wire::Alternative> default_alternatives(const PolicySubject& subject,
                                                    wire::MemberKind kind) {
    if (is_institution(kind)) return institution_defaults(subject);
    const bool cancels = subject.body == wire::BodyCode::kCancel;
    if (kind == wire::MemberKind::kState) {
        return cancels ? std::vector<wire::Alternative>{{kOwnVote}}
                       : std::vector<wire::Alternative>{{kOwnVote, kOwnVote}};
    }
    if (kind == wire::MemberKind::kAuthority && subject.body == wire::BodyCode::kConfirm) {
        return {{kOwnAuthority, kStateVote, kStateVote}};
    }
    if (kind == wire::MemberKind::kAuthority && cancels) return {{kOwnAuthority}};
    if (kind == wire::MemberKind::kAuthority) return {{kOwnAuthority, kOwnAuthority}};
    // It records nothing that a certificate rests on, and may hold a single key.
    return {{kOwnSecretariat}};
}

Policy policy_for(const PolicySubject& subject, wire::MemberKind kind,
                  std::span<const wire::Rule> rules) {
    // What a stolen key brought back is nothing that a member may make easy for itself, and an
    // officer's veto nothing that it may take away.
    if (subject.body == wire::BodyCode::kConfirm || subject.body == wire::BodyCode::kCancel) {
        return {default_alternatives(subject, kind), 0};
    }
    const auto rule =
        std::ranges::find_if(rules, [&](const wire::Rule& r) { return matches(r, subject); });
    if (rule != rules.end()) return {rule->alternatives, rule->cool_off_s};
    return {default_alternatives(subject, kind), 0};
}

}  // namespace tasdiq::ledger
