#include "ledger/attempt_test.hpp"
#include "ledger/voids.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;

wire::AddKey& add_key(Attempt& a) { return std::get<wire::AddKey>(a.body); }

TEST(AddKey, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const wire::NewKey good = world.next_key(kManar, Role::kRegistrar);
    wire::NewKey node = good;
    node.role = Role::kNode;
    wire::NewKey vote = good;
    vote.role = Role::kVote;
    wire::NewKey assertion = good;
    assertion.algorithm = Algorithm::kEs256;
    assertion.role = Role::kAssertion;
    assertion.public_key = Bytes(33, 0xFF);
    wire::NewKey invalid = assertion;
    invalid.role = Role::kSeal;
    const wire::NewKey registered = new_key(world.keys.at(kDean), Role::kDean, world.chain, kManar);
    wire::NewKey for_registration =
        new_key(world.keys.at(Signer{kManar, {3}}), Role::kRegistrar, world.chain, std::nullopt);
    Attempt attempt{world, wire::AddKey{{99}, node}, {kDean}};
    expect_in_order(attempt, {{kNotYetSupported, [&](auto& a) { add_key(a).key = vote; }},
                              {kSenderUnknown, [&](auto& a) { add_key(a).member = kManar; }},
                              {kRoleNotForMember, [&](auto& a) { add_key(a).key = assertion; }},
                              {kRoleAlgorithm, [&](auto& a) { add_key(a).key = invalid; }},
                              {kKeyInvalid, [&](auto& a) { add_key(a).key = registered; }},
                              {kKeyRegistered, [&](auto& a) { add_key(a).key = for_registration; }},
                              {kBadPossession, [&](auto& a) { add_key(a).key = good; }},
                              {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry1); }}});
    const auto key = world.record<wire::KeyRecord>(wire::MapKey::key(kManar, {3}));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->from.value, key->index.value + 1);
    EXPECT_EQ(key->until, std::nullopt);
}

TEST(AddKey, NeedsTheAuthorityAndNotTwoOfficers) {
    Manar world;
    const auto answer = world.send(wire::AddKey{kManar, world.next_key(kManar, Role::kRegistrar)},
                                   {kDean, kPresident});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kPolicyNotMet});
}

TEST(AddKey, RefusesWhenOrdinalsRunOut) {
    Manar world;
    const auto key = world.next_key(kManar, Role::kRegistrar);
    world.view.plant(wire::MapKey::counters(kManar),
                     wire::encode(wire::CountersRecord{{UINT16_MAX}, 2, 1}));
    const auto answer = world.send(wire::AddKey{kManar, key}, {kDean, kMinistry1});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kNumbersExhausted});
}

TEST(AddKey, LetsTheSecretariatRotateItsPublisher) {
    Manar world;
    const Signer secretary{kSecretariat, {0}};
    EXPECT_TRUE(world.send(
        wire::AddKey{kSecretariat, world.next_key(kSecretariat, Role::kPublisher)}, {secretary}));
    EXPECT_TRUE(world.send(wire::RetireKey{kSecretariat, {1}}, {secretary}));
}

TEST(RetireKey, RefusesInTheOrderOfTheErrors) {
    Manar world;
    ASSERT_TRUE(world.send(wire::RetireKey{kManar, kPresident.ordinal}, {kDean, kRegistrar}));
    Attempt attempt{world, wire::RetireKey{kTunisia, {2}}, {kDean}};
    const auto body = [](Attempt& a) -> wire::RetireKey& {
        return std::get<wire::RetireKey>(a.body);
    };
    expect_in_order(attempt, {{kNotYetSupported, [&](auto& a) { body(a).member = {99}; }},
                              {kSenderUnknown, [&](auto& a) { body(a) = {kManar, {9}}; }},
                              {kKeyUnknown, [&](auto& a) { body(a).ordinal = kPresident.ordinal; }},
                              {kKeyEnded, [&](auto& a) { body(a).ordinal = kRegistrar.ordinal; }},
                              {kPolicyNotMet, [](auto& a) { a.signers.push_back(kRegistrar); }}});
    const auto key = world.record<wire::KeyRecord>(wire::MapKey::key(kManar, kRegistrar.ordinal));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->until->value + 1, world.view.next_index().value) << "its entry's index + 1";
}

TEST(RetireKey, TakesTheRetiredKeysOwnSignatureForTheLastTime) {
    Manar world;
    EXPECT_TRUE(world.send(wire::RetireKey{kManar, kDean.ordinal}, {kDean, kRegistrar}));
    const auto answer = world.issue(manar_terms(), items_of("june", 1), {kDean, kRegistrar});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kKeyRetired, std::nullopt, 1}));
}

TEST(RetireKey, CannotRetireWhatIsVoided) {
    Manar world;
    ASSERT_TRUE(
        world.send(wire::VoidKey{kMinistry, kManar, kPresident.ordinal, world.view.next_index()},
                   {kMinistry1, kMinistry2}));
    const auto answer =
        world.send(wire::RetireKey{kManar, kPresident.ordinal}, {kDean, kRegistrar});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kKeyEnded});
}

TEST(VoidKey, RefusesInTheOrderOfTheErrors) {
    Manar world;
    ASSERT_TRUE(world.issue(manar_terms(), items_of("june", 1), {kDean, kRegistrar}));
    const LogIndex june{world.view.next_index().value - 3};
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, june},
                           {kMinistry1, kMinistry2}));
    Attempt attempt{world, wire::VoidKey{{99}, {98}, {9}, {1'000}}, {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::VoidKey& { return std::get<wire::VoidKey>(a.body); };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).by = kManar; }},
                     {kSenderKind, [&](auto& a) { body(a).by = kMinistry; }},
                     {kMemberUnknown, [&](auto& a) { body(a).member = kMinistry; }},
                     {kNotSupervised, [&](auto& a) { body(a).member = kManar; }},
                     {kKeyUnknown, [&](auto& a) { body(a).ordinal = kDean.ordinal; }},
                     // January is more than 90 days ago.
                     {kVoidFromFuture, [&](auto& a) { body(a).from = {2}; }},
                     {kVoidTooFarBack, [&](auto& a) { body(a).from = a.world.view.next_index(); }},
                     {kKeyAlreadyVoided, [&](auto& a) { body(a).ordinal = kRegistrar.ordinal; }},
                     {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}});
}

TEST(VoidKey, OfAnAuthorityIsForItsState) {
    Manar world;
    const wire::VoidKey body{kTunisia, kMinistry, kMinistry1.ordinal, world.view.next_index()};
    EXPECT_TRUE(world.send(body, {kVote1, kVote2}));
    for (const MemberId not_below : {kManar, kTunisia, kSecretariat}) {
        const auto answer = world.send(
            wire::VoidKey{kTunisia, not_below, {0}, world.view.next_index()}, {kVote1, kVote2});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error(), Refusal{kNotSupervised});
    }
}

TEST(VoidKey, ReachesBackNinetyDaysToTheSecond) {
    Manar world;
    ASSERT_TRUE(world.issue(manar_terms(), items_of("june", 1), {kDean, kRegistrar}));
    const LogIndex june{world.view.next_index().value - 3};
    const wire::VoidKey body{kMinistry, kManar, kDean.ordinal, june};
    world.now.seconds += 90 * kSecondsPerDay + 1;
    const auto answer = world.send(body, {kMinistry1, kMinistry2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kVoidTooFarBack});
    --world.now.seconds;
    EXPECT_TRUE(world.send(body, {kMinistry1, kMinistry2}));
}

TEST(VoidKey, CanBeExtendedFurtherBack) {
    Manar world;
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.issue(manar_terms(), items_of("june", 1), {kDean, kRegistrar}));
    ASSERT_TRUE(world.issue(manar_terms(), items_of("july", 1), {kDean, kRegistrar}));
    const std::vector<Signer> signers{kRegistrar, kDean};
    const LogIndex after = world.view.next_index();
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, after},
                           {kMinistry1, kMinistry2}));
    EXPECT_FALSE(is_void(world.view, before, signers));
    EXPECT_TRUE(is_void(world.view, after, signers));
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before},
                           {kMinistry1, kMinistry2}));
    EXPECT_TRUE(is_void(world.view, before, signers));
    EXPECT_FALSE(is_void(world.view, {before.value - 1}, signers));
    EXPECT_FALSE(is_void(world.view, before, std::vector{kRegistrar}));
}

TEST(VoidKey, MakesTheKeysThatItAddedUnknown) {
    Manar world;
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.send(wire::AddKey{kManar, world.next_key(kManar, Role::kRegistrar)},
                           {kDean, kMinistry1}));
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before},
                           {kMinistry1, kMinistry2}));
    const Signer added{kManar, {3}};
    const auto answer = world.issue(manar_terms(), items_of("june", 1), {kPresident, added});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kSignerUnknown, std::nullopt, 1}));
}

TEST(VoidKey, MakesThePolicyThatItSignedAbsent) {
    Manar world;
    const LogIndex before = world.view.next_index();
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Rule rule{wire::BodyCode::kIssue, {}, {}, {}, 0, {{officer, officer, officer}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1}));
    const std::vector<Signer> two{kRegistrar, kPresident};
    EXPECT_FALSE(world.issue(manar_terms(), items_of("a", 1), two)) << "three must sign";
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before},
                           {kMinistry1, kMinistry2}));
    EXPECT_TRUE(world.issue(manar_terms(), items_of("a", 1), two)) << "the default again";
}

TEST(IsVoid, SparesConfirmedRanges) {
    Manar world;
    auto member = *world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    member.voids.push_back({kDean.ordinal,
                            {20},
                            {{{{30}, {40}}, {60}, {kMinistry1, kRegistrar, kPresident}}},
                            {50},
                            {kMinistry1, kMinistry2}});
    world.view.plant(wire::MapKey::member(kManar), wire::encode(member));
    const std::vector<Signer> signers{kRegistrar, kDean};
    const std::pair<std::uint64_t, bool> rows[] = {{19, false}, {20, true},  {29, true},
                                                   {30, false}, {39, false}, {40, true}};
    for (const auto& [index, expected] : rows) {
        EXPECT_EQ(is_void(world.view, {index}, signers), expected) << index;
    }
    // Until an officer who confirmed it turns out to be a thief: from there on, not later.
    for (const auto& [from, expected] : {std::pair{61U, false}, {60U, true}, {55U, true}}) {
        auto voided = member;
        voided.voids.push_back({kPresident.ordinal, {from}, {}, {70}, {kMinistry1, kMinistry2}});
        world.view.plant(wire::MapKey::member(kManar), wire::encode(voided));
        EXPECT_EQ(is_void(world.view, {35}, std::vector{kDean}), expected) << from;
    }
}

TEST(VoidKey, FromFurtherBackTakesTheFormersPlace) {
    Manar world;
    const LogIndex first = world.view.next_index();
    ASSERT_TRUE(world.issue(manar_terms(), items_of("may", 1), {kRegistrar, kDean}));
    const LogIndex second = world.view.next_index();
    ASSERT_TRUE(world.issue(manar_terms(), items_of("june", 1), {kRegistrar, kDean}));
    const auto void_from = [&](LogIndex from) {
        return world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, from},
                          {kMinistry1, kMinistry2});
    };
    ASSERT_TRUE(void_from(second));
    const LogIndex end = world.view.next_index();
    ASSERT_TRUE(world.send(wire::Confirm{kManar, kMinistry, kDean.ordinal, {{second, end}}},
                           {kRegistrar, kPresident, kMinistry1}));
    ASSERT_TRUE(void_from(first));
    const auto record = *world.record<wire::MemberRecord>(wire::MapKey::member(kManar));
    ASSERT_EQ(record.voids.size(), 1);
    EXPECT_EQ(record.voids[0].from, first);
    EXPECT_TRUE(is_void(world.view, first, std::vector{kDean}));
    EXPECT_FALSE(is_void(world.view, second, std::vector{kDean})) << "stays confirmed";
}

}  // namespace
}  // namespace tasdiq::ledger::world
