#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace tasdiq::merkle {

/// Where a record stands in the map: SHA-256 of its key. Bit 0 is the highest bit of byte 0.
using KeyHash = TaggedBytes<struct KeyHashTag, 32>;
/// What stands there: SHA-256 of its value.
using ValueHash = TaggedBytes<struct ValueHashTag, 32>;
/// A node of the map.
using MapHash = TaggedBytes<struct MapHashTag, 32>;
/// The node that commits to the whole map.
using MapRoot = TaggedBytes<struct MapRootTag, 32>;

/// Levels of the map: a key has so many bits.
inline constexpr unsigned kMapDepth = 256;

/// A record of the map, as its leaf commits to it.
struct MapLeaf {
    KeyHash key;
    ValueHash value;
    friend auto operator<=>(const MapLeaf&, const MapLeaf&) = default;
};

/// SHA-256(key). Keys of ours are CBOR `[type, id…]`.
[[nodiscard]] KeyHash hash_map_key(ByteView key);

/// SHA-256(value).
[[nodiscard]] ValueHash hash_map_value(ByteView value);

/// SHA-256("JMT::LeafNode" ‖ key hash ‖ value hash).
[[nodiscard]] MapHash hash_map_leaf(const MapLeaf& leaf);

/// SHA-256("JMT::IntrnalNode" ‖ left ‖ right).
[[nodiscard]] MapHash hash_map_node(const MapHash& left, const MapHash& right);

/// The hash of a subtree without records: the 32 bytes "SPARSE_MERKLE_PLACEHOLDER_HASH__".
[[nodiscard]] const MapHash& empty_map_hash();

/// The root of the map without records.
[[nodiscard]] MapRoot empty_map_root();

[[nodiscard]] inline MapRoot to_root(const MapHash& hash) { return MapRoot{hash.array()}; }
[[nodiscard]] inline MapHash to_hash(const MapRoot& root) { return MapHash{root.array()}; }

/// Bit `index` (below 256) of a key: 0 goes left, 1 goes right.
[[nodiscard]] inline unsigned key_bit(const KeyHash& key, unsigned index) {
    return static_cast<unsigned>(key.array()[index / 8] >> (7 - index % 8)) & 1U;
}

/// How many leading bits two keys share: 0–256.
[[nodiscard]] unsigned shared_bits(const KeyHash& a, const KeyHash& b);

}  // namespace tasdiq::merkle
