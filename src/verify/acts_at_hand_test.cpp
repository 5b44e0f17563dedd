#include "verify/acts_at_hand.hpp"

#include "codec/jcs.hpp"
#include "verify/acts_test.hpp"

namespace tasdiq::verify {
namespace {

using namespace acts_test;  // NOLINT(google-build-using-namespace): the fixture's own words

/// How many acts a diploma has beside it when this one was added.
std::size_t count(const Verdict& act, const certificate::Record& of,
                  const Verdict& about = diploma()) {
    ActsAtHand acts{kOrigin};
    acts.add(act, as_bytes(document(of)));
    return acts.about(about).size();
}

TEST(ActsAtHand, AreListedUnderTheCertificateThatTheyAreAbout) {
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kEquivalency, {80}), as_bytes(document(record(kEquivalency))));
    acts.add(verdict(kAttestation, {90}), as_bytes(document(record(kAttestation))));
    const auto found = acts.about(diploma());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(codec::to_jcs(to_json(*found[0])),
              R"({"authority":{"ar":"وزارة","en":"Ministry","fr":"Ministère"},"date":"2026-05-12",)"
              R"("index":80,"number":"2026/311","outcome":"partial","state":"TN",)"
              R"("type":"equivalency"})");
    EXPECT_EQ(codec::to_jcs(to_json(*found[1])),
              R"({"authority":{"ar":"وزارة","en":"Ministry","fr":"Ministère"},"date":"2026-05-12",)"
              R"("index":90,"kind":"apostille","number":"17","state":"TN",)"
              R"("type":"attestation"})");
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
        EXPECT_EQ(count(act, record(kEquivalency)), 0U) << to_string(headline);
    }
    for (const Headline headline : {kFromRegisters, kRecordedLate, kDuplicate, kAuthentic}) {
        auto act = verdict(kAttestation, {80});
        act.headline = headline;
        EXPECT_EQ(count(act, record(kAttestation)), 1U) << to_string(headline);
    }
    // A diploma is no act, whatever the file beside it says; nor is what cannot be read.
    EXPECT_EQ(count(diploma(), record(kEquivalency)), 0U);
    ActsAtHand acts{kOrigin};
    acts.add(verdict(kEquivalency, {80}), as_bytes("{}"));
    acts.add(verdict(kEquivalency, {80}), {});  // single facts: it may be anything that is shown
    EXPECT_TRUE(acts.about(diploma()).empty());
}

TEST(ActsAtHand, AreNotLentToADocumentThatOnlyHasTheEvidence) {
    using enum Check;
    for (const auto check : {kWellFormed, kIntegrity, kContent, kRecorded, kCheckpoint}) {
        auto forged = diploma();
        forged.checks[static_cast<std::size_t>(check) - 1].outcome = Outcome::kFailed;
        EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), forged), 0U)
            << to_string(check);
    }
    auto facts = diploma();  // single facts have no proof of their own
    facts.checks[static_cast<std::size_t>(kIntegrity) - 1].outcome = Outcome::kNotChecked;
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), facts), 1U);
    auto revoked = diploma();
    revoked.headline = Headline::kRevoked;
    EXPECT_EQ(count(verdict(kEquivalency, {80}), record(kEquivalency), revoked), 1U);
}

/// The numbers of those that a diploma has beside it.
std::vector<std::uint64_t> numbers(const ActsAtHand& acts) {
    std::vector<std::uint64_t> all;
    for (const ActAtHand* act : acts.about(diploma())) all.push_back(act->certificate.value);
    return all;
}

TEST(ActsAtHand, AreListedOnceHoweverManyCopiesThereAre) {
    ActsAtHand acts{kOrigin};
    auto newer = verdict(kEquivalency, {80});
    newer.subject.as_of = parse_instant("2026-08-01T09:00:00Z");
    newer.stale = true;
    for (const auto& copy : {verdict(kEquivalency, {80}), newer, verdict(kEquivalency, {80})}) {
        acts.add(copy, as_bytes(document(record(kEquivalency))));
    }
    acts.add(verdict(kAttestation, {70}), as_bytes(document(record(kAttestation))));
    EXPECT_EQ(numbers(acts), (std::vector<std::uint64_t>{70, 80}));
    // With the newest that is known of it.
    EXPECT_EQ(acts.about(diploma())[1]->as_of, newer.subject.as_of);
}

TEST(ActsAtHand, AreLeftOutWhereNewerEvidenceEndsThem) {
    auto revoked = verdict(kEquivalency, {80});
    revoked.headline = Headline::kRevoked;
    revoked.checks[static_cast<std::size_t>(Check::kStatus) - 1].outcome = Outcome::kFailed;
    for (const bool is_newer : {true, false}) {
        for (const bool is_first : {true, false}) {
            revoked.subject.as_of =
                parse_instant(is_newer ? "2026-07-02T09:00:00Z" : "2026-06-30T09:00:00Z");
            ActsAtHand acts{kOrigin};
            const std::string text = document(record(kEquivalency));
            if (is_first) acts.add(revoked, as_bytes(text));
            acts.add(verdict(kEquivalency, {80}), as_bytes(text));
            if (!is_first) acts.add(revoked, {});  // its evidence alone tells
            EXPECT_EQ(numbers(acts).size(), is_newer ? 0U : 1U) << is_newer << is_first;
        }
    }
}

TEST(ActsAtHand, AreLeftOutWhereAnotherReplacesThem) {
    using enum wire::RelationCode;
    for (const auto code : {kReplaces, kDuplicate, kAnnotates, kOfAward}) {
        auto later = verdict(kEquivalency, {90});
        later.subject.relation = wire::Relation{code, {80}};
        const std::string text = document(record(kEquivalency));
        const bool replaces = code == kReplaces || code == kDuplicate;
        for (const bool is_first : {true, false}) {
            ActsAtHand acts{kOrigin};
            if (is_first) acts.add(later, as_bytes(text));
            acts.add(verdict(kEquivalency, {80}), as_bytes(text));
            if (!is_first) acts.add(later, as_bytes(text));
            EXPECT_EQ(numbers(acts), replaces ? (std::vector<std::uint64_t>{90})
                                              : (std::vector<std::uint64_t>{80, 90}));
        }
        // One that a voided key signed, or that is not in effect yet, takes nobody's place.
        auto is_void = later;
        is_void.headline = Headline::kVoid;
        is_void.checks[static_cast<std::size_t>(Check::kSigners) - 1].outcome = Outcome::kFailed;
        auto is_early = later;
        is_early.headline = Headline::kNotYetInEffect;
        for (const auto& one : {is_void, is_early}) {
            ActsAtHand acts{kOrigin};
            acts.add(verdict(kEquivalency, {80}), as_bytes(text));
            acts.add(one, as_bytes(text));
            EXPECT_EQ(numbers(acts), (std::vector<std::uint64_t>{80}));
        }
        // Nor does one of which newer evidence says so.
        is_void.subject.as_of = parse_instant("2026-07-02T09:00:00Z");
        ActsAtHand acts{kOrigin};
        for (const auto& one : {verdict(kEquivalency, {80}), later, is_void}) {
            acts.add(one, as_bytes(text));
        }
        EXPECT_EQ(numbers(acts), (std::vector<std::uint64_t>{80}));
    }
}

TEST(ActsAtHand, SayHowOldTheirStatusIs) {
    const ActsAtHand acts = old_equivalency();
    const auto found = acts.about(diploma());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(to_json(*found[0]).find("statusAsOf")->as_string(), "2026-07-01T09:00:00Z");
}

}  // namespace
}  // namespace tasdiq::verify
