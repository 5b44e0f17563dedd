#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keys/key_file.hpp"

namespace tasdiq::keys {
namespace {

namespace fs = std::filesystem;

const WriteOptions kCheap{.label = "test", .cost = kTestCost};
const ReadOptions kAnyCost{.cost_min = kTestCost};

SecretBytes password() { return SecretBytes::copy_of(as_bytes("password")); }
const PasswordSource kAnswer = [](const KeyFileHeader&) { return password(); };

class KeyFileOnDisk : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tasdiq-keys-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        path = (folder / "a.key").string();
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Result<Ok, KeyFileFault> write(const std::string& to) const {
        return write_key_file(to, key, password(), kCheap);
    }
    [[nodiscard]] std::optional<KeyFileFault> read_fault(const ReadOptions& options) const {
        const auto result = read_key_file(path, kAnswer, options);
        const auto header = read_key_file_header(path, options);
        EXPECT_EQ(result.has_value(), header.has_value());
        if (result) return std::nullopt;
        EXPECT_EQ(header.error(), result.error());
        return result.error();
    }
    /// The names of what lies in the folder.
    [[nodiscard]] std::vector<std::string> listing() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder}) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    fs::path folder;
    std::string path;
    const SigningKey key = SigningKey::generate(crypto::Algorithm::kEd25519);
};

TEST_F(KeyFileOnDisk, ComesBack) {
    ASSERT_TRUE(write(path));
    EXPECT_EQ(listing(), std::vector<std::string>{"a.key"});
    const auto same = read_key_file(path, kAnswer, kAnyCost);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->public_key(), key.public_key());
    const auto header = read_key_file_header(path, kAnyCost);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->public_key, key.public_key());
}

TEST_F(KeyFileOnDisk, IsItsOwnersAlone) {
    const mode_t old = umask(0);
    const auto written = write(path);
    umask(old);
    ASSERT_TRUE(written);
    struct stat status{};
    ASSERT_EQ(stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600U);
}

TEST_F(KeyFileOnDisk, IsRefusedWhereOthersCouldReachIt) {
    ASSERT_TRUE(write(path));
    ReadOptions open = kAnyCost;
    open.allow_open_permissions = true;
    for (const mode_t mode : {0640U, 0604U, 0620U, 0644U}) {
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
        EXPECT_EQ(read_fault(kAnyCost), KeyFileFault{KeyFileError::kOpenToOthers}) << mode;
        EXPECT_EQ(read_fault(open), std::nullopt) << mode;
    }
    for (const mode_t mode : {0600U, 0400U}) {
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
        EXPECT_EQ(read_fault(kAnyCost), std::nullopt) << mode;
    }
}

TEST_F(KeyFileOnDisk, NeverReplacesAFile) {
    std::ofstream{path} << "mine";
    EXPECT_EQ(write(path).error(), KeyFileFault{KeyFileError::kExists});
    std::string text;
    std::ifstream{path} >> text;
    EXPECT_EQ(text, "mine");

    const std::string link = (folder / "link").string();
    ASSERT_EQ(symlink((folder / "nowhere").c_str(), link.c_str()), 0);
    EXPECT_EQ(write(link).error(), KeyFileFault{KeyFileError::kExists});
    EXPECT_FALSE(fs::exists(folder / "nowhere"));
    EXPECT_EQ(listing().size(), 2U);
}

TEST_F(KeyFileOnDisk, SaysWhyItIsNotWritten) {
    const std::string nowhere = (folder / "missing" / "a.key").string();
    EXPECT_EQ(write(nowhere).error(), (KeyFileFault{KeyFileError::kCannotWrite, ENOENT}));
    EXPECT_EQ(write_key_file(path, key, {}, kCheap).error(),
              KeyFileFault{KeyFileError::kNoPassword});
    EXPECT_TRUE(listing().empty());
}

TEST_F(KeyFileOnDisk, LeavesNothingWhereTheDiskIsFull) {
    // A limit on the size of files stands for the full disk: the first write fails.
    rlimit old{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{.rlim_cur = 0, .rlim_max = old.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);
    const auto result = write(path);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
    std::signal(SIGXFSZ, old_handler);

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), (KeyFileFault{KeyFileError::kCannotWrite, EFBIG}));
    EXPECT_TRUE(listing().empty());
    EXPECT_TRUE(write(path));
}

TEST_F(KeyFileOnDisk, HasAPasswordFileThatIsItsOwnersAlone) {
    std::ofstream{path} << "secret word\r\nmore";
    for (const mode_t mode : {0644U, 0640U, 0604U, 0666U}) {
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
        EXPECT_EQ(read_password_file(path).error(), KeyFileFault{KeyFileError::kOpenToOthers})
            << mode;
    }
    ASSERT_EQ(chmod(path.c_str(), 0600), 0);
    const auto password = read_password_file(path);
    ASSERT_TRUE(password);
    EXPECT_EQ(as_text(password->view()), "secret word");
    EXPECT_EQ(read_password_file(path + "x").error(),
              (KeyFileFault{KeyFileError::kCannotOpen, ENOENT}));
    ASSERT_EQ(chmod(folder.c_str(), 0700), 0);
    EXPECT_EQ(read_password_file(folder).error(),
              (KeyFileFault{KeyFileError::kCannotRead, EISDIR}));
    std::ofstream{path} << std::string(2'000, 'x');
    EXPECT_EQ(read_password_file(path).error(), KeyFileFault{KeyFileError::kTooLarge});
}

TEST_F(KeyFileOnDisk, SaysWhyItIsNotRead) {
    EXPECT_EQ(read_fault({}), (KeyFileFault{KeyFileError::kCannotOpen, ENOENT}));
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(read_fault({}), (KeyFileFault{KeyFileError::kCannotOpen, EINVAL}));
    fs::remove(path);
    fs::create_directory(path);
    EXPECT_EQ(read_fault({}), (KeyFileFault{KeyFileError::kCannotOpen, EISDIR}));
    fs::remove(path);

    // Order: the permissions before the size, the size before the content.
    std::ofstream{path} << std::string(16 * 1024 + 1, ' ');
    ASSERT_EQ(chmod(path.c_str(), 0644), 0);
    EXPECT_EQ(read_fault({}), KeyFileFault{KeyFileError::kOpenToOthers});
    ASSERT_EQ(chmod(path.c_str(), 0600), 0);
    EXPECT_EQ(read_fault({}), KeyFileFault{KeyFileError::kTooLarge});
    fs::resize_file(path, 16 * 1024);
    EXPECT_EQ(read_fault({}), KeyFileFault{KeyFileError::kNotJson});
}

TEST_F(KeyFileOnDisk, SaysWhenReadingFails) {
    // The one regular file of Linux that opens and then refuses to be read.
    path = "/proc/self/mem";
    ReadOptions open;
    open.allow_open_permissions = true;
    const auto fault = read_fault(open);
    ASSERT_TRUE(fault);
    EXPECT_EQ(*fault, (KeyFileFault{KeyFileError::kCannotRead, EIO}));
}

}  // namespace
}  // namespace tasdiq::keys
