#include "codec/cbor.hpp"

#include <algorithm>
#include <limits>

#include "base/ensure.hpp"
#include "codec/utf8.hpp"

namespace tasdiq::codec {
namespace {

constexpr std::uint8_t kMajorUint = 0;
constexpr std::uint8_t kMajorNegative = 1;
constexpr std::uint8_t kMajorBytes = 2;
constexpr std::uint8_t kMajorText = 3;
constexpr std::uint8_t kMajorArray = 4;
constexpr std::uint8_t kMajorMap = 5;
constexpr std::uint8_t kMajorTag = 6;
constexpr std::uint8_t kMajorSimple = 7;

constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kTrue = 21;
constexpr std::uint64_t kNull = 22;
constexpr std::uint8_t kNullByte = 0xF6;

constexpr std::uint64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

/// What is wrong with a first byte, whatever follows it.
Result<Ok, CborError> check_first(std::uint8_t major, std::uint8_t info) {
    const bool has_length = kMajorBytes <= major && major <= kMajorMap;
    if (28 <= info && info <= 30) return std::unexpected{CborError::kReserved};
    if (info == 31) {  // a length that comes later; in major 7 the "break" that ends it
        const bool indefinite = has_length || major == kMajorSimple;
        return std::unexpected{indefinite ? CborError::kIndefiniteLength : CborError::kReserved};
    }
    if (major == kMajorTag) return std::unexpected{CborError::kTag};
    if (major != kMajorSimple) return Ok{};
    if (25 <= info && info <= 27) return std::unexpected{CborError::kFloat};
    if (info < kFalse || info > kNull) return std::unexpected{CborError::kSimpleValue};
    return Ok{};
}

}  // namespace

std::string_view to_string(CborError error) {
    switch (error) {
        case CborError::kTruncated: return "the input ends inside an item";
        case CborError::kReserved: return "a first byte that CBOR keeps for later";
        case CborError::kTrailingBytes: return "bytes follow the item";
        case CborError::kIndefiniteLength: return "an item of indefinite length";
        case CborError::kNotShortest: return "an integer or a length is not in its shortest form";
        case CborError::kMapKeyOrder: return "the keys of a map are not in order";
        case CborError::kMapKeyTwice: return "a map has a key twice";
        case CborError::kTag: return "a tag";
        case CborError::kFloat: return "a floating-point number";
        case CborError::kSimpleValue: return "a simple value other than false, true and null";
        case CborError::kTooDeep: return "too many arrays and maps inside each other";
        case CborError::kWrongType: return "an item of another type than this place takes";
        case CborError::kWrongCount: return "another number of elements than this place takes";
        case CborError::kIntegerRange: return "an integer that does not fit in 64 bits with sign";
        case CborError::kInvalidUtf8: return "a text string is not UTF-8";
    }
    ENSURE(false);
}

Result<Ok, CborError> CborKeyOrder::next(ByteView key) {
    const bool is_first = last_.empty();  // no encoded key is
    const ByteView previous = std::exchange(last_, key);
    if (is_first) return Ok{};
    const auto order = std::lexicographical_compare_three_way(previous.begin(), previous.end(),
                                                              key.begin(), key.end());
    if (order > 0) return std::unexpected{CborError::kMapKeyOrder};
    if (order == 0) return std::unexpected{CborError::kMapKeyTwice};
    return Ok{};
}

CborKind CborReader::peek() const {
    if (remaining() == 0) return CborKind::kEnd;
    const std::uint8_t first = input_[position_];
    const auto major = static_cast<std::uint8_t>(first >> 5);
    if (!check_first(major, first & 31)) return CborKind::kOther;
    switch (major) {
        case kMajorUint: return CborKind::kUint;
        case kMajorNegative: return CborKind::kNegative;
        case kMajorBytes: return CborKind::kBytes;
        case kMajorText: return CborKind::kText;
        case kMajorArray: return CborKind::kArray;
        case kMajorMap: return CborKind::kMap;
        default: return first == kNullByte ? CborKind::kNull : CborKind::kBoolean;
    }
}

Result<CborReader::Head, CborError> CborReader::head() const {
    if (remaining() == 0) return std::unexpected{CborError::kTruncated};
    const std::uint8_t first = input_[position_];
    const auto major = static_cast<std::uint8_t>(first >> 5);
    const std::uint8_t info = first & 31;
    TRY(check_first(major, info));
    if (info < 24) return Head{major, info, 1};

    const std::size_t size = std::size_t{1} << (info - 24);
    if (size >= remaining()) return std::unexpected{CborError::kTruncated};
    std::uint64_t argument = 0;
    for (const std::uint8_t byte : input_.subspan(position_ + 1, size)) {
        argument = argument << 8 | byte;
    }
    const std::uint64_t smallest = size == 1 ? 24 : std::uint64_t{1} << (4 * size);
    if (argument < smallest) return std::unexpected{CborError::kNotShortest};
    return Head{major, argument, 1 + size};
}

Result<CborReader::Head, CborError> CborReader::head_of(std::uint8_t major) const {
    TRY(const Head found, head());
    if (found.major != major) return std::unexpected{CborError::kWrongType};
    return found;
}

Result<std::size_t, CborError> CborReader::count(std::uint8_t major, std::size_t items_each) {
    TRY(const Head found, head_of(major));
    // Every item takes a byte at least: a count which the input can't hold is never believed.
    if (found.argument > (remaining() - found.size) / items_each) {
        return std::unexpected{CborError::kTruncated};
    }
    position_ += found.size;
    return static_cast<std::size_t>(found.argument);
}

Result<Ok, CborError> CborReader::count_of(std::uint8_t major, std::size_t items_each,
                                           std::size_t wanted) {
    const std::size_t start = position_;
    TRY(const std::size_t found, count(major, items_each));
    if (found == wanted) return Ok{};
    position_ = start;
    return std::unexpected{CborError::kWrongCount};
}

Result<std::size_t, CborError> CborReader::array() { return count(kMajorArray, 1); }
Result<std::size_t, CborError> CborReader::map() { return count(kMajorMap, 2); }

Result<Ok, CborError> CborReader::array_of(std::size_t wanted) {
    return count_of(kMajorArray, 1, wanted);
}
Result<Ok, CborError> CborReader::map_of(std::size_t wanted) {
    return count_of(kMajorMap, 2, wanted);
}

Result<std::int64_t, CborError> CborReader::key(CborKeyOrder& order) {
    const std::size_t start = position_;
    TRY(const std::int64_t value, integer());
    if (const auto checked = order.next(input_.subspan(start, position_ - start)); !checked) {
        position_ = start;
        return std::unexpected{checked.error()};
    }
    return value;
}

Result<std::uint64_t, CborError> CborReader::uint() {
    TRY(const Head found, head_of(kMajorUint));
    position_ += found.size;
    return found.argument;
}

Result<std::int64_t, CborError> CborReader::integer() {
    TRY(const Head found, head());
    if (found.major > kMajorNegative) return std::unexpected{CborError::kWrongType};
    if (found.argument > kInt64Max) return std::unexpected{CborError::kIntegerRange};
    position_ += found.size;
    const auto value = static_cast<std::int64_t>(found.argument);
    return found.major == kMajorUint ? value : ~value;  // −1 − value
}

Result<ByteView, CborError> CborReader::string(std::uint8_t major) {
    TRY(const Head found, head_of(major));
    if (found.argument > remaining() - found.size) return std::unexpected{CborError::kTruncated};
    const auto content =
        input_.subspan(position_ + found.size, static_cast<std::size_t>(found.argument));
    if (major == kMajorText && !is_utf8(as_text(content))) {
        return std::unexpected{CborError::kInvalidUtf8};
    }
    position_ += found.size + content.size();
    return content;
}

Result<ByteView, CborError> CborReader::bytes() { return string(kMajorBytes); }

Result<ByteView, CborError> CborReader::bytes_of(std::size_t size) {
    const std::size_t start = position_;
    TRY(const ByteView content, bytes());
    if (content.size() == size) return content;
    position_ = start;
    return std::unexpected{CborError::kWrongCount};
}

Result<std::string_view, CborError> CborReader::text() {
    TRY(const ByteView content, string(kMajorText));
    return as_text(content);
}

Result<bool, CborError> CborReader::boolean() {
    TRY(const Head found, head_of(kMajorSimple));
    if (found.argument == kNull) return std::unexpected{CborError::kWrongType};
    position_ += found.size;
    return found.argument == kTrue;
}

Result<Ok, CborError> CborReader::null() {
    TRY(const Head found, head_of(kMajorSimple));
    if (found.argument != kNull) return std::unexpected{CborError::kWrongType};
    position_ += found.size;
    return Ok{};
}

bool CborReader::take_null() {
    if (peek() != CborKind::kNull) return false;
    ++position_;
    return true;
}

Result<Ok, CborError> CborReader::pass_item(std::size_t depth) {
    TRY(const Head found, head());
    switch (found.major) {
        case kMajorBytes:
        case kMajorText: TRY(string(found.major)); return Ok{};
        case kMajorArray: {
            if (depth == kCborDepthMax) return std::unexpected{CborError::kTooDeep};
            TRY(const std::size_t elements, array());
            for (std::size_t i = 0; i < elements; ++i) TRY(pass_item(depth + 1));
            return Ok{};
        }
        case kMajorMap: {
            if (depth == kCborDepthMax) return std::unexpected{CborError::kTooDeep};
            TRY(const std::size_t pairs, map());
            CborKeyOrder order;
            for (std::size_t i = 0; i < pairs; ++i) {
                const std::size_t start = position_;
                TRY(pass_item(depth + 1));
                TRY(order.next(input_.subspan(start, position_ - start)));
                TRY(pass_item(depth + 1));
            }
            return Ok{};
        }
        default: position_ += found.size; return Ok{};
    }
}

Result<ByteView, CborError> CborReader::skip() {
    const std::size_t start = position_;
    if (const auto passed = pass_item(0); !passed) {
        position_ = start;
        return std::unexpected{passed.error()};
    }
    return input_.subspan(start, position_ - start);
}

Result<Ok, CborError> CborReader::finish() const {
    if (remaining() != 0) return std::unexpected{CborError::kTrailingBytes};
    return Ok{};
}

Result<Ok, CborError> check_cbor(ByteView bytes) {
    CborReader reader{bytes};
    TRY(reader.skip());
    return reader.finish();
}

}  // namespace tasdiq::codec
