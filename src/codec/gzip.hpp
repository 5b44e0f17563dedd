#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::codec {

/// Why bytes are no gzip file. Numbers are stable.
enum class GzipError : std::uint16_t {
    kHeader = 1,  // not gzip, of a method that is not DEFLATE, or with reserved flags
    kTruncated = 2,
    kBlock = 3,     // a block type, a stored length or a code description that does not exist
    kSymbol = 4,    // bits that no code has, or a copy from before the beginning
    kTooLarge = 5,  // expands to more than was allowed
    kChecksum = 6,  // CRC-32 or size at the end are others
    kTrailing = 7,  // more bytes after the end
};
[[nodiscard]] std::string_view to_string(GzipError error);

/// Expands one gzip member, to at most `size_bytes_max` bytes: a few bytes can ask for a thousand
/// times as many. Errors: the first in the file. Cost: linear in input and output.
/// Spec: RFC 1952 §2.3; RFC 1951 §3.2.
[[nodiscard]] Result<Bytes, GzipError> expand_gzip(ByteView bytes, std::size_t size_bytes_max);

/// A gzip member of `bytes` without name and time. Compresses runs of one byte only, which is what
/// sparse lists are made of; the same bytes always give the same file.
[[nodiscard]] Bytes compress_gzip(ByteView bytes);

}  // namespace tasdiq::codec
