#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"

namespace tasdiq::merkle {

/// Hashes in a full tile, entries in a full bundle. Spec: C2SP tlog-tiles.
inline constexpr unsigned kTileWidth = 256;
/// The longest entry that a bundle can hold, in bytes.
inline constexpr std::size_t kEntrySizeMax = 65535;

/// Why a tile's path or an entry bundle was refused.
enum class TileError : std::uint16_t {
    // Paths
    kPathPrefix = 1,
    kPathLevel = 2,
    kPathIndex = 3,
    kPathIndexTooLarge = 4,
    kPathWidth = 5,
    // Entry bundles
    kBundleTruncated = 10,
    kBundleCount = 11,
};

[[nodiscard]] constexpr std::string_view to_string(TileError error) {
    switch (error) {
        case TileError::kPathPrefix: return "path does not begin with tile/";
        case TileError::kPathLevel: return "tile level is not a plain number from 0 to 63";
        case TileError::kPathIndex: return "tile index is not written as x001/x234/067";
        case TileError::kPathIndexTooLarge: return "tile lies beyond 2^64 leaves";
        case TileError::kPathWidth: return "partial width is not a plain number from 1 to 255";
        case TileError::kBundleTruncated: return "entry bundle ends inside an entry";
        case TileError::kBundleCount: return "entry bundle has the wrong number of entries";
    }
    ENSURE(false);
}

/// A tile of node hashes: the `index`-th run of 256 subtrees of 256^level leaves, its first
/// `width`.
struct TileId {
    std::uint8_t level = 0;  ///< at most 63
    std::uint64_t index = 0;
    std::uint16_t width = kTileWidth;  ///< 1–255 in a partial tile, 256 in a full one
    friend auto operator<=>(const TileId&, const TileId&) = default;
};

/// The entries `256 · index` and up to `width` of them.
struct BundleId {
    std::uint64_t index = 0;
    std::uint16_t width = kTileWidth;
    friend auto operator<=>(const BundleId&, const BundleId&) = default;
};

/// `tile/0/x001/x234/067`, `tile/1/000.p/17`. Spec: C2SP tlog-tiles, "Merkle Tree".
[[nodiscard]] std::string tile_path(const TileId& id);

/// `tile/entries/x001/x234/067`, `tile/entries/000.p/17`. Spec: C2SP tlog-tiles, "Log entries".
[[nodiscard]] std::string bundle_path(const BundleId& id);

/// The inverse of tile_path(); accepts nothing else.
///
/// Errors, first match wins: kPathPrefix, kPathLevel, kPathIndex, kPathIndexTooLarge, kPathWidth.
Result<TileId, TileError> parse_tile_path(std::string_view path);

/// The inverse of bundle_path(); accepts nothing else.
///
/// Errors, first match wins: kPathPrefix, kPathIndex, kPathIndexTooLarge, kPathWidth.
Result<BundleId, TileError> parse_bundle_path(std::string_view path);

/// The tile (level, index) of a tree of `tree_size` leaves, with the width it has there; nothing if
/// that tree has none. Spec: C2SP tlog-tiles, "Partial Tiles".
[[nodiscard]] std::optional<TileId> tile_of(std::uint8_t level, std::uint64_t index,
                                            std::uint64_t tree_size);

/// The bundle `index` of a tree of `tree_size` leaves; nothing if that tree has none.
[[nodiscard]] std::optional<BundleId> bundle_of(std::uint64_t index, std::uint64_t tree_size);

/// The partial tiles at the right edge of a tree, by ascending level; at most 8.
[[nodiscard]] std::vector<TileId> partial_tiles(std::uint64_t tree_size);

/// The tiles that a tree of `newer_size` leaves has and one of `older_size` has not, by level, then
/// index. Their number is about (newer − older) / 255.
[[nodiscard]] std::vector<TileId> new_tiles(std::uint64_t older_size, std::uint64_t newer_size);

/// Adds `entry` (at most kEntrySizeMax bytes, or it is our defect) to a bundle.
void append_entry(Bytes& bundle, ByteView entry);

/// The `width` entries of a bundle, as views into it.
///
/// Errors, first match wins: kBundleTruncated, kBundleCount. Spec: C2SP tlog-tiles, "Log entries".
Result<std::vector<ByteView>, TileError> decode_bundle(ByteView bundle, std::size_t width);

}  // namespace tasdiq::merkle
