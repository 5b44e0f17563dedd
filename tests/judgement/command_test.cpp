#include "cli/command.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "campus.hpp"
#include "cli/answers_test.hpp"
#include "cli/exit_code.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/signing.hpp"

// What the command says of files that change under it, and of evidence that a node renews.
namespace tasdiq::judgement {
namespace {

/// A file that changes as soon as it was read: a pipe that holds `first`, with a file that holds
/// `second` put in its place before the reader sees the end of it.
class Swapped {
  public:
    Swapped(const cli::test::Folder& folder, const std::string& name, std::string_view first,
            std::string_view second) {
        const std::string path = folder.file(name);
        folder.write(name + ".second", as_bytes(second));
        EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
        const int pipe = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        EXPECT_EQ(::write(pipe, first.data(), first.size()), std::ssize(first));
        swapper_ = std::thread{[path, pipe] {
            for (int waiting = 1; waiting != 0;) {
                EXPECT_EQ(::ioctl(pipe, FIONREAD, &waiting), 0);
                std::this_thread::yield();
            }
            std::filesystem::rename(path + ".second", path);
            ::close(pipe);
        }};
    }
    Swapped(const Swapped&) = delete;
    Swapped& operator=(const Swapped&) = delete;
    ~Swapped() { swapper_.join(); }

  private:
    std::thread swapper_;
};

struct Command : testing::Test {
    Command() {
        // The command goes by the clock, and evidence may not be of the future.
        campus.now = std::max(campus.now, cli::now());
        held.emplace(campus.hold(Campus::graduate()));
    }

    [[nodiscard]] std::string evidence() const { return wire::encode(campus.evidence(*held)); }
    /// The same with single facts instead of all.
    [[nodiscard]] std::string facts() const {
        auto shown = campus.evidence(*held);
        const std::string_view pointers[] = {"/name", "/credentialSubject/nameLatn/0"};
        auto opened = certificate::open_facts(held->canonical, held->terms, held->secret, pointers);
        EXPECT_TRUE(opened);
        shown.opening = *std::move(opened);
        return wire::encode(shown);
    }
    /// What a node would give now.
    [[nodiscard]] std::string unopened() const {
        return wire::encode_unopened(campus.evidence(*held));
    }
    /// What a node would give now of another certificate.
    [[nodiscard]] std::string of_another() {
        return wire::encode_unopened(campus.evidence(campus.hold(Campus::graduate())));
    }
    void write_to(const std::string& name) const {
        folder.write(name + "credential.json", as_bytes(held->credential));
        folder.write(name + "evidence.json", as_bytes(evidence()));
    }
    void revoke() {
        ASSERT_TRUE(campus.send(wire::Status{kManar, wire::StatusState::kRevoked, {held->index}},
                                campus.signers));
    }

    std::string verify(std::vector<std::string_view> options, int exit_code) const {
        folder.write("trust-root.json", as_bytes(wire::encode(campus.trust_root())));
        const std::string root = folder.file("trust-root.json");
        std::vector<std::string_view> words{"verify", "--lang", "en", "--trust-root", root};
        words.insert(words.end(), options.begin(), options.end());
        testing::internal::CaptureStdout();
        EXPECT_EQ(cli::run(words), exit_code);
        std::fflush(stdout);
        return testing::internal::GetCapturedStdout();
    }

    const cli::test::Folder folder;
    Campus campus;
    std::optional<Held> held;
};

TEST_F(Command, PrintsOfTheFileWhatItJudged) {
    std::string forged = held->credential;
    const std::string_view name = "Amira Trabelsi";
    forged.replace(forged.find(name), name.size(), "Faux Docteur");
    folder.write("evidence.json", as_bytes(evidence()));
    const Swapped swapped{folder, "credential.json", held->credential, forged};
    const std::string path = folder.file("credential.json");
    const std::string said = verify({path}, cli::kExitTestLedgerOnly);
    EXPECT_NE(said.find("Holder: Amira Trabelsi."), std::string::npos) << said;
    EXPECT_EQ(said.find("Faux"), std::string::npos) << said;
    // The next one sees the file that is there now.
    EXPECT_EQ(verify({path}, cli::kExitRefused).find("Holder"), std::string::npos);
}

TEST_F(Command, TakesTheTwoFilesOfACertificateForOneDocument) {
    folder.write("credential.json", as_bytes(held->credential));
    folder.write("evidence.json", as_bytes(evidence()));
    const std::string credential_path = folder.file("credential.json");
    const std::string evidence_path = folder.file("evidence.json");
    const std::string said = verify({evidence_path, credential_path}, cli::kExitTestLedgerOnly);
    EXPECT_EQ(said.find(credential_path), 0U) << said;
    EXPECT_EQ(said.find(evidence_path), std::string::npos) << said;
    const std::string alone = verify({evidence_path}, cli::kExitUnavailable);
    EXPECT_NE(alone.find("this is the evidence of a credential: name credential.json, or the "
                         "folder with both"),
              std::string::npos)
        << alone;
}

TEST_F(Command, RenewsSingleFacts) {
    const std::string old = facts();
    folder.write("evidence.json", as_bytes(old));
    const std::string path = folder.file("evidence.json");
    EXPECT_NE(verify({path}, cli::kExitTestLedgerOnly).find("Genuine"), std::string::npos);
    revoke();
    cli::test::Answers node{{{200, unopened()}}};
    const std::string said = verify({path, "--node", node.url()}, cli::kExitRefused);
    ASSERT_EQ(node.asked().size(), 1U);
    EXPECT_TRUE(node.asked()[0].starts_with("GET /api/v1/evidence/" +
                                            std::to_string(held->index.value) + " "));
    EXPECT_NE(said.find("revoked"), std::string::npos) << said;
    EXPECT_NE(said.find("2 of "), std::string::npos) << said;  // its facts are there still
}

TEST_F(Command, RenewsAWholeCertificate) {
    folder.write("credential.json", as_bytes(held->credential));
    folder.write("evidence.json", as_bytes(evidence()));
    const std::string path = folder.file("credential.json");
    revoke();
    cli::test::Answers node{{{200, unopened()}}};
    const std::string said = verify({path, "--node", node.url()}, cli::kExitRefused);
    EXPECT_FALSE(node.asked().empty());
    EXPECT_NE(said.find("revoked"), std::string::npos) << said;
}

TEST_F(Command, DoesNotFallBackToOldEvidenceWhenANodeAnswersWithNone) {
    for (const char* answer : {"{}", "[]", "7", R"({"secret":"x"})"}) {
        folder.write("evidence.json", as_bytes(facts()));
        cli::test::Answers node{{{200, answer}}};
        const std::string said =
            verify({folder.file("evidence.json"), "--node", node.url()}, cli::kExitUnavailable);
        EXPECT_FALSE(node.asked().empty());
        EXPECT_EQ(said.find("Genuine"), std::string::npos) << said;
    }
}

TEST_F(Command, KeepsTheEvidenceAtHandIfTheNodesIsOlder) {
    const std::string old = unopened();
    campus.now.seconds += 60;
    revoke();
    write_to("");
    campus.now.seconds -= 60;
    for (const std::string& answer : {old, std::string{"{}"}, of_another(), std::string{}}) {
        cli::test::Answers node{{{200, answer}}};
        const std::string said =
            verify({folder.file("credential.json"), "--node", node.url()}, cli::kExitRefused);
        EXPECT_FALSE(node.asked().empty());
        EXPECT_NE(said.find("revoked"), std::string::npos) << said;
    }
}

TEST_F(Command, DoesNotJudgeByTheEvidenceOfAnotherCertificate) {
    write_to("");
    const Held other = campus.hold(Campus::graduate());
    auto renumbered = campus.evidence(other);  // as if it were what was asked for
    renumbered.certificate.index = held->index;
    for (const std::string& answer :
         {wire::encode_unopened(campus.evidence(other)), wire::encode_unopened(renumbered)}) {
        cli::test::Answers node{{{200, answer}}};
        const std::string said =
            verify({folder.file("credential.json"), "--node", node.url()}, cli::kExitUnavailable);
        EXPECT_FALSE(node.asked().empty());
        EXPECT_NE(said.find("the node answered for another certificate"), std::string::npos)
            << said;
    }
}

/// In a folder of three the node fails at the second.
TEST_F(Command, AnswersForTheOthersWhenTheNodeFailsAtOne) {
    for (const char* name : {"a", "b", "c"}) {
        std::filesystem::create_directory(folder.file(name));
        write_to(std::string{name} + "/");
    }
    for (const std::string_view form : {"--json", "--accept-test-ledger"}) {
        cli::test::Answers node{{{200, unopened()}, {500, ""}, {200, unopened()}}};
        const std::string said =
            verify({folder.path(), "--node", node.url(), form}, cli::kExitUnavailable);
        EXPECT_FALSE(node.asked().empty());
        for (const char* name : {"a", "b", "c"}) {
            EXPECT_NE(said.find(std::string{"/"} + name + "/credential.json"), std::string::npos)
                << said;
        }
        EXPECT_NE(said.find("the node answered 500"), std::string::npos) << said;
    }
}

/// Each document of a folder would wait for a node that is not there.
TEST_F(Command, StopsAskingANodeThatFailsThreeTimes) {
    for (const char* name : {"a", "b", "c", "d"}) {
        std::filesystem::create_directory(folder.file(name));
        write_to(std::string{name} + "/");
    }
    cli::test::Answers node{{{500, ""}, {500, ""}, {500, ""}, {200, unopened()}}};
    const std::string said = verify({folder.path(), "--node", node.url()}, cli::kExitUnavailable);
    EXPECT_EQ(said.find("Genuine"), std::string::npos) << said;
    EXPECT_NE(said.find("was not asked any more"), std::string::npos) << said;
}

/// A pipe with a writer that never ends.
TEST_F(Command, DoesNotWaitForWhatOnlyLiesInAFolder) {
    for (const char* name : {"credential.json", "evidence.json"}) {
        write_to("");
        std::filesystem::remove(folder.file(name));
        ASSERT_EQ(::mkfifo(folder.file(name).c_str(), 0600), 0);
        const int writer = ::open(folder.file(name).c_str(), O_RDWR | O_CLOEXEC);
        const std::string said = verify({folder.path()}, cli::kExitUnavailable);
        EXPECT_NE(said.find("is no regular file"), std::string::npos) << said;
        ::close(writer);
        std::filesystem::remove(folder.file(name));
    }
}

}  // namespace
}  // namespace tasdiq::judgement
