#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"
#include "wire/history.hpp"

// One officer's veto: before a transaction is recorded, or before what it did takes effect.
namespace tasdiq::ledger {
namespace {

using enum wire::StatusState;

/// What stands on the log as the transaction that is to be cancelled.
struct Earlier {
    wire::LogIndex index;
    wire::Payload payload;
};

std::optional<Earlier> find_earlier(const View& view, const wire::TransactionId& id) {
    const auto first = read<wire::TransactionRecord>(view, wire::MapKey::transaction(id));
    const auto bytes = first ? view.entry(first->index) : std::nullopt;
    if (!bytes) return std::nullopt;
    const auto entry = wire::decode_entry(*bytes);
    ENSURE(entry && std::holds_alternative<wire::TransactionEntry>(*entry));
    auto envelope = wire::decode_envelope(std::get<wire::TransactionEntry>(*entry).envelope);
    ENSURE(envelope);
    return Earlier{first->index, std::move(envelope->payload)};
}

/// Whether the member signed it or it was done in its name.
bool is_concerned(const wire::Payload& payload, wire::MemberId member) {
    const bool signed_it =
        std::ranges::find(payload.signers, member, &wire::Signer::member) != payload.signers.end();
    if (const auto* issue = std::get_if<wire::Issue>(&payload.body)) {
        const auto& awarding = issue->terms.awarding;
        return signed_it ||
               std::ranges::find(awarding, member, &wire::Awarding::institution) != awarding.end();
    }
    const auto* status = std::get_if<wire::Status>(&payload.body);
    return signed_it || (status && status->member == member);
}

/// Writes the record, or that there is none any more.
void put_status(Diff& diff, wire::LogIndex certificate, const wire::StatusRecord& record) {
    const auto key = wire::MapKey::status(certificate);
    if (record.issuer || record.authority) {
        put(diff, key, record);
    } else {
        diff.writes.emplace_back(key, std::nullopt);
    }
}

/// Takes back what the transaction at `index` did to both slots of the certificate.
void undo_statuses(const View& view, wire::LogIndex certificate, wire::LogIndex index, Diff& diff) {
    auto record = read<wire::StatusRecord>(view, wire::MapKey::status(certificate));
    if (!record) return;
    const auto is_its = [&](const wire::StatusChange& change) { return change.index == index; };
    record->issuer = wire::without(record->issuer, is_its);
    record->authority = wire::without(record->authority, is_its);
    put_status(diff, certificate, *record);
}

/// The certificate whose slots the relation wrote to.
std::optional<wire::LogIndex> marked_by(const View& view, const wire::Relation& relation) {
    if (supersedes(relation.code)) return relation.target;
    if (relation.code != wire::RelationCode::kRestores) return std::nullopt;
    const auto target = certificate_at(view, relation.target);
    return target ? std::optional{target->award.value_or(relation.target)} : std::nullopt;
}

/// The seat that the certificate stood on; another one may stand there if its key was voided.
void free_seat(const View& view, const wire::Seat& seat, wire::LogIndex certificate, Diff& diff) {
    const auto key = wire::MapKey::used_seat(seat);
    const auto used = read<wire::UsedSeatRecord>(view, key);
    if (used && used->certificate == certificate) diff.writes.emplace_back(key, std::nullopt);
}

/// Errors: kInEffect.
Outcome cancel_issue(const Context& context, const wire::Issue& issue, wire::LogIndex transaction,
                     Diff& diff) {
    wire::LogIndex index{transaction.value + 1};
    for (std::uint32_t i = 0; i < issue.count; ++i, ++index.value) {
        const auto certificate = certificate_at(context.view, index);
        if (!certificate || !certificate->effective ||
            *certificate->effective <= context.block.time) {
            return refuse(LedgerError::kInEffect);
        }
        const auto marked =
            certificate->relation ? marked_by(context.view, *certificate->relation) : std::nullopt;
        if (marked) undo_statuses(context.view, *marked, transaction, diff);
        auto record = read<wire::StatusRecord>(context.view, wire::MapKey::status(index))
                          .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
        const SlotState from = slot_state(context.view, record.issuer);
        if (certificate->seat && !certificate->relation) {
            // Nothing came of it: the student's seat is free again.
            free_seat(context.view, *certificate->seat, index, diff);
        }
        // On top of all else, and without signers: what ended it before may turn out to be the work
        // of a stolen key, and so may this, but what was stopped in time never comes back.
        if (from.is_veto()) continue;
        const auto before = with_room(context.view, record.issuer);
        record.issuer = wire::with_history(
            wire::StatusChange{kCancelled, context.index, {}, std::nullopt, from.replaced_by},
            before.value_or(std::nullopt));  // under a veto nothing counts any more
        put(diff, wire::MapKey::status(index), record);
    }
    return Ok{};
}

/// The change that the transaction at `index` made to the certificate, if it still stands there.
std::optional<wire::StatusChange> change_by(const View& view, wire::LogIndex certificate,
                                            wire::LogIndex index) {
    const auto record = read<wire::StatusRecord>(view, wire::MapKey::status(certificate));
    if (!record) return std::nullopt;
    const auto is_its = [&](const wire::StatusChange& one) { return one.index == index; };
    const auto change = wire::newest_of(record->issuer, is_its);
    return change ? change : wire::newest_of(record->authority, is_its);
}

/// Errors: kAlreadyCancelled, kInEffect.
Outcome cancel_status(const Context& context, const wire::Status& status,
                      wire::LogIndex transaction, Diff& diff) {
    // All changes of a transaction take effect together, and are taken back together.
    const auto change = change_by(context.view, status.indices.front(), transaction);
    if (!change) return refuse(LedgerError::kAlreadyCancelled);
    if (!change->effective || *change->effective <= context.block.time) {
        return refuse(LedgerError::kInEffect);
    }
    for (const wire::LogIndex index : status.indices) {
        undo_statuses(context.view, index, transaction, diff);
    }
    return Ok{};
}

/// Errors: kAlreadyCancelled, kInEffect.
Outcome cancel_earlier(const Context& context, const Earlier& earlier, Diff& diff) {
    if (const auto* issue = std::get_if<wire::Issue>(&earlier.payload.body)) {
        return cancel_issue(context, *issue, earlier.index, diff);
    }
    if (const auto* status = std::get_if<wire::Status>(&earlier.payload.body)) {
        return cancel_status(context, *status, earlier.index, diff);
    }
    return refuse(LedgerError::kInEffect);  // nothing else waits
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Cancel& body, Diff& diff) {
    TRY(const Member member,
        find_sender(context, body.member,
                    {.state = true, .authority = true, .institution = true, .secretariat = true},
                    wire::CustodyScope::kArchives));
    const auto earlier = find_earlier(context.view, body.transaction);
    if (earlier && !is_concerned(earlier->payload, member.id)) {
        return refuse(LedgerError::kNotConcerned);
    }
    const auto key = wire::MapKey::cancelled(member.id, body.transaction);
    // A veto of before it was recorded kept out what this member signs; whoever let it in, this
    // member's officers can still stop it.
    const auto before = read<wire::CancelRecord>(context.view, key);
    if (before && !(earlier && before->index < earlier->index)) {
        return refuse(LedgerError::kAlreadyCancelled);
    }
    if (earlier) TRY(cancel_earlier(context, *earlier, diff));
    TRY(check_policy(context, member, {.body = wire::BodyCode::kCancel}));
    put(diff, key, wire::CancelRecord{context.index, context.signers()});
    return Ok{};
}

}  // namespace tasdiq::ledger
