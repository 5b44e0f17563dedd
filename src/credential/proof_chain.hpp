#pragma once

#include <span>
#include <string>
#include <vector>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"

// Internal to credential.
namespace tasdiq::credential {

/// The ids in a proof's `previousProof`, none if it has none.
/// Errors: kPreviousProof (neither a text nor a list of texts with one at least).
[[nodiscard]] Result<std::vector<std::string>, ProofError> previous_of(const codec::Json& proof);

/// Makes the proofs that `previous` names the `proof` of `unsecured`: it becomes what a proof of a
/// chain covers. Errors: kPreviousProof (not exactly one of `proofs` has such an `id`, or it is of
/// a suite that we don't know and so cannot be held true).
/// Spec: VC-DATA-INTEGRITY §4.3 steps 4–6, §4.5 steps 3.2 and 3.3.
[[nodiscard]] Result<Ok, ProofError> cover_previous(codec::Json& unsecured,
                                                    std::span<const codec::Json> proofs,
                                                    std::span<const std::string> previous);

}  // namespace tasdiq::credential
