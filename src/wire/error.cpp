#include "wire/error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::wire {

std::string_view to_string(WireError error) {
    switch (error) {
        case WireError::kNotCanonical: return "not deterministic CBOR, or bytes after the end";
        case WireError::kTooLarge: return "larger than the format allows";
        case WireError::kShape: return "another kind of item, or another number of them";
        case WireError::kVersion: return "a version that is not known here";
        case WireError::kUnknownCode: return "a code that is not known here";
        case WireError::kOutOfRange: return "a number, a length or a count outside its limits";
        case WireError::kText: return "a text that this field does not allow";
        case WireError::kOrder: return "not in ascending order, or something twice";
        case WireError::kAlgorithm: return "algorithm and key or signature do not fit";
        case WireError::kMismatch: return "two parts that must agree do not";
        case WireError::kNote: return "not a signed note";
        case WireError::kCheckpoint: return "not a checkpoint";
        case WireError::kJson: return "not strict JSON";
        case WireError::kMember: return "a JSON member is missing, unknown or of another type";
    }
    ENSURE(false);
}

}  // namespace tasdiq::wire
