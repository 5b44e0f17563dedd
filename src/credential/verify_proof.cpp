#include <algorithm>
#include <span>
#include <utility>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/data_integrity.hpp"
#include "credential/date_time.hpp"
#include "credential/plain_proof.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// Whether the context of a document starts with all values of a proof's, one value being a list of
/// one. Spec: VC-DI-EDDSA §3.3.2 step 4.1.
bool starts_with(std::string_view document_jcs, const Json& proof) {
    const auto document = codec::parse_json(document_jcs);
    if (!document) return false;  // there is none
    const std::span<const Json> all =
        document->is_array() ? std::span{document->as_array()} : std::span{&*document, 1};
    const std::span<const Json> start =
        proof.is_array() ? std::span{proof.as_array()} : std::span{&proof, 1};
    if (start.size() > all.size()) return false;
    for (std::size_t i = 0; i < start.size(); ++i) {
        if (codec::to_jcs(start[i]) != codec::to_jcs(all[i])) return false;
    }
    return true;
}

/// Whether a proof's member is a text or a list of texts. RDF leaves out what says nothing (null,
/// an empty list), so that it could be added to a proof at will.
bool is_signed_in_rdf(const codec::JsonMember& member) {
    if (member.key.starts_with('@')) return false;
    if (!member.value.is_array()) return member.value.is_string();
    const Json::Array& list = member.value.as_array();
    return !list.empty() && std::ranges::all_of(list, &Json::is_string);
}

/// A proof's members that all suites have, and its suite's name.
struct ProofHead {
    std::string_view suite, method, value;
};

Result<std::optional<Instant>, ProofError> date_time_of(const Json& proof, std::string_view key) {
    const Json* const value = proof.find(key);
    if (value == nullptr) return std::optional<Instant>{};
    const std::string* const text = value->get_string();
    if (text == nullptr) return std::unexpected{ProofError::kCreated};
    const auto instant = parse_date_time(*text);
    if (!instant) return std::unexpected{ProofError::kCreated};
    return std::optional{*instant};
}

}  // namespace

/// One document's verification.
class ProofVerifier {
  public:
    ProofVerifier(CanonicalForms& document, KeyResolver& keys, linked::ContextCache& contexts,
                  std::string_view purpose)
        : document_{document}, keys_{keys}, contexts_{contexts}, purpose_{purpose} {}

    Result<std::vector<VerifiedProof>, ProofError> verify(const Json* proof) {
        if (proof == nullptr) return std::unexpected{ProofError::kNoProof};
        const std::span<const Json> all =
            proof->is_array() ? std::span{proof->as_array()} : std::span{proof, 1};
        if (all.empty()) return std::unexpected{ProofError::kNoProof};
        if (all.size() > kProofsMax) return std::unexpected{ProofError::kTooManyProofs};
        std::vector<VerifiedProof> verified;
        for (const Json& one : all) {
            TRY(auto result, verify_one(one));
            if (result) verified.push_back(*std::move(result));
        }
        if (verified.empty()) return std::unexpected{ProofError::kUnknownSuite};
        return verified;
    }

    /// The same for one JCS proof of this document's own context; nothing if it is of another
    /// suite.
    std::optional<Result<std::vector<VerifiedProof>, ProofError>> verify(const PlainProof& proof) {
        if (!proof.has_context || !is_jcs(proof.suite)) return std::nullopt;
        return verify_plain(proof);
    }

  private:
    static bool is_jcs(std::string_view name) {
        return std::ranges::any_of(suites(), [&](const Suite& suite) {
            return suite.name == name && suite.canonicalization == Canonicalization::kJcs;
        });
    }

    Result<std::vector<VerifiedProof>, ProofError> verify_plain(const PlainProof& proof) {
        if (proof.purpose != purpose_) return std::unexpected{ProofError::kPurpose};
        const auto created = parse_date_time(proof.created);
        if (!created) return std::unexpected{ProofError::kCreated};
        TRY(auto verified,
            verify_value({proof.suite, proof.method, proof.value}, [&](const Suite& suite) {
                Bytes input = hash_bytes(
                    suite.hash, {as_bytes(proof.before_value), as_bytes(proof.behind_value)});
                append(input, document_.jcs_hash(suite.hash));
                return Result<Bytes, ProofError>{std::move(input)};
            }));
        verified.created_ = *created;
        return std::vector{std::move(verified)};
    }

    /// Nothing if the proof is of a suite that we don't know.
    Result<std::optional<VerifiedProof>, ProofError> verify_one(const Json& proof) {
        // Data Integrity §4.4 step 4
        const std::string* const type = proof.find_string("type");
        const std::string* const method = proof.find_string("verificationMethod");
        const std::string* const purpose = proof.find_string("proofPurpose");
        const std::string* const value = proof.find_string("proofValue");
        if (!type || !method || !purpose || !value) return std::unexpected{ProofError::kMember};
        if (*type != kDataIntegrityProof) return std::unexpected{ProofError::kType};
        const std::string* const name = proof.find_string("cryptosuite");
        if (name == nullptr) return std::unexpected{ProofError::kMember};
        if (*purpose != purpose_) return std::unexpected{ProofError::kPurpose};  // step 5
        if (!is_suite(*name)) return std::optional<VerifiedProof>{};

        // VC-DI-EDDSA §3.2.5 step 3
        TRY(const auto created, date_time_of(proof, "created"));
        TRY(const auto expires, date_time_of(proof, "expires"));
        if (proof.find("previousProof")) return std::unexpected{ProofError::kPreviousProof};
        const std::string context = context_of(proof);
        TRY(check_context(proof, context, is_jcs(*name)));
        TRY(auto verified, verify_value({*name, *method, *value}, [&](const Suite& suite) {
                return suite.canonicalization == Canonicalization::kJcs
                           ? Result<Bytes, ProofError>{jcs_input(suite, proof, context)}
                           : rdfc_input(suite, proof);
            }));
        verified.created_ = created;
        verified.expires_ = expires;
        return std::optional{std::move(verified)};
    }

    /// `context` is the JCS text of the proof's `@context`, or empty. A JCS proof covers its own
    /// (VC-DI-EDDSA §3.3.2 step 4); one over RDF is read with the document's (§3.2.5 step 4), and
    /// must not seem to have another.
    [[nodiscard]] Result<Ok, ProofError> check_context(const Json& proof, std::string_view context,
                                                       bool jcs) {
        const bool good = context.empty() || context == document_.context_jcs() ||
                          (jcs && starts_with(document_.context_jcs(), *proof.find("@context")));
        if (!good) return std::unexpected{ProofError::kContext};
        return Ok{};
    }

    Bytes jcs_input(const Suite& suite, const Json& proof, std::string_view context) {
        std::size_t context_at = 0;
        const std::string config = jcs_without(proof, "proofValue", context, context_at);
        Bytes input = hash_bytes(suite.hash, {as_bytes(config)});
        append(input, context.empty() || context == document_.context_jcs()
                          ? document_.jcs_hash(suite.hash)
                          : document_.jcs_hash_with(context, suite.hash));
        return input;
    }

    Result<Bytes, ProofError> rdfc_input(const Suite& suite, const Json& proof) {
        TRY(const Bytes document_hash, document_.rdfc_hash(suite.hash, contexts_));
        Json config = proof;
        config.erase("proofValue");
        config.erase("@context");
        if (!std::ranges::all_of(config.as_object(), is_signed_in_rdf)) {
            return std::unexpected{ProofError::kTransformation};
        }
        TRY(const std::string quads,
            to_canonical_nquads(config, document_.value(), suite.hash, contexts_));
        Bytes input = hash_bytes(suite.hash, {as_bytes(quads)});
        append(input, document_hash);
        return input;
    }

    /// VC-DI-EDDSA §3.2.2 steps 3, 6 and 7. `input` gives the bytes that a suite signs.
    template <class Input>
    Result<VerifiedProof, ProofError> verify_value(const ProofHead& proof, const Input& input) {
        const auto signature = codec::decode_multibase(codec::Multibase::kBase58Btc, proof.value);
        const bool is_signature =
            signature && std::ranges::any_of(suites(), [&](const Suite& suite) {
                return suite.name == proof.suite && suite.signature_size == signature->size();
            });
        if (!is_signature) return std::unexpected{ProofError::kProofValue};
        const auto key = keys_.resolve(proof.method, purpose_);
        if (!key) return std::unexpected{ProofError::kKeyUnknown};
        const Suite* const suite = find_suite(proof.suite, key->algorithm());
        if (suite == nullptr) return std::unexpected{ProofError::kKeyAlgorithm};
        TRY(const Bytes message, input(*suite));
        if (!crypto::verify(*key, message, *signature, crypto::LowS::kNotRequired)) {
            return std::unexpected{ProofError::kSignature};
        }
        VerifiedProof verified;
        verified.suite_ = suite->name;
        verified.verification_method_ = proof.method;
        return verified;
    }

    CanonicalForms& document_;
    KeyResolver& keys_;
    linked::ContextCache& contexts_;
    std::string_view purpose_;
};

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json* proof,
                                                            const Unsecured& document,
                                                            KeyResolver& keys,
                                                            linked::ContextCache& contexts,
                                                            std::string_view purpose) {
    CanonicalForms forms{document};
    return ProofVerifier{forms, keys, contexts, purpose}.verify(proof);
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof_jcs(std::string_view proof_jcs,
                                                                const Unsecured& document,
                                                                KeyResolver& keys,
                                                                linked::ContextCache& contexts,
                                                                std::string_view purpose) {
    CanonicalForms forms{document};
    ProofVerifier verifier{forms, keys, contexts, purpose};
    if (!document.context_jcs.empty()) {
        if (const auto plain = read_plain_proof(proof_jcs, document.context_jcs)) {
            if (auto verified = verifier.verify(*plain)) return *std::move(verified);
        }
    }
    const auto proof = codec::parse_json(proof_jcs);
    if (!proof) return std::unexpected{ProofError::kMember};
    return verifier.verify(&*proof);
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json& document, KeyResolver& keys,
                                                            linked::ContextCache& contexts,
                                                            std::string_view purpose) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    const Json* const proof = document.find("proof");
    if (proof == nullptr) return std::unexpected{ProofError::kNoProof};
    Json unsecured = document;
    unsecured.erase("proof");
    CanonicalForms forms{std::move(unsecured)};
    return ProofVerifier{forms, keys, contexts, purpose}.verify(proof);
}

}  // namespace tasdiq::credential
