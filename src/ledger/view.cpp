#include "ledger/view.hpp"

#include "ledger/records.hpp"

namespace tasdiq::ledger {

std::shared_ptr<const wire::MemberRecord> View::member(wire::MemberId id) const {
    auto record = read<wire::MemberRecord>(*this, wire::MapKey::member(id));
    return record ? std::make_shared<const wire::MemberRecord>(*std::move(record)) : nullptr;
}

std::shared_ptr<const wire::MemberRecord> SteadyView::member(wire::MemberId id) const {
    const auto [at, is_new] = members_.try_emplace(id);
    if (is_new) at->second = view_.member(id);
    return at->second;
}

}  // namespace tasdiq::ledger
