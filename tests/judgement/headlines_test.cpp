#include <gtest/gtest.h>

#include "campus.hpp"

namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Headline;
using verify::Outcome;
using wire::StatusState;

TEST(Verdict, IsAuthenticWithEveryCheckPassed) {
    Campus campus;
    const auto verdict = campus.judge(campus.hold(Campus::graduate()));
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_EQ(verdict.answer(), verify::Answer::kTestLedgerOnly);
    EXPECT_FALSE(verdict.stale);
    for (const auto& result : verdict.checks) {
        const bool needless = result.check == Check::kPage || result.check == Check::kAttestation ||
                              result.check == Check::kEnrolment;
        EXPECT_EQ(result.outcome, needless ? Outcome::kNotChecked : Outcome::kPassed)
            << verify::to_string(result.check) << ": " << verify::to_string(result.code);
    }
    EXPECT_EQ(verdict.subject.state, "TN");
    EXPECT_EQ(verdict.subject.cosigners, std::vector<std::string>{"TN"});
}

TEST(Verdict, IsAuthenticWithAProofOfAnotherSuite) {
    Campus campus;
    campus.suite = credential::kEddsaJcs2022;
    const auto held = campus.hold(Campus::graduate());
    EXPECT_NE(held.credential.find("eddsa-jcs-2022"), std::string::npos);
    EXPECT_EQ(campus.judge(held).headline, Headline::kAuthentic);
}

TEST(Verdict, BelievesProductionOnlyWhereItIsInstalled) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const std::string evidence = wire::encode(campus.evidence(held));
    auto root = campus.trust_root();
    root.ledger = wire::LedgerKind::kProduction;
    const auto answer = [&](verify::Belief belief) {
        verify::Verifier verifier{root, belief};
        return verifier.verify(as_bytes(held.credential), as_bytes(evidence), campus.now).answer();
    };
    EXPECT_EQ(answer(verify::Belief::kFileOnly), verify::Answer::kTestLedgerOnly);
    EXPECT_EQ(answer(verify::Belief::kInstalled), verify::Answer::kAuthentic);
}

// -------------------------------------------------------------------- status
struct InForce {
    const char* name;
    StatusState state;
    Headline headline;
};

class VerdictOnStatus : public testing::TestWithParam<InForce> {};

TEST_P(VerdictOnStatus, SaysWhatTheInstitutionDid) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_TRUE(
        campus.send(wire::Status{kManar, GetParam().state, {held.index}}, {kDean, kRegistrar}));
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, GetParam().headline);
    EXPECT_EQ(verdict.result_of(Check::kStatus).code, Code::kStatusInForce);
}

INSTANTIATE_TEST_SUITE_P(
    All, VerdictOnStatus,
    testing::Values(InForce{"Suspended", StatusState::kSuspended, Headline::kSuspended},
                    InForce{"Revoked", StatusState::kRevoked, Headline::kRevoked},
                    InForce{"Annulled", StatusState::kAnnulled, Headline::kAnnulled},
                    InForce{"Cancelled", StatusState::kCancelled, Headline::kCancelled},
                    InForce{"Lost", StatusState::kLost, Headline::kReportedLost}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Verdict, IsAuthenticAgainAfterReinstatement) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_TRUE(campus.send(wire::Status{kManar, StatusState::kSuspended, {held.index}},
                            {kDean, kRegistrar}));
    ASSERT_TRUE(campus.send(wire::Status{kManar, StatusState::kReinstated, {held.index}},
                            {kDean, kRegistrar}));
    EXPECT_EQ(campus.judge(held).headline, Headline::kAuthentic);
}

TEST(Verdict, ReadsTheAuthoritysSlotToo) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const auto answer = campus.send(wire::Status{kMinistry, StatusState::kSuspended, {held.index}},
                                    {kMinistry1, kMinistry2});
    ASSERT_TRUE(answer);
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, Headline::kSuspended);
    EXPECT_EQ(verdict.subject.decisions,
              (std::vector{verify::Decision{
                  StatusState::kSuspended, answer->index, false, {kMinistry}, std::nullopt, {}}}));
    EXPECT_TRUE(std::ranges::any_of(verdict.subject.known_members,
                                    [](const auto& one) { return one.first == kMinistry; }));
}

// -------------------------------------------------------------------- chains of documents
TEST(Verdict, SaysReplacedAndByWhat) {
    Campus campus;
    const Held old = campus.hold(Campus::graduate());
    auto corrected = Campus::graduate();
    corrected.holder.names[1].text = "Amira Trabelsi-Gharbi";
    const Held fresh =
        campus.hold(corrected, wire::Relation{wire::RelationCode::kReplaces, old.index});
    const auto verdict = campus.judge(old);
    EXPECT_EQ(verdict.headline, Headline::kReplaced);
    EXPECT_EQ(verdict.subject.replaced_by, fresh.index);
    ASSERT_EQ(verdict.subject.decisions.size(), 1U);
    EXPECT_EQ(verdict.subject.decisions[0].by, fresh.index);
    EXPECT_EQ(verdict.subject.decisions[0].members, std::vector{kManar});
    EXPECT_EQ(campus.judge(fresh).headline, Headline::kAuthentic);
}

TEST(Verdict, OnATranscriptFollowsItsAward) {
    Campus campus;
    const Held degree = campus.hold(Campus::graduate());
    auto record = Campus::graduate();
    record.award.type = wire::CertificateType::kTranscript;
    record.courses = {{"CS101", "", "Algorithms", "", std::nullopt, std::nullopt, std::nullopt}};
    const Held transcript =
        campus.hold(record, wire::Relation{wire::RelationCode::kOfAward, degree.index});
    EXPECT_EQ(campus.judge(transcript).headline, Headline::kAuthentic);
    ASSERT_TRUE(campus.send(wire::Status{kManar, StatusState::kRevoked, {degree.index}},
                            {kDean, kRegistrar}));
    EXPECT_EQ(campus.judge(transcript).headline, Headline::kRevoked);
}

TEST(Verdict, SaysRecordedLateAndExpired) {
    Campus campus;
    auto record = Campus::graduate();
    record.award.capture = wire::Capture::kLate;
    record.award.awarded_on = *parse_day("2024-06-20");
    EXPECT_EQ(campus.judge(campus.hold(record)).headline, Headline::kRecordedLate);

    auto licence = Campus::graduate();
    licence.valid_until = *parse_day("2026-06-30");
    EXPECT_EQ(campus.judge(campus.hold(licence)).headline, Headline::kExpired);
}

// -------------------------------------------------------------------- stolen keys, lost
// accreditation
TEST(Verdict, IsVoidOnceASignersKeyWas) {
    Campus campus;
    const Held before = campus.hold(Campus::graduate());
    const Held after = campus.hold(Campus::graduate());
    ASSERT_TRUE(
        campus.send(wire::VoidKey{kMinistry, kManar, {1}, after.index}, {kMinistry1, kMinistry2}));
    EXPECT_EQ(campus.judge(after).headline, Headline::kVoid);
    EXPECT_EQ(campus.judge(after).result_of(Check::kSigners).code, Code::kSignerVoided);
    EXPECT_EQ(campus.judge(before).headline, Headline::kAuthentic);
}

TEST(Verdict, IsVoidOnceTheAssertionKeyWas) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_TRUE(campus.send(wire::VoidKey{kMinistry, kManar, Campus::kAssertion, held.index},
                            {kMinistry1, kMinistry2}));
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, Headline::kVoid);
    EXPECT_EQ(verdict.result_of(Check::kAssertionKey).code, Code::kKeyVoided);
}

TEST(Verdict, SurvivesTheRetirementOfTheKey) {
    Campus campus;
    const Held before = campus.hold(Campus::graduate());
    ASSERT_TRUE(campus.send(wire::RetireKey{kManar, Campus::kAssertion}, {kDean, kRegistrar}));
    EXPECT_EQ(campus.judge(before).headline, Headline::kAuthentic);
    const auto verdict = campus.judge(campus.hold(Campus::graduate()));
    EXPECT_EQ(verdict.headline, Headline::kVoid);
    EXPECT_EQ(verdict.result_of(Check::kAssertionKey).code, Code::kKeyEnded);
}

TEST(Verdict, NamesAKeyThatIsNotForCredentials) {
    Campus campus;
    const auto verdict = campus.judge(campus.hold(Campus::graduate(), std::nullopt, kDean.ordinal));
    EXPECT_FALSE(is_positive(verdict));
}

TEST(Verdict, SurvivesAWithdrawalThatCameLater) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_TRUE(
        campus.send(wire::EndAccreditation{kMinistry, kManar, 1, wire::EndAction::kWithdraw,
                                           wire::AppliesTo::kAward, *parse_day("2026-07-02")},
                    {kMinistry1, kMinistry2}));
    EXPECT_EQ(campus.judge(held).headline, Headline::kAuthentic);
}

TEST(Verdict, IsNotAccreditedWhenTheMinistrysKeyWasVoidedFromThereOn) {
    Campus campus;
    const auto accredited =
        campus.send(wire::Accredit{kMinistry,
                                   kManar,
                                   manar_scope(),
                                   {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
                    {kMinistry1, kMinistry2});
    ASSERT_TRUE(accredited);
    campus.accreditation = 2;
    const Held held = campus.hold(Campus::graduate());
    ASSERT_EQ(campus.judge(held).headline, Headline::kAuthentic);
    ASSERT_TRUE(
        campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, accredited->index}, {kVote1, kVote2}));
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, Headline::kNotAccredited);
    EXPECT_EQ(verdict.result_of(Check::kAccredited).code, Code::kAccreditationVoided);
}

/// Where issues and statuses wait for an hour.
struct Slow : Campus {
    Slow() {
        const auto waiting = [](wire::BodyCode body) {
            const wire::Slot dean{wire::Who::kSelf, wire::Role::kDean};
            const wire::Slot officer{wire::Who::kSelf, std::nullopt};
            return wire::Rule{body, {}, {}, {}, 3'600, {{dean, officer}}};
        };
        EXPECT_TRUE(send(
            wire::SetPolicy{kManar,
                            {waiting(wire::BodyCode::kIssue), waiting(wire::BodyCode::kStatus)}},
            {kPresident, kMinistry1}));
    }
};

/// Somebody may have stopped it since the evidence was made.
TEST(Verdict, WaitsForACoolOffToPassAndForEvidenceOfIt) {
    Slow campus;
    const Held held = campus.hold(Campus::graduate());
    EXPECT_EQ(campus.judge(held).headline, Headline::kNotYetInEffect);
    const wire::Evidence early = campus.evidence(held);
    campus.now.seconds += 3'600;
    EXPECT_EQ(campus.judge(held, early).headline, Headline::kNotYetInEffect);
    EXPECT_EQ(campus.judge(held).headline, Headline::kAuthentic);
}

TEST(Verdict, IsCancelledOnceAnOfficerStoppedItInTime) {
    Slow campus;
    const Held held = campus.hold(Campus::graduate());
    const auto transaction = wire::decode_transaction(campus.view.entries()[held.index.value - 1]);
    const auto envelope = wire::decode_issue_envelope(transaction->envelope);
    const auto id = wire::transaction_id(wire::encode(envelope->payload));
    ASSERT_TRUE(campus.send(wire::Cancel{kManar, id}, {kRegistrar}));
    const auto verdict = campus.judge(held);
    EXPECT_EQ(verdict.headline, Headline::kCancelled);
    EXPECT_TRUE(verdict.subject.is_stopped);
    campus.now.seconds += 3'600;
    EXPECT_EQ(campus.judge(held).headline, Headline::kCancelled);
    EXPECT_TRUE(campus.judge(held).subject.is_stopped) << "also when it would have counted";
}

TEST(Verdict, TakesTheWorseOfWhatMayHaveBeenStopped) {
    Slow campus;
    const Held held = campus.hold(Campus::graduate());
    const auto set = [&](wire::StatusState state) {
        campus.now.seconds += 3'600;
        ASSERT_TRUE(campus.send(wire::Status{kManar, state, {held.index}}, {kDean, kRegistrar}));
    };
    set(wire::StatusState::kSuspended);
    const wire::Evidence before_suspended = campus.evidence(held);
    EXPECT_EQ(campus.judge(held, before_suspended).headline, Headline::kAuthentic);
    set(wire::StatusState::kReinstated);
    EXPECT_EQ(campus.judge(held, before_suspended).headline, Headline::kSuspended);
    const wire::Evidence before_reinstated = campus.evidence(held);
    campus.now.seconds += 3'600;
    EXPECT_EQ(campus.judge(held, before_reinstated).headline, Headline::kSuspended);
    EXPECT_EQ(campus.judge(held).headline, Headline::kAuthentic);
}

}  // namespace
}  // namespace tasdiq::judgement
