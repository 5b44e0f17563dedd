#include <gtest/gtest.h>

#include "campus.hpp"

// Verdicts on what several institutions awarded, and on diplomas of those that bear another name or
// are no more.
namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Headline;
using wire::SuccessionKind;

const std::vector<Signer> kMinistryKeys{kMinistry1, kMinistry2};

/// El Manar with Carthage beside it.
struct Neighbours : Campus {
    MemberId carthage = next_member();
    LogIndex accredited;  // Carthage was

    Neighbours() {
        const auto officers = first_keys(carthage, {Role::kRegistrar, Role::kDean}, chain);
        ENSURE(send(wire::RegisterInstitution{kMinistry,
                                              wire::MemberKind::kUniversity,
                                              names_of("Carthage"),
                                              "TN",
                                              {},
                                              std::nullopt,
                                              officers},
                    kMinistryKeys));
        wire::Scope scope = manar_scope();
        scope.sites = {{9, "TN"}};  // sites are numbered by each accreditation for itself
        const auto answer = send(wire::Accredit{kMinistry, carthage, scope, {}}, kMinistryKeys);
        ENSURE(answer);
        accredited = answer->index;
    }

    [[nodiscard]] std::vector<Signer> theirs() const { return {{carthage, {0}}, {carthage, {1}}}; }
    /// A diploma of both.
    Held hold_together() {
        partners = {{carthage, 1}};
        signers = {kDean, kRegistrar, {carthage, {0}}, {carthage, {1}}};
        certificate::Record record = graduate();
        record.award.awarded_with = {carthage};
        return hold(record);
    }
    void become(SuccessionKind kind, std::vector<MemberId> others, Day day) {
        std::optional<wire::Titles> name;
        if (kind == SuccessionKind::kRenamed) name = {"جامعة جديدة", "New", "Nouvelle"};
        ENSURE(
            send(wire::Succession{kMinistry, kManar, kind, std::move(others), day, "decree", name},
                 kMinistryKeys));
    }
};

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
    wire::Evidence evidence = campus.evidence(held);
    std::erase_if(evidence.records, [&](const wire::RecordClaim& one) {
        return one.key == wire::MapKey::accreditation(campus.carthage, 1);
    });
    evidence.map_proof = campus.prove_records(evidence.records);
    const auto verdict = campus.judge(held, evidence);
    EXPECT_EQ(verdict.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(verdict.result_of(Check::kWellFormed).code, Code::kRecordsIncomplete);
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
    ASSERT_TRUE(
        campus.send(wire::Custody{kMinistry, kManar,
                                  wire::Custodian{campus.carthage, wire::CustodyScope::kArchives}},
                    kMinistryKeys));
    // The credential is still the old university's; its custodian made a key for that.
    EXPECT_EQ(campus.judge(old).subject.custodian, campus.carthage);
    EXPECT_TRUE(campus.judge(old).subject.known_members.empty());
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
    // It signed the mark "replaced": the evidence has its record, and so its name.
    ASSERT_EQ(verdict.subject.known_members.size(), 1U);
    EXPECT_EQ(verdict.subject.known_members.front().first, campus.carthage);
}

}  // namespace
}  // namespace tasdiq::judgement
