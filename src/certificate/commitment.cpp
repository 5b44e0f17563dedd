#include "certificate/commitment.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ensure.hpp"
#include "certificate/leaves.hpp"
#include "certificate/schema.hpp"
#include "codec/cbor.hpp"
#include "crypto/domains.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::certificate {
namespace {

constexpr std::size_t kSaltSize = 16;

/// The salts of one certificate, by the number of the leaf. They are hashed together: only the last
/// four bytes of what is hashed change.
class Salts {
  public:
    Salts(const wire::CertificateSecret& secret, std::size_t count) : digests_(count) {
        input_.reserve(count * kInputSize);
        std::vector<ByteView> messages;
        messages.reserve(count);
        for (std::uint32_t leaf = 0; leaf < count; ++leaf) {
            append(input_, crypto::kSaltDomain);
            append(input_, secret.view());
            append_u32(input_, leaf);
            messages.push_back(ByteView{input_}.last(kInputSize));
        }
        crypto::sha256_each(messages, digests_);
    }
    Salts(const Salts&) = delete;
    Salts& operator=(const Salts&) = delete;
    ~Salts() { std::ranges::fill(input_, std::uint8_t{0}); }

    [[nodiscard]] ByteView of(std::size_t leaf) const {
        return digests_[leaf].view().first(kSaltSize);
    }

  private:
    static constexpr std::size_t kInputSize =
        crypto::kSaltDomain.size() + wire::CertificateSecret::kSize + 4;

    Bytes input_;
    std::vector<crypto::Sha256Digest> digests_;
};

std::array<std::uint8_t, kBitmapSize> bitmap_of(const CanonicalCredential& credential) {
    std::array<std::uint8_t, kBitmapSize> bitmap{};
    for (const Claim& claim : credential.claims()) {
        const std::uint8_t bit = schema::number_in_table(credential.type(), claim.id.row);
        bitmap[bit / 8] |= static_cast<std::uint8_t>(0x80 >> bit % 8);
    }
    return bitmap;
}

void write_header(Bytes& leaf, const CanonicalCredential& credential, const wire::Terms& terms,
                  const Salts& salts) {
    codec::CborWriter writer{leaf};
    writer.array(7).text(crypto::kHeaderDomain).encoded(wire::encode(terms));
    if (const auto day = credential.valid_until()) {
        writer.integer(day->days);
    } else {
        writer.null();
    }
    writer.uint(kTableVersion)
        .bytes(bitmap_of(credential))
        .uint(credential.course_count())
        .bytes(salts.of(0));
}

/// The pointer of a claim, in a buffer that is used again.
void write_pointer(std::string& to, ClaimId claim) {
    to = pointer_of_row(claim.row);
    if (!to.ends_with('*')) return;
    to.pop_back();
    to += std::to_string(claim.item);
}

}  // namespace

void for_each_leaf(const CanonicalCredential& credential, const wire::Terms& terms,
                   const wire::CertificateSecret& secret, const LeafVisitor& visit) {
    const Salts salts{secret, 2 + credential.claims().size()};
    Bytes leaf;
    leaf.reserve(512);
    write_header(leaf, credential, terms, salts);
    visit(leaf);
    leaf.clear();
    codec::CborWriter{leaf}
        .array(3)
        .text(crypto::kDocumentDomain)
        .bytes(credential.hash().view())
        .bytes(salts.of(1));
    visit(leaf);
    std::size_t number = 2;
    std::string pointer;
    for (const Claim& claim : credential.claims()) {
        write_pointer(pointer, claim.id);
        leaf.clear();
        codec::CborWriter{leaf}
            .array(4)
            .text(crypto::kClaimDomain)
            .text(pointer)
            .text(credential.value_of(claim))
            .bytes(salts.of(number++));
        visit(leaf);
    }
}

wire::Commitment commitment_of(std::uint64_t leaf_count, const merkle::MerkleHash& root) {
    Bytes input = to_bytes(as_bytes(crypto::kCommitmentDomain));
    append_u64(input, leaf_count);
    append(input, root.view());
    return wire::Commitment{crypto::sha256(input).array()};
}

wire::Commitment commit(const CanonicalCredential& credential, const wire::Terms& terms,
                        const wire::CertificateSecret& secret) {
    merkle::LeafBatch leaves;
    for_each_leaf(credential, terms, secret, [&leaves](ByteView leaf) { leaves.add(leaf); });
    const auto hashes = leaves.hashes();
    return commitment_of(hashes.size(), merkle::root_of(hashes));
}

}  // namespace tasdiq::certificate
