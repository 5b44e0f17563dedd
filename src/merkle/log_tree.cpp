#include "merkle/log_tree.hpp"

#include "crypto/domains.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::merkle {
namespace {

constexpr std::size_t kNodeSize = crypto::kLogNodeDomain.size() + 2 * MerkleHash::kSize;

/// What is hashed for the node above two others. Returns the end of it.
std::uint8_t* write_node(std::uint8_t* to, const MerkleHash& left, const MerkleHash& right) {
    to = std::ranges::copy(as_bytes(crypto::kLogNodeDomain), to).out;
    to = std::ranges::copy(left.view(), to).out;
    return std::ranges::copy(right.view(), to).out;
}

}  // namespace

MerkleHash hash_leaf(ByteView entry) {
    return MerkleHash{crypto::sha256({as_bytes(crypto::kLogLeafDomain), entry}).array()};
}

MerkleHash hash_node(const MerkleHash& left, const MerkleHash& right) {
    // In one piece: this is the inner loop of everything.
    std::array<std::uint8_t, kNodeSize> message;
    write_node(message.data(), left, right);
    return MerkleHash{crypto::sha256(message).array()};
}

MerkleHash empty_root() { return MerkleHash{crypto::sha256(ByteView{}).array()}; }

void LeafBatch::add(ByteView entry) {
    append(messages_, crypto::kLogLeafDomain);
    append(messages_, entry);
    ends_.push_back(messages_.size());
}

std::vector<MerkleHash> LeafBatch::hashes() const {
    std::vector<ByteView> messages;
    messages.reserve(ends_.size());
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        messages.push_back(ByteView{messages_}.subspan(begin, end - begin));
        begin = end;
    }
    std::vector<crypto::Sha256Digest> digests(messages.size());
    crypto::sha256_each(messages, digests);
    std::vector<MerkleHash> hashes;
    hashes.reserve(digests.size());
    for (const crypto::Sha256Digest& digest : digests) hashes.emplace_back(digest.array());
    return hashes;
}

MerkleHash root_of(std::span<const MerkleHash> leaf_hashes) {
    if (leaf_hashes.empty()) return empty_root();
    std::vector<MerkleHash> level(leaf_hashes.begin(), leaf_hashes.end());
    Bytes nodes(level.size() / 2 * kNodeSize);
    std::vector<ByteView> messages;
    for (std::size_t at = 0; at < nodes.size(); at += kNodeSize) {
        messages.push_back(ByteView{nodes}.subspan(at, kNodeSize));
    }
    std::vector<crypto::Sha256Digest> digests(messages.size());
    while (level.size() > 1) {
        const std::size_t pairs = level.size() / 2;
        std::uint8_t* to = nodes.data();
        for (std::size_t i = 0; i < pairs; ++i) {
            to = write_node(to, level[2 * i], level[2 * i + 1]);
        }
        crypto::sha256_each(std::span{messages}.first(pairs), std::span{digests}.first(pairs));
        for (std::size_t i = 0; i < pairs; ++i) level[i] = MerkleHash{digests[i].array()};
        // The last of an odd number goes up as it is: the largest power of two lies on its left.
        if (level.size() % 2 != 0) level[pairs] = level.back();
        level.resize(level.size() - pairs);
    }
    return level.front();
}

std::optional<CompactRange> CompactRange::from(std::uint64_t size, std::vector<MerkleHash> peaks) {
    if (peaks.size() != static_cast<std::size_t>(std::popcount(size))) return {};
    CompactRange range;
    range.size_ = size;
    range.peaks_ = std::move(peaks);
    return range;
}

MerkleHash CompactRange::root() const {
    if (peaks_.empty()) return empty_root();
    MerkleHash root = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = hash_node(peaks_[i], root);
    return root;
}

}  // namespace tasdiq::merkle
