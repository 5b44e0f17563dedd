#include "merkle/map_proof.hpp"

#include <gtest/gtest.h>
#include <set>

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

TEST(MapProof, ProvesPresentAndAbsentKeysTogether) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random{seed};
        const Records records = random_records(random, seed % 10 == 0 ? seed : seed % 10);
        MapFixture map{records};
        auto keys = random_keys(random, records, 1 + random() % (seed % 7 == 0 ? 64 : 8));
        const auto claims = map.claims(keys);
        std::ranges::shuffle(keys, random);
        const MapProof proof = map.prove(keys);
        const auto result = verify_map_proof(map.root(), claims, proof);
        ASSERT_TRUE(result) << "seed " << seed << ": " << to_string(result.error());
        EXPECT_EQ(*decode_map_proof(encode_map_proof(proof)), proof) << "seed " << seed;

        for (const MapClaim& claim : claims) {  // any other claim of the same keys is refused
            auto wrong = claims;
            auto& changed = wrong[static_cast<std::size_t>(&claim - claims.data())];
            changed.value = random_bytes<ValueHash>(random);
            EXPECT_FALSE(verify_map_proof(map.root(), wrong, proof)) << "seed " << seed;
            if (!claim.value) continue;
            changed.value.reset();
            EXPECT_FALSE(verify_map_proof(map.root(), wrong, proof)) << "seed " << seed;
        }
    }
}

TEST(MapProof, IsJudgedAlikeWithAMemo) {
    MapProofMemo memo;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random{seed % 20};  // again, when the memo is full of it
        const Records records = random_records(random, 200);
        MapFixture map{records};
        const auto keys = random_keys(random, records, 4);
        const auto claims = map.claims(keys);
        MapProof proof = map.prove(keys);
        ASSERT_TRUE(verify_map_proof(map.root(), claims, proof, &memo)) << "seed " << seed;
        auto wrong = claims;
        wrong[random() % wrong.size()].value = random_bytes<ValueHash>(random);
        EXPECT_EQ(verify_map_proof(map.root(), wrong, proof, &memo).error(),
                  verify_map_proof(map.root(), wrong, proof).error());
        proof.siblings[random() % proof.siblings.size()].mutable_view()[31] ^= 1;
        EXPECT_EQ(verify_map_proof(map.root(), claims, proof, &memo).error(),
                  MapProofError::kRootMismatch);
    }
}

TEST(MapProofMemo, KnowsASubtreeByAllOfIt) {
    Random random{1};
    const auto hash = random_bytes<MapHash>(random);
    const std::vector<MapStep> steps = {MapStep::kInner, MapStep::kOtherLeaf};
    std::vector<MapHash> siblings = {random_bytes<MapHash>(random)};
    const MapLeaf leaf{key("0"), value(1)};
    MapChain chain{{key("1"), std::nullopt}, 3, steps, siblings, &leaf};
    MapProofMemo memo;
    EXPECT_EQ(memo.find(chain), nullptr);
    memo.keep(chain, hash);
    ASSERT_NE(memo.find(chain), nullptr);
    EXPECT_EQ(*memo.find(chain), hash);

    const std::vector<MapStep> other_steps = {MapStep::kInnerBesideEmpty, MapStep::kOtherLeaf};
    const std::vector<MapHash> other_siblings = {random_bytes<MapHash>(random)};
    const MapLeaf other_leaf{key("0"), value(2)};
    const MapChain others[] = {
        {{key("11"), std::nullopt}, 3, steps, siblings, &leaf},
        {{key("1"), value(1)}, 3, steps, siblings, &leaf},
        {{key("1"), std::nullopt}, 4, steps, siblings, &leaf},
        {{key("1"), std::nullopt}, 3, other_steps, siblings, &leaf},
        {{key("1"), std::nullopt}, 3, steps, other_siblings, &leaf},
        {{key("1"), std::nullopt}, 3, steps, siblings, &other_leaf},
        {{key("1"), std::nullopt}, 3, steps, siblings, nullptr},
    };
    for (const MapChain& other : others) EXPECT_EQ(memo.find(other), nullptr);
}

TEST(MapProof, ReachesTheLastBit) {
    const std::string zeros(255, '0');
    MapFixture map{{{key(zeros + "0"), value(1)}, {key(zeros + "1"), value(2)}}};
    const std::vector<KeyHash> keys = {key(zeros + "0"), key(zeros + "1"),
                                       key(std::string(254, '0') + "1"), key("1")};
    const MapProof proof = map.prove(keys);
    EXPECT_TRUE(verify_map_proof(map.root(), map.claims(keys), proof));
    EXPECT_EQ(proof.steps.size(), 256 + 4);
    EXPECT_TRUE(proof.siblings.empty());  // all of them are empty or asked for
    const MapProof one = map.prove({keys[1]});
    EXPECT_TRUE(verify_map_proof(map.root(), map.claims({keys[1]}), one));
    EXPECT_EQ(one.siblings.size(), 1);
    EXPECT_EQ(map.prove_key(keys[0]).siblings.size(), 256);
    EXPECT_TRUE(verify_presence(map.root(), {keys[0], value(1)}, map.prove_key(keys[0])));
}

TEST(MapProof, SharesWhatItsKeysShare) {
    Random random{3};
    const Records records = random_records(random, 2000);
    MapFixture map{records};
    const auto keys = random_keys(random, records, 16);
    std::size_t apart = 0;
    for (const KeyHash& at : keys) apart += encode_map_proof(map.prove({at})).size();
    EXPECT_LT(encode_map_proof(map.prove(keys)).size(), apart * 3 / 4);
}

TEST(MapProof, IsRefusedWithAnyBitChanged) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random{seed};
        const Records records = random_records(random, 3 * seed);
        MapFixture map{records};
        const auto keys = random_keys(random, records, 1 + seed % 6);
        const auto claims = map.claims(keys);
        Bytes bytes = encode_map_proof(map.prove(keys));
        ASSERT_TRUE(verify_map_proof(map.root(), claims, *decode_map_proof(bytes)));
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            const auto proof = decode_map_proof(bytes);
            if (proof) {
                EXPECT_FALSE(verify_map_proof(map.root(), claims, *proof)) << seed << " " << bit;
            }
            bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        }
        const MapProof good = *decode_map_proof(bytes);
        for (std::size_t i = 0; i < claims.size(); ++i) {
            for (std::size_t bit = 0; bit < 256; ++bit) {
                const auto mask = static_cast<std::uint8_t>(1 << bit % 8);
                auto wrong = claims;
                if (wrong[i].value) {
                    wrong[i].value->mutable_view()[bit / 8] ^= mask;
                    EXPECT_FALSE(verify_map_proof(map.root(), wrong, good)) << seed << " " << bit;
                    wrong = claims;
                    wrong[i].key.mutable_view()[bit / 8] ^= mask;
                    EXPECT_FALSE(verify_map_proof(map.root(), wrong, good)) << seed << " " << bit;
                }
                MapRoot root = map.root();
                root.mutable_view()[bit / 8] ^= mask;
                EXPECT_EQ(verify_map_proof(root, claims, good).error(),
                          MapProofError::kRootMismatch);
            }
        }
    }
}

/// Tries every walk over small alphabets of steps, siblings and leaves: the honest proof is the
/// only one that is accepted, for the true claims, and none is for any false claim.
TEST(MapProof, IsTheOnlyOneForItsClaims) {
    const std::vector<KeyHash> all = {key("000"), key("001"), key("01"), key("100"), key("11")};
    std::size_t accepted = 0;
    for (unsigned present = 0; present < 32; ++present) {
        Records records;
        for (unsigned i = 0; i < all.size(); ++i) {
            if ((present >> i & 1) != 0) records[all[i]] = value(1);
        }
        MapFixture map{records};
        const std::vector<KeyHash> keys = {key("001"), key("100")};
        const auto truth = map.claims(keys);
        const MapProof honest = map.prove(keys);
        // All hashes and leaves that an attacker might find useful.
        std::vector<MapHash> hashes = honest.siblings;
        hashes.push_back(empty_map_hash());
        hashes.push_back(to_hash(map.root()));
        std::vector<MapLeaf> leaves;
        for (const auto& [at, hash] : records) leaves.push_back({at, hash});
        Random random{present};
        for (unsigned tries = 0; tries < 1500; ++tries) {
            MapProof proof = honest;
            for (unsigned edits = 1 + static_cast<unsigned>(random() % 3); edits != 0; --edits) {
                const auto step = static_cast<MapStep>(random() % 4);
                switch (random() % 6) {
                    case 0: proof.steps[random() % proof.steps.size()] = step; break;
                    case 1: proof.steps.push_back(step); break;
                    case 2:
                        if (proof.steps.size() > 1) proof.steps.pop_back();
                        break;
                    case 3: proof.siblings.push_back(hashes[random() % hashes.size()]); break;
                    case 4:
                        if (!proof.siblings.empty()) proof.siblings.pop_back();
                        break;
                    case 5:
                        if (!leaves.empty() && proof.other_leaves.size() < 2) {
                            proof.other_leaves.push_back(leaves[random() % leaves.size()]);
                        } else if (!proof.other_leaves.empty()) {
                            proof.other_leaves.pop_back();
                        }
                        break;
                }
            }
            auto claims = truth;
            for (MapClaim& claim : claims) {
                if (random() % 3 == 0)
                    claim.value = claim.value ? std::nullopt : std::optional{value(1)};
            }
            if (!verify_map_proof(map.root(), claims, proof)) continue;
            EXPECT_EQ(claims, truth) << present;
            EXPECT_EQ(proof, honest) << present;
            ++accepted;
        }
    }
    EXPECT_GT(accepted, 0);  // edits that undo each other
}

// ---------------------------------------------------------------- refusals, one by one

using enum MapStep;

struct Refused {
    const char* why;
    std::vector<MapClaim> claims;
    MapProof proof;
    MapProofError error;
};

std::vector<MapClaim> many_claims(std::size_t count) {
    std::vector<MapClaim> claims(count);
    for (std::size_t i = 0; i < count; ++i) {
        claims[i].key.mutable_view()[31] = static_cast<std::uint8_t>(i);
    }
    return claims;
}

/// In the order of MapProofError; the root is never right.
std::vector<Refused> refused() {
    const MapHash hash = to_hash(MapRoot{value(5).array()});
    const std::vector<MapClaim> absent = {{key("0"), {}}};
    const std::vector<MapClaim> present = {{key("0"), value(1)}};
    const std::vector<MapClaim> split = {{key("0"), {}}, {key("1"), {}}};
    const std::vector<MapClaim> two = {{key("0"), value(1)}, {key("1"), value(1)}};
    const std::vector<MapClaim> one_of_two = {{key("0"), value(1)}, {key("1"), {}}};
    const std::vector<MapStep> deep(257, kInner);
    const std::vector<MapHash> deep_siblings(256, hash);
    return {
        {"NoClaims", {}, {}, MapProofError::kNoClaims},
        {"TooManyClaims", std::vector<MapClaim>(65), {}, MapProofError::kTooManyClaims},
        {"ClaimOrder", {{key("1"), {}}, {key("0"), {}}}, {}, MapProofError::kClaimOrder},
        {"ClaimTwice", {{key("0"), {}}, {key("0"), {}}}, {}, MapProofError::kClaimOrder},
        {"NoSteps", absent, {{}, {hash}, {}}, MapProofError::kTooFewSteps},
        {"TooFewSteps", split, {{kInner, kEnd}, {hash}, {}}, MapProofError::kTooFewSteps},
        {"TooDeep", absent, {deep, deep_siblings, {}}, MapProofError::kTooDeep},
        {"SplitBesideEmpty",
         split,
         {{kInnerBesideEmpty}, {}, {}},
         MapProofError::kSplitBesideEmpty},
        {"TooFewSiblings", absent, {{kInner, kEnd}, {}, {}}, MapProofError::kTooFewSiblings},
        {"EmptySibling", absent, {{kInner}, {empty_map_hash()}, {}}, MapProofError::kEmptySibling},
        {"NotOneLeaf", two, {{kEnd, kEnd}, {hash}, {}}, MapProofError::kNotOneLeaf},
        {"TooFewLeaves", present, {{kOtherLeaf, kEnd}, {hash}, {}}, MapProofError::kTooFewLeaves},
        {"LeafElsewhere",
         present,
         {{kInner, kOtherLeaf, kEnd}, {hash}, {{key("1"), value(1)}}},
         MapProofError::kLeafElsewhere},
        {"LeafIsClaimed",
         one_of_two,
         {{kOtherLeaf, kEnd}, {hash}, {{key("1"), value(1)}}},
         MapProofError::kLeafIsClaimed},
        {"LeafIsThePresentKeys",
         present,
         {{kOtherLeaf}, {}, {{key("0"), value(1)}}},
         MapProofError::kLeafIsClaimed},
        {"PresentNotFound",
         present,
         {{kOtherLeaf, kEnd}, {hash}, {{key("01"), value(1)}}},
         MapProofError::kPresentNotFound},
        {"LoneLeafNotCollapsed",
         present,
         {{kInnerBesideEmpty, kEnd, kEnd}, {hash}, {}},
         MapProofError::kNotCollapsed},
        {"OtherLeafNotCollapsed",
         absent,
         {{kInnerBesideEmpty, kOtherLeaf}, {hash}, {{key("01"), value(1)}}},
         MapProofError::kNotCollapsed},
        {"EmptyNotCollapsed",
         absent,
         {{kInnerBesideEmpty, kEnd}, {hash}, {}},
         MapProofError::kNotCollapsed},
        {"SplitNotCollapsed",
         one_of_two,
         {{kInner, kEnd, kEnd}, {hash}, {}},
         MapProofError::kNotCollapsed},
        {"StepLeftOver", absent, {{kEnd, kEnd}, {}, {}}, MapProofError::kLeftOver},
        {"SiblingLeftOver", absent, {{kEnd}, {hash}, {}}, MapProofError::kLeftOver},
        {"LeafLeftOver", absent, {{kEnd}, {}, {{key("1"), value(1)}}}, MapProofError::kLeftOver},
        {"RootMismatch", present, {{kEnd}, {}, {}}, MapProofError::kRootMismatch},
        {"RootMismatchOfNothing", many_claims(64), {{kEnd}, {}, {}}, MapProofError::kRootMismatch},
    };
}

TEST(MapProof, IsRefusedForTheFirstReason) {
    for (const Refused& row : refused()) {
        const auto result = verify_map_proof(MapRoot{}, row.claims, row.proof);
        ASSERT_FALSE(result) << row.why;
        EXPECT_EQ(result.error(), row.error) << row.why << ": " << to_string(result.error());
    }
}

TEST(MapProof, EncodesInOneWay) {
    const MapLeaf leaf{key("01"), value(7)};
    MapHash hash;
    hash.mutable_view()[31] = 1;
    const MapProof proof{{kInner, kInnerBesideEmpty, kEnd, kOtherLeaf, kInner}, {hash}, {leaf}};
    const Bytes bytes = encode_map_proof(proof);
    EXPECT_EQ(to_hex(bytes), "00051b00" + to_hex(leaf.key.view()) + to_hex(leaf.value.view()) +
                                 to_hex(hash.view()));
    EXPECT_EQ(*decode_map_proof(bytes), proof);
    EXPECT_EQ(*decode_map_proof(encode_map_proof(MapProof{})), MapProof{});
}

TEST(MapProof, IsTheOneOfItsSpecification) {
    // The worked example of docs/formats/map-proof.md.
    MapFixture map{{{key("01"), value(1)}, {key("1"), value(1)}, {key("11"), value(1)}}};
    const std::vector<KeyHash> keys = {key("0"), key("1")};
    const MapProof proof = map.prove(keys);
    EXPECT_EQ(to_hex(encode_map_proof(proof)),
              "0004"
              "32" +
                  to_hex(key("01").view()) + to_hex(value(1).view()) +
                  to_hex(hash_map_leaf({key("11"), value(1)}).view()));
    EXPECT_TRUE(verify_map_proof(map.root(), map.claims(keys), proof));
}

// In the order of MapProofError; each also commits every later offence it can.
TEST(MapProof, IsNotDecodedForTheFirstReason) {
    const auto error = [](const Bytes& bytes) {
        const auto proof = decode_map_proof(bytes);
        return proof ? MapProofError{} : proof.error();
    };
    EXPECT_EQ(error(Bytes(kMapProofSizeMax + 1)), MapProofError::kTooLong);
    EXPECT_EQ(error({0x40, 0x41}), MapProofError::kTooLong);  // 64 · 257 steps and one
    EXPECT_EQ(error({0x40, 0x40}), MapProofError::kTruncated);
    EXPECT_EQ(error({}), MapProofError::kTruncated);
    EXPECT_EQ(error({0}), MapProofError::kTruncated);
    EXPECT_EQ(error({0, 5, 0}), MapProofError::kTruncated);
    EXPECT_EQ(error({0, 1, 0xc0}), MapProofError::kTruncated);  // the leaf that the step calls for
    EXPECT_EQ(error({0, 1, 0xc1}), MapProofError::kPadding);
    EXPECT_EQ(error({0, 1, 0x10, 9}), MapProofError::kPadding);
    EXPECT_EQ(error({0, 1, 0, 9}), MapProofError::kNotWholeHashes);
    Bytes bytes(3 + 33);
    bytes[1] = 1;
    EXPECT_EQ(error(bytes), MapProofError::kNotWholeHashes);
    bytes.pop_back();
    EXPECT_TRUE(decode_map_proof(bytes));
}

TEST(SparseMapProve, RefusesForTheFirstReason) {
    SparseMap map{MapRoot{}};  // and no page of it is there
    NoPages none;
    EXPECT_EQ(map.prove(none, {}).error(), MapError::kNoKeys);
    EXPECT_EQ(map.prove(none, std::vector<KeyHash>(65)).error(), MapError::kTooManyKeys);
    EXPECT_EQ(map.prove(none, std::vector<KeyHash>(2)).error(), MapError::kDuplicateKey);
    EXPECT_EQ(map.prove(none, std::vector<KeyHash>(1)).error(), MapError::kPageMissing);
}

TEST(MapProofError, HasATextForEveryCode) {
    std::set<std::string_view> texts;
    std::size_t codes = 0;
    for (const auto& [first, last] : {std::pair{1U, 4U}, {10U, 12U}, {20U, 30U}, {40U, 41U}}) {
        for (unsigned code = first; code <= last; ++code, ++codes) {
            texts.insert(to_string(static_cast<MapProofError>(code)));
        }
    }
    EXPECT_EQ(texts.size(), codes);
}

}  // namespace
}  // namespace tasdiq::merkle
