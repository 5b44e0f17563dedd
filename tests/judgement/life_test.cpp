#include <gtest/gtest.h>

#include "students.hpp"

// What a verdict says of the seat that a certificate stands on, and of those who attested it.
namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::CheckResult;
using verify::Code;
using verify::Headline;
using verify::Outcome;
using verify::Verdict;
using wire::CohortKind;
using wire::MapKey;

certificate::Record transcript() {
    certificate::Record record = student();
    record.award.type = wire::CertificateType::kTranscript;
    record.courses = {{"CS101", "", "Algorithms", "", std::nullopt, std::nullopt, std::nullopt}};
    return record;
}

CheckResult attestation_of(const Verdict& verdict) {
    return verdict.result_of(Check::kAttestation);
}
CheckResult failed(Code code) { return {Check::kAttestation, Outcome::kFailed, code}; }
CheckResult not_checked(Code code) { return {Check::kAttestation, Outcome::kNotChecked, code}; }
const CheckResult kPassed{Check::kAttestation, Outcome::kPassed, Code::kNone};

// -------------------------------------------------------------------- cohorts
TEST(Cohort, SaysWhenEnrolmentWasCommittedTo) {
    Campus campus;
    campus.commit_cohort(kIntake);
    const Instant committed = campus.now;
    campus.now.seconds += 3'600;
    const auto verdict = campus.judge(campus.hold(student()));
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_EQ(verdict.subject.enrolment,
              (verify::Enrolment{CohortKind::kIntake, kIntake, committed, false, false}));
    // A cohort is no attestation: nobody shall read "passed" and think so.
    EXPECT_EQ(attestation_of(verdict), not_checked(Code::kNotInEvidence));
    EXPECT_EQ(verdict.result_of(Check::kEnrolment).outcome, Outcome::kPassed);
    campus.seat.reset();
    EXPECT_EQ(campus.judge(campus.hold(student())).result_of(Check::kEnrolment),
              (CheckResult{Check::kEnrolment, Outcome::kNotChecked, Code::kNotNeeded}));
}

TEST(Cohort, IsLateAfterFourHundredDays) {
    Campus campus;
    const Day last_in_time{to_day(campus.now).days - 400};
    campus.commit_cohort(last_in_time);
    EXPECT_FALSE(campus.judge(campus.hold(student(last_in_time))).subject.enrolment->is_late);
    const Day too_early{last_in_time.days - 1};
    campus.commit_cohort(too_early);
    const auto late = campus.judge(campus.hold(student(too_early)));
    EXPECT_TRUE(late.subject.enrolment->is_late);
    EXPECT_EQ(late.headline, Headline::kAuthentic);
}

TEST(Cohort, OfTransfersOrReadmissionsIsSaidToBe) {
    for (const CohortKind kind : {CohortKind::kTransferIn, CohortKind::kReadmission}) {
        Campus campus;
        campus.commit_cohort(*parse_day("2026-01-10"), kind);
        EXPECT_EQ(campus.judge(campus.hold(student())).subject.enrolment->kind, kind);
    }
}

TEST(Cohort, ThatAStolenKeyCommittedToIsSaidToBeVoid) {
    Campus campus;
    const LogIndex committed =
        campus.commit_cohort(kIntake, CohortKind::kIntake, {kPresident, kRegistrar});
    const Held held = campus.hold(student());
    const auto before = campus.judge(held);
    EXPECT_FALSE(before.subject.enrolment->is_void);
    campus.attest(held.index);
    ASSERT_TRUE(campus.send(wire::VoidKey{kMinistry, kManar, kPresident.ordinal, committed},
                            {kMinistry1, kMinistry2}));
    const auto verdict = campus.judge(held);
    EXPECT_TRUE(verdict.subject.enrolment->is_void);
    EXPECT_EQ(verdict.result_of(Check::kEnrolment),
              (CheckResult{Check::kEnrolment, Outcome::kFailed, Code::kCohortVoided}));
    EXPECT_EQ(attestation_of(verdict), kPassed);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    // Confirmed by those who answer for it, it counts again.
    ASSERT_TRUE(campus.send(
        wire::Confirm{kManar, kMinistry, kPresident.ordinal, {{committed, {committed.value + 1}}}},
        {kDean, kRegistrar, kMinistry1}));
    EXPECT_FALSE(campus.judge(held).subject.enrolment->is_void);
}

TEST(Cohort, IsTheAwardsForWhatIsADocumentOfIt) {
    Campus campus;
    campus.commit_cohort(kIntake);
    const Held degree = campus.hold(student());
    campus.seat.reset();
    const Held marks =
        campus.hold(transcript(), wire::Relation{wire::RelationCode::kOfAward, degree.index});
    const Held copy =
        campus.hold(student(), wire::Relation{wire::RelationCode::kDuplicate, degree.index});
    for (const Held* one : {&degree, &marks, &copy}) {
        ASSERT_TRUE(campus.judge(*one).subject.enrolment);
        expect_incomplete(
            campus.judge(*one, campus.without(campus.evidence(*one), MapKey::cohort(kManar, 1))));
    }
    EXPECT_EQ(campus.judge(marks).headline, Headline::kAuthentic);
    EXPECT_EQ(campus.judge(copy).headline, Headline::kDuplicate);
}

TEST(Cohort, CannotBeAnother) {
    Campus campus;
    campus.commit_cohort({kIntake.days - 300});
    campus.commit_cohort(kIntake);
    const Held seated = campus.hold(student());
    campus.seat.reset();
    const Held plain = campus.hold(student());
    const MapKey first = MapKey::cohort(kManar, 1);
    const MapKey second = MapKey::cohort(kManar, 2);
    const auto evidence = campus.evidence(seated);
    expect_incomplete(campus.judge(seated, campus.with(campus.without(evidence, second), first)));
    expect_incomplete(campus.judge(seated, campus.with(evidence, first)));
    expect_incomplete(campus.judge(plain, campus.with(campus.evidence(plain), second)));
    // Nor may it be said that it is not there, or that it is what it is not.
    for (const bool is_absent : {true, false}) {
        auto changed = evidence;
        const auto claim = std::ranges::find(changed.records, second, &wire::RecordClaim::key);
        auto cohort = *wire::decode_record<wire::CohortRecord>(*claim->record);
        cohort.time.seconds -= 86'400;
        claim->record = is_absent ? std::nullopt : std::optional{wire::encode(cohort)};
        EXPECT_EQ(campus.judge(seated, changed).result_of(Check::kCheckpoint).code,
                  Code::kMapProofInvalid);
    }
}

TEST(Cohort, NeedsTheRecordsOfThoseWhoCommittedToIt) {
    Campus campus;
    campus.commit_cohort(kIntake);
    const Held held = campus.hold(student());
    // Another body's officers committed to it: as after a change of custody.
    auto cohort = *campus.record<wire::CohortRecord>(MapKey::cohort(kManar, 1));
    cohort.signers = {{kTunisia, {0}}};
    campus.view.plant(MapKey::cohort(kManar, 1), wire::encode(cohort));
    const auto records = records_of(campus, held);
    ASSERT_TRUE(records);
    EXPECT_NE(records->find_member(kTunisia), nullptr);
    const auto no_cohort = records_of(campus, held, MapKey::cohort(kManar, 1));
    ASSERT_FALSE(no_cohort);
    EXPECT_EQ(no_cohort.error(), verify::RecordsError::kCohortMissing);
}

// -------------------------------------------------------------------- attestations
TEST(Attestation, NamesTheAuthorityAndTheDay) {
    Campus campus;
    const Held held = campus.hold(student());
    EXPECT_EQ(attestation_of(campus.judge(held)), not_checked(Code::kNotInEvidence));
    EXPECT_TRUE(campus.judge(held).subject.attestations.empty());
    campus.now.seconds += 3'600;
    campus.attest(held.index);
    const auto verdict = campus.judge(held);
    EXPECT_EQ(attestation_of(verdict), kPassed);
    EXPECT_EQ(verdict.subject.attestations,
              (std::vector<verify::Attested>{
                  {false, kMinistry, names_of("MESRS").front(), "TN", campus.now, false}}));
}

TEST(Attestation, BearsTheNameOfItsDay) {
    Campus campus;
    const Held held = campus.hold(student());
    campus.attest(held.index);
    ASSERT_TRUE(campus.send(wire::Succession{kTunisia,
                                             kMinistry,
                                             wire::SuccessionKind::kRenamed,
                                             {},
                                             *parse_day("2026-08-01"),
                                             "decree",
                                             wire::Titles{"وزارة", "Ministry", "Ministère"}},
                            {kVote1, kVote2}));
    campus.now = *parse_instant("2026-08-02T00:00:00Z");
    const auto subject = campus.judge(held).subject;
    EXPECT_EQ(subject.attestations.front().authority_name.en, "MESRS");
    EXPECT_EQ(subject.authority_name->en, "Ministry");
}

TEST(Attestation, ByAStolenKeyCountsAsAbsent) {
    Campus campus;
    const Held held = campus.hold(student());
    const LogIndex attested = campus.attest(held.index);
    ASSERT_TRUE(campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, attested}, {kVote1, kVote2}));
    const auto verdict = campus.judge(held);
    EXPECT_EQ(attestation_of(verdict), failed(Code::kAttestationVoided));
    ASSERT_EQ(verdict.subject.attestations.size(), 1U);
    EXPECT_TRUE(verdict.subject.attestations.front().is_void);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
}

TEST(Attestation, MayBeLeftOutAndChangesNoHeadline) {
    Campus campus;
    const Held held = campus.hold(student());
    campus.attest(held.index);
    const auto stripped = campus.without(campus.evidence(held), MapKey::attestation(held.index));
    const auto verdict = campus.judge(held, stripped);
    EXPECT_EQ(verdict.headline, campus.judge(held).headline);
    EXPECT_EQ(attestation_of(verdict), not_checked(Code::kNotInEvidence));
    EXPECT_TRUE(verdict.subject.attestations.empty());
    ASSERT_TRUE(campus.send(wire::Status{kManar, wire::StatusState::kRevoked, {held.index}},
                            {kDean, kRegistrar}));
    const auto revoked = campus.judge(held);
    EXPECT_EQ(attestation_of(revoked), kPassed);
    EXPECT_EQ(revoked.headline, Headline::kRevoked);
}

TEST(Attestation, OfTheAwardIsToldApart) {
    Campus campus;
    const Held degree = campus.hold(student());
    const Held marks =
        campus.hold(transcript(), wire::Relation{wire::RelationCode::kOfAward, degree.index});
    campus.attest(degree.index);
    auto verdict = campus.judge(marks);
    EXPECT_EQ(attestation_of(verdict), kPassed);
    ASSERT_EQ(verdict.subject.attestations.size(), 1U);
    EXPECT_TRUE(verdict.subject.attestations.front().of_award);
    const LogIndex attested = campus.attest(marks.index);
    verdict = campus.judge(marks);
    ASSERT_EQ(verdict.subject.attestations.size(), 2U);
    EXPECT_FALSE(verdict.subject.attestations.front().of_award);
    // One that counts is enough; the other is said to be void.
    ASSERT_TRUE(campus.send(wire::VoidKey{kTunisia, kMinistry, {1}, attested}, {kVote1, kVote2}));
    verdict = campus.judge(marks);
    EXPECT_EQ(attestation_of(verdict), kPassed);
    EXPECT_TRUE(verdict.subject.attestations.front().is_void);
    EXPECT_FALSE(verdict.subject.attestations.back().is_void);
}

TEST(Attestation, CannotBeAnothersAbsentOrChanged) {
    Campus campus;
    const Held held = campus.hold(student());
    const Held other = campus.hold(student());
    campus.attest(other.index);
    const auto evidence = campus.evidence(held);
    expect_incomplete(campus.judge(held, campus.with(evidence, MapKey::attestation(other.index))));
    expect_incomplete(campus.judge(held, campus.with(evidence, MapKey::attestation(held.index))));
    auto changed = campus.evidence(other);
    const auto claim = std::ranges::find(changed.records, MapKey::attestation(other.index),
                                         &wire::RecordClaim::key);
    auto record = *wire::decode_record<wire::AttestationRecord>(*claim->record);
    record.time.seconds -= 86'400;
    claim->record = wire::encode(record);
    EXPECT_EQ(campus.judge(other, changed).result_of(Check::kCheckpoint).code,
              Code::kMapProofInvalid);
}

TEST(Attestation, IsNotCheckedWhereTheEvidenceDoesNotHold) {
    Campus campus;
    const Held held = campus.hold(student());
    EXPECT_EQ(attestation_of(campus.judge(held.credential, "")),
              not_checked(Code::kEarlierCheckFailed));
}

TEST(Attestation, NeedsTheRecordsOfThoseWhoSaidIt) {
    Campus campus;
    const Held held = campus.hold(student());
    // Another authority than the one that accredited, signed by yet another body.
    campus.view.plant(MapKey::attestation(held.index),
                      wire::encode(wire::AttestationRecord{
                          {held.index.value + 1}, {{kSecretariat, {0}}}, kTunisia, campus.now}));
    const auto records = records_of(campus, held);
    ASSERT_TRUE(records);
    EXPECT_NE(records->find_member(kTunisia), nullptr);
    EXPECT_NE(records->find_member(kSecretariat), nullptr);
}

TEST(Custody, NeedsTheRecordsOfThoseWhoActAndWhoSaidSo) {
    Campus campus;
    const Held held = campus.hold(student());
    auto member = *campus.record<wire::MemberRecord>(MapKey::member(kManar));
    member.custody = wire::CustodyItem{
        kTunisia, wire::CustodyScope::kArchives, {held.index.value + 1}, {{kSecretariat, {0}}}};
    campus.view.plant(MapKey::member(kManar), wire::encode(member));
    const auto records = records_of(campus, held);
    ASSERT_TRUE(records);
    EXPECT_NE(records->find_member(kTunisia), nullptr);
    EXPECT_NE(records->find_member(kSecretariat), nullptr);
}

TEST(Succession, NeedsTheRecordsOfThoseWhoSignedIt) {
    Campus campus;
    const Held held = campus.hold(student());
    auto member = *campus.record<wire::MemberRecord>(MapKey::member(kManar));
    member.succession = {{wire::SuccessionKind::kClosed,
                          {},
                          to_day(campus.now),
                          "decree",
                          {held.index.value + 1},
                          {{kSecretariat, {0}}}}};
    campus.view.plant(MapKey::member(kManar), wire::encode(member));
    const auto records = records_of(campus, held);
    ASSERT_TRUE(records);
    EXPECT_NE(records->find_member(kSecretariat), nullptr);
}

TEST(Status, CannotBeHiddenBehindAnothers) {
    Campus campus;
    const Held held = campus.hold(student());
    const Held other = campus.hold(student());
    ASSERT_TRUE(campus.send(wire::Status{kManar, wire::StatusState::kRevoked, {held.index}},
                            {kDean, kRegistrar}));
    // As many records as are needed, one of them another's.
    const auto evidence = campus.without(campus.evidence(held), MapKey::status(held.index));
    expect_incomplete(campus.judge(held, campus.with(evidence, MapKey::status(other.index))));
}

}  // namespace
}  // namespace tasdiq::judgement
