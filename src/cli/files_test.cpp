#include "cli/files.hpp"

#include <fcntl.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/key_access.hpp"
#include "cli/ledger_folder_test.hpp"
#include "codec/json.hpp"
#include "wire/trust_root.hpp"

// What somebody else put where we read and write.
namespace tasdiq::cli {
namespace {

struct Files : testing::Test {
    [[nodiscard]] std::string at(const std::string& name) const {
        return folder.path() + "/" + name;
    }
    [[nodiscard]] mode_t mode_of(const std::string& name) const {
        struct stat status{};
        EXPECT_EQ(::lstat(at(name).c_str(), &status), 0);
        return status.st_mode;
    }

    /// Of El Manar's ledger, in `root`.
    void write_trust_root() const {
        const ledger::world::Manar world;
        const std::string origin = wire::origin_of(world.genesis, world.chain);
        const wire::TrustRoot trust{
            wire::LedgerKind::kTest,
            wire::GenesisHash{crypto::sha256(wire::encode(world.genesis)).array()},
            origin,
            {},
            wire::genesis_set(world.genesis),
            {origin, 2, merkle::MerkleHash{}},
            world.now};
        ASSERT_TRUE(write_file(at("root"), as_bytes(wire::encode(trust)), Access::kOwner));
    }
    /// What verifying the folder prints; nothing in it can be checked.
    [[nodiscard]] std::string verify(std::vector<std::string_view> options) const {
        const std::string root = at("root");
        std::vector<std::string_view> words{"verify", folder.path(), "--trust-root", root};
        words.insert(words.end(), options.begin(), options.end());
        testing::internal::CaptureStdout();
        EXPECT_EQ(run(words), kExitUnavailable);
        std::fflush(stdout);
        return testing::internal::GetCapturedStdout();
    }

    const test::Folder folder;
};

// ------------------------------------------------------------------ reading
TEST_F(Files, WithAHoleAreTooLargeBeforeThereIsMemoryForThem) {
    const int file = ::open(at("hole").c_str(), O_WRONLY | O_CREAT, 0600);
    ASSERT_GE(file, 0);
    ASSERT_EQ(::ftruncate(file, off_t{1} << 43), 0);
    ::close(file);
    EXPECT_EQ(read_file(at("hole"), 100).error(), at("hole") + ": larger than 100 bytes");
}

TEST_F(Files, ThatAreEndlessAreTooLarge) {
    EXPECT_EQ(read_file("/dev/zero", 5000).error(), "/dev/zero: larger than 5000 bytes");
}

TEST_F(Files, ThatArePipesWithoutAWriterAreEmpty) {
    ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
    EXPECT_EQ(read_file(at("pipe"), 100), Bytes{});
}

TEST_F(Files, ThatArePipesWithAWriterAreReadToTheirEnd) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], "abc", 3), 3);
    ::close(ends[1]);
    EXPECT_EQ(read_file("/dev/fd/" + std::to_string(ends[0]), 3), to_bytes(as_bytes("abc")));
    ::close(ends[0]);
}

// ------------------------------------------------------------------ writing
TEST_F(Files, AreNotWrittenThroughALink) {
    ASSERT_TRUE(write_file(at("victim"), as_bytes("theirs"), Access::kPublic));
    for (const char* link : {"out.new", "out"}) {
        ASSERT_EQ(::symlink(at("victim").c_str(), at(link).c_str()), 0);
        ASSERT_TRUE(write_file(at("out"), as_bytes("ours"), Access::kOwner)) << link;
        EXPECT_EQ(read_file(at("victim"), 100), to_bytes(as_bytes("theirs"))) << link;
        EXPECT_EQ(read_file(at("out"), 100), to_bytes(as_bytes("ours"))) << link;
        EXPECT_TRUE(S_ISREG(mode_of("out"))) << link;
        ::unlink(at("out").c_str());
    }
}

TEST_F(Files, OfADraftTakeThePlaceOfWhatWasLeft) {
    ASSERT_TRUE(write_file(at("victim"), as_bytes("theirs"), Access::kPublic));
    ASSERT_EQ(::symlink(at("victim").c_str(), at("draft").c_str()), 0);
    for (const char* text : {"over a link", "shorter"}) {
        ASSERT_TRUE(write_draft(at("draft"), as_bytes(text), Access::kOwner));
        EXPECT_EQ(read_file(at("draft"), 100), to_bytes(as_bytes(text)));
        EXPECT_EQ(mode_of("draft"), S_IFREG | 0600U);
    }
    EXPECT_EQ(read_file(at("victim"), 100), to_bytes(as_bytes("theirs")));
    EXPECT_FALSE(write_draft(at("no/such/folder"), as_bytes("x"), Access::kOwner));
    ASSERT_TRUE(make_folder(at("folder"), Access::kOwner));
    EXPECT_FALSE(write_draft(at("folder"), as_bytes("x"), Access::kOwner));
}

TEST_F(Files, OfTheirOwnerDoNotInheritPermissionsOfWhatWasLeft) {
    const int left = ::open(at("secret.new").c_str(), O_WRONLY | O_CREAT, 0666);
    ASSERT_EQ(::fchmod(left, 0666), 0);
    ::close(left);
    ASSERT_TRUE(write_file(at("secret"), as_bytes("s"), Access::kOwner));
    EXPECT_EQ(mode_of("secret") & 0777U, 0600U);
}

TEST_F(Files, ThatCannotTakeTheirPlaceLeaveNothingBehind) {
    ASSERT_TRUE(make_folder(at("out"), Access::kOwner));
    EXPECT_FALSE(write_file(at("out"), as_bytes("x"), Access::kOwner));
    EXPECT_FALSE(exists(at("out.new")));
    EXPECT_FALSE(write_file(at("no/such/folder"), as_bytes("x"), Access::kOwner));
}

TEST(KeyFileFault, SaysWhatTheSystemSaid) {
    EXPECT_EQ(to_text({keys::KeyFileError::kCannotWrite, ENOSPC}),
              std::string{keys::to_string(keys::KeyFileError::kCannotWrite)} +
                  ": No space left on device");
    EXPECT_EQ(to_text({keys::KeyFileError::kTooLarge}),
              keys::to_string(keys::KeyFileError::kTooLarge));
}

// ------------------------------------------------------------------ what a terminal shows
/// Folders in each other, so deep that the last ones cannot be named by a path.
class Deep {
  public:
    explicit Deep(const std::string& folder) {
        folders_.push_back(::open(folder.c_str(), O_RDONLY | O_DIRECTORY));
        for (int i = 0; i < 20; ++i) {
            EXPECT_EQ(::mkdirat(folders_.back(), name_.c_str(), 0700), 0);
            folders_.push_back(::openat(folders_.back(), name_.c_str(), O_RDONLY | O_DIRECTORY));
        }
    }
    ~Deep() {
        ::close(folders_.back());
        folders_.pop_back();
        for (; !folders_.empty(); folders_.pop_back()) {
            ::unlinkat(folders_.back(), name_.c_str(), AT_REMOVEDIR);
            ::close(folders_.back());
        }
    }
    Deep(const Deep&) = delete;
    Deep& operator=(const Deep&) = delete;

  private:
    std::string name_ = std::string(250, 'd');
    std::vector<int> folders_;
};

TEST_F(Files, ThatCannotBeReachedAreToldAndNotPassedOver) {
    write_trust_root();
    ASSERT_TRUE(write_file(at("credential.json"), as_bytes("{}"), Access::kOwner));
    const Deep deep{folder.path()};
    const std::string out = verify({"--summary"});
    EXPECT_NE(out.find("       2  "), std::string::npos) << out;
    EXPECT_NE(verify({}).find("dddd\n"), std::string::npos);
}

TEST_F(Files, OfApplicantsCannotWriteTheAnswer) {
    const std::string name = "x\n\x1B[2JThis certificate is authentic.\xFF";
    ASSERT_TRUE(make_folder(at(name), Access::kOwner));
    ASSERT_TRUE(write_file(at(name) + "/credential.json", as_bytes("{}"), Access::kOwner));
    write_trust_root();
    const std::string text = verify({});
    EXPECT_NE(text.find("/x\\u{0A}\\u{1B}[2JThis certificate is authentic.\\xFF/"),
              std::string::npos)
        << text;
    const std::string json = verify({"--json"});
    EXPECT_TRUE(codec::parse_json(as_bytes(std::string_view{json}))) << json;
}

}  // namespace
}  // namespace tasdiq::cli
