#include "prose/verdict_sentences.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "text/catalogue.hpp"
#include "wire/describe.hpp"

namespace tasdiq::prose {
namespace {

using text::Language;

verify::Verdict late_verdict() {
    verify::Verdict verdict;
    verdict.headline = verify::Headline::kRecordedLate;
    verdict.test_ledger = true;
    verdict.subject.recorded_at = parse_instant("2026-07-01T09:05:00Z");
    return verdict;
}

bool has(const std::vector<std::string>& notes, const std::string& note) {
    return std::ranges::find(notes, note) != notes.end();
}

TEST(VerdictSentences, NameEveryStateThatCosigned) {
    auto verdict = late_verdict();
    verdict.subject.cosigners = {"TN", "EG"};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kArabic),
                    "صدّقت على السجل: \u2068تونس، مصر\u2069."));
}

TEST(VerdictSentences, NameAllWhoAwardedItTogether) {
    auto verdict = late_verdict();
    verdict.subject.partner_names = {{{}, "سوسة", "Sousse", "Sousse"},
                                     {{}, "القاهرة", "Cairo", "Le Caire"}};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kFrench),
                    "Conjointement avec : Sousse, Le Caire."));
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kArabic),
                    "بالاشتراك مع: \u2068سوسة، القاهرة\u2069."));
}

TEST(VerdictSentences, TellWhatBecameOfTheInstitution) {
    auto verdict = late_verdict();
    verdict.subject.issuer_changes = {
        {wire::SuccessionKind::kRenamed,
         *parse_day("2027-09-01"),
         wire::Name{{}, "قرطاج", "Carthage", "Carthage"},
         {}},
        {wire::SuccessionKind::kMerged, *parse_day("2030-01-01"), std::nullopt, {{8}, {9}}}};
    verdict.subject.custodian = wire::MemberId{8};
    verdict.subject.known_members = {{{8}, {{}, "تونس", "Tunis", "Tunis"}}};
    const auto notes = verdict_notes(verdict, {}, Language::kEnglish);
    EXPECT_TRUE(has(notes, "The institution was renamed on 1 September 2027: Carthage."));
    EXPECT_TRUE(
        has(notes, "The institution was merged on 1 January 2030 into: Tunis, member number 9."));
    EXPECT_TRUE(has(notes, "Now acting for it: Tunis."));
    EXPECT_TRUE(
        has(verdict_notes(verdict, {}, Language::kFrench), "Agit désormais pour lui : Tunis."));
}

TEST(VerdictSentences, SayWhenEnrolmentWasCommittedTo) {
    auto verdict = late_verdict();
    verdict.subject.enrolment = {wire::CohortKind::kIntake, *parse_day("2025-09-15"),
                                 *parse_instant("2025-10-01T08:00:00Z"), false, false};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish),
                    "Enrolment committed on 1 October 2025, for the intake of 15 September 2025."));
    verdict.subject.enrolment->is_late = true;
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kFrench),
                    "Effectif des inscrits consigné tardivement, le 1er octobre 2025, pour la "
                    "rentrée du 15 septembre 2025."));
    verdict.subject.enrolment->is_void = true;  // nothing else is said of it then
    const auto notes = verdict_notes(verdict, {}, Language::kEnglish);
    EXPECT_TRUE(has(notes,
                    "The commitment to enrolment of 1 October 2025, for the intake of 15 September "
                    "2025, counts as absent: a voided key signed it."));
    EXPECT_FALSE(std::ranges::any_of(
        notes, [](const std::string& note) { return note.starts_with("Enrolment committed"); }));
}

TEST(VerdictSentences, SayOfAnotherSeatThanOneOfAnIntakeWhatItIs) {
    auto verdict = late_verdict();
    verdict.subject.enrolment = {wire::CohortKind::kTransferIn, *parse_day("2025-09-15"),
                                 *parse_instant("2025-10-01T08:00:00Z"), false, false};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish),
                    "The seat is one of those who transferred in."));
    verdict.subject.enrolment->kind = wire::CohortKind::kReadmission;
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kArabic), "المقعد لمن أُعيد قبوله."));
}

TEST(VerdictSentences, SayWhoAttestedItAndWhatThatIsWorth) {
    auto verdict = late_verdict();
    const wire::Name ministry{{}, "الوزارة", "Ministry", "Ministère"};
    const Instant day = *parse_instant("2026-08-01T10:00:00Z");
    verdict.subject.attestations = {{false, {3}, ministry, "TN", day, false},
                                    {true, {3}, ministry, "EG", day, true}};
    const auto english = verdict_notes(verdict, {}, Language::kEnglish);
    EXPECT_TRUE(has(english, "Attested by Ministry (Tunisia) on 1 August 2026."));
    EXPECT_TRUE(has(english,
                    "The attestation of its award by Ministry (Egypt) on 1 August 2026 counts as "
                    "absent: a voided key signed it."));
    for (const bool of_award : {false, true}) {
        for (const bool is_void : {false, true}) {
            verdict.subject.attestations = {{of_award, {3}, ministry, "TN", day, is_void}};
            for (const auto language : {Language::kArabic, Language::kFrench}) {
                const auto notes = verdict_notes(verdict, {}, language);
                EXPECT_TRUE(std::ranges::any_of(
                    notes,
                    [&](const std::string& note) {
                        return note.find(name_in(ministry, language)) != std::string::npos &&
                               note.find("verdict.") == std::string::npos;
                    }))
                    << of_award << is_void;
            }
        }
    }
}

TEST(VerdictSentences, NameTheStateOfAnAuthorityThatIssued) {
    auto verdict = late_verdict();
    verdict.subject.issuer_name = wire::Name{
        {}, "المجلس الأعلى للجامعات", "Supreme Council of Universities", "Conseil supérieur"};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish),
                    "Issued by Supreme Council of Universities."));
    verdict.subject.issuer_state = "LY";
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish),
                    "Issued by Supreme Council of Universities (Libya)."));
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kFrench),
                    "Autorité : Conseil supérieur (Libye)."));
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kArabic),
                    "الجهة المُصدِرة: \u2068المجلس الأعلى للجامعات\u2069 (\u2068ليبيا\u2069)."));
}

TEST(VerdictSentences, ShowWhatIsInvisibleInANameOfTheLedger) {
    auto verdict = late_verdict();
    verdict.subject.issuer_name = wire::Name{{}, "ا", "Tu\u2060nis", "T"};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish), "Issued by Tu\\u{2060}nis."));
}

TEST(VerdictSentences, SayThatItWasStoppedInTime) {
    auto verdict = late_verdict();
    verdict.subject.decisions = {
        {wire::StatusState::kCancelled, {71}, false, {}, std::nullopt, std::nullopt}};
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish),
                    "An officer stopped it before it took effect (entry 71)."));
}

TEST(VerdictSentences, WarnOfAnInstitutionThatHadEndedBeforeTheAward) {
    auto verdict = late_verdict();
    verdict.subject.issuer_changes = {
        {wire::SuccessionKind::kClosed, *parse_day("2020-01-01"), std::nullopt, {}, true}};
    const auto notes = verdict_notes(verdict, {}, Language::kEnglish);
    EXPECT_TRUE(has(notes, "The institution was closed on 1 January 2020."));
    EXPECT_TRUE(has(notes,
                    "Warning: according to the ledger the institution had ended already on the day "
                    "of this award."));
}

TEST(VerdictSentences, HaveATextForEveryChange) {
    for (std::uint8_t kind = 1; kind <= 8; ++kind) {
        auto verdict = late_verdict();
        verdict.subject.issuer_changes = {
            {static_cast<wire::SuccessionKind>(kind), *parse_day("2027-09-01"), std::nullopt, {}}};
        const auto notes = verdict_notes(verdict, {}, Language::kEnglish);
        EXPECT_TRUE(std::ranges::any_of(notes, [](const std::string& note) {
            return note.find(" on 1 September 2027") != std::string::npos;
        })) << int{kind};
    }
}

TEST(VerdictSentences, SayWhyAComplaintIsOneAndNothingOfWhatPassed) {
    const verify::CheckResult failed{verify::Check::kStatus, verify::Outcome::kFailed,
                                     verify::Code::kStatusInForce};
    auto verdict = late_verdict();
    EXPECT_EQ(check_title(failed.check, Language::kEnglish), "In force");
    EXPECT_EQ(check_reason(verdict, failed, Language::kEnglish), "No, by a recorded decision.");
    EXPECT_EQ(check_reason(verdict, {failed.check, verify::Outcome::kPassed, verify::Code::kNone},
                           Language::kEnglish),
              "");
    using enum wire::StatusState;
    const std::pair<wire::StatusState, const char*> kSaid[] = {
        {kReplaced, "No, replaced by document 2093."},
        {kLost, "No, this copy was reported lost."},
        {kRevoked, "No, revoked."},
        {kSuspended, "No, suspended."},
        {kAnnulled, "No, annulled from the start."},
        {kCancelled, "No, cancelled because of an error."}};
    for (const auto& [state, said] : kSaid) {
        verdict.subject.decisions = {
            {state, {2092}, false, {{6}}, std::nullopt, wire::LogIndex{2093}}};
        EXPECT_EQ(check_reason(verdict, failed, Language::kEnglish), said);
        for (const auto language : {Language::kArabic, Language::kFrench}) {
            EXPECT_EQ(check_reason(verdict, failed, language).find("in-force."), std::string::npos);
        }
    }
}

TEST(VerdictSentences, GiveTheReasonThatTheHeadlineGives) {
    auto verdict = late_verdict();
    using enum wire::StatusState;
    verdict.subject.decisions = {{kLost, {7}, false, {{6}}, {}, {}},
                                 {kRevoked, {9}, false, {{6}}, {}, {}},
                                 {kSuspended, {8}, true, {{6}}, {}, {}}};
    EXPECT_EQ(check_reason(
                  verdict,
                  {verify::Check::kStatus, verify::Outcome::kFailed, verify::Code::kStatusInForce},
                  Language::kEnglish),
              "No, revoked.");
}

TEST(VerdictSentences, SayWhoDecidedWhat) {
    auto verdict = late_verdict();
    verdict.subject.known_members = {{{6}, {{}, "الوزارة", "Ministry", "Ministère"}}};
    using enum wire::StatusState;
    for (const auto state : {kReplaced, kLost, kRevoked, kSuspended, kAnnulled, kCancelled}) {
        verdict.subject.decisions = {{state, {2092}, false, {{6}, {9}}, std::nullopt, {}}};
        const auto notes = verdict_notes(verdict, {}, Language::kEnglish);
        EXPECT_TRUE(std::ranges::any_of(notes, [](const std::string& note) {
            return note.ends_with(" by Ministry, member number 9 (entry 2092).");
        })) << wire::to_word(state);
        const bool is_for_one = state == kReplaced || state == kLost || state == kCancelled;
        if (is_for_one) continue;
        verdict.subject.decisions.front().of_award = true;
        EXPECT_TRUE(std::ranges::any_of(
            verdict_notes(verdict, {}, Language::kFrench), [](const std::string& note) {
                return note.starts_with("Diplôme d’origine ") &&
                       note.ends_with(" par Ministère, membre n° 9 (écriture n° 2092).");
            }));
    }
    verdict.subject.decisions = {
        {kReplaced, {2092}, false, {{6}}, std::nullopt, wire::LogIndex{2093}}};
    EXPECT_TRUE(
        has(verdict_notes(verdict, {}, Language::kEnglish), "The new document is number 2093."));
}

TEST(VerdictSentences, DoNotTellOfChecksWithoutOccasion) {
    EXPECT_FALSE(
        is_shown({verify::Check::kPage, verify::Outcome::kNotChecked, verify::Code::kNotNeeded}));
    EXPECT_TRUE(is_shown(
        {verify::Check::kAttestation, verify::Outcome::kNotChecked, verify::Code::kNotInEvidence}));
}

TEST(VerdictSentences, SayOfAnotherLedgersCertificateThatItIsOne) {
    verify::Verdict verdict;
    verdict.headline = verify::Headline::kUnknownIssuer;
    EXPECT_EQ(headline_sentence(verdict, Language::kEnglish),
              "The issuer is not known to this ledger.");
    verdict.checks = {
        {verify::Check::kWellFormed, verify::Outcome::kFailed, verify::Code::kEvidenceOtherLedger}};
    EXPECT_EQ(headline_sentence(verdict, Language::kEnglish),
              "This certificate is of another ledger than the one you believe; it was not "
              "checked.");
}

TEST(VerdictSentences, DateWhatAnAuthorityIssues) {
    auto verdict = late_verdict();
    verdict.subject.terms = wire::Terms{};
    verdict.subject.terms->type = wire::CertificateType::kEquivalency;
    verdict.checks = {{verify::Check::kContent, verify::Outcome::kPassed, verify::Code::kNone}};
    const std::string document = R"({"awardedDate":"2026-06-30T00:00:00Z","credentialSubject":{)"
                                 R"("achievement":{"nameEn":"Equivalency decision"}}})";
    EXPECT_TRUE(has(verdict_notes(verdict, as_bytes(document), Language::kEnglish),
                    "Equivalency decision, dated 30 June 2026."));
}

TEST(VerdictSentences, SaysWhoseCertificateItIsOnceTheContentIsTheRecordedOne) {
    auto verdict = late_verdict();
    const std::string document =
        R"({"awardedDate":"2026-06-30T00:00:00Z","credentialSubject":{"nameLatn":["Amira Trabelsi"],)"
        R"("achievement":{"nameEn":"Bachelor of Computing"}}})";
    const auto shown = [&] {
        const auto notes = verdict_notes(verdict, as_bytes(document), Language::kEnglish);
        return has(notes, "Holder: Amira Trabelsi.") &&
               has(notes, "Bachelor of Computing, awarded on 30 June 2026.");
    };
    EXPECT_FALSE(shown());
    verdict.checks.push_back(
        {verify::Check::kContent, verify::Outcome::kPassed, verify::Code::kNone});
    EXPECT_TRUE(shown());
    verdict.checks.back().outcome = verify::Outcome::kFailed;
    EXPECT_FALSE(shown());
}

/// An institution records what it likes; it must not write on its reader's terminal.
TEST(VerdictSentences, ShowWhatANameHidesInsteadOfObeyingIt) {
    auto verdict = late_verdict();
    verdict.checks.push_back(
        {verify::Check::kContent, verify::Outcome::kPassed, verify::Code::kNone});
    const std::string document =
        R"({"awardedDate":"2026-06-30T00:00:00Z","credentialSubject":{"nameLatn":)"
        R"(["A\u001b[2J\nThis certificate is authentic.\u009b1A\u202eX"],)"
        R"("achievement":{"nameEn":"B\u2069\u0007"}}})";
    const auto notes = verdict_notes(verdict, as_bytes(document), Language::kEnglish);
    EXPECT_TRUE(has(notes,
                    "Holder: A\\u{1B}[2J\\u{0A}This certificate is authentic."
                    "\\u{9B}1A\\u{202E}X."));
    EXPECT_TRUE(has(notes, "B\\u{2069}\\u{07}, awarded on 30 June 2026."));
}

TEST(VerdictSentences, NeverSaysAuthenticOfATestLedgerAlone) {
    using enum verify::Headline;
    EXPECT_EQ(headline_sentence(kAuthentic, true, Language::kEnglish), "Genuine on a TEST ledger");
    EXPECT_EQ(
        headline_sentence(kRecordedLate, true, Language::kEnglish).find("Genuine on a TEST ledger"),
        0U);
    EXPECT_EQ(headline_sentence(kRevoked, true, Language::kEnglish),
              "This certificate was revoked.");
    EXPECT_EQ(headline_sentence(kAuthentic, false, Language::kEnglish),
              "This certificate is authentic.");
}

TEST(VerdictSentences, WarnsOfATestLedgerWhereTheAnswerIsGood) {
    auto verdict = late_verdict();
    verdict.headline = verify::Headline::kAuthentic;
    const std::string warning = text::format("verdict.test-ledger", Language::kEnglish);
    EXPECT_TRUE(has(verdict_notes(verdict, {}, Language::kEnglish), warning));
    verdict.test_ledger = false;
    EXPECT_FALSE(has(verdict_notes(verdict, {}, Language::kEnglish), warning));
}

}  // namespace
}  // namespace tasdiq::prose
