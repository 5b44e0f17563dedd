#pragma once

#include <optional>

#include "base/result.hpp"
#include "verify/verdict.hpp"
#include "wire/evidence.hpp"
#include "wire/trust_root.hpp"

namespace tasdiq::verify {

/// A checkpoint with a quorum of verified cosignatures. Only `check_final` makes one.
class FinalCheckpoint {
  public:
    [[nodiscard]] const wire::StateSet& set() const { return *set_; }
    /// The set no longer governs: status is as of then, whatever the time.
    [[nodiscard]] bool is_closed() const { return is_closed_; }
    /// The q-th latest cosignature time. Spec: DESIGN §5, "Freshness".
    [[nodiscard]] Instant as_of() const { return as_of_; }
    /// Of the map that the records are read under: that of the last block. Spec: DESIGN §5.
    [[nodiscard]] const merkle::MapRoot& map_root() const { return map_root_; }

  private:
    friend class FinalityChecker;
    FinalCheckpoint() = default;
    const wire::StateSet* set_ = nullptr;
    bool is_closed_ = false;
    Instant as_of_;
    merkle::MapRoot map_root_;
};

/// Judges checkpoints by the sets of a trust root; knows the last final one, whose signatures it
/// does not verify twice.
class FinalityChecker {
  public:
    explicit FinalityChecker(const wire::TrustRoot& root);

    /// The evidence's block entry is the last one under its checkpoint, which a quorum of the set
    /// that the entry names cosigned.
    /// Errors in order: kBlockNotLast, kBlockNotIncluded, kEntryMalformed, kContradictsTrustRoot,
    /// kSetUnknown, kNoQuorum (not exactly a quorum), kCosignerUnknown, kCosignatureInvalid.
    [[nodiscard]] Result<FinalCheckpoint, Code> check_final(const wire::Evidence& evidence);

  private:
    struct KnownSet {
        const wire::StateSet* set;
        wire::SetHash hash;
        std::optional<std::uint64_t> closed_at;  // log size
    };
    struct Seen {
        std::uint64_t size;
        merkle::MerkleHash root;
        wire::ProvenEntry block;
        std::vector<wire::Cosignature> cosignatures;
        FinalCheckpoint result;
    };

    /// The checkpoint's states, by the set hash that its block entry names.
    [[nodiscard]] Result<FinalCheckpoint, Code> check_cosigned(const wire::Evidence& evidence,
                                                               const wire::SetHash& governing);

    const wire::TrustRoot& root_;
    std::vector<KnownSet> sets_;
    std::optional<Seen> last_;
};

}  // namespace tasdiq::verify
