#pragma once

// For the tests of this folder only: the definitions as their specifications write them, and
// sources.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>

#include "merkle/log_proof.hpp"
#include "merkle/sparse_map.hpp"
#include "merkle/tile_log.hpp"

namespace tasdiq::merkle::testing {

using Random = std::mt19937_64;

template <class T>
T random_bytes(Random& random) {
    T value;
    for (std::uint8_t& byte : value.mutable_view()) byte = static_cast<std::uint8_t>(random());
    return value;
}

/// MTH(D[begin:end]) as RFC 9162 §2.1.1 writes it.
inline MerkleHash naive_root(std::span<const MerkleHash> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves.front();
    std::size_t k = 1;
    while (2 * k < leaves.size()) k *= 2;
    return hash_node(naive_root(leaves.first(k)), naive_root(leaves.subspan(k)));
}

/// PATH(index, D) as RFC 9162 §2.1.3.1 writes it.
inline std::vector<MerkleHash> naive_path(std::size_t index, std::span<const MerkleHash> leaves) {
    if (leaves.size() == 1) return {};
    std::size_t k = 1;
    while (2 * k < leaves.size()) k *= 2;
    const auto left = leaves.first(k);
    const auto right = leaves.subspan(k);
    auto path = index < k ? naive_path(index, left) : naive_path(index - k, right);
    path.push_back(naive_root(index < k ? right : left));
    return path;
}

/// SUBPROOF(m, D, b) as RFC 9162 §2.1.4.1 writes it.
inline std::vector<MerkleHash> naive_subproof(std::size_t m, std::span<const MerkleHash> leaves,
                                              bool is_known) {
    if (m == leaves.size()) {
        if (is_known) return {};
        return {naive_root(leaves)};
    }
    std::size_t k = 1;
    while (2 * k < leaves.size()) k *= 2;
    const auto left = leaves.first(k);
    const auto right = leaves.subspan(k);
    auto path = m <= k ? naive_subproof(m, left, is_known) : naive_subproof(m - k, right, false);
    path.push_back(naive_root(m <= k ? right : left));
    return path;
}

/// Leaf hashes "0", "1", …
inline std::vector<MerkleHash> numbered_leaves(std::size_t count) {
    std::vector<MerkleHash> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(hash_leaf(as_bytes(std::to_string(i))));
    return leaves;
}

using Records = std::map<KeyHash, ValueHash>;

/// The Jellyfish definition: empty, a lone leaf, or an inner node, at `depth`, of [begin, end).
inline MapHash naive_map_hash(Records::const_iterator begin, Records::const_iterator end,
                              unsigned depth = 0) {
    if (begin == end) return empty_map_hash();
    if (std::next(begin) == end) return hash_map_leaf({begin->first, begin->second});
    auto middle = begin;
    while (middle != end && key_bit(middle->first, depth) == 0) ++middle;
    return hash_map_node(naive_map_hash(begin, middle, depth + 1),
                         naive_map_hash(middle, end, depth + 1));
}

inline MapRoot naive_map_root(const Records& records) {
    return to_root(naive_map_hash(records.begin(), records.end()));
}

/// Pages in memory, each load of which may be made to fail.
class MemoryPages final : public PageSource {
  public:
    std::map<PageId, Bytes> pages;
    std::optional<SourceError> failure;
    std::size_t loads = 0;

    Result<Bytes, SourceError> load(const PageId& id) override {
        ++loads;
        if (failure) return std::unexpected{*failure};
        const auto place = pages.find(id);
        if (place == pages.end()) return std::unexpected{SourceError::kMissing};
        return place->second;
    }

    void write(const std::vector<PageWrite>& writes) {
        for (const PageWrite& write : writes) {
            if (write.bytes) {
                pages[write.id] = *write.bytes;
            } else {
                pages.erase(write.id);
            }
        }
    }
};

/// Tiles in memory; a wider tile replaces a narrower one.
class MemoryTiles final : public TileSource {
  public:
    std::map<std::pair<std::uint8_t, std::uint64_t>, Bytes> tiles;
    std::optional<SourceError> failure;
    std::size_t loads = 0;

    Result<Bytes, SourceError> load(const TileId& id) override {
        ++loads;
        if (failure) return std::unexpected{*failure};
        const auto place = tiles.find({id.level, id.index});
        if (place == tiles.end()) return std::unexpected{SourceError::kMissing};
        return place->second;
    }

    void write(std::vector<Tile> written) {
        for (Tile& tile : written) tiles[{tile.id.level, tile.id.index}] = std::move(tile.bytes);
    }
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Whether `folder` of the outside vectors is there.
inline std::filesystem::path vectors(std::string_view folder) {
    return std::filesystem::path{TASDIQ_VECTORS_DIR} / folder;
}

inline Bytes from_base64(std::string_view text) {
    static constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Bytes bytes;
    unsigned bits = 0;
    unsigned value = 0;
    for (const char c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) break;
        value = value << 6 | static_cast<unsigned>(digit);
        if ((bits += 6) >= 8) bytes.push_back(static_cast<std::uint8_t>(value >> (bits -= 8)));
    }
    return bytes;
}

/// What follows `"name":` in a JSON text, up to the next comma, bracket or line; without quotes.
inline std::string json_member(std::string_view json, std::string_view name) {
    auto at = json.find("\"" + std::string{name} + "\":");
    if (at == std::string_view::npos) return {};
    at = json.find_first_not_of(" \"", at + name.size() + 3);
    return std::string{json.substr(at, json.find_first_of("\",\n}]", at) - at)};
}

/// The strings of the array after `"name":`.
inline std::vector<std::string> json_strings(std::string_view json, std::string_view name) {
    std::vector<std::string> strings;
    const auto at = json.find("\"" + std::string{name} + "\":");
    if (at == std::string_view::npos) return strings;
    const auto begin = json.find_first_not_of(' ', at + name.size() + 3);
    if (json[begin] != '[') return strings;  // null
    std::string_view rest = json.substr(begin, json.find(']', begin) - begin);
    for (auto open = rest.find('"'); open != std::string_view::npos; open = rest.find('"')) {
        rest.remove_prefix(open + 1);
        strings.emplace_back(rest.substr(0, rest.find('"')));
        rest.remove_prefix(strings.back().size() + 1);
    }
    return strings;
}

}  // namespace tasdiq::merkle::testing
