#include "ledger/several_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::EndAction;

TEST(Accredit, RefusesInTheOrderOfTheErrors) {
    Manar world;
    wire::Scope scope = manar_scope();
    scope.to = Day{scope.from.days - 1};
    scope.types = {wire::CertificateType::kDegree, wire::CertificateType::kLicence};
    Attempt attempt{
        world,
        wire::Accredit{
            {99}, {98}, scope, {{"CS", 613, {"أ", "a", "a"}}, {"MED", 912, {"أ", "a", "a"}}}},
        {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::Accredit& {
        return std::get<wire::Accredit>(a.body);
    };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).authority = kTunisia; }},
                     {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                     {kMemberUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                     {kNotSupervised, [&](auto& a) { body(a).institution = kManar; }},
                     {kScopeDates, [&](auto& a) { body(a).scope.to = body(a).scope.from; }},
                     {kProgrammeField, [&](auto& a) { body(a).programmes[1].field = 731; }},
                     {kSectorDiffers, [&](auto& a) { body(a).scope.types.pop_back(); }},
                     {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}});
    const auto second =
        world.record<wire::AccreditationRecord>(wire::MapKey::accreditation(kManar, 2));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->authority, kMinistry);
    const auto programme =
        world.record<wire::ProgrammeRecord>(wire::MapKey::programme(kManar, 2, "MED"));
    ASSERT_TRUE(programme);
    EXPECT_EQ(programme->field, 731);
}

TEST(Accredit, RefusesWhenNumbersRunOut) {
    Manar world;
    world.view.plant(wire::MapKey::counters(kManar),
                     wire::encode(wire::CountersRecord{{3}, UINT32_MAX, 1}));
    const auto answer =
        world.send(wire::Accredit{kMinistry, kManar, manar_scope(), {}}, {kMinistry1, kMinistry2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kNumbersExhausted});
}

TEST(EndAccreditation, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const Day today = to_day(world.now);
    const std::vector<Signer> ministry{kMinistry1, kMinistry2};
    for (int i = 0; i < 2; ++i) {  // 2 will be withdrawn, 3 suspended; 1 is in force
        ASSERT_TRUE(world.send(wire::Accredit{kMinistry, kManar, manar_scope(), {}}, ministry));
    }
    const auto end = [&](std::uint32_t number, EndAction action) {
        return wire::EndAccreditation{kMinistry, kManar, number, action, wire::AppliesTo::kAward,
                                      today};
    };
    ASSERT_TRUE(world.send(end(2, EndAction::kWithdraw), ministry));
    ASSERT_TRUE(world.send(end(3, EndAction::kSuspend), ministry));

    wire::EndAccreditation first = end(9, EndAction::kSuspend);
    first.authority = {99};
    first.institution = {98};
    --first.effective.days;
    Attempt attempt{world, first, {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::EndAccreditation& {
        return std::get<wire::EndAccreditation>(a.body);
    };
    expect_in_order(attempt, {{kSenderUnknown, [&](auto& a) { body(a).authority = kTunisia; }},
                              {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                              {kMemberUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                              {kNotSupervised, [&](auto& a) { body(a).institution = kManar; }},
                              {kEffectiveInPast, [&](auto& a) { ++body(a).effective.days; }},
                              {kAccreditationUnknown, [&](auto& a) { body(a).number = 2; }},
                              {kAccreditationWithdrawn, [&](auto& a) { body(a).number = 3; }},
                              {kAlreadySuspended,
                               [&](auto& a) {
                                   body(a).number = 1;
                                   body(a).action = EndAction::kResume;
                               }},
                              {kNotSuspended, [&](auto& a) { body(a).number = 3; }},
                              {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}});
}

TEST(EndAccreditation, SignedByAVoidedKeyEndsNothing) {
    Manar world;
    const std::vector<Signer> ministry{kMinistry1, kMinistry2};
    const auto third = world.next_key(kMinistry, Role::kAuthority);
    ASSERT_TRUE(world.send(wire::AddKey{kMinistry, third}, ministry));
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.send(wire::EndAccreditation{kMinistry, kManar, 1, EndAction::kWithdraw,
                                                  wire::AppliesTo::kAward, to_day(world.now)},
                           ministry));
    wire::Terms terms = manar_terms();
    terms.awarded_on = to_day(world.now);
    const std::vector<Signer> officers{kRegistrar, kDean};
    EXPECT_FALSE(world.issue(terms, items_of("a", 1), officers));
    ASSERT_TRUE(world.send(wire::VoidKey{kTunisia, kMinistry, kMinistry1.ordinal, before},
                           {kVote1, kVote2}));
    EXPECT_TRUE(world.issue(terms, items_of("a", 1), officers));
}

/// All of its ends count, so none may be driven out.
TEST(EndAccreditation, IsRefusedAfterTooManyUnlessTheyAreVoid) {
    Manar world;
    for (int i = 0; i < 2; ++i) {
        const auto key = world.next_key(kMinistry, Role::kAuthority);
        ASSERT_TRUE(world.send(wire::AddKey{kMinistry, key}, kMinistryKeys));
    }
    const std::vector<Signer> honest{{kMinistry, {2}}, {kMinistry, {3}}};
    const auto end = [&](EndAction action, const std::vector<Signer>& signers) {
        return world.send(wire::EndAccreditation{kMinistry, kManar, 1, action,
                                                 wire::AppliesTo::kAward, to_day(world.now)},
                          signers);
    };
    ASSERT_TRUE(end(EndAction::kSuspend, honest));
    const LogIndex before = world.view.next_index();
    for (int i = 0; i < 31; ++i) {
        ASSERT_TRUE(end(EndAction::kResume, kMinistryKeys));
        ASSERT_TRUE(end(EndAction::kSuspend, kMinistryKeys));
    }
    ASSERT_TRUE(end(EndAction::kResume, kMinistryKeys));
    const auto refused = end(EndAction::kSuspend, kMinistryKeys);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal{kEndsFull});
    ASSERT_TRUE(world.send(wire::VoidKey{kTunisia, kMinistry, kMinistry1.ordinal, before},
                           {kVote1, kVote2}));
    wire::Terms terms = manar_terms();
    terms.awarded_on = to_day(world.now);
    EXPECT_FALSE(world.issue(terms, items_of("a", 1), {kRegistrar, kDean})) << "still suspended";
    ASSERT_TRUE(end(EndAction::kResume, honest));
    EXPECT_TRUE(world.issue(terms, items_of("a", 1), {kRegistrar, kDean}));
}

/// Else an officer and one key of the ministry could hand the university over to the ministry.
TEST(SetPolicy, LetsNobodyActWithoutTheMember) {
    Manar world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Slot parent{wire::Who::kParent, Role::kDean};
    const wire::Slot ministry{wire::Who::kAuthority, Role::kAuthority};
    const auto set = [&](std::vector<wire::Slot> slots) {
        const wire::Rule rule{wire::BodyCode::kIssue, {}, {}, {}, 0, {std::move(slots)}};
        return world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1});
    };
    const auto refused = set({ministry, ministry});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Refusal{kPolicyTooWeak, std::nullopt, 0}));
    EXPECT_TRUE(set({ministry, officer}));
    for (const auto& others : {std::vector{ministry, parent}, {parent, parent}}) {
        EXPECT_EQ(set(others).error(), (Refusal{kPolicyTooWeak, std::nullopt, 0}));
    }
    EXPECT_TRUE(set({officer, parent, ministry}));
}

TEST(SetPolicy, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Rule good{wire::BodyCode::kStatus, {}, {}, {}, 60, {{officer, officer}}};
    wire::Rule weak = good;
    weak.alternatives.push_back({officer});
    wire::Rule waiting = good;
    waiting.body = wire::BodyCode::kAddKey;
    const std::uint32_t longest_s = 90 * 86'400;
    Attempt attempt{world, wire::SetPolicy{{99}, {waiting, weak}}, {kDean, kRegistrar}};
    const auto body = [](Attempt& a) -> wire::SetPolicy& {
        return std::get<wire::SetPolicy>(a.body);
    };
    expect_in_order(
        attempt, {{kSenderUnknown, [&](auto& a) { body(a).member = kTunisia; }},
                  {kSenderKind, [&](auto& a) { body(a).member = kManar; }},
                  {kPolicyTooWeak, [&](auto& a) { body(a).rules[1] = good; }},
                  {kCoolOffUnexpected,
                   [&](auto& a) {
                       body(a).rules[0] = good;
                       body(a).rules[0].cool_off_s = longest_s + 1;
                   }},
                  {kCoolOffUnexpected, [&](auto& a) { body(a).rules[0].cool_off_s = longest_s; }},
                  {kPolicyNotMet, [](auto& a) { a.signers = {kDean, kMinistry1}; }}});
}

TEST(SetPolicy, CountsInsteadOfTheDefault) {
    Manar world;
    const wire::Slot dean{wire::Who::kSelf, Role::kDean};
    const wire::Slot ministry{wire::Who::kAuthority, Role::kAuthority};
    const wire::Rule rule{
        wire::BodyCode::kIssue, std::vector{wire::CertificateType::kDegree}, {}, {}, 7 * 86'400,
        {{dean, ministry}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1}));
    const auto refused = world.issue(manar_terms(), items_of("a", 1), {kDean, kRegistrar});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal{kPolicyNotMet});
    const auto accepted = world.issue(manar_terms(), items_of("a", 1), {kDean, kMinistry1});
    ASSERT_TRUE(accepted);
    const auto entry = wire::decode_certificate(*world.view.entry(accepted->first_certificate));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->effective, (Instant{world.now.seconds + 7 * 86'400})) << "cool-off";
    wire::Terms transcript = manar_terms();
    transcript.type = wire::CertificateType::kTranscript;
    EXPECT_TRUE(world.issue(transcript, items_of("b", 1), {kDean, kRegistrar})) << "the default";
}

/// A table of what each sector may accredit, written a second time.
TEST(Accredit, KeepsAuthoritiesToTheirSectors) {
    using enum wire::CertificateType;
    Several world;
    const std::vector<std::vector<wire::CertificateType>> own{
        {kDegree, kSecondary, kVocational, kLicence, kHonorary},
        {kDegree, kHonorary},
        {kSecondary},
        {kVocational},
        {kLicence},
        {kDegree, kSecondary, kHonorary}};
    const std::vector<wire::CertificateType> everybodys{kProvisional, kTranscript, kSupplement,
                                                        kAttendance, kMicroCredential};
    for (std::uint32_t sector = 0; sector < own.size(); ++sector) {
        const MemberId authority =
            sector == 1 ? kMinistry
                        : world.authority("of sector " + std::to_string(sector), sector);
        for (std::uint8_t code = 1; code <= 12; ++code) {
            const auto type = static_cast<wire::CertificateType>(code);
            wire::Scope scope = manar_scope();
            scope.types = {type};
            const auto answer = world.send(wire::Accredit{authority, kManar, scope, {}},
                                           Several::both_of(authority));
            const bool may = std::ranges::count(own[sector], type) > 0 ||
                             std::ranges::count(everybodys, type) > 0;
            EXPECT_EQ(answer.has_value(), may) << sector << " " << int{code};
            if (!answer) EXPECT_EQ(answer.error(), Refusal{kSectorDiffers});
        }
    }
    // Another authority of the same sector does not accredit whom it does not supervise.
    const MemberId second = world.authority("second", 1);
    expect_refused(
        world.send(wire::Accredit{second, kManar, manar_scope(), {}}, Several::both_of(second)),
        kNotSupervised);
}

TEST(EndAccreditation, IsForWhoGrantedIt) {
    Several world;
    const MemberId health = world.authority("MSP", 4);
    wire::Scope scope = manar_scope();
    scope.types = {wire::CertificateType::kLicence};
    world.accredit(kManar, scope, health);
    const auto suspend = [&](MemberId by, std::uint32_t number) {
        return world.send(wire::EndAccreditation{by, kManar, number, EndAction::kSuspend,
                                                 wire::AppliesTo::kAward, to_day(world.now)},
                          Several::both_of(by));
    };
    expect_refused(suspend(kMinistry, 2), kNotYourAccreditation);
    expect_refused(suspend(health, 1), kNotYourAccreditation);
    EXPECT_TRUE(suspend(health, 2));
    // When it is no more, the supervising one ends what it left.
    world.accredit(kManar, scope, health);
    ASSERT_TRUE(
        world.send(wire::EndAuthority{kTunisia, health, to_day(world.now)}, {kVote1, kVote2}));
    EXPECT_TRUE(suspend(kMinistry, 3));
}

/// Tunisia and Morocco; El Manar's branch in Rabat.
struct Abroad : World {
    MemberId ministry, host, manar, branch;
    wire::Terms terms = manar_terms();

    Abroad() : World{{"TN", "MA"}} {
        ministry = authority({1});
        host = authority({2});
        manar = institution(wire::MemberKind::kUniversity, std::nullopt, "TN");
        branch = institution(wire::MemberKind::kBranch, manar, "MA");
        now = *parse_instant("2026-07-01T09:00:00Z");
        terms.awarding = {{branch, 1}};
    }
    MemberId authority(MemberId state) {
        const MemberId id = next_member();
        const auto added = first_keys(id, {Role::kAuthority, Role::kAuthority}, chain);
        EXPECT_TRUE(send(wire::RegisterAuthority{state, names_of("ministry"), 1, {}, added},
                         Several::both_of(state)));
        return id;
    }
    MemberId institution(wire::MemberKind kind, std::optional<MemberId> parent,
                         const std::string& country) {
        const MemberId id = next_member();
        const auto added = first_keys(id, {Role::kRegistrar, Role::kDean}, chain);
        EXPECT_TRUE(send(
            wire::RegisterInstitution{ministry, kind, names_of("one"), country, {}, parent, added},
            Several::both_of(ministry)));
        return id;
    }
    Result<Accepted, Refusal> accredit(MemberId by, MemberId who, const std::string& country) {
        wire::Scope scope = manar_scope();
        scope.sites = {{1, country}};
        return send(wire::Accredit{by, who, scope, {}}, Several::both_of(by));
    }
    Result<Accepted, Refusal> award(const std::string& seed) {
        std::vector<Signer> signers;
        for (const wire::Awarding& one : terms.awarding) {
            for (const Signer& signer : Several::both_of(one.institution))
                signers.push_back(signer);
        }
        return issue(terms, items_of(seed, 1), signers);
    }
};

TEST(BranchAbroad, NeedsBothSides) {
    Abroad world;
    expect_refused(world.accredit(world.host, world.manar, "TN"), kNotSupervised);
    ASSERT_TRUE(world.accredit(world.ministry, world.branch, "MA"));  // 1
    ASSERT_TRUE(world.accredit(world.ministry, world.manar, "TN"));   // 1
    ASSERT_TRUE(world.accredit(world.ministry, world.manar, "MA"));   // 2
    expect_refused(world.award("june"), kHostSideMissing);
    world.terms.awarding = {{world.branch, 1}, {world.manar, 2}};
    expect_refused(world.award("june"), kHostSideMissing, 0);
    ASSERT_TRUE(world.accredit(world.host, world.branch, "MA"));  // 2
    world.terms.awarding = {{world.branch, 2}};
    expect_refused(world.award("june"), kHomeSideMissing);
    world.terms.awarding = {{world.branch, 2}, {world.manar, 1}};
    expect_refused(world.award("june"), kHomeSideMissing, 0);
    world.terms.awarding = {{world.branch, 2}, {world.manar, 2}};
    EXPECT_TRUE(world.award("june"));
    world.terms.awarding = {{world.manar, 2}, {world.branch, 2}};
    EXPECT_TRUE(world.award("july"));
    // Each side may end its own.
    const auto end = [&](MemberId by, MemberId who) {
        return world.send(wire::EndAccreditation{by, who, 2, EndAction::kSuspend,
                                                 wire::AppliesTo::kAward, to_day(world.now)},
                          Several::both_of(by));
    };
    expect_refused(end(world.ministry, world.branch), kNotYourAccreditation);
    EXPECT_TRUE(end(world.host, world.branch));
    world.terms.awarded_on = to_day(world.now);
    expect_refused(world.award("august"), kAuthorityNeeded, 1);
}

TEST(BranchAbroad, AtHomeIsABranchLikeAnyInstitution) {
    Abroad world;
    const MemberId near = world.institution(wire::MemberKind::kBranch, world.manar, "TN");
    ASSERT_TRUE(world.accredit(world.ministry, near, "TN"));
    world.terms.awarding = {{near, 1}};
    EXPECT_TRUE(world.award("june"));
}

}  // namespace
}  // namespace tasdiq::ledger::world
