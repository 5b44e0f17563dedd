#include "merkle/tile.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace tasdiq::merkle {
namespace {

constexpr unsigned kTileBits = 8;
constexpr unsigned kLevelMax = 63;
constexpr unsigned kLevels = 8;  // 256^8 = 2^64: no tree has tiles of a higher level
constexpr std::string_view kPrefix = "tile/";
constexpr std::string_view kEntries = "entries/";
constexpr std::string_view kPartial = ".p/";

/// `value` >> `bits`, also where the language leaves it undefined.
constexpr std::uint64_t shift_right(std::uint64_t value, unsigned bits) {
    return bits >= 64 ? 0 : value >> bits;
}

/// Tiles of `level` lie below 2^64 leaves iff their index is below this.
constexpr std::uint64_t index_end(unsigned level) {
    const unsigned bits = kTileBits * (level + 1);
    return bits >= 64 ? 1 : std::uint64_t{1} << (64 - bits);
}

void append_number(std::string& to, std::uint64_t value) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + value % 10));
        value /= 10;
    } while (value != 0);
    to.append(digits.rbegin(), digits.rend());
}

/// The number that makes up all of `text`, without leading zeros, at most three digits.
std::optional<unsigned> parse_small(std::string_view text) {
    if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, is_digit)) return {};
    if (text.size() > 1 && text.front() == '0') return {};
    unsigned value = 0;
    for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

bool eat(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

void append_index(std::string& to, std::uint64_t index) {
    std::string groups;
    groups.reserve(32);
    bool is_last = true;
    do {
        const auto group = static_cast<unsigned>(index % 1000);
        index /= 1000;
        std::string part = is_last ? "" : "x";
        part.push_back(static_cast<char>('0' + group / 100));
        part.push_back(static_cast<char>('0' + group / 10 % 10));
        part.push_back(static_cast<char>('0' + group % 10));
        if (!is_last) part.push_back('/');
        groups.insert(0, part);
        is_last = false;
    } while (index != 0);
    to += groups;
}

/// Takes `x001/x234/067` from the front of `text`. Errors: kPathIndex, kPathIndexTooLarge.
Result<std::uint64_t, TileError> eat_index(std::string_view& text, std::uint64_t end) {
    std::uint64_t index = 0;
    for (bool is_first = true;; is_first = false) {
        const bool has_more = eat(text, "x");
        if (text.size() < 3 || !std::all_of(text.begin(), text.begin() + 3, is_digit)) {
            return std::unexpected{TileError::kPathIndex};
        }
        if (is_first && has_more && text.starts_with("000")) {  // x000/067 is 067
            return std::unexpected{TileError::kPathIndex};
        }
        for (const char c : text.substr(0, 3)) {
            // Beyond `end` only the form still matters: staying there keeps this from wrapping.
            index = index > end ? index : index * 10 + static_cast<unsigned>(c - '0');
        }
        text.remove_prefix(3);
        if (!has_more) break;
        if (!eat(text, "/")) return std::unexpected{TileError::kPathIndex};
    }
    if (!text.empty() && !text.starts_with(kPartial)) {
        return std::unexpected{TileError::kPathIndex};
    }
    if (index >= end) return std::unexpected{TileError::kPathIndexTooLarge};
    return index;
}

/// Takes all of `text`: nothing for a full tile, `.p/17` for a partial one.
Result<std::uint16_t, TileError> parse_width(std::string_view text) {
    if (text.empty()) return std::uint16_t{kTileWidth};
    if (!eat(text, kPartial)) return std::unexpected{TileError::kPathWidth};
    const auto width = parse_small(text);
    if (!width || *width == 0 || *width >= kTileWidth) {
        return std::unexpected{TileError::kPathWidth};
    }
    return static_cast<std::uint16_t>(*width);
}

void append_width(std::string& to, std::uint16_t width) {
    ENSURE(width >= 1 && width <= kTileWidth);
    if (width == kTileWidth) return;
    to += kPartial;
    append_number(to, width);
}

}  // namespace

std::string tile_path(const TileId& id) {
    ENSURE(id.level <= kLevelMax);
    std::string path{kPrefix};
    append_number(path, id.level);
    path.push_back('/');
    append_index(path, id.index);
    append_width(path, id.width);
    return path;
}

std::string bundle_path(const BundleId& id) {
    std::string path{kPrefix};
    path += kEntries;
    append_index(path, id.index);
    append_width(path, id.width);
    return path;
}

Result<TileId, TileError> parse_tile_path(std::string_view path) {
    if (!eat(path, kPrefix)) return std::unexpected{TileError::kPathPrefix};
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return std::unexpected{TileError::kPathLevel};
    const auto level = parse_small(path.substr(0, slash));
    if (!level || *level > kLevelMax) return std::unexpected{TileError::kPathLevel};
    path.remove_prefix(slash + 1);
    TRY(const std::uint64_t index, eat_index(path, index_end(*level)));
    TRY(const std::uint16_t width, parse_width(path));
    return TileId{static_cast<std::uint8_t>(*level), index, width};
}

Result<BundleId, TileError> parse_bundle_path(std::string_view path) {
    if (!eat(path, kPrefix) || !eat(path, kEntries)) {
        return std::unexpected{TileError::kPathPrefix};
    }
    TRY(const std::uint64_t index, eat_index(path, index_end(0)));
    TRY(const std::uint16_t width, parse_width(path));
    return BundleId{index, width};
}

std::optional<TileId> tile_of(std::uint8_t level, std::uint64_t index, std::uint64_t tree_size) {
    const std::uint64_t hashes = shift_right(tree_size, kTileBits * level);
    const std::uint64_t full = hashes / kTileWidth;
    if (index < full) return TileId{level, index, kTileWidth};
    const auto width = static_cast<std::uint16_t>(hashes % kTileWidth);
    if (index > full || width == 0) return {};
    return TileId{level, index, width};
}

std::optional<BundleId> bundle_of(std::uint64_t index, std::uint64_t tree_size) {
    const auto tile = tile_of(0, index, tree_size);
    if (!tile) return {};
    return BundleId{tile->index, tile->width};
}

std::vector<TileId> partial_tiles(std::uint64_t tree_size) {
    std::vector<TileId> tiles;
    for (std::uint8_t level = 0; level < kLevels; ++level) {
        const auto tile =
            tile_of(level, shift_right(tree_size, kTileBits * (level + 1U)), tree_size);
        if (tile) tiles.push_back(*tile);
    }
    return tiles;
}

std::vector<TileId> new_tiles(std::uint64_t older_size, std::uint64_t newer_size) {
    std::vector<TileId> tiles;
    for (std::uint8_t level = 0; level < kLevels; ++level) {
        std::uint64_t index = shift_right(older_size, kTileBits * (level + 1U));
        for (; const auto tile = tile_of(level, index, newer_size); ++index) {
            if (tile != tile_of(level, index, older_size)) tiles.push_back(*tile);
        }
    }
    return tiles;
}

void append_entry(Bytes& bundle, ByteView entry) {
    ENSURE(entry.size() <= kEntrySizeMax);
    append_u16(bundle, static_cast<std::uint16_t>(entry.size()));
    append(bundle, entry);
}

Result<std::vector<ByteView>, TileError> decode_bundle(ByteView bundle, std::size_t width) {
    std::vector<ByteView> entries;
    while (!bundle.empty()) {
        if (bundle.size() < 2) return std::unexpected{TileError::kBundleTruncated};
        const auto size = static_cast<std::size_t>(bundle[0]) << 8 | bundle[1];
        if (bundle.size() - 2 < size) return std::unexpected{TileError::kBundleTruncated};
        entries.push_back(bundle.subspan(2, size));
        bundle = bundle.subspan(2 + size);
    }
    if (entries.size() != width) return std::unexpected{TileError::kBundleCount};
    return entries;
}

}  // namespace tasdiq::merkle
