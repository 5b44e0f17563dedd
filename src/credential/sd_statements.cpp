#include "credential/sd_statements.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/sd_select.hpp"
#include "crypto/hash.hpp"
#include "linked/relabel.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// A document's dataset for as long as its cache is not used again.
struct Read {
    linked::Dataset dataset;
    linked::CanonicalForm canonical;
};

Result<Read, ProofError> read(const Json& document, const linked::LdOptions& options,
                              linked::ContextCache& contexts) {
    Read result;
    if (!linked::to_rdf(document, options, contexts, contexts.scratch(), result.dataset)) {
        return std::unexpected{ProofError::kTransformation};
    }
    auto canonical = linked::canonize(result.dataset);
    if (!canonical) return std::unexpected{ProofError::kTransformation};
    result.canonical = *std::move(canonical);
    return result;
}

linked::LdOptions naming_options() {
    linked::LdOptions options = signing_options();
    options.blank_labels = linked::BlankLabels::kOfDocument;
    return options;
}

/// The objects that are nodes without an identifier.
class UnnamedNodes final : public linked::NodeListener {
  public:
    void hear(const Json& source, const linked::Item& item) override {
        heard_.emplace_back(&source, &item);
    }
    /// As long as the items are there: some get their identifier from the map they stand in.
    [[nodiscard]] std::set<const Json*> take() const {
        std::set<const Json*> unnamed;
        for (const auto& [source, item] : heard_) {
            if (!item->has(linked::kHasId)) unnamed.insert(source);
        }
        return unnamed;
    }

  private:
    std::vector<std::pair<const Json*, const linked::Item*>> heard_;
};

/// Gives names to nodes that have none, which no other node of the document has.
class Namer {
  public:
    Namer(const Json& document, std::set<const Json*> unnamed) : unnamed_{std::move(unnamed)} {
        const std::string text = codec::to_jcs(document);
        while (text.find('"' + prefix_) != std::string::npos) prefix_ += 's';
    }
    /// A copy with a name for every object of `unnamed`.
    Json named_copy(const Json& value);

  private:
    std::set<const Json*> unnamed_;
    std::string prefix_ = "_:s";
    std::size_t count_ = 0;
};

Json Namer::named_copy(const Json& value) {
    if (const Json::Array* const elements = value.get_array()) {
        Json copy = Json::array();
        for (const Json& one : *elements) copy.push(named_copy(one));
        return copy;
    }
    if (!value.is_object()) return value;
    Json::Object members;
    members.reserve(value.size() + 1);
    if (unnamed_.contains(&value)) {
        members.push_back({"@id", prefix_ + std::to_string(count_++)});
    }
    for (const codec::JsonMember& member : value.as_object()) {
        // Contexts hold no nodes.
        const bool is_context = member.key == "@context";
        members.push_back({member.key, is_context ? member.value : named_copy(member.value)});
    }
    return members;
}

}  // namespace

std::string to_text(const BlankLabel& label) {
    return codec::encode_multibase(codec::Multibase::kBase64Url, label.view());
}

Result<std::vector<std::string>, ProofError> labeled_statements(
    const Json& document, const std::map<std::uint32_t, BlankLabel>& labels,
    linked::ContextCache& contexts) {
    TRY(const Read parts, read(document, signing_options(), contexts));
    std::vector<std::string> texts(parts.canonical.number_of.size());
    std::set<BlankLabel> used;
    for (std::size_t blank = 0; blank < texts.size(); ++blank) {
        const std::uint32_t number = parts.canonical.number_of[blank];
        if (number == linked::CanonicalForm::kUnused) continue;
        const auto label = labels.find(number);
        // Two nodes of one name would be one node in the eyes of who signed.
        if (label == labels.end() || !used.insert(label->second).second) {
            return std::unexpected{ProofError::kLabelMap};
        }
        texts[blank] = to_text(label->second);
    }
    if (used.size() != labels.size()) return std::unexpected{ProofError::kLabelMap};
    return linked::relabeled_lines(parts.dataset, texts);
}

Result<SelectableDocument, ProofError> SelectableDocument::make(const Json& document,
                                                                ByteView hmac_key,
                                                                linked::ContextCache& contexts) {
    SelectableDocument result;
    result.document_ = document;
    UnnamedNodes nodes;
    linked::LdOptions options = signing_options();
    options.nodes = &nodes;
    TRY(const Read plain, read(result.document_, options, contexts));
    result.named_ = Namer{result.document_, nodes.take()}.named_copy(result.document_);

    TRY(const Read named, read(result.named_, naming_options(), contexts));
    if (named.canonical.text != plain.canonical.text) {
        return std::unexpected{ProofError::kNotSelectable};
    }
    const auto ids = named.dataset.blank_labels();
    std::vector<std::string> texts(ids.size());
    for (std::size_t blank = 0; blank < ids.size(); ++blank) {
        const std::uint32_t number = named.canonical.number_of[blank];
        if (number == linked::CanonicalForm::kUnused) continue;
        const auto digest =
            crypto::hmac_sha256(hmac_key, as_bytes(linked::canonical_label(number)));
        const BlankLabel label{digest.array()};
        texts[blank] = to_text(label);
        result.labels_.emplace(number, label);
        // Others are nodes of lists: their labels say nothing in another document.
        if (ids[blank].starts_with("_:")) result.label_of_.emplace(ids[blank], label);
    }
    result.statements_ = linked::relabeled_lines(named.dataset, texts);
    if (result.statements_.size() > kStatementsMax) {
        return std::unexpected{ProofError::kTooManyStatements};
    }
    return result;
}

Result<Selection, ProofError> SelectableDocument::select(std::span<const std::string> pointers,
                                                         linked::ContextCache& contexts) const {
    constexpr std::unexpected kNotSelectable{ProofError::kNotSelectable};
    TRY(const Json part, select_json(named_, pointers, BlankIds::kSelected));
    Selection selection;
    std::string canonical;
    {
        TRY(Read named, read(part, naming_options(), contexts));
        const auto ids = named.dataset.blank_labels();
        std::vector<std::string> texts(ids.size());
        for (std::size_t blank = 0; blank < ids.size(); ++blank) {
            const std::uint32_t number = named.canonical.number_of[blank];
            if (number == linked::CanonicalForm::kUnused) continue;
            const auto label = label_of_.find(ids[blank]);
            if (label == label_of_.end()) return kNotSelectable;
            texts[blank] = to_text(label->second);
            selection.labels.emplace(number, label->second);
        }
        for (const std::string& line : linked::relabeled_lines(named.dataset, texts)) {
            const auto found = std::ranges::lower_bound(statements_, line);
            if (found == statements_.end() || *found != line) return kNotSelectable;
            selection.indexes.push_back(static_cast<std::uint32_t>(found - statements_.begin()));
        }
        canonical = std::move(named.canonical.text);
    }
    TRY(selection.document, select_json(document_, pointers, BlankIds::kLeftOut));
    // What is shown must be what was selected, also without the names.
    TRY(const Read shown, read(selection.document, signing_options(), contexts));
    if (shown.canonical.text != canonical) return kNotSelectable;
    return selection;
}

}  // namespace tasdiq::credential
