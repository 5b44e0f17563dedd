#pragma once

#include <compare>
#include <cstdint>

#include "base/bytes.hpp"

namespace tasdiq::wire {

/// A member of the consortium, from the one counter of all members; never reused. 0 is nobody.
struct MemberId {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(MemberId, MemberId) = default;
};

/// A key within its member, counted from 0 in order of registration.
struct Ordinal {
    std::uint16_t value = 0;
    friend constexpr auto operator<=>(Ordinal, Ordinal) = default;
};

/// The place of an entry in the log, from 0. A certificate's is its public number.
struct LogIndex {
    std::uint64_t value = 0;
    friend constexpr auto operator<=>(LogIndex, LogIndex) = default;
};

/// Indices are JSON numbers too, so they stay below 2^53.
inline constexpr std::uint64_t kLogIndexMax = (std::uint64_t{1} << 53) - 1;

/// A key by owner and ordinal: how signers are named.
struct Signer {
    MemberId member;
    Ordinal ordinal;
    friend constexpr auto operator<=>(const Signer&, const Signer&) = default;
};

using ChainId = TaggedBytes<struct ChainIdTag, 16>;
using Nonce = TaggedBytes<struct NonceTag, 16>;
/// SHA-256 of a transaction's payload.
using TransactionId = TaggedBytes<struct TransactionIdTag, 32>;
using Commitment = TaggedBytes<struct CommitmentTag, 32>;
/// Hash of the set of states whose nodes cosign: SHA-256 of a `set-leaf`.
using SetHash = TaggedBytes<struct SetHashTag, 32>;
/// RFC 9162 root over the items of an issue list.
using ListRoot = TaggedBytes<struct ListRootTag, 32>;
/// RFC 9162 root over the enrolment leaves of a cohort.
using CohortRoot = TaggedBytes<struct CohortRootTag, 32>;

}  // namespace tasdiq::wire
