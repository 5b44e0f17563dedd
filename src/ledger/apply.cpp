#include "ledger/apply.hpp"

#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

std::vector<SigningKey> signing_keys(std::span<const wire::Signer> signers,
                                     std::span<const wire::KeyRecord> records) {
    std::vector<SigningKey> keys;
    keys.reserve(signers.size());
    for (std::size_t i = 0; i < signers.size(); ++i) {
        keys.push_back({signers[i].member, records[i].role});
    }
    return keys;
}

}  // namespace

Result<Diff, Refusal> apply(const View& changing, const BlockContext& block,
                            const AuthenticatedTransaction& transaction) {
    const SteadyView view{changing};
    const wire::Payload& payload = transaction.payload();
    TRY(const auto records, check_admission(view, block, payload, transaction.id()));
    const auto keys = signing_keys(payload.signers, records);
    const Context context{view, block, transaction, keys, view.next_index()};
    TRY(check_supported(context));
    Diff diff;
    diff.entries.push_back(
        wire::encode(wire::TransactionEntry{to_bytes(transaction.envelope_bytes())}));
    TRY(std::visit(
        [&](const auto& body) -> Outcome {
            if constexpr (kHasRule<std::remove_cvref_t<decltype(body)>>) {
                return apply_body(context, body, diff);
            } else {
                ENSURE(false);  // check_supported refused it
            }
        },
        payload.body));
    put(diff, wire::MapKey::transaction(transaction.id()), wire::TransactionRecord{context.index});
    return diff;
}

}  // namespace tasdiq::ledger
