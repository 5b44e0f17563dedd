#include <gtest/gtest.h>

#include "campus.hpp"
#include "cli/answers_test.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/issue_batch.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/to_sign.hpp"
#include "crypto/multikey.hpp"

// What becomes of a batch of which the ledger takes one issue and refuses the other.
namespace tasdiq::judgement {
namespace {

/// Two graduates of two days, signed by both officers.
struct Batch : testing::Test {
    Batch() {
        cli::Parties parties;
        parties.own.chain = campus.chain;
        parties.own.origin = campus.origin();
        parties.own.institution = kManar;
        parties.own.names = {{*parse_day("1986-01-01"), "UTM", "UTM", "UTM"}};
        parties.own.accreditation = 1;
        std::vector<intake::Graduate> graduates;
        for (const char* day : {"2026-06-20", "2026-06-21"}) {
            certificate::Record record = Campus::graduate();
            record.award.awarded_on = *parse_day(day);
            graduates.push_back({2, std::string{"A-"} + day, std::move(record)});
        }
        std::vector<cli::SignerKey> signers;
        for (const Signer& signer : campus.signers) {
            signers.emplace_back(signer, crypto::to_multikey(campus.keys.at(signer).public_key()));
        }
        const auto prepared = cli::prepare_batch(
            path, {.parties = &parties,
                   .graduates = std::move(graduates),
                   .signers = signers,
                   .assertion_ordinal = Campus::kAssertion,
                   .assertion_key = &campus.keys.at({kManar, Campus::kAssertion}),
                   .created = campus.now,
                   .valid_s = 3'600,
                   .has_status_lists = false});
        EXPECT_TRUE(prepared);
        const auto to_sign = cli::read_to_sign(path + "/to-sign.cbor");
        EXPECT_TRUE(to_sign);
        for (const Signer& signer : campus.signers) {
            const auto signatures = cli::sign_batch(*to_sign, campus.keys.at(signer));
            EXPECT_TRUE(signatures);
            folder.write("june/signatures/" + cli::signatures_name(signer), signatures->second);
        }
    }

    /// A page of evidence; which certificate it is of nobody looks at here.
    [[nodiscard]] std::string page() const {
        return R"({"evidence":[)" + wire::encode_unopened(campus.evidence(other)) + "]}";
    }
    [[nodiscard]] bool has_evidence(const std::string& serial) const {
        return cli::exists(path + "/certificates/" + serial + "/evidence.json");
    }
    /// What the command says on both channels.
    [[nodiscard]] std::string submit(cli::test::Answers& node, int exit_code) const {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        EXPECT_EQ(cli::run({{"issue", "submit", path, "--node", node.url()}}), exit_code);
        std::fflush(stdout);
        std::fflush(stderr);
        return testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
    }

    Campus campus;
    const Held other = campus.hold(Campus::graduate());
    const cli::test::Folder folder;
    const std::string path = folder.file("june");
};

constexpr const char* kFirst = R"({"index":40,"certificateCount":1})";
constexpr const char* kSecond = R"({"index":50,"certificateCount":1})";
constexpr const char* kProblem = R"({"title":"refused","detail":"no alternative"})";

TEST_F(Batch, HasEvidenceOfWhatWasRecordedThoughTheRestIsRefused) {
    // The second run finds all as it was; the third one is after the reason has gone.
    for (const unsigned status : {201U, 200U}) {
        cli::test::Answers node{{{status, kFirst}, {422, kProblem}, {200, page()}}};
        const std::string said = submit(node, cli::kExitRefused);
        EXPECT_NE(said.find("Recorded: 1 certificate;"), std::string::npos) << said;
        EXPECT_NE(said.find("Issue 2 was refused, 1 certificate: the node answered 422: refused "
                            "(no alternative)"),
                  std::string::npos)
            << said;
        EXPECT_TRUE(has_evidence("A-2026-06-20"));
        EXPECT_FALSE(has_evidence("A-2026-06-21"));
        EXPECT_EQ(as_text(folder.read("june/refused.csv")), "serial\nA-2026-06-21\n");
    }
    cli::test::Answers node{{{200, kFirst}, {201, kSecond}, {200, page()}, {200, page()}}};
    EXPECT_NE(submit(node, cli::kExitOk).find("Recorded: 2 certificates;"), std::string::npos);
    EXPECT_TRUE(has_evidence("A-2026-06-21"));
    EXPECT_FALSE(cli::exists(path + "/refused.csv"));
}

TEST_F(Batch, GoesOnBehindAnIssueThatIsRefused) {
    cli::test::Answers node{{{422, kProblem}, {201, kSecond}, {200, page()}}};
    EXPECT_NE(submit(node, cli::kExitRefused).find("Issue 1 was refused"), std::string::npos);
    EXPECT_FALSE(has_evidence("A-2026-06-20"));
    EXPECT_TRUE(has_evidence("A-2026-06-21"));
}

TEST_F(Batch, IsRefusedAsAWhole) {
    cli::test::Answers node{{{422, kProblem}, {422, kProblem}}};
    const std::string said = submit(node, cli::kExitRefused);
    EXPECT_EQ(said.find("Recorded"), std::string::npos) << said;
    EXPECT_NE(said.find("Issue 2 was refused"), std::string::npos) << said;
}

}  // namespace
}  // namespace tasdiq::judgement
