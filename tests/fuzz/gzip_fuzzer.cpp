// What expands within a limit needs that much and no less, and comes out of our own compression
// again; so does any input itself.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "codec/gzip.hpp"

namespace {

using namespace tasdiq;
using codec::GzipError;

constexpr std::size_t kSizeMax = std::size_t{1} << 18;

void check_round_trip(ByteView content) {
    const Bytes packed = codec::compress_gzip(content);
    const auto again = codec::expand_gzip(packed, content.size());
    ENSURE(again.has_value() && std::ranges::equal(*again, content));
    if (!content.empty()) {
        ENSURE(codec::expand_gzip(packed, content.size() - 1).error() == GzipError::kTooLarge);
    }
}

void check_expansion(ByteView file) {
    const auto content = codec::expand_gzip(file, kSizeMax);
    if (!content) {
        ENSURE(!to_string(content.error()).empty());
        return;
    }
    ENSURE(content->size() <= kSizeMax);
    check_round_trip(*content);
    Bytes longer = to_bytes(file);
    longer.push_back(0);
    ENSURE(codec::expand_gzip(longer, kSizeMax).error() == GzipError::kTrailing);
    ENSURE(!codec::expand_gzip(file.first(file.size() - 1), kSizeMax));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{data, size};
    check_expansion(input);
    check_round_trip(input);
    // Past the header, which mutations seldom keep; the checksum hardly ever fits.
    constexpr std::array<std::uint8_t, 10> kHeader{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff};
    Bytes file{kHeader.begin(), kHeader.end()};
    file.insert(file.end(), input.begin(), input.end());
    check_expansion(file);
    return 0;
}
