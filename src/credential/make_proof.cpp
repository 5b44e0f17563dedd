#include <utility>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/data_integrity.hpp"
#include "credential/json_checks.hpp"
#include "credential/plain_proof.hpp"
#include "credential/proof_chain.hpp"
#include "credential/proof_config.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// What stands behind `proofValue` in a proof's JCS text.
constexpr std::string_view kBehindValue = R"(,"type":)";

void append_member(std::string& to, std::string_view key, std::string_view value) {
    to += to.empty() ? '{' : ',';
    codec::append_jcs(to, Json{key});
    to += ':';
    codec::append_jcs(to, Json{value});
}

/// A text, or several as a list; nothing if there is none.
void append_texts(std::string& to, std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    if (texts.size() == 1) return append_member(to, key, texts.front());
    Json list = Json::array();
    for (const std::string& text : texts) list.push(text);
    to += to.empty() ? '{' : ',';
    codec::append_jcs(to, Json{key});
    to += ':';
    codec::append_jcs(to, list);
}

/// Spec: VC-DI-EDDSA §3.3.5: the configuration is the options and the document's context (§3.3.1
/// step 2); §3.3.4: its hash stands first.
UnfinishedProof make_jcs(const Suite& suite, CanonicalForms& document,
                         const ProofOptions& options) {
    std::string config = proof_config(suite.type, options, document.context_jcs());
    Bytes input = hash_bytes(suite.hash, {as_bytes(config)});
    append(input, document.jcs_hash(suite.hash));
    return {std::move(input), std::move(config), &suite};
}

/// Spec: VC-DI-EDDSA §3.2.5, §3.2.4. The proof does not repeat the context with which it is read.
Result<UnfinishedProof, ProofError> make_rdfc(const Suite& suite, CanonicalForms& document,
                                              const ProofOptions& options,
                                              linked::ContextCache& contexts) {
    std::string config = proof_config(suite.type, options, {});
    TRY(Bytes input, document.rdfc_input(config, suite.hash, contexts));
    return UnfinishedProof{std::move(input), std::move(config), &suite};
}

Result<UnfinishedProof, ProofError> make_proof(const Suite& suite, CanonicalForms& document,
                                               const ProofOptions& options,
                                               linked::ContextCache& contexts) {
    switch (suite.canonicalization) {
        case Canonicalization::kJcs: return make_jcs(suite, document, options);
        case Canonicalization::kRdfc: return make_rdfc(suite, document, options, contexts);
    }
    ENSURE(false);
}

}  // namespace

std::string proof_config(std::string_view type, const ProofOptions& options,
                         std::string_view context_jcs) {
    std::string config;
    config.reserve(context_jcs.size() + 256);
    if (!context_jcs.empty()) {
        config += "{\"@context\":";
        config += context_jcs;
    }
    if (!options.challenge.empty()) append_member(config, "challenge", options.challenge);
    append_member(config, "created", to_text(options.created));
    if (type == kDataIntegrityProof) append_member(config, "cryptosuite", options.suite);
    append_texts(config, "domain", options.domain);
    if (options.expires) append_member(config, "expires", to_text(*options.expires));
    if (!options.id.empty()) append_member(config, "id", options.id);
    append_texts(config, "previousProof", options.previous_proof);
    append_member(config, "proofPurpose", options.purpose);
    append_member(config, "type", type);
    append_member(config, "verificationMethod", options.verification_method);
    config += '}';
    return config;
}

Result<UnfinishedProof, ProofError> signing_input(const Unsecured& document,
                                                  const ProofOptions& options,
                                                  linked::ContextCache& contexts) {
    if (!is_suite(options.suite)) return std::unexpected{ProofError::kUnknownSuite};
    const Suite* const suite = find_suite(options.suite, options.algorithm);
    if (suite == nullptr) return std::unexpected{ProofError::kKeyAlgorithm};
    if (!options.previous_proof.empty()) return std::unexpected{ProofError::kPreviousProof};
    CanonicalForms forms{document};
    return make_proof(*suite, forms, options, contexts);
}

Result<UnfinishedProof, ProofError> signing_input(const Json& document, const ProofOptions& options,
                                                  linked::ContextCache& contexts) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    if (!is_suite(options.suite)) return std::unexpected{ProofError::kUnknownSuite};
    const Suite* const suite = find_suite(options.suite, options.algorithm);
    if (suite == nullptr) return std::unexpected{ProofError::kKeyAlgorithm};
    const std::span<const Json> proofs = list_of(document.find("proof"));
    if (proofs.size() >= kProofsMax) return std::unexpected{ProofError::kTooManyProofs};
    Json unsecured = document;
    unsecured.erase("proof");
    TRY(cover_previous(unsecured, proofs, options.previous_proof));
    CanonicalForms forms{std::move(unsecured)};
    return make_proof(*suite, forms, options, contexts);
}

std::string finish_proof(const UnfinishedProof& proof, ByteView signature) {
    ENSURE(signature.size() == proof.suite->signature_size);
    // No value before it has this text: its quotation marks would be escaped.
    const std::size_t at = proof.proof.rfind(kBehindValue);
    ENSURE(at != std::string::npos);
    std::string text;
    text.reserve(proof.proof.size() + 160);
    text.append(proof.proof, 0, at);
    append_member(text, "proofValue",
                  codec::encode_multibase(codec::Multibase::kBase58Btc, signature));
    text.append(proof.proof, at);
    return text;
}

Json attach(Json document, const UnfinishedProof& unfinished, ByteView signature) {
    auto proof = codec::parse_json(finish_proof(unfinished, signature));
    ENSURE(proof.has_value());
    return with_proof(std::move(document), *std::move(proof));
}

Json with_proof(Json document, Json proof) {
    Json* const old = document.find("proof");
    if (old == nullptr) {
        document.set("proof", std::move(proof));
    } else if (old->is_array()) {
        old->push(std::move(proof));
    } else {
        *old = Json::array().push(std::move(*old)).push(std::move(proof));
    }
    return document;
}

std::optional<std::string> to_proof_jcs(std::string_view text, std::string_view context_jcs) {
    if (read_plain_proof(text, context_jcs)) return std::string{text};
    const auto proof = codec::parse_json(text);
    return proof ? std::optional{codec::to_jcs(*proof)} : std::nullopt;
}

}  // namespace tasdiq::credential
