#include "merkle/map_fixture_test.hpp"

namespace tasdiq::merkle {
namespace {

using testing::key;
using testing::MapFixture;
using testing::Random;
using testing::random_bytes;
using testing::random_keys;
using testing::random_records;
using testing::Records;
using testing::value;

TEST(KeyProof, ProvesPresenceOrAbsenceButNeverBoth) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Random random{seed};
        const Records records = random_records(random, seed % 20);
        MapFixture map{records};
        for (const MapClaim& claim : map.claims(random_keys(random, records, 10))) {
            const KeyProof proof = map.prove_key(claim.key);
            if (claim.value) {
                MapLeaf leaf{claim.key, *claim.value};
                EXPECT_TRUE(verify_presence(map.root(), leaf, proof)) << "seed " << seed;
                EXPECT_FALSE(verify_absence(map.root(), claim.key, proof)) << "seed " << seed;
                KeyProof other = proof;
                other.other_leaf = leaf;
                EXPECT_EQ(verify_absence(map.root(), claim.key, other).error(),
                          MapProofError::kLeafIsClaimed);
                leaf.value = random_bytes<ValueHash>(random);
                EXPECT_EQ(verify_presence(map.root(), leaf, proof).error(),
                          MapProofError::kRootMismatch);
            } else {
                EXPECT_TRUE(verify_absence(map.root(), claim.key, proof)) << "seed " << seed;
                KeyProof bare = proof;
                bare.other_leaf.reset();
                const MapLeaf leaf{claim.key, random_bytes<ValueHash>(random)};
                EXPECT_FALSE(verify_presence(map.root(), leaf, bare)) << "seed " << seed;
            }
        }
    }
}

TEST(KeyProof, IsRefusedForTheFirstReason) {
    const MapLeaf leaf{key("0"), value(1)};
    const MapLeaf other{key("1"), value(1)};
    const KeyProof deep{leaf, std::vector<MapHash>(257)};
    EXPECT_EQ(verify_presence({}, leaf, deep).error(), MapProofError::kTooDeep);
    EXPECT_EQ(verify_presence({}, leaf, {other, {}}).error(), MapProofError::kLeftOver);
    EXPECT_EQ(verify_presence({}, leaf, {}).error(), MapProofError::kRootMismatch);
    EXPECT_EQ(verify_absence({}, leaf.key, deep).error(), MapProofError::kTooDeep);
    EXPECT_EQ(verify_absence({}, leaf.key, {other, {MapHash{}}}).error(),
              MapProofError::kLeafElsewhere);
    EXPECT_EQ(verify_absence({}, leaf.key, {leaf, {MapHash{}}}).error(),
              MapProofError::kLeafIsClaimed);
    EXPECT_EQ(verify_absence({}, leaf.key, {other, {}}).error(), MapProofError::kRootMismatch);
}

}  // namespace
}  // namespace tasdiq::merkle
