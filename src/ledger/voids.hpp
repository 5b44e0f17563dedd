#pragma once

#include <span>

#include "ledger/view.hpp"
#include "wire/record.hpp"

namespace tasdiq::ledger {

/// Whether what `signers` signed at `index` counts as absent: one of their keys is void from there
/// or before, and the index is not confirmed. One level only: whether the void was itself signed
/// by a key that was voided later is not asked. Spec: DESIGN §3.
[[nodiscard]] bool is_void(const View& view, wire::LogIndex index,
                           std::span<const wire::Signer> signers);
/// The same of what has its index and signers in it.
template <class Signed>
[[nodiscard]] bool is_void(const View& view, const Signed& one) {
    return is_void(view, one.index, one.signers);
}

/// Whether no key that signed the confirmation was voided from there on.
[[nodiscard]] bool is_standing(const View& view, const wire::Confirmation& confirmation);

}  // namespace tasdiq::ledger
