#include "ledger/voids.hpp"

#include <algorithm>

#include "wire/voids.hpp"

namespace tasdiq::ledger {
namespace {

auto finder(const View& view) {
    return [&view](wire::MemberId id) { return view.member(id); };
}

}  // namespace

bool is_void(const View& view, wire::LogIndex index, std::span<const wire::Signer> signers) {
    return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
        const auto member = view.member(signer.member);
        return member && wire::is_voided(*member, signer, index, finder(view));
    });
}

bool is_standing(const View& view, const wire::Confirmation& confirmation) {
    return wire::is_standing(confirmation, finder(view));
}

}  // namespace tasdiq::ledger
