#include <algorithm>

#include "model.hpp"

// The two slots of a certificate, who may change them, and attestations.
namespace tasdiq::model {

using wire::MapKey;
using wire::MemberKind;
using wire::StatusChange;
using wire::StatusState;

bool is_final(StatusState state) {
    return state == StatusState::kRevoked || state == StatusState::kAnnulled ||
           state == StatusState::kCancelled;
}

Changes Model::changes(const std::optional<wire::StatusSlot>& slot) {
    if (!slot) return {};
    Changes all{*slot};
    all.insert(all.end(), slot->earlier.begin(), slot->earlier.end());
    return all;
}

Changes Model::all_changes(LogIndex index, bool authority) const {
    const auto record = statuses.find(index);
    if (record == statuses.end()) return {};
    return changes(authority ? record->second.authority : record->second.issuer);
}

/// Whether the oldest change that names this certificate is by no voided key.
bool Model::counts_as_by(const Changes& all, LogIndex by) const {
    const StatusChange* oldest = nullptr;
    for (const StatusChange& change : all) {
        if (change.by == by) oldest = &change;
    }
    return !is_void(oldest->index, oldest->signers);
}

/// What says that this certificate stands in its place does not count.
static void forget_by(StatusChange& change) {
    change.by.reset();
    if (change.state == StatusState::kReplaced) change.state = StatusState::kReinstated;
}

/// Those by no voided key, as they count.
Changes Model::counting(LogIndex index, bool authority) const {
    const Changes all = all_changes(index, authority);
    Changes counting;
    for (StatusChange change : all) {
        if (is_void(change.index, change.signers)) continue;
        if (change.by && !counts_as_by(all, *change.by)) forget_by(change);
        counting.push_back(change);
    }
    return counting;
}

/// What the newest by no voided key is by, whether that counts or not.
std::optional<LogIndex> Model::by_as_written(LogIndex index, bool authority) const {
    for (const StatusChange& change : all_changes(index, authority)) {
        if (!is_void(change.index, change.signers)) return change.by;
    }
    return std::nullopt;
}

/// In effect or not.
std::optional<StatusChange> Model::newest(LogIndex index, bool authority) const {
    const Changes all = counting(index, authority);
    return all.empty() ? std::nullopt : std::optional{all.front()};
}

/// For one change more, perhaps without those that are void.
bool Model::has_room(LogIndex index, bool authority) const {
    return counting(index, authority).size() <= wire::kHistoryMax;
}

/// Now, or once what waits has taken effect.
bool Model::is_suspended(LogIndex index, bool authority) const {
    for (const StatusChange& change : counting(index, authority)) {
        if (change.state == StatusState::kSuspended) return true;
        if (!change.effective || *change.effective <= now) return false;
    }
    return false;
}

/// Of a certificate that waited: nobody signed the mark, so no void takes it back.
bool Model::is_veto(const std::optional<StatusChange>& change) {
    return change && change->state == StatusState::kCancelled && change->signers.empty();
}

bool Model::is_restored(const std::optional<StatusChange>& change) const {
    if (!change || !change->by) return false;
    return certificate(*change->by)->relation->code == wire::RelationCode::kRestores &&
           !is_void_certificate(*change->by);
}

bool Model::is_replaced(const std::optional<StatusChange>& change) const {
    return change && change->by &&
           certificate(*change->by)->relation->code != wire::RelationCode::kRestores;
}

void Model::put_status(LogIndex index, const Changes& issuer, const Changes& authority) {
    const auto slot = [](Changes all) -> std::optional<wire::StatusSlot> {
        if (all.empty()) return std::nullopt;
        return wire::StatusSlot{all.front(), Changes(all.begin() + 1, all.end())};
    };
    const wire::StatusRecord record{slot(issuer), slot(authority)};
    if (issuer.empty() && authority.empty()) {
        statuses.erase(index);
        written.insert_or_assign(MapKey::status(index), std::nullopt);
    } else {
        statuses.insert_or_assign(index, record);
        put(MapKey::status(index), record);
    }
}

/// The newest that is void goes; without one only a veto goes on top, and stands alone.
Changes Model::with_room(Changes all) const {
    const auto gone = std::find_if(all.begin(), all.end(), [&](const StatusChange& change) {
        return is_void(change.index, change.signers);
    });
    if (gone == all.end()) return {};
    const auto by = gone->by;
    const bool is_named_earlier = std::any_of(
        gone + 1, all.end(), [&](const StatusChange& change) { return change.by == by; });
    all.erase(gone);
    if (!by || is_named_earlier) return all;
    for (StatusChange& change : all) {
        if (change.by == by) forget_by(change);
    }
    return all;
}

void Model::push(LogIndex index, bool authority, const StatusChange& change) {
    const wire::StatusRecord before = statuses[index];
    Changes issuer = changes(before.issuer);
    Changes of_authority = changes(before.authority);
    Changes& slot = authority ? of_authority : issuer;
    if (slot.size() > wire::kHistoryMax) slot = with_room(slot);
    slot.insert(slot.begin(), change);
    put_status(index, issuer, of_authority);
}

/// Takes out what the transaction at `by` wrote.
void Model::remove(LogIndex index, bool authority, LogIndex by) {
    const auto found = statuses.find(index);
    if (found == statuses.end()) return;
    Changes issuer = changes(found->second.issuer);
    Changes of_authority = changes(found->second.authority);
    Changes& slot = authority ? of_authority : issuer;
    Changes left;
    for (const StatusChange& change : slot) {
        if (change.index != by) left.push_back(change);
    }
    if (left == slot) return;
    slot = left;
    put_status(index, issuer, of_authority);
}

// ------------------------------------------------------------------ who
/// An authority speaks in its own slot, but of what authorities issued themselves in the issuer's.
bool Model::is_in_authority_slot(const wire::Status& body, LogIndex index) const {
    return member(body.member)->kind == MemberKind::kAuthority &&
           certificate(index)->terms.awarding.front().accreditation.has_value();
}

/// Those whose business the slot is: who awarded it, or who accredited them for it.
std::set<MemberId> Model::concerned(const wire::Status& body, LogIndex index) const {
    std::set<MemberId> all;
    for (const auto& one : certificate(index)->terms.awarding) {
        if (!is_in_authority_slot(body, index)) {
            all.insert(one.institution);
        } else if (one.accreditation) {
            const auto found = accreditations.find({one.institution, *one.accreditation});
            if (found != accreditations.end()) all.insert(standing_for(found->second.authority));
        }
    }
    return all;
}

std::vector<Acting> Model::all_acting(const wire::Status& body) const {
    std::set<MemberId> names{body.member};
    const bool any_may = body.state == StatusState::kSuspended ||
                         body.state == StatusState::kLost || body.state == StatusState::kReplaced;
    for (const LogIndex index : body.indices) {
        if (any_may || !member(body.member) || !certificate(index)) continue;
        const auto together = concerned(body, index);
        if (together.contains(body.member)) names.insert(together.begin(), together.end());
    }
    std::vector<Acting> all;
    for (const MemberId name : names) {
        Offences gone;  // who has ended and left nobody is not asked
        if (const auto one = acting(name, kAnyKind, Needs::kArchives, gone)) all.push_back(*one);
    }
    return all;
}

// ------------------------------------------------------------------ status
void Model::check(const wire::Status& body, const Sent& sent, Offences& offences) const {
    if (!acting(body.member, kAuthorities | kInstitutions, Needs::kArchives, offences)) return;
    std::vector<Asked> asked;
    for (const Acting& one : all_acting(body)) {
        asked.push_back({one, alternatives(one, {wire::BodyCode::kStatus})});
    }
    check_policy(asked, {}, sent.payload.signers, offences);
    if (body.state == StatusState::kReplaced) offences.insert(800);
    for (const LogIndex index : body.indices) {
        if (!certificate(index)) {
            offences.insert(801);
        } else {
            check_change(body, index, sent, offences);
        }
    }
}

void Model::check_change(const wire::Status& body, LogIndex index, const Sent& sent,
                         Offences& offences) const {
    using enum StatusState;
    if (!concerned(body, index).contains(body.member)) {
        offences.insert(802);
        return;
    }
    const bool is_award = !certificate(index)->award;
    if (!is_award && body.state != kCancelled && body.state != kLost) offences.insert(803);
    const auto last = newest(index, is_in_authority_slot(body, index));
    if (!last) {
        if (body.state == kReinstated) offences.insert(806);
        return;
    }
    const auto rank = [](StatusState state) {
        return state == kAnnulled ? 3 : state == kRevoked ? 2 : state == kCancelled ? 1 : 0;
    };
    // Others may end it once more, and no less.
    const bool once_more = is_final(last->state) && !is_veto(last) &&
                           last->signers != sent.payload.signers &&
                           rank(body.state) >= rank(last->state);
    if (is_final(last->state) && !once_more) offences.insert(804);
    // The award behind it can still be ended, or nobody could revoke what was misspelt.
    const bool lies_on_one = body.state == kCancelled || body.state == kLost;
    if (is_replaced(last) && (!is_award || lies_on_one)) offences.insert(804);
    if (last->state == body.state && !once_more) offences.insert(805);
    if (body.state == kReinstated && last->state != kSuspended) offences.insert(806);
    if (body.state == kLost && last->state == kSuspended) offences.insert(807);
    if (last->effective && *last->effective > now) offences.insert(808);
    if (!has_room(index, is_in_authority_slot(body, index))) offences.insert(809);
}

void Model::take(const wire::Status& body, const Sent& sent) {
    std::uint32_t cool_off_s = 0;
    for (const Acting& one : all_acting(body)) {
        cool_off_s = std::max(cool_off_s, cool_off(one, {wire::BodyCode::kStatus}));
    }
    for (const LogIndex index : body.indices) {
        const bool authority = is_in_authority_slot(body, index);
        StatusChange change{body.state, next_index(), sent.payload.signers, effective(cool_off_s),
                            std::nullopt};
        if (const auto by = by_as_written(index, authority)) {
            change.by = by;
            if (body.state == StatusState::kReinstated) change.state = StatusState::kReplaced;
        }
        push(index, authority, change);
    }
}

// ------------------------------------------------------------------ attestations
void Model::check(const wire::Attest& body, const Sent& sent, Offences& offences) const {
    check_sender(body.authority, kAuthorities, Needs::kNobodyElse, sent, offences);
    for (const LogIndex index : body.indices) {
        const auto* entry = certificate(index);
        if (!may_be_target(index)) {
            offences.insert(801);
            continue;
        }
        bool is_theirs = false;
        for (const auto& one : entry->terms.awarding) {
            const auto* awarding = member(one.institution);
            if (supervisor(*awarding) == body.authority) is_theirs = true;
            if (!one.accreditation) continue;
            const auto found = accreditations.find({one.institution, *one.accreditation});
            if (found != accreditations.end() &&
                standing_for(found->second.authority) == body.authority) {
                is_theirs = true;
            }
        }
        if (!is_theirs) offences.insert(802);
        if (!may_get_documents(index)) offences.insert(804);
        for (const bool authority : {false, true}) {
            if (is_suspended(award_of(index), authority)) offences.insert(807);
        }
        const auto before = attestations.find(index);
        if (before != attestations.end() &&
            !is_void(before->second.index, before->second.signers)) {
            offences.insert(810);
        }
    }
}

void Model::take(const wire::Attest& body, const Sent& sent) {
    for (const LogIndex index : body.indices) {
        const wire::AttestationRecord record{next_index(), sent.payload.signers, body.authority,
                                             now};
        attestations.insert_or_assign(index, record);
        put(MapKey::attestation(index), record);
    }
}

}  // namespace tasdiq::model
