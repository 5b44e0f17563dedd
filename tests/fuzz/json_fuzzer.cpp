// A text that the JSON reader takes has one canonical text, which reads as the same value.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ensure.hpp"
#include "codec/jcs.hpp"
#include "codec/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tasdiq::codec;
    const auto parsed = parse_json(tasdiq::ByteView{data, size});
    if (!parsed) {
        ENSURE(!to_string(parsed.error().error).empty());
        ENSURE(parsed.error().offset <= size);
        return 0;
    }
    const std::string canonical = to_jcs(*parsed);
    // Escapes and exponents written out make a text longer, never more than tenfold.
    const auto again = parse_json(canonical, {.size_bytes_max = 10 * size});
    ENSURE(again.has_value());
    ENSURE(to_jcs(*again) == canonical);
    return 0;
}
