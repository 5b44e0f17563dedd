// An issue list or a submission that is taken is written as the same bytes.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "wire/transaction.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq;
    const ByteView input{data, size};
    if (const auto items = wire::decode_list(input)) {
        ENSURE(wire::encode_list(*items) == to_bytes(input));
        (void)wire::list_root(*items);
    }
    if (const auto submission = wire::decode_submission(input)) {
        ENSURE(wire::encode(*submission) == to_bytes(input));
    }
    return 0;
}
