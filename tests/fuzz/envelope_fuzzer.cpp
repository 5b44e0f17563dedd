// An envelope that is taken is written as the same bytes, and so is its payload.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/transaction.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const ByteView input{data, size};
    const auto envelope = wire::decode_envelope(input);
    if (!envelope) {
        ENSURE(!wire::to_string(envelope.error().error).empty());
        ENSURE(envelope.error().field != nullptr);
        return 0;
    }
    ENSURE(wire::encode_envelope(envelope->payload_bytes, envelope->signatures) == to_bytes(input));
    ENSURE(wire::encode(envelope->payload) == envelope->payload_bytes);
    return 0;
}
