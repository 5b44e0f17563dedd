#include "ledger/genesis.hpp"

#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum GenesisError;

TEST(CheckGenesis, RefusesInTheOrderOfTheErrors) {
    const wire::Genesis good = World{{"TN", "DZ"}}.genesis;
    wire::Genesis genesis = good;
    auto& keys = genesis.states[1].keys;
    auto& secretariat = genesis.secretariat_keys;
    genesis.states[1].country = "TN";
    keys[0].role = Role::kAuthority;
    keys[1].role = Role::kNode;
    keys[1].algorithm = Algorithm::kEs256;
    secretariat[0].role = Role::kVote;
    secretariat.push_back(secretariat[1]);
    const GenesisFault faults[] = {
        {kCountryTwice, {2}},
        {kRoleNotForMember, {2}, 0},
        {kRoleNotForMember, {3}, 0},
        {kRoleAlgorithm, {2}, 1},
        {kVoteKeys, {2}},
        {kNodeKey, {2}},
        {kSecretariatKeys, {3}},
        {kPublisherKey, {3}},
        {kKeyInvalid, {2}, 0},
        {kKeyTwice, {2}, 0},
        {kBadPossession, {2}, 0},
    };
    const std::function<void()> repairs[] = {
        [&] { genesis.states[1].country = "DZ"; },
        [&] { keys[0].role = Role::kNode; },
        [&] { secretariat[0].role = Role::kPublisher; },
        [&] { keys[1].algorithm = Algorithm::kEd25519; },
        [&] {
            keys[0].role = Role::kVote;
            keys[1].role = Role::kVote;
            keys[2].role = Role::kVote;
        },
        [&] {
            keys[2].role = Role::kNode;
            keys[0].public_key = Bytes(32, 0xFF);
        },
        [&] { secretariat[0].role = Role::kSecretariat; },
        [&] { secretariat.pop_back(); },
        [&] {
            keys[0] = genesis.states[0].keys[0];
            keys[0].possession[0] ^= 1U;
        },
        [&] {
            keys[0] = good.states[1].keys[0];
            keys[0].possession[0] ^= 1U;
        },
        [&] { keys[0] = good.states[1].keys[0]; },
    };
    for (std::size_t i = 0; i < std::size(faults); ++i) {
        const auto checked = check_genesis(genesis);
        ASSERT_FALSE(checked) << to_string(faults[i].error);
        EXPECT_EQ(checked.error(), faults[i])
            << to_string(checked.error().error) << ", not " << to_string(faults[i].error);
        repairs[i]();
    }
    EXPECT_TRUE(check_genesis(genesis));
    EXPECT_EQ(genesis, good);
}

TEST(ApplyGenesis, SaysTheSameFaults) {
    wire::Genesis genesis = World{{"TN"}}.genesis;
    genesis.states[0].keys[0].possession[0] ^= 1U;
    const auto diff = apply_genesis(genesis);
    ASSERT_FALSE(diff);
    EXPECT_EQ(diff.error(), (GenesisFault{kBadPossession, {1}, 0}));
}

TEST(ApplyGenesis, WritesMembersKeysAndCounters) {
    const World world{{"TN", "DZ"}};
    const auto algeria = world.record<wire::MemberRecord>(wire::MapKey::member({2}));
    ASSERT_TRUE(algeria);
    EXPECT_EQ(algeria->kind, wire::MemberKind::kState);
    EXPECT_EQ(algeria->country, "DZ");
    EXPECT_EQ(algeria->index, LogIndex{0});
    EXPECT_TRUE(algeria->signers.empty());
    const auto secretariat = world.record<wire::MemberRecord>(wire::MapKey::member({3}));
    ASSERT_TRUE(secretariat);
    EXPECT_EQ(secretariat->kind, wire::MemberKind::kSecretariat);
    EXPECT_EQ(world.next_member(), MemberId{4});
    const auto node = world.record<wire::KeyRecord>(wire::MapKey::key({2}, {2}));
    ASSERT_TRUE(node);
    EXPECT_EQ(node->role, Role::kNode);
    EXPECT_EQ(node->from, LogIndex{0});
    const auto id = crypto::key_id(world.keys.at(Signer{{2}, {2}}).public_key());
    EXPECT_EQ(world.record<wire::KeyOwnerRecord>(wire::MapKey::key_owner(id)),
              (wire::KeyOwnerRecord{{2}, {2}}));
    EXPECT_EQ(world.record<wire::CountersRecord>(wire::MapKey::counters({2})),
              (wire::CountersRecord{{3}, 1, 1}));
    EXPECT_EQ(world.record<wire::SetRecord>(wire::MapKey::state_set())->set,
              wire::genesis_set(world.genesis));
    EXPECT_TRUE(world.record<wire::ParametersRecord>(wire::MapKey::parameters()));
}

TEST(GenesisBlock, IsEntryZeroAndItsBlockEntry) {
    const World world{{"TN"}};
    ASSERT_EQ(world.view.entries().size(), 2U);
    EXPECT_EQ(world.view.entries()[0], wire::encode(world.genesis));
    EXPECT_EQ(world.chain, wire::chain_id(world.view.entries()[0]));
    const auto block = wire::decode_block(world.view.entries()[1]);
    ASSERT_TRUE(block);
    const auto set = wire::set_hash(wire::genesis_set(world.genesis));
    EXPECT_EQ(*block,
              (wire::BlockEntry{0, world.genesis.created, {0}, world.view.map_root(), set, set}));
    EXPECT_EQ(world.record<wire::LedgerRecord>(wire::MapKey::ledger())->blocks, 1U);
}

}  // namespace
}  // namespace tasdiq::ledger::world
