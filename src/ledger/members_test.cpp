#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;

constexpr MemberId kNew{5};

/// Keys for a member to come, each spoiled in its own way; `repair_key` makes them good again.
struct SpoiledKeys {
    explicit SpoiledKeys(World& world, Role officer)
        : good{world.first_keys(world.next_member(), {officer, officer, officer, officer, officer},
                                world.chain)},
          bad{good} {
        bad[0].role = Role::kNode;
        bad[1].role = Role::kSeal;  // an Ed25519 key
        bad[2].public_key = Bytes(32, 0xFF);
        bad[3] = new_key(world.keys.at(Signer{kManar, {0}}), officer, world.chain, std::nullopt);
        bad[4].possession[0] ^= 1U;
    }
    std::vector<wire::NewKey> good, bad;
};

template <class Body>
std::vector<Offence> key_offences(const SpoiledKeys& keys) {
    const auto repair = [&keys](std::size_t i) {
        return [&keys, i](Attempt& a) { std::get<Body>(a.body).keys[i] = keys.good[i]; };
    };
    return {{kRoleNotForMember, repair(0)},
            {kRoleAlgorithm, repair(1)},
            {kKeyInvalid, repair(2)},
            {kKeyRegistered, repair(3)},
            {kBadPossession, repair(4)}};
}

std::vector<Offence> chained(std::vector<std::vector<Offence>> parts) {
    std::vector<Offence> all;
    for (auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

TEST(RegisterAuthority, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const SpoiledKeys keys{world, Role::kAuthority};
    Attempt attempt{
        world, wire::RegisterAuthority{{99}, names_of("new"), 2, {}, keys.bad}, {kVote1}};
    const auto state = [](MemberId id) {
        return [id](Attempt& a) { std::get<wire::RegisterAuthority>(a.body).state = id; };
    };
    expect_in_order(attempt,
                    chained({{{kSenderUnknown, state(kMinistry)}, {kSenderKind, state(kTunisia)}},
                             key_offences<wire::RegisterAuthority>(keys),
                             {{kPolicyNotMet, [](auto& a) { a.signers.push_back(kVote2); }}}}));
    const auto member = world.record<wire::MemberRecord>(wire::MapKey::member(kNew));
    ASSERT_TRUE(member);
    EXPECT_EQ(member->kind, wire::MemberKind::kAuthority);
    EXPECT_EQ(member->parent, kTunisia);
    EXPECT_EQ(member->authority, std::nullopt);
    EXPECT_EQ(member->country, "TN");
    EXPECT_EQ(member->sector, 2U);
    EXPECT_EQ(member->signers, (std::vector<Signer>{kVote1, kVote2}));
    EXPECT_EQ(member->index.value + 2, world.view.next_index().value);
}

TEST(RegisterAuthority, RefusesWhenMemberNumbersRunOut) {
    Manar world;
    const auto keys = world.first_keys(kNew, {Role::kAuthority, Role::kAuthority}, world.chain);
    world.view.plant(wire::MapKey::ledger(), wire::encode(wire::LedgerRecord{{UINT32_MAX}, 9}));
    const auto answer = world.send(wire::RegisterAuthority{kTunisia, names_of("new"), 2, {}, keys},
                                   {kVote1, kVote2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kNumbersExhausted});
}

TEST(EndAuthority, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const auto keys = world.first_keys(kNew, {Role::kAuthority, Role::kAuthority}, world.chain);
    ASSERT_TRUE(world.send(wire::RegisterAuthority{kTunisia, names_of("new"), 2, {}, keys},
                           {kVote1, kVote2}));
    ASSERT_TRUE(
        world.send(wire::EndAuthority{kTunisia, kNew, to_day(world.now)}, {kVote1, kVote2}));
    const Day yesterday{to_day(world.now).days - 1};
    Attempt attempt{world, wire::EndAuthority{{99}, {98}, yesterday}, {kVote1}};
    const auto body = [](Attempt& a) -> wire::EndAuthority& {
        return std::get<wire::EndAuthority>(a.body);
    };
    expect_in_order(attempt, {{kSenderUnknown, [&](auto& a) { body(a).state = kMinistry; }},
                              {kSenderKind, [&](auto& a) { body(a).state = kTunisia; }},
                              {kMemberUnknown, [&](auto& a) { body(a).authority = kManar; }},
                              {kNotSupervised, [&](auto& a) { body(a).authority = kNew; }},
                              {kMemberEnded, [&](auto& a) { body(a).authority = kMinistry; }},
                              {kEffectiveInPast, [&](auto& a) { ++body(a).effective.days; }},
                              {kPolicyNotMet, [](auto& a) { a.signers.push_back(kVote2); }}});
}

TEST(RegisterInstitution, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const MemberId other{kNew.value};  // an authority of the same state, and a school under it
    const MemberId school{kNew.value + 1};
    const auto other_keys =
        world.first_keys(other, {Role::kAuthority, Role::kAuthority}, world.chain);
    ASSERT_TRUE(world.send(wire::RegisterAuthority{kTunisia, names_of("other"), 2, {}, other_keys},
                           {kVote1, kVote2}));
    ASSERT_EQ(world.institution("its", wire::MemberKind::kUniversity, std::nullopt, "TN", other),
              school);
    const SpoiledKeys keys{world, Role::kRegistrar};
    Attempt attempt{
        world,
        wire::RegisterInstitution{
            {99}, wire::MemberKind::kState, names_of("new"), "DZ", {}, std::nullopt, keys.bad},
        {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::RegisterInstitution& {
        return std::get<wire::RegisterInstitution>(a.body);
    };
    expect_in_order(
        attempt,
        chained({{{kSenderUnknown, [&](auto& a) { body(a).authority = kTunisia; }},
                  {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                  {kInstitutionKind, [&](auto& a) { body(a).kind = wire::MemberKind::kSchool; }},
                  {kParentMissing,
                   [&](auto& a) {
                       body(a).kind = wire::MemberKind::kUniversity;
                       body(a).parent = MemberId{98};
                   }},
                  {kParentUnexpected, [&](auto& a) { body(a).kind = wire::MemberKind::kSchool; }},
                  {kParentUnknown, [&](auto& a) { body(a).parent = school; }},
                  {kParentNotSupervised, [&](auto& a) { body(a).parent = kManar; }},
                  {kCountryDiffers, [&](auto& a) { body(a).country = "TN"; }}},
                 key_offences<wire::RegisterInstitution>(keys),
                 {{kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}}}));
}

TEST(RegisterInstitution, TakesAnInstitutionsParentOnlyIfItIsOne) {
    Manar world;
    const auto keys = world.first_keys(kNew, {Role::kDean, Role::kDean}, world.chain);
    const auto answer = world.send(
        wire::RegisterInstitution{
            kMinistry, wire::MemberKind::kSchool, names_of("s"), "TN", {}, kMinistry, keys},
        {kMinistry1, kMinistry2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kParentUnknown});
}

TEST(RegisterInstitution, LetsABranchLieAbroad) {
    Manar world;
    const auto keys = world.first_keys(kNew, {Role::kDean, Role::kDean}, world.chain);
    EXPECT_TRUE(world.send(
        wire::RegisterInstitution{
            kMinistry, wire::MemberKind::kBranch, names_of("b"), "QA", {}, kManar, keys},
        {kMinistry1, kMinistry2}));
}

TEST(Sender, IsRefusedAfterItsEndEvenIfOthersSign) {
    Manar world;
    const wire::Accredit accredit{kMinistry, kManar, manar_scope(), {}};
    const Day tomorrow{to_day(world.now).days + 1};
    ASSERT_TRUE(world.send(wire::EndAuthority{kTunisia, kMinistry, tomorrow}, {kVote1, kVote2}));
    EXPECT_TRUE(world.send(accredit, {kMinistry1, kMinistry2})) << "the end is tomorrow";
    world.now.seconds += kSecondsPerDay;
    const auto answer = world.send(accredit, {kVote1, kVote2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kSenderEnded});
}

}  // namespace
}  // namespace tasdiq::ledger::world
