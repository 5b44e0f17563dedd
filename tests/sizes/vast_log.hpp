#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"
#include "merkle/log_proof.hpp"
#include "merkle/sparse_map.hpp"

// A log and a map as large as one likes, of which only the ways to some leaves exist.
namespace tasdiq::vast {

/// The log of any number of entries: those that were put, and subtrees that nobody looks into.
class VastLog final : public merkle::NodeSource {
  public:
    void put(std::uint64_t index, const Bytes& entry) {
        leaves_.insert_or_assign(index, merkle::hash_leaf(entry));
    }

    Result<merkle::MerkleHash, merkle::SourceError> node(merkle::NodeId id) override {
        const auto first = leaves_.lower_bound(id.index << id.level);
        if (first == leaves_.end() || first->first >= (id.index + 1) << id.level) {
            Bytes name;
            append_u32(name, id.level);
            append_u64(name, id.index);
            return merkle::MerkleHash{crypto::sha256(name).array()};
        }
        if (id.level == 0) return first->second;
        return merkle::hash_node(*node({id.level - 1, id.index * 2}),
                                 *node({id.level - 1, id.index * 2 + 1}));
    }

  private:
    std::map<std::uint64_t, merkle::MerkleHash> leaves_;
};

/// A map that looks, on the way to the keys that were put, like one of `records` random records:
/// at each depth as many others branch off as would on average, by the dice. More than two look
/// like two.
class VastMap {
  public:
    explicit VastMap(std::uint64_t records) : records_{static_cast<double>(records)} {}

    void put(const merkle::KeyHash& key, const std::optional<merkle::ValueHash>& value) {
        if (value) updates_.push_back({key, value});
        double expected = records_;  // others below the node on the way
        for (unsigned depth = 0; depth < 64 && expected > 1e-6; ++depth) {
            expected /= 2;
            const int branching = std::poisson_distribution<int>{expected}(dice_);
            for (int i = 0; i < std::min(branching, 2); ++i) {
                updates_.push_back({random_key_beside(key, depth), random<merkle::ValueHash>()});
            }
        }
    }
    /// After the last put.
    void close() { ENSURE(map_.update(none_, updates_)); }

    [[nodiscard]] const merkle::MapRoot& root() const { return map_.root(); }
    [[nodiscard]] merkle::MapProof prove(std::span<const merkle::KeyHash> keys) {
        return *map_.prove(none_, keys);
    }

  private:
    template <class T>
    T random() {
        std::array<std::uint8_t, T::kSize> bytes{};
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(dice_());
        return T{bytes};
    }

    /// Shares exactly `depth` bits with `key`.
    merkle::KeyHash random_key_beside(const merkle::KeyHash& key, unsigned depth) {
        auto bytes = random<merkle::KeyHash>().array();
        for (unsigned bit = 0; bit <= depth; ++bit) {
            const auto mask = static_cast<std::uint8_t>(0x80U >> bit % 8);
            const bool is_set = (merkle::key_bit(key, bit) == 1) != (bit == depth);
            bytes[bit / 8] =
                static_cast<std::uint8_t>(is_set ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
        }
        return merkle::KeyHash{bytes};
    }

    double records_;
    std::mt19937_64 dice_{1};
    std::vector<merkle::MapUpdate> updates_;
    merkle::SparseMap map_;
    merkle::NoPages none_;
};

}  // namespace tasdiq::vast
