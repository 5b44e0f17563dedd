#pragma once

#include <algorithm>

#include "wire/record.hpp"

namespace tasdiq::wire {

/// Whether the key `ordinal` was voided from `index` or before, confirmed or not.
[[nodiscard]] inline bool is_voided_from(const MemberRecord& member, Ordinal ordinal,
                                         LogIndex index) {
    return std::ranges::any_of(
        member.voids, [&](const Void& v) { return v.ordinal == ordinal && v.from <= index; });
}

/// Whether a confirmation still counts: none of the keys that signed it was voided from there on.
/// What thieves confirm goes with their keys, whosever these were. `find(member)` points to the
/// record of a member, or to nothing: who is not known vouches for nothing.
template <class FindMember>
[[nodiscard]] bool is_standing(const Confirmation& confirmation, FindMember&& find) {
    return std::ranges::none_of(confirmation.signers, [&](const Signer& by) {
        const auto& member = find(by.member);
        return !member || is_voided_from(*member, by.ordinal, confirmation.index);
    });
}

/// Whether what `signer`, a key of `member`, signed at `index` counts as absent. Spec: DESIGN §3,
/// "Voids".
template <class FindMember>
[[nodiscard]] bool is_voided(const MemberRecord& member, const Signer& signer, LogIndex index,
                             FindMember&& find) {
    return std::ranges::any_of(member.voids, [&](const Void& v) {
        return v.ordinal == signer.ordinal && index >= v.from &&
               std::ranges::none_of(v.confirmed, [&](const Confirmation& one) {
                   return one.range.from <= index && index < one.range.until &&
                          is_standing(one, find);
               });
    });
}

/// Whether a name of the member counts: it does not, if it came by a renaming that is void. Of
/// several of its day the last one brought it: it took the place of a name that was void.
/// `is_void(item)` says so of what became of the member.
template <class IsVoid>
[[nodiscard]] bool counts(const Name& name, const MemberRecord& member, IsVoid&& is_void) {
    const SuccessionItem* brought_it = nullptr;
    for (const SuccessionItem& item : member.succession) {
        if (item.kind == SuccessionKind::kRenamed && item.day == name.from) brought_it = &item;
    }
    return brought_it == nullptr || !is_void(*brought_it);
}

/// What the member was called on `day`: the last name that counts and had begun, the first one
/// before that.
template <class IsVoid>
[[nodiscard]] const Name& name_on(const MemberRecord& member, Day day, IsVoid&& is_void) {
    const Name* last = &member.names.front();
    for (const Name& name : member.names) {
        if (name.from <= day && counts(name, member, is_void)) last = &name;
    }
    return *last;
}

/// Whether the key was ever voided: it signs nothing any more, confirmed or not.
[[nodiscard]] inline bool has_void(const MemberRecord& member, Ordinal ordinal) {
    return std::ranges::find(member.voids, ordinal, &Void::ordinal) != member.voids.end();
}

}  // namespace tasdiq::wire
