#include <gtest/gtest.h>

#include "campus.hpp"

// What is said to those who come with a paper: its holder's name, marks and days, as they were
// sealed and as somebody would like them.
namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Headline;
using wire::CertificateType;

/// The document with one text in it changed, wherever it stands.
std::string retouched(std::string document, std::string_view from, std::string_view to) {
    auto at = document.find(from);
    ENSURE(at != std::string::npos);
    for (; at != std::string::npos; at = document.find(from, at + to.size())) {
        document.replace(at, from.size(), to);
    }
    return document;
}

TEST(VerdictForHolder, CorrectsAMisspeltArabicNameOnANewPaperOnly) {
    Campus campus;
    auto misspelt = Campus::graduate();
    misspelt.holder.names[0].text = "اميره الطرابلسي";
    const Held old = campus.hold(misspelt);
    const std::string by_hand = retouched(old.credential, "اميره الطرابلسي", "أميرة الطرابلسي");
    EXPECT_EQ(campus.judge(by_hand, wire::encode(campus.evidence(old))).headline,
              Headline::kAltered);
    const Held fresh =
        campus.hold(Campus::graduate(), wire::Relation{wire::RelationCode::kReplaces, old.index});
    EXPECT_EQ(campus.judge(fresh).headline, Headline::kAuthentic);
    EXPECT_EQ(campus.judge(old).headline, Headline::kReplaced);
}

TEST(VerdictForHolder, NeedsNoNationalNumberToTellTwoOfOneNameApart) {
    Campus campus;
    ASSERT_TRUE(Campus::graduate().holder.identifiers.empty());
    auto other = Campus::graduate();
    other.holder.birth_date = certificate::PartialDate{2003, 0, 0};
    const Held first = campus.hold(Campus::graduate());
    const Held second = campus.hold(other);
    EXPECT_EQ(campus.judge(first).headline, Headline::kAuthentic);
    EXPECT_EQ(campus.judge(second).headline, Headline::kAuthentic);
    const auto swapped = campus.judge(first.credential, wire::encode(campus.evidence(second)));
    EXPECT_FALSE(is_positive(swapped));
    EXPECT_EQ(swapped.result_of(Check::kContent).code, Code::kCommitmentDiffers);
}

TEST(VerdictForHolder, CoversTheSixtiethCourseOfATranscript) {
    Campus campus;
    const Held degree = campus.hold(Campus::graduate());
    auto record = Campus::graduate();
    record.award.type = CertificateType::kTranscript;
    for (int i = 1; i <= 60; ++i) {
        record.courses.push_back({"CS" + std::to_string(100 + i), "", "Course", "", std::nullopt,
                                  certificate::Grade{i == 60 ? "9.75" : "12.5", "20"},
                                  std::nullopt});
    }
    const Held transcript =
        campus.hold(record, wire::Relation{wire::RelationCode::kOfAward, degree.index});
    EXPECT_EQ(campus.judge(transcript).headline, Headline::kAuthentic);
    const std::string better = retouched(transcript.credential, "\"9.75\"", "\"19.75\"");
    EXPECT_EQ(campus.judge(better, wire::encode(campus.evidence(transcript))).headline,
              Headline::kAltered);
}

/// El Manar may also give `type`, by an authority of this sector.
struct Accredited : Campus {
    Accredited(CertificateType type, std::uint32_t sector) {
        const MemberId authority = next_member();
        const Signer first{authority, {0}};
        const Signer second{authority, {1}};
        const auto authority_keys =
            first_keys(authority, {Role::kAuthority, Role::kAuthority}, chain);
        ENSURE(send(wire::RegisterAuthority{kTunisia, names_of("MSP"), sector, {}, authority_keys},
                    {kVote1, kVote2}));
        auto scope = manar_scope();
        scope.types = {type};
        ENSURE(send(
            wire::Accredit{
                authority, kManar, scope, {{"CS", 613, {"حاسوب", "Computing", "Informatique"}}}},
            {first, second}));
        accreditation = 2;
    }
};

TEST(VerdictForHolder, LetsALicenceCountOnItsLastDay) {
    Accredited campus{CertificateType::kLicence, 4};
    auto record = Campus::graduate();
    record.award.type = CertificateType::kLicence;
    record.valid_until = *parse_day("2026-12-31");
    const Held licence = campus.hold(record);
    campus.now = *parse_instant("2026-12-31T09:00:00Z");
    EXPECT_EQ(campus.judge(licence).headline, Headline::kAuthentic);
    EXPECT_EQ(campus.judge(licence).subject.valid_until, parse_day("2026-12-31"));
    campus.now = *parse_instant("2027-01-01T15:00:00Z");
    EXPECT_EQ(campus.judge(licence).headline, Headline::kExpired);
    const std::string longer = retouched(licence.credential, "2026-12-31", "2036-12-31");
    EXPECT_EQ(campus.judge(longer, wire::encode(campus.evidence(licence))).headline,
              Headline::kAltered);
}

TEST(VerdictForHolder, MakesNoDegreeOfACertificateOfAttendance) {
    Accredited campus{CertificateType::kAttendance, 5};
    auto record = Campus::graduate();
    record.award.type = CertificateType::kAttendance;
    const Held attendance = campus.hold(record);
    const auto verdict = campus.judge(attendance);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    ASSERT_TRUE(verdict.subject.terms);
    EXPECT_EQ(verdict.subject.terms->type, CertificateType::kAttendance);
    const std::string evidence = wire::encode(campus.evidence(attendance));
    const std::string by_hand =
        retouched(attendance.credential, certificate::to_word(CertificateType::kAttendance),
                  certificate::to_word(CertificateType::kDegree));
    EXPECT_FALSE(is_positive(campus.judge(by_hand, evidence)));
    // Somebody with the institution's credential key signs a degree that never saw a ledger.
    Campus elsewhere;
    const Held degree = elsewhere.hold(Campus::graduate());
    const auto insider = campus.judge(degree.credential, evidence);
    EXPECT_EQ(insider.result_of(Check::kIntegrity).outcome, verify::Outcome::kPassed);
    EXPECT_EQ(insider.result_of(Check::kContent).code, Code::kTypeDiffers);
    EXPECT_FALSE(is_positive(insider));
}

}  // namespace
}  // namespace tasdiq::judgement
