#include "credential/canonical_forms.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/sort.hpp"
#include "codec/jcs.hpp"
#include "codec/utf8.hpp"
#include "linked/to_rdf.hpp"

namespace tasdiq::credential {

using codec::Json;

linked::LdOptions signing_options() {
    linked::LdOptions options;
    options.strictness = linked::Strictness::kSafe;
    options.rdf_direction = linked::RdfDirection::kI18nDatatype;
    return options;
}

namespace {

/// Adds the quads of `object`. They point into it and into the cache's scratch memory.
bool add_quads(const Json& object, std::string_view context, linked::ContextCache& contexts,
               linked::Dataset& dataset) {
    linked::LdOptions options = signing_options();
    options.context_text = context;
    return linked::to_rdf(object, options, contexts, contexts.scratch(), dataset).has_value();
}

Result<std::string, ProofError> canonize(const linked::Dataset& dataset,
                                         linked::HashAlgorithm hash) {
    auto canonical = linked::canonize(dataset, {.hash = hash});
    if (!canonical) return std::unexpected{ProofError::kTransformation};
    return std::move(canonical->text);
}

/// The same for a JCS text in which something short stands for its context.
Result<std::string, ProofError> text_to_canonical_nquads(std::string_view text,
                                                         std::string_view context,
                                                         linked::HashAlgorithm hash,
                                                         linked::ContextCache& contexts) {
    linked::Dataset dataset;
    if (contexts.shapes().find(text, context, dataset)) return canonize(dataset, hash);
    const auto document = codec::parse_json(text);
    if (!document || !add_quads(*document, context, contexts, dataset)) {
        return std::unexpected{ProofError::kTransformation};
    }
    auto canonical = canonize(dataset, hash);
    if (!canonical) return canonical;
    contexts.shapes().learn(text, context, dataset, [&](std::string_view other) {
        std::optional<linked::Dataset> quads;
        const auto value = codec::parse_json(other);
        linked::Dataset read;
        if (value && add_quads(*value, context, contexts, read)) quads = read.copy();
        return quads;
    });
    return canonical;
}

}  // namespace

Result<std::string, ProofError> to_canonical_nquads(const Json& object, std::string_view context,
                                                    linked::HashAlgorithm hash,
                                                    linked::ContextCache& contexts) {
    linked::Dataset dataset;
    if (!add_quads(object, context, contexts, dataset)) {
        return std::unexpected{ProofError::kTransformation};
    }
    return canonize(dataset, hash);
}

std::string jcs_without(const Json& object, std::string_view left_out, std::string_view context,
                        std::size_t& context_at) {
    std::vector<const codec::JsonMember*> members;
    for (const codec::JsonMember& member : object.as_object()) {
        if (member.key != left_out) members.push_back(&member);
    }
    sort(members,
         [](const auto* a, const auto* b) { return codec::compare_utf16(a->key, b->key) < 0; });
    std::string text;
    for (const codec::JsonMember* member : members) {
        text += text.empty() ? '{' : ',';
        codec::append_jcs(text, Json{member->key});
        text += ':';
        if (member->key == "@context" && !context.empty()) {
            context_at = text.size();
            text += context;
        } else {
            codec::append_jcs(text, member->value);
        }
    }
    if (text.empty()) text += '{';
    text += '}';
    return text;
}

std::string context_of(const Json& document) {
    const Json* const context = document.find("@context");
    return context == nullptr ? std::string{} : codec::to_jcs(*context);
}

const Json* CanonicalForms::value() {
    if (!value_) {
        auto parsed = codec::parse_json(unsecured_->text);
        if (!parsed) return nullptr;
        value_ = *std::move(parsed);
    }
    return &*value_;
}

std::string_view CanonicalForms::context_jcs() {
    if (unsecured_) return unsecured_->context_jcs;
    if (!context_) context_ = context_of(*value_);
    return *context_;
}

const Unsecured& CanonicalForms::unsecured() {
    if (!unsecured_) {
        const std::string_view context = context_jcs();
        std::size_t context_at = 0;
        text_ = jcs_without(*value_, {}, context, context_at);
        unsecured_ = {text_, std::string_view{text_}.substr(context_at, context.size()),
                      crypto::sha256(as_bytes(text_))};
    }
    return *unsecured_;
}

Bytes CanonicalForms::jcs_hash(linked::HashAlgorithm hash) {
    const Unsecured& document = unsecured();
    if (hash == linked::HashAlgorithm::kSha256) return to_bytes(document.jcs_hash.view());
    return hash_bytes(hash, {as_bytes(document.text)});
}

Bytes CanonicalForms::jcs_hash_with(std::string_view context, linked::HashAlgorithm hash) {
    const Unsecured& document = unsecured();
    const auto begin = static_cast<std::size_t>(document.context_jcs.data() - document.text.data());
    const std::string_view before = document.text.substr(0, begin);
    const std::string_view behind = document.text.substr(begin + document.context_jcs.size());
    return hash_bytes(hash, {as_bytes(before), as_bytes(context), as_bytes(behind)});
}

Result<std::string, ProofError> CanonicalForms::to_quads(linked::HashAlgorithm hash,
                                                         linked::ContextCache& contexts) {
    if (value_) return to_canonical_nquads(*value_, {}, hash, contexts);
    const auto& [text, context, jcs_hash] = *unsecured_;
    if (context.empty()) {
        const Json* const document = value();
        if (document == nullptr) return std::unexpected{ProofError::kTransformation};
        return to_canonical_nquads(*document, {}, hash, contexts);
    }
    // The cache knows the context by its text: the rest alone is read.
    const auto begin = static_cast<std::size_t>(context.data() - text.data());
    std::string rest;
    rest.reserve(text.size());
    rest.append(text, 0, begin).append("null").append(text, begin + context.size());
    return text_to_canonical_nquads(rest, context, hash, contexts);
}

Result<Bytes, ProofError> CanonicalForms::rdfc_hash(linked::HashAlgorithm hash,
                                                    linked::ContextCache& contexts) {
    auto& known = rdfc_.at(static_cast<std::size_t>(hash));
    if (!known) {
        const auto canonical = to_quads(hash, contexts);
        known = canonical ? Result<Bytes, ProofError>{hash_bytes(hash, {as_bytes(*canonical)})}
                          : std::unexpected{canonical.error()};
    }
    return *known;
}

Result<Bytes, ProofError> CanonicalForms::rdfc_input(std::string_view config,
                                                     linked::HashAlgorithm hash,
                                                     linked::ContextCache& contexts) {
    TRY(const Bytes document_hash, rdfc_hash(hash, contexts));
    // The proofs of a batch are equal but for their values: the last one is remembered.
    std::string of{hash == linked::HashAlgorithm::kSha256 ? "sha256 " : "sha384 "};
    of.append(config).append(context_jcs());
    Bytes input;
    if (contexts.note().of == of) {
        input = to_bytes(as_bytes(contexts.note().result));
    } else {
        const auto proof = codec::parse_json(config);
        if (!proof) return std::unexpected{ProofError::kTransformation};
        TRY(const std::string quads, to_canonical_nquads(*proof, context_jcs(), hash, contexts));
        input = hash_bytes(hash, {as_bytes(quads)});
        contexts.set_note({std::move(of), std::string{as_text(input)}});
    }
    append(input, document_hash);
    return input;
}

}  // namespace tasdiq::credential
