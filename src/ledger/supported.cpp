#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

/// A change of the set of states needs the handover of the consortium.
bool is_set_change(const Context& context, const wire::RetireKey& body) {
    const auto key =
        read<wire::KeyRecord>(context.view, wire::MapKey::key(body.member, body.ordinal));
    return key && key->role == wire::Role::kNode;
}

}  // namespace

Outcome check_supported(const Context& context) {
    const wire::Body& body = context.transaction.payload().body;
    const auto* add = std::get_if<wire::AddKey>(&body);
    const auto* retire = std::get_if<wire::RetireKey>(&body);
    const bool has_rule = std::visit([]<class T>(const T&) { return kHasRule<T>; }, body);
    const bool is_refused = !has_rule || (add && add->key.role == wire::Role::kNode) ||
                            (retire && is_set_change(context, *retire));
    if (is_refused) return refuse(LedgerError::kNotYetSupported);
    return Ok{};
}

}  // namespace tasdiq::ledger
