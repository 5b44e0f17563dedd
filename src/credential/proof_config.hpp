#pragma once

#include <string>
#include <string_view>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"

// Internal to credential.
namespace tasdiq::credential {

/// The JCS text of a proof of `type` without its value; with the document's context if
/// `context_jcs` is not empty.
[[nodiscard]] std::string proof_config(std::string_view type, const ProofOptions& options,
                                       std::string_view context_jcs);
/// A proof without its value as it is read with the document's context.
/// Errors: kTransformation (a member that RDF would leave out).
[[nodiscard]] Result<codec::Json, ProofError> rdf_config(const codec::Json& proof);
/// `document` with `proof` as its only one, or after those that it has.
[[nodiscard]] codec::Json with_proof(codec::Json document, codec::Json proof);

}  // namespace tasdiq::credential
