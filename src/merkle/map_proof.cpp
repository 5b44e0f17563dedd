#include "merkle/map_proof.hpp"

#include <algorithm>

namespace tasdiq::merkle {
namespace {

constexpr std::size_t kHashSize = MapHash::kSize;
constexpr std::size_t kLeafSize = KeyHash::kSize + ValueHash::kSize;
constexpr std::size_t kStepsPerByte = 4;
constexpr std::size_t kStepsMax = kMapClaimsMax * (kMapDepth + 1);

using Claims = std::span<const MapClaim>;

/// The walk over the claimed keys' paths, depth-first, left before right. It keeps its own stack: a
/// proof may be 256 levels deep, and the machine's stack is small in a browser.
class Walk {
  public:
    Walk(const MapProof& proof, MapProofMemo* memo) : proof_{proof}, memo_{memo} {}

    /// The hash of the root over all of `claims`. Consumes every element of the proof.
    Result<MapHash, MapProofError> root(Claims claims) {
        tasks_.push_back({Task::Kind::kVisit, claims, 0, {}});
        while (!tasks_.empty()) {
            const Task task = tasks_.back();
            tasks_.pop_back();
            switch (task.kind) {
                case Task::Kind::kVisit: TRY(visit(task.claims, task.depth)); break;
                case Task::Kind::kPut: done_.push_back(task.node); break;
                case Task::Kind::kJoin: TRY(join()); break;
            }
        }
        if (steps_ != proof_.steps.size() || siblings_ != proof_.siblings.size() ||
            leaves_ != proof_.other_leaves.size()) {
            return std::unexpected{MapProofError::kLeftOver};
        }
        ENSURE(done_.size() == 1);
        return done_.back().hash;
    }

  private:
    enum class Kind : std::uint8_t { kEmpty, kLeaf, kInner };
    struct Node {
        Kind kind = Kind::kEmpty;
        MapHash hash;
    };
    struct Task {
        enum class Kind : std::uint8_t { kVisit, kPut, kJoin };
        Kind kind;
        Claims claims;   // to visit: at least one, all under the node
        unsigned depth;  // to visit
        Node node;       // to put
    };

    /// The node at `depth` on the way to `claims`.
    Result<Ok, MapProofError> visit(Claims claims, unsigned depth) {
        if (claims.size() == 1) return visit_one(claims, depth);
        if (steps_ == proof_.steps.size()) return std::unexpected{MapProofError::kTooFewSteps};
        switch (proof_.steps[steps_++]) {
            case MapStep::kInner: return inner(claims, depth, false);
            case MapStep::kInnerBesideEmpty: return inner(claims, depth, true);
            case MapStep::kEnd: return end(claims);
            case MapStep::kOtherLeaf: return other_leaf(claims, depth);
        }
        ENSURE(false);
    }

    /// The same for one claim, which most nodes lie on the way to: down without looking left and
    /// right, and up again.
    Result<Ok, MapProofError> visit_one(Claims claims, const unsigned depth) {
        const std::size_t first_step = steps_;
        const std::size_t first_sibling = siblings_;
        const MapLeaf* other = nullptr;
        for (unsigned at = depth;; ++at) {
            if (steps_ == proof_.steps.size()) return std::unexpected{MapProofError::kTooFewSteps};
            const MapStep step = proof_.steps[steps_++];
            if (step == MapStep::kEnd) {
                TRY(end(claims));
                break;
            }
            if (step == MapStep::kOtherLeaf) {
                TRY(other_leaf(claims, at));
                other = &proof_.other_leaves[leaves_ - 1];
                break;
            }
            if (at == kMapDepth) return std::unexpected{MapProofError::kTooDeep};
            if (step == MapStep::kInner) TRY(take_sibling());
        }
        return climb({claims.front(), depth,
                      std::span{proof_.steps}.subspan(first_step, steps_ - first_step),
                      std::span{proof_.siblings}.subspan(first_sibling, siblings_ - first_sibling),
                      other});
    }

    /// From the end of `chain`, which is done, to its top.
    Result<Ok, MapProofError> climb(const MapChain& chain) {
        if (chain.steps.size() == 1) return Ok{};
        Node& node = done_.back();
        if (const MapHash* known = memo_ != nullptr ? memo_->find(chain) : nullptr) {
            node = {Kind::kInner, *known};
            return Ok{};
        }
        std::size_t sibling = chain.siblings.size();
        for (std::size_t i = chain.steps.size() - 1; i-- > 0;) {
            const bool is_beside_empty = chain.steps[i] == MapStep::kInnerBesideEmpty;
            if (is_beside_empty && node.kind != Kind::kInner) {
                return std::unexpected{MapProofError::kNotCollapsed};
            }
            const MapHash& other = is_beside_empty ? empty_map_hash() : chain.siblings[--sibling];
            const unsigned depth = chain.depth + static_cast<unsigned>(i);
            node = {Kind::kInner, key_bit(chain.claim.key, depth) == 0
                                      ? hash_map_node(node.hash, other)
                                      : hash_map_node(other, node.hash)};
        }
        if (memo_ != nullptr) memo_->keep(chain, node.hash);
        return Ok{};
    }

    Result<Ok, MapProofError> inner(Claims claims, unsigned depth, bool is_beside_empty) {
        if (depth == kMapDepth) return std::unexpected{MapProofError::kTooDeep};
        const auto middle = std::ranges::partition_point(
            claims, [depth](const MapClaim& claim) { return key_bit(claim.key, depth) == 0; });
        const auto left_count = static_cast<std::size_t>(middle - claims.begin());
        const Claims left = claims.first(left_count);
        const Claims right = claims.subspan(left_count);
        Node sibling{Kind::kEmpty, empty_map_hash()};
        if (!left.empty() && !right.empty()) {
            if (is_beside_empty) return std::unexpected{MapProofError::kSplitBesideEmpty};
        } else if (!is_beside_empty) {
            TRY(sibling.hash, take_sibling());
            sibling.kind = Kind::kInner;  // or a leaf: not known, and not needed
        }
        const auto side_task = [&](Claims side) {
            return side.empty() ? Task{Task::Kind::kPut, {}, 0, sibling}
                                : Task{Task::Kind::kVisit, side, depth + 1, {}};
        };
        tasks_.push_back({Task::Kind::kJoin, {}, 0, {}});
        tasks_.push_back(side_task(right));
        tasks_.push_back(side_task(left));  // comes off first
        return Ok{};
    }

    /// An inner node has two records under it at least: fewer would have collapsed to a leaf or to
    /// nothing.
    Result<Ok, MapProofError> join() {
        const Node right = done_.back();
        done_.pop_back();
        Node& left = done_.back();
        if (left.kind != Kind::kInner && right.kind != Kind::kInner &&
            (left.kind == Kind::kEmpty || right.kind == Kind::kEmpty)) {
            return std::unexpected{MapProofError::kNotCollapsed};
        }
        left = {Kind::kInner, hash_map_node(left.hash, right.hash)};
        return Ok{};
    }

    Result<MapHash, MapProofError> take_sibling() {
        if (siblings_ == proof_.siblings.size()) {
            return std::unexpected{MapProofError::kTooFewSiblings};
        }
        const MapHash& sibling = proof_.siblings[siblings_++];
        // It has a step of its own: otherwise one statement had two proofs.
        if (sibling == empty_map_hash()) return std::unexpected{MapProofError::kEmptySibling};
        return sibling;
    }

    Result<Ok, MapProofError> end(Claims claims) {
        const MapClaim* present = nullptr;
        for (const MapClaim& claim : claims) {
            if (!claim.value) continue;
            if (present != nullptr) return std::unexpected{MapProofError::kNotOneLeaf};
            present = &claim;
        }
        if (present == nullptr) {
            done_.push_back({Kind::kEmpty, empty_map_hash()});
        } else {
            done_.push_back({Kind::kLeaf, hash_map_leaf({present->key, *present->value})});
        }
        return Ok{};
    }

    Result<Ok, MapProofError> other_leaf(Claims claims, unsigned depth) {
        if (leaves_ == proof_.other_leaves.size()) {
            return std::unexpected{MapProofError::kTooFewLeaves};
        }
        const MapLeaf& leaf = proof_.other_leaves[leaves_++];
        // Only the leaf that occupies the claimed keys' own subtree says anything about them.
        if (shared_bits(leaf.key, claims.front().key) < depth) {
            return std::unexpected{MapProofError::kLeafElsewhere};
        }
        if (std::ranges::find(claims, leaf.key, &MapClaim::key) != claims.end()) {
            return std::unexpected{MapProofError::kLeafIsClaimed};
        }
        if (std::ranges::any_of(claims, [](const MapClaim& c) { return c.value.has_value(); })) {
            return std::unexpected{MapProofError::kPresentNotFound};
        }
        done_.push_back({Kind::kLeaf, hash_map_leaf(leaf)});
        return Ok{};
    }

    const MapProof& proof_;  // lives as long as the call that owns the walk
    MapProofMemo* memo_;     // may be none
    std::vector<Task> tasks_;
    std::vector<Node> done_;  // subtrees that wait for their right neighbour
    std::size_t steps_ = 0;
    std::size_t siblings_ = 0;
    std::size_t leaves_ = 0;
};

std::optional<MapLeaf> to_optional(const MapLeaf* leaf) {
    return leaf == nullptr ? std::nullopt : std::optional{*leaf};
}

/// The root over `node`, which lies siblings.size() levels below it on the way to `key`.
MapHash fold(MapHash node, const KeyHash& key, std::span<const MapHash> siblings) {
    auto depth = static_cast<unsigned>(siblings.size());
    for (const MapHash& sibling : siblings) {
        node = key_bit(key, --depth) == 0 ? hash_map_node(node, sibling)
                                          : hash_map_node(sibling, node);
    }
    return node;
}

}  // namespace

std::size_t MapProofMemo::place_of(const MapChain& chain) { return chain.claim.key.array()[31]; }

const MapHash* MapProofMemo::find(const MapChain& chain) const {
    if (known_.empty()) return nullptr;
    const auto& known = known_[place_of(chain)];
    const bool is_it = known && known->claim == chain.claim && known->depth == chain.depth &&
                       std::ranges::equal(known->steps, chain.steps) &&
                       std::ranges::equal(known->siblings, chain.siblings) &&
                       known->other_leaf == to_optional(chain.other_leaf);
    return is_it ? &known->hash : nullptr;
}

void MapProofMemo::keep(const MapChain& chain, const MapHash& hash) {
    known_.resize(256);
    known_[place_of(chain)] = Known{chain.claim,
                                    chain.depth,
                                    {chain.steps.begin(), chain.steps.end()},
                                    {chain.siblings.begin(), chain.siblings.end()},
                                    to_optional(chain.other_leaf),
                                    hash};
}

Result<Ok, MapProofError> verify_map_proof(const MapRoot& root, std::span<const MapClaim> claims,
                                           const MapProof& proof, MapProofMemo* memo) {
    if (claims.empty()) return std::unexpected{MapProofError::kNoClaims};
    if (claims.size() > kMapClaimsMax) return std::unexpected{MapProofError::kTooManyClaims};
    for (std::size_t i = 1; i < claims.size(); ++i) {
        if (claims[i - 1].key >= claims[i].key) {
            return std::unexpected{MapProofError::kClaimOrder};
        }
    }
    TRY(const MapHash computed, (Walk{proof, memo}.root(claims)));
    if (to_root(computed) != root) return std::unexpected{MapProofError::kRootMismatch};
    return Ok{};
}

Result<Ok, MapProofError> verify_presence(const MapRoot& root, const MapLeaf& leaf,
                                          const KeyProof& proof) {
    if (proof.siblings.size() > kMapDepth) return std::unexpected{MapProofError::kTooDeep};
    if (proof.other_leaf) return std::unexpected{MapProofError::kLeftOver};
    const MapHash computed = fold(hash_map_leaf(leaf), leaf.key, proof.siblings);
    if (to_root(computed) != root) return std::unexpected{MapProofError::kRootMismatch};
    return Ok{};
}

Result<Ok, MapProofError> verify_absence(const MapRoot& root, const KeyHash& key,
                                         const KeyProof& proof) {
    if (proof.siblings.size() > kMapDepth) return std::unexpected{MapProofError::kTooDeep};
    MapHash node = empty_map_hash();
    if (proof.other_leaf) {
        if (shared_bits(proof.other_leaf->key, key) < proof.siblings.size()) {
            return std::unexpected{MapProofError::kLeafElsewhere};
        }
        if (proof.other_leaf->key == key) return std::unexpected{MapProofError::kLeafIsClaimed};
        node = hash_map_leaf(*proof.other_leaf);
    }
    if (to_root(fold(node, key, proof.siblings)) != root) {
        return std::unexpected{MapProofError::kRootMismatch};
    }
    return Ok{};
}

Bytes encode_map_proof(const MapProof& proof) {
    ENSURE(proof.steps.size() <= kStepsMax);
    Bytes bytes;
    append_u16(bytes, static_cast<std::uint16_t>(proof.steps.size()));
    for (std::size_t i = 0; i < proof.steps.size(); ++i) {
        const auto slot = static_cast<unsigned>(i % kStepsPerByte);
        if (slot == 0) bytes.push_back(0);
        const auto bits = static_cast<unsigned>(proof.steps[i]) << (6 - 2 * slot);
        bytes.back() = static_cast<std::uint8_t>(bytes.back() | bits);
    }
    for (const MapLeaf& leaf : proof.other_leaves) {
        append(bytes, leaf.key.view());
        append(bytes, leaf.value.view());
    }
    for (const MapHash& sibling : proof.siblings) append(bytes, sibling.view());
    return bytes;
}

Result<MapProof, MapProofError> decode_map_proof(ByteView bytes) {
    if (bytes.size() > kMapProofSizeMax) return std::unexpected{MapProofError::kTooLong};
    if (bytes.size() < 2) return std::unexpected{MapProofError::kTruncated};
    const auto step_count = static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
    if (step_count > kStepsMax) return std::unexpected{MapProofError::kTooLong};
    bytes = bytes.subspan(2);

    const std::size_t step_bytes = (step_count + kStepsPerByte - 1) / kStepsPerByte;
    if (bytes.size() < step_bytes) return std::unexpected{MapProofError::kTruncated};
    MapProof proof;
    proof.steps.reserve(step_count);
    std::size_t leaf_count = 0;
    for (std::size_t i = 0; i < step_bytes * kStepsPerByte; ++i) {
        const unsigned bits = bytes[i / kStepsPerByte] >> (6 - 2 * (i % kStepsPerByte)) & 3U;
        if (i >= step_count) {
            if (bits != 0) return std::unexpected{MapProofError::kPadding};
            continue;
        }
        proof.steps.push_back(static_cast<MapStep>(bits));
        if (proof.steps.back() == MapStep::kOtherLeaf) ++leaf_count;
    }
    bytes = bytes.subspan(step_bytes);

    if (bytes.size() < leaf_count * kLeafSize) return std::unexpected{MapProofError::kTruncated};
    for (; leaf_count != 0; --leaf_count) {
        proof.other_leaves.push_back({*KeyHash::from(bytes.first(KeyHash::kSize)),
                                      *ValueHash::from(bytes.subspan(KeyHash::kSize, 32))});
        bytes = bytes.subspan(kLeafSize);
    }
    if (bytes.size() % kHashSize != 0) return std::unexpected{MapProofError::kNotWholeHashes};
    proof.siblings.reserve(bytes.size() / kHashSize);
    for (; !bytes.empty(); bytes = bytes.subspan(kHashSize)) {
        proof.siblings.push_back(*MapHash::from(bytes.first(kHashSize)));
    }
    return proof;
}

}  // namespace tasdiq::merkle
