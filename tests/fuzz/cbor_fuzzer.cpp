// CBOR that the check takes is what the writer writes, item by item, and every refusal has its
// reason.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/cbor.hpp"

namespace {

using namespace tasdiq::codec;

/// Reads an item of checked CBOR and writes it again.
void transcribe(CborReader& reader, CborWriter& writer) {
    switch (reader.peek()) {
        case CborKind::kUint: writer.uint(reader.uint().value()); return;
        case CborKind::kNegative:
            if (const auto value = reader.integer()) {
                writer.integer(*value);
            } else {
                ENSURE(value.error() == CborError::kIntegerRange);
                writer.encoded(reader.skip().value());
            }
            return;
        case CborKind::kBytes: writer.bytes(reader.bytes().value()); return;
        case CborKind::kText: writer.text(reader.text().value()); return;
        case CborKind::kBoolean: writer.boolean(reader.boolean().value()); return;
        case CborKind::kNull:
            ENSURE(reader.take_null());
            writer.null();
            return;
        case CborKind::kArray: {
            const std::size_t count = reader.array().value();
            writer.array(count);
            for (std::size_t i = 0; i < count; ++i) transcribe(reader, writer);
            return;
        }
        case CborKind::kMap: {
            const std::size_t count = reader.map().value();
            writer.map(count);
            for (std::size_t i = 0; i < 2 * count; ++i) transcribe(reader, writer);
            return;
        }
        case CborKind::kOther:
        case CborKind::kEnd: ENSURE(false);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const tasdiq::ByteView input{data, size};
    if (const auto checked = check_cbor(input); !checked) {
        ENSURE(!to_string(checked.error()).empty());
        CborReader reader{input};
        ENSURE(!reader.skip() == (reader.position() == 0));
        return 0;
    }
    CborReader reader{input};
    CborWriter writer;
    transcribe(reader, writer);
    ENSURE(reader.finish().has_value());
    ENSURE(std::ranges::equal(writer.take(), input));
    return 0;
}
