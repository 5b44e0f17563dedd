#include "crypto/spki.hpp"

#include <array>
#include <optional>

#include "crypto/curve.hpp"

namespace tasdiq::crypto {
namespace {

constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kBitString = 0x03;

// The content of AlgorithmIdentifier. Spec: RFC 8410 §3; RFC 5480 §2.1.1.
constexpr auto kEd25519Identifier = from_hex_literal("06032B6570");
constexpr auto kP256Identifier = from_hex_literal("06072A8648CE3D020106082A8648CE3D030107");
constexpr auto kP384Identifier = from_hex_literal("06072A8648CE3D020106052B81040022");

/// Writes one DER element; contents here are shorter than 128 bytes.
void append_element(Bytes& to, std::uint8_t tag, ByteView content) {
    to.push_back(tag);
    to.push_back(static_cast<std::uint8_t>(content.size()));
    append(to, content);
}

Bytes make_spki(ByteView identifier, ByteView key) {
    Bytes bits{0};  // no unused bits
    append(bits, key);
    Bytes content;
    append_element(content, kSequence, identifier);
    append_element(content, kBitString, bits);
    Bytes der;
    append_element(der, kSequence, content);
    return der;
}

/// Takes one DER element with `tag` off the front of `input` and gives its content.
/// Lengths of 128 and more are not needed here.
std::optional<ByteView> take_element(ByteView& input, std::uint8_t tag) {
    if (input.size() < 2 || input[0] != tag || input[1] >= 0x80) return std::nullopt;
    const std::size_t size = input[1];
    if (input.size() - 2 < size) return std::nullopt;
    const ByteView content = input.subspan(2, size);
    input = input.subspan(2 + size);
    return content;
}

template <class Key>
Result<PublicKey, KeyError> to_public_key(Result<Key, KeyError> key) {
    if (!key) return std::unexpected{key.error()};
    return PublicKey{*std::move(key)};
}

}  // namespace

Bytes to_spki(const PublicKey& key) {
    if (const auto* p256 = key.get<P256PublicKey>()) {
        return make_spki(kP256Identifier, p256->uncompressed());
    }
    if (const auto* p384 = key.get<P384PublicKey>()) {
        return make_spki(kP384Identifier, p384->uncompressed());
    }
    return make_spki(kEd25519Identifier, key.view());
}

Result<PublicKey, KeyError> parse_spki(ByteView der) {
    auto content = take_element(der, kSequence);
    if (!content || !der.empty()) return std::unexpected{KeyError::kNotSpki};
    const auto identifier = take_element(*content, kSequence);
    if (!identifier) return std::unexpected{KeyError::kNotSpki};
    const auto bits = take_element(*content, kBitString);
    if (!bits || !content->empty() || bits->empty() || bits->front() != 0) {
        return std::unexpected{KeyError::kNotSpki};
    }
    const ByteView raw = bits->subspan(1);
    if (std::ranges::equal(*identifier, kEd25519Identifier)) {
        return to_public_key(Ed25519PublicKey::parse(raw));
    }
    if (std::ranges::equal(*identifier, kP256Identifier)) {
        return to_public_key(P256PublicKey::parse_uncompressed(raw));
    }
    if (std::ranges::equal(*identifier, kP384Identifier)) {
        return to_public_key(P384PublicKey::parse_uncompressed(raw));
    }
    return std::unexpected{KeyError::kUnknownSpkiAlgorithm};
}

}  // namespace tasdiq::crypto
