#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "credential/key_resolver.hpp"
#include "credential/suite.hpp"
#include "crypto/hash.hpp"
#include "linked/context_cache.hpp"

namespace tasdiq::credential {

/// Why a proof cannot be made or does not hold. Numbers are stable.
enum class ProofError : std::uint16_t {
    // The document
    kNotAnObject = 1,
    kNoProof = 2,        // no `proof`, or an empty set
    kTooManyProofs = 3,  // more than kProofsMax
    // One proof: its members. Data Integrity §4.4
    kMember = 10,         // not an object; a member missing or of another type
    kType = 11,           // neither a DataIntegrityProof nor a legacy type that we know
    kPurpose = 12,        // another purpose than the one asked for
    kDomain = 18,         // not exactly the domains asked for
    kChallenge = 19,      // another challenge than the one asked for
    kUnknownSuite = 13,   // no proof is of a suite that we know
    kCreated = 14,        // `created` or `expires` is no date-time
    kExpired = 24,        // `expires` is past
    kPreviousProof = 15,  // names a proof that is not here once, or of a suite that we don't know
    kContext = 16,        // the proof's `@context` is not the document's (JCS: how that begins)
    kProofValue = 17,     // not base58btc multibase of as many bytes as a signature has, or not as
                          // ecdsa-sd-2023 has it
    kBaseProof = 25,      // of ecdsa-sd-2023, from which its holder has to derive another
    // Cryptography
    kKeyUnknown = 20,    // the resolver does not know the verification method
    kKeyAlgorithm = 21,  // a key of another algorithm than the suite's
    kTransformation =
        23,  // not all of document and proof can be said in RDF, or only at great cost
    // ecdsa-sd-2023: what the proof value says does not go with what the document says
    kLabelMap = 26,        // not one label for each blank node
    kMandatoryIndex = 27,  // of no statement
    kSignatureCount = 28,  // not one signature for each statement that is not mandatory
    kSignature = 22,
    // Making and deriving proofs of ecdsa-sd-2023
    kPointer = 30,        // a pointer to nothing in the document, or none where one is needed
    kNotSelectable = 31,  // a pointer to what cannot be shown without the rest, as part of a list
    kTooManyStatements = 32,  // more than kStatementsMax
};
[[nodiscard]] std::string_view to_string(ProofError error);
/// The standard's code for a proof that does not verify, such as `PROOF_VERIFICATION_ERROR`. Where
/// one is to be made the code is kProofGenerationError, but for kTransformation.
/// Spec: VC-DATA-INTEGRITY §4.7.
[[nodiscard]] std::string_view standard_code(ProofError error);
inline constexpr std::string_view kProofGenerationError = "PROOF_GENERATION_ERROR";

inline constexpr std::size_t kProofsMax = 8;
inline constexpr std::string_view kAssertionMethod = "assertionMethod";

/// What the maker of a proof decides.
struct ProofOptions {
    std::string_view suite = kDefaultSuite;
    crypto::Algorithm algorithm = crypto::Algorithm::kEd25519;  // of the key
    std::string verification_method = {};                       // DID URL of the key
    Instant created = {};
    std::string_view purpose = kAssertionMethod;
    // What there is only if it is not empty.
    std::optional<Instant> expires = std::nullopt;
    std::vector<std::string> domain = {};
    std::string challenge = {};
    std::string id = {};                           // a URL, for proofs that cover this one
    std::vector<std::string> previous_proof = {};  // ids of the proofs that this one covers
};

/// A proof of ecdsa-sd-2023 that is to be verified, and what it is about.
struct DerivedProof {
    const codec::Json& proof;     // with texts as `verificationMethod` and `proofValue`
    const codec::Json* document;  // without proofs; null if it is none
    std::string_view purpose;
};
/// `verify_derived` of ecdsa_sd.hpp, or nothing: programs that do not name it do not carry it.
using VerifyDerived = Result<Ok, ProofError> (*)(const DerivedProof& proof, KeyResolver& keys,
                                                 linked::ContextCache& contexts);

/// What a verifier asks of proofs beside their signatures.
struct Expected {
    std::string_view purpose = kAssertionMethod;
    std::optional<std::vector<std::string>> domain = std::nullopt;  // as a set
    std::optional<std::string> challenge = std::nullopt;
    std::optional<Instant> now = std::nullopt;  // for `expires`; else it is the caller's to judge
    VerifyDerived derived = nullptr;            // without it ecdsa-sd-2023 is not known
};

/// A document without proofs, as the suites need it: canonicalized and hashed once, by whoever has
/// the text already. Views: what they show must stay.
struct Unsecured {
    std::string_view text;          // JCS text of the document
    std::string_view context_jcs;   // the part of `text` that is the value of `@context`, or empty
    crypto::Sha256Digest jcs_hash;  // SHA-256 of `text`
};

/// A proof that lacks its signature.
struct UnfinishedProof {
    Bytes signing_input;  // to be signed as it is with the key's algorithm
    std::string proof;    // JCS text of the proof without `proofValue`
    const Suite* suite;
};

/// The first step of making a proof. Proofs that `document` has already are covered where
/// `previous_proof` names them, and otherwise not: a chain, or a set. `contexts` is for the suites
/// that sign RDF: it keeps what it has read of them.
///
/// Errors: kNotAnObject, kUnknownSuite, kKeyAlgorithm (none of the suite's), kTooManyProofs,
/// kPreviousProof, kTransformation.
/// Spec: VC-DI-EDDSA §3.2.1 and §3.3.1 steps 1–5; VC-DATA-INTEGRITY §4.3.
[[nodiscard]] Result<UnfinishedProof, ProofError> signing_input(const codec::Json& document,
                                                                const ProofOptions& options,
                                                                linked::ContextCache& contexts);
/// The same for a document that is canonicalized already, without proofs.
/// Errors: kUnknownSuite, kKeyAlgorithm, kPreviousProof (one is named), kTransformation.
[[nodiscard]] Result<UnfinishedProof, ProofError> signing_input(const Unsecured& document,
                                                                const ProofOptions& options,
                                                                linked::ContextCache& contexts);

/// The second step: the proof's JCS text with `signature` (of the suite's size, ENSURE) in its
/// `proofValue`. Spec: VC-DI-EDDSA §3.3.1 steps 6–8.
[[nodiscard]] std::string finish_proof(const UnfinishedProof& proof, ByteView signature);
/// `document` with the finished proof as its only one, or after those that it has.
[[nodiscard]] codec::Json attach(codec::Json document, const UnfinishedProof& proof,
                                 ByteView signature);

/// The JCS text of the proof, or of the list of proofs, that `text` is; nothing if it is no JSON.
/// `text` is UTF-8. Cost: a comparison, if `finish_proof` wrote it for a document with this
/// context.
[[nodiscard]] std::optional<std::string> to_proof_jcs(std::string_view text,
                                                      std::string_view context_jcs);

/// A proof that holds. Only `verify_proof` makes one.
class VerifiedProof {
  public:
    [[nodiscard]] std::string_view suite() const { return suite_; }
    [[nodiscard]] const std::string& verification_method() const { return verification_method_; }
    [[nodiscard]] std::optional<Instant> created() const { return created_; }
    [[nodiscard]] std::optional<Instant> expires() const { return expires_; }

  private:
    friend class ProofVerifier;
    VerifiedProof() = default;
    std::string_view suite_;
    std::string verification_method_;
    std::optional<Instant> created_, expires_;
};

/// Checks the proof, or every proof of the set or chain, of `document`. Proofs of a suite that we
/// don't know are passed over; one at least must be known, and all known ones must hold.
///
/// Errors: per document kNotAnObject, kNoProof, kTooManyProofs; per proof in order kMember, kType,
/// kPurpose, kDomain, kChallenge, kCreated, kExpired, kPreviousProof, kContext, kProofValue,
/// kBaseProof, kKeyUnknown, kKeyAlgorithm, kTransformation, kLabelMap, kMandatoryIndex,
/// kSignatureCount, kSignature; at last kUnknownSuite. A proof of ecdsa-sd-2023 is in no chain.
/// Spec: VC-DATA-INTEGRITY §4.4, §4.5; VC-DI-EDDSA §3.2.2, §3.3.2.
[[nodiscard]] Result<std::vector<VerifiedProof>, ProofError> verify_proof(
    const codec::Json& document, KeyResolver& keys, linked::ContextCache& contexts,
    const Expected& expected = {});
/// The same where the document is canonicalized already. `proof` is the value of its `proof`, null
/// if it has none.
[[nodiscard]] Result<std::vector<VerifiedProof>, ProofError> verify_proof(
    const codec::Json* proof, const Unsecured& document, KeyResolver& keys,
    linked::ContextCache& contexts, const Expected& expected = {});
/// The same for a `proof` as its JCS text; kMember if it is no JSON. Cost: a JCS proof that
/// `finish_proof` wrote for `document` is read without a value in between.
[[nodiscard]] Result<std::vector<VerifiedProof>, ProofError> verify_proof_jcs(
    std::string_view proof_jcs, const Unsecured& document, KeyResolver& keys,
    linked::ContextCache& contexts, const Expected& expected = {});

}  // namespace tasdiq::credential
