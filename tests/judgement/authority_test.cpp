#include <gtest/gtest.h>
#include <sstream>

#include "campus.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/signing.hpp"
#include "verify/acts_at_hand.hpp"

// Verdicts on what a ministry issues itself, and whether a diploma beside it lists it.
namespace tasdiq::judgement {
namespace {

using certificate::Script;
using verify::Check;
using verify::CheckResult;
using verify::Code;
using verify::Headline;
using verify::Outcome;
using verify::Verdict;
using wire::CertificateType;
using wire::StatusState;

const std::vector<Signer> kOfficers{kMinistry1, kMinistry2};

/// El Manar has issued a diploma; the ministry issues what comes next.
struct Ministry : Campus {
    static constexpr Ordinal kStamp{2};  // the key that signs its credentials

    Held diploma;
    Verdict of_diploma;

    Ministry() : diploma{hold(graduate())}, of_diploma{judge(diploma)} {
        ENSURE(send(wire::AddKey{kMinistry, next_key(kMinistry, Role::kAssertion)}, kOfficers));
        issuer = {kMinistry, "MESRS", "MESRS", "MESRS", "ledger.example"};
        accreditation.reset();
        signers = kOfficers;
        assertion_keys = {kStamp};
    }

    /// About the diploma, until a test says otherwise.
    [[nodiscard]] certificate::Record equivalency() const {
        certificate::Record record;
        record.holder.names = {{"Amira Trabelsi", Script::kLatn}};
        record.award.type = CertificateType::kEquivalency;
        record.award.title = {"قرار معادلة", "Equivalency decision", "Décision d’équivalence"};
        record.award.level = 6;
        record.award.field = 613;
        record.award.awarded_on = *parse_day("2026-06-30");
        record.equivalency = certificate::Equivalency{
            certificate::Outcome::kPartial, "2026/311", *parse_day("2026-06-29"), {}, {}, {}};
        record.target = certificate::Target{diploma.index, origin()};
        return record;
    }
    [[nodiscard]] certificate::Record apostille() const {
        certificate::Record record = equivalency();
        record.award.type = CertificateType::kAttestation;
        record.award.title = {"تصديق", "Attestation", "Attestation"};
        record.equivalency.reset();
        record.attestation = certificate::Attestation{certificate::AttestationKind::kApostille,
                                                      "17",
                                                      *parse_day("2026-06-29"),
                                                      {"", "Tunis", ""},
                                                      {"", "Rector", ""}};
        return record;
    }
    /// A degree that is on no ledger.
    [[nodiscard]] certificate::Record of_paper() const {
        certificate::Record record = equivalency();
        record.target.reset();
        record.document = certificate::Document{
            {{"TH", Script::kLatn}}, "DE", {{"MSc", Script::kLatn}}, std::nullopt, std::nullopt};
        return record;
    }
    Held decide(const certificate::Record& record) { return hold(record, std::nullopt, kStamp); }

    /// Whether the diploma lists what a verdict says of `document`.
    [[nodiscard]] bool lists(const Verdict& act, std::string_view document) const {
        verify::ActsAtHand acts{origin()};
        acts.add(act, as_bytes(document));
        return !acts.about(of_diploma).empty();
    }
    [[nodiscard]] bool lists(const Held& act) const { return lists(judge(act), act.credential); }
};

void expect_authentic(const Verdict& verdict) {
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    for (const CheckResult& result : verdict.checks) {
        const bool needless = result.check == Check::kPage || result.check == Check::kAccredited ||
                              result.check == Check::kAttestation ||
                              result.check == Check::kEnrolment;
        EXPECT_EQ(result.outcome, needless ? Outcome::kNotChecked : Outcome::kPassed)
            << verify::to_string(result.check) << ": " << verify::to_string(result.code);
    }
    EXPECT_EQ(verdict.result_of(Check::kAccredited).code, Code::kNotNeeded);
    ASSERT_TRUE(verdict.subject.issuer_name);
    EXPECT_EQ(verdict.subject.issuer_name->en, "MESRS");
    EXPECT_EQ(verdict.subject.issuer_state, "TN");
    EXPECT_FALSE(verdict.subject.authority_name);  // nobody accredited it
}

TEST(Act, IsAuthenticWithoutAnAccreditation) {
    Ministry ministry;
    for (const auto& record : {ministry.equivalency(), ministry.apostille()}) {
        const Held held = ministry.decide(record);
        expect_authentic(ministry.judge(held));
        EXPECT_TRUE(ministry.lists(held));
    }
}

TEST(Act, OfAPaperDegreeIsAuthenticAndAboutNoCertificate) {
    Ministry ministry;
    const Held held = ministry.decide(ministry.of_paper());
    expect_authentic(ministry.judge(held));
    EXPECT_FALSE(ministry.lists(held));
}

TEST(Act, OfAnotherLedgersCertificateIsNotAboutTheOneOfThatNumberHere) {
    Ministry ministry;
    auto record = ministry.equivalency();
    record.target->origin = "ledger.example/test/" + std::string(32, '0');
    const Held held = ministry.decide(record);
    expect_authentic(ministry.judge(held));
    EXPECT_FALSE(ministry.lists(held));
}

TEST(Act, IsVoidOnceAnOfficersKeyWas) {
    Ministry ministry;
    const Held held = ministry.decide(ministry.equivalency());
    ASSERT_TRUE(
        ministry.send(wire::VoidKey{kTunisia, kMinistry, {1}, held.index}, {kVote1, kVote2}));
    EXPECT_EQ(ministry.judge(held).headline, Headline::kVoid);
    EXPECT_FALSE(ministry.lists(held));
}

TEST(Act, IsNotGenuineWhenTheKeyOfItsProofIsVoid) {
    Ministry ministry;
    const Held held = ministry.decide(ministry.equivalency());
    ASSERT_TRUE(ministry.send(wire::VoidKey{kTunisia, kMinistry, Ministry::kStamp, held.index},
                              {kVote1, kVote2}));
    const Verdict verdict = ministry.judge(held);
    EXPECT_FALSE(is_positive(verdict));
    EXPECT_EQ(verdict.result_of(Check::kAssertionKey).code, Code::kKeyVoided);
    EXPECT_FALSE(ministry.lists(held));
}

TEST(Act, ThatWasTakenBackIsSaidToBeAndIsNotListed) {
    for (const auto& [state, headline] : {std::pair{StatusState::kAnnulled, Headline::kAnnulled},
                                          {StatusState::kRevoked, Headline::kRevoked},
                                          {StatusState::kSuspended, Headline::kSuspended}}) {
        Ministry ministry;
        const Held held = ministry.decide(ministry.equivalency());
        ASSERT_TRUE(ministry.send(wire::Status{kMinistry, state, {held.index}}, kOfficers));
        EXPECT_EQ(ministry.judge(held).headline, headline);
        EXPECT_FALSE(ministry.lists(held));
    }
}

TEST(Act, WithAnotherTargetIsAltered) {
    Ministry ministry;
    auto record = ministry.equivalency();
    record.target->certificate = {ministry.diploma.index.value + 100};
    const Held held = ministry.decide(record);
    const std::string evidence = wire::encode(ministry.evidence(held));
    // Somebody turns it to the diploma that it is not about …
    std::string document = held.credential;
    const std::string from = std::to_string(record.target->certificate.value);
    const std::string to = std::to_string(ministry.diploma.index.value);
    const std::size_t at = document.find(":" + from + ",");
    ASSERT_NE(at, std::string::npos);
    document.replace(at + 1, from.size(), to);
    Verdict verdict = ministry.judge(document, evidence);
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).code, Code::kProofInvalid);
    EXPECT_EQ(verdict.result_of(Check::kContent).code, Code::kCommitmentDiffers);
    EXPECT_FALSE(ministry.lists(verdict, document));
    // … and has the ministry's key, but not its officers'.
    const Held forged = ministry.decide(ministry.equivalency());
    verdict = ministry.judge(forged.credential, evidence);
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).outcome, Outcome::kPassed);
    EXPECT_EQ(verdict.result_of(Check::kContent).code, Code::kCommitmentDiffers);
    EXPECT_FALSE(ministry.lists(verdict, forged.credential));
}

TEST(Act, StandsInTheJsonOfItsDiplomaOnly) {
    Ministry ministry;
    // The command goes by the clock, and evidence may not be of the future.
    ministry.now = std::max(ministry.now, cli::now());
    const Held act = ministry.decide(ministry.equivalency());
    const cli::test::Folder folder;
    const auto keep = [&](const std::string& name, const Held& held) {
        const std::string path = folder.file(name);
        folder.write(name + "/credential.json", as_bytes(held.credential));
        folder.write(name + "/evidence.json", as_bytes(wire::encode(ministry.evidence(held))));
        return path;
    };
    const std::string of_act = keep("act", act);
    ministry.assertion_keys = {Campus::kAssertion};
    const std::string of_diploma = keep("diploma", ministry.diploma);
    folder.write("trust-root.json", as_bytes(wire::encode(ministry.trust_root())));
    const auto verified = [&](std::vector<std::string_view> paths) {
        const std::string root = folder.file("trust-root.json");
        std::vector<std::string_view> words{"verify", "--json", "--trust-root", root};
        words.insert(words.end(), paths.begin(), paths.end());
        testing::internal::CaptureStdout();
        EXPECT_EQ(cli::run(words), cli::kExitTestLedgerOnly);
        std::vector<codec::Json> answers;
        std::istringstream lines{testing::internal::GetCapturedStdout()};
        for (std::string line; std::getline(lines, line);) {
            answers.push_back(*codec::parse_json(as_bytes(line)));
        }
        return answers;
    };
    const auto both = verified({of_diploma, of_act});
    ASSERT_EQ(both.size(), 2U);
    ASSERT_NE(both[0].find("acts"), nullptr);
    EXPECT_EQ(codec::to_jcs(*both[0].find("acts")),
              R"([{"authority":{"ar":"MESRS","en":"MESRS","fr":"MESRS"},"date":"2026-06-29",)"
              R"("index":)" +
                  std::to_string(act.index.value) +
                  R"(,"number":"2026/311","outcome":"partial","state":"TN",)"
                  R"("type":"equivalency"}])");
    EXPECT_EQ(both[1].find("acts"), nullptr);
    const auto alone = verified({of_diploma});
    ASSERT_EQ(alone.size(), 1U);
    EXPECT_EQ(alone[0].find("acts"), nullptr);
    // But for what lies beside it nothing is different.
    codec::Json without = both[0];
    without.erase("acts");
    EXPECT_EQ(codec::to_jcs(without), codec::to_jcs(alone[0]));
}

}  // namespace
}  // namespace tasdiq::judgement
