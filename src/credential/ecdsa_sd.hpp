#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "crypto/public_key.hpp"

// ecdsa-sd-2023: an issuer signs every statement of a document by itself (the base proof), its
// holder shows some of them with a proof that he derives, and a verifier checks that one.
namespace tasdiq::credential {

/// What is made for one base proof and then forgotten.
class ProofScopedKeys {
  public:
    ProofScopedKeys() = default;
    ProofScopedKeys(const ProofScopedKeys&) = delete;
    ProofScopedKeys& operator=(const ProofScopedKeys&) = delete;
    virtual ~ProofScopedKeys() = default;
    /// 32 random bytes. They become part of the base proof, for its holder.
    [[nodiscard]] virtual ByteView hmac_key() const = 0;
    [[nodiscard]] virtual const crypto::P256PublicKey& public_key() const = 0;
    /// r ‖ s, 64 bytes.
    [[nodiscard]] virtual Bytes sign(ByteView message) const = 0;
};

/// A base proof that lacks the issuer's signature.
struct UnfinishedBaseProof {
    Bytes signing_input;  // to be signed as it is with the issuer's P-256 key
    codec::Json proof;    // without `proofValue`
    crypto::P256PublicKey public_key;
    Bytes hmac_key;
    std::vector<Bytes> signatures;
    std::vector<std::string> mandatory_pointers;
};

/// What an issuer who names nothing makes mandatory, as far as `document` has it: who issued it, of
/// what type it is, when it holds, its status and terms. Without these its holder could show a
/// credential that has ended, or leave out what would tell that it is revoked.
[[nodiscard]] std::vector<std::string> usual_mandatory_pointers(const codec::Json& document);

/// The first step of making a base proof: every derived one shows what `mandatory_pointers` (JSON
/// pointers into `document`) name. Proofs that are there already are not covered.
///
/// Errors: kNotAnObject, kUnknownSuite (the options' is another), kKeyAlgorithm (not ES256),
/// kTooManyProofs, kPreviousProof (one is named), kTransformation, kNotSelectable,
/// kTooManyStatements, kPointer.
/// Cost: one signature by `keys` for each statement that is not mandatory.
/// Spec: VC-DI-ECDSA §3.6.1 to §3.6.5.
[[nodiscard]] Result<UnfinishedBaseProof, ProofError> base_signing_input(
    const codec::Json& document, const ProofOptions& options,
    std::span<const std::string> mandatory_pointers, const ProofScopedKeys& keys,
    linked::ContextCache& contexts);
/// The second step: `document` with the base proof as its only one, or after those that it has.
/// `signature` is r ‖ s (64 bytes, ENSURE).
[[nodiscard]] codec::Json attach_base(codec::Json document, const UnfinishedBaseProof& proof,
                                      ByteView signature);

/// What `document` says where `selective_pointers` point and where its issuer asked for it, with a
/// proof of that. The document's one base proof is not verified (its issuer's key is not needed);
/// other proofs that it has are left out.
///
/// Errors: kNotAnObject, kNoProof, kTooManyProofs, kUnknownSuite (not one proof of ecdsa-sd-2023
/// among them), kMember (no `proofValue`), kProofValue (also a derived one), kTransformation,
/// kNotSelectable, kTooManyStatements, kPointer (also where nothing is selected at all),
/// kSignatureCount.
/// Spec: VC-DI-ECDSA §3.6.6.
[[nodiscard]] Result<codec::Json, ProofError> derive_proof(
    const codec::Json& document, std::span<const std::string> selective_pointers,
    linked::ContextCache& contexts);

/// For `Expected::derived`. Errors: kProofValue, kBaseProof, kKeyUnknown, kKeyAlgorithm,
/// kTransformation, kLabelMap, kMandatoryIndex, kSignatureCount, kSignature.
/// Cost: a verification for each statement that is not mandatory, at most 4096.
/// Spec: VC-DI-ECDSA §3.6.7.
[[nodiscard]] Result<Ok, ProofError> verify_derived(const DerivedProof& proof, KeyResolver& keys,
                                                    linked::ContextCache& contexts);

}  // namespace tasdiq::credential
