#include <gtest/gtest.h>

#include "neighbours.hpp"
#include "students.hpp"

// Verdicts on what several institutions awarded, and on diplomas of those that bear another name or
// are no more.
namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Headline;

TEST(Joint, IsAuthenticWhenEachPartnerWasAccredited) {
    Neighbours campus;
    const auto verdict = campus.judge(campus.hold_together());
    EXPECT_EQ(verdict.result_of(Check::kContent).code, Code::kNone);
    EXPECT_EQ(verdict.result_of(Check::kAccredited).outcome, verify::Outcome::kPassed);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_EQ(verdict.subject.partner_names.size(), 1U);
}

TEST(Joint, IsNotAccreditedWhenOnePartnersAccreditationWasTheWorkOfAStolenKey) {
    Neighbours campus;
    const Held alone = campus.hold(Campus::graduate());
    const Held together = campus.hold_together();
    ASSERT_TRUE(
        campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, campus.accredited}, {kVote1, kVote2}));
    const auto verdict = campus.judge(together);
    EXPECT_EQ(verdict.headline, Headline::kNotAccredited);
    EXPECT_EQ(verdict.result_of(Check::kAccredited).code, Code::kAccreditationVoided);
    EXPECT_EQ(campus.judge(alone).headline, Headline::kAuthentic);
}

TEST(Joint, IsVoidOnceAnOfficersKeyOfAnyPartnerWas) {
    Neighbours campus;
    const Held held = campus.hold_together();
    ASSERT_TRUE(
        campus.send(wire::VoidKey{kMinistry, campus.carthage, {1}, held.index}, kMinistryKeys));
    EXPECT_EQ(campus.judge(held).headline, Headline::kVoid);
}

TEST(Joint, NeedsTheRecordsOfAllPartners) {
    Neighbours campus;
    const Held held = campus.hold_together();
    const auto accredited = wire::MapKey::accreditation(campus.carthage, 1);
    expect_incomplete(campus.judge(held, campus.without(campus.evidence(held), accredited)));
}

TEST(Renamed, OldDiplomasPassUnderTheNameOfTheirDay) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kRenamed, {}, *parse_day("2026-08-01"));
    const auto before = campus.judge(old);
    EXPECT_EQ(before.headline, Headline::kAuthentic);
    EXPECT_TRUE(before.subject.issuer_changes.empty());
    campus.now = *parse_instant("2026-09-01T09:00:00Z");
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_EQ(verdict.subject.issuer_name->en, "UTM");
    ASSERT_EQ(verdict.subject.issuer_changes.size(), 1U);
    const verify::IssuerChange& change = verdict.subject.issuer_changes.front();
    EXPECT_EQ(change.kind, SuccessionKind::kRenamed);
    EXPECT_EQ(change.day, *parse_day("2026-08-01"));
    ASSERT_TRUE(change.name);
    EXPECT_EQ(change.name->from, change.day);
    // Recorded afterwards, awarded before: still the old name.
    EXPECT_EQ(campus.judge(campus.hold(Campus::graduate())).headline, Headline::kAuthentic);
    certificate::Record late = Campus::graduate();
    late.award.awarded_on = *parse_day("2026-08-01");
    const auto wrong = campus.judge(campus.hold(late));
    EXPECT_EQ(wrong.result_of(Check::kContent).code, Code::kIssuerNameDiffers);
}

/// The ministry's new name begins when it begins.
TEST(Renamed, TheAuthorityIsNamedAsItIsToday) {
    Neighbours campus;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_TRUE(campus.send(wire::Succession{kTunisia,
                                             kMinistry,
                                             SuccessionKind::kRenamed,
                                             {},
                                             *parse_day("2026-08-01"),
                                             "decree",
                                             wire::Titles{"وزارة", "Ministry", "Ministère"}},
                            {kVote1, kVote2}));
    EXPECT_EQ(campus.judge(held).subject.authority_name->en, "MESRS");
    campus.now = *parse_instant("2026-08-01T00:00:00Z");
    EXPECT_EQ(campus.judge(held).subject.authority_name->en, "Ministry");
}

TEST(Closed, DiplomasStandAndItsCustodianGivesDuplicates) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kClosed, {}, to_day(campus.now));
    EXPECT_EQ(campus.judge(old).headline, Headline::kAuthentic);
    campus.keep_archives();
    // The credential is still the old university's; its custodian made a key for that.
    EXPECT_EQ(campus.judge(old).subject.custodian, campus.carthage);
    const auto key = campus.next_key(kManar, Role::kAssertion);
    ASSERT_EQ(
        campus.record<wire::CountersRecord>(wire::MapKey::counters(kManar))->next_ordinal.value, 4);
    ASSERT_TRUE(campus.send(wire::AddKey{kManar, key}, {{campus.carthage, {0}}, kMinistry1}));
    ASSERT_TRUE(campus.send(wire::RetireKey{kManar, Campus::kAssertion}, campus.theirs()));
    campus.signers = campus.theirs();
    campus.assertion_keys = {{3}, {4}};
    const Held copy = campus.hold(Campus::graduate(),
                                  wire::Relation{wire::RelationCode::kDuplicate, old.index}, {4});
    EXPECT_EQ(campus.judge(copy).headline, Headline::kDuplicate);
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kReplaced);
    ASSERT_EQ(verdict.subject.issuer_changes.size(), 1U);
    EXPECT_EQ(verdict.subject.issuer_changes.front().kind, SuccessionKind::kClosed);
    EXPECT_EQ(verdict.subject.custodian, campus.carthage);
    ASSERT_EQ(verdict.subject.known_members.size(), 1U);
    EXPECT_EQ(verdict.subject.known_members.front().first, campus.carthage);
    EXPECT_EQ(verdict.subject.known_members.front().second.en, "Carthage");
}

/// Closed, as was recorded later, years before a diploma that it awarded all the same.
TEST(Closed, BeforeTheAwardIsToldAndSoIsTheReopening) {
    Neighbours campus;
    const Held held = campus.hold(Campus::graduate());
    const Day day = *parse_day("2020-01-01");
    const LogIndex closed{campus.view.entries().size()};
    campus.become(SuccessionKind::kClosed, {}, day);
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    const std::vector<verify::IssuerChange> told{
        {SuccessionKind::kClosed, day, std::nullopt, {}, true}};
    EXPECT_EQ(verdict.subject.issuer_changes, told);
    campus.become(SuccessionKind::kReopened, {}, to_day(campus.now));
    auto both = told;
    both.push_back({SuccessionKind::kReopened, to_day(campus.now), std::nullopt, {}, false});
    EXPECT_EQ(campus.judge(held).subject.issuer_changes, both);
    ASSERT_TRUE(campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, closed}, {kVote1, kVote2}));
    EXPECT_TRUE(campus.judge(held).subject.issuer_changes.empty());
}

/// The state takes the ministry's second key away, from `from` on.
void take_key(Neighbours& campus, LogIndex from) {
    ASSERT_TRUE(campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, from}, {kVote1, kVote2}));
}

LogIndex next_index(const Neighbours& campus) { return {campus.view.entries().size()}; }

std::vector<std::pair<MemberId, std::string>> named(const verify::Subject& subject) {
    std::vector<std::pair<MemberId, std::string>> names;
    for (const auto& [id, name] : subject.known_members) names.emplace_back(id, name.en);
    return names;
}

TEST(Custody, ThatAStolenKeySignedCountsAsAbsent) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kClosed, {}, to_day(campus.now));
    const LogIndex kept = next_index(campus);
    campus.keep_archives();
    EXPECT_EQ(campus.judge(old).subject.custodian, campus.carthage);
    take_key(campus, kept);
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_FALSE(verdict.subject.custodian);
    EXPECT_EQ(named(verdict.subject), (std::vector<std::pair<MemberId, std::string>>{}));
    EXPECT_EQ(verdict.subject.issuer_changes.size(), 1U);  // that it was closed stands
}

TEST(Custody, IsToldOnceTheInstitutionHasEnded) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kClosed, {}, *parse_day("2026-08-01"));
    campus.keep_archives();
    const auto before = campus.judge(old);
    EXPECT_EQ(before.headline, Headline::kAuthentic);
    EXPECT_FALSE(before.subject.custodian);
    EXPECT_TRUE(before.subject.known_members.empty());
    campus.now = *parse_instant("2026-07-31T23:59:59Z");
    EXPECT_FALSE(campus.judge(old).subject.custodian);
    campus.now = *parse_instant("2026-08-01T00:00:00Z");
    EXPECT_EQ(campus.judge(old).subject.custodian, campus.carthage);
}

TEST(Succession, ThatAStolenKeySignedCountsAsAbsent) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    const LogIndex absorbed = next_index(campus);
    campus.become(SuccessionKind::kAbsorbed, {campus.carthage}, to_day(campus.now));
    const auto before = campus.judge(old);
    ASSERT_EQ(before.subject.issuer_changes.size(), 1U);
    EXPECT_EQ(named(before.subject),
              (std::vector<std::pair<MemberId, std::string>>{{campus.carthage, "Carthage"}}));
    take_key(campus, absorbed);
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_TRUE(verdict.subject.issuer_changes.empty());
    EXPECT_TRUE(verdict.subject.known_members.empty());
}

TEST(Succession, NeedsTheRecordsOfThoseItNames) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kAbsorbed, {campus.carthage}, to_day(campus.now));
    const auto carthage = wire::MapKey::member(campus.carthage);
    expect_incomplete(campus.judge(old, campus.without(campus.evidence(old), carthage)));
}

/// What was over before the award is nobody's business here; and a verifier that has seen an older
/// diploma does not mix them up.
TEST(Succession, CountsFromTheAwardOn) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    campus.become(SuccessionKind::kAbsorbed, {campus.carthage}, to_day(campus.now));
    campus.become(SuccessionKind::kReopened, {}, to_day(campus.now));
    campus.now.seconds += 2 * 86'400;
    certificate::Record later = Campus::graduate();
    later.award.awarded_on = to_day(campus.now);
    const Held fresh = campus.hold(later);
    const auto carthage = wire::MapKey::member(campus.carthage);
    const auto evidence = campus.evidence(fresh);
    const auto too_much = campus.with(evidence, carthage);
    EXPECT_EQ(campus.judge(fresh).headline, Headline::kAuthentic);
    EXPECT_TRUE(campus.judge(fresh).subject.issuer_changes.empty());
    EXPECT_EQ(campus.judge(old).subject.issuer_changes.size(), 2U);
    verify::Verifier seasoned{campus.trust_root(), verify::Belief::kFileOnly};
    const auto judge = [&](const Held& held, const wire::Evidence& its) {
        const std::string text = wire::encode(its);
        return seasoned.verify(as_bytes(held.credential), as_bytes(text), campus.now);
    };
    EXPECT_EQ(judge(old, campus.evidence(old)).headline, Headline::kAuthentic);
    EXPECT_EQ(judge(fresh, too_much).result_of(Check::kWellFormed).code, Code::kRecordsIncomplete);
    EXPECT_EQ(judge(fresh, evidence).headline, Headline::kAuthentic);
    const auto too_little = campus.without(campus.evidence(old), carthage);
    EXPECT_EQ(judge(old, too_little).result_of(Check::kWellFormed).code, Code::kRecordsIncomplete);
}

/// Split in ten, reopened, split in ten others: the last ten have room, the first ones are told by
/// number.
TEST(Succession, NamesNoMoreThanSixteen) {
    Neighbours campus;
    const Held old = campus.hold(Campus::graduate());
    std::vector<MemberId> parts;
    for (int i = 0; i < 20; ++i) parts.push_back(campus.institution("Part"));
    const Day today = to_day(campus.now);
    campus.become(SuccessionKind::kSplit, {parts.begin(), parts.begin() + 10}, today);
    EXPECT_EQ(campus.judge(old).subject.known_members.size(), 10U);
    campus.become(SuccessionKind::kReopened, {}, today);
    campus.become(SuccessionKind::kSplit, {parts.begin() + 10, parts.end()}, today);
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    ASSERT_EQ(verdict.subject.issuer_changes.size(), 3U);
    EXPECT_EQ(verdict.subject.issuer_changes.front().others.size(), 10U);
    ASSERT_EQ(verdict.subject.known_members.size(), 10U);
    EXPECT_EQ(verdict.subject.known_members.front().first, parts[10]);
}

}  // namespace
}  // namespace tasdiq::judgement
