#pragma once

#include <cstdint>
#include <string_view>

namespace tasdiq::wire {

/// Why bytes are not one of our formats. Numbers are stable: they are on the wire and in the C API.
enum class WireError : std::uint16_t {
    // The container: deterministic CBOR, COSE, JSON
    kNotCanonical = 1,  // not deterministic CBOR, or bytes after the end
    kTooLarge = 2,
    kShape = 3,  // another item than the CDDL has here
    // Values
    kVersion = 10,
    kUnknownCode = 11,  // an integer code that this version does not know
    kOutOfRange = 12,   // a number, a length or a count outside its limits
    kText = 13,         // text not allowed in this field
    kOrder = 14,        // not ascending, or something twice
    kAlgorithm = 15,    // algorithm and key or signature do not fit
    kMismatch = 16,     // two parts that must agree do not (signers and signatures, count and list)
    // Text formats
    kNote = 30,        // not a C2SP signed note
    kCheckpoint = 31,  // not a C2SP checkpoint
    kJson = 32,        // not strict JSON
    kMember = 33,      // a JSON member is missing, unknown or of another type
};

[[nodiscard]] std::string_view to_string(WireError error);

/// A refusal and where: `field` is the CDDL name of the field, a literal.
struct WireFault {
    WireError error;
    const char* field;
    friend bool operator==(const WireFault& a, const WireFault& b) {
        return a.error == b.error && std::string_view{a.field} == b.field;
    }
};

}  // namespace tasdiq::wire
