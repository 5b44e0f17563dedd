#pragma once

#include <algorithm>

#include "wire/record.hpp"

namespace tasdiq::wire {

// Slots and ends of accreditations keep what stood there before. What counts of it is decided here,
// once, for the rules and for verifiers: changes that a voided key signed count as absent.
// `is_void(index, signers)` says which. Spec: docs/formats/records.md, "Status".

namespace history {

template <class Change>
[[nodiscard]] StatusChange to_change(const Change& change) {
    return {change.state, change.index, change.signers, change.effective, change.by};
}
template <class Change>
[[nodiscard]] EndChange to_end_change(const Change& change) {
    return {change.action, change.by, change.effective, change.index, change.signers};
}

}  // namespace history

/// The newest change that counts, whether it has taken effect or not.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> newest_change(const std::optional<StatusSlot>& slot,
                                                        IsVoid&& is_void) {
    if (!slot) return std::nullopt;
    if (!is_void(slot->index, slot->signers)) return history::to_change(*slot);
    for (const StatusChange& change : slot->earlier) {
        if (!is_void(change.index, change.signers)) return change;
    }
    return std::nullopt;
}

/// The newest change that counts and has taken effect by `now`: what the slot says.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> change_in_force(const std::optional<StatusSlot>& slot,
                                                          Instant now, IsVoid&& is_void) {
    const auto counts = [&](const auto& change) {
        return !is_void(change.index, change.signers) &&
               (!change.effective || *change.effective <= now);
    };
    if (!slot) return std::nullopt;
    if (counts(*slot)) return history::to_change(*slot);
    const auto earlier = std::ranges::find_if(slot->earlier, counts);
    return earlier != slot->earlier.end() ? std::optional{*earlier} : std::nullopt;
}

/// The withdrawals and suspensions that count: those since the last resumption, and every
/// withdrawal. Oldest first.
template <class IsVoid>
[[nodiscard]] std::vector<EndChange> ends_in_force(const std::optional<AccreditationEnd>& ended,
                                                   IsVoid&& is_void) {
    std::vector<EndChange> ends;
    if (!ended) return ends;
    const auto take = [&](const EndChange& change) {
        if (is_void(change.index, change.signers)) return;
        if (change.action == EndAction::kResume) {
            std::erase_if(ends,
                          [](const EndChange& end) { return end.action == EndAction::kSuspend; });
        } else {
            ends.push_back(change);
        }
    };
    for (auto change = ended->earlier.rbegin(); change != ended->earlier.rend(); ++change) {
        take(*change);
    }
    take(history::to_end_change(*ended));
    return ends;
}

/// `next` on top of what stood there.
[[nodiscard]] inline StatusSlot with_history(StatusChange next,
                                             const std::optional<StatusSlot>& before) {
    StatusSlot slot{next.state, next.index, std::move(next.signers), next.effective, next.by, {}};
    if (!before) return slot;
    slot.earlier.push_back(history::to_change(*before));
    slot.earlier.insert(slot.earlier.end(), before->earlier.begin(), before->earlier.end());
    if (slot.earlier.size() > kHistoryMax) slot.earlier.resize(kHistoryMax);
    return slot;
}
[[nodiscard]] inline AccreditationEnd with_history(EndChange next,
                                                   const std::optional<AccreditationEnd>& before) {
    AccreditationEnd end{next.action, next.by, next.effective, next.index, std::move(next.signers),
                         {}};
    if (!before) return end;
    end.earlier.push_back(history::to_end_change(*before));
    end.earlier.insert(end.earlier.end(), before->earlier.begin(), before->earlier.end());
    if (end.earlier.size() > kHistoryMax) end.earlier.resize(kHistoryMax);
    return end;
}

}  // namespace tasdiq::wire
