#include <algorithm>
#include <bit>
#include <utility>

#include "base/ensure.hpp"
#include "certificate/commitment.hpp"
#include "certificate/leaves.hpp"
#include "certificate/schema.hpp"
#include "codec/cbor.hpp"
#include "codec/jcs.hpp"
#include "crypto/domains.hpp"
#include "merkle/log_proof.hpp"

namespace tasdiq::certificate {
namespace {

using merkle::MerkleHash;

constexpr std::uint64_t kFirstClaim = 2;  // after header and document
constexpr std::uint64_t kLeafCountMax = 1 << 20;

std::unexpected<FactsFault> fault(FactsError error, std::string where = {}) {
    return std::unexpected{FactsFault{error, std::move(where)}};
}

/// The complete subtrees over the leaves of one certificate.
class LeafTree final : public merkle::NodeSource {
  public:
    explicit LeafTree(std::vector<MerkleHash> leaves) {
        levels_.push_back(std::move(leaves));
        while (levels_.back().size() > 1) {
            const std::vector<MerkleHash>& below = levels_.back();
            std::vector<MerkleHash> level;
            for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
                level.push_back(merkle::hash_node(below[i], below[i + 1]));
            }
            levels_.push_back(std::move(level));
        }
    }

    Result<MerkleHash, merkle::SourceError> node(merkle::NodeId id) override {
        if (id.level >= levels_.size() || id.index >= levels_[id.level].size()) {
            return std::unexpected{merkle::SourceError::kMissing};
        }
        return levels_[id.level][static_cast<std::size_t>(id.index)];
    }

    [[nodiscard]] std::vector<MerkleHash> path(std::uint64_t leaf) {
        auto path = merkle::inclusion_path(leaf, levels_.front().size(), *this);
        ENSURE(path.has_value());
        return *std::move(path);
    }

  private:
    std::vector<std::vector<MerkleHash>> levels_;
};

/// Marks the claims that `pointer` names; false if there is none.
bool mark(const CanonicalCredential& credential, std::string_view pointer,
          std::vector<bool>& chosen) {
    const bool all = pointer.ends_with("/*");
    const auto one = all ? std::nullopt : parse_claim_pointer(pointer);
    bool found = false;
    for (std::size_t i = 0; i < credential.claims().size(); ++i) {
        const ClaimId id = credential.claims()[i].id;
        if (all ? pointer_of_row(id.row) == pointer : one == id) {
            chosen[i] = true;
            found = true;
        }
    }
    return found;
}

bool is_known(std::string_view pointer) {
    return std::ranges::find(schema::kPointers, pointer) != schema::kPointers.end() ||
           parse_claim_pointer(pointer).has_value();
}

struct Header {
    wire::Terms terms;
    std::optional<Day> valid_until;
    Bytes bitmap;
    std::uint32_t course_count;

    [[nodiscard]] bool has(std::uint8_t row) const {
        if (!has_row(terms.type, row)) return false;
        const std::uint8_t bit = schema::number_in_table(terms.type, row);
        return (bitmap[bit / 8] & (0x80 >> bit % 8)) != 0;
    }
    /// Claims that there are at least: arrays but the courses have one item or more.
    [[nodiscard]] std::uint64_t claims_min() const {
        std::uint64_t count = 0;
        for (std::uint8_t row = 0; row < kTableRows; ++row) {
            if (has(row)) count += row == schema::kCourses ? course_count : 1;
        }
        return count;
    }
};

/// Passes over the text `expected`; false if something else stands there.
bool takes_text(codec::CborReader& reader, std::string_view expected) {
    const auto text = reader.text();
    return text && *text == expected;
}

/// Errors: kHeader, kTableVersion. A header of a newer table isn't read to its end.
Result<Header, FactsFault> decode_header(ByteView leaf) {
    codec::CborReader reader{leaf};
    const auto refuse = fault(FactsError::kHeader);
    Header header{};
    if (!reader.array_of(7) || !takes_text(reader, crypto::kHeaderDomain)) return refuse;
    const auto item = reader.skip();
    if (!item) return refuse;
    auto terms = wire::decode_terms(*item);
    if (!terms) return refuse;
    header.terms = *std::move(terms);
    if (!reader.take_null()) {
        const auto day = reader.integer();
        if (!day || !std::in_range<std::int32_t>(*day)) return refuse;
        header.valid_until = Day{static_cast<std::int32_t>(*day)};
    }
    const auto version = reader.uint();
    if (!version) return refuse;
    if (*version != kTableVersion) return fault(FactsError::kTableVersion);
    const auto bitmap = reader.bytes();
    const auto courses = reader.uint();
    const auto salt = reader.bytes_of(16);
    if (!bitmap || !courses || !salt || !reader.finish()) return refuse;
    if (!std::in_range<std::uint32_t>(*courses)) return refuse;
    header.bitmap = to_bytes(*bitmap);
    header.course_count = static_cast<std::uint32_t>(*courses);
    return header;
}

Result<Ok, FactsFault> check_header(const Header& header, std::uint64_t leaf_count) {
    if (header.bitmap.size() != kBitmapSize) return fault(FactsError::kBitmap);
    std::size_t rows = 0;
    std::size_t bits = 0;  // that stand for a row, and all
    for (std::uint8_t row = 0; row < kTableRows; ++row) rows += header.has(row) ? 1U : 0U;
    for (const std::uint8_t byte : header.bitmap)
        bits += static_cast<std::size_t>(std::popcount(byte));
    if (rows != bits) return fault(FactsError::kBitmap);
    if (header.has(schema::kCourses) != (header.course_count > 0)) {
        return fault(FactsError::kBitmap);
    }
    if (leaf_count > kLeafCountMax || leaf_count < kFirstClaim + header.claims_min()) {
        return fault(FactsError::kLeafCount);
    }
    return Ok{};
}

struct ClaimLeaf {
    std::string_view pointer, value;
};

std::optional<ClaimLeaf> decode_claim(ByteView leaf) {
    codec::CborReader reader{leaf};
    if (!reader.array_of(4) || !takes_text(reader, crypto::kClaimDomain)) return std::nullopt;
    const auto pointer = reader.text();
    const auto value = reader.text();
    const auto salt = reader.bytes_of(16);
    if (!pointer || !value || !salt || !reader.finish()) return std::nullopt;
    return ClaimLeaf{*pointer, *value};
}

/// The root that the first leaf and its path lead to: it is on the left at every step.
MerkleHash root_above_first(ByteView leaf, std::span<const MerkleHash> path) {
    MerkleHash root = merkle::hash_leaf(leaf);
    for (const MerkleHash& sibling : path) root = merkle::hash_node(root, sibling);
    return root;
}

}  // namespace

std::string_view to_string(FactsError error) {
    switch (error) {
        case FactsError::kUnknownPointer: return "not a pointer of the claims table";
        case FactsError::kNotPresent: return "the credential has no such claim";
        case FactsError::kHeader: return "the header is not in its canonical form";
        case FactsError::kTableVersion: return "a claims table that is not known here";
        case FactsError::kBitmap: return "the header's bitmap does not fit its table";
        case FactsError::kLeafCount: return "the leaf count does not fit the header";
        case FactsError::kClaim: return "a fact is not in its canonical form";
        case FactsError::kPointer: return "a fact is not one of those that the header announces";
        case FactsError::kValue: return "a fact's value is not the JCS text of one JSON value";
        case FactsError::kClaimOrder: return "facts do not ascend";
        case FactsError::kPath: return "header and facts do not lie under one root";
        case FactsError::kCommitment: return "the facts belong to another commitment";
    }
    ENSURE(false);
}

Result<wire::ShownFacts, FactsFault> open_facts(const CanonicalCredential& credential,
                                                const wire::Terms& terms,
                                                const wire::CertificateSecret& secret,
                                                std::span<const std::string_view> pointers) {
    std::vector<bool> chosen(credential.claims().size());
    for (const std::string_view pointer : pointers) {
        if (!is_known(pointer)) return fault(FactsError::kUnknownPointer, std::string{pointer});
        if (!mark(credential, pointer, chosen)) {
            return fault(FactsError::kNotPresent, std::string{pointer});
        }
    }
    wire::ShownFacts shown{};
    std::vector<MerkleHash> hashes;
    for_each_leaf(credential, terms, secret, [&](ByteView leaf) {
        const std::size_t index = hashes.size();
        hashes.push_back(merkle::hash_leaf(leaf));
        if (index == 0) shown.header = to_bytes(leaf);
        if (index >= kFirstClaim && chosen[index - kFirstClaim]) {
            shown.claims.push_back({index, to_bytes(leaf), {}});
        }
    });
    shown.leaf_count = hashes.size();
    LeafTree tree{std::move(hashes)};
    shown.header_path = tree.path(0);
    for (wire::ShownClaim& claim : shown.claims) claim.path = tree.path(claim.leaf_index);
    return shown;
}

/// One verification of shown facts.
class FactsVerifier {
  public:
    FactsVerifier(const wire::Commitment& commitment, const wire::ShownFacts& shown)
        : commitment_{commitment}, shown_{shown} {}

    Result<VerifiedFacts, FactsFault> verify() {
        TRY(header_, decode_header(shown_.header));
        TRY(check_header(header_, shown_.leaf_count));
        for (std::size_t i = 0; i < shown_.claims.size(); ++i) TRY(read_claim(i));
        TRY(check_tree());
        result_.terms_ = std::move(header_.terms);
        result_.valid_until_ = header_.valid_until;
        result_.course_count_ = header_.course_count;
        result_.facts_count_ = shown_.leaf_count - kFirstClaim;
        return std::move(result_);
    }

  private:
    Result<Ok, FactsFault> read_claim(std::size_t number) {
        const wire::ShownClaim& shown = shown_.claims[number];
        const auto leaf = decode_claim(shown.leaf);
        if (!leaf) return fault(FactsError::kClaim, std::to_string(number));
        const auto id = parse_claim_pointer(leaf->pointer);
        if (!id || !header_.has(id->row) ||
            (id->row == schema::kCourses && id->item >= header_.course_count)) {
            return fault(FactsError::kPointer, std::string{leaf->pointer});
        }
        auto value = codec::parse_json(leaf->value, {.size_bytes_max = kCredentialSizeMax});
        if (!value || codec::to_jcs(*value) != leaf->value) {
            return fault(FactsError::kValue, std::string{leaf->pointer});
        }
        const bool ascends =
            shown.leaf_index >= kFirstClaim + id->item && shown.leaf_index < shown_.leaf_count &&
            (number == 0 || (shown_.claims[number - 1].leaf_index < shown.leaf_index &&
                             result_.facts_.back().claim < *id));
        if (!ascends) return fault(FactsError::kClaimOrder, std::string{leaf->pointer});
        result_.facts_.push_back({*id, std::string{leaf->pointer}, *std::move(value)});
        return Ok{};
    }

    Result<Ok, FactsFault> check_tree() {
        const MerkleHash root = root_above_first(shown_.header, shown_.header_path);
        const auto lies_under = [&](ByteView leaf, std::uint64_t index,
                                    std::span<const MerkleHash> path) {
            return merkle::verify_inclusion(merkle::hash_leaf(leaf), index, shown_.leaf_count, path,
                                            root)
                .has_value();
        };
        // Says no more of the header than that its path is as long as it must be.
        if (!lies_under(shown_.header, 0, shown_.header_path)) return fault(FactsError::kPath);
        for (std::size_t i = 0; i < shown_.claims.size(); ++i) {
            const wire::ShownClaim& claim = shown_.claims[i];
            if (!lies_under(claim.leaf, claim.leaf_index, claim.path)) {
                return fault(FactsError::kPath, result_.facts_[i].pointer);
            }
        }
        if (commitment_of(shown_.leaf_count, root) != commitment_) {
            return fault(FactsError::kCommitment);
        }
        return Ok{};
    }

    const wire::Commitment& commitment_;
    const wire::ShownFacts& shown_;
    Header header_{};
    VerifiedFacts result_;
};

Result<VerifiedFacts, FactsFault> verify_facts(const wire::Commitment& commitment,
                                               const wire::ShownFacts& shown) {
    return FactsVerifier{commitment, shown}.verify();
}

}  // namespace tasdiq::certificate
