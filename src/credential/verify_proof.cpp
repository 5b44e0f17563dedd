#include <algorithm>
#include <span>
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
#include "crypto/signature.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// Whether the context of a document starts with all values of a proof's, one value being a list of
/// one. Spec: VC-DI-EDDSA §3.3.2 step 4.1.
bool starts_with(std::string_view document_jcs, const Json& proof) {
    const auto document = codec::parse_json(document_jcs);
    if (!document) return false;  // there is none
    const std::span<const Json> all = list_of(&*document);
    const std::span<const Json> start = list_of(&proof);
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

bool is_text(const Json* value) { return value == nullptr || value->is_string(); }

/// Spec: VC-DATA-INTEGRITY §2.1: what members have to be where they are there.
bool has_good_members(const Json& proof) {
    for (const char* const key : {"id", "challenge", "nonce"}) {
        if (!is_text(proof.find(key))) return false;
    }
    const Json* const domain = proof.find("domain");
    return domain == nullptr ||
           (!list_of(domain).empty() && std::ranges::all_of(list_of(domain), &Json::is_string));
}

/// Whether `proof` is for exactly these domains.
bool is_for(const Json& proof, std::span<const std::string> domains) {
    const auto given = list_of(proof.find("domain"));
    const auto is_wanted = [&](const Json& one) {
        return std::ranges::find(domains, one.as_string()) != domains.end();
    };
    const auto is_given = [&](const std::string& one) {
        return std::ranges::find(given, Json{one}) != given.end();
    };
    return std::ranges::all_of(given, is_wanted) && std::ranges::all_of(domains, is_given);
}

Result<std::optional<Instant>, ProofError> date_time_of(const Json& proof, std::string_view key) {
    const auto instant = date_time(proof, key);
    if (!instant) return std::optional<Instant>{};
    if (!*instant) return std::unexpected{ProofError::kCreated};
    return *instant;
}

}  // namespace

Result<Json, ProofError> rdf_config(const Json& proof) {
    Json config = proof;
    config.erase("proofValue");
    config.erase("@context");
    if (!std::ranges::all_of(config.as_object(), is_signed_in_rdf)) {
        return std::unexpected{ProofError::kTransformation};
    }
    return config;
}

/// One document's verification.
class ProofVerifier {
  public:
    ProofVerifier(CanonicalForms& document, KeyResolver& keys, linked::ContextCache& contexts,
                  const Expected& expected)
        : document_{document}, keys_{keys}, contexts_{contexts}, expected_{expected} {}

    Result<std::vector<VerifiedProof>, ProofError> verify(const Json* proof) {
        const std::span<const Json> all = list_of(proof);
        if (all.empty()) return std::unexpected{ProofError::kNoProof};
        if (all.size() > kProofsMax) return std::unexpected{ProofError::kTooManyProofs};
        std::vector<VerifiedProof> verified;
        for (const Json& one : all) {
            TRY(auto result, verify_one(one, all));
            if (result) verified.push_back(*std::move(result));
        }
        if (verified.empty()) return std::unexpected{ProofError::kUnknownSuite};
        return verified;
    }

    /// The same for one proof as our suites make it: over JCS with the document's context, over RDF
    /// without one. Nothing if it is of another suite.
    std::optional<Result<std::vector<VerifiedProof>, ProofError>> verify(const PlainProof& proof) {
        const bool is_ours = std::ranges::any_of(suites(), [&](const Suite& suite) {
            return suite.name == proof.suite && suite.type == kDataIntegrityProof &&
                   proof.has_context == (suite.canonicalization == Canonicalization::kJcs);
        });
        if (!is_ours || expected_.domain || expected_.challenge) return std::nullopt;
        return verify_plain(proof);
    }

  private:
    static bool is_jcs(std::string_view name) {
        return std::ranges::any_of(suites(), [&](const Suite& suite) {
            return suite.name == name && suite.canonicalization == Canonicalization::kJcs;
        });
    }

    Result<std::vector<VerifiedProof>, ProofError> verify_plain(const PlainProof& proof) {
        if (proof.purpose != expected_.purpose) return std::unexpected{ProofError::kPurpose};
        const auto created = parse_date_time(proof.created);
        if (!created) return std::unexpected{ProofError::kCreated};
        TRY(auto verified,
            verify_value({proof.suite, proof.method, proof.value}, [&](const Suite& suite) {
                if (suite.canonicalization == Canonicalization::kRdfc) {
                    std::string config{proof.before_value};
                    config += proof.behind_value;
                    return document_.rdfc_input(config, suite.hash, contexts_);
                }
                Bytes input = hash_bytes(
                    suite.hash, {as_bytes(proof.before_value), as_bytes(proof.behind_value)});
                append(input, document_.jcs_hash(suite.hash));
                return Result<Bytes, ProofError>{std::move(input)};
            }));
        verified.created_ = *created;
        return std::vector{std::move(verified)};
    }

    /// Nothing if the proof is of a suite that we don't know. Spec: VC-DATA-INTEGRITY §4.4.
    Result<std::optional<VerifiedProof>, ProofError> verify_one(const Json& proof,
                                                                std::span<const Json> all) {
        const std::string* const type = proof.find_string("type");  // step 4
        const std::string* const method = proof.find_string("verificationMethod");
        const std::string* const purpose = proof.find_string("proofPurpose");
        const std::string* const value = proof.find_string("proofValue");
        if (!type || !method || !purpose || !value || !has_good_members(proof)) {
            return std::unexpected{ProofError::kMember};
        }
        const std::string* const suite = proof.find_string("cryptosuite");
        const auto name = suite_name_of(*type, suite);
        if (!name) {
            return std::unexpected{*type == kDataIntegrityProof ? ProofError::kMember
                                                                : ProofError::kType};
        }
        if (*purpose != expected_.purpose) return std::unexpected{ProofError::kPurpose};  // step 5
        TRY(check_challenge(proof));
        const bool is_derived = *name == kEcdsaSd2023 && expected_.derived != nullptr;
        if (!is_derived && !is_suite(*name)) return std::optional<VerifiedProof>{};

        TRY(const auto created, date_time_of(proof, "created"));  // VC-DI-EDDSA §3.2.5 step 3
        TRY(const auto expires, date_time_of(proof, "expires"));
        if (expected_.now && expires && *expires < *expected_.now) {
            return std::unexpected{ProofError::kExpired};
        }
        TRY(const auto previous, previous_of(proof));
        if (is_derived) {
            if (!previous.empty()) return std::unexpected{ProofError::kPreviousProof};
            TRY(auto verified, verify_derived(proof, {*name, *method, *value}));
            return with_dates(std::move(verified), created, expires);
        }
        if (previous.empty()) {
            TRY(auto verified, verify_over(document_, proof, {*name, *method, *value}));
            return with_dates(std::move(verified), created, expires);
        }
        const Json* const document = document_.value();
        if (document == nullptr) return std::unexpected{ProofError::kTransformation};
        Json chained = *document;
        TRY(cover_previous(chained, all, previous));
        CanonicalForms forms{std::move(chained)};
        TRY(auto verified, verify_over(forms, proof, {*name, *method, *value}));
        return with_dates(std::move(verified), created, expires);
    }

    static std::optional<VerifiedProof> with_dates(VerifiedProof verified,
                                                   std::optional<Instant> created,
                                                   std::optional<Instant> expires) {
        verified.created_ = created;
        verified.expires_ = expires;
        return verified;
    }

    /// Steps 6 and 7.
    [[nodiscard]] Result<Ok, ProofError> check_challenge(const Json& proof) const {
        if (expected_.domain && !is_for(proof, *expected_.domain)) {
            return std::unexpected{ProofError::kDomain};
        }
        const std::string* const challenge = proof.find_string("challenge");
        if (expected_.challenge && (challenge == nullptr || *challenge != *expected_.challenge)) {
            return std::unexpected{ProofError::kChallenge};
        }
        return Ok{};
    }

    /// Step 8, for a proof that covers `document`.
    Result<VerifiedProof, ProofError> verify_over(CanonicalForms& document, const Json& proof,
                                                  const ProofHead& head) {
        const std::string context = context_of(proof);
        TRY(check_context(document, proof, context, is_jcs(head.suite)));
        return verify_value(head, [&](const Suite& suite) {
            return suite.canonicalization == Canonicalization::kJcs
                       ? Result<Bytes, ProofError>{jcs_input(suite, document, proof, context)}
                       : rdfc_input(suite, document, proof);
        });
    }

    /// `context` is the JCS text of the proof's `@context`, or empty. A JCS proof covers its own
    /// (VC-DI-EDDSA §3.3.2 step 4); one over RDF is read with the document's (§3.2.5 step 4), and
    /// must not seem to have another.
    static Result<Ok, ProofError> check_context(CanonicalForms& document, const Json& proof,
                                                std::string_view context, bool jcs) {
        if (context.empty()) return Ok{};
        const std::string_view whole = document.context_jcs();
        const bool good = context == whole || (jcs && starts_with(whole, *proof.find("@context")));
        if (!good) return std::unexpected{ProofError::kContext};
        return Ok{};
    }

    static Bytes jcs_input(const Suite& suite, CanonicalForms& document, const Json& proof,
                           std::string_view context) {
        std::size_t context_at = 0;
        const std::string config = jcs_without(proof, "proofValue", context, context_at);
        Bytes input = hash_bytes(suite.hash, {as_bytes(config)});
        append(input, context.empty() || context == document.context_jcs()
                          ? document.jcs_hash(suite.hash)
                          : document.jcs_hash_with(context, suite.hash));
        return input;
    }

    Result<Bytes, ProofError> rdfc_input(const Suite& suite, CanonicalForms& document,
                                         const Json& proof) {
        TRY(const Json config, rdf_config(proof));
        return document.rdfc_input(codec::to_jcs(config), suite.hash, contexts_);
    }

    Result<VerifiedProof, ProofError> verify_derived(const Json& proof, const ProofHead& head) {
        TRY(check_context(document_, proof, context_of(proof), false));
        TRY(expected_.derived({proof, document_.value(), expected_.purpose}, keys_, contexts_));
        VerifiedProof verified;
        verified.suite_ = kEcdsaSd2023;
        verified.verification_method_ = head.method;
        return verified;
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
        const auto key = keys_.resolve(proof.method, expected_.purpose);
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
    const Expected& expected_;
};

Result<std::vector<VerifiedProof>, ProofError> verify_proof(const Json* proof,
                                                            const Unsecured& document,
                                                            KeyResolver& keys,
                                                            linked::ContextCache& contexts,
                                                            const Expected& expected) {
    CanonicalForms forms{document};
    return ProofVerifier{forms, keys, contexts, expected}.verify(proof);
}

Result<std::vector<VerifiedProof>, ProofError> verify_proof_jcs(std::string_view proof_jcs,
                                                                const Unsecured& document,
                                                                KeyResolver& keys,
                                                                linked::ContextCache& contexts,
                                                                const Expected& expected) {
    CanonicalForms forms{document};
    ProofVerifier verifier{forms, keys, contexts, expected};
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
                                                            const Expected& expected) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    const Json* const proof = document.find("proof");
    if (proof == nullptr) return std::unexpected{ProofError::kNoProof};
    Json unsecured = document;
    unsecured.erase("proof");
    CanonicalForms forms{std::move(unsecured)};
    return ProofVerifier{forms, keys, contexts, expected}.verify(proof);
}

}  // namespace tasdiq::credential
