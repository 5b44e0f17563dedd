#pragma once

#include <algorithm>

#include "wire/record.hpp"

namespace tasdiq::wire {

/// Whether what `member`'s key `ordinal` signed at `index` counts as absent. Spec: DESIGN §3,
/// "Voids".
[[nodiscard]] inline bool is_voided(const MemberRecord& member, Ordinal ordinal, LogIndex index) {
    return std::ranges::any_of(member.voids, [&](const Void& v) {
        return v.ordinal == ordinal && index >= v.from &&
               std::ranges::none_of(v.confirmed, [&](const IndexRange& range) {
                   return range.from <= index && index < range.until;
               });
    });
}

/// Whether the key was ever voided: it signs nothing any more, confirmed or not.
[[nodiscard]] inline bool has_void(const MemberRecord& member, Ordinal ordinal) {
    return std::ranges::find(member.voids, ordinal, &Void::ordinal) != member.voids.end();
}

}  // namespace tasdiq::wire
