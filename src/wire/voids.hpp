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

/// Whether the confirmation of a key of `member`, whose number is `id`, still counts: no key of the
/// member's own that signed it was voided from there on. What thieves confirm goes with their keys.
/// Who signed it for others, the authority or a custodian, is not asked again.
[[nodiscard]] inline bool is_standing(const MemberRecord& member, MemberId id,
                                      const Confirmation& confirmation) {
    return std::ranges::none_of(confirmation.signers, [&](const Signer& by) {
        return by.member == id && is_voided_from(member, by.ordinal, confirmation.index);
    });
}

/// Whether what `signer`, a key of `member`, signed at `index` counts as absent. Spec: DESIGN §3,
/// "Voids".
[[nodiscard]] inline bool is_voided(const MemberRecord& member, const Signer& signer,
                                    LogIndex index) {
    return std::ranges::any_of(member.voids, [&](const Void& v) {
        return v.ordinal == signer.ordinal && index >= v.from &&
               std::ranges::none_of(v.confirmed, [&](const Confirmation& one) {
                   return one.range.from <= index && index < one.range.until &&
                          is_standing(member, signer.member, one);
               });
    });
}

/// Whether the key was ever voided: it signs nothing any more, confirmed or not.
[[nodiscard]] inline bool has_void(const MemberRecord& member, Ordinal ordinal) {
    return std::ranges::find(member.voids, ordinal, &Void::ordinal) != member.voids.end();
}

}  // namespace tasdiq::wire
