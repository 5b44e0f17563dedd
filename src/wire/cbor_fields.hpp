#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes.hpp"
#include "base/ensure.hpp"
#include "base/result.hpp"
#include "codec/cbor.hpp"
#include "wire/error.hpp"

// Internal to wire. Each shape is described once, by a template `walk(c, value)`, and walked by two
// codecs with the same methods: a Reader fills the value and refuses what is outside the limits, a
// Writer writes it and holds the same limits with ENSURE. So decode and encode cannot drift apart.
namespace tasdiq::wire::fields {

using Step = Result<Ok, WireFault>;

struct Range {
    std::int64_t min, max;
};
struct Count {
    std::size_t min, max;
};

/// Every integer of ours without a size is a number in JSON somewhere: below 2^53.
inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;
inline constexpr Range kUint{0, kIntegerMax};
inline constexpr Range kUint8{0, 0xFF};
inline constexpr Range kUint16{0, 0xFFFF};
inline constexpr Range kUint32{0, 0xFFFF'FFFF};

[[nodiscard]] constexpr WireError to_wire(codec::CborError error) {
    switch (error) {
        case codec::CborError::kTruncated:
        case codec::CborError::kReserved:
        case codec::CborError::kTrailingBytes:
        case codec::CborError::kIndefiniteLength:
        case codec::CborError::kNotShortest:
        case codec::CborError::kMapKeyOrder:
        case codec::CborError::kMapKeyTwice:
        case codec::CborError::kTag:
        case codec::CborError::kFloat:
        case codec::CborError::kSimpleValue:
        case codec::CborError::kTooDeep: return WireError::kNotCanonical;
        case codec::CborError::kWrongType:
        case codec::CborError::kWrongCount: return WireError::kShape;
        case codec::CborError::kIntegerRange: return WireError::kOutOfRange;
        case codec::CborError::kInvalidUtf8: return WireError::kText;
    }
    ENSURE(false);
}

/// Fills values from bytes. The first fault in the input wins; at one item, in the order of
/// WireError.
class Reader {
  public:
    template <class T>
    using Ref = T&;

    explicit Reader(ByteView bytes) : reader_{bytes} {}

    /// Enters an array of any count: what has a version or a code tells it first.
    Step open(const char* field, std::size_t& count) {
        TRY(count, lift(reader_.array(), field));
        return Ok{};
    }
    Step array(const char* field, std::size_t count) {
        TRY(lift(reader_.array_of(count), field));
        return Ok{};
    }

    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    Step integer(const char* field, T& value, Range range,
                 WireError error = WireError::kOutOfRange) {
        const auto read = reader_.integer();
        if (!read && read.error() == codec::CborError::kIntegerRange) {
            return std::unexpected{WireFault{error, field}};
        }
        TRY(const std::int64_t number, lift(read, field));
        if (number < range.min || number > range.max) {
            return std::unexpected{WireFault{error, field}};
        }
        value = static_cast<T>(number);
        return Ok{};
    }
    Step boolean(const char* field, bool& value) {
        TRY(value, lift(reader_.boolean(), field));
        return Ok{};
    }
    template <class Tag, std::size_t N>
    Step fixed(const char* field, TaggedBytes<Tag, N>& value) {
        TRY(const ByteView bytes, lift(reader_.bytes_of(N), field));
        value = *TaggedBytes<Tag, N>::from(bytes);
        return Ok{};
    }
    Step bytes(const char* field, Bytes& value, Count size) {
        TRY(const ByteView bytes, lift(reader_.bytes(), field));
        TRY(check(size.min <= bytes.size() && bytes.size() <= size.max, WireError::kOutOfRange,
                  field));
        value = to_bytes(bytes);
        return Ok{};
    }
    Step text(const char* field, std::string& value, Count size,
              bool (*is_allowed)(std::string_view)) {
        TRY(const std::string_view text, lift(reader_.text(), field));
        TRY(check(size.min <= text.size() && text.size() <= size.max, WireError::kOutOfRange,
                  field));
        TRY(check(is_allowed(text), WireError::kText, field));
        value = std::string{text};
        return Ok{};
    }
    /// A text that is always the same.
    Step literal(const char* field, std::string_view expected) {
        TRY(const std::string_view text, lift(reader_.text(), field));
        return check(text == expected, WireError::kText, field);
    }
    /// A number that is always the same.
    Step constant(const char* field, std::int64_t expected, WireError error) {
        std::int64_t number = 0;
        return integer(field, number, {expected, expected}, error);
    }
    template <class T, class Each>
    Step optional(std::optional<T>& value, Each&& each) {
        value.reset();
        if (reader_.take_null()) return Ok{};
        return each(value.emplace());
    }
    template <class T, class Each>
    Step list(const char* field, std::vector<T>& values, Count count, Each&& each) {
        TRY(const std::size_t size, lift(reader_.array(), field));
        TRY(check(count.min <= size && size <= count.max, WireError::kOutOfRange, field));
        values.clear();
        values.reserve(size);
        for (std::size_t i = 0; i < size; ++i) TRY(each(values.emplace_back()));
        return Ok{};
    }
    /// Passes over a whole item; its bytes.
    Result<ByteView, WireFault> item(const char* field) { return lift(reader_.skip(), field); }

    Step check(bool holds, WireError error, const char* field) {
        if (!holds) return std::unexpected{WireFault{error, field}};
        return Ok{};
    }
    Step finish(const char* field) const {
        TRY(lift(reader_.finish(), field));
        return Ok{};
    }

  private:
    template <class T>
    static Result<T, WireFault> lift(const Result<T, codec::CborError>& result, const char* field) {
        if (!result) return std::unexpected{WireFault{to_wire(result.error()), field}};
        return *result;
    }

    codec::CborReader reader_;
};

/// Writes values whose limits hold. Steps always succeed.
class Writer {
  public:
    template <class T>
    using Ref = const T&;

    Writer() : writer_{out_} {}

    Step open(const char* field, std::size_t& count) { return array(field, count); }
    Step array(const char*, std::size_t count) {
        writer_.array(count);
        return Ok{};
    }
    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    Step integer(const char*, const T& value, Range range, WireError = WireError::kOutOfRange) {
        if constexpr (std::is_enum_v<T>) {
            return integer("", std::to_underlying(value), range);
        } else {
            ENSURE(std::in_range<std::int64_t>(value));
            const auto number = static_cast<std::int64_t>(value);
            ENSURE(range.min <= number && number <= range.max);
            writer_.integer(number);
            return Ok{};
        }
    }
    Step boolean(const char*, bool value) {
        writer_.boolean(value);
        return Ok{};
    }
    template <class Tag, std::size_t N>
    Step fixed(const char*, const TaggedBytes<Tag, N>& value) {
        writer_.bytes(value.view());
        return Ok{};
    }
    Step bytes(const char*, ByteView value, Count size) {
        ENSURE(size.min <= value.size() && value.size() <= size.max);
        writer_.bytes(value);
        return Ok{};
    }
    Step text(const char*, std::string_view value, Count size,
              bool (*is_allowed)(std::string_view)) {
        ENSURE(size.min <= value.size() && value.size() <= size.max);
        ENSURE(is_allowed(value));
        writer_.text(value);
        return Ok{};
    }
    Step literal(const char*, std::string_view value) {
        writer_.text(value);
        return Ok{};
    }
    Step constant(const char*, std::int64_t value, WireError) {
        writer_.integer(value);
        return Ok{};
    }
    template <class T, class Each>
    Step optional(const std::optional<T>& value, Each&& each) {
        if (value) return each(*value);
        writer_.null();
        return Ok{};
    }
    template <class T, class Each>
    Step list(const char* field, const std::vector<T>& values, Count count, Each&& each) {
        ENSURE(count.min <= values.size() && values.size() <= count.max);
        TRY(array(field, values.size()));
        for (const T& value : values) TRY(each(value));
        return Ok{};
    }
    /// One whole item that is encoded already.
    void encoded(ByteView item) { writer_.encoded(item); }

    Step check(bool holds, WireError, const char*) {
        ENSURE(holds);
        return Ok{};
    }
    [[nodiscard]] Bytes take() { return std::move(out_); }

  private:
    Bytes out_;
    codec::CborWriter writer_;
};

/// Strictly ascending by `key`: sorted, nothing twice.
template <class T, class Key = std::identity>
[[nodiscard]] bool is_ascending(const std::vector<T>& values, Key key = {}) {
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (!(std::invoke(key, values[i - 1]) < std::invoke(key, values[i]))) return false;
    }
    return true;
}

/// No two alike by `key`. Cost: quadratic; for short lists.
template <class T, class Key = std::identity>
[[nodiscard]] bool is_distinct(const std::vector<T>& values, Key key = {}) {
    for (std::size_t i = 1; i < values.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (std::invoke(key, values[i]) == std::invoke(key, values[j])) return false;
        }
    }
    return true;
}

/// What stands in front of the fields of a body, an entry or a record.
struct Coded {
    std::uint8_t code;
    std::size_t count;  // of elements, the code included
    const char* name;
    std::uint8_t version = 0;  // if not 0, it follows the code
};
/// Specialised for every struct that has a code.
template <class T>
inline constexpr Coded kCoded{0, 0, ""};

/// The whole item: array head, code, perhaps a version, fields. Another version may have another
/// count, so the count is looked at after it.
template <class C, class T>
Step walk_coded(C& c, T& value) {
    constexpr Coded coded = kCoded<std::remove_const_t<T>>;
    static_assert(coded.count != 0);
    std::size_t count = coded.count;
    TRY(c.open(coded.name, count));
    TRY(c.constant(coded.name, coded.code, WireError::kShape));
    if constexpr (coded.version != 0) {
        TRY(c.constant("version", coded.version, WireError::kVersion));
    }
    TRY(c.check(count == coded.count, WireError::kShape, coded.name));
    return walk(c, value);
}

template <class T>
[[nodiscard]] Bytes encode_coded(const T& value) {
    Writer writer;
    ENSURE(walk_coded(writer, value));
    return writer.take();
}

template <class T>
[[nodiscard]] Result<T, WireFault> decode_coded(ByteView bytes) {
    Reader reader{bytes};
    T value{};
    TRY(walk_coded(reader, value));
    TRY(reader.finish(kCoded<T>.name));
    return value;
}

}  // namespace tasdiq::wire::fields
