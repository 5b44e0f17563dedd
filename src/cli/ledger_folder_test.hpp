#pragma once

#include <filesystem>

#include "cli/files.hpp"
#include "ledger/world_log_test.hpp"
#include "merkle/tile_log.hpp"

// A ledger's files in a folder that goes away with the test.
namespace tasdiq::cli::test {

class Folder {
  public:
    Folder() {
        path_ = testing::TempDir() + "tasdiq-cli-XXXXXX";
        EXPECT_NE(::mkdtemp(path_.data()), nullptr);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

    void write(const std::string& name, ByteView content) const {
        std::filesystem::create_directories(std::filesystem::path{file(name)}.parent_path());
        ASSERT_TRUE(write_file(file(name), content, Access::kPublic, Durability::kSoon));
    }
    [[nodiscard]] Bytes read(const std::string& name) const {
        auto content = read_file(file(name), 64U << 20);
        EXPECT_TRUE(content);
        return *std::move(content);
    }

  private:
    std::string path_;
};

/// El Manar with 300 certificates in three issues, some of them suspended, replaced and lost, and a
/// key that was retired.
struct SmallLedger : ledger::world::Manar {
    SmallLedger() {
        using namespace ledger::world;
        wire::Scope scope = manar_scope();
        scope.quota = std::nullopt;
        EXPECT_TRUE(send(wire::Accredit{kMinistry, kManar, scope, {}}, {kMinistry1, kMinistry2}));
        terms.awarding = {{kManar, 2}};
        for (const char* seed : {"a", "b", "c"}) {
            const auto accepted = issue(terms, items_of(seed, 100), {kRegistrar, kDean});
            EXPECT_TRUE(accepted);
            if (accepted) firsts.push_back(accepted->first_certificate);
        }
        EXPECT_TRUE(send(wire::Status{kManar, wire::StatusState::kSuspended, {firsts[0]}},
                         {kRegistrar, kDean}));
        auto corrected = items_of("d", 1);
        corrected[0].relation = wire::Relation{wire::RelationCode::kReplaces, firsts[1]};
        EXPECT_TRUE(issue(terms, corrected, {kRegistrar, kDean}));
        EXPECT_TRUE(
            send(wire::Status{kManar, wire::StatusState::kLost, {firsts[2]}}, {kRegistrar, kDean}));
    }

    wire::Terms terms = ledger::world::manar_terms();
    std::vector<wire::LogIndex> firsts;  // of each issue's certificates
};

/// Writes `entries` as a log's files, with a checkpoint that the world's states have cosigned.
inline void write_log(const Folder& folder, const ledger::world::World& world,
                      const std::vector<Bytes>& entries, const std::string& origin) {
    merkle::LogAppender log;
    for (const Bytes& entry : entries) log.append(merkle::hash_leaf(entry));
    for (const merkle::Tile& tile : log.take_changed_tiles()) {
        folder.write(merkle::tile_path(tile.id), tile.bytes);
    }
    for (std::uint64_t index = 0;; ++index) {
        const auto id = merkle::bundle_of(index, entries.size());
        if (!id) break;
        Bytes bundle;
        for (std::size_t i = 0; i < id->width; ++i) {
            merkle::append_entry(bundle, entries[index * merkle::kTileWidth + i]);
        }
        folder.write(merkle::bundle_path(*id), bundle);
    }
    const wire::SignedNote note =
        ledger::world::cosigned(world, {origin, log.size(), log.head().root});
    folder.write("checkpoint", as_bytes(wire::encode(note)));
}
inline void write_log(const Folder& folder, const ledger::world::World& world,
                      const std::vector<Bytes>& entries) {
    write_log(folder, world, entries, wire::origin_of(world.genesis, world.chain));
}

}  // namespace tasdiq::cli::test
