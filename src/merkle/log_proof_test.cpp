#include "merkle/log_proof.hpp"

#include <gtest/gtest.h>
#include <set>

#include "merkle/support_test.hpp"

namespace tasdiq::merkle {
namespace {

using testing::naive_path;
using testing::naive_root;
using testing::naive_subproof;
using testing::numbered_leaves;

constexpr std::size_t kTreeSizeMax = 130;

/// Complete subtrees of given leaves.
class LeafSource final : public NodeSource {
  public:
    explicit LeafSource(std::vector<MerkleHash> leaves) : leaves_{std::move(leaves)} {}
    std::optional<SourceError> failure;

    Result<MerkleHash, SourceError> node(NodeId id) override {
        if (failure) return std::unexpected{*failure};
        const std::size_t count = std::size_t{1} << id.level;
        EXPECT_LE((id.index + 1) * count, leaves_.size());
        return naive_root(std::span{leaves_}.subspan(id.index * count, count));
    }

  private:
    std::vector<MerkleHash> leaves_;
};

/// A tree all of whose leaves are equal, so that it may be as large as it likes.
class UniformSource final : public NodeSource {
  public:
    UniformSource() {
        levels_.push_back(hash_leaf(as_bytes("leaf")));
        while (levels_.size() < 64) levels_.push_back(hash_node(levels_.back(), levels_.back()));
    }
    Result<MerkleHash, SourceError> node(NodeId id) override { return levels_.at(id.level); }
    [[nodiscard]] const MerkleHash& leaf() const { return levels_.front(); }

  private:
    std::vector<MerkleHash> levels_;
};

TEST(InclusionProof, IsThatOfTheRecursiveDefinitionForEveryLeafOfEveryTree) {
    const auto all = numbered_leaves(kTreeSizeMax);
    for (std::size_t size = 1; size <= kTreeSizeMax; ++size) {
        const std::span leaves = std::span{all}.first(size);
        const MerkleHash root = naive_root(leaves);
        LeafSource source{{leaves.begin(), leaves.end()}};
        for (std::size_t index = 0; index < size; ++index) {
            const auto path = inclusion_path(index, size, source);
            ASSERT_TRUE(path);
            ASSERT_EQ(*path, naive_path(index, leaves));
            ASSERT_TRUE(verify_inclusion(leaves[index], index, size, *path, root));
        }
        EXPECT_EQ(tree_root(size, source), root);
    }
}

TEST(InclusionProof, IsRefusedForAnyOtherLeafIndexOrPath) {
    const auto all = numbered_leaves(40);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const std::span leaves = std::span{all}.first(size);
        const MerkleHash root = naive_root(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            auto path = naive_path(index, leaves);
            const auto refused = [&](std::uint64_t at) {
                return verify_inclusion(leaves[index], at, size, path, root).error();
            };
            for (std::size_t other = 0; other < size; ++other) {
                if (other == index) continue;
                EXPECT_FALSE(verify_inclusion(leaves[index], other, size, path, root));
                EXPECT_EQ(verify_inclusion(leaves[other], index, size, path, root).error(),
                          ProofError::kRootMismatch);
            }
            path.push_back(root);
            EXPECT_EQ(refused(index), ProofError::kPathLength);  // too long
            path.pop_back();
            if (path.empty()) continue;
            path.back().mutable_view()[7] ^= 1;
            EXPECT_EQ(refused(index), ProofError::kRootMismatch);
            path.pop_back();
            EXPECT_EQ(refused(index), ProofError::kPathLength);  // too short
        }
    }
}

// Each also commits every later offence it can.
TEST(InclusionProof, RefusesForTheFirstReason) {
    const auto leaves = numbered_leaves(4);
    const MerkleHash wrong;
    const std::vector<MerkleHash> short_path(1);
    EXPECT_EQ(verify_inclusion(leaves[0], 4, 4, short_path, wrong).error(),
              ProofError::kIndexOutOfRange);
    EXPECT_EQ(verify_inclusion(leaves[0], 0, 0, short_path, wrong).error(),
              ProofError::kIndexOutOfRange);
    EXPECT_EQ(verify_inclusion(leaves[0], 3, 4, short_path, wrong).error(),
              ProofError::kPathLength);
    EXPECT_EQ(verify_inclusion(leaves[0], 0, 4, naive_path(0, leaves), wrong).error(),
              ProofError::kRootMismatch);
    LeafSource source{leaves};
    source.failure = SourceError::kMissing;
    EXPECT_EQ(inclusion_path(4, 4, source).error(), ProofError::kIndexOutOfRange);
}

TEST(ConsistencyProof, IsThatOfTheRecursiveDefinitionForEveryPairOfTrees) {
    const auto all = numbered_leaves(kTreeSizeMax);
    std::vector<MerkleHash> roots;
    for (std::size_t size = 0; size <= kTreeSizeMax; ++size) {
        roots.push_back(naive_root(std::span{all}.first(size)));
    }
    LeafSource source{all};
    for (std::size_t newer = 1; newer <= kTreeSizeMax; ++newer) {
        for (std::size_t older = 1; older <= newer; ++older) {
            auto path = consistency_path(older, newer, source);
            ASSERT_TRUE(path);
            ASSERT_EQ(*path, naive_subproof(older, std::span{all}.first(newer), true));
            const TreeHead older_head{older, roots[older]};
            const TreeHead newer_head{newer, roots[newer]};
            ASSERT_TRUE(verify_consistency(older_head, newer_head, *path));
            if (older == newer) continue;

            // A complete older tree is not in the path: the walk begins with its given root.
            EXPECT_EQ(verify_consistency({older, roots[older - 1]}, newer_head, *path).error(),
                      std::has_single_bit(older) ? ProofError::kRootMismatch
                                                 : ProofError::kOlderRootMismatch);
            EXPECT_EQ(verify_consistency(older_head, {newer, roots[0]}, *path).error(),
                      ProofError::kRootMismatch);
            path->push_back(roots[0]);
            EXPECT_EQ(verify_consistency(older_head, newer_head, *path).error(),
                      ProofError::kPathLength);
            path->pop_back();
            path->pop_back();
            EXPECT_EQ(verify_consistency(older_head, newer_head, *path).error(),
                      ProofError::kPathLength);
        }
    }
}

TEST(ConsistencyProof, RefusesForTheFirstReason) {
    const auto leaves = numbered_leaves(4);
    const TreeHead newer{4, naive_root(leaves)};
    const std::vector<MerkleHash> path(1);
    EXPECT_EQ(verify_consistency({0, {}}, {0, {}}, {}).error(), ProofError::kSizeZero);
    EXPECT_EQ(verify_consistency({0, {}}, newer, path).error(), ProofError::kSizeZero);
    EXPECT_EQ(verify_consistency({5, {}}, newer, path).error(), ProofError::kSizeOrder);
    EXPECT_EQ(verify_consistency({4, {}}, newer, path).error(), ProofError::kPathLength);
    EXPECT_EQ(verify_consistency({4, {}}, newer, {}).error(), ProofError::kRootMismatch);
    EXPECT_EQ(verify_consistency({3, {}}, newer, {}).error(), ProofError::kPathLength);
    EXPECT_EQ(verify_consistency({3, {}}, newer, path).error(), ProofError::kPathLength);
    EXPECT_EQ(verify_consistency({3, {}}, newer, naive_subproof(3, leaves, true)).error(),
              ProofError::kOlderRootMismatch);
    LeafSource source{leaves};
    source.failure = SourceError::kMissing;
    EXPECT_EQ(consistency_path(0, 4, source).error(), ProofError::kSizeZero);
    EXPECT_EQ(consistency_path(5, 4, source).error(), ProofError::kSizeOrder);
}

TEST(LogProofs, ReachTreesOfAnySize) {
    UniformSource source;
    constexpr std::uint64_t kTop = std::uint64_t{1} << 63;
    for (const std::uint64_t size : {kTop, kTop - 1, kTop + 1, UINT64_MAX, kTop / 2 + 12345}) {
        const auto root = tree_root(size, source);
        ASSERT_TRUE(root);
        for (const std::uint64_t index : {std::uint64_t{0}, size / 3, size - 2, size - 1}) {
            const auto path = inclusion_path(index, size, source);
            ASSERT_TRUE(path);
            EXPECT_LE(path->size(), 64);
            EXPECT_TRUE(verify_inclusion(source.leaf(), index, size, *path, *root)) << index;
        }
        for (const std::uint64_t older : {std::uint64_t{1}, size / 3, kTop / 2, size - 1, size}) {
            const auto path = consistency_path(older, size, source);
            ASSERT_TRUE(path);
            const TreeHead head{older, *tree_root(older, source)};
            EXPECT_TRUE(verify_consistency(head, {size, *root}, *path)) << older;
        }
    }
}

TEST(LogProofs, SayWhyTheSourceFailed) {
    LeafSource source{numbered_leaves(4)};
    const std::pair<SourceError, ProofError> kinds[] = {
        {SourceError::kMissing, ProofError::kNodeMissing},
        {SourceError::kUnavailable, ProofError::kNodeUnavailable},
        {SourceError::kCorrupt, ProofError::kNodeCorrupt},
    };
    for (const auto& [cause, error] : kinds) {
        source.failure = cause;
        EXPECT_EQ(inclusion_path(1, 4, source).error(), error);
        EXPECT_EQ(consistency_path(3, 4, source).error(), error);
        EXPECT_EQ(tree_root(3, source).error(), error);
    }
}

TEST(LogProofs, HaveATextForEveryError) {
    std::set<std::string_view> texts;
    for (const unsigned code : {1U, 2U, 3U, 10U, 11U, 12U, 20U, 21U, 22U}) {
        texts.insert(to_string(static_cast<ProofError>(code)));
    }
    EXPECT_EQ(texts.size(), 9);
}

/// The hash in base64; nothing if it isn't 32 bytes.
std::optional<MerkleHash> hash_of(std::string_view base64) {
    return MerkleHash::from(testing::from_base64(base64));
}

std::optional<std::vector<MerkleHash>> path_of(std::string_view json) {
    std::vector<MerkleHash> path;
    for (const std::string& text : testing::json_strings(json, "proof")) {
        const auto hash = hash_of(text);
        if (!hash) return {};
        path.push_back(*hash);
    }
    return path;
}

std::uint64_t number_of(std::string_view json, std::string_view name) {
    return std::stoull(testing::json_member(json, name));  // of a negative one, what Go makes of it
}

template <class Check>
void for_each_vector(std::string_view folder, std::size_t at_least, Check check) {
    std::size_t count = 0;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator{testing::vectors(folder)}) {
        if (file.path().extension() != ".json") continue;
        const std::string json = testing::read_file(file.path());
        const bool is_refused = testing::json_member(json, "wantErr") == "true";
        EXPECT_EQ(check(json), !is_refused) << file.path();
        ++count;
    }
    EXPECT_GE(count, at_least);
}

TEST(Rfc6962Vectors, OfInclusion) {
    if (!exists(testing::vectors("rfc6962"))) GTEST_SKIP() << "rfc6962 vectors are not there";
    for_each_vector("rfc6962/inclusion", 80, [](std::string_view json) {
        const auto leaf = hash_of(testing::json_member(json, "leafHash"));
        const auto root = hash_of(testing::json_member(json, "root"));
        const auto path = path_of(json);
        return leaf && root && path &&
               verify_inclusion(*leaf, number_of(json, "leafIdx"), number_of(json, "treeSize"),
                                *path, *root)
                   .has_value();
    });
}

TEST(Rfc6962Vectors, OfConsistency) {
    if (!exists(testing::vectors("rfc6962"))) GTEST_SKIP() << "rfc6962 vectors are not there";
    // Some roots are words of fewer bytes, which only have to be equal or not.
    const auto root_of_any_length = [](std::string_view base64) {
        Bytes bytes = testing::from_base64(base64);
        bytes.resize(MerkleHash::kSize);
        return *MerkleHash::from(bytes);
    };
    for_each_vector("rfc6962/consistency", 80, [&](std::string_view json) {
        const TreeHead older{number_of(json, "size1"),
                             root_of_any_length(testing::json_member(json, "root1"))};
        const TreeHead newer{number_of(json, "size2"),
                             root_of_any_length(testing::json_member(json, "root2"))};
        const auto path = path_of(json);
        return path && verify_consistency(older, newer, *path).has_value();
    });
}

}  // namespace
}  // namespace tasdiq::merkle
