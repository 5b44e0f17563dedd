#include "model.hpp"

namespace tasdiq::model {

unsigned Model::check(const Sent& sent) const {
    const bool is_issue = std::holds_alternative<wire::Issue>(sent.payload.body);
    if (is_issue && !sent.items) return 3;
    if (!is_issue && sent.items) return 4;
    const wire::TransactionId id = sent.id();
    Offences offences;
    if (sent.payload.chain != chain) offences.insert(100);
    if (transactions.contains(id)) offences.insert(101);
    if (now > sent.payload.expires) offences.insert(102);
    if (sent.payload.expires.seconds > now.seconds + 90 * kSecondsPerDay) offences.insert(103);
    for (const Signer& signer : sent.payload.signers) {
        // A veto stands whatever becomes of the key that said it.
        if (cancels.contains({signer.member, id})) offences.insert(104);
    }
    check_signers(sent, offences);
    check_list(sent, offences);
    if (is_of_later_version(sent.payload.body)) offences.insert(250);
    // What follows has larger numbers, and needs what was looked at so far.
    if (offences.empty()) {
        std::visit([&](const auto& body) { check(body, sent, offences); }, sent.payload.body);
    }
    return offences.empty() ? 0 : *offences.begin();
}

void Model::check_signers(const Sent& sent, Offences& offences) const {
    for (std::size_t i = 0; i < sent.payload.signers.size(); ++i) {
        const Signer& signer = sent.payload.signers[i];
        const auto key = keys.find(signer);
        if (key == keys.end() || is_void(key->second.index, key->second.signers)) {
            offences.insert(200);
            continue;
        }
        if (key->second.until && next_index() >= *key->second.until) offences.insert(201);
        if (was_voided(signer)) offences.insert(202);
        if (has_ended(signer.member)) offences.insert(203);
        if (sent.signatures[i] == Spoilt::kAlgorithm) offences.insert(204);
        if (sent.signatures[i] == Spoilt::kKeyId) offences.insert(205);
        if (sent.signatures[i] == Spoilt::kSignature) offences.insert(206);
    }
}

void Model::check_list(const Sent& sent, Offences& offences) const {
    const auto* issue = std::get_if<wire::Issue>(&sent.payload.body);
    if (!issue) return;
    if (sent.items->size() != issue->count) offences.insert(221);
    if (wire::list_root(*sent.items) != issue->root) offences.insert(222);
}

bool Model::is_of_later_version(const wire::Body& body) const {
    if (std::holds_alternative<wire::DraftBody>(body)) return true;
    if (const auto* add = std::get_if<wire::AddKey>(&body)) return add->key.role == Role::kNode;
    if (const auto* retire = std::get_if<wire::RetireKey>(&body)) {
        const auto key = keys.find({retire->member, retire->ordinal});
        return key != keys.end() && key->second.role == Role::kNode;
    }
    return false;
}

void Model::take(const Sent& sent) {
    const LogIndex index = next_index();
    const wire::TransactionId id = sent.id();
    transactions.emplace(id, index);
    put(wire::MapKey::transaction(id), wire::TransactionRecord{index});
    // Bodies see the index that the entry is about to get.
    std::visit([&](const auto& body) { take(body, sent); }, sent.payload.body);
    if (!std::holds_alternative<wire::Issue>(sent.payload.body)) {
        log.push_back({now, std::nullopt, sent.payload});
    }
}

void Model::close_block() {
    if (log.empty() || written.empty()) return;
    ++blocks;
    log.push_back({now});
    put(wire::MapKey::ledger(), wire::LedgerRecord{{next_member}, blocks});
}

}  // namespace tasdiq::model
