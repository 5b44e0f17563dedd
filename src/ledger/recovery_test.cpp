#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;

const std::vector<Signer> kHonest{kRegistrar, kPresident, kMinistry1};

struct Stolen : Manar {
    LogIndex first, second;  // certificates that the dean's key signed
    Stolen() {
        first = issue_one("first");
        second = issue_one("second");
        EXPECT_TRUE(send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, {first.value - 1}},
                         kMinistryKeys));
    }
    LogIndex issue_one(const std::string& seed) {
        const auto answer = issue(manar_terms(), items_of(seed, 1), {kRegistrar, kDean});
        EXPECT_TRUE(answer);
        return answer->first_certificate;
    }
    [[nodiscard]] bool counts(LogIndex certificate) const {
        return !is_void(view, certificate, std::vector{kDean});
    }
};

TEST(Confirm, RefusesInTheOrderOfTheErrors) {
    Stolen world;
    const LogIndex far{world.view.next_index().value + 50};
    Attempt attempt{world, wire::Confirm{{99}, {9}, {9}, {{{0}, {1}}}}, {kRegistrar}};
    const auto body = [](Attempt& a) -> wire::Confirm& { return std::get<wire::Confirm>(a.body); };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).member = kTunisia; }},
                     {kSenderKind, [&](auto& a) { body(a).member = kManar; }},
                     {kNotSupervised, [&](auto& a) { body(a).by = kMinistry; }},
                     {kKeyUnknown, [&](auto& a) { body(a).ordinal = kRegistrar.ordinal; }},
                     {kKeyNotVoided, [&](auto& a) { body(a).ordinal = kDean.ordinal; }},
                     {kConfirmOutside, [&](auto& a) { body(a).ranges = {{world.first, far}}; }},
                     {kConfirmOutside,
                      [&](auto& a) { body(a).ranges = {{world.first, {world.first.value + 1}}}; }},
                     {kPolicyNotMet, [](auto& a) { a.signers = kHonest; }}});
    EXPECT_TRUE(world.counts(world.first));
    EXPECT_FALSE(world.counts(world.second));
    const auto again = world.send(attempt.submission());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), Refusal{kAlreadyConfirmed});
    // The key itself stays out.
    const auto signs = world.issue(manar_terms(), items_of("third", 1), {kRegistrar, kDean});
    ASSERT_FALSE(signs);
    EXPECT_EQ(signs.error().error, kKeyVoided);
}

TEST(Confirm, KeepsWhoConfirmedWhat) {
    Stolen world;
    const auto confirm = [&](LogIndex from, std::uint64_t count) {
        return world.send(
            wire::Confirm{kManar, kMinistry, kDean.ordinal, {{from, {from.value + count}}}},
            kHonest);
    };
    ASSERT_TRUE(confirm(world.first, 1));
    ASSERT_TRUE(confirm({world.first.value + 1}, world.second.value - world.first.value));
    const auto member = world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    const auto& confirmed = member->voids.at(0).confirmed;
    ASSERT_EQ(confirmed.size(), 2);
    // With its transaction: an issue is confirmed as a whole.
    EXPECT_EQ(confirmed[0].range,
              (wire::IndexRange{{world.first.value - 1}, {world.first.value + 1}}));
    EXPECT_EQ(confirmed[1].range.until, LogIndex{world.second.value + 1});
    EXPECT_TRUE(std::ranges::is_permutation(confirmed[1].signers, kHonest));
    EXPECT_LT(confirmed[0].index, confirmed[1].index);
    EXPECT_TRUE(world.counts(world.second));
    const auto both = confirm(world.first, world.second.value + 1 - world.first.value);
    ASSERT_FALSE(both);
    EXPECT_EQ(both.error().error, kAlreadyConfirmed);
}

/// Thieves would confirm their own work; whoever is honest then confirms it again.
TEST(Confirm, FallsWithTheKeysOfItsOfficers) {
    Stolen world;
    const auto confirm = [&](const std::vector<Signer>& signers) {
        return world.send(
            wire::Confirm{
                kManar, kMinistry, kDean.ordinal, {{world.first, {world.first.value + 1}}}},
            signers);
    };
    const auto third = world.next_key(kManar, Role::kDean);
    ASSERT_TRUE(world.send(wire::AddKey{kManar, third}, {kPresident, kMinistry1}));
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(confirm(kHonest));
    EXPECT_TRUE(world.counts(world.first));
    ASSERT_TRUE(
        world.send(wire::VoidKey{kMinistry, kManar, kPresident.ordinal, before}, kMinistryKeys));
    EXPECT_FALSE(world.counts(world.first));
    ASSERT_TRUE(confirm({kRegistrar, {kManar, {3}}, kMinistry1}));
    EXPECT_TRUE(world.counts(world.first));
    const auto member = world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    EXPECT_EQ(member->voids.at(0).confirmed.size(), 1) << "what no longer counts made room";
}

TEST(Confirm, IsRefusedWhereTooMuchIsConfirmedPieceByPiece) {
    Stolen world;
    auto member = *world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    const auto plant = [&](std::size_t count) {
        member.voids.at(0).confirmed.assign(count, {{{0}, {1}}, {1}, {}});
        world.view.plant(wire::MapKey::member(kManar), wire::encode(member));
    };
    const auto confirm = [&] {
        return world.send(
            wire::Confirm{
                kManar, kMinistry, kDean.ordinal, {{world.first, {world.first.value + 1}}}},
            kHonest);
    };
    plant(256);
    const auto refused = confirm();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal{kConfirmationsFull});
    plant(255);
    EXPECT_TRUE(confirm());
}

TEST(Reconstitute, RefusesInTheOrderOfTheErrors) {
    Manar world;
    ASSERT_TRUE(world.send(wire::RetireKey{kManar, kPresident.ordinal}, {kRegistrar, kDean}));
    const auto key = [&](const std::string& name, Role role) {
        return new_key(key_named(name), role, world.chain, kManar);
    };
    wire::Reconstitute first{
        {99},
        {98},
        "decree",
        {kRegistrar.ordinal, kPresident.ordinal, {9}},
        {key("new dean", Role::kVote), key("new registrar", Role::kRegistrar)}};
    first.keys[1].possession[0] ^= 1U;
    Attempt attempt{world, first, {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::Reconstitute& {
        return std::get<wire::Reconstitute>(a.body);
    };
    expect_in_order(
        attempt,
        {{kSenderUnknown, [&](auto& a) { body(a).by = kManar; }},
         {kSenderKind, [&](auto& a) { body(a).by = kMinistry; }},
         {kMemberUnknown, [&](auto& a) { body(a).member = kMinistry; }},
         {kNotSupervised, [&](auto& a) { body(a).member = kManar; }},
         {kRoleNotForMember, [&](auto& a) { body(a).keys[0] = key("new dean", Role::kDean); }},
         {kBadPossession,
          [&](auto& a) { body(a).keys[1] = key("new registrar", Role::kRegistrar); }},
         {kKeyUnknown, [&](auto& a) { body(a).retired.pop_back(); }},
         {kKeyEnded, [&](auto& a) { body(a).retired = {kRegistrar.ordinal, kDean.ordinal}; }},
         {kPolicyNotMet, [](auto& a) { a.signers = kMinistryKeys; }}});
    const auto member = world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    ASSERT_EQ(member->succession.size(), 1U) << "visible for ever";
    EXPECT_EQ(member->succession[0].kind, wire::SuccessionKind::kReconstituted);
    const auto old = world.issue(manar_terms(), items_of("a", 1), {kRegistrar, kDean});
    ASSERT_FALSE(old);
    EXPECT_EQ(old.error().error, kKeyRetired);
    const Signer dean{kManar, {3}};
    const Signer registrar{kManar, {4}};
    world.keys.insert_or_assign(dean, key_named("new dean"));
    world.keys.insert_or_assign(registrar, key_named("new registrar"));
    EXPECT_TRUE(world.issue(manar_terms(), items_of("a", 1), {dean, registrar}));
}

TEST(Reconstitute, IsRefusedForAMemberThatHasEnded) {
    Manar world;
    ASSERT_TRUE(
        world.send(wire::EndAuthority{kTunisia, kMinistry, to_day(world.now)}, {kVote1, kVote2}));
    const auto answer = world.send(
        wire::Reconstitute{kTunisia,
                           kMinistry,
                           "decree",
                           {},
                           {new_key(key_named("x"), Role::kAuthority, world.chain, kMinistry),
                            new_key(key_named("y"), Role::kAuthority, world.chain, kMinistry)}},
        {kVote1, kVote2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error, kMemberEnded);
}

}  // namespace
}  // namespace tasdiq::ledger::world
