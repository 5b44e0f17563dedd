#include "ledger/rules.hpp"
#include "wire/voids.hpp"

namespace tasdiq::ledger {
namespace {

/// What is wrong with a signer's key, if anything; the record goes to `key`.
std::optional<LedgerError> signer_fault(const View& view, const BlockContext& block,
                                        const wire::Signer& signer, wire::KeyRecord& key) {
    auto record =
        read_unvoided<wire::KeyRecord>(view, wire::MapKey::key(signer.member, signer.ordinal));
    const auto member = read<wire::MemberRecord>(view, wire::MapKey::member(signer.member));
    if (!record || !member) return LedgerError::kSignerUnknown;
    if (record->until && *record->until <= view.next_index()) return LedgerError::kKeyRetired;
    // Confirmed ranges save what was signed then; they don't bring the key back.
    if (has_void(*member, signer.ordinal)) return LedgerError::kKeyVoided;
    if (member->ended && *member->ended <= to_day(block.time)) return LedgerError::kSignerEnded;
    key = *std::move(record);
    return std::nullopt;
}

}  // namespace

Result<std::vector<wire::KeyRecord>, Refusal> check_admission(const View& view,
                                                              const BlockContext& block,
                                                              const wire::Payload& payload,
                                                              const wire::TransactionId& id) {
    if (payload.chain != block.chain) return refuse(LedgerError::kWrongChain);
    // Before its expiry: who lost the answer may ask again, however late.
    if (const auto first = read<wire::TransactionRecord>(view, wire::MapKey::transaction(id))) {
        return std::unexpected{
            Refusal{LedgerError::kAlreadyRecorded, std::nullopt, std::nullopt, first->index}};
    }
    if (payload.expires < block.time) return refuse(LedgerError::kExpired);
    if (payload.expires.seconds - block.time.seconds > kExpiryMax_s) {
        return refuse(LedgerError::kExpiresTooLate);
    }
    for (std::size_t i = 0; i < payload.signers.size(); ++i) {
        const auto key = wire::MapKey::cancelled(payload.signers[i].member, id);
        if (view.record(key)) {
            return refuse_at(LedgerError::kCancelledEarlier, i);
        }
    }
    std::vector<wire::KeyRecord> keys(payload.signers.size());
    LowestFault fault;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto error = signer_fault(view, block, payload.signers[i], keys[i]);
        if (error) fault.add(*error, i);
    }
    TRY(fault.outcome());
    return keys;
}

}  // namespace tasdiq::ledger
