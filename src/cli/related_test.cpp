#include "cli/related.hpp"

#include <gtest/gtest.h>

#include "cli/command.hpp"

namespace tasdiq::cli {
namespace {

/// What `issue prepare` takes the words for; a fault as its sentence.
Result<BatchKind, std::string> parse(std::vector<std::string_view> words) {
    for (const Command& command : issue_commands()) {
        if (command.name != "issue prepare") continue;
        TRY(const Arguments arguments, Arguments::parse(words, command.options));
        return parse_batch_kind(arguments);
    }
    return std::unexpected{std::string{"there is no such command"}};
}
std::string fault(std::vector<std::string_view> words) {
    const auto kind = parse(std::move(words));
    return kind ? "none" : kind.error();
}

TEST(BatchKind, IsADegreeWithoutRelationIfNothingIsSaid) {
    const auto kind = parse({"june.csv"});
    ASSERT_TRUE(kind);
    EXPECT_FALSE(kind->type || kind->relation || kind->capture);
}

TEST(BatchKind, IsWhatItsWordsSay) {
    const auto kind = parse({"--type", "transcript", "--relation", "of-award", "--capture",
                             "reconstructed", "--node", "URL", "--courses", "c.csv"});
    ASSERT_TRUE(kind) << kind.error();
    EXPECT_EQ(kind->type, wire::CertificateType::kTranscript);
    EXPECT_EQ(kind->relation, wire::RelationCode::kOfAward);
    EXPECT_EQ(kind->capture, wire::Capture::kReconstructed);
}

TEST(BatchKind, NamesTheWordsThatAreKnown) {
    EXPECT_EQ(fault({"--type", "diploma"}),
              "--type takes degree, provisional, transcript, supplement, secondary, vocational, "
              "attendance, micro-credential, licence, honorary, not diploma");
    EXPECT_EQ(fault({"--type", "equivalency"}).find("--type takes degree"), 0U);
    EXPECT_EQ(fault({"--relation", "of"}),
              "--relation takes of-award, replaces, duplicate, finalises, annotates, restores, "
              "not of");
    EXPECT_EQ(fault({"--capture", "late"}), "--capture takes register, reconstructed, not late");
}

TEST(BatchKind, IsRefusedWhereItsPartsDoNotGoTogether) {
    EXPECT_EQ(fault({"--of", "5"}), "--of needs --relation");
    EXPECT_EQ(fault({"--relation", "duplicate"}),
              "--relation duplicate needs --node URL, for the earlier certificates");
    EXPECT_EQ(fault({"--relation", "replaces", "--node", "URL", "--cohort", "l1=1"}),
              "--relation replaces goes with no --cohort: only awards stand on seats");
    EXPECT_EQ(fault({"--relation", "finalises", "--node", "URL", "--capture", "register"}),
              "--relation finalises goes with no --capture: it is that of the earlier certificate");
    EXPECT_EQ(fault({"--relation", "of-award", "--node", "URL"}),
              "--relation of-award is for transcripts and supplements: say --type transcript or "
              "--type supplement");
    EXPECT_EQ(fault({"--relation", "annotates", "--node", "URL", "--type", "degree"}),
              "--relation annotates is for transcripts and supplements: say --type transcript or "
              "--type supplement");
    EXPECT_EQ(fault({"--relation", "finalises", "--node", "URL", "--type", "provisional"}),
              "--relation finalises makes no provisional certificate, it makes a parchment of one");
    EXPECT_EQ(fault({"--courses", "c.csv"}),
              "--courses is for transcripts and supplements (--type transcript)");
    EXPECT_EQ(fault({"--type", "transcript"}),
              "a transcript lists courses: --courses FILE has them");
}

TEST(BatchKind, MayHaveCoursesWhereTheTypeIsTheEarlierOnes) {
    EXPECT_EQ(fault({"--relation", "duplicate", "--node", "URL", "--courses", "c.csv"}), "none");
    EXPECT_EQ(fault({"--type", "supplement", "--courses", "c.csv"}), "none");
    EXPECT_EQ(fault({"--type", "supplement"}), "none");
    EXPECT_EQ(fault({"--relation", "annotates", "--node", "URL", "--type", "transcript"}), "none");
}

}  // namespace
}  // namespace tasdiq::cli
