#include "model.hpp"

// One officer's veto, before effect or before it was ever accepted.
namespace tasdiq::model {

using wire::MapKey;
using wire::StatusState;

/// The certificates of the issue at `index`, or those whose slots the status there wrote to.
static std::vector<LogIndex> touched(const Model& model, LogIndex index) {
    const wire::Payload& payload = *model.log[index.value].payload;
    std::vector<LogIndex> all;
    if (const auto* issue = std::get_if<wire::Issue>(&payload.body)) {
        for (std::uint64_t i = 1; i <= issue->count; ++i) all.push_back({index.value + i});
    } else if (const auto* status = std::get_if<wire::Status>(&payload.body)) {
        all = status->indices;
    }
    return all;
}

bool Model::is_pending(LogIndex index) const {
    for (const LogIndex one : touched(*this, index)) {
        if (std::holds_alternative<wire::Issue>(log[index.value].payload->body)) {
            const auto& entry = *certificate(one);
            return entry.effective && *entry.effective > now;
        }
        const auto record = statuses.find(one);
        if (record == statuses.end()) continue;
        for (const auto& slot : {record->second.issuer, record->second.authority}) {
            for (const auto& change : changes(slot)) {
                if (change.index == index) return change.effective && *change.effective > now;
            }
        }
    }
    return false;
}

/// Nothing of a status is left in the slots.
bool Model::is_gone(LogIndex index) const {
    if (!std::holds_alternative<wire::Status>(log[index.value].payload->body)) return false;
    for (const LogIndex one : touched(*this, index)) {
        const auto record = statuses.find(one);
        if (record == statuses.end()) continue;
        for (const auto& slot : {record->second.issuer, record->second.authority}) {
            for (const auto& change : changes(slot)) {
                if (change.index == index) return false;
            }
        }
    }
    return true;
}

bool Model::is_concerned(MemberId id, LogIndex index) const {
    const wire::Payload& payload = *log[index.value].payload;
    for (const Signer& signer : payload.signers) {
        if (signer.member == id) return true;
    }
    if (const auto* issue = std::get_if<wire::Issue>(&payload.body)) {
        for (const auto& one : issue->terms.awarding) {
            if (one.institution == id) return true;
        }
    }
    const auto* status = std::get_if<wire::Status>(&payload.body);
    return status && status->member == id;
}

void Model::check(const wire::Cancel& body, const Sent& sent, Offences& offences) const {
    check_sender(body.member, kAnyKind, Needs::kArchives, sent, offences);
    const auto before = cancels.find({body.member, body.transaction});
    const auto recorded = transactions.find(body.transaction);
    if (recorded == transactions.end()) {
        if (before != cancels.end()) offences.insert(431);
        return;
    }
    const LogIndex index = recorded->second;
    // What was said before it was recorded is no veto of it.
    const bool is_cancelled = before != cancels.end() && before->second.index > index;
    if (!is_concerned(body.member, index)) offences.insert(430);
    if (is_cancelled || is_gone(index)) offences.insert(431);
    if (!is_pending(index)) offences.insert(432);
}

void Model::undo_issue(LogIndex index) {
    for (const LogIndex one : touched(*this, index)) {
        const wire::CertificateEntry entry = *certificate(one);
        const auto last = newest(one, false);
        if (!is_veto(last)) {
            push(one, false,
                 {StatusState::kCancelled,
                  next_index(),
                  {},
                  std::nullopt,
                  last ? last->by : std::nullopt});
        }
        if (entry.relation) {
            const LogIndex target = entry.relation->target;
            for (const LogIndex place : {target, award_of(target)}) {
                remove(place, false, index);
                remove(place, true, index);
            }
        } else if (entry.seat && !is_replaced(last)) {
            const auto used = seats.find(*entry.seat);
            if (used != seats.end() && used->second.certificate == one) {
                seats.erase(used);
                written.insert_or_assign(MapKey::used_seat(*entry.seat), std::nullopt);
            }
        }
    }
}

void Model::take(const wire::Cancel& body, const Sent& sent) {
    const wire::CancelRecord record{next_index(), sent.payload.signers};
    cancels.insert_or_assign({body.member, body.transaction}, record);
    put(MapKey::cancelled(body.member, body.transaction), record);
    const auto recorded = transactions.find(body.transaction);
    if (recorded == transactions.end()) return;
    const LogIndex index = recorded->second;
    if (std::holds_alternative<wire::Issue>(log[index.value].payload->body)) {
        undo_issue(index);
        return;
    }
    for (const LogIndex one : touched(*this, index)) {
        remove(one, false, index);
        remove(one, true, index);
    }
}

}  // namespace tasdiq::model
