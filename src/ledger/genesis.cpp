#include "ledger/genesis.hpp"

#include <algorithm>
#include <set>

#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

// The secretariat belongs to all of them; "XX" is a code that ISO 3166 gives to nobody.
constexpr std::string_view kNoCountry = "XX";

/// A member of genesis.
struct First {
    wire::MemberId id;
    wire::MemberKind kind;
    std::string_view country;
    const std::vector<wire::Name>& names;
    const std::vector<wire::NewKey>& keys;
};

std::vector<First> members_of(const wire::Genesis& genesis) {
    std::vector<First> members;
    wire::MemberId id{1};
    for (const wire::GenesisState& state : genesis.states) {
        members.push_back({id, wire::MemberKind::kState, state.country, state.names, state.keys});
        ++id.value;
    }
    members.push_back({id, wire::MemberKind::kSecretariat, kNoCountry, genesis.secretariat_names,
                       genesis.secretariat_keys});
    return members;
}

std::ptrdiff_t count_of(const First& member, wire::Role role) {
    return std::ranges::count(member.keys, role, &wire::NewKey::role);
}

using Fault = std::optional<GenesisFault>;

GenesisFault at(GenesisError error, const First& member, std::size_t key) {
    return {error, member.id, static_cast<std::uint32_t>(key)};
}

Fault country_fault(std::span<const First> members) {
    std::set<std::string_view> countries;
    for (const First& member : members) {
        if (!countries.insert(member.country).second) {
            return GenesisFault{GenesisError::kCountryTwice, member.id, std::nullopt};
        }
    }
    return std::nullopt;
}

Fault role_fault_in(std::span<const First> members, LedgerError wanted, GenesisError error) {
    for (const First& member : members) {
        for (std::size_t i = 0; i < member.keys.size(); ++i) {
            const wire::NewKey& key = member.keys[i];
            if (role_fault(member.kind, key.role, key.algorithm) == wanted) {
                return at(error, member, i);
            }
        }
    }
    return std::nullopt;
}

/// The first member of `kind` that has not between `min` and `max` keys of the role.
struct Wanted {
    wire::MemberKind kind;
    wire::Role role;
    std::ptrdiff_t min, max;
    GenesisError error;
};
constexpr Wanted kWanted[] = {
    {wire::MemberKind::kState, wire::Role::kVote, 2, 8, GenesisError::kVoteKeys},
    {wire::MemberKind::kState, wire::Role::kNode, 1, 1, GenesisError::kNodeKey},
    {wire::MemberKind::kSecretariat, wire::Role::kSecretariat, 1, 8,
     GenesisError::kSecretariatKeys},
    {wire::MemberKind::kSecretariat, wire::Role::kPublisher, 1, 1, GenesisError::kPublisherKey},
};

Fault count_fault(std::span<const First> members) {
    for (const Wanted& wanted : kWanted) {
        for (const First& member : members) {
            const auto count = count_of(member, wanted.role);
            if (member.kind == wanted.kind && (count < wanted.min || count > wanted.max)) {
                return GenesisFault{wanted.error, member.id, std::nullopt};
            }
        }
    }
    return std::nullopt;
}

Fault key_fault(std::span<const First> members) {
    Fault twice;
    Fault unproven;
    std::set<crypto::KeyId> ids;
    for (const First& member : members) {
        for (std::size_t i = 0; i < member.keys.size(); ++i) {
            const auto key = parse_new_key(member.keys[i]);
            if (!key) return at(GenesisError::kKeyInvalid, member, i);
            if (!ids.insert(crypto::key_id(*key)).second && !twice) {
                twice = at(GenesisError::kKeyTwice, member, i);
            }
            if (!unproven && !is_possessed(wire::ChainId{}, std::nullopt, member.keys[i], *key)) {
                unproven = at(GenesisError::kBadPossession, member, i);
            }
        }
    }
    return twice ? twice : unproven;
}

Fault fault_of(std::span<const First> members) {
    using enum GenesisError;
    if (auto fault = country_fault(members)) return fault;
    if (auto fault = role_fault_in(members, LedgerError::kRoleNotForMember, kRoleNotForMember)) {
        return fault;
    }
    if (auto fault = role_fault_in(members, LedgerError::kRoleAlgorithm, kRoleAlgorithm)) {
        return fault;
    }
    if (auto fault = count_fault(members)) return fault;
    return key_fault(members);
}

void put_first(Diff& diff, const First& member) {
    put(diff, wire::MapKey::member(member.id),
        wire::MemberRecord{.index = {0},
                           .signers = {},
                           .kind = member.kind,
                           .parent = std::nullopt,
                           .authority = std::nullopt,
                           .country = std::string{member.country},
                           .names = member.names,
                           .ids = {},
                           .sector = 0,
                           .ended = std::nullopt,
                           .voids = {},
                           .succession = {},
                           .custody = std::nullopt});
    put(diff, wire::MapKey::counters(member.id),
        wire::CountersRecord{{static_cast<std::uint16_t>(member.keys.size())}, 1, 1});
    std::vector<crypto::KeyId> ids;
    for (const wire::NewKey& key : member.keys) ids.push_back(crypto::key_id(*parse_new_key(key)));
    put_keys(diff, {member.id, {0}, {0}, {}, {0}}, member.keys, ids);
}

/// What block 0 stands on.
class Nothing final : public View {
  public:
    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey&) const override { return {}; }
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex) const override { return {}; }
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment&) const override {
        return {};
    }
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex) const override { return {}; }
    [[nodiscard]] wire::LogIndex next_index() const override { return {0}; }
};
const Nothing kNothing;

}  // namespace

std::string_view to_string(GenesisError error) {
    switch (error) {
        using enum GenesisError;
        case kCountryTwice: return "a country stands for two states";
        case kRoleNotForMember: return "this member holds no keys of this role";
        case kRoleAlgorithm: return "keys of this role are of another algorithm";
        case kVoteKeys: return "a state needs at least two vote keys";
        case kNodeKey: return "a state needs exactly one node key";
        case kSecretariatKeys: return "the secretariat needs a secretariat key";
        case kPublisherKey: return "the secretariat needs exactly one publisher key";
        case kKeyInvalid: return "the public key is not one";
        case kKeyTwice: return "a public key stands there twice";
        case kBadPossession: return "the proof of possession does not hold";
    }
    ENSURE(false);
}

Result<Ok, GenesisFault> check_genesis(const wire::Genesis& genesis) {
    if (const auto fault = fault_of(members_of(genesis))) return std::unexpected{*fault};
    return Ok{};
}

Result<Diff, GenesisFault> apply_genesis(const wire::Genesis& genesis) {
    TRY(check_genesis(genesis));
    Diff diff;
    diff.entries.push_back(wire::encode(genesis));
    const auto members = members_of(genesis);
    for (const First& member : members) put_first(diff, member);
    put(diff, wire::MapKey::ledger(), wire::LedgerRecord{{members.back().id.value + 1}, 0});
    put(diff, wire::MapKey::parameters(), wire::ParametersRecord{{0}});
    put(diff, wire::MapKey::state_set(), wire::SetRecord{{0}, wire::genesis_set(genesis)});
    return diff;
}

BlockBuilder make_genesis_block(const wire::Genesis& genesis) {
    auto diff = apply_genesis(genesis);
    ENSURE(diff);
    const wire::ChainId chain = wire::chain_id(diff->entries.front());
    BlockBuilder block{kNothing, {0, genesis.created, chain}};
    block.take(*std::move(diff));
    return block;
}

}  // namespace tasdiq::ledger
