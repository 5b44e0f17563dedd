#include "ledger/several_test.hpp"
#include "ledger/statuses.hpp"

// What becomes of a member, and who acts for it then.
namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::CustodyScope;
using wire::StatusState;
using wire::SuccessionKind;

const wire::Titles kNewName{"جامعة", "New", "Nouvelle"};

/// El Manar and Carthage.
struct Two : Several {
    MemberId carthage = institution("Carthage");
    [[nodiscard]] Day today() const { return to_day(now); }
    [[nodiscard]] Day tomorrow() const { return {today().days + 1}; }

    Result<Accepted, Refusal> become(SuccessionKind kind, std::vector<MemberId> others, Day day,
                                     MemberId member = kManar) {
        const auto name = kind == SuccessionKind::kRenamed ? std::optional{kNewName} : std::nullopt;
        return send(
            wire::Succession{kMinistry, member, kind, std::move(others), day, "decree", name},
            kMinistryKeys);
    }
    Result<Accepted, Refusal> give_to(std::optional<MemberId> custodian,
                                      CustodyScope scope = CustodyScope::kArchives) {
        const auto body =
            custodian ? std::optional{wire::Custodian{*custodian, scope}} : std::nullopt;
        return send(wire::Custody{kMinistry, kManar, body}, kMinistryKeys);
    }
    void close() { EXPECT_TRUE(become(SuccessionKind::kClosed, {}, today())); }
    [[nodiscard]] wire::MemberRecord member(MemberId id) const {
        return *record<wire::MemberRecord>(wire::MapKey::member(id));
    }
};

wire::Succession& succession(Attempt& attempt) { return std::get<wire::Succession>(attempt.body); }

TEST(Succession, RefusesToMoveInTheOrderOfTheErrors) {
    Two world;
    const MemberId school = world.institution("Law", wire::MemberKind::kSchool, kManar);
    const MemberId closed = world.institution("Closed");
    ASSERT_TRUE(world.become(SuccessionKind::kClosed, {}, world.today(), closed));
    const MemberId health = world.authority("MSP", 3);
    const MemberId theirs =
        world.institution("Centre", wire::MemberKind::kTrainingCentre, std::nullopt, "TN", health);
    Attempt attempt{world,
                    wire::Succession{{99},
                                     {98},
                                     SuccessionKind::kMoved,
                                     {kMinistry},
                                     world.tomorrow(),
                                     "decree",
                                     std::nullopt},
                    {kMinistry1}};
    const auto to = [&](MemberId other) {
        return [other](Attempt& a) { succession(a).others = {other}; };
    };
    expect_in_order(attempt, {{kSenderUnknown, [](auto& a) { succession(a).by = kManar; }},
                              {kSenderKind, [](auto& a) { succession(a).by = kMinistry; }},
                              {kMemberUnknown, [&](auto& a) { succession(a).member = theirs; }},
                              {kNotSupervised, [&](auto& a) { succession(a).member = closed; }},
                              {kMemberEnded, [&](auto& a) { succession(a).member = kManar; }},
                              {kParentUnexpected, [&](auto& a) { succession(a).member = school; }},
                              {kParentUnknown, to(theirs)},
                              {kParentNotSupervised, to(closed)},
                              {kOtherEnded, to(world.carthage)},
                              {kDayInFuture, [&](auto& a) { succession(a).day = world.today(); }},
                              {kPolicyNotMet, [](auto& a) { a.signers = kMinistryKeys; }}});
    EXPECT_EQ(world.member(school).parent, world.carthage);
    ASSERT_EQ(world.member(school).succession.size(), 1U);
    EXPECT_EQ(world.member(school).succession[0].kind, SuccessionKind::kMoved);
}

TEST(Succession, RefusesOtherKindsForTheirReasons) {
    Two world;
    expect_refused(world.become(SuccessionKind::kReopened, {}, world.today()), kMemberNotEnded);
    expect_refused(world.become(SuccessionKind::kMerged, {{99}}, world.today()), kOtherUnknown, 0);
    expect_refused(world.become(SuccessionKind::kAbsorbed, {kManar}, world.today()), kOtherUnknown,
                   0);
    expect_refused(world.become(SuccessionKind::kSplit, {kMinistry, world.carthage}, world.today()),
                   kOtherUnknown, 0);
    expect_refused(world.become(SuccessionKind::kRenamed, {}, world.today()), kNameTooSoon);
    ASSERT_TRUE(world.become(SuccessionKind::kRenamed, {}, world.tomorrow()));
    expect_refused(world.become(SuccessionKind::kRenamed, {}, world.tomorrow()), kNameOrder);
    world.close();
    for (const auto kind : {SuccessionKind::kClosed, SuccessionKind::kRenamed}) {
        expect_refused(world.become(kind, {}, {world.today().days + 9}), kMemberEnded);
    }
    // What became of it may be told later, once.
    ASSERT_TRUE(world.become(SuccessionKind::kAbsorbed, {world.carthage}, world.today()));
    expect_refused(world.become(SuccessionKind::kMerged, {world.carthage}, world.today()),
                   kMemberEnded);
    expect_refused(world.become(SuccessionKind::kReopened, {}, world.tomorrow()), kDayInFuture);
}

TEST(Succession, KeepsNamesByTheirDayAndNoMoreThanTheFormat) {
    Two world;
    for (std::int32_t i = 1; i < 16; ++i) {
        ASSERT_TRUE(world.become(SuccessionKind::kRenamed, {}, {world.today().days + i}));
    }
    expect_refused(world.become(SuccessionKind::kRenamed, {}, {world.today().days + 16}),
                   kNumbersExhausted);
    const auto names = world.member(kManar).names;
    EXPECT_EQ(names.front().en, "UTM");
    EXPECT_EQ(names[1], (wire::Name{world.tomorrow(), kNewName.ar, kNewName.en, kNewName.fr}));
}

TEST(Succession, HasRoomForSixtyFourThingsThatCount) {
    Two world;
    for (int i = 0; i < 2; ++i) {
        const auto key = world.next_key(kMinistry, Role::kAuthority);
        ASSERT_TRUE(world.send(wire::AddKey{kMinistry, key}, kMinistryKeys));
    }
    const LogIndex before = world.view.next_index();
    for (int i = 0; i < 32; ++i) {
        ASSERT_TRUE(world.become(SuccessionKind::kClosed, {}, world.today()));
        ASSERT_TRUE(world.become(SuccessionKind::kReopened, {}, world.today()));
    }
    expect_refused(world.become(SuccessionKind::kClosed, {}, world.today()), kSuccessionFull);
    // What a thief said makes room for who is honest.
    ASSERT_TRUE(world.send(wire::VoidKey{kTunisia, kMinistry, kMinistry1.ordinal, before},
                           {kVote1, kVote2}));
    ASSERT_TRUE(world.send(
        wire::Succession{
            kMinistry, kManar, SuccessionKind::kClosed, {}, world.today(), "decree", std::nullopt},
        {{kMinistry, {2}}, {kMinistry, {3}}}));
    EXPECT_EQ(world.member(kManar).succession.size(), 1);
}

TEST(Succession, EndsAMemberFromTodayAtTheEarliest) {
    Two world;
    ASSERT_TRUE(world.become(SuccessionKind::kMerged, {world.carthage}, world.tomorrow()));
    EXPECT_TRUE(world.issue(manar_terms(), items_of("last", 1), kOfficers));
    world.now.seconds += kSecondsPerDay;
    expect_refused(world.issue(manar_terms(), items_of("late", 1), kOfficers), kSignerEnded, 0);
    ASSERT_TRUE(
        world.become(SuccessionKind::kClosed, {}, *parse_day("1999-06-30"), world.carthage));
    EXPECT_EQ(world.member(world.carthage).ended, world.today());
    EXPECT_EQ(world.member(world.carthage).succession[0].day, *parse_day("1999-06-30"));
    ASSERT_TRUE(world.become(SuccessionKind::kReopened, {}, world.today(), kManar));
    EXPECT_EQ(world.member(kManar).ended, std::nullopt);
    EXPECT_TRUE(world.issue(manar_terms(), items_of("again", 1), kOfficers));
}

/// Ministries are merged more often than universities: their institutions follow.
TEST(Succession, OfAnAuthorityTakesItsInstitutionsAlong) {
    Two world;
    const MemberId united = world.authority("United", 1);
    const MemberId health = world.authority("MSP", 4);
    const auto merge = [&](std::vector<MemberId> others) {
        return world.send(
            wire::Succession{kTunisia, kMinistry, SuccessionKind::kMerged, std::move(others),
                             world.today(), "decree", std::nullopt},
            {kVote1, kVote2});
    };
    expect_refused(merge({world.carthage}), kOtherUnknown, 0);
    const auto suspend = [&](MemberId by) {
        return world.send(wire::EndAccreditation{by, kManar, 1, wire::EndAction::kSuspend,
                                                 wire::AppliesTo::kAward, world.today()},
                          Two::both_of(by));
    };
    expect_refused(suspend(united), kNotSupervised);
    ASSERT_TRUE(merge({united}));
    expect_refused(suspend(kMinistry), kSignerEnded, 0);
    expect_refused(suspend(health), kNotYourAccreditation);
    EXPECT_TRUE(suspend(united));
    const LogIndex degree =
        world.issued(manar_terms(), "june", Two::together({kOfficers, {{united, {0}}}}));
    EXPECT_TRUE(
        world.send(wire::Status{united, StatusState::kSuspended, {degree}}, Two::both_of(united)));
    EXPECT_TRUE(world.send(wire::SetPolicy{kManar, {}}, {kDean, {united, {1}}}));
}

/// What the old ministry ended, the new one lets be restored.
TEST(Succession, OfAnAuthorityTakesWhatItEndedAlong) {
    Two world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    ASSERT_TRUE(
        world.send(wire::Status{kMinistry, StatusState::kAnnulled, {degree}}, kMinistryKeys));
    const MemberId united = world.authority("United", 1);
    ASSERT_TRUE(world.send(wire::Succession{kTunisia,
                                            kMinistry,
                                            SuccessionKind::kAbsorbed,
                                            {united},
                                            world.today(),
                                            "decree",
                                            std::nullopt},
                           {kVote1, kVote2}));
    auto again = items_of("again", 1);
    again[0].relation = {wire::RelationCode::kRestores, degree};
    expect_refused(world.issue(manar_terms(), again, kOfficers), kRestoreWithoutAuthority);
    EXPECT_TRUE(
        world.issue(manar_terms(), again, Two::together({kOfficers, Two::both_of(united)})));
}

TEST(Succession, OfAnAuthorityThatWasSplitLeavesItsInstitutionsWithTheirState) {
    Two world;
    const MemberId first = world.authority("First", 1);
    ASSERT_TRUE(world.send(wire::Succession{kTunisia,
                                            kMinistry,
                                            SuccessionKind::kSplit,
                                            {first},
                                            world.today(),
                                            "decree",
                                            std::nullopt},
                           {kVote1, kVote2}));
    expect_refused(
        world.send(
            wire::Succession{
                first, kManar, SuccessionKind::kClosed, {}, world.today(), "decree", std::nullopt},
            Two::both_of(first)),
        kNotSupervised);
}

TEST(Custody, RefusesInTheOrderOfTheErrors) {
    Two world;
    const MemberId closed = world.institution("Closed");
    ASSERT_TRUE(world.become(SuccessionKind::kClosed, {}, world.today(), closed));
    const MemberId health = world.authority("MSP", 3);
    Attempt attempt{world,
                    wire::Custody{{99}, {98}, wire::Custodian{kTunisia, CustodyScope::kArchives}},
                    {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::Custody& { return std::get<wire::Custody>(a.body); };
    const auto ministry_keys = [](auto& a) { a.signers = kMinistryKeys; };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).authority = kManar; }},
                     {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                     {kMemberUnknown, [&](auto& a) { body(a).member = health; }},
                     {kNotSupervised, [&](auto& a) { body(a).member = kManar; }},
                     {kMemberNotEnded, [&](auto&) { world.close(); }},
                     {kOtherUnknown, [&](auto& a) { body(a).custodian->member = kManar; }},
                     {kOtherUnknown, [&](auto& a) { body(a).custodian->member = closed; }},
                     {kOtherEnded, [&](auto& a) { body(a).custodian->member = world.carthage; }},
                     {kPolicyNotMet, ministry_keys}});
    Attempt end{world, wire::Custody{kMinistry, closed, std::nullopt}, {kMinistry1}};
    expect_in_order(end, {{kNothingInCustody, [&](auto& a) { body(a).member = kManar; }},
                          {kPolicyNotMet, ministry_keys}});
    EXPECT_EQ(world.member(kManar).custody, std::nullopt);
}

TEST(Custody, OfArchivesCorrectsAndAwardsNothingNew) {
    Two world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    const auto carthage = Two::both_of(world.carthage);
    world.close();
    auto duplicate = items_of("duplicate", 1);
    duplicate[0].relation = {wire::RelationCode::kDuplicate, degree};
    expect_refused(world.issue(manar_terms(), duplicate, carthage), kSenderEnded);
    ASSERT_TRUE(world.give_to(world.carthage));
    EXPECT_TRUE(world.issue(manar_terms(), duplicate, carthage));
    EXPECT_TRUE(world.send(wire::Status{kManar, StatusState::kSuspended, {degree}}, carthage));
    expect_refused(world.issue(manar_terms(), items_of("new", 1), carthage), kCustodyScope);
    expect_refused(
        world.send(wire::CommitCohort{kManar, wire::CohortKind::kIntake, world.today(), 10, {}},
                   carthage),
        kCustodyScope);
    expect_refused(world.send(wire::SetPolicy{kManar, {}}, {{world.carthage, {1}}, kMinistry1}),
                   kSenderEnded);
    // By the custodian's policy: two of its officers, one of them the dean or the president.
    expect_refused(world.send(wire::Status{kManar, StatusState::kReinstated, {degree}},
                              {{world.carthage, {0}}}),
                   kPolicyNotMet);
    ASSERT_TRUE(world.give_to(world.carthage, CustodyScope::kEverything));
    EXPECT_TRUE(world.issue(manar_terms(), items_of("new", 1), carthage));
    ASSERT_TRUE(world.give_to(std::nullopt));
    expect_refused(world.issue(manar_terms(), items_of("newer", 1), carthage), kSenderEnded);
}

TEST(Custody, AddsTheKeyThatSignsInTheClosedOnesName) {
    Two world;
    world.close();
    ASSERT_TRUE(world.give_to(world.carthage));
    const auto key = world.next_key(kManar, Role::kAssertion);
    EXPECT_TRUE(world.send(wire::AddKey{kManar, key}, {{world.carthage, {0}}, kMinistry1}));
}

TEST(Custody, OfTheMinistryItselfNeedsItsTwoKeys) {
    Two world;
    wire::Scope scope = manar_scope();
    scope.register_quota = 10;
    world.accredit(kManar, scope);
    world.close();
    ASSERT_TRUE(world.give_to(kMinistry));
    wire::Terms terms = manar_terms();
    terms.awarding = {{kManar, 2}};
    terms.capture = wire::Capture::kReconstructed;
    expect_refused(world.issue(terms, items_of("register", 2), {kMinistry1}), kPolicyNotMet);
    EXPECT_TRUE(world.issue(terms, items_of("register", 2), kMinistryKeys));
}

TEST(Custody, OfAnotherMinistryAddsNoKeyWithoutTheSupervisingOne) {
    Two world;
    world.close();
    const MemberId health = world.authority("MSP", 4);
    ASSERT_TRUE(world.give_to(health));
    const std::vector<Signer> its{{health, {0}}, {health, {1}}};
    const wire::AddKey added{kManar, world.next_key(kManar, Role::kAssertion)};
    expect_refused(world.send(added, its), kPolicyNotMet);
    EXPECT_TRUE(world.send(added, Two::together({{kMinistry1}, its})));
    // What is nobody's business but the custodian's.
    EXPECT_TRUE(world.send(wire::RetireKey{kManar, kDean.ordinal}, its));
}

TEST(Custody, OfAnotherNeedsTheAuthorityForRegisters) {
    Two world;
    wire::Scope scope = manar_scope();
    scope.register_quota = 10;
    world.accredit(kManar, scope);
    world.close();
    ASSERT_TRUE(world.give_to(world.carthage));
    wire::Terms terms = manar_terms();
    terms.awarding = {{kManar, 2}};
    terms.capture = wire::Capture::kReconstructed;
    const auto carthage = Two::both_of(world.carthage);
    expect_refused(world.issue(terms, items_of("register", 2), carthage),
                   kRegisterWithoutAuthority);
    EXPECT_TRUE(
        world.issue(terms, items_of("register", 2), Two::together({carthage, {kMinistry1}})));
}

TEST(Custody, ThatAStolenKeySignedCountsAsAbsent) {
    Two world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    world.close();
    const auto given = world.give_to(world.carthage);
    ASSERT_TRUE(given);
    ASSERT_TRUE(
        world.send(wire::VoidKey{kTunisia, kMinistry, {0}, given->index}, {kVote1, kVote2}));
    expect_refused(world.send(wire::Status{kManar, StatusState::kSuspended, {degree}},
                              Two::both_of(world.carthage)),
                   kSenderEnded);
}

TEST(Custody, LetsTheCustodianIssueDocumentsInItsOwnName) {
    Two world;
    world.accredit(world.carthage);
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    wire::Terms terms = manar_terms();
    terms.awarding = {{world.carthage, 1}};
    terms.type = wire::CertificateType::kTranscript;
    auto marks = items_of("marks", 1);
    marks[0].relation = {wire::RelationCode::kOfAward, degree};
    const auto carthage = Two::both_of(world.carthage);
    expect_refused(world.issue(terms, marks, carthage), kTargetNotYours, 0);
    world.close();
    ASSERT_TRUE(world.give_to(world.carthage));
    EXPECT_TRUE(world.issue(terms, marks, carthage));
}

/// Who has ended and left nobody is not asked; its custodian is.
TEST(Custody, OfAPartnerOfAJointAward) {
    Two world;
    world.accredit(world.carthage);
    wire::Terms terms = manar_terms();
    terms.awarding = {{kManar, 1}, {world.carthage, 1}};
    const auto carthage = Two::both_of(world.carthage);
    const LogIndex degree = world.issued(terms, "june", Two::together({kOfficers, carthage}));
    const MemberId keeper = world.institution("Keeper");
    const auto set = [&](StatusState state, const std::vector<Signer>& signers) {
        return world.send(wire::Status{world.carthage, state, {degree}}, signers);
    };
    ASSERT_TRUE(set(StatusState::kSuspended, carthage));
    world.close();
    EXPECT_TRUE(set(StatusState::kReinstated, carthage));
    ASSERT_TRUE(world.give_to(keeper));
    expect_refused(set(StatusState::kRevoked, carthage), kPolicyNotMet, 1);
    EXPECT_TRUE(set(StatusState::kRevoked, Two::together({carthage, Two::both_of(keeper)})));
}

}  // namespace
}  // namespace tasdiq::ledger::world
