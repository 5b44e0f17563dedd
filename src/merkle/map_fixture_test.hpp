#pragma once

#include <gtest/gtest.h>
#include <set>

#include "merkle/map_proof.hpp"
#include "merkle/support_test.hpp"

namespace tasdiq::merkle::testing {

/// A key that begins with these bits, and goes on with zeros.
inline KeyHash key(std::string_view bits) {
    KeyHash value;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i] == '1') value.mutable_view()[i / 8] |= static_cast<std::uint8_t>(128 >> i % 8);
    }
    return value;
}

inline ValueHash value(std::uint8_t number) {
    ValueHash hash;
    hash.mutable_view()[0] = number;
    return hash;
}

/// A map in memory, with the proof and the true claims for some keys.
class MapFixture {
  public:
    explicit MapFixture(Records records) : records_{std::move(records)} {
        std::vector<MapUpdate> updates;
        for (const auto& [at, hash] : records_) updates.push_back({at, hash});
        EXPECT_TRUE(map_.update(none_, updates));
        EXPECT_EQ(map_.root(), naive_map_root(records_));
    }

    [[nodiscard]] const MapRoot& root() const { return map_.root(); }
    MapProof prove(const std::vector<KeyHash>& keys) { return *map_.prove(none_, keys); }
    KeyProof prove_key(const KeyHash& at) { return *map_.prove_key(none_, at); }

    /// What is true of these keys, ascending.
    std::vector<MapClaim> claims(std::vector<KeyHash> keys) const {
        std::ranges::sort(keys);
        std::vector<MapClaim> claims;
        for (const KeyHash& at : keys) {
            const auto place = records_.find(at);
            claims.push_back({at, place == records_.end() ? std::optional<ValueHash>{}
                                                          : std::optional{place->second}});
        }
        return claims;
    }

  private:
    Records records_;
    NoPages none_;
    SparseMap map_;
};

inline Records random_records(Random& random, std::size_t count) {
    Records records;
    while (records.size() < count) {
        KeyHash at = random_bytes<KeyHash>(random);
        if (random() % 4 == 0 && !records.empty()) {  // a close neighbour of another one
            at = records.begin()->first;
            at.mutable_view()[random() % 32] ^= static_cast<std::uint8_t>(1U << random() % 8);
        }
        records[at] = random_bytes<ValueHash>(random);
    }
    return records;
}

/// Some keys, present and absent.
inline std::vector<KeyHash> random_keys(Random& random, const Records& records, std::size_t count) {
    std::set<KeyHash> keys;
    while (keys.size() < count) {
        KeyHash at = random_bytes<KeyHash>(random);
        if (!records.empty() && random() % 4 != 0) {
            at = std::next(records.begin(), static_cast<long>(random() % records.size()))->first;
            if (random() % 2 == 0) {
                at.mutable_view()[random() % 32] ^= static_cast<std::uint8_t>(1U << random() % 8);
            }
        }
        keys.insert(at);
    }
    return {keys.begin(), keys.end()};
}

}  // namespace tasdiq::merkle::testing
