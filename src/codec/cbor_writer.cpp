#include <utility>

#include "codec/cbor.hpp"

namespace tasdiq::codec {
namespace {

constexpr std::uint8_t kFalse = 0xF4;
constexpr std::uint8_t kTrue = 0xF5;
constexpr std::uint8_t kNull = 0xF6;

}  // namespace

// RFC 8949 §3 and §4.2.1: the shortest form of the argument.
void CborWriter::head(std::uint8_t major, std::uint64_t argument) {
    const auto first = [major](std::uint8_t info) {
        return static_cast<std::uint8_t>(major << 5 | info);
    };
    if (argument < 24) {
        out_->push_back(first(static_cast<std::uint8_t>(argument)));
    } else if (argument <= 0xFF) {
        out_->push_back(first(24));
        out_->push_back(static_cast<std::uint8_t>(argument));
    } else if (argument <= 0xFFFF) {
        out_->push_back(first(25));
        append_u16(*out_, static_cast<std::uint16_t>(argument));
    } else if (argument <= 0xFFFF'FFFF) {
        out_->push_back(first(26));
        append_u32(*out_, static_cast<std::uint32_t>(argument));
    } else {
        out_->push_back(first(27));
        append_u64(*out_, argument);
    }
}

CborWriter& CborWriter::array(std::uint64_t count) {
    head(4, count);
    return *this;
}

CborWriter& CborWriter::map(std::uint64_t count) {
    head(5, count);
    return *this;
}

CborWriter& CborWriter::uint(std::uint64_t value) {
    head(0, value);
    return *this;
}

CborWriter& CborWriter::integer(std::int64_t value) {
    // ~value is −1 − value, the argument of a negative integer.
    head(value < 0 ? 1 : 0, static_cast<std::uint64_t>(value < 0 ? ~value : value));
    return *this;
}

CborWriter& CborWriter::bytes(ByteView value) {
    head(2, value.size());
    append(*out_, value);
    return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
    head(3, value.size());
    append(*out_, value);
    return *this;
}

CborWriter& CborWriter::boolean(bool value) {
    out_->push_back(value ? kTrue : kFalse);
    return *this;
}

CborWriter& CborWriter::null() {
    out_->push_back(kNull);
    return *this;
}

CborWriter& CborWriter::encoded(ByteView items) {
    append(*out_, items);
    return *this;
}

Bytes CborWriter::take() { return std::exchange(*out_, {}); }

}  // namespace tasdiq::codec
