#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "credential/sd_value.hpp"
#include "linked/context_cache.hpp"

// Internal to credential: a document as statements that are signed one by one.
namespace tasdiq::credential {

/// What a label is in N-Quads, without `_:`. Spec: VC-DI-ECDSA §3.4.4 step 1.2.2.
[[nodiscard]] std::string to_text(const BlankLabel& label);

/// The statements of `document` in the order of their signatures, whose blank node `c14nN` is
/// called what `labels` has for N.
/// Errors: kTransformation, kLabelMap (not exactly one label for each, or one twice).
/// Spec: VC-DI-ECDSA §3.4.2, §3.4.3.
[[nodiscard]] Result<std::vector<std::string>, ProofError> labeled_statements(
    const codec::Json& document, const std::map<std::uint32_t, BlankLabel>& labels,
    linked::ContextCache& contexts);

/// A part of a document that can be shown without the rest.
struct Selection {
    std::vector<std::uint32_t> indexes;  // of its statements among all, ascending
    codec::Json document;
    std::map<std::uint32_t, BlankLabel> labels;  // for its own canonical labels
};

/// A document whose statements are told apart, so that parts of it can be selected. Every blank
/// node gets a name in a copy (instead of being skolemized: the same, but for documents that are
/// never made compact again).
class SelectableDocument {
  public:
    /// Errors: kTransformation, kNotSelectable (naming a blank node would change what it says, as
    /// with a list of graphs), kTooManyStatements.
    /// Spec: VC-DI-ECDSA §3.4.16 steps 1 to 3, §3.4.4.
    [[nodiscard]] static Result<SelectableDocument, ProofError> make(
        const codec::Json& document, ByteView hmac_key, linked::ContextCache& contexts);

    /// In the order of their signatures.
    [[nodiscard]] const std::vector<std::string>& statements() const { return statements_; }
    [[nodiscard]] const std::map<std::uint32_t, BlankLabel>& labels() const { return labels_; }

    /// Errors: kPointer, kTransformation, kNotSelectable (a part of a list or of a JSON literal, or
    /// of a node that is told of at several places).
    /// Spec: VC-DI-ECDSA §3.4.15, §3.5.4 steps 11 to 14.
    [[nodiscard]] Result<Selection, ProofError> select(std::span<const std::string> pointers,
                                                       linked::ContextCache& contexts) const;

  private:
    codec::Json document_, named_;
    std::vector<std::string> statements_;
    std::map<std::uint32_t, BlankLabel> labels_;               // by N of c14nN
    std::map<std::string, BlankLabel, std::less<>> label_of_;  // by identifier in named_
};

}  // namespace tasdiq::credential
