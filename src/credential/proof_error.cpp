#include "base/ensure.hpp"
#include "credential/data_integrity.hpp"

namespace tasdiq::credential {

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
        case ProofError::kTransformation: return "document or proof is not all linked data";
        case ProofError::kSignature: return "the signature does not match";
    }
    ENSURE(false);
}

}  // namespace tasdiq::credential
