#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

// Bytes as text. Every decoder is the exact inverse of its encoder: it gives nothing for a text
// which that does not write.
namespace tasdiq::codec {

/// Base58 costs the square of the size, so it is for keys and signatures: at most this many bytes.
inline constexpr std::size_t kBase58SizeMax = 4096;

/// base58btc, a leading zero byte as `1`. `bytes` are at most kBase58SizeMax.
/// Spec: draft-msporny-base58-03.
[[nodiscard]] std::string encode_base58(ByteView bytes);
[[nodiscard]] std::optional<Bytes> decode_base58(std::string_view text);

/// With padding. Spec: RFC 4648 §4.
[[nodiscard]] std::string encode_base64(ByteView bytes);
[[nodiscard]] std::optional<Bytes> decode_base64(std::string_view text);

/// Without padding. Spec: RFC 4648 §5.
[[nodiscard]] std::string encode_base64url(ByteView bytes);
[[nodiscard]] std::optional<Bytes> decode_base64url(std::string_view text);

/// For QR codes. Spec: RFC 9285.
[[nodiscard]] std::string encode_base45(ByteView bytes);
[[nodiscard]] std::optional<Bytes> decode_base45(std::string_view text);

/// The multibase prefixes we know. Spec: Controlled Identifiers 1.0 §2.4.
enum class Multibase : char { kBase58Btc = 'z', kBase64Url = 'u' };

[[nodiscard]] std::string encode_multibase(Multibase base, ByteView bytes);
/// Of either base.
[[nodiscard]] std::optional<Bytes> decode_multibase(std::string_view text);
/// Of `base` only.
[[nodiscard]] std::optional<Bytes> decode_multibase(Multibase base, std::string_view text);

}  // namespace tasdiq::codec
