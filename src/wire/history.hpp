#pragma once

#include <algorithm>

#include "base/ensure.hpp"
#include "wire/record.hpp"

namespace tasdiq::wire {

// Slots and ends of accreditations keep what stood there before. What counts of it is decided here,
// once, for the rules and for verifiers: changes that a voided key signed count as absent.
// `is_void(change)` says which. Spec: docs/formats/records.md, "Status".

/// The newest change of which `counts(change)` is true.
template <class Change, class Counts>
[[nodiscard]] std::optional<Change> newest_of(const std::optional<History<Change>>& history,
                                              Counts&& counts) {
    if (!history) return std::nullopt;
    const Change& last = *history;
    if (counts(last)) return last;
    const auto found = std::ranges::find_if(history->earlier, counts);
    return found != history->earlier.end() ? std::optional{*found} : std::nullopt;
}

/// The oldest change of the slot that names the certificate `by`, as one does.
[[nodiscard]] inline const StatusChange& brought_by(LogIndex by, const StatusSlot& slot) {
    const auto is_so_by = [&](const StatusChange& one) { return one.by == by; };
    const auto first = std::ranges::find_if(slot.earlier.rbegin(), slot.earlier.rend(), is_so_by);
    return first != slot.earlier.rend() ? *first : static_cast<const StatusChange&>(slot);
}

/// A change of the slot as it counts. Whoever suspends what was replaced, and takes that back, says
/// nothing of the certificate *by* that stands in its place: if the change that brought it is void,
/// nothing replaced this one.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> as_it_counts(std::optional<StatusChange> change,
                                                       const StatusSlot& slot, IsVoid&& is_void) {
    if (!change || !change->by || !is_void(brought_by(*change->by, slot))) return change;
    change->by.reset();
    if (change->state == StatusState::kReplaced) change->state = StatusState::kReinstated;
    return change;
}

/// The newest change that counts and has taken effect by `now`: what the slot says.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> change_in_force(const std::optional<StatusSlot>& slot,
                                                          Instant now, IsVoid&& is_void) {
    if (!slot) return std::nullopt;
    const auto counts = [&](const StatusChange& change) {
        return !is_void(change) && (!change.effective || *change.effective <= now);
    };
    return as_it_counts(newest_of(slot, counts), *slot, is_void);
}

/// The end that was written once more by what restored it, `change`; a null pointer: that ended it.
template <class IsVoid>
[[nodiscard]] const StatusChange* end_restored(const StatusChange& change, const StatusSlot& slot,
                                               IsVoid&& is_void) {
    if (!change.by || change.state == StatusState::kReplaced) return nullptr;
    for (const StatusChange& one : slot.earlier) {
        if (one.index >= change.index || is_void(one)) continue;
        return one.state == change.state && one.by != change.by ? &one : nullptr;
    }
    return nullptr;
}

/// The withdrawals and suspensions that count: those since the last resumption, and every
/// withdrawal. Oldest first.
template <class IsVoid>
[[nodiscard]] std::vector<EndChange> ends_in_force(const std::optional<AccreditationEnd>& ended,
                                                   IsVoid&& is_void) {
    std::vector<EndChange> ends;
    if (!ended) return ends;
    const auto take = [&](const EndChange& change) {
        if (is_void(change)) return;
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
    take(*ended);
    return ends;
}

/// The day that decides, by award or by intake; none when no intake is known.
[[nodiscard]] inline std::optional<Day> deciding_day(AppliesTo applies, Day awarded_on,
                                                     const std::optional<Day>& intake) {
    return applies == AppliesTo::kAward ? std::optional{awarded_on} : intake;
}

/// Whether one of `ends` keeps such an award out. Those who had begun before an end by intake may
/// finish; nobody else is told apart from them.
[[nodiscard]] inline bool is_ended_for(const std::vector<EndChange>& ends, Day awarded_on,
                                       const std::optional<Day>& intake) {
    return std::ranges::any_of(ends, [&](const EndChange& end) {
        const auto day = deciding_day(end.by, awarded_on, intake);
        return !day || *day >= end.effective;
    });
}

/// What stood there without the changes of which `is_gone(change)` is true; none: nothing is left.
template <class Change, class IsGone>
[[nodiscard]] std::optional<History<Change>> without(const std::optional<History<Change>>& history,
                                                     IsGone&& is_gone) {
    if (!history) return std::nullopt;
    std::vector<Change> rest{*history};
    rest.insert(rest.end(), history->earlier.begin(), history->earlier.end());
    std::erase_if(rest, is_gone);
    if (rest.empty()) return std::nullopt;
    return History<Change>{rest.front(), {rest.begin() + 1, rest.end()}};
}

/// Whether another change still goes on top.
template <class Change>
[[nodiscard]] bool has_room(const std::optional<History<Change>>& history) {
    return !history || history->earlier.size() < kHistoryMax;
}

/// `next` on top of what stood there, which has room for it.
template <class Change>
[[nodiscard]] History<Change> with_history(Change next,
                                           const std::optional<History<Change>>& before) {
    History<Change> history{std::move(next), {}};
    if (!before) return history;
    ENSURE(has_room(before));
    history.earlier.push_back(*before);
    history.earlier.insert(history.earlier.end(), before->earlier.begin(), before->earlier.end());
    return history;
}

}  // namespace tasdiq::wire
