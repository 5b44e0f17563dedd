#pragma once

#include <functional>

#include "certificate/commitment.hpp"
#include "merkle/log_tree.hpp"

// Internal to certificate: the leaves under a commitment.
namespace tasdiq::certificate {

using LeafVisitor = std::function<void(ByteView leaf)>;

/// Writes all leaves of a certificate in order; each is valid during its visit only.
void for_each_leaf(const CanonicalCredential& credential, const wire::Terms& terms,
                   const wire::CertificateSecret& secret, const LeafVisitor& visit);

/// SHA-256("tasdiq/commitment/1" ‖ u64 leaf count ‖ root).
[[nodiscard]] wire::Commitment commitment_of(std::uint64_t leaf_count,
                                             const merkle::MerkleHash& root);

}  // namespace tasdiq::certificate
