#include "credential/data_integrity.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "codec/utf8.hpp"
#include "credential/date_time.hpp"
#include "credential/plain_proof.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// What the suites have in common and where they differ. One row in kSuites is one suite.
struct Suite {
    std::string_view name;
    crypto::Algorithm algorithm;
    std::size_t signature_size;
    /// The bytes to sign, of a document and the canonical proof configuration.
    Bytes (*hash_data)(const Unsecured& document, std::string_view proof_config);
};

/// Spec: VC-DI-EDDSA §3.3.4: the hash of the proof configuration stands first.
Bytes hash_data_jcs(const Unsecured& document, std::string_view proof_config) {
    Bytes data;
    data.reserve(64);
    append(data, crypto::sha256(as_bytes(proof_config)).view());
    append(data, document.jcs_hash.view());
    return data;
}

constexpr std::array kSuites{
    Suite{kEddsaJcs2022, crypto::Algorithm::kEd25519, 64, hash_data_jcs},
};

const Suite* find_suite(std::string_view name) {
    const auto found = std::ranges::find(kSuites, name, &Suite::name);
    return found == kSuites.end() ? nullptr : &*found;
}

constexpr std::string_view kDataIntegrityProof = "DataIntegrityProof";

/// The JCS text of an object without the member `left_out`. Where `context` is not empty, it is the
/// JCS text of `@context`; `context_at` is where that stands in the result.
std::string jcs_without(const Json& object, std::string_view left_out, std::string_view context,
                        std::size_t& context_at) {
    std::vector<const codec::JsonMember*> members;
    for (const codec::JsonMember& member : object.as_object()) {
        if (member.key != left_out) members.push_back(&member);
    }
    std::ranges::sort(members, [](const auto* a, const auto* b) {
        return codec::compare_utf16(a->key, b->key) < 0;
    });
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

/// A document that is canonicalized here.
class Canonicalized {
  public:
    explicit Canonicalized(const Json& document) {
        const std::string context = context_of(document);
        std::size_t context_at = 0;
        text_ = jcs_without(document, "proof", context, context_at);
        unsecured_ = {text_, std::string_view{text_}.substr(context_at, context.size()),
                      crypto::sha256(as_bytes(text_))};
    }
    Canonicalized(const Canonicalized&) = delete;
    Canonicalized& operator=(const Canonicalized&) = delete;

    [[nodiscard]] const Unsecured& unsecured() const { return unsecured_; }

  private:
    std::string text_;
    Unsecured unsecured_;
};

/// The document with another context, of which `context` is the JCS text.
Unsecured with_context(const Unsecured& document, std::string_view context) {
    const auto begin = static_cast<std::size_t>(document.context_jcs.data() - document.text.data());
    const std::string_view before = document.text.substr(0, begin);
    const std::string_view behind = document.text.substr(begin + document.context_jcs.size());
    return {"", context, crypto::sha256({as_bytes(before), as_bytes(context), as_bytes(behind)})};
}

void append_member(std::string& to, std::string_view key, std::string_view value) {
    to += to.empty() ? '{' : ',';
    codec::append_jcs(to, Json{key});
    to += ':';
    codec::append_jcs(to, Json{value});
}

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

}  // namespace

std::string_view to_string(ProofError error) {
    switch (error) {
        case ProofError::kNotAnObject: return "the document is not a JSON object";
        case ProofError::kNoProof: return "the document has no proof";
        case ProofError::kTooManyProofs: return "the document has too many proofs";
        case ProofError::kMember: return "a member of the proof is missing or of another type";
        case ProofError::kType: return "the proof is not a DataIntegrityProof";
        case ProofError::kPurpose: return "the proof was made for another purpose";
        case ProofError::kUnknownSuite: return "no proof is of a cryptosuite that is known here";
        case ProofError::kCreated: return "created or expires is not a date-time";
        case ProofError::kPreviousProof: return "the proof is part of a chain";
        case ProofError::kContext: return "the proof was made for another context";
        case ProofError::kProofValue: return "the proof value is not a base58btc signature";
        case ProofError::kKeyUnknown: return "the verification method is not known";
        case ProofError::kKeyAlgorithm: return "the key is of another algorithm";
        case ProofError::kSignature: return "the signature does not match";
    }
    ENSURE(false);
}

Result<UnfinishedProof, ProofError> signing_input(const Unsecured& document,
                                                  const ProofOptions& options) {
    const Suite* const suite = find_suite(options.suite);
    if (suite == nullptr) return std::unexpected{ProofError::kUnknownSuite};
    // §3.3.5: the configuration is the options and the document's context (§3.3.1 step 2). Its
    // members are written in the order of JCS.
    std::string config;
    config.reserve(document.context_jcs.size() + 256);
    if (!document.context_jcs.empty()) {
        config += "{\"@context\":";
        config += document.context_jcs;
    }
    append_member(config, "created", to_text(options.created));
    append_member(config, "cryptosuite", options.suite);
    append_member(config, "proofPurpose", options.purpose);
    append_member(config, "type", kDataIntegrityProof);
    append_member(config, "verificationMethod", options.verification_method);
    config += '}';
    Bytes input = suite->hash_data(document, config);
    return UnfinishedProof{std::move(input), std::move(config), suite->name};
}

Result<UnfinishedProof, ProofError> signing_input(const Json& document,
                                                  const ProofOptions& options) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    if (find_suite(options.suite) == nullptr) return std::unexpected{ProofError::kUnknownSuite};
    if (document.find("proof") != nullptr) return std::unexpected{ProofError::kMember};
    return signing_input(Canonicalized{document}.unsecured(), options);
}

std::string finish_proof(const UnfinishedProof& proof, ByteView signature) {
    const Suite* const suite = find_suite(proof.suite);
    ENSURE(suite != nullptr && signature.size() == suite->signature_size);
    constexpr std::string_view kNext = R"(,"type":"DataIntegrityProof","verificationMethod":)";
    const std::size_t at = proof.proof.rfind(kNext);
    ENSURE(at != std::string::npos);
    std::string text;
    text.reserve(proof.proof.size() + 112);
    text.append(proof.proof, 0, at);
    append_member(text, "proofValue",
                  codec::encode_multibase(codec::Multibase::kBase58Btc, signature));
    text.append(proof.proof, at);
    return text;
}

Json attach(Json document, const UnfinishedProof& unfinished, ByteView signature) {
    const auto proof = codec::parse_json(finish_proof(unfinished, signature));
    ENSURE(proof.has_value());
    Json* const old = document.find("proof");
    if (old == nullptr) {
        document.set("proof", *proof);
    } else if (old->is_array()) {
        old->push(*proof);
    } else {
        *old = Json::array().push(std::move(*old)).push(*proof);
    }
    return document;
}

std::optional<crypto::PublicKey> DidKeyResolver::resolve(std::string_view verification_method,
                                                         std::string_view) {
    // The method is named by the key's fragment; the DID alone names the document.
    if (verification_method.find('#') == std::string_view::npos) return std::nullopt;
    auto key = crypto::parse_did_key(verification_method);
    if (!key) return std::nullopt;
    return *std::move(key);
}

/// One document's verification.
class ProofVerifier {
  public:
    ProofVerifier(const Unsecured& document, KeyResolver& keys, std::string_view purpose)
        : document_{document}, keys_{keys}, purpose_{purpose} {}

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

    /// The same for one proof of this document's own context.
    Result<std::vector<VerifiedProof>, ProofError> verify(const PlainProof& proof) {
        if (proof.purpose != purpose_) return std::unexpected{ProofError::kPurpose};
        const Suite* const suite = find_suite(proof.suite);
        if (suite == nullptr) return std::unexpected{ProofError::kUnknownSuite};
        const auto created = parse_date_time(proof.created);
        if (!created) return std::unexpected{ProofError::kCreated};
        std::string config{proof.before_value};
        config += proof.behind_value;
        TRY(auto verified, verify_value(*suite, document_, config, proof.value, proof.method));
        verified.created_ = *created;
        return std::vector{std::move(verified)};
    }

  private:
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
        const Suite* const suite = find_suite(*name);
        if (suite == nullptr) return std::optional<VerifiedProof>{};

        // VC-DI-EDDSA §3.3.5 step 3
        TRY(const auto created, date_time_of(proof, "created"));
        TRY(const auto expires, date_time_of(proof, "expires"));
        if (proof.find("previousProof")) return std::unexpected{ProofError::kPreviousProof};
        const std::string context = context_of(proof);
        TRY(const Unsecured unsecured, unsecured_for(proof, context));
        std::size_t context_at = 0;
        const std::string config = jcs_without(proof, "proofValue", context, context_at);
        TRY(auto verified, verify_value(*suite, unsecured, config, *value, *method));
        verified.created_ = created;
        verified.expires_ = expires;
        return std::optional{std::move(verified)};
    }

    /// VC-DI-EDDSA §3.3.2 steps 2, 6 and 7.
    Result<VerifiedProof, ProofError> verify_value(const Suite& suite, const Unsecured& document,
                                                   std::string_view config, std::string_view value,
                                                   std::string_view method) {
        const auto signature = codec::decode_multibase(codec::Multibase::kBase58Btc, value);
        if (!signature || signature->size() != suite.signature_size) {
            return std::unexpected{ProofError::kProofValue};
        }
        const Bytes input = suite.hash_data(document, config);
        const auto key = keys_.resolve(method, purpose_);
        if (!key) return std::unexpected{ProofError::kKeyUnknown};
        if (key->algorithm() != suite.algorithm) {
            return std::unexpected{ProofError::kKeyAlgorithm};
        }
        if (!crypto::verify(*key, input, *signature, crypto::LowS::kNotRequired)) {
            return std::unexpected{ProofError::kSignature};
        }
        VerifiedProof verified;
        verified.suite_ = suite.name;
        verified.verification_method_ = method;
        return verified;
    }

    static Result<std::optional<Instant>, ProofError> date_time_of(const Json& proof,
                                                                   std::string_view key) {
        const Json* const value = proof.find(key);
        if (value == nullptr) return std::optional<Instant>{};
        const std::string* const text = value->get_string();
        if (text == nullptr) return std::unexpected{ProofError::kCreated};
        const auto instant = parse_date_time(*text);
        if (!instant) return std::unexpected{ProofError::kCreated};
        return std::optional{*instant};
    }

    /// The document that this proof covers: with the proof's context (`context`, its JCS text) in
    /// place of its own. Spec: VC-DI-EDDSA §3.3.2 step 4.
    Result<Unsecured, ProofError> unsecured_for(const Json& proof, std::string_view context) {
        if (context.empty() || context == document_.context_jcs) return document_;
        if (!starts_with(document_.context_jcs, *proof.find("@context"))) {
            return std::unexpected{ProofError::kContext};
        }
        return with_context(document_, context);
    }

    const Unsecured& document_;
    KeyResolver& keys_;
    std::string_view purpose_;
};

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json* proof,
                                                            const Unsecured& document,
                                                            KeyResolver& keys,
                                                            std::string_view purpose) {
    return ProofVerifier{document, keys, purpose}.verify(proof);
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof_jcs(std::string_view proof_jcs,
                                                                const Unsecured& document,
                                                                KeyResolver& keys,
                                                                std::string_view purpose) {
    ProofVerifier verifier{document, keys, purpose};
    if (!document.context_jcs.empty()) {
        if (const auto plain = read_plain_proof(proof_jcs, document.context_jcs)) {
            return verifier.verify(*plain);
        }
    }
    const auto proof = codec::parse_json(proof_jcs);
    if (!proof) return std::unexpected{ProofError::kMember};
    return verifier.verify(&*proof);
}

std::optional<std::string> to_proof_jcs(std::string_view text, std::string_view context_jcs) {
    if (read_plain_proof(text, context_jcs)) return std::string{text};
    const auto proof = codec::parse_json(text);
    return proof ? std::optional{codec::to_jcs(*proof)} : std::nullopt;
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json& document,
                                                            const Unsecured& unsecured,
                                                            KeyResolver& keys,
                                                            std::string_view purpose) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    return verify_proof(document.find("proof"), unsecured, keys, purpose);
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json& document, KeyResolver& keys,
                                                            std::string_view purpose) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    const Json* const proof = document.find("proof");
    if (proof == nullptr) return std::unexpected{ProofError::kNoProof};
    return verify_proof(proof, Canonicalized{document}.unsecured(), keys, purpose);
}

}  // namespace tasdiq::credential
