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
    [[nodiscard]] const wire::SetHash& set_hash() const { return set_hash_; }
    /// The set no longer governs: status is as of then, whatever the time.
    [[nodiscard]] bool is_closed() const { return is_closed_; }
    /// The q-th latest cosignature time. Spec: DESIGN §5, "Freshness".
    [[nodiscard]] Instant as_of() const { return as_of_; }

  private:
    friend class FinalityChecker;
    FinalCheckpoint() = default;
    const wire::StateSet* set_ = nullptr;
    wire::SetHash set_hash_;
    bool is_closed_ = false;
    Instant as_of_;
};

/// Judges checkpoints by the sets of a trust root; knows the last final one, whose signatures it
/// does not verify twice.
class FinalityChecker {
  public:
    explicit FinalityChecker(const wire::TrustRoot& root);

    /// `governing` is the set hash that the checkpoint's block entry names.
    /// Errors in order: kContradictsTrustRoot, kSetUnknown, kNoQuorum (not exactly a quorum),
    /// kCosignerUnknown, kCosignatureInvalid.
    [[nodiscard]] Result<FinalCheckpoint, Code> check_final(const wire::Evidence& evidence,
                                                            const wire::SetHash& governing);

  private:
    struct KnownSet {
        const wire::StateSet* set;
        wire::SetHash hash;
        std::optional<std::uint64_t> closed_at;  // log size
    };
    struct Seen {
        std::uint64_t size;
        merkle::MerkleHash root;
        std::vector<wire::Cosignature> cosignatures;
        FinalCheckpoint result;
    };

    const wire::TrustRoot& root_;
    std::vector<KnownSet> sets_;
    std::optional<Seen> last_;
};

}  // namespace tasdiq::verify
