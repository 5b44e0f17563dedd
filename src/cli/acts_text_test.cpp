#include <gtest/gtest.h>

#include "cli/verdict_text.hpp"
#include "verify/acts_at_hand.hpp"
#include "verify/acts_test.hpp"

namespace tasdiq::cli {
namespace {

using namespace verify::acts_test;  // NOLINT(google-build-using-namespace): the fixture's own words
using text::Language;
using verify::ActsAtHand;

TEST(TextOfActs, StandsUnderTheCertificateThatTheyAreAbout) {
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kEquivalency, {80}), as_bytes(document(record(kEquivalency))));
    acts.add(verdict(kAttestation, {90}), as_bytes(document(record(kAttestation))));
    const auto found = acts.about(diploma());
    const std::string text = verdict_text(diploma(), {}, Language::kEnglish, found);
    EXPECT_NE(text.find("\n  Equivalency (partial) by Ministry (Tunisia) on 12 May 2026.\n"),
              std::string::npos)
        << text;
    EXPECT_NE(
        text.find("\n  Apostille by Ministry (Tunisia) on 12 May 2026. An apostille certifies "
                  "signature, capacity and seal, not content.\n"),
        std::string::npos)
        << text;
    // What it says itself stands in its own verdict.
    const std::string own = verdict_text(
        verdict(kEquivalency, {80}), as_bytes(document(record(kEquivalency))), Language::kEnglish);
    EXPECT_NE(own.find("\n  Equivalency (partial), decision 2026/311 of 12 May 2026.\n"),
              std::string::npos)
        << own;
    // The headline is what it was.
    const std::string without = verdict_text(diploma(), {}, Language::kEnglish);
    EXPECT_EQ(text.substr(0, text.find('\n')), without.substr(0, without.find('\n')));
}

/// The check is of what the evidence has; it must not sound as if nothing lay beside the diploma.
TEST(TextOfActs, IsNotDeniedByACheckInTheSameVerdict) {
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kAttestation, {90}), as_bytes(document(record(kAttestation))));
    verify::Verdict about = diploma();
    about.checks[static_cast<std::size_t>(verify::Check::kAttestation) - 1] = {
        verify::Check::kAttestation, verify::Outcome::kNotChecked, verify::Code::kNotInEvidence};
    const std::pair<Language, const char*> kSaid[] = {
        {Language::kArabic, "لا تصديق في الدليل المرفق بها."},
        {Language::kEnglish, "Its own evidence has no attestation."},
        {Language::kFrench, "Sa propre preuve ne contient pas d’attestation."}};
    for (const auto& [language, said] : kSaid) {
        const std::string text = verdict_text(about, {}, language, acts.about(about));
        EXPECT_NE(text.find(said), std::string::npos) << text;
    }
}

TEST(TextOfActs, SaysHowOldTheirStatusIs) {
    const ActsAtHand acts = old_equivalency();
    const auto found = acts.about(diploma());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(prose::act_sentence(*found[0], {}, Language::kEnglish).find("Its status is as of"),
              std::string::npos);
}

}  // namespace
}  // namespace tasdiq::cli
