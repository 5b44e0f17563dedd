// A log entry that is taken is written as the same bytes, and is of one kind only.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/entry.hpp"

namespace {

using namespace tasdiq;

Bytes written(const wire::Entry& entry) {
    return std::visit(
        [](const auto& value) {
            if constexpr (requires { value.cbor; }) {
                return value.cbor;
            } else {
                return wire::encode(value);
            }
        },
        entry);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    const auto entry = wire::decode_entry(input);
    const auto certificate = wire::decode_certificate(input);
    const auto block = wire::decode_block(input);
    const auto genesis = wire::decode_genesis(input);
    const int kinds = (certificate ? 1 : 0) + (block ? 1 : 0) + (genesis ? 1 : 0);
    ENSURE(kinds <= (entry ? 1 : 0));
    if (!entry) return 0;
    ENSURE(written(*entry) == to_bytes(input));
    if (certificate) ENSURE(*entry == wire::Entry{*certificate});
    if (block) ENSURE(*entry == wire::Entry{*block});
    if (genesis) {
        ENSURE(*entry == wire::Entry{*genesis});
        ENSURE(wire::genesis_set(*genesis).size() == genesis->states.size());
        (void)wire::set_hash(wire::genesis_set(*genesis));
    }
    return 0;
}
