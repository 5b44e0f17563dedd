#include <algorithm>

#include "model.hpp"

// Who acts, and whether enough of the right ones have signed.
namespace tasdiq::model {

using wire::Alternative;
using wire::BodyCode;
using wire::MemberKind;
using wire::Slot;
using wire::Who;

bool is_institution(MemberKind kind) {
    return kind >= MemberKind::kUniversity && kind <= MemberKind::kTrainingCentre;
}

const wire::MemberRecord* Model::member(MemberId id) const {
    const auto found = members.find(id);
    return found == members.end() ? nullptr : &found->second;
}

bool Model::has_ended(MemberId id) const {
    const auto* record = member(id);
    return record && record->ended && *record->ended <= today();
}

bool Model::is_void(LogIndex index, const std::vector<Signer>& signers) const {
    for (const Signer& signer : signers) {
        for (const wire::Void& one : members.at(signer.member).voids) {
            if (one.ordinal != signer.ordinal || index < one.from) continue;
            bool is_confirmed = false;
            for (const auto& confirmation : one.confirmed) {
                const auto [from, until] = confirmation.range;
                if (from <= index && index < until && stands(confirmation)) {
                    is_confirmed = true;
                }
            }
            if (!is_confirmed) return true;
        }
    }
    return false;
}

/// None of the keys that confirmed was voided from there or before.
bool Model::stands(const wire::Confirmation& confirmation) const {
    for (const Signer& by : confirmation.signers) {
        for (const wire::Void& one : members.at(by.member).voids) {
            if (one.ordinal == by.ordinal && one.from <= confirmation.index) return false;
        }
    }
    return true;
}

bool Model::was_voided(const Signer& key) const {
    for (const wire::Void& one : members.at(key.member).voids) {
        if (one.ordinal == key.ordinal) return true;
    }
    return false;
}

MemberId Model::standing_for(MemberId authority) const {
    for (int hops = 0; hops < 64; ++hops) {
        const auto* record = member(authority);
        if (!record || record->kind != MemberKind::kAuthority || !has_ended(authority)) break;
        std::optional<MemberId> next;
        for (const auto& item : record->succession) {
            if (is_void(item.index, item.signers)) continue;
            if (item.kind == wire::SuccessionKind::kReopened) next.reset();
            if (item.kind == wire::SuccessionKind::kAbsorbed ||
                item.kind == wire::SuccessionKind::kMerged) {
                next = item.others.front();
            }
        }
        if (!next) break;
        authority = *next;
    }
    return authority;
}

std::optional<MemberId> Model::supervisor(const wire::MemberRecord& record) const {
    if (!record.authority) return std::nullopt;
    return standing_for(*record.authority);
}

std::optional<wire::CustodyItem> Model::custody_of(MemberId id) const {
    if (!has_ended(id)) return std::nullopt;
    const auto& custody = members.at(id).custody;
    if (custody && !is_void(custody->index, custody->signers)) return custody;
    const MemberId successor = standing_for(id);
    if (successor == id) return std::nullopt;
    return wire::CustodyItem{successor, wire::CustodyScope::kArchives, {}, {}};
}

namespace {

bool is_of(MemberKind kind, unsigned kinds) {
    switch (kind) {
        case MemberKind::kState: return (kinds & kStates) != 0;
        case MemberKind::kAuthority: return (kinds & kAuthorities) != 0;
        case MemberKind::kSecretariat: return (kinds & kSecretariats) != 0;
        default: return (kinds & kInstitutions) != 0;
    }
}

const Slot kOfficer{Who::kSelf, std::nullopt};
const Slot kDean{Who::kSelf, Role::kDean};
const Slot kPresident{Who::kSelf, Role::kPresident};
const Slot kAuthority{Who::kSelf, Role::kAuthority};
const Slot kItsAuthority{Who::kAuthority, Role::kAuthority};
const Slot kVote{Who::kSelf, Role::kVote};
const Slot kItsVote{Who::kParent, Role::kVote};
const Slot kSecretariat{Who::kSelf, Role::kSecretariat};

std::vector<Alternative> default_for(BodyCode body, MemberKind kind) {
    if (kind == MemberKind::kSecretariat) return {{kSecretariat}};
    if (kind == MemberKind::kState) {
        if (body == BodyCode::kCancel) return {{kVote}};
        return {{kVote, kVote}};
    }
    if (kind == MemberKind::kAuthority) {
        if (body == BodyCode::kCancel) return {{kAuthority}};
        if (body == BodyCode::kConfirm) return {{kAuthority, kItsVote, kItsVote}};
        return {{kAuthority, kAuthority}};
    }
    if (body == BodyCode::kCancel) return {{kOfficer}};
    if (body == BodyCode::kConfirm) {
        return {{kDean, kOfficer, kItsAuthority}, {kPresident, kOfficer, kItsAuthority}};
    }
    if (body == BodyCode::kAddKey || body == BodyCode::kSetPolicy) {
        return {{kOfficer, kItsAuthority}};
    }
    std::vector<Alternative> two{{kDean, kOfficer}, {kPresident, kOfficer}};
    if (body == BodyCode::kRetireKey) two.push_back({kOfficer, kItsAuthority});
    return two;
}

template <class Value>
bool is_among(const std::vector<Value>& values, const Value& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

bool matches(const wire::Rule& rule, const Subject& subject) {
    if (rule.body != subject.body) return false;
    if (!rule.types && !rule.relations && !rule.captures) return true;
    if (!subject.terms) return false;
    return (!rule.types || is_among(*rule.types, subject.terms->type)) &&
           (!rule.relations || is_among(*rule.relations, subject.relation)) &&
           (!rule.captures || is_among(*rule.captures, subject.terms->capture));
}

}  // namespace

std::optional<Acting> Model::acting(MemberId sender, unsigned kinds, Needs needs,
                                    Offences& offences) const {
    const auto* record = member(sender);
    if (!record) {
        offences.insert(300);
        return std::nullopt;
    }
    if (!is_of(record->kind, kinds)) offences.insert(301);
    Acting acting{sender, sender, record->parent, supervisor(*record)};
    if (has_ended(sender)) {
        const auto custody = custody_of(sender);
        if (!custody || needs == Needs::kNobodyElse || has_ended(custody->custodian)) {
            offences.insert(302);
        } else if (needs == Needs::kEverything &&
                   custody->scope != wire::CustodyScope::kEverything) {
            offences.insert(303);
        } else {
            acting.self = custody->custodian;
            acting.parent = members.at(acting.self).parent;
        }
    }
    if (!offences.empty()) return std::nullopt;
    return acting;
}

const wire::Rule* Model::rule(const Acting& acting, const Subject& subject) const {
    if (subject.body == BodyCode::kCancel || subject.body == BodyCode::kConfirm) return nullptr;
    const auto policy = policies.find(acting.self);
    if (policy == policies.end() || is_void(policy->second.index, policy->second.signers)) {
        return nullptr;
    }
    for (const wire::Rule& one : policy->second.rules) {
        if (matches(one, subject)) return &one;
    }
    return nullptr;
}

std::vector<Alternative> Model::alternatives(const Acting& acting, const Subject& subject) const {
    const auto* own = rule(acting, subject);
    auto all = own ? own->alternatives : default_for(subject.body, members.at(acting.self).kind);
    // Somebody else keeps it: the one that supervises it is asked, too.
    const bool is_theirs =
        acting.self != acting.name && acting.authority && acting.self != *acting.authority;
    const bool asks = subject.body == BodyCode::kAddKey || subject.body == BodyCode::kConfirm;
    for (Alternative& one : all) {
        const bool has_it = std::find(one.begin(), one.end(), kItsAuthority) != one.end();
        if (is_theirs && asks && !has_it) one.push_back(kItsAuthority);
    }
    return all;
}

std::uint32_t Model::cool_off(const Acting& acting, const Subject& subject) const {
    const auto* own = rule(acting, subject);
    return own ? own->cool_off_s : 0;
}

namespace {

struct SigningKey {
    Signer signer;
    Role role;
};

bool fits(const Slot& slot, const Acting& acting, const SigningKey& key) {
    const std::optional<MemberId> whose = slot.who == Who::kSelf     ? acting.self
                                          : slot.who == Who::kParent ? acting.parent
                                                                     : acting.authority;
    if (whose != key.signer.member) return false;
    if (slot.role) return key.role == *slot.role;
    return key.role == Role::kRegistrar || key.role == Role::kDean || key.role == Role::kPresident;
}

/// Fills the slots from `at` on, one key each; all that `must` be used are used in the end.
bool is_filled(const Alternative& slots, std::size_t at, const Acting& acting,
               const std::vector<SigningKey>& keys, std::vector<bool> used,
               const std::vector<bool>& must) {
    if (at == slots.size()) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (must[i] && !used[i]) return false;
        }
        return true;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (used[i] || !fits(slots[at], acting, keys[i])) continue;
        used[i] = true;
        if (is_filled(slots, at + 1, acting, keys, used, must)) return true;
        used[i] = false;
    }
    return false;
}

using Keys = std::vector<SigningKey>;

bool is_filled(const Alternative& alternative, const Acting& acting, bool together,
               const Keys& keys) {
    std::vector<bool> must;
    for (const SigningKey& key : keys) {
        must.push_back(!together || key.signer.member == acting.self);
    }
    return is_filled(alternative, 0, acting, keys, std::vector<bool>(keys.size()), must);
}

Alternative with_authority(Alternative one, const Asked& asked) {
    const bool has_it = std::find(one.begin(), one.end(), kItsAuthority) != one.end();
    if (asked.registers && !has_it) one.push_back(kItsAuthority);
    return one;
}

/// Whether one of the alternatives is filled, with the authority where it is asked for.
bool is_met(const Asked& asked, bool together, const Keys& keys) {
    for (const Alternative& one : asked.alternatives) {
        if (is_filled(with_authority(one, asked), asked.acting, together, keys)) return true;
    }
    return false;
}

/// The same but for what is asked of the authority.
bool is_met_without_authority(const Asked& asked, bool together, const Keys& keys) {
    for (Alternative one : asked.alternatives) {
        if (is_filled(one, asked.acting, together, keys)) return true;
        const auto its = std::find(one.begin(), one.end(), kItsAuthority);
        if (!asked.registers || its == one.end()) continue;
        one.erase(its);
        if (is_filled(one, asked.acting, together, keys)) return true;
    }
    return false;
}

bool is_one_more(const SigningKey& key, const Asked& asked) {
    return asked.one_more == key.signer.member && key.role == Role::kAuthority;
}

/// One key of who granted what has run out is put aside first.
Keys without_one_more(Keys keys, const Asked& asked) {
    const auto its = std::find_if(keys.begin(), keys.end(),
                                  [&](const SigningKey& key) { return is_one_more(key, asked); });
    if (its != keys.end()) keys.erase(its);
    return keys;
}

/// Of several, a key that nobody has a place for, in what is met.
bool is_one_left_over(const std::vector<Asked>& asked, const Keys& keys) {
    for (const SigningKey& key : keys) {
        bool has_place = false;
        for (const Asked& one : asked) {
            if (one.acting.self == key.signer.member || is_one_more(key, one)) has_place = true;
            for (const Alternative& alternative : one.alternatives) {
                const Alternative slots = with_authority(alternative, one);
                if (!is_filled(slots, one.acting, true, without_one_more(keys, one))) continue;
                for (const Slot& slot : slots) {
                    if (fits(slot, one.acting, key)) has_place = true;
                }
            }
        }
        if (!has_place) return true;
    }
    return false;
}

}  // namespace

void Model::check_policy(const std::vector<Asked>& asked, const std::set<MemberId>& restorers,
                         const std::vector<Signer>& signers, Offences& offences) const {
    // The keys of those who restore are put aside: two of each.
    std::map<MemberId, int> aside;
    Keys rest;
    for (const Signer& signer : signers) {
        const Role role = keys.at(signer).role;
        if (restorers.contains(signer.member) && role == Role::kAuthority &&
            aside[signer.member] < 2) {
            ++aside[signer.member];
        } else {
            rest.push_back({signer, role});
        }
    }
    const bool together = asked.size() > 1;
    Offences found;
    for (const Asked& one : asked) {
        const Keys without_granter = without_one_more(rest, one);
        const bool has_signed = without_granter.size() < rest.size();
        if (one.one_more && !has_signed) found.insert(601);
        if (is_met(one, together, without_granter)) continue;
        if (one.one_more && is_met(one, together, rest)) {
            found.insert(601);
        } else {
            found.insert(is_met_without_authority(one, together, rest) ? 602 : 600);
        }
    }
    for (const MemberId restorer : restorers) {
        if (aside[restorer] < 2) found.insert(603);
    }
    if (found.empty() && together && is_one_left_over(asked, rest)) found.insert(600);
    offences.insert(found.begin(), found.end());
}

void Model::check_sender(MemberId sender, unsigned kinds, Needs needs, const Sent& sent,
                         Offences& offences) const {
    const auto who = acting(sender, kinds, needs, offences);
    if (!who) return;
    const Subject subject{wire::code_of(sent.payload.body)};
    check_policy({{*who, alternatives(*who, subject)}}, {}, sent.payload.signers, offences);
}

bool Model::is_level_above(MemberId above, const wire::MemberRecord& below) const {
    if (below.kind == MemberKind::kAuthority) return below.parent == above;
    return is_institution(below.kind) && supervisor(below) == above;
}

void Model::check_below(MemberId above, MemberId below, unsigned kinds, Offences& offences) const {
    const auto* record = member(below);
    if (!record) {
        offences.insert(310);
    } else if (!is_of(record->kind, kinds) || !is_level_above(above, *record)) {
        offences.insert(311);
    }
}

}  // namespace tasdiq::model
