#include "merkle/tile_log.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "base/sort.hpp"

namespace tasdiq::merkle {
namespace {

constexpr std::size_t kHashSize = MerkleHash::kSize;
constexpr unsigned kTileBits = 8;

MerkleHash hash_at(ByteView hashes, std::size_t index) {
    return *MerkleHash::from(hashes.subspan(index * kHashSize, kHashSize));
}

/// The complete subtree over `count` (a power of two) hashes of a tile.
MerkleHash subtree_root(ByteView hashes, std::size_t first, std::size_t count) {
    CompactRange range;
    for (std::size_t i = 0; i < count; ++i) range.append(hash_at(hashes, first + i));
    return range.root();
}

/// Loads at least the hashes of `id`, and whole ones. Errors: those of `tiles`, kCorrupt.
Result<Bytes, SourceError> load_tile(TileSource& tiles, const TileId& id) {
    TRY(Bytes bytes, tiles.load(id));
    if (bytes.size() % kHashSize != 0 || bytes.size() < id.width * kHashSize ||
        bytes.size() > kTileWidth * kHashSize) {
        return std::unexpected{SourceError::kCorrupt};
    }
    return bytes;
}

}  // namespace

Result<MerkleHash, SourceError> TileReader::node(NodeId id) {
    if (id.level > 63 || id.index >= tree_size_ >> id.level) {
        return std::unexpected{SourceError::kMissing};
    }
    const auto known = made_.find({id.level, id.index});
    if (known != made_.end()) return known->second;
    const auto tile_level = static_cast<std::uint8_t>(id.level / kTileBits);
    const unsigned height = id.level % kTileBits;  // above the tile's own hashes
    const auto tile = tile_of(tile_level, id.index >> (kTileBits - height), tree_size_);
    ENSURE(tile.has_value());

    auto place = loaded_.find({tile_level, tile->index});
    if (place == loaded_.end()) {
        TRY(Bytes bytes, load_tile(tiles_, *tile));
        place = loaded_.emplace(std::pair{tile_level, tile->index}, std::move(bytes)).first;
    }
    const auto count = std::size_t{1} << height;
    const auto first = static_cast<std::size_t>(id.index % (kTileWidth >> height)) * count;
    const MerkleHash hash = subtree_root(place->second, first, count);
    if (height > 0) made_.emplace(std::pair{id.level, id.index}, hash);
    return hash;
}

Result<LogAppender, SourceError> LogAppender::load(const TreeHead& head, TileSource& tiles) {
    LogAppender log;
    const std::vector<TileId> partial = partial_tiles(head.size);
    std::vector<MerkleHash> peaks;
    for (std::size_t i = partial.size(); i-- > 0;) {  // the highest level has the largest subtrees
        const TileId& id = partial[i];
        TRY(Bytes bytes, load_tile(tiles, id));
        bytes.resize(id.width * kHashSize);
        std::size_t first = 0;
        for (std::size_t count = kTileWidth / 2; count != 0; count /= 2) {
            if ((id.width & count) == 0) continue;
            peaks.push_back(subtree_root(bytes, first, count));
            first += count;
        }
        log.edge_[id.level] = std::move(bytes);
    }
    auto range = CompactRange::from(head.size, std::move(peaks));
    ENSURE(range.has_value());
    log.range_ = *std::move(range);
    if (log.range_.root() != head.root) return std::unexpected{SourceError::kCorrupt};
    return log;
}

void LogAppender::append(const MerkleHash& leaf_hash) {
    range_.append(leaf_hash, [this](unsigned level, const MerkleHash& hash) {
        if (level % kTileBits == 0) push(level / kTileBits, hash);
    });
}

void LogAppender::push(std::size_t level, const MerkleHash& hash) {
    Bytes& edge = edge_[level];
    tasdiq::append(edge, hash.view());
    widened_[level] = true;
    if (edge.size() < kTileWidth * kHashSize) return;
    // The leaf being appended, which is not counted yet, is the last under this tile.
    const std::uint64_t index = range_.size() >> (kTileBits * (level + 1));
    finished_.push_back({{static_cast<std::uint8_t>(level), index, kTileWidth}, std::move(edge)});
    edge.clear();
    widened_[level] = false;
}

std::vector<Tile> LogAppender::take_changed_tiles() {
    std::vector<Tile> tiles = std::exchange(finished_, {});
    for (std::size_t level = 0; level < kLevels; ++level) {
        if (!std::exchange(widened_[level], false)) continue;
        const auto level8 = static_cast<std::uint8_t>(level);
        const std::uint64_t index =
            level == kLevels - 1 ? 0 : range_.size() >> (kTileBits * (level + 1));
        const auto width = static_cast<std::uint16_t>(edge_[level].size() / kHashSize);
        tiles.push_back({{level8, index, width}, edge_[level]});
    }
    sort(tiles, {}, &Tile::id);
    return tiles;
}

}  // namespace tasdiq::merkle
