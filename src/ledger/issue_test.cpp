#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::AppliesTo;
using wire::RelationCode;

Day day(const char* text) { return *parse_day(text); }

wire::Relation replaces(LogIndex target) { return {RelationCode::kReplaces, target}; }
wire::Relation of_award(LogIndex target) { return {RelationCode::kOfAward, target}; }

/// El Manar with what can go wrong: certificates of its own and of another university, and
/// accreditation 2, by intake, that ran out and was suspended.
struct Eventful : Manar {
    LogIndex other, plain, ended, suspended;

    Eventful() {
        now = *parse_instant("2026-03-01T00:00:00Z");
        wire::Scope scope = manar_scope();
        scope.from = day("2021-01-01");
        scope.to = day("2026-06-30");
        scope.applies = AppliesTo::kIntake;
        scope.quota = 3;
        EXPECT_TRUE(send(wire::Accredit{kMinistry, kManar, scope, {{"CS", 613, {"أ", "a", "a"}}}},
                         kMinistryKeys));
        EXPECT_TRUE(send(wire::EndAccreditation{kMinistry, kManar, 2, wire::EndAction::kSuspend,
                                                AppliesTo::kIntake, day("2026-06-20")},
                         kMinistryKeys));
        now = *parse_instant("2026-07-01T09:00:00Z");
        other = issue_elsewhere();
        plain = issue_one("plain");
        ended = issue_one("ended");
        EXPECT_TRUE(send(wire::Status{kManar, wire::StatusState::kRevoked, {ended}}, kOfficers));
        suspended = issue_one("suspended");
        EXPECT_TRUE(
            send(wire::Status{kManar, wire::StatusState::kSuspended, {suspended}}, kOfficers));
    }

    LogIndex issue_one(const std::string& seed) {
        const auto answer = issue(manar_terms(), items_of(seed, 1), kOfficers);
        EXPECT_TRUE(answer);
        return answer->first_certificate;
    }

    LogIndex issue_elsewhere() {
        const MemberId elsewhere = institution("else");
        EXPECT_TRUE(send(wire::Accredit{kMinistry, elsewhere, manar_scope(), {}}, kMinistryKeys));
        wire::Terms terms = manar_terms();
        terms.awarding[0].institution = elsewhere;
        const auto answer = issue(terms, items_of("elsewhere", 1), both_of(elsewhere));
        EXPECT_TRUE(answer);
        return answer->first_certificate;
    }
};

TEST(Issue, RefusesInTheOrderOfTheErrors) {
    Eventful world;
    wire::Terms terms = manar_terms();
    terms.awarding = {{{99}, 7}};
    terms.type = wire::CertificateType::kAttendance;
    terms.level = 3;
    terms.field = 1;
    terms.programme = "XX";
    terms.awarded_on = day("2026-07-02");
    terms.intake = day("2026-07-02");
    terms.mode = wire::Mode::kDistance;
    terms.site = 9;
    Attempt attempt{world, wire::Issue{terms, 0, {}}, {kRegistrar}};
    attempt.items = items_of("june", 5);
    attempt.items[0].relation = replaces({0});
    attempt.items[1].relation = replaces(world.plain);
    attempt.items[2].relation = of_award(world.ended);
    // One of them is recorded already.
    attempt.items[4].commitment = items_of("plain", 1)[0].commitment;
    std::ranges::sort(attempt.items, {}, &wire::Item::commitment);
    const auto item = [](const wire::Relation& relation) {
        return [relation](const wire::Item& i) { return i.relation == relation; };
    };
    const auto relate = [&](Attempt& a, const wire::Relation& from,
                            std::optional<wire::Relation> to) {
        std::ranges::find_if(a.items, item(from))->relation = to;
    };
    const wire::Relation none = replaces({0});
    const wire::Relation elsewhere = replaces(world.other);
    const wire::Relation own = replaces(world.plain);
    expect_in_order(
        attempt,
        {{kSenderUnknown, [](auto& a) { a.terms().awarding[0].institution = kMinistry; }},
         {kSenderKind, [](auto& a) { a.terms().awarding[0].institution = kManar; }},
         {kAccreditationUnknown, [](auto& a) { a.terms().awarding[0].accreditation = 2; }},
         {kPolicyNotMet, [](auto& a) { a.signers = kOfficers; }},
         {kAuthorityNeeded, [](auto& a) { a.signers.push_back(kMinistry1); }},
         {kAwardedInFuture, [](auto& a) { a.terms().awarded_on = day("2016-06-22"); }},
         {kNotContemporaneous, [](auto& a) { a.terms().capture = wire::Capture::kLate; }},
         {kTooLate, [](auto& a) { a.terms().awarded_on = day("2026-07-01"); }},
         {kProgrammeInSmallList,
          [](auto& a) {
              for (const auto& more : items_of("more", 7)) a.items.push_back(more);
              std::ranges::sort(a.items, {}, &wire::Item::commitment);
          }},
         {kIntakeAfterAward, [](auto& a) { a.terms().intake.reset(); }},
         {kTargetUnknown, [&](auto& a) { relate(a, none, elsewhere); }},
         {kTargetNotYours, [&](auto& a) { relate(a, elsewhere, own); }},
         {kTargetTwice, [&](auto& a) { relate(a, own, std::nullopt); }},
         {kTermsDiffer, [&](auto& a) { relate(a, own, std::nullopt); }},
         {kTargetFinal, [&](auto& a) { relate(a, of_award(world.ended), std::nullopt); }},
         {kTypeNotAccredited, [](auto& a) { a.terms().type = wire::CertificateType::kDegree; }},
         {kLevelNotAccredited, [](auto& a) { a.terms().level = 6; }},
         {kFieldNotAccredited, [](auto& a) { a.terms().field = 731; }},
         {kModeNotAccredited, [](auto& a) { a.terms().mode = wire::Mode::kOnSite; }},
         {kSiteNotAccredited, [](auto& a) { a.terms().site = 1; }},
         {kProgrammeNotAccredited, [](auto& a) { a.terms().programme = "CS"; }},
         {kProgrammeFieldDiffers, [](auto& a) { a.terms().field = 613; }},
         {kIntakeMissing, [](auto& a) { a.terms().intake = day("2020-12-31"); }},
         {kBeforeAccreditation, [](auto& a) { a.terms().intake = day("2026-07-01"); }},
         {kAfterAccreditation, [](auto& a) { a.terms().intake = day("2026-06-20"); }},
         {kAccreditationEnded, [](auto& a) { a.terms().intake = day("2026-06-19"); }},
         {kQuotaExhausted,
          [](auto& a) {
              const auto recorded = items_of("plain", 1)[0];
              a.items = {recorded, items_of("more", 1)[0]};
              std::ranges::sort(a.items, {}, &wire::Item::commitment);
              a.terms().programme.reset();
          }},
         {kCommitmentRecorded, [](auto& a) { a.items = items_of("more", 3); }}});
}

TEST(Issue, CannotReplaceWhatIsSuspended) {
    Eventful world;
    auto items = items_of("again", 2);
    items[0].relation = replaces(world.suspended);
    items[1].relation = replaces(world.ended);
    auto answer = world.issue(manar_terms(), items, kOfficers);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kTargetFinal, std::nullopt, 1})) << "first in the enum";
    items[1].relation.reset();
    answer = world.issue(manar_terms(), items, kOfficers);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kTargetSuspended, std::nullopt, 0}));
    ASSERT_TRUE(world.send(wire::Status{kManar, wire::StatusState::kReinstated, {world.suspended}},
                           kOfficers));
    EXPECT_TRUE(world.issue(manar_terms(), items, kOfficers));
}

TEST(Issue, RefusesToFinaliseAndRestoreInTheOrderOfTheErrors) {
    Eventful world;
    wire::Scope scope = manar_scope();
    scope.types = {wire::CertificateType::kDegree, wire::CertificateType::kProvisional};
    ASSERT_TRUE(world.send(wire::Accredit{kMinistry, kManar, scope, {}}, kMinistryKeys));
    wire::Terms terms = manar_terms();
    terms.awarding[0].accreditation = 3;
    const auto issued = [&](const std::string& seed) {
        const auto answer = world.issue(terms, items_of(seed, 1), kOfficers);
        EXPECT_TRUE(answer);
        return answer->first_certificate;
    };
    const LogIndex degree = issued("a degree");
    terms.type = wire::CertificateType::kProvisional;
    const LogIndex provisional = issued("provisional");
    const LogIndex suspended = issued("suspended provisional");
    ASSERT_TRUE(
        world.send(wire::Status{kManar, wire::StatusState::kSuspended, {suspended}}, kOfficers));

    terms.type = wire::CertificateType::kTranscript;
    terms.awarded_on.days -= 1;
    terms.level = 7;
    Attempt attempt{world, wire::Issue{terms, 0, {}}, kOfficers};
    attempt.items = items_of("parchment", 2);
    const auto relate = [](Attempt& a, std::size_t item, RelationCode code, LogIndex target) {
        a.items[item].relation = wire::Relation{code, target};
    };
    relate(attempt, 0, RelationCode::kFinalises, suspended);
    relate(attempt, 1, RelationCode::kFinalises, suspended);
    expect_in_order(
        attempt,
        {{kTargetTwice, [&](auto& a) { relate(a, 1, RelationCode::kFinalises, degree); }},
         {kTermsDiffer, [](auto& a) { a.terms().level = 6; }},
         {kTargetSuspended, [&](auto& a) { relate(a, 0, RelationCode::kFinalises, provisional); }},
         {kNotProvisional, [](auto& a) { a.items.pop_back(); }},
         {kFinalisedEarlier, [](auto& a) { ++a.terms().awarded_on.days; }},
         {kTypeNotAccredited, [](auto& a) { a.terms().type = wire::CertificateType::kDegree; }}});

    Attempt restore{world, wire::Issue{terms, 0, {}}, kOfficers};
    restore.terms() = manar_terms();
    restore.items = items_of("restored", 1);
    relate(restore, 0, RelationCode::kRestores, world.plain);
    expect_in_order(restore, {{kNothingToRestore, [&](auto& a) {
                                   relate(a, 0, RelationCode::kRestores, world.ended);
                               }}});
    restore.items = items_of("restored again", 1);
    relate(restore, 0, RelationCode::kRestores, world.ended);
    const auto again = world.send(restore.submission());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), (Refusal{kNothingToRestore, std::nullopt, 0}));
}

TEST(Issue, FromRegistersNeedsTheAuthorityWhateverThePolicySays) {
    Eventful world;
    wire::Scope scope = manar_scope();
    scope.from = day("1960-01-01");
    scope.register_quota = 2;
    ASSERT_TRUE(world.send(wire::Accredit{kMinistry, kManar, scope, {}}, kMinistryKeys));
    wire::Terms terms = manar_terms();
    terms.awarding[0].accreditation = 3;
    terms.awarded_on = day("2026-07-02");
    terms.capture = wire::Capture::kRegister;
    terms.intake.reset();
    Attempt attempt{world, wire::Issue{terms, 0, {}}, {kRegistrar}};
    attempt.items = items_of("register", 3);
    expect_in_order(attempt,
                    {{kPolicyNotMet, [](auto& a) { a.signers = kOfficers; }},
                     {kRegisterWithoutAuthority, [](auto& a) { a.signers.push_back(kMinistry1); }},
                     {kAwardedInFuture, [](auto& a) { a.terms().awarded_on = day("1975-06-30"); }},
                     {kQuotaExhausted, [](auto& a) { a.items.pop_back(); }}});
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kIssue, {}, {}, {}, 0, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    world.now = *parse_instant("2027-01-02T00:00:00Z");
    attempt.items = items_of("more", 1);
    attempt.signers = kOfficers;
    expect_in_order(
        attempt, {{kRegisterWithoutAuthority, [](auto& a) { a.signers.push_back(kMinistry1); }}});
}

TEST(Issue, WritesEntriesThatTheFormatReadsBack) {
    Eventful world;
    auto items = items_of("mixed", 3);
    items[0].relation = replaces(world.plain);
    const auto answer = world.issue(manar_terms(), items, kOfficers);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->certificate_count, 3U);
    EXPECT_FALSE(answer->is_repeated);
    for (std::uint64_t i = 0; i < 3; ++i) {
        const LogIndex index{answer->first_certificate.value + i};
        const Bytes bytes = *world.view.entry(index);
        const auto entry = wire::decode_certificate(bytes);
        ASSERT_TRUE(entry);
        EXPECT_EQ(wire::encode(*entry), bytes);
        EXPECT_EQ(entry->time, world.now);
        EXPECT_EQ(entry->effective, std::nullopt);
        EXPECT_EQ(entry->terms, manar_terms());
        EXPECT_EQ(entry->signers, kOfficers);
        EXPECT_EQ(entry->commitment, items[i].commitment);
        EXPECT_EQ(entry->relation, items[i].relation);
        EXPECT_EQ(entry->award, i < 1 ? std::optional{world.plain} : std::nullopt);
        EXPECT_EQ(entry->seat, std::nullopt);
        EXPECT_EQ(world.view.certificate_of(items[i].commitment), index);
        if (i == 2) EXPECT_LE(bytes.size(), 112U) << "plain, DESIGN §4";
    }
}

TEST(Issue, MarksTheReplacedOneInTheSameStep) {
    Eventful world;
    auto items = items_of("again", 1);
    items[0].relation = replaces(world.plain);
    const auto answer = world.issue(manar_terms(), items, kOfficers);
    ASSERT_TRUE(answer);
    const auto status = world.record<wire::StatusRecord>(wire::MapKey::status(world.plain));
    ASSERT_TRUE(status);
    EXPECT_EQ(status->issuer,
              (wire::StatusSlot{{wire::StatusState::kReplaced, answer->index, kOfficers,
                                 std::nullopt, answer->first_certificate}}));
    EXPECT_EQ(status->authority, std::nullopt);
}

TEST(Issue, OfAReplacedOneGoesToItsReplacementAndKeepsTheAward) {
    Eventful world;
    auto items = items_of("again", 1);
    items[0].relation = replaces(world.plain);
    const auto second = world.issue(manar_terms(), items, kOfficers);
    ASSERT_TRUE(second);
    wire::Terms transcript = manar_terms();
    transcript.type = wire::CertificateType::kTranscript;
    auto marks = items_of("marks", 1);
    marks[0].relation = of_award(world.plain);
    const auto refused = world.issue(transcript, marks, kOfficers);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Refusal{kTargetFinal, std::nullopt, 0}));
    marks[0].relation = of_award(second->first_certificate);
    const auto accepted = world.issue(transcript, marks, kOfficers);
    ASSERT_TRUE(accepted);
    const auto entry = wire::decode_certificate(*world.view.entry(accepted->first_certificate));
    EXPECT_EQ(entry->award, world.plain);
}

TEST(Issue, CannotRelateToWhatAVoidedKeySigned) {
    Eventful world;
    const LogIndex forged = world.issue_one("forged");
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, {forged.value - 1}},
                           kMinistryKeys));
    auto items = items_of("again", 1);
    items[0].relation = replaces(forged);
    const std::vector<Signer> honest{kRegistrar, kPresident};
    const auto answer = world.issue(manar_terms(), items, honest);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kTargetUnknown, std::nullopt, 0}));
}

TEST(Issue, NeverRefundsQuotaAndCountsByUtcYear) {
    Manar world;
    wire::Scope scope = manar_scope();
    scope.quota = 5;
    ASSERT_TRUE(world.send(wire::Accredit{kMinistry, kManar, scope, {}}, kMinistryKeys));
    wire::Terms terms = manar_terms();
    terms.awarding[0].accreditation = 2;
    world.now = *parse_instant("2026-12-31T23:59:59Z");
    const auto four = world.issue(terms, items_of("a", 4), kOfficers);
    ASSERT_TRUE(four);
    ASSERT_TRUE(world.send(
        wire::Status{kManar, wire::StatusState::kCancelled, {four->first_certificate}}, kOfficers));
    const auto refused = world.issue(terms, items_of("b", 2), kOfficers);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal{kQuotaExhausted});
    EXPECT_TRUE(world.issue(terms, items_of("c", 1), kOfficers)) << "to the last one";
    // What is not an award takes nothing.
    auto document = items_of("d", 1);
    document[0].relation = of_award({four->first_certificate.value + 1});
    EXPECT_EQ(world.issue(terms, document, kOfficers).error(), (Refusal{kNotADocument, {}, 0}));
    terms.type = wire::CertificateType::kTranscript;
    EXPECT_TRUE(world.issue(terms, document, kOfficers));
    terms.type = wire::CertificateType::kDegree;
    ++world.now.seconds;
    EXPECT_TRUE(world.issue(terms, items_of("e", 5), kOfficers)) << "a new year";
    const auto count =
        world.record<wire::CountRecord>(wire::MapKey::yearly_count(kManar, 2, 2027, false));
    EXPECT_EQ(count, wire::CountRecord{5});
}

TEST(Issue, ReplacesWhatWasAwardedLongAgoUnderAnEndedAccreditation) {
    Manar world;
    const auto first = world.issue(manar_terms(), items_of("a", 1), kOfficers);
    ASSERT_TRUE(first);
    ASSERT_TRUE(world.send(wire::EndAccreditation{kMinistry, kManar, 1, wire::EndAction::kWithdraw,
                                                  AppliesTo::kAward, to_day(world.now)},
                           kMinistryKeys));
    world.now = *parse_instant("2041-01-01T00:00:00Z");
    auto items = items_of("b", 1);
    items[0].relation = replaces(first->first_certificate);
    EXPECT_TRUE(world.issue(manar_terms(), items, kOfficers));
}

TEST(Issue, MeetsThePolicyOfEveryRelationInTheList) {
    Eventful world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Rule rule{wire::BodyCode::kIssue,
                          {},
                          std::vector<std::optional<RelationCode>>{RelationCode::kReplaces},
                          {},
                          60,
                          {{officer, officer, officer}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1}));
    auto items = items_of("mixed", 2);
    EXPECT_TRUE(world.issue(manar_terms(), items_of("plain ones", 2), kOfficers));
    items[0].relation = replaces(world.plain);
    const std::vector<Signer> three{kRegistrar, kDean, kPresident};
    // Two satisfy the default for the award, three the rule for the replacement: nobody both.
    for (const auto& signers : {kOfficers, three}) {
        const auto answer = world.issue(manar_terms(), items, signers);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error(), Refusal{kPolicyNotMet});
    }
    items.pop_back();
    const auto answer = world.issue(manar_terms(), items, three);
    ASSERT_TRUE(answer);
    const auto status = world.record<wire::StatusRecord>(wire::MapKey::status(world.plain));
    EXPECT_EQ(status->issuer->effective, (Instant{world.now.seconds + 60}))
        << "the old one counts until the new one does";
}

TEST(Issue, TakesTheLongestCoolOffOfTheList) {
    Eventful world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const auto rule = [&](std::optional<RelationCode> relation, std::uint32_t cool_off_s) {
        return wire::Rule{wire::BodyCode::kIssue,
                          {},
                          std::vector<std::optional<RelationCode>>{relation},
                          {},
                          cool_off_s,
                          {{officer, officer}}};
    };
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {rule(std::nullopt, 120), rule(RelationCode::kReplaces, 60)}},
        {kDean, kMinistry1}));
    auto items = items_of("mixed", 2);
    items[0].relation = replaces(world.plain);
    const auto answer = world.issue(manar_terms(), items, kOfficers);
    ASSERT_TRUE(answer);
    const auto entry = wire::decode_certificate(*world.view.entry(answer->first_certificate));
    EXPECT_EQ(entry->effective, (Instant{world.now.seconds + 120}));
}

}  // namespace
}  // namespace tasdiq::ledger::world
