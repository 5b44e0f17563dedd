#include "ledger/several_test.hpp"
#include "ledger/statuses.hpp"

// What follows when those who stand for others end, come back, or are absorbed themselves.
namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::RelationCode;
using wire::StatusState;
using wire::SuccessionKind;

const std::vector<Signer> kVotes{kVote1, kVote2};

struct Lasting : Several {
    [[nodiscard]] Day today() const { return to_day(now); }
    Result<Accepted, Refusal> authority_becomes(SuccessionKind kind, MemberId member,
                                                std::vector<MemberId> others) {
        return send(wire::Succession{kTunisia, member, kind, std::move(others), today(), "decree",
                                     std::nullopt},
                    kVotes);
    }
    void close(MemberId member) {
        EXPECT_TRUE(send(
            wire::Succession{
                kMinistry, member, SuccessionKind::kClosed, {}, today(), "decree", std::nullopt},
            kMinistryKeys));
    }
    void give(MemberId member, MemberId custodian) {
        EXPECT_TRUE(send(wire::Custody{kMinistry, member,
                                       wire::Custodian{custodian, wire::CustodyScope::kArchives}},
                         kMinistryKeys));
    }
    Result<Accepted, Refusal> relate(const wire::Terms& terms, const std::string& seed,
                                     RelationCode code, LogIndex target,
                                     const std::vector<Signer>& signers) {
        auto items = items_of(seed, 1);
        items[0].relation = {code, target};
        return issue(terms, items, signers);
    }
};

TEST(Successors, OfBeforeAReopeningDoNotFollowAfterIt) {
    Lasting world;
    const MemberId health = world.authority("MSP", 3);
    const MemberId centre =
        world.institution("Centre", wire::MemberKind::kTrainingCentre, std::nullopt, "TN", health);
    const auto close_centre = [&] {
        return world.send(wire::Succession{kMinistry,
                                           centre,
                                           SuccessionKind::kClosed,
                                           {},
                                           {world.today().days + 9},
                                           "decree",
                                           std::nullopt},
                          kMinistryKeys);
    };
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kAbsorbed, health, {kMinistry}));
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kReopened, health, {}));
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kClosed, health, {}));
    expect_refused(close_centre(), kNotSupervised);
    // Told again into what it went: this end was not the last one's.
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kMerged, health, {kMinistry}));
    EXPECT_TRUE(close_centre());
}

TEST(Custodian, ThatEndedActsForNobody) {
    Lasting world;
    const MemberId carthage = world.institution("Carthage");
    const MemberId keeper = world.institution("Keeper");
    world.accredit(carthage);
    wire::Terms terms = manar_terms();
    terms.awarding = {{kManar, 1}, {carthage, 1}};
    const LogIndex degree = world.issued(
        terms, "joint", Lasting::together({kOfficers, {{carthage, {0}}, {carthage, {1}}}}));
    world.close(carthage);
    world.give(carthage, keeper);
    const wire::Status by_manar{kManar, StatusState::kRevoked, {degree}};
    expect_refused(world.send(by_manar, kOfficers), kPolicyNotMet, 1);
    world.close(keeper);
    expect_refused(world.send(wire::Status{carthage, StatusState::kLost, {degree}}, kMinistryKeys),
                   kSenderEnded);
    // Nobody is left to ask.
    EXPECT_TRUE(world.send(by_manar, kOfficers));
}

TEST(Successors, KeepTheArchivesOfTheMinistryThatTheyAbsorbed) {
    Lasting world;
    const MemberId old = world.authority("Old", 0);
    wire::Terms terms = manar_terms();
    terms.awarding = {{old, std::nullopt}};
    terms.type = wire::CertificateType::kEquivalency;
    const LogIndex decision = world.issued(terms, "decision", Lasting::both_of(old));
    terms.awarding = {{kMinistry, std::nullopt}};
    expect_refused(world.relate(terms, "note", RelationCode::kAnnotates, decision, kMinistryKeys),
                   kTargetNotYours, 0);
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kAbsorbed, old, {kMinistry}));
    EXPECT_TRUE(world.relate(terms, "note", RelationCode::kAnnotates, decision, kMinistryKeys));
}

TEST(EndAccreditation, StaysWithWhoGrantedItWhenTheSupervisorIsAbsorbed) {
    Lasting world;
    const MemberId granter = world.authority("MFP", 3);
    const MemberId successor = world.authority("MFP 2", 3);
    wire::Scope scope = manar_scope();
    scope.types = {wire::CertificateType::kTranscript};
    world.accredit(kManar, scope, granter);
    ASSERT_TRUE(world.authority_becomes(SuccessionKind::kAbsorbed, kMinistry, {successor}));
    const auto end = [&](MemberId by) {
        return world.send(wire::EndAccreditation{by, kManar, 2, wire::EndAction::kWithdraw,
                                                 wire::AppliesTo::kAward, world.today()},
                          Lasting::both_of(by));
    };
    expect_refused(end(successor), kNotYourAccreditation);
    EXPECT_TRUE(end(granter));
}

TEST(Issue, RestoresAnAwardOnceWhicheverSlotEndsItAgain) {
    Lasting world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    const std::vector<Signer> all = Lasting::together({kMinistryKeys, kOfficers});
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {degree}}, kOfficers));
    ASSERT_TRUE(world.relate(manar_terms(), "again", RelationCode::kRestores, degree, kOfficers));
    ASSERT_TRUE(
        world.send(wire::Status{kMinistry, StatusState::kRevoked, {degree}}, kMinistryKeys));
    expect_refused(world.relate(manar_terms(), "twice", RelationCode::kRestores, degree, all),
                   kNothingToRestore, 0);
}

/// What comes back is another certificate, without the suspension.
TEST(Issue, RestoresNothingThatIsSuspendedInTheOtherSlot) {
    Lasting world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    const auto restore = [&] {
        return world.relate(manar_terms(), "again", RelationCode::kRestores, degree, kOfficers);
    };
    const auto by_ministry = [&](StatusState state) {
        return world.send(wire::Status{kMinistry, state, {degree}}, kMinistryKeys);
    };
    ASSERT_TRUE(by_ministry(StatusState::kSuspended));
    expect_refused(restore(), kTargetSuspended, 0);
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {degree}}, kOfficers));
    expect_refused(restore(), kTargetSuspended, 0);
    ASSERT_TRUE(by_ministry(StatusState::kReinstated));
    EXPECT_TRUE(restore());
}

TEST(Issue, RestoresNoAwardByWhatReplacedItsTranscript) {
    Lasting world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    wire::Terms terms = manar_terms();
    terms.type = wire::CertificateType::kTranscript;
    const auto transcript =
        world.relate(terms, "transcript", RelationCode::kOfAward, degree, kOfficers);
    ASSERT_TRUE(transcript);
    const auto again = world.relate(terms, "again", RelationCode::kDuplicate,
                                    transcript->first_certificate, kOfficers);
    ASSERT_TRUE(again);
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {degree}}, kOfficers));
    expect_refused(world.relate(terms, "restored", RelationCode::kRestores,
                                again->first_certificate, kOfficers),
                   kNothingToRestore, 0);
}

TEST(Issue, ThatReplacesAndRestoresOneTargetNamesWhatIsWrongWithIt) {
    Lasting world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {degree}}, kOfficers));
    auto items = items_of("both", 2);
    items[0].relation = {RelationCode::kRestores, degree};
    items[1].relation = {RelationCode::kReplaces, degree};
    expect_refused(world.issue(manar_terms(), items, kOfficers), kTargetFinal, 1);
}

TEST(Issue, CorrectsWhatCameFromARegisterWithTheAuthorityOnly) {
    Lasting world;
    wire::Scope scope = manar_scope();
    scope.register_quota = 10;
    world.accredit(kManar, scope);
    wire::Terms terms = manar_terms();
    terms.awarding = {{kManar, 2}};
    terms.capture = wire::Capture::kRegister;
    const std::vector<Signer> all = Lasting::together({{kMinistry1}, kOfficers});
    const LogIndex first = world.issued(terms, "1988", all);
    const auto correct = [&](const std::string& seed, LogIndex target,
                             const std::vector<Signer>& signers) {
        return world.relate(terms, seed, RelationCode::kReplaces, target, signers);
    };
    expect_refused(correct("corrected", first, kOfficers), kRegisterWithoutAuthority);
    const auto second = correct("corrected", first, all);
    ASSERT_TRUE(second);
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kIssue, {}, {}, {}, 0, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    expect_refused(correct("once more", second->first_certificate, kOfficers),
                   kRegisterWithoutAuthority);
    EXPECT_TRUE(correct("once more", second->first_certificate, all));
}

}  // namespace
}  // namespace tasdiq::ledger::world
