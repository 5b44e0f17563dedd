#include "ledger/statuses.hpp"

#include "ledger/rules.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

using enum wire::StatusState;

/// Whether the state is one of the award, which all its documents share.
bool lies_on_award(wire::StatusState state) {
    return state == kSuspended || state == kReinstated || state == kRevoked || state == kAnnulled;
}

/// Errors: kCertificateUnknown, kNotYourCertificate, kNotAnAward.
Result<Ok, LedgerError> check_certificate(const Context& context, const Member& sender,
                                          wire::LogIndex index, wire::StatusState state) {
    const auto certificate = certificate_at(context.view, index);
    if (!certificate) return std::unexpected{LedgerError::kCertificateUnknown};
    const wire::Awarding& first = certificate->terms.awarding.front();
    if (is_institution(sender.record.kind)) {
        if (first.institution != sender.id) {
            return std::unexpected{LedgerError::kNotYourCertificate};
        }
    } else {
        // Void or not: whose name stands on a stolen accreditation may end what came of it.
        const auto accreditation =
            first.accreditation ? read<wire::AccreditationRecord>(
                                      context.view, wire::MapKey::accreditation(
                                                        first.institution, *first.accreditation))
                                : std::nullopt;
        if (!accreditation || accreditation->authority != sender.id) {
            return std::unexpected{LedgerError::kNotYourCertificate};
        }
    }
    if (certificate->award && lies_on_award(state)) {
        return std::unexpected{LedgerError::kNotAnAward};
    }
    return Ok{};
}

/// Errors: kStatusFinal … kStatusPending.
Result<Ok, LedgerError> check_transition(const SlotState& from, wire::StatusState to, Instant now) {
    if (from.is_ended() || from.is(kCancelled)) return std::unexpected{LedgerError::kStatusFinal};
    // A replaced award can still be revoked, or nobody could revoke a misspelt one.
    if (from.is_replaced() && !lies_on_award(to)) return std::unexpected{LedgerError::kStatusFinal};
    if (from.is(to)) return std::unexpected{LedgerError::kStatusUnchanged};
    if (to == kReinstated && !from.is(kSuspended)) {
        return std::unexpected{LedgerError::kStatusNotSuspended};
    }
    // There is one state a slot: this would lift the suspension by the way.
    if (to == kLost && from.is(kSuspended)) return std::unexpected{LedgerError::kStatusSuspended};
    // Changes on top of one that waits would make nobody sure what counts in between.
    if (from.effective && *from.effective > now) {
        return std::unexpected{LedgerError::kStatusPending};
    }
    return Ok{};
}

wire::StatusChange next_change(const Context& context, const SlotState& from, wire::StatusState to,
                               std::optional<Instant> effective) {
    const bool back_to_replaced = to == kReinstated && from.is_replaced();
    return {back_to_replaced ? kReplaced : to, context.index, context.signers(), effective,
            from.replaced_by};
}

}  // namespace

SlotState slot_state(const View& view, const std::optional<wire::StatusSlot>& slot) {
    const auto newest = wire::newest_change(slot, [&](const wire::StatusChange& change) {
        return is_void(view, change.index, change.signers);
    });
    if (!newest) return {};
    SlotState state{newest->state, newest->by, newest->effective, {}};
    for (const wire::Signer& signer : newest->signers) {
        if (state.by.empty() || state.by.back() != signer.member) state.by.push_back(signer.member);
    }
    return state;
}

CertificateStatus status_of(const View& view, wire::LogIndex certificate) {
    const auto record = read<wire::StatusRecord>(view, wire::MapKey::status(certificate));
    if (!record) return {};
    return {slot_state(view, record->issuer), slot_state(view, record->authority)};
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
        find_sender(context, body.member, {.authority = true, .institution = true}));
    TRY(const std::uint32_t cool_off_s,
        check_policy(context, sender, {.body = wire::BodyCode::kStatus}));
    if (body.state == kReplaced) return refuse(LedgerError::kStateByRelationOnly);

    std::optional<Refusal> fault;
    for (std::size_t i = 0; i < body.indices.size(); ++i) {
        const wire::LogIndex index = body.indices[i];
        const auto key = wire::MapKey::status(index);
        auto record = read<wire::StatusRecord>(context.view, key)
                          .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
        auto& slot = is_institution(sender.record.kind) ? record.issuer : record.authority;
        const SlotState from = slot_state(context.view, slot);
        auto checked = check_certificate(context, sender, index, body.state);
        if (checked) checked = check_transition(from, body.state, context.block.time);
        if (!checked && (!fault || checked.error() < fault->error)) {
            fault = refuse_at(checked.error(), i).error();
        }
        slot = wire::with_history(
            next_change(context, from, body.state, effective_after(context, cool_off_s)), slot);
        put(diff, key, record);
    }
    if (fault) return std::unexpected{*fault};
    return Ok{};
}

}  // namespace tasdiq::ledger
