#pragma once

#include <string_view>

#include "wire/describe.hpp"
#include "wire/history.hpp"

namespace tasdiq::prose {

/// Which of the sentences `life.decided-…` tells a change of the slot: the word of its state, as
/// that counts; "stopped" of an officer's veto; "restored" where what restored it says its end once
/// more. `is_void(change)` says which changes a voided key signed.
template <class IsVoid>
[[nodiscard]] std::string_view decided_word(const wire::StatusChange& change,
                                            const wire::StatusSlot& slot, IsVoid&& is_void) {
    if (change.state == wire::StatusState::kCancelled && change.signers.empty()) return "stopped";
    if (wire::end_restored(change, slot, is_void) != nullptr) return "restored";
    if (is_void(change)) return wire::to_word(change.state);
    return wire::to_word(wire::as_it_counts({change}, slot, is_void)->state);
}

}  // namespace tasdiq::prose
