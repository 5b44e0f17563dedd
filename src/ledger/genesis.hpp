#pragma once

#include "ledger/block.hpp"

namespace tasdiq::ledger {

/// Why a genesis is not one. Checks run in this order.
enum class GenesisError : std::uint16_t {
    kCountryTwice = 1,
    kRoleNotForMember = 2,
    kRoleAlgorithm = 3,
    kVoteKeys = 4,         // a state has fewer than two
    kNodeKey = 5,          // a state has not exactly one
    kSecretariatKeys = 6,  // the secretariat has none
    kPublisherKey = 7,     // the secretariat has not exactly one
    kKeyInvalid = 8,
    kKeyTwice = 9,
    kBadPossession = 10,
};
[[nodiscard]] std::string_view to_string(GenesisError error);

/// Why, and which member (its id as the ledger would count it) and key (from 0) are at fault.
struct GenesisFault {
    GenesisError error;
    wire::MemberId member;
    std::optional<std::uint32_t> key = std::nullopt;
    friend bool operator==(const GenesisFault&, const GenesisFault&) = default;
};

/// Checks what decoding cannot: the keys' roles, numbers and proofs of possession.
[[nodiscard]] Result<Ok, GenesisFault> check_genesis(const wire::Genesis& genesis);

/// The entry and the records that a ledger begins with. Errors: those of `check_genesis`.
[[nodiscard]] Result<Diff, GenesisFault> apply_genesis(const wire::Genesis& genesis);

/// Block 0: entry 0 and, once finished, its block entry. `genesis` has passed `check_genesis`
/// (ENSURE).
[[nodiscard]] BlockBuilder make_genesis_block(const wire::Genesis& genesis);

}  // namespace tasdiq::ledger
