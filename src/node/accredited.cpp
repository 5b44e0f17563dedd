#include "node/accredited.hpp"

#include "wire/entry.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::node {

std::optional<std::vector<wire::ProgrammeEntry>> programmes_of(
    const store::LedgerStore& store, const wire::AccreditationRecord& accreditation) {
    const auto bytes = store.entry(accreditation.index);
    if (!bytes) return std::nullopt;
    const auto entry = wire::decode_entry(*bytes);
    if (!entry) return std::nullopt;
    const auto* transaction = std::get_if<wire::TransactionEntry>(&*entry);
    if (transaction == nullptr) return std::vector<wire::ProgrammeEntry>{};
    auto envelope = wire::decode_envelope(transaction->envelope);
    auto* body = envelope ? std::get_if<wire::Accredit>(&envelope->payload.body) : nullptr;
    if (body == nullptr) return std::vector<wire::ProgrammeEntry>{};
    return std::move(body->programmes);
}

}  // namespace tasdiq::node
