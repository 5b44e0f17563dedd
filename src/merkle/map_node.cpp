#include "merkle/map_node.hpp"

#include <algorithm>
#include <bit>

#include "crypto/domains.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::merkle {
namespace {

/// SHA-256(domain ‖ left ‖ right), hashed in one piece: this is the inner loop of the map.
template <std::size_t DomainSize>
std::array<std::uint8_t, 32> hash_pair(std::string_view domain,
                                       const std::array<std::uint8_t, 32>& left,
                                       const std::array<std::uint8_t, 32>& right) {
    std::array<std::uint8_t, DomainSize + 64> message;
    auto end = std::ranges::copy(as_bytes(domain), message.begin()).out;
    end = std::ranges::copy(left, end).out;
    std::ranges::copy(right, end);
    return crypto::sha256(message).array();
}

}  // namespace

KeyHash hash_map_key(ByteView key) { return KeyHash{crypto::sha256(key).array()}; }

ValueHash hash_map_value(ByteView value) { return ValueHash{crypto::sha256(value).array()}; }

MapHash hash_map_leaf(const MapLeaf& leaf) {
    constexpr std::string_view kDomain = crypto::kJmtLeaf;
    return MapHash{hash_pair<kDomain.size()>(kDomain, leaf.key.array(), leaf.value.array())};
}

MapHash hash_map_node(const MapHash& left, const MapHash& right) {
    constexpr std::string_view kDomain = crypto::kJmtInternal;
    return MapHash{hash_pair<kDomain.size()>(kDomain, left.array(), right.array())};
}

const MapHash& empty_map_hash() {
    static constexpr MapHash kEmpty = [] {
        std::array<std::uint8_t, MapHash::kSize> bytes{};
        static_assert(crypto::kJmtEmpty.size() == MapHash::kSize);
        std::ranges::transform(crypto::kJmtEmpty, bytes.begin(),
                               [](char c) { return static_cast<std::uint8_t>(c); });
        return MapHash{bytes};
    }();
    return kEmpty;
}

MapRoot empty_map_root() { return to_root(empty_map_hash()); }

unsigned shared_bits(const KeyHash& a, const KeyHash& b) {
    for (std::size_t i = 0; i < KeyHash::kSize; ++i) {
        const auto difference = static_cast<std::uint8_t>(a.array()[i] ^ b.array()[i]);
        if (difference == 0) continue;
        return static_cast<unsigned>(8 * i) + static_cast<unsigned>(std::countl_zero(difference));
    }
    return kMapDepth;
}

}  // namespace tasdiq::merkle
