#include <algorithm>

#include "crypto/signature.hpp"
#include "model.hpp"

// Members and their keys: registering, adding, retiring, voiding, confirming, reconstituting.
namespace tasdiq::model {

using wire::MapKey;
using wire::MemberKind;

void Model::put_member(MemberId id) { put(MapKey::member(id), members.at(id)); }

void Model::end_key(const Signer& key) {
    keys.at(key).until = LogIndex{next_index().value + 1};
    put(MapKey::key(key.member, key.ordinal), keys.at(key));
}

// ------------------------------------------------------------------ new keys
void Model::check_new_keys(const std::vector<wire::NewKey>& added, MemberKind kind,
                           std::optional<MemberId> id, Offences& offences) const {
    std::set<Role> roles;
    if (is_institution(kind)) {
        roles = {Role::kRegistrar, Role::kDean, Role::kPresident, Role::kAssertion, Role::kSeal};
    } else if (kind == MemberKind::kAuthority) {
        roles = {Role::kAuthority, Role::kAssertion, Role::kSeal};
    } else if (kind == MemberKind::kState) {
        roles = {Role::kVote, Role::kNode};
    } else {
        roles = {Role::kSecretariat, Role::kPublisher};
    }
    for (const wire::NewKey& key : added) {
        if (!roles.contains(key.role)) offences.insert(400);
        const bool is_ed25519 = key.algorithm == crypto::Algorithm::kEd25519;
        if (key.role == Role::kSeal && is_ed25519) offences.insert(401);
        if ((key.role == Role::kNode || key.role == Role::kPublisher ||
             key.role == Role::kAssertion) &&
            !is_ed25519) {
            offences.insert(401);
        }
        if (owners.contains(key.public_key)) offences.insert(403);
        const auto parsed = crypto::PublicKey::parse(key.algorithm, key.public_key);
        if (!parsed) {
            offences.insert(402);
        } else if (!crypto::verify(
                       *parsed,
                       wire::possession_input(chain, id, key.role, key.algorithm, key.public_key),
                       key.possession)) {
            offences.insert(404);
        }
    }
}

void Model::add_keys(MemberId id, const std::vector<wire::NewKey>& added, const Sent& sent) {
    wire::CountersRecord& counter = counters.at(id);
    for (const wire::NewKey& key : added) {
        const Signer place{id, counter.next_ordinal};
        ++counter.next_ordinal.value;
        keys.insert_or_assign(place, wire::KeyRecord{next_index(),
                                                     sent.payload.signers,
                                                     key.role,
                                                     key.algorithm,
                                                     key.public_key,
                                                     LogIndex{next_index().value + 1},
                                                     {}});
        owners.emplace(key.public_key, place);
        put(MapKey::key(id, place.ordinal), keys.at(place));
        const auto parsed = crypto::PublicKey::parse(key.algorithm, key.public_key);
        put(MapKey::key_owner(crypto::key_id(*parsed)), wire::KeyOwnerRecord{id, place.ordinal});
    }
    put(MapKey::counters(id), counter);
}

MemberId Model::add_member(wire::MemberRecord record, const std::vector<wire::NewKey>& added,
                           const Sent& sent) {
    const MemberId id{next_member++};
    record.index = next_index();
    record.signers = sent.payload.signers;
    members.emplace(id, std::move(record));
    counters.emplace(id, wire::CountersRecord{{0}, 1, 1});
    put_member(id);
    add_keys(id, added, sent);
    put(MapKey::ledger(), wire::LedgerRecord{{next_member}, blocks});
    return id;
}

// ------------------------------------------------------------------ registering
void Model::check(const wire::RegisterAuthority& body, const Sent& sent, Offences& offences) const {
    check_sender(body.state, kStates, Needs::kNobodyElse, sent, offences);
    check_new_keys(body.keys, MemberKind::kAuthority, std::nullopt, offences);
}

void Model::take(const wire::RegisterAuthority& body, const Sent& sent) {
    wire::MemberRecord record{};
    record.kind = MemberKind::kAuthority;
    record.parent = body.state;
    record.country = members.at(body.state).country;
    record.names = body.names;
    record.ids = body.ids;
    record.sector = body.sector;
    add_member(record, body.keys, sent);
}

void Model::check(const wire::RegisterInstitution& body, const Sent& sent,
                  Offences& offences) const {
    check_sender(body.authority, kAuthorities, Needs::kNobodyElse, sent, offences);
    if (!is_institution(body.kind)) offences.insert(330);
    const bool has_parent = body.kind == MemberKind::kSchool || body.kind == MemberKind::kBranch;
    if (has_parent && !body.parent) offences.insert(331);
    if (!has_parent && body.parent) offences.insert(332);
    if (body.parent) {
        const auto* parent = member(*body.parent);
        if (!parent || !is_institution(parent->kind)) {
            offences.insert(333);
        } else if (supervisor(*parent) != body.authority) {
            offences.insert(334);
        }
    }
    const auto* authority = member(body.authority);
    if (authority && body.country != authority->country && body.kind != MemberKind::kBranch) {
        offences.insert(335);
    }
    check_new_keys(body.keys, MemberKind::kUniversity, std::nullopt, offences);
}

void Model::take(const wire::RegisterInstitution& body, const Sent& sent) {
    wire::MemberRecord record{};
    record.kind = body.kind;
    record.parent = body.parent;
    record.authority = body.authority;
    record.country = body.country;
    record.names = body.names;
    record.ids = body.ids;
    add_member(record, body.keys, sent);
}

void Model::check(const wire::EndAuthority& body, const Sent& sent, Offences& offences) const {
    check_sender(body.state, kStates, Needs::kNobodyElse, sent, offences);
    check_below(body.state, body.authority, kAuthorities, offences);
    const auto* record = member(body.authority);
    if (record && record->ended) offences.insert(312);
    if (body.effective < today()) offences.insert(320);
}

void Model::take(const wire::EndAuthority& body, const Sent& sent) {
    wire::MemberRecord& record = members.at(body.authority);
    record.ended = body.effective;
    record.index = next_index();
    record.signers = sent.payload.signers;
    put_member(body.authority);
}

// ------------------------------------------------------------------ adding and retiring
void Model::check(const wire::AddKey& body, const Sent& sent, Offences& offences) const {
    check_sender(body.member, kAnyKind, Needs::kArchives, sent, offences);
    if (const auto* record = member(body.member)) {
        check_new_keys({body.key}, record->kind, body.member, offences);
    }
}

void Model::take(const wire::AddKey& body, const Sent& sent) {
    add_keys(body.member, {body.key}, sent);
}

void Model::check(const wire::RetireKey& body, const Sent& sent, Offences& offences) const {
    check_sender(body.member, kAnyKind, Needs::kArchives, sent, offences);
    const Signer place{body.member, body.ordinal};
    const auto key = keys.find(place);
    if (key == keys.end() || is_void(key->second.index, key->second.signers)) {
        offences.insert(410);
    } else if (key->second.until || was_voided(place)) {
        offences.insert(411);
    }
}

void Model::take(const wire::RetireKey& body, const Sent&) { end_key({body.member, body.ordinal}); }

// ------------------------------------------------------------------ voiding
LogIndex Model::whole_from(LogIndex index) const {
    while (certificate(index)) --index.value;
    return index;
}

/// Where a certificate stands there, behind the last one of its issue.
LogIndex Model::whole_until(LogIndex index) const {
    while (certificate(index)) ++index.value;
    return index;
}

/// A range that begins or ends among the certificates of an issue is that of the whole issue.
std::vector<wire::IndexRange> Model::widened(std::vector<wire::IndexRange> ranges) const {
    for (wire::IndexRange& range : ranges) {
        range = {whole_from(range.from), whole_until(range.until)};
    }
    std::vector<wire::IndexRange> apart;
    for (const wire::IndexRange& range : ranges) {
        if (!apart.empty() && range.from <= apart.back().until) {
            apart.back().until = std::max(apart.back().until, range.until);
        } else {
            apart.push_back(range);
        }
    }
    return apart;
}

void Model::check(const wire::VoidKey& body, const Sent& sent, Offences& offences) const {
    check_sender(body.by, kStates | kAuthorities, Needs::kNobodyElse, sent, offences);
    check_below(body.by, body.member, kAuthorities | kInstitutions, offences);
    const Signer place{body.member, body.ordinal};
    if (!keys.contains(place)) offences.insert(410);
    const LogIndex from = whole_from(body.from);
    if (from > next_index()) {
        offences.insert(420);
    } else if (from < next_index() &&
               log[from.value].time.seconds < now.seconds - 90 * kSecondsPerDay) {
        offences.insert(421);
    }
    if (const auto* record = member(body.member)) {
        for (const wire::Void& one : record->voids) {
            if (one.ordinal == body.ordinal && from >= one.from) offences.insert(422);
        }
    }
}

void Model::take(const wire::VoidKey& body, const Sent& sent) {
    auto& voids = members.at(body.member).voids;
    const LogIndex from = whole_from(body.from);
    for (wire::Void& one : voids) {
        if (one.ordinal != body.ordinal) continue;
        one.from = from;
        one.index = next_index();
        one.signers = sent.payload.signers;
        put_member(body.member);
        return;
    }
    voids.push_back({body.ordinal, from, {}, next_index(), sent.payload.signers});
    put_member(body.member);
}

/// Whether one of the indices is in none of the confirmations that still stand.
bool Model::says_more(const std::vector<wire::IndexRange>& ranges, const wire::Void& key) const {
    for (const auto& range : ranges) {
        for (LogIndex at = range.from; at < range.until; ++at.value) {
            bool is_confirmed = false;
            for (const auto& one : key.confirmed) {
                if (one.range.from <= at && at < one.range.until && stands(one)) {
                    is_confirmed = true;
                }
            }
            if (!is_confirmed) return true;
        }
    }
    return false;
}

void Model::check(const wire::Confirm& body, const Sent& sent, Offences& offences) const {
    check_sender(body.member, kAuthorities | kInstitutions, Needs::kArchives, sent, offences);
    const auto* record = member(body.member);
    if (!record) return;
    if (!is_level_above(body.by, *record)) offences.insert(311);
    if (!keys.contains({body.member, body.ordinal})) offences.insert(410);
    for (const wire::Void& one : record->voids) {
        if (one.ordinal != body.ordinal) continue;
        bool lies_outside = false;
        const auto ranges = widened(body.ranges);
        for (const auto& range : ranges) {
            if (range.from < one.from || range.until > next_index()) lies_outside = true;
        }
        if (lies_outside) offences.insert(424);
        if (!lies_outside && !says_more(ranges, one)) offences.insert(425);
        std::size_t standing = 0;
        for (const wire::Void& any : record->voids) {
            for (const auto& confirmation : any.confirmed) {
                if (stands(confirmation)) ++standing;
            }
        }
        if (standing + ranges.size() > 256) offences.insert(426);
        return;
    }
    offences.insert(423);
}

void Model::take(const wire::Confirm& body, const Sent& sent) {
    for (wire::Void& one : members.at(body.member).voids) {
        std::vector<wire::Confirmation> all;
        for (const auto& confirmation : one.confirmed) {
            if (stands(confirmation)) all.push_back(confirmation);
        }
        one.confirmed = all;
        if (one.ordinal != body.ordinal) continue;
        for (const auto& range : widened(body.ranges)) {
            all.push_back({range, next_index(), sent.payload.signers});
        }
        one.confirmed = all;
    }
    put_member(body.member);
}

// ------------------------------------------------------------------ reconstituting
void Model::check(const wire::Reconstitute& body, const Sent& sent, Offences& offences) const {
    check_sender(body.by, kStates | kAuthorities, Needs::kNobodyElse, sent, offences);
    check_below(body.by, body.member, kAuthorities | kInstitutions, offences);
    const auto* record = member(body.member);
    if (!record) return;
    if (has_ended(body.member)) offences.insert(312);
    check_room(*record, offences);
    check_new_keys(body.keys, record->kind, body.member, offences);
    for (const Ordinal ordinal : body.retired) {
        const auto key = keys.find({body.member, ordinal});
        if (key == keys.end()) {
            offences.insert(410);
        } else if (key->second.until) {
            offences.insert(411);
        }
    }
}

void Model::take(const wire::Reconstitute& body, const Sent& sent) {
    for (const Ordinal ordinal : body.retired) end_key({body.member, ordinal});
    add_succession(body.member, {wire::SuccessionKind::kReconstituted,
                                 {},
                                 today(),
                                 body.legal,
                                 next_index(),
                                 sent.payload.signers});
    put_member(body.member);
    add_keys(body.member, body.keys, sent);
}

}  // namespace tasdiq::model
