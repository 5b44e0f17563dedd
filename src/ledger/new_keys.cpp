#include "crypto/signature.hpp"
#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

bool may_hold(wire::MemberKind kind, wire::Role role) {
    using enum wire::Role;
    if (kind == wire::MemberKind::kState) return role == kVote || role == kNode;
    if (kind == wire::MemberKind::kSecretariat) return role == kSecretariat || role == kPublisher;
    if (role == kAssertion || role == kSeal) return true;
    if (kind == wire::MemberKind::kAuthority) return role == wire::Role::kAuthority;
    return role == kRegistrar || role == kDean || role == kPresident;
}

bool fits_role(wire::Role role, crypto::Algorithm algorithm) {
    switch (role) {
        case wire::Role::kSeal: return algorithm == crypto::Algorithm::kEs256;
        case wire::Role::kNode:
        case wire::Role::kPublisher:
        case wire::Role::kAssertion: return algorithm == crypto::Algorithm::kEd25519;
        case wire::Role::kRegistrar:
        case wire::Role::kDean:
        case wire::Role::kPresident:
        case wire::Role::kAuthority:
        case wire::Role::kVote:
        case wire::Role::kSecretariat: return true;
    }
    ENSURE(false);
}

}  // namespace

std::optional<LedgerError> role_fault(wire::MemberKind kind, wire::Role role,
                                      crypto::Algorithm algorithm) {
    if (!may_hold(kind, role)) return LedgerError::kRoleNotForMember;
    if (!fits_role(role, algorithm)) return LedgerError::kRoleAlgorithm;
    return std::nullopt;
}

Result<crypto::PublicKey, LedgerError> parse_new_key(const wire::NewKey& key) {
    auto parsed = crypto::PublicKey::parse(key.algorithm, key.public_key);
    if (!parsed) return std::unexpected{LedgerError::kKeyInvalid};
    return *std::move(parsed);
}

bool is_possessed(const wire::ChainId& chain, std::optional<wire::MemberId> member,
                  const wire::NewKey& key, const crypto::PublicKey& parsed) {
    const Bytes input =
        wire::possession_input(chain, member, key.role, key.algorithm, key.public_key);
    return crypto::verify(parsed, input, key.possession).has_value();
}

Result<std::vector<crypto::KeyId>, Refusal> check_new_keys(const Context& context,
                                                           wire::MemberKind kind,
                                                           std::optional<wire::MemberId> member,
                                                           std::span<const wire::NewKey> keys) {
    // Each check for all keys before the next: the order is that of LedgerError.
    LowestFault fault;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto error = role_fault(kind, keys[i].role, keys[i].algorithm);
        if (error) fault.add(*error, i);
    }
    TRY(fault.outcome());
    std::vector<crypto::PublicKey> parsed;
    std::vector<crypto::KeyId> ids;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto key = parse_new_key(keys[i]);
        if (!key) return refuse_at(key.error(), i);
        ids.push_back(crypto::key_id(*key));
        parsed.push_back(*std::move(key));
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (context.view.record(wire::MapKey::key_owner(ids[i]))) {
            return refuse_at(LedgerError::kKeyRegistered, i);
        }
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!is_possessed(context.block.chain, member, keys[i], parsed[i])) {
            return refuse_at(LedgerError::kBadPossession, i);
        }
    }
    return ids;
}

void put_keys(Diff& diff, const KeyOwner& owner, std::span<const wire::NewKey> keys,
              std::span<const crypto::KeyId> ids) {
    wire::Ordinal ordinal = owner.first;
    for (std::size_t i = 0; i < keys.size(); ++i, ++ordinal.value) {
        put(diff, wire::MapKey::key(owner.member, ordinal),
            wire::KeyRecord{owner.index, owner.signers, keys[i].role, keys[i].algorithm,
                            keys[i].public_key, owner.from, std::nullopt});
        put(diff, wire::MapKey::key_owner(ids[i]), wire::KeyOwnerRecord{owner.member, ordinal});
    }
}

Outcome add_keys(const Context& context, wire::MemberId member, std::span<const wire::NewKey> keys,
                 std::span<const crypto::KeyId> ids, Diff& diff) {
    auto counters = read<wire::CountersRecord>(context.view, wire::MapKey::counters(member));
    if (!counters || counters->next_ordinal.value > UINT16_MAX - keys.size()) {
        return refuse(LedgerError::kNumbersExhausted);
    }
    put_keys(diff,
             {member, counters->next_ordinal, context.index, context.signers(), context.next()},
             keys, ids);
    counters->next_ordinal.value =
        static_cast<std::uint16_t>(counters->next_ordinal.value + keys.size());
    put(diff, wire::MapKey::counters(member), *counters);
    return Ok{};
}

}  // namespace tasdiq::ledger
