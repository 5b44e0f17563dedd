#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

bool has_unsupported_item(std::span<const wire::Item> items) {
    return std::ranges::any_of(items, [](const wire::Item& item) { return item.seat.has_value(); });
}

bool is_unsupported(const Context& context, const wire::Issue& issue) {
    const wire::Terms& terms = issue.terms;
    return terms.awarding.size() != 1 || !terms.awarding.front().accreditation ||
           terms.type == wire::CertificateType::kEquivalency ||
           terms.type == wire::CertificateType::kAttestation ||
           has_unsupported_item(context.transaction.items());
}

/// A change of the set of states needs the handover of the consortium.
bool is_set_change(const Context& context, const wire::RetireKey& body) {
    const auto key =
        read<wire::KeyRecord>(context.view, wire::MapKey::key(body.member, body.ordinal));
    return key && key->role == wire::Role::kNode;
}

}  // namespace

Outcome check_supported(const Context& context) {
    const wire::Body& body = context.transaction.payload().body;
    const auto* issue = std::get_if<wire::Issue>(&body);
    const auto* add = std::get_if<wire::AddKey>(&body);
    const auto* retire = std::get_if<wire::RetireKey>(&body);
    const bool has_rule = std::visit([]<class T>(const T&) { return kHasRule<T>; }, body);
    const bool is_refused = !has_rule || (issue && is_unsupported(context, *issue)) ||
                            (add && add->key.role == wire::Role::kNode) ||
                            (retire && is_set_change(context, *retire));
    if (is_refused) return refuse(LedgerError::kNotYetSupported);
    return Ok{};
}

}  // namespace tasdiq::ledger
