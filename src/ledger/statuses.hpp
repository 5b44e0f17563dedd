#pragma once

#include "ledger/rules.hpp"

// Internal to ledger: what a certificate's status slots say. docs/formats/ledger.md, "Statuses".
namespace tasdiq::ledger {

/// The states of one slot that count, those set by a voided key left out.
struct SlotState {
    std::optional<wire::StatusState> state;
    std::optional<wire::LogIndex> replaced_by;  // stays when the award is suspended or revoked
    std::optional<Instant> effective;           // of the state
    std::optional<wire::LogIndex> index;        // of the transaction that set it
    std::vector<wire::Signer> signers;          // who set it; none of an officer's veto
    std::optional<wire::LogIndex> by;  // as it stands there: `replaced_by`, whether that counts

    [[nodiscard]] bool is_replaced() const { return replaced_by.has_value(); }
    [[nodiscard]] bool is(wire::StatusState s) const { return state == s; }
    /// An officer stopped it before it took effect: nothing comes on top of that.
    [[nodiscard]] bool is_veto() const {
        return is(wire::StatusState::kCancelled) && signers.empty();
    }
    /// Ends the award, and all its documents with it.
    [[nodiscard]] bool is_ended() const {
        return is(wire::StatusState::kRevoked) || is(wire::StatusState::kAnnulled);
    }
};

struct CertificateStatus {
    SlotState issuer, authority;

    [[nodiscard]] bool is_ended() const { return issuer.is_ended() || authority.is_ended(); }
    [[nodiscard]] bool is(wire::StatusState s) const { return issuer.is(s) || authority.is(s); }
};

/// Which slots say suspended, in force or by what waits.
struct Suspended {
    bool issuer = false;
    bool authority = false;
    [[nodiscard]] bool is_any() const { return issuer || authority; }
};

/// How much a state ends, from a clerical error to what never was; 0: nothing for good.
[[nodiscard]] int finality(wire::StatusState state);
/// The newest, whether it has taken effect or not.
[[nodiscard]] SlotState slot_state(const View& view, const std::optional<wire::StatusSlot>& slot);
/// The slot with room for another change: where there is none, the newest one goes that is void.
/// Errors: kSlotFull.
[[nodiscard]] Result<std::optional<wire::StatusSlot>, LedgerError> with_room(
    const View& view, const std::optional<wire::StatusSlot>& slot);
[[nodiscard]] CertificateStatus status_of(const View& view, wire::LogIndex certificate);
[[nodiscard]] Suspended suspended_in(const Context& context, wire::LogIndex certificate);

/// The authorities that accredited those who awarded it, or who stands for them now.
[[nodiscard]] std::vector<wire::MemberId> accrediting(const Context& context,
                                                      const wire::Terms& terms);

/// Where the transaction begins whose entries `index` is among: an issue's certificates stand
/// behind it. And where the next one does.
[[nodiscard]] wire::LogIndex begin_of_transaction(const View& view, wire::LogIndex index);
[[nodiscard]] wire::LogIndex end_of_transaction(const View& view, wire::LogIndex until);

/// The certificate at `index`; nothing if another entry stands there, or none.
[[nodiscard]] std::optional<wire::CertificateEntry> certificate_at(const View& view,
                                                                   wire::LogIndex index);

}  // namespace tasdiq::ledger
