#include "credential/ecdsa_sd.hpp"

#include <algorithm>
#include <utility>

#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "credential/canonical_forms.hpp"
#include "credential/json_checks.hpp"
#include "credential/proof_config.hpp"
#include "credential/sd_statements.hpp"
#include "credential/sd_value.hpp"
#include "crypto/hash.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::credential {
namespace {

using codec::Json;

/// What the issuer signs: the proof's options, the key that is for this proof alone, and the
/// mandatory statements. Spec: VC-DI-ECDSA §3.5.1, §3.4.17, §3.6.3 steps 1 and 2.
Result<Bytes, ProofError> sign_data(const Json& config, std::string_view context,
                                    const crypto::P256PublicKey& key,
                                    const std::vector<std::string>& mandatory,
                                    linked::ContextCache& contexts) {
    TRY(const std::string quads,
        to_canonical_nquads(config, context, linked::HashAlgorithm::kSha256, contexts));
    crypto::Sha256 mandatory_hash;
    for (const std::string& statement : mandatory) mandatory_hash.update(as_bytes(statement));
    Bytes data = to_bytes(crypto::sha256(as_bytes(quads)).view());
    append(data, multikey_bytes(key));
    append(data, mandatory_hash.finish().view());
    return data;
}

/// Statements by whether their index is among `mandatory_indexes`, which ascend.
struct Groups {
    std::vector<std::string> mandatory, others;
};

Groups group(std::vector<std::string> statements,
             std::span<const std::uint32_t> mandatory_indexes) {
    Groups groups;
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
        const bool is_mandatory = std::ranges::binary_search(mandatory_indexes, i);
        (is_mandatory ? groups.mandatory : groups.others).push_back(std::move(statements[i]));
    }
    return groups;
}

/// The document's only proof of this suite.
Result<const Json*, ProofError> base_proof_of(const Json& document) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    const auto proofs = list_of(document.find("proof"));
    if (proofs.empty()) return std::unexpected{ProofError::kNoProof};
    if (proofs.size() > kProofsMax) return std::unexpected{ProofError::kTooManyProofs};
    const auto is_ours = [](const Json& proof) {
        const std::string* const suite = proof.find_string("cryptosuite");
        return suite != nullptr && *suite == kEcdsaSd2023;
    };
    if (std::ranges::count_if(proofs, is_ours) != 1) {
        return std::unexpected{ProofError::kUnknownSuite};
    }
    return &*std::ranges::find_if(proofs, is_ours);
}

Json without_proof(Json document) {
    document.erase("proof");
    return document;
}

/// Where nothing is mandatory, nothing is selected.
Result<std::vector<std::uint32_t>, ProofError> mandatory_indexes_of(
    const SelectableDocument& document, std::span<const std::string> pointers,
    linked::ContextCache& contexts) {
    if (pointers.empty()) return std::vector<std::uint32_t>{};
    TRY(auto selection, document.select(pointers, contexts));
    return std::move(selection.indexes);
}

/// The signatures of statements that are shown and not mandatory, and the mandatory ones' places
/// among those shown. Spec: VC-DI-ECDSA §3.5.4 steps 7 to 10.
void disclose(const BaseProofValue& base, std::span<const std::uint32_t> mandatory,
              std::span<const std::uint32_t> shown, DerivedProofValue& derived) {
    std::uint32_t place = 0;
    for (const std::uint32_t index : shown) {
        const auto before = std::ranges::lower_bound(mandatory, index);
        if (before != mandatory.end() && *before == index) {
            derived.mandatory_indexes.push_back(place);
        } else {
            const auto skipped = static_cast<std::uint32_t>(before - mandatory.begin());
            derived.signatures.push_back(base.signatures[index - skipped]);
        }
        ++place;
    }
}

}  // namespace

std::vector<std::string> usual_mandatory_pointers(const Json& document) {
    // Those of version 1.1 among them.
    constexpr std::string_view kMembers[] = {
        "type",         "issuer",         "validFrom",        "validUntil",
        "issuanceDate", "expirationDate", "credentialStatus", "termsOfUse"};
    std::vector<std::string> pointers;
    for (const std::string_view member : kMembers) {
        const Json* const value = document.find(member);
        const bool says_nothing =
            value == nullptr || value->is_null() || (value->is_array() && value->size() == 0);
        if (!says_nothing) pointers.push_back("/" + std::string{member});
    }
    return pointers;
}

Result<UnfinishedBaseProof, ProofError> base_signing_input(
    const Json& document, const ProofOptions& options,
    std::span<const std::string> mandatory_pointers, const ProofScopedKeys& keys,
    linked::ContextCache& contexts) {
    if (!document.is_object()) return std::unexpected{ProofError::kNotAnObject};
    if (options.suite != kEcdsaSd2023) return std::unexpected{ProofError::kUnknownSuite};
    if (options.algorithm != crypto::Algorithm::kEs256) {
        return std::unexpected{ProofError::kKeyAlgorithm};
    }
    if (list_of(document.find("proof")).size() >= kProofsMax) {
        return std::unexpected{ProofError::kTooManyProofs};
    }
    if (!options.previous_proof.empty()) return std::unexpected{ProofError::kPreviousProof};
    const Json unsecured = without_proof(document);
    TRY(const auto selectable, SelectableDocument::make(unsecured, keys.hmac_key(), contexts));
    TRY(const auto indexes, mandatory_indexes_of(selectable, mandatory_pointers, contexts));
    const Groups groups = group(selectable.statements(), indexes);
    auto config = codec::parse_json(proof_config(kDataIntegrityProof, options, {}));
    ENSURE(config.has_value());
    TRY(Bytes input,
        sign_data(*config, context_of(unsecured), keys.public_key(), groups.mandatory, contexts));
    std::vector<Bytes> signatures;
    for (const std::string& statement : groups.others) {
        signatures.push_back(keys.sign(as_bytes(statement)));
    }
    return UnfinishedBaseProof{
        std::move(input),      *std::move(config),
        keys.public_key(),     to_bytes(keys.hmac_key()),
        std::move(signatures), {mandatory_pointers.begin(), mandatory_pointers.end()}};
}

Json attach_base(Json document, const UnfinishedBaseProof& unfinished, ByteView signature) {
    const auto base_signature = Es256Signature::from(signature);
    ENSURE(base_signature.has_value());
    BaseProofValue value{
        *base_signature, unfinished.public_key, {}, {}, unfinished.mandatory_pointers};
    ENSURE(unfinished.hmac_key.size() == value.hmac_key.size());
    std::ranges::copy(unfinished.hmac_key, value.hmac_key.begin());
    for (const Bytes& one : unfinished.signatures) {
        const auto checked = Es256Signature::from(one);
        ENSURE(checked.has_value());
        value.signatures.push_back(*checked);
    }
    Json proof = unfinished.proof;
    proof.set("proofValue", encode_base_value(value));
    return with_proof(std::move(document), std::move(proof));
}

Result<Json, ProofError> derive_proof(const Json& document,
                                      std::span<const std::string> selective_pointers,
                                      linked::ContextCache& contexts) {
    TRY(const Json* const proof, base_proof_of(document));
    const std::string* const text = proof->find_string("proofValue");
    if (text == nullptr) return std::unexpected{ProofError::kMember};
    TRY(const BaseProofValue base, parse_base_value(*text));
    TRY(const auto selectable,
        SelectableDocument::make(without_proof(document), base.hmac_key, contexts));
    TRY(const auto mandatory, mandatory_indexes_of(selectable, base.mandatory_pointers, contexts));
    std::vector<std::string> combined = base.mandatory_pointers;
    combined.insert(combined.end(), selective_pointers.begin(), selective_pointers.end());
    TRY(auto selection, selectable.select(combined, contexts));
    if (base.signatures.size() + mandatory.size() != selectable.statements().size()) {
        return std::unexpected{ProofError::kSignatureCount};
    }
    DerivedProofValue derived{
        base.base_signature, base.public_key, {}, std::move(selection.labels), {}};
    disclose(base, mandatory, selection.indexes, derived);
    Json shown = *proof;
    shown.set("proofValue", encode_derived_value(derived));
    selection.document.set("proof", std::move(shown));
    return std::move(selection.document);
}

Result<Ok, ProofError> verify_derived(const DerivedProof& proof, KeyResolver& keys,
                                      linked::ContextCache& contexts) {
    TRY(const DerivedProofValue value, parse_derived_value(*proof.proof.find_string("proofValue")));
    const auto key = keys.resolve(*proof.proof.find_string("verificationMethod"), proof.purpose);
    if (!key) return std::unexpected{ProofError::kKeyUnknown};
    if (key->algorithm() != crypto::Algorithm::kEs256) {
        return std::unexpected{ProofError::kKeyAlgorithm};
    }
    TRY(const Json config, rdf_config(proof.proof));
    if (proof.document == nullptr) return std::unexpected{ProofError::kTransformation};
    TRY(auto statements, labeled_statements(*proof.document, value.labels, contexts));
    const auto& indexes = value.mandatory_indexes;
    if (!indexes.empty() && indexes.back() >= statements.size()) {
        return std::unexpected{ProofError::kMandatoryIndex};
    }
    const Groups groups = group(std::move(statements), indexes);
    if (groups.others.size() != value.signatures.size()) {  // §3.6.7 step 3
        return std::unexpected{ProofError::kSignatureCount};
    }
    TRY(const Bytes data, sign_data(config, context_of(*proof.document), value.public_key,
                                    groups.mandatory, contexts));
    constexpr std::unexpected kSignature{ProofError::kSignature};
    constexpr auto kLowS = crypto::LowS::kNotRequired;
    if (!crypto::verify(*key, data, value.base_signature.view(), kLowS)) return kSignature;
    for (std::size_t i = 0; i < groups.others.size(); ++i) {
        const auto verified = crypto::verify(value.public_key, as_bytes(groups.others[i]),
                                             value.signatures[i].view(), kLowS);
        if (!verified) return kSignature;
    }
    return Ok{};
}

}  // namespace tasdiq::credential
