#include "ledger/voids.hpp"

#include <algorithm>

#include "ledger/records.hpp"
#include "wire/voids.hpp"

namespace tasdiq::ledger {

bool is_void(const View& view, wire::LogIndex index, std::span<const wire::Signer> signers) {
    return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
        const auto member = read<wire::MemberRecord>(view, wire::MapKey::member(signer.member));
        return member && wire::is_voided(*member, signer, index);
    });
}

}  // namespace tasdiq::ledger
