#include <algorithm>

#include "generator.hpp"

// Who there is, and who could sign.
namespace tasdiq::model {

using wire::MemberKind;
using wire::Who;

namespace {

unsigned kind_of(MemberKind kind) {
    if (kind == MemberKind::kState) return kStates;
    if (kind == MemberKind::kAuthority) return kAuthorities;
    if (kind == MemberKind::kSecretariat) return kSecretariats;
    return kInstitutions;
}

}  // namespace

std::vector<MemberId> Generator::members_of(unsigned kinds) const {
    std::vector<MemberId> found;
    for (const auto& [id, record] : stage_.model.members) {
        if ((kind_of(record.kind) & kinds) != 0) found.push_back(id);
    }
    return found;
}

MemberId Generator::any_member() {
    return {static_cast<std::uint32_t>(1 + dice_.below(stage_.model.next_member + 1))};
}

MemberId Generator::member_of(unsigned kinds) {
    const auto found = members_of(kinds);
    if (found.empty() || dice_.percent(2)) return any_member();
    MemberId id = dice_.one_of(found);
    if (stage_.model.has_ended(id) && !dice_.percent(30)) id = dice_.one_of(found);
    return id;
}

/// One of those that are under this member.
MemberId Generator::below(MemberId above) {
    std::vector<MemberId> found;
    for (const auto& [id, record] : stage_.model.members) {
        if (record.kind == MemberKind::kAuthority && record.parent == above) found.push_back(id);
        if (stage_.model.supervisor(record) == above) found.push_back(id);
    }
    if (found.empty() || dice_.percent(4)) return any_member();
    return dice_.one_of(found);
}

MemberId Generator::authority_of(MemberId institution) {
    const auto* record = stage_.model.member(institution);
    if (!record || !record->authority || dice_.percent(4)) return member_of(kAuthorities);
    return *stage_.model.supervisor(*record);
}

std::vector<Signer> Generator::live_keys(MemberId member) const {
    std::vector<Signer> found;
    const Signer first{member, {0}};
    for (auto key = stage_.model.keys.lower_bound(first);
         key != stage_.model.keys.end() && key->first.member == member; ++key) {
        if (!key->second.until && !stage_.model.was_voided(key->first)) found.push_back(key->first);
    }
    return found;
}

std::optional<Signer> Generator::key_for(const wire::Slot& slot, const Acting& acting,
                                         const std::vector<Signer>& taken) {
    const auto whose = slot.who == Who::kSelf     ? std::optional{acting.self}
                       : slot.who == Who::kParent ? acting.parent
                                                  : acting.authority;
    if (!whose) return std::nullopt;
    std::vector<Signer> fitting;
    for (const Signer& key : live_keys(*whose)) {
        const Role role = stage_.model.keys.at(key).role;
        const bool is_officer = role >= Role::kRegistrar && role <= Role::kPresident;
        const bool is_taken = std::find(taken.begin(), taken.end(), key) != taken.end();
        if (!is_taken && (slot.role ? role == *slot.role : is_officer)) fitting.push_back(key);
    }
    if (fitting.empty()) return std::nullopt;
    return dice_.one_of(fitting);
}

void Generator::sign_for(const Acting& acting, const Subject& subject,
                         std::vector<Signer>& signers) {
    const auto alternatives = stage_.model.alternatives(acting, subject);
    for (const wire::Slot& slot : dice_.one_of(alternatives)) {
        if (const auto key = key_for(slot, acting, signers)) signers.push_back(*key);
    }
}

std::vector<Signer> Generator::signers_for(const Sent& sent) {
    std::vector<Signer> signers;
    Subject subject{wire::code_of(sent.payload.body)};
    std::vector<MemberId> senders;
    if (const auto* issue = std::get_if<wire::Issue>(&sent.payload.body)) {
        subject.terms = issue->terms;
        if (sent.items->front().relation) subject.relation = sent.items->front().relation->code;
        for (const auto& one : issue->terms.awarding) senders.push_back(one.institution);
    } else if (const auto* status = std::get_if<wire::Status>(&sent.payload.body)) {
        for (const Acting& one : stage_.model.all_acting(*status)) senders.push_back(one.name);
    } else {
        senders.push_back(std::visit(
            [](const auto& body) -> MemberId {
                if constexpr (
                    requires { body.by; } && !requires { body.ranges; } &&
                    !requires { body.number; }) {
                    return body.by;
                } else if constexpr (
                    requires {
                        body.state;
                        body.names;
                    } ||
                    requires {
                        body.state;
                        body.authority;
                    }) {
                    return body.state;
                } else if constexpr (requires { body.authority; }) {
                    return body.authority;
                } else if constexpr (requires { body.institution; }) {
                    return body.institution;
                } else if constexpr (requires { body.member; }) {
                    return body.member;
                } else {
                    return {1};
                }
            },
            sent.payload.body));
    }
    for (const MemberId sender : senders) {
        Offences any;
        if (const auto who = stage_.model.acting(sender, kAnyKind, Needs::kArchives, any)) {
            sign_for(*who, subject, signers);
        }
    }
    if (sent.items) {
        for (const MemberId restorer : stage_.model.restorers(*sent.items)) {
            for (const int time : {1, 2}) {
                const auto key =
                    key_for({Who::kSelf, Role::kAuthority}, {restorer, restorer, {}, {}}, signers);
                if (key && time != 0) signers.push_back(*key);
            }
        }
    }
    return signers;
}

void Generator::spoil_signers(std::vector<Signer>& signers) {
    if (!signers.empty() && dice_.percent(4)) {
        signers.erase(signers.begin() + static_cast<int>(dice_.below(signers.size())));
    }
    if (signers.empty() || dice_.percent(4)) {
        const MemberId member = any_member();
        signers.push_back({member, ordinal_of(member)});
    }
}

Ordinal Generator::ordinal_of(MemberId member) {
    const auto counters = stage_.model.counters.find(member);
    const std::size_t count =
        counters == stage_.model.counters.end() ? 1 : counters->second.next_ordinal.value;
    return {static_cast<std::uint16_t>(dice_.below(count + (dice_.percent(5) ? 1 : 0)))};
}

}  // namespace tasdiq::model
