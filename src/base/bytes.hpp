#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tasdiq {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of `text`, without a copy.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// `bytes` read as text, without a copy and without a check of their encoding.
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] inline Bytes to_bytes(ByteView view) { return Bytes(view.begin(), view.end()); }

inline void append(Bytes& to, ByteView from) { to.insert(to.end(), from.begin(), from.end()); }
inline void append(Bytes& to, std::string_view from) { append(to, as_bytes(from)); }

/// `N` bytes that mean one thing. Values with different tags neither convert nor compare.
/// Not for secrets: those are `Secret` in `keys`, move-only and wiped.
template <class Tag, std::size_t N>
class TaggedBytes {
  public:
    static constexpr std::size_t kSize = N;

    /// All zero.
    constexpr TaggedBytes() = default;

    constexpr explicit TaggedBytes(const std::array<std::uint8_t, N>& bytes) : bytes_{bytes} {}

    /// The value with these bytes; nothing unless there are exactly `N`.
    [[nodiscard]] static constexpr std::optional<TaggedBytes> from(ByteView bytes) {
        if (bytes.size() != N) return std::nullopt;
        TaggedBytes value;
        std::copy_n(bytes.begin(), N, value.bytes_.begin());
        return value;
    }

    [[nodiscard]] constexpr ByteView view() const { return bytes_; }
    [[nodiscard]] constexpr std::span<std::uint8_t, N> mutable_view() { return bytes_; }
    [[nodiscard]] constexpr const std::array<std::uint8_t, N>& array() const { return bytes_; }

    /// Byte by byte, as an unsigned big-endian number. Not constant time.
    friend constexpr auto operator<=>(const TaggedBytes&, const TaggedBytes&) = default;

  private:
    std::array<std::uint8_t, N> bytes_{};
};

/// For unordered containers whose keys are hashes already: the first eight bytes.
struct TaggedBytesHasher {
    template <class Tag, std::size_t N>
    [[nodiscard]] std::size_t operator()(const TaggedBytes<Tag, N>& value) const {
        static_assert(N >= sizeof(std::size_t));
        std::size_t result = 0;
        for (std::size_t i = 0; i < sizeof result; ++i) result = result << 8 | value.view()[i];
        return result;
    }
};

/// Writes `value` big-endian at the end of `to`: how integers are hashed outside CBOR.
inline void append_u16(Bytes& to, std::uint16_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8));
    to.push_back(static_cast<std::uint8_t>(value));
}
inline void append_u32(Bytes& to, std::uint32_t value) {
    append_u16(to, static_cast<std::uint16_t>(value >> 16));
    append_u16(to, static_cast<std::uint16_t>(value));
}
inline void append_u64(Bytes& to, std::uint64_t value) {
    append_u32(to, static_cast<std::uint32_t>(value >> 32));
    append_u32(to, static_cast<std::uint32_t>(value));
}

/// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// The bytes of a hexadecimal text of either case; nothing if it is not one.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

}  // namespace tasdiq
