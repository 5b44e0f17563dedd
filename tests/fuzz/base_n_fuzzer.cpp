// A text that a decoder takes is the one its encoder writes; all bytes go there and back.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"

namespace {

using namespace tasdiq::codec;
using tasdiq::Bytes;
using tasdiq::ByteView;

template <class Encode, class Decode>
void check(Encode encode, Decode decode, ByteView input) {
    const std::string_view text = tasdiq::as_text(input);
    if (const std::optional<Bytes> bytes = decode(text)) ENSURE(encode(*bytes) == text);
    ENSURE(decode(encode(input)) == tasdiq::to_bytes(input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    if (size <= 512) check(encode_base58, decode_base58, input);
    check(encode_base64, decode_base64, input);
    check(encode_base64url, decode_base64url, input);
    check(encode_base45, decode_base45, input);
    return 0;
}
