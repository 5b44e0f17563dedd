#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "credential/suite.hpp"
#include "linked/context_cache.hpp"

// Internal to credential.
namespace tasdiq::credential {

/// How JSON-LD is read that is signed, or is to be: whatever would be left out is refused, and base
/// directions are kept. Spec: VC-DATA-INTEGRITY §2.4.3.
[[nodiscard]] linked::LdOptions signing_options();

/// The canonical N-Quads of `object`. Where `context` is not empty, it is the JSON text of the
/// `@context` that `object` is read with in place of its own. Errors: kTransformation.
/// Spec: VC-DI-EDDSA §3.2.3 step 2.
[[nodiscard]] Result<std::string, ProofError> to_canonical_nquads(const codec::Json& object,
                                                                  std::string_view context,
                                                                  linked::HashAlgorithm hash,
                                                                  linked::ContextCache& contexts);

/// The JCS text of an object without the member `left_out`. Where `context` is not empty, it is the
/// JCS text of `@context`; `context_at` is where that stands in the result.
[[nodiscard]] std::string jcs_without(const codec::Json& object, std::string_view left_out,
                                      std::string_view context, std::size_t& context_at);
/// The JCS text of `@context`; empty if there is none.
[[nodiscard]] std::string context_of(const codec::Json& document);

/// A document without proofs in the forms that suites sign. Each is made when it is first asked
/// for.
class CanonicalForms {
  public:
    /// `document` must stay.
    explicit CanonicalForms(const Unsecured& document) : unsecured_{document} {}
    /// `document` has no `proof`, or those that a proof of a chain covers.
    explicit CanonicalForms(codec::Json document) : value_{std::move(document)} {}
    CanonicalForms(const CanonicalForms&) = delete;
    CanonicalForms& operator=(const CanonicalForms&) = delete;

    /// Null if the text that this was made from is no JSON.
    [[nodiscard]] const codec::Json* value();
    /// The JCS text of `@context`; empty if there is none.
    [[nodiscard]] std::string_view context_jcs();
    /// The digest of the JCS text.
    [[nodiscard]] Bytes jcs_hash(linked::HashAlgorithm hash);
    /// The same with another context, of which `context` is the JCS text. There must be one.
    [[nodiscard]] Bytes jcs_hash_with(std::string_view context, linked::HashAlgorithm hash);
    /// The digest of the canonical N-Quads. Errors: kTransformation.
    [[nodiscard]] Result<Bytes, ProofError> rdfc_hash(linked::HashAlgorithm hash,
                                                      linked::ContextCache& contexts);
    /// What a suite over RDF signs for this document and a proof without its value, of which
    /// `config` is the JCS text: the proof is read with the document's context.
    /// Errors: kTransformation. Spec: VC-DI-EDDSA §3.2.4, §3.2.5.
    [[nodiscard]] Result<Bytes, ProofError> rdfc_input(std::string_view config,
                                                       linked::HashAlgorithm hash,
                                                       linked::ContextCache& contexts);

  private:
    const Unsecured& unsecured();
    [[nodiscard]] Result<std::string, ProofError> to_quads(linked::HashAlgorithm hash,
                                                           linked::ContextCache& contexts);

    std::optional<codec::Json> value_;
    std::optional<std::string> context_;  // of value_
    std::string text_;
    std::optional<Unsecured> unsecured_;
    std::array<std::optional<Result<Bytes, ProofError>>, 2> rdfc_;  // by hash
};

}  // namespace tasdiq::credential
