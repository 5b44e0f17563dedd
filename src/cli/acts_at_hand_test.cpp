#include "cli/acts_at_hand.hpp"

#include <gtest/gtest.h>

#include "certificate/make.hpp"
#include "cli/verdict_text.hpp"
#include "codec/jcs.hpp"

namespace tasdiq::cli {
namespace {

using text::Language;
using verify::Headline;

const std::string kOrigin = "ledger.example/arab/4554ec892350b428aba030d5809c4719";
constexpr wire::LogIndex kDiploma{57};

certificate::Record record(wire::CertificateType type, std::string origin = kOrigin) {
    certificate::Record record;
    record.holder.names = {{"Amira Trabelsi", certificate::Script::kLatn}};
    record.award.type = type;
    record.award.title = {"ا", "Act", "Acte"};
    record.award.awarded_on = *parse_day("2026-05-20");
    const Day date = *parse_day("2026-05-12");
    if (type == wire::CertificateType::kEquivalency) {
        record.equivalency =
            certificate::Equivalency{certificate::Outcome::kPartial, "2026/311", date, {}, {}, {}};
    } else {
        record.attestation = certificate::Attestation{certificate::AttestationKind::kApostille,
                                                      "17",
                                                      date,
                                                      {"", "Tunis", ""},
                                                      {"", "Rector", ""}};
    }
    record.target = certificate::Target{kDiploma, std::move(origin)};
    return record;
}

std::string document(const certificate::Record& record) {
    const auto made = certificate::make_credential(
        record, {{6}, "وزارة", "Ministry", "Ministère", "ledger.example"},
        certificate::make_uuid(std::array<std::uint8_t, 16>{}));
    EXPECT_TRUE(made) << made.error().field;
    return made->text();
}

/// All checks passed.
verify::Verdict verdict(wire::CertificateType type, wire::LogIndex index) {
    verify::Verdict verdict;
    verdict.headline = Headline::kAuthentic;
    for (std::uint8_t check = 1; check <= verify::kCheckCount; ++check) {
        verdict.checks.push_back(
            {static_cast<verify::Check>(check), verify::Outcome::kPassed, verify::Code::kNone});
    }
    wire::Terms terms;
    terms.type = type;
    verdict.subject.terms = terms;
    verdict.subject.index = index;
    verdict.subject.issuer_name = wire::Name{{}, "وزارة", "Ministry", "Ministère"};
    verdict.subject.as_of = parse_instant("2026-07-01T09:00:00Z");
    return verdict;
}

verify::Verdict diploma() { return verdict(wire::CertificateType::kDegree, kDiploma); }

/// How many acts a diploma has beside it when this one was added.
std::size_t count(const verify::Verdict& act, const certificate::Record& of,
                  const verify::Verdict& about = diploma()) {
    ActsAtHand acts{kOrigin};
    acts.add(act, as_bytes(document(of)));
    return acts.about(about).size();
}

constexpr auto kEquivalency = wire::CertificateType::kEquivalency;
constexpr auto kAttestation = wire::CertificateType::kAttestation;

TEST(ActsAtHand, AreListedUnderTheCertificateThatTheyAreAbout) {
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kEquivalency, {80}), as_bytes(document(record(kEquivalency))));
    acts.add(verdict(kAttestation, {90}), as_bytes(document(record(kAttestation))));
    const auto found = acts.about(diploma());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(codec::to_jcs(to_json(*found[0])),
              R"({"authority":{"ar":"وزارة","en":"Ministry","fr":"Ministère"},"date":"2026-05-12",)"
              R"("index":80,"number":"2026/311","outcome":"partial","type":"equivalency"})");
    EXPECT_EQ(codec::to_jcs(to_json(*found[1])),
              R"({"authority":{"ar":"وزارة","en":"Ministry","fr":"Ministère"},"date":"2026-05-12",)"
              R"("index":90,"kind":"apostille","number":"17","type":"attestation"})");
    const std::string text = verdict_text(diploma(), {}, Language::kEnglish, found);
    EXPECT_NE(text.find("\n  Equivalency (partial) by Ministry on 12 May 2026.\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("\n  Apostille by Ministry on 12 May 2026. An apostille certifies "
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
TEST(ActsAtHand, AreNotDeniedByACheckInTheSameVerdict) {
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

TEST(ActsAtHand, AreAboutThatCertificateOfThatLedgerAlone) {
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency)), 1U);
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency),
                    verdict(wire::CertificateType::kDegree, {58})),
              0U);
    const std::string other = "ledger.example/arab/" + std::string(32, '0');
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency, other)), 0U);
    auto paper = record(kEquivalency);
    paper.target.reset();
    paper.document = certificate::Document{{{"TH", certificate::Script::kLatn}},
                                           "DE",
                                           {{"MSc", certificate::Script::kLatn}},
                                           std::nullopt,
                                           std::nullopt};
    EXPECT_EQ(count(verdict(kEquivalency, {80}), paper), 0U);
}

TEST(ActsAtHand, CountOnlyWhileTheyAreAuthentic) {
    using enum Headline;
    for (const Headline headline :
         {kAltered, kUnknownIssuer, kNotRecorded, kVoid, kNotYetInEffect, kAnnulled, kRevoked,
          kCancelled, kSuspended, kReplaced, kNotAccredited, kExpired, kCouldNotCheck,
          kReportedLost, kProvisional}) {
        auto act = verdict(kEquivalency, {80});
        act.headline = headline;
        EXPECT_EQ(count(act, record(kEquivalency)), 0U) << verify::to_string(headline);
    }
    for (const Headline headline : {kFromRegisters, kRecordedLate, kDuplicate, kAuthentic}) {
        auto act = verdict(kAttestation, {80});
        act.headline = headline;
        EXPECT_EQ(count(act, record(kAttestation)), 1U) << verify::to_string(headline);
    }
    // A diploma is no act, whatever the file beside it says; nor is what cannot be read.
    EXPECT_EQ(count(diploma(), record(kEquivalency)), 0U);
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kEquivalency, {80}), as_bytes("{}"));
    acts.add(verdict(kEquivalency, {80}), {});  // single facts: it may be anything that is shown
    EXPECT_TRUE(acts.about(diploma()).empty());
}

TEST(ActsAtHand, AreNotLentToADocumentThatOnlyHasTheEvidence) {
    using enum verify::Check;
    for (const auto check : {kWellFormed, kIntegrity, kContent, kRecorded, kCheckpoint}) {
        auto forged = diploma();
        forged.checks[static_cast<std::size_t>(check) - 1].outcome = verify::Outcome::kFailed;
        EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), forged), 0U)
            << verify::to_string(check);
    }
    auto facts = diploma();  // single facts have no proof of their own
    facts.checks[static_cast<std::size_t>(kIntegrity) - 1].outcome = verify::Outcome::kNotChecked;
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), facts), 1U);
    auto revoked = diploma();
    revoked.headline = Headline::kRevoked;
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), revoked), 1U);
}

TEST(ActsAtHand, SayHowOldTheirStatusIs) {
    auto old = verdict(kEquivalency, {80});
    old.stale = true;
    ActsAtHand acts{kOrigin};
    acts.add(old, as_bytes(document(record(kEquivalency))));
    const auto found = acts.about(diploma());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(to_json(*found[0]).find("statusAsOf")->as_string(), "2026-07-01T09:00:00Z");
    EXPECT_NE(prose::act_sentence(*found[0], Language::kEnglish).find("Its status is as of"),
              std::string::npos);
}

}  // namespace
}  // namespace tasdiq::cli
