#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::codec {

/// Why bytes are not the CBOR we speak: deterministic (RFC 8949 §4.2.1), of definite length,
/// without tags, floats and simple values other than false, true, null. Numbers are stable.
enum class CborError : std::uint16_t {
    // RFC 8949 §3: not well-formed
    kTruncated = 1,
    kReserved = 2,
    kTrailingBytes = 3,
    // RFC 8949 §4.2.1: not deterministic
    kIndefiniteLength = 10,
    kNotShortest = 11,
    kMapKeyOrder = 12,
    kMapKeyTwice = 13,
    // What we don't use
    kTag = 20,
    kFloat = 21,
    kSimpleValue = 22,
    kTooDeep = 23,
    // Not what the caller wants here
    kWrongType = 30,
    kWrongCount = 31,
    kIntegerRange = 32,
    kInvalidUtf8 = 33,
};
[[nodiscard]] std::string_view to_string(CborError error);

enum class CborKind : std::uint8_t {
    kUint,      // 0 and above
    kNegative,  // below 0
    kBytes,
    kText,
    kArray,
    kMap,
    kBoolean,
    kNull,
    kOther,  // something we refuse
    kEnd,    // no bytes are left
};

/// Arrays and maps inside each other that `skip` and `check_cbor` follow.
inline constexpr std::size_t kCborDepthMax = 16;

/// Writes deterministic CBOR. The caller keeps to the announced counts and sorts the keys of maps.
///   CborWriter{}.array(2).integer(-7).text("x").take()
class CborWriter {
  public:
    /// Writes into itself; `take` gives it away.
    CborWriter() : out_{&own_} {}
    /// Writes at the end of `out`, which must outlive the writer.
    explicit CborWriter(Bytes& out) : out_{&out} {}
    CborWriter(const CborWriter&) = delete;
    CborWriter& operator=(const CborWriter&) = delete;

    CborWriter& array(std::uint64_t count);
    CborWriter& map(std::uint64_t count);
    CborWriter& uint(std::uint64_t value);
    CborWriter& integer(std::int64_t value);
    CborWriter& bytes(ByteView value);
    /// `value` must be well-formed UTF-8.
    CborWriter& text(std::string_view value);
    CborWriter& boolean(bool value);
    CborWriter& null();
    /// One item (or more) that is encoded already.
    CborWriter& encoded(ByteView items);

    /// What was written so far; the writer is empty afterwards. Also moves out of a referenced
    /// buffer.
    [[nodiscard]] Bytes take();

  private:
    void head(std::uint8_t major, std::uint64_t argument);

    Bytes own_;
    Bytes* out_;
};

/// The order of the keys of one map: hand the same one to every `key` of the map.
class CborKeyOrder {
  public:
    /// `key` is the encoded key. Errors: kMapKeyOrder, kMapKeyTwice.
    [[nodiscard]] Result<Ok, CborError> next(ByteView key);

  private:
    ByteView last_;  // into the reader's input
};

/// Reads deterministic CBOR, item by item, without copies: views point into the input.
///
/// After an error the position is where it was before the call. Errors of every reading function,
/// first match wins: kTruncated (nothing left), kReserved, kIndefiniteLength, kTag, kFloat,
/// kSimpleValue, kTruncated (inside the argument), kNotShortest, kWrongType, kTruncated (content
/// beyond the input), then its own.
class CborReader {
  public:
    explicit CborReader(ByteView input) : input_{input} {}

    /// The kind of the next item, by its first byte.
    [[nodiscard]] CborKind peek() const;

    /// Enters an array; its count of elements. Never above the bytes that are left (else
    /// kTruncated), so a caller may reserve it.
    [[nodiscard]] Result<std::size_t, CborError> array();
    /// Enters an array of exactly `count` elements. Errors: kWrongCount.
    [[nodiscard]] Result<Ok, CborError> array_of(std::size_t count);
    /// Enters a map; its count of pairs. At most half the bytes that are left.
    [[nodiscard]] Result<std::size_t, CborError> map();
    /// Enters a map of exactly `count` pairs. Errors: kWrongCount.
    [[nodiscard]] Result<Ok, CborError> map_of(std::size_t count);
    /// An integer key of a map, ascending in the order of its bytes (0, 1, … −1, −2 …).
    [[nodiscard]] Result<std::int64_t, CborError> key(CborKeyOrder& order);

    [[nodiscard]] Result<std::uint64_t, CborError> uint();
    /// An integer of either sign. Errors: kIntegerRange (not in 64 bits with sign).
    [[nodiscard]] Result<std::int64_t, CborError> integer();
    [[nodiscard]] Result<ByteView, CborError> bytes();
    /// Errors: kWrongCount.
    [[nodiscard]] Result<ByteView, CborError> bytes_of(std::size_t size);
    /// Errors: kInvalidUtf8.
    [[nodiscard]] Result<std::string_view, CborError> text();
    [[nodiscard]] Result<bool, CborError> boolean();
    [[nodiscard]] Result<Ok, CborError> null();
    /// Passes over a null if the next item is one: `if (!reader.take_null()) …`.
    [[nodiscard]] bool take_null();

    /// Passes over a whole item of any kind, checking all of it; the bytes of the item.
    /// Errors, first in the input: also kMapKeyOrder, kMapKeyTwice, kTooDeep.
    [[nodiscard]] Result<ByteView, CborError> skip();

    /// Errors: kTrailingBytes.
    [[nodiscard]] Result<Ok, CborError> finish() const;

    /// Bytes read so far.
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::size_t remaining() const { return input_.size() - position_; }

  private:
    struct Head {
        std::uint8_t major;
        std::uint64_t argument;
        std::size_t size;
    };
    [[nodiscard]] Result<Head, CborError> head() const;
    [[nodiscard]] Result<Head, CborError> head_of(std::uint8_t major) const;
    [[nodiscard]] Result<std::size_t, CborError> count(std::uint8_t major, std::size_t items_each);
    [[nodiscard]] Result<Ok, CborError> count_of(std::uint8_t major, std::size_t items_each,
                                                 std::size_t wanted);
    [[nodiscard]] Result<ByteView, CborError> string(std::uint8_t major);
    [[nodiscard]] Result<Ok, CborError> pass_item(std::size_t depth);

    ByteView input_;
    std::size_t position_ = 0;
};

/// Checks that `bytes` are exactly one item of deterministic CBOR as we speak it.
/// Errors: those of `skip`, then kTrailingBytes.
[[nodiscard]] Result<Ok, CborError> check_cbor(ByteView bytes);

}  // namespace tasdiq::codec
