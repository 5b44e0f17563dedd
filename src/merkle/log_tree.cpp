#include "merkle/log_tree.hpp"

#include "crypto/domains.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::merkle {

MerkleHash hash_leaf(ByteView entry) {
    return MerkleHash{crypto::sha256({as_bytes(crypto::kLogLeafDomain), entry}).array()};
}

MerkleHash hash_node(const MerkleHash& left, const MerkleHash& right) {
    // In one piece: this is the inner loop of everything.
    std::array<std::uint8_t, crypto::kLogNodeDomain.size() + 2 * MerkleHash::kSize> message;
    auto end = std::ranges::copy(as_bytes(crypto::kLogNodeDomain), message.begin()).out;
    end = std::ranges::copy(left.view(), end).out;
    std::ranges::copy(right.view(), end);
    return MerkleHash{crypto::sha256(message).array()};
}

MerkleHash empty_root() { return MerkleHash{crypto::sha256(ByteView{}).array()}; }

MerkleHash root_of(std::span<const MerkleHash> leaf_hashes) {
    CompactRange range;
    for (const MerkleHash& leaf_hash : leaf_hashes) range.append(leaf_hash);
    return range.root();
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
