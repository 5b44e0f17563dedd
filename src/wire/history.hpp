#pragma once

#include <algorithm>

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

/// The newest change that counts, whether it has taken effect or not.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> newest_change(const std::optional<StatusSlot>& slot,
                                                        IsVoid&& is_void) {
    return newest_of(slot, [&](const StatusChange& change) { return !is_void(change); });
}

/// The newest change that counts and has taken effect by `now`: what the slot says.
template <class IsVoid>
[[nodiscard]] std::optional<StatusChange> change_in_force(const std::optional<StatusSlot>& slot,
                                                          Instant now, IsVoid&& is_void) {
    return newest_of(slot, [&](const StatusChange& change) {
        return !is_void(change) && (!change.effective || *change.effective <= now);
    });
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

/// `next` on top of what stood there. Of more than kHistoryMax earlier changes the newest goes
/// whose signers changed it again later, but not the last one, which may count until `next` takes
/// effect: whoever changes it to and fro with stolen keys drives out nothing but their own work.
template <class Change>
[[nodiscard]] History<Change> with_history(Change next,
                                           const std::optional<History<Change>>& before) {
    History<Change> history{std::move(next), {}};
    if (!before) return history;
    history.earlier.push_back(*before);
    history.earlier.insert(history.earlier.end(), before->earlier.begin(), before->earlier.end());
    if (history.earlier.size() <= kHistoryMax) return history;
    auto gone = history.earlier.begin() + 1;
    for (auto one = gone; one != history.earlier.end(); ++one) {
        const bool again = one->signers == history.signers ||
                           std::find_if(history.earlier.begin(), one, [&](const Change& later) {
                               return later.signers == one->signers;
                           }) != one;
        if (!again) continue;
        gone = one;
        break;
    }
    history.earlier.erase(gone);
    return history;
}

}  // namespace tasdiq::wire
