#include "verify/checkpoint_check.hpp"

#include <algorithm>

#include "crypto/signature.hpp"
#include "merkle/log_proof.hpp"
#include "wire/entry.hpp"

namespace tasdiq::verify {

FinalityChecker::FinalityChecker(const wire::TrustRoot& root) : root_{root} {
    sets_.push_back({&root.set, wire::set_hash(root.set), std::nullopt});
    for (const wire::ClosedSet& closed : root.closed_sets) {
        sets_.push_back({&closed.set, wire::set_hash(closed.set), closed.size});
    }
}

Result<FinalCheckpoint, Code> FinalityChecker::check_final(const wire::Evidence& evidence) {
    const wire::ProvenEntry& proven = evidence.block;
    if (last_ && last_->size == evidence.size && last_->root == evidence.root &&
        last_->block == proven && last_->cosignatures == evidence.cosignatures) {
        return last_->result;
    }
    if (proven.index.value + 1 != evidence.size) return std::unexpected{Code::kBlockNotLast};
    if (!merkle::verify_inclusion(merkle::hash_leaf(proven.entry), proven.index.value,
                                  evidence.size, proven.path, evidence.root)) {
        return std::unexpected{Code::kBlockNotIncluded};
    }
    const auto block = wire::decode_block(proven.entry);
    if (!block) return std::unexpected{Code::kEntryMalformed};
    TRY(FinalCheckpoint result, check_cosigned(evidence, block->set));
    result.map_root_ = block->map_root;
    last_ = Seen{evidence.size, evidence.root, proven, evidence.cosignatures, result};
    return result;
}

Result<FinalCheckpoint, Code> FinalityChecker::check_cosigned(const wire::Evidence& evidence,
                                                              const wire::SetHash& governing) {
    if (evidence.size == root_.checkpoint.size && evidence.root != root_.checkpoint.root) {
        return std::unexpected{Code::kContradictsTrustRoot};
    }
    const auto known = std::ranges::find_if(sets_, [&](const KnownSet& one) {
        return one.hash == governing && (!one.closed_at || evidence.size <= *one.closed_at);
    });
    if (known == sets_.end()) return std::unexpected{Code::kSetUnknown};

    // Exactly a quorum, ascending, so that there is one form of the same evidence only.
    const std::size_t quorum = wire::quorum_of(known->set->size());
    if (evidence.cosignatures.size() != quorum) return std::unexpected{Code::kNoQuorum};
    const std::string note = wire::note_text({evidence.origin, evidence.size, evidence.root});
    Instant as_of = evidence.cosignatures.front().time;
    for (const wire::Cosignature& cosignature : evidence.cosignatures) {
        const auto member =
            std::ranges::find(*known->set, cosignature.state, &wire::SetMember::state);
        if (member == known->set->end()) return std::unexpected{Code::kCosignerUnknown};
        const auto verified =
            crypto::verify(member->node_key, wire::cosignature_input(note, cosignature.time),
                           cosignature.signature);
        if (!verified) return std::unexpected{Code::kCosignatureInvalid};
        as_of = std::min(as_of, cosignature.time);  // of exactly q times, the q-th latest
    }
    FinalCheckpoint result;
    result.set_ = known->set;
    result.is_closed_ = known->closed_at.has_value();
    result.as_of_ = as_of;
    return result;
}

}  // namespace tasdiq::verify
