#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "merkle/log_proof.hpp"
#include "merkle/log_tree.hpp"
#include "merkle/source.hpp"
#include "merkle/tile.hpp"

namespace tasdiq::merkle {

/// Where tiles are kept.
class TileSource {
  public:
    TileSource() = default;
    TileSource(const TileSource&) = delete;
    TileSource& operator=(const TileSource&) = delete;
    virtual ~TileSource() = default;

    /// The hashes of a tile, 32 bytes each. A wider version of the tile will do: it begins with the
    /// same hashes, so a store need keep only the newest.
    virtual Result<Bytes, SourceError> load(const TileId& id) = 0;
};

/// Tree nodes out of the tiles of a tree of a given size: what proofs are made from.
/// Lives inside one request: it borrows `tiles`, and keeps each tile that it loaded and
/// each node that it made of one.
class TileReader final : public NodeSource {
  public:
    TileReader(TileSource& tiles, std::uint64_t tree_size) : tiles_{tiles}, tree_size_{tree_size} {}

    /// Errors: kMissing (also: not in this tree), kUnavailable, kCorrupt (not whole hashes, or
    /// fewer than this tree has). Cost: at most one load and 127 hash_node().
    Result<MerkleHash, SourceError> node(NodeId id) override;

  private:
    TileSource& tiles_;
    std::uint64_t tree_size_;
    std::map<std::pair<std::uint8_t, std::uint64_t>, Bytes> loaded_;
    std::map<std::pair<unsigned, std::uint64_t>, MerkleHash> made_;  // by level and index
};

/// A tile to be written.
struct Tile {
    TileId id;
    Bytes bytes;
    friend bool operator==(const Tile&, const Tile&) = default;
};

/// Appends leaves to a log kept as tiles; holds its right edge only (at most 64 KiB), and the tiles
/// that nobody took yet.
class LogAppender {
  public:
    /// Of an empty log.
    LogAppender() = default;

    /// Goes on from a stored log: loads its partial tiles and checks that they give `head.root`.
    ///
    /// Errors: kMissing, kUnavailable, kCorrupt (also: another root).
    static Result<LogAppender, SourceError> load(const TreeHead& head, TileSource& tiles);

    /// Cost: one hash_node() on average.
    void append(const MerkleHash& leaf_hash);

    /// The tiles completed or widened since the last call, by level, then index: what must be
    /// written before a checkpoint of `head()` goes out. Call it every few thousand leaves: full
    /// tiles wait here in memory until then.
    std::vector<Tile> take_changed_tiles();

    [[nodiscard]] std::uint64_t size() const { return range_.size(); }
    [[nodiscard]] TreeHead head() const { return range_.head(); }

  private:
    static constexpr std::size_t kLevels = 8;

    void push(std::size_t level, const MerkleHash& hash);

    CompactRange range_;
    std::array<Bytes, kLevels> edge_;      // the partial tile of each level, possibly empty
    std::array<bool, kLevels> widened_{};  // since the last take_changed_tiles()
    std::vector<Tile> finished_;           // full tiles since then
};

}  // namespace tasdiq::merkle
