#include "ledger/several_test.hpp"
#include "ledger/statuses.hpp"

// What several institutions award together.
namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::CertificateType;
using wire::RelationCode;
using wire::StatusState;

/// El Manar, Carthage and Sfax.
struct Joint : Several {
    MemberId carthage = institution("Carthage"), sfax = institution("Sfax");
    Joint() {
        wire::Scope scope = manar_scope();
        scope.types = {CertificateType::kDegree};
        accredit(carthage, scope);
        scope.quota = 2;
        scope.sites = {{7, "TN"}};
        scope.register_quota = 5;
        accredit(sfax, scope);
    }
    [[nodiscard]] wire::Terms terms() const {
        wire::Terms terms = manar_terms();
        terms.awarding = {{kManar, 1}, {carthage, 1}, {sfax, 1}};
        return terms;
    }
    [[nodiscard]] std::vector<Signer> all() const {
        return together({kOfficers, both_of(carthage), both_of(sfax)});
    }
    Result<Accepted, Refusal> set(MemberId member, StatusState state, LogIndex index,
                                  const std::vector<Signer>& signers) {
        return send(wire::Status{member, state, {index}}, signers);
    }
};

TEST(Joint, RefusesInTheOrderOfTheErrors) {
    Joint world;
    Attempt attempt{world, wire::Issue{world.terms(), 0, {}}, kOfficers};
    attempt.items = items_of("june", 3);
    attempt.terms().awarding = {{kManar, 1}, {kMinistry, 1}, {{99}, 9}};
    attempt.terms().type = CertificateType::kTranscript;
    attempt.terms().awarded_on = *parse_day("2026-07-02");
    expect_in_order(
        attempt,
        {{kSenderUnknown, [&](auto& a) { a.terms().awarding.back().institution = world.sfax; }},
         {kSenderKind,
          [&](auto& a) {
              a.terms().awarding = {{kManar, 1}, {world.carthage, 1}, {world.sfax, 9}};
          }},
         {kAccreditationUnknown, [](auto& a) { a.terms().awarding.back().accreditation = 1; }},
         {kPolicyNotMet, [&](auto& a) { a.signers = world.all(); }},
         {kAwardedInFuture, [](auto& a) { a.terms().awarded_on = *parse_day("2026-06-30"); }},
         {kTypeNotAccredited, [](auto& a) { a.terms().type = CertificateType::kDegree; }},
         {kQuotaExhausted, [](auto& a) { a.items.pop_back(); }}});
    for (const MemberId member : {kManar, world.carthage, world.sfax}) {
        EXPECT_EQ(
            world.record<wire::CountRecord>(wire::MapKey::yearly_count(member, 1, 2026, false)),
            wire::CountRecord{2});
    }
}

TEST(Joint, NamesThePartnerAtFault) {
    Joint world;
    const auto items = items_of("june", 1);
    const auto without = [&](MemberId member) {
        auto signers = world.all();
        std::erase_if(signers, [&](const Signer& one) { return one == Signer{member, {1}}; });
        return signers;
    };
    expect_refused(world.issue(world.terms(), items, without(world.sfax)), kPolicyNotMet, 2);
    expect_refused(world.issue(world.terms(), items, without(kManar)), kPolicyNotMet, 0);
    wire::Terms terms = world.terms();
    terms.type = CertificateType::kTranscript;
    expect_refused(world.issue(terms, items, world.all()), kTypeNotAccredited, 1);
    expect_refused(world.issue(world.terms(), items_of("june", 3), world.all()), kQuotaExhausted,
                   2);
}

TEST(Joint, LeavesNoSignatureOver) {
    Joint world;
    const auto items = items_of("june", 1);
    const auto with = [&](const Signer& more) {
        auto signers = world.all();
        signers.push_back(more);
        return world.issue(world.terms(), items, signers);
    };
    expect_refused(with({world.sfax, {2}}), kPolicyNotMet, 2);
    expect_refused(with(kMinistry1), kPolicyNotMet);
    const MemberId other = world.institution("other");
    expect_refused(with({other, {1}}), kPolicyNotMet);
    EXPECT_TRUE(world.issue(world.terms(), items, world.all()));
}

TEST(Joint, TakesTheSiteOfTheFirstAndTheLongestCoolOff) {
    Joint world;
    wire::Terms terms = world.terms();
    terms.site = 7;
    expect_refused(world.issue(terms, items_of("june", 1), world.all()), kSiteNotAccredited, 0);
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{world.sfax,
                        {{wire::BodyCode::kIssue, {}, {}, {}, 60, {{officer, officer}}}}},
        {{world.sfax, {0}}, kMinistry1}));
    const auto index = world.issued(world.terms(), "june", world.all());
    EXPECT_EQ(wire::decode_certificate(*world.view.entry(index))->effective,
              (Instant{world.now.seconds + 60}));
}

TEST(Joint, OneSignatureOfTheAuthorityCountsForAllWhomItSupervises) {
    Joint world;
    wire::Scope scope = manar_scope();
    scope.register_quota = 5;
    world.accredit(kManar, scope);
    world.accredit(world.carthage, scope);
    wire::Terms terms = world.terms();
    terms.awarding = {{kManar, 2}, {world.carthage, 2}};
    terms.capture = wire::Capture::kRegister;
    const auto officers = Joint::together({kOfficers, Joint::both_of(world.carthage)});
    expect_refused(world.issue(terms, items_of("june", 1), officers), kRegisterWithoutAuthority, 0);
    EXPECT_TRUE(world.issue(terms, items_of("june", 1), Joint::together({officers, {kMinistry1}})));
    // Of another authority, its own institution needs one too.
    const MemberId health = world.authority("MSP", 1);
    expect_refused(
        world.issue(terms, items_of("july", 1), Joint::together({officers, {{health, {0}}}})),
        kRegisterWithoutAuthority, 0);
}

TEST(Joint, AnyMaySuspendAndAllMustDoTheRest) {
    Joint world;
    const LogIndex degree = world.issued(world.terms(), "june", world.all());
    const auto sfax = Joint::both_of(world.sfax);
    ASSERT_TRUE(world.set(world.sfax, StatusState::kSuspended, degree, sfax));
    for (const auto state : {StatusState::kReinstated, StatusState::kRevoked,
                             StatusState::kAnnulled, StatusState::kCancelled}) {
        expect_refused(world.set(world.sfax, state, degree, sfax), kPolicyNotMet, 1);
        expect_refused(world.set(kManar, state, degree, kOfficers), kPolicyNotMet, 1);
    }
    EXPECT_TRUE(world.set(world.carthage, StatusState::kReinstated, degree, world.all()));
    EXPECT_TRUE(world.set(kManar, StatusState::kLost, degree, kOfficers));
    EXPECT_TRUE(world.set(kManar, StatusState::kRevoked, degree, world.all()));
    const MemberId other = world.institution("other");
    expect_refused(world.set(other, StatusState::kSuspended, degree, Joint::both_of(other)),
                   kNotYourCertificate, 0);
}

TEST(Joint, OfAuthoritiesToo) {
    Joint world;
    const MemberId health = world.authority("MSP", 0);
    world.accredit(world.sfax, manar_scope(), health);
    wire::Terms terms = world.terms();
    terms.awarding = {{kManar, 1}, {world.sfax, 2}};
    const LogIndex degree =
        world.issued(terms, "june", Joint::together({kOfficers, Joint::both_of(world.sfax)}));
    const auto theirs = Joint::both_of(health);
    expect_refused(world.set(health, StatusState::kAnnulled, degree, theirs), kPolicyNotMet, 1);
    EXPECT_TRUE(world.set(health, StatusState::kSuspended, degree, theirs));
    expect_refused(world.set(kMinistry, StatusState::kReinstated, degree, kMinistryKeys),
                   kPolicyNotMet, 1);
    EXPECT_TRUE(world.set(kMinistry, StatusState::kAnnulled, degree,
                          Joint::together({kMinistryKeys, theirs})));
    EXPECT_TRUE(status_of(world.view, degree).authority.is(StatusState::kAnnulled));
}

TEST(Joint, EveryPartnerMayIssueDocumentsOfTheAwardAndNobodyElse) {
    Joint world;
    const LogIndex degree = world.issued(world.terms(), "june", world.all());
    wire::Terms transcript = manar_terms();
    transcript.awarding = {{world.carthage, 2}};
    transcript.type = CertificateType::kTranscript;
    world.accredit(world.carthage);
    auto marks = items_of("marks", 1);
    marks[0].relation = {RelationCode::kOfAward, degree};
    const auto carthage = Joint::both_of(world.carthage);
    EXPECT_TRUE(world.issue(transcript, marks, carthage));
    const MemberId other = world.institution("other");
    world.accredit(other);
    transcript.awarding = {{world.carthage, 2}, {other, 1}};
    marks[0].commitment = items_of("more", 1)[0].commitment;
    expect_refused(
        world.issue(transcript, marks, Joint::together({carthage, Joint::both_of(other)})),
        kTargetNotYours, 0);
    // Its replacement is the work of all again.
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kReplaces, degree};
    wire::Terms alone = world.terms();
    alone.awarding = {{world.carthage, 1}};
    expect_refused(world.issue(alone, again, carthage), kTermsDiffer, 0);
    expect_refused(world.issue(world.terms(), again, carthage), kPolicyNotMet, 0);
    EXPECT_TRUE(world.issue(world.terms(), again, world.all()));
}

TEST(Joint, CanBeCancelledByAnOfficerOfAnyPartner) {
    Joint world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kIssue, {}, {}, {}, 60, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    const auto items = items_of("june", 1);
    const auto payload = world.payload(World::issue_of(world.terms(), items), world.all());
    ASSERT_TRUE(world.send(world.sign(payload, wire::encode_list(items))));
    EXPECT_TRUE(world.send(wire::Cancel{world.sfax, wire::transaction_id(wire::encode(payload))},
                           {{world.sfax, {2}}}));
}

TEST(Parent, IssuesThroughItsSchool) {
    Several world;
    const MemberId school = world.institution("Law", wire::MemberKind::kSchool, kManar);
    world.accredit(school);
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    wire::Terms transcript = manar_terms();
    transcript.awarding = {{school, 1}};
    transcript.type = CertificateType::kTranscript;
    auto marks = items_of("marks", 1);
    marks[0].relation = {RelationCode::kOfAward, degree};
    EXPECT_TRUE(world.issue(transcript, marks, Several::both_of(school)));
    // Not the other way round.
    wire::Terms own = manar_terms();
    own.awarding = {{school, 1}};
    const LogIndex theirs = world.issued(own, "theirs", Several::both_of(school));
    transcript.awarding = {{kManar, 1}};
    marks = items_of("more", 1);
    marks[0].relation = {RelationCode::kOfAward, theirs};
    expect_refused(world.issue(transcript, marks, kOfficers), kTargetNotYours, 0);
}

}  // namespace
}  // namespace tasdiq::ledger::world
