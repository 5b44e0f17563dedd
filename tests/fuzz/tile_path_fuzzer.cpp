// A path that is taken is the one that is written, and a bundle is exactly its entries.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "merkle/tile.hpp"

using namespace tasdiq::merkle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const tasdiq::ByteView input{data, size};
    const std::string_view text = tasdiq::as_text(input);
    if (const auto id = parse_tile_path(text)) ENSURE(tile_path(*id) == text);
    if (const auto id = parse_bundle_path(text)) ENSURE(bundle_path(*id) == text);

    if (size == 0) return 0;
    const std::size_t width = data[0];
    if (const auto entries = decode_bundle(input.subspan(1), width)) {
        tasdiq::Bytes bundle;
        for (const tasdiq::ByteView entry : *entries) append_entry(bundle, entry);
        ENSURE(entries->size() == width);
        ENSURE(bundle == tasdiq::to_bytes(input.subspan(1)));
    }
    return 0;
}
