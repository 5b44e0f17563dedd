// What the COSE decoders take is what the encoders write.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/cose.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq::codec;
    const tasdiq::ByteView input{data, size};
    if (const auto message = decode_cose_sign(input)) {
        ENSURE(std::ranges::equal(encode_cose_sign(*message), input));
    } else {
        ENSURE(!to_string(message.error()).empty());
    }
    for (const CoseTag tag : {CoseTag::kUntagged, CoseTag::kTagged}) {
        if (const auto message = decode_cose_sign1(input, tag)) {
            ENSURE(std::ranges::equal(encode_cose_sign1(*message, tag), input));
        }
    }
    return 0;
}
