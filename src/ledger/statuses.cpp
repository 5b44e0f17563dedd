#include "ledger/statuses.hpp"

#include <set>

#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

using enum wire::StatusState;

/// Whether the state is one of the award, which all its documents share.
bool lies_on_award(wire::StatusState state) {
    return state == kSuspended || state == kReinstated || state == kRevoked || state == kAnnulled;
}

/// Whether the sender speaks in the issuer's slot. Without an accreditation an authority issued it.
bool is_issuers(const Member& sender, const wire::CertificateEntry& certificate) {
    return is_institution(sender.record.kind) || !certificate.terms.awarding.front().accreditation;
}

/// Who stands behind the certificate in the sender's slot: those who awarded it, or the authorities
/// that accredited them.
std::vector<wire::MemberId> partners_of(const Context& context, const Member& sender,
                                        const wire::CertificateEntry& certificate) {
    if (!is_issuers(sender, certificate)) return accrediting(context, certificate.terms);
    std::vector<wire::MemberId> partners;
    for (const wire::Awarding& one : certificate.terms.awarding) {
        partners.push_back(one.institution);
    }
    return partners;
}

struct Target {
    std::optional<wire::CertificateEntry> certificate;
    std::vector<wire::MemberId> partners;
};

std::vector<Target> find_targets(const Context& context, const Member& sender,
                                 std::span<const wire::LogIndex> indices) {
    std::vector<Target> targets;
    targets.reserve(indices.size());
    for (const wire::LogIndex index : indices) {
        auto certificate = certificate_at(context.view, index);
        auto partners = certificate ? partners_of(context, sender, *certificate)
                                    : std::vector<wire::MemberId>{};
        targets.push_back({std::move(certificate), std::move(partners)});
    }
    return targets;
}

bool contains(std::span<const wire::MemberId> members, wire::MemberId member) {
    return std::ranges::find(members, member) != members.end();
}

/// Any of those who awarded together may suspend, or say that a document is lost; all of them must
/// do the rest. Who has ended and left nobody to act for it is not asked.
/// Errors: kPolicyNotMet, with the member's position among them if there are several.
Result<std::uint32_t, Refusal> check_parties(const Context& context, const Member& sender,
                                             wire::StatusState state,
                                             std::span<const Target> targets) {
    const bool is_for_one = state == kSuspended || state == kLost || state == kReplaced;
    std::set<wire::MemberId> others;
    for (const Target& target : targets) {
        if (is_for_one || !contains(target.partners, sender.id)) continue;
        others.insert(target.partners.begin(), target.partners.end());
    }
    std::vector<Member> members{sender};
    for (const wire::MemberId id : others) {
        if (id == sender.id) continue;
        auto member = find_sender(context, id, {.authority = true, .institution = true},
                                  wire::CustodyScope::kArchives);
        if (member) members.push_back(*std::move(member));
    }
    std::vector<Party> parties;
    for (const Member& member : members) parties.push_back({&member});
    return check_policies(context, parties, {.body = wire::BodyCode::kStatus});
}

/// Errors: kCertificateUnknown, kNotYourCertificate, kNotAnAward.
Result<Ok, LedgerError> check_target(const Target& target, const Member& sender,
                                     wire::StatusState state) {
    if (!target.certificate) return std::unexpected{LedgerError::kCertificateUnknown};
    if (!contains(target.partners, sender.id)) {
        return std::unexpected{LedgerError::kNotYourCertificate};
    }
    if (target.certificate->award && lies_on_award(state)) {
        return std::unexpected{LedgerError::kNotAnAward};
    }
    return Ok{};
}

/// Whether what has ended is ended once more, by others and no less: the first may turn out to be
/// the work of stolen keys, behind which a forgery waits for their void. A veto needs no second.
bool ends_again(const SlotState& from, wire::StatusState to,
                std::span<const wire::Signer> signers) {
    return !from.is_veto() && !std::ranges::equal(from.signers, signers) &&
           finality(to) >= finality(*from.state);
}

/// Errors: kStatusFinal … kStatusPending.
Result<Ok, LedgerError> check_transition(const Context& context, const SlotState& from,
                                         wire::StatusState to) {
    const bool is_final = from.state && finality(*from.state) > 0;
    const bool again = is_final && ends_again(from, to, context.signers());
    if (is_final && !again) return std::unexpected{LedgerError::kStatusFinal};
    // A replaced award can still be revoked, or nobody could revoke a misspelt one.
    if (!again && from.is_replaced() && !lies_on_award(to)) {
        return std::unexpected{LedgerError::kStatusFinal};
    }
    if (from.is(to) && !again) return std::unexpected{LedgerError::kStatusUnchanged};
    if (to == kReinstated && !from.is(kSuspended)) {
        return std::unexpected{LedgerError::kStatusNotSuspended};
    }
    // There is one state a slot: this would lift the suspension by the way.
    if (to == kLost && from.is(kSuspended)) return std::unexpected{LedgerError::kStatusSuspended};
    // Changes on top of one that waits would make nobody sure what counts in between.
    if (from.effective && *from.effective > context.block.time) {
        return std::unexpected{LedgerError::kStatusPending};
    }
    return Ok{};
}

wire::StatusChange next_change(const Context& context, const SlotState& from, wire::StatusState to,
                               std::optional<Instant> effective) {
    // Also if what replaced it is void: it may be confirmed, and then replaces it again.
    const bool back_to_replaced = to == kReinstated && from.by;
    return {back_to_replaced ? kReplaced : to, context.index, context.signers(), effective,
            from.by};
}

}  // namespace

int finality(wire::StatusState state) {
    switch (state) {
        case kCancelled: return 1;
        case kRevoked: return 2;
        case kAnnulled: return 3;
        case kSuspended:
        case kReinstated:
        case kReplaced:
        case kLost: return 0;
    }
    ENSURE(false);
}

SlotState slot_state(const View& view, const std::optional<wire::StatusSlot>& slot) {
    const auto voided = [&](const wire::StatusChange& change) { return is_void(view, change); };
    const auto written =
        wire::newest_of(slot, [&](const wire::StatusChange& change) { return !voided(change); });
    if (!written) return {};
    const auto newest = wire::as_it_counts(written, *slot, voided);
    return {newest->state, newest->by,      newest->effective,
            newest->index, newest->signers, written->by};
}

Result<std::optional<wire::StatusSlot>, LedgerError> with_room(
    const View& view, const std::optional<wire::StatusSlot>& slot) {
    if (wire::has_room(slot)) return slot;
    const auto voided = [&](const wire::StatusChange& change) { return is_void(view, change); };
    const auto gone = wire::newest_of(slot, voided);
    if (!gone) return std::unexpected{LedgerError::kSlotFull};
    auto rest =
        wire::without(slot, [&](const auto& change) { return change.index == gone->index; });
    // Nobody could tell any more that what they are by came with it.
    const bool brought = gone->by && wire::brought_by(*gone->by, *slot).index == gone->index;
    const auto mend = [&](wire::StatusChange& change) {
        if (brought && change.by == gone->by) change = *wire::as_it_counts({change}, *slot, voided);
    };
    mend(*rest);
    std::ranges::for_each(rest->earlier, mend);
    return rest;
}

std::vector<wire::MemberId> accrediting(const Context& context, const wire::Terms& terms) {
    std::vector<wire::MemberId> authorities;
    for (const wire::Awarding& one : terms.awarding) {
        if (!one.accreditation) continue;
        // Void or not: whose name stands on a stolen accreditation may end what came of it.
        const auto accreditation = read<wire::AccreditationRecord>(
            context.view, wire::MapKey::accreditation(one.institution, *one.accreditation));
        const auto authority =
            accreditation ? successor_of(context, accreditation->authority) : std::nullopt;
        if (authority) authorities.push_back(*authority);
    }
    return authorities;
}

CertificateStatus status_of(const View& view, wire::LogIndex certificate) {
    const auto record = read<wire::StatusRecord>(view, wire::MapKey::status(certificate));
    if (!record) return {};
    return {slot_state(view, record->issuer), slot_state(view, record->authority)};
}

Suspended suspended_in(const Context& context, wire::LogIndex certificate) {
    const auto record = read<wire::StatusRecord>(context.view, wire::MapKey::status(certificate));
    if (!record) return {};
    const auto is_suspended = [&](const std::optional<wire::StatusSlot>& slot) {
        const auto in_force = wire::change_in_force(
            slot, context.block.time,
            [&](const wire::StatusChange& change) { return is_void(context.view, change); });
        return slot_state(context.view, slot).is(kSuspended) ||
               (in_force && in_force->state == kSuspended);
    };
    return {is_suspended(record->issuer), is_suspended(record->authority)};
}

wire::LogIndex begin_of_transaction(const View& view, wire::LogIndex index) {
    while (certificate_at(view, index)) --index.value;
    return index;
}

wire::LogIndex end_of_transaction(const View& view, wire::LogIndex until) {
    while (certificate_at(view, until)) ++until.value;
    return until;
}

std::optional<wire::CertificateEntry> certificate_at(const View& view, wire::LogIndex index) {
    const auto bytes = view.entry(index);
    if (!bytes) return std::nullopt;
    auto certificate = wire::decode_certificate(*bytes);
    if (!certificate) return std::nullopt;
    return *std::move(certificate);
}

Outcome apply_body(const Context& context, const wire::Status& body, Diff& diff) {
    TRY(const Member sender,
        find_sender(context, body.member, {.authority = true, .institution = true},
                    wire::CustodyScope::kArchives));
    const auto targets = find_targets(context, sender, body.indices);
    TRY(const std::uint32_t cool_off_s, check_parties(context, sender, body.state, targets));
    if (body.state == kReplaced) return refuse(LedgerError::kStateByRelationOnly);

    LowestFault fault;
    for (std::size_t i = 0; i < body.indices.size(); ++i) {
        const wire::LogIndex index = body.indices[i];
        const auto key = wire::MapKey::status(index);
        auto record = read<wire::StatusRecord>(context.view, key)
                          .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
        const auto& certificate = targets[i].certificate;
        auto& slot =
            !certificate || is_issuers(sender, *certificate) ? record.issuer : record.authority;
        const SlotState from = slot_state(context.view, slot);
        auto checked = check_target(targets[i], sender, body.state);
        if (checked) checked = check_transition(context, from, body.state);
        const auto before = with_room(context.view, slot);
        if (!checked) {
            fault.add(checked.error(), i);
        } else if (!before) {
            fault.add(before.error(), i);
        } else {
            slot = wire::with_history(
                next_change(context, from, body.state, effective_after(context, cool_off_s)),
                *before);
            put(diff, key, record);
        }
    }
    return fault.outcome();
}

}  // namespace tasdiq::ledger
