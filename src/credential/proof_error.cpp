#include "base/ensure.hpp"
#include "credential/data_integrity.hpp"

namespace tasdiq::credential {

std::string_view to_string(ProofError error) {
    switch (error) {
        case ProofError::kNotAnObject: return "the document is not a JSON object";
        case ProofError::kNoProof: return "the document has no proof";
        case ProofError::kTooManyProofs: return "the document has too many proofs";
        case ProofError::kMember: return "a member of the proof is missing or of another type";
        case ProofError::kType: return "the proof is of a type that is not known here";
        case ProofError::kPurpose: return "the proof was made for another purpose";
        case ProofError::kDomain: return "the proof was made for another domain";
        case ProofError::kChallenge: return "the proof answers another challenge";
        case ProofError::kUnknownSuite: return "no proof is of a cryptosuite that is known here";
        case ProofError::kCreated: return "created or expires is not a date-time";
        case ProofError::kExpired: return "the proof has expired";
        case ProofError::kPreviousProof: return "a proof that the proof is about is not here";
        case ProofError::kContext: return "the proof was made for another context";
        case ProofError::kProofValue: return "the proof value is not of the suite's form";
        case ProofError::kBaseProof:
            return "a base proof is for the holder alone: derive one from it";
        case ProofError::kKeyUnknown: return "the verification method is not known";
        case ProofError::kKeyAlgorithm: return "the key is of another algorithm";
        case ProofError::kTransformation: return "document or proof is not all linked data";
        case ProofError::kLabelMap:
            return "the proof does not name each blank node of the document";
        case ProofError::kMandatoryIndex: return "the proof counts a statement that is not there";
        case ProofError::kSignatureCount: return "the proof has no signature for each statement";
        case ProofError::kSignature: return "the signature does not match";
        case ProofError::kPointer: return "a pointer names nothing in the document";
        case ProofError::kNotSelectable: return "a part that a pointer names cannot be shown alone";
        case ProofError::kTooManyStatements: return "the document says too much for this suite";
    }
    ENSURE(false);
}

std::string_view standard_code(ProofError error) {
    switch (error) {
        case ProofError::kNotAnObject:
        case ProofError::kNoProof: return "PARSING_ERROR";
        case ProofError::kDomain: return "INVALID_DOMAIN_ERROR";
        case ProofError::kChallenge: return "INVALID_CHALLENGE_ERROR";
        case ProofError::kTransformation: return "PROOF_TRANSFORMATION_ERROR";
        case ProofError::kTooManyProofs:
        case ProofError::kMember:
        case ProofError::kType:
        case ProofError::kPurpose:
        case ProofError::kUnknownSuite:
        case ProofError::kCreated:
        case ProofError::kExpired:
        case ProofError::kPreviousProof:
        case ProofError::kContext:
        case ProofError::kProofValue:
        case ProofError::kBaseProof:
        case ProofError::kLabelMap:
        case ProofError::kMandatoryIndex:
        case ProofError::kSignatureCount:
        case ProofError::kKeyUnknown:
        case ProofError::kKeyAlgorithm:
        case ProofError::kSignature: return "PROOF_VERIFICATION_ERROR";
        case ProofError::kPointer:
        case ProofError::kNotSelectable:
        case ProofError::kTooManyStatements: return kProofGenerationError;
    }
    ENSURE(false);
}

}  // namespace tasdiq::credential
