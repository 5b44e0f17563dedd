#include <gtest/gtest.h>

#include "campus.hpp"

// What a verdict makes of a slot or an accreditation that was changed more than once, and of a
// certificate that goes on from an earlier one.
namespace tasdiq::judgement {
namespace {

using verify::Headline;
using wire::StatusState;

struct History : Campus {
    Held held = hold(graduate());

    void set(StatusState state, const std::vector<Signer>& signers) {
        ASSERT_TRUE(send(wire::Status{kManar, state, {held.index}}, signers));
    }
    void cool_off_of_statuses(std::uint32_t seconds) {
        const wire::Rule rule{
            wire::BodyCode::kStatus,
            std::nullopt,
            std::nullopt,
            std::nullopt,
            seconds,
            {{{wire::Who::kSelf, wire::Role::kDean}, {wire::Who::kSelf, std::nullopt}}}};
        ASSERT_TRUE(send(wire::SetPolicy{kManar, {rule}}, {kPresident, kMinistry1}));
    }
};

TEST(VerdictOnHistory, StaysSuspendedWhileTheReinstatementCoolsOff) {
    History campus;
    campus.set(StatusState::kSuspended, {kDean, kRegistrar});
    campus.cool_off_of_statuses(3'600);
    campus.set(StatusState::kReinstated, {kDean, kRegistrar});
    EXPECT_EQ(campus.judge(campus.held).headline, Headline::kSuspended);
    campus.now.seconds += 3'599;
    EXPECT_EQ(campus.judge(campus.held).headline, Headline::kSuspended);
    campus.now.seconds += 1;
    EXPECT_EQ(campus.judge(campus.held).headline, Headline::kAuthentic);
}

TEST(VerdictOnHistory, IsSuspendedAgainOnceTheReinstatersKeyIsVoided) {
    History campus;
    campus.set(StatusState::kSuspended, {kDean, kPresident});
    const LogIndex before{campus.view.entries().size()};
    campus.set(StatusState::kReinstated, {kDean, kRegistrar});
    EXPECT_EQ(campus.judge(campus.held).headline, Headline::kAuthentic);
    ASSERT_TRUE(campus.send(wire::VoidKey{kMinistry, kManar, kRegistrar.ordinal, before},
                            {kMinistry1, kMinistry2}));
    EXPECT_EQ(campus.judge(campus.held).headline, Headline::kSuspended);
}

TEST(VerdictOnHistory, CannotHideWhatStoodInTheSlotBefore) {
    History campus;
    campus.set(StatusState::kSuspended, {kDean, kRegistrar});
    campus.cool_off_of_statuses(3'600);
    campus.set(StatusState::kReinstated, {kDean, kRegistrar});
    auto evidence = campus.evidence(campus.held);
    const auto claim = std::ranges::find(evidence.records, wire::MapKey::status(campus.held.index),
                                         &wire::RecordClaim::key);
    ASSERT_NE(claim, evidence.records.end());
    auto status = *wire::decode_record<wire::StatusRecord>(*claim->record);
    ASSERT_EQ(status.issuer->earlier.size(), 1U);
    status.issuer->earlier.clear();
    claim->record = wire::encode(status);
    verify::Verifier verifier{campus.trust_root(), verify::Belief::kInstalled};
    const auto verdict = verifier.verify(as_bytes(campus.held.credential),
                                         as_bytes(wire::encode(evidence)), campus.now);
    EXPECT_FALSE(is_positive(verdict));
}

/// An accreditation for provisional certificates, too, and a graduate who has one.
struct Provisional : Campus {
    Provisional() {
        auto scope = manar_scope();
        scope.types.push_back(wire::CertificateType::kProvisional);
        std::ranges::sort(scope.types);
        ENSURE(send(
            wire::Accredit{
                kMinistry, kManar, scope, {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
            {kMinistry1, kMinistry2}));
        accreditation = 2;
        auto record = graduate();
        record.award.type = wire::CertificateType::kProvisional;
        held.emplace(hold(record));
    }
    Held parchment(const char* day) {
        auto record = graduate();
        record.award.awarded_on = *parse_day(day);
        return hold(record, wire::Relation{wire::RelationCode::kFinalises, held->index});
    }
    void withdraw(const char* day) {
        ENSURE(send(
            wire::EndAccreditation{kMinistry, kManar, *accreditation, wire::EndAction::kWithdraw,
                                   wire::AppliesTo::kAward, *parse_day(day)},
            {kMinistry1, kMinistry2}));
    }
    std::optional<Held> held;
};

TEST(VerdictOnParchment, TakesOverFromTheProvisionalCertificate) {
    Provisional campus;
    EXPECT_TRUE(is_positive(campus.judge(*campus.held)));
    campus.now = *parse_instant("2026-10-01T09:00:00Z");
    const Held parchment = campus.parchment("2026-10-01");
    EXPECT_EQ(campus.judge(parchment).headline, Headline::kAuthentic);
    const auto old = campus.judge(*campus.held);
    EXPECT_EQ(old.headline, Headline::kReplaced);
    EXPECT_EQ(old.subject.replaced_by, parchment.index);
}

TEST(VerdictOnParchment, SurvivesAWithdrawalAfterTheDegreeWasEarned) {
    Provisional campus;
    campus.withdraw("2026-07-02");
    campus.now = *parse_instant("2026-10-01T09:00:00Z");
    EXPECT_EQ(campus.judge(campus.parchment("2026-10-01")).headline, Headline::kAuthentic);
}

TEST(VerdictOnParchment, FollowsTheAwardThatItFinalises) {
    Provisional campus;
    campus.now = *parse_instant("2026-10-01T09:00:00Z");
    const Held parchment = campus.parchment("2026-10-01");
    ASSERT_TRUE(campus.send(wire::Status{kManar, StatusState::kRevoked, {campus.held->index}},
                            {kDean, kRegistrar}));
    EXPECT_EQ(campus.judge(parchment).headline, Headline::kRevoked);
}

TEST(VerdictOnParchment, DoesNotSurviveTheVoidingOfWhoSignedTheProvisionalOne) {
    Provisional campus;
    campus.now = *parse_instant("2026-08-01T09:00:00Z");
    const Held parchment = campus.parchment("2026-08-01");
    ASSERT_TRUE(campus.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, campus.held->index},
                            {kMinistry1, kMinistry2}));
    EXPECT_EQ(campus.judge(parchment).headline, Headline::kVoid);
}

}  // namespace
}  // namespace tasdiq::judgement
