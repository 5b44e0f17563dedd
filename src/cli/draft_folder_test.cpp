#include "cli/draft_folder.hpp"

#include <filesystem>
#include <gtest/gtest.h>

#include "cli/files.hpp"
#include "cli/ledger_folder_test.hpp"

namespace tasdiq::cli {
namespace {

namespace fs = std::filesystem;

struct DraftFolders : testing::Test {
    [[nodiscard]] std::string fault() const {
        const auto draft = DraftFolder::make(name);
        return draft ? "" : draft.error();
    }

    const test::Folder folder;
    const std::string name = folder.file("june");
    const std::string preparing = name + ".preparing";
};

TEST_F(DraftFolders, HaveTheirNameWhenTheyAreFinished) {
    auto draft = DraftFolder::make(name);
    ASSERT_TRUE(draft) << draft.error();
    EXPECT_EQ(draft->path(), preparing);
    folder.write("june.preparing/secrets.cbor", {});
    EXPECT_FALSE(fs::exists(name));
    ASSERT_TRUE(draft->finish());
    EXPECT_TRUE(fs::exists(name + "/secrets.cbor"));
    EXPECT_FALSE(fs::exists(preparing));
    EXPECT_EQ(fault(), name + ": is there already");
}

TEST_F(DraftFolders, AreGoneIfTheyAreNotFinished) {
    {
        const auto draft = DraftFolder::make(name);
        ASSERT_TRUE(draft);
        folder.write("june.preparing/certificates/A-1/credential.json", {});
    }
    EXPECT_FALSE(fs::exists(preparing));
    EXPECT_FALSE(fs::exists(name));
}

/// Certificates of a run that was killed would ride along with the next one's.
TEST_F(DraftFolders, BeginEmpty) {
    folder.write("june.preparing/certificates/A-1/credential.json", {});
    folder.write("june.preparing/secrets.cbor.new", {});
    auto draft = DraftFolder::make(name);
    ASSERT_TRUE(draft) << draft.error();
    EXPECT_TRUE(fs::is_empty(preparing));
}

TEST_F(DraftFolders, TakeNothingAwayThatIsNoPartOfABatch) {
    folder.write("june.preparing/certificates/A-1/credential.json", {});
    folder.write("june.preparing/notes.txt", {});
    EXPECT_EQ(fault(),
              preparing + ": holds what is no part of a batch (notes.txt); take it away first");
    EXPECT_TRUE(fs::exists(preparing + "/certificates/A-1/credential.json"));
    fs::remove_all(preparing);
    fs::create_directory(folder.file("elsewhere"));
    folder.write("elsewhere/secrets.cbor", {});
    fs::create_directory_symlink(folder.file("elsewhere"), preparing);
    EXPECT_NE(fault(), "");
    EXPECT_TRUE(fs::exists(folder.file("elsewhere/secrets.cbor")));
}

TEST_F(DraftFolders, AreMadeByOneRunAtATime) {
    const auto first = DraftFolder::make(name);
    ASSERT_TRUE(first);
    folder.write("june.preparing/secrets.cbor", {});
    EXPECT_EQ(fault(), name + ": another run is preparing it");
    EXPECT_TRUE(fs::exists(preparing + "/secrets.cbor"));
}

}  // namespace
}  // namespace tasdiq::cli
