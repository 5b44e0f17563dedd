#include "model.hpp"

// What a certificate has to do with an earlier one: docs/formats/ledger.md, "Relations".
namespace tasdiq::model {

using wire::RelationCode;
using wire::StatusChange;
using wire::StatusState;

namespace {

bool sets_replaced(RelationCode code) {
    return code == RelationCode::kReplaces || code == RelationCode::kDuplicate ||
           code == RelationCode::kFinalises;
}

bool are_alike(wire::Terms terms, const wire::Terms& target, RelationCode code) {
    if (code == RelationCode::kFinalises) {
        terms.type = target.type;
        terms.awarded_on = target.awarded_on;
    }
    return terms == target;
}

}  // namespace

const wire::CertificateEntry* Model::certificate(LogIndex index) const {
    if (index.value >= log.size() || !log[index.value].certificate) return nullptr;
    return &*log[index.value].certificate;
}

LogIndex Model::award_of(LogIndex index) const { return certificate(index)->award.value_or(index); }

bool Model::is_void_certificate(LogIndex index) const {
    return is_void(index, certificate(index)->signers);
}

bool Model::waits(LogIndex index) const {
    const auto from = certificate(index)->effective;
    return from && *from > now;
}

bool Model::may_be_target(LogIndex index) const {
    if (!certificate(index)) return false;
    for (const LogIndex one : {index, award_of(index)}) {
        if (is_void_certificate(one) || waits(one)) return false;
    }
    return true;
}

bool Model::keeps_archives(MemberId keeper, MemberId of) const {
    const auto custody = custody_of(of);
    return (custody && custody->custodian == keeper) ||
           (member(of)->kind == wire::MemberKind::kAuthority && standing_for(of) == keeper);
}

/// It had a part itself, or its parent, or somebody whose archives it keeps.
bool Model::has_part(MemberId partner, const std::vector<MemberId>& of) const {
    const auto* record = member(partner);
    for (const MemberId one : of) {
        if (!member(one)) continue;
        if (one == partner || (record && record->parent == one)) return true;
        if (keeps_archives(partner, one)) return true;
    }
    return false;
}

bool Model::may_get_documents(LogIndex index) const {
    for (const bool authority : {false, true}) {
        const auto own = newest(index, authority);
        if (own && (is_final(own->state) || is_replaced(own))) return false;
        const auto its = newest(award_of(index), authority);
        if (its && is_final(its->state)) return false;
    }
    return true;
}

bool Model::is_copy_of_award(LogIndex index) const {
    const auto* entry = certificate(index);
    if (!entry->award) return true;
    if (!sets_replaced(entry->relation->code)) return false;
    return is_copy_of_award(entry->relation->target);
}

void Model::check_relation(const wire::Issue& body, const std::vector<wire::Item>& items,
                           std::size_t at, Offences& offences) const {
    const auto [code, index] = *items[at].relation;
    const auto* target = certificate(index);
    if (!may_be_target(index)) {
        offences.insert(710);
        return;
    }
    std::vector<MemberId> awarded;
    for (const auto& one : target->terms.awarding) awarded.push_back(one.institution);
    for (const auto& one : body.terms.awarding) {
        if (!has_part(one.institution, awarded)) offences.insert(711);
    }
    const bool repeats = sets_replaced(code) || code == RelationCode::kRestores;
    if (repeats && !are_alike(body.terms, target->terms, code)) offences.insert(713);
    if (code == RelationCode::kRestores) {
        check_restores(items, at, offences);
        check_own_day(target->terms, award_of(index), offences);
        return;
    }
    if (sets_replaced(code) && !has_room(index, false)) offences.insert(809);
    if (!may_get_documents(index)) offences.insert(714);
    if (!sets_replaced(code)) {
        const auto type = body.terms.type;
        const bool is_paper = type == wire::CertificateType::kTranscript ||
                              type == wire::CertificateType::kSupplement ||
                              type == wire::CertificateType::kEquivalency ||
                              type == wire::CertificateType::kAttestation;
        if (!is_paper) offences.insert(719);
        return;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& other = items[i].relation;
        if (i != at && other && sets_replaced(other->code) && other->target == index) {
            offences.insert(712);
        }
    }
    if (is_suspended(index, false)) offences.insert(715);
    if (code != RelationCode::kFinalises) return;
    if (target->terms.type != wire::CertificateType::kProvisional ||
        body.terms.type == wire::CertificateType::kProvisional) {
        offences.insert(716);
    }
    if (body.terms.awarded_on < target->terms.awarded_on) offences.insert(717);
}

/// An award of its own that has not the old one's day is judged by its own.
void Model::check_own_day(const wire::Terms& terms, LogIndex award, Offences& offences) const {
    if (terms.awarded_on == certificate(award)->terms.awarded_on) return;
    if (is_of_authorities(terms.type)) return;
    for (const auto& one : terms.awarding) {
        if (const auto* record = accreditation(one)) {
            check_dates(terms, *record, offences);
        } else {
            offences.insert(510);
        }
    }
}

void Model::check_restores(const std::vector<wire::Item>& items, std::size_t at,
                           Offences& offences) const {
    const LogIndex index = items[at].relation->target;
    const LogIndex award = award_of(index);
    bool has_ended = false;
    for (const bool authority : {false, true}) {
        const auto slot = newest(award, authority);
        if (!slot) continue;
        if (is_suspended(award, authority)) offences.insert(715);
        if (is_restored(slot)) offences.insert(718);
        if (is_final(slot->state)) {
            has_ended = true;
            if (!has_room(award, authority)) offences.insert(809);
        }
        // Stopped while it waited: there is nothing to come back to.
        const auto from = certificate(award)->effective;
        for (const StatusChange& change : counting(award, authority)) {
            const Instant ended = change.effective.value_or(log[change.index.value].time);
            if (is_final(change.state) && from && ended <= *from) offences.insert(718);
        }
    }
    if (!has_ended || !is_copy_of_award(index)) offences.insert(718);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& other = items[i].relation;
        if (i == at || !other || other->code != RelationCode::kRestores) continue;
        if (certificate(other->target) && award_of(other->target) == award) offences.insert(712);
    }
}

std::set<MemberId> Model::restorers(const std::vector<wire::Item>& items) const {
    std::set<MemberId> authorities;
    for (const wire::Item& item : items) {
        if (!item.relation || item.relation->code != RelationCode::kRestores) continue;
        if (!certificate(item.relation->target)) continue;
        const LogIndex award = award_of(item.relation->target);
        const auto slot = newest(award, true);
        if (!slot || !is_final(slot->state) || is_restored(slot)) continue;
        for (const Signer& signer : slot->signers) {
            if (members.at(signer.member).kind == wire::MemberKind::kAuthority) {
                authorities.insert(standing_for(signer.member));
                continue;
            }
            // Others signed for it: all who accredited the award.
            for (const auto& one : certificate(award)->terms.awarding) {
                const auto& record = accreditations.at({one.institution, *one.accreditation});
                authorities.insert(standing_for(record.authority));
            }
        }
    }
    return authorities;
}

void Model::relate(const wire::Item& item, LogIndex number, const Sent& sent,
                   std::optional<Instant> from) {
    const auto [code, target] = *item.relation;
    const LogIndex index = next_index();
    if (sets_replaced(code)) {
        push(target, false, {StatusState::kReplaced, index, sent.payload.signers, from, number});
    } else if (code == RelationCode::kRestores) {
        const LogIndex award = award_of(target);
        for (const bool authority : {false, true}) {
            const auto slot = newest(award, authority);
            if (!slot || !is_final(slot->state)) continue;
            push(award, authority, {slot->state, index, sent.payload.signers, from, number});
        }
    }
}

}  // namespace tasdiq::model
