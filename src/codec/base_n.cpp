#include "codec/base_n.hpp"

#include <algorithm>
#include <array>

#include "base/ensure.hpp"

namespace tasdiq::codec {
namespace {

constexpr std::string_view kAlphabet58 =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kAlphabet64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kAlphabet64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kAlphabet45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

constexpr std::uint8_t kNoDigit = 0xFF;
using Digits = std::array<std::uint8_t, 256>;

constexpr Digits digits_of(std::string_view alphabet) {
    Digits digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr Digits kDigits58 = digits_of(kAlphabet58);
constexpr Digits kDigits64 = digits_of(kAlphabet64);
constexpr Digits kDigits64Url = digits_of(kAlphabet64Url);
constexpr Digits kDigits45 = digits_of(kAlphabet45);

std::uint8_t digit_of(const Digits& digits, char c) { return digits[static_cast<std::uint8_t>(c)]; }

// Base58 goes by limbs: 32 bits against five digits, the most that fit in them.
constexpr std::uint32_t kFiveDigits = 58 * 58 * 58 * 58 * 58;
constexpr std::uint64_t kTwo32 = std::uint64_t{1} << 32;
using Limbs = std::vector<std::uint32_t>;  // least significant first

/// limbs = limbs · kFactor + carry, where limbs are digits of base kBase.
template <std::uint64_t kFactor, std::uint64_t kBase>
void multiply_add(Limbs& limbs, std::uint64_t carry) {
    for (std::uint32_t& limb : limbs) {
        const std::uint64_t value = limb * kFactor + carry;
        limb = static_cast<std::uint32_t>(value % kBase);
        carry = value / kBase;
    }
    for (; carry != 0; carry /= kBase) limbs.push_back(static_cast<std::uint32_t>(carry % kBase));
}

std::uint32_t three_bytes(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return a << 16 | b << 8 | c;
}

std::string encode_64(ByteView bytes, std::string_view alphabet) {
    std::string text((bytes.size() * 4 + 2) / 3, '\0');
    auto out = text.begin();
    while (bytes.size() >= 3) {
        const std::uint32_t bits = three_bytes(bytes[0], bytes[1], bytes[2]);
        *out++ = alphabet[bits >> 18];
        *out++ = alphabet[bits >> 12 & 63];
        *out++ = alphabet[bits >> 6 & 63];
        *out++ = alphabet[bits & 63];
        bytes = bytes.subspan(3);
    }
    if (bytes.empty()) return text;
    const bool is_pair = bytes.size() == 2;
    const std::uint32_t bits = three_bytes(bytes[0], is_pair ? bytes[1] : std::uint8_t{0}, 0);
    *out++ = alphabet[bits >> 18];
    *out++ = alphabet[bits >> 12 & 63];
    if (is_pair) *out++ = alphabet[bits >> 6 & 63];
    return text;
}

std::optional<Bytes> decode_64(std::string_view text, const Digits& digits) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes bytes(text.size() * 3 / 4);
    auto out = bytes.begin();
    std::uint32_t seen = 0;
    const auto digit = [&](std::size_t at) -> std::uint32_t {
        const std::uint8_t value = digit_of(digits, text[at]);
        seen |= value;
        return value;
    };
    while (text.size() >= 4) {
        const std::uint32_t bits = digit(0) << 18 | digit(1) << 12 | digit(2) << 6 | digit(3);
        *out++ = static_cast<std::uint8_t>(bits >> 16);
        *out++ = static_cast<std::uint8_t>(bits >> 8);
        *out++ = static_cast<std::uint8_t>(bits);
        text.remove_prefix(4);
    }
    std::uint32_t spare = 0;  // bits beyond the last byte
    if (!text.empty()) {
        const std::uint32_t bits =
            digit(0) << 18 | digit(1) << 12 | (text.size() == 3 ? digit(2) << 6 : 0);
        *out++ = static_cast<std::uint8_t>(bits >> 16);
        if (text.size() == 3) *out++ = static_cast<std::uint8_t>(bits >> 8);
        spare = bits & (text.size() == 3 ? 0xFFU : 0xFFFFU);
    }
    // A character that is no digit; and spare bits are zero, or one value would have several texts.
    if (seen > 63 || spare != 0) return std::nullopt;
    return bytes;
}

}  // namespace

std::string encode_base58(ByteView bytes) {
    ENSURE(bytes.size() <= kBase58SizeMax);
    const auto zeros = static_cast<std::size_t>(
        std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b != 0; }) -
        bytes.begin());
    Limbs limbs;
    limbs.reserve(bytes.size() * 7 / 25 + 1);  // log(256) / log(58^5) is below 0.28
    std::size_t at = zeros;
    while (at < bytes.size()) {
        const std::size_t size = (bytes.size() - at - 1) % 4 + 1;  // a short group only in front
        std::uint32_t group = 0;
        for (const std::uint8_t byte : bytes.subspan(at, size)) group = group << 8 | byte;
        multiply_add<kTwo32, kFiveDigits>(limbs, group);
        at += size;
    }

    std::string text;
    text.reserve(5 * limbs.size() + zeros);
    for (std::uint32_t limb : limbs) {
        for (int i = 0; i < 5; ++i) {
            text.push_back(kAlphabet58[limb % 58]);
            limb /= 58;
        }
    }
    while (!text.empty() && text.back() == kAlphabet58[0]) text.pop_back();
    text.append(zeros, kAlphabet58[0]);
    std::reverse(text.begin(), text.end());
    return text;
}

std::optional<Bytes> decode_base58(std::string_view text) {
    if (text.size() > 2 * kBase58SizeMax) return std::nullopt;
    const std::size_t zeros = std::min(text.find_first_not_of(kAlphabet58[0]), text.size());
    Limbs limbs;
    limbs.reserve((text.size() - zeros) / 5 + 1);
    std::size_t at = zeros;
    while (at < text.size()) {
        const std::size_t size = (text.size() - at - 1) % 5 + 1;
        std::uint32_t group = 0;
        for (const char c : text.substr(at, size)) {
            const std::uint8_t digit = digit_of(kDigits58, c);
            if (digit == kNoDigit) return std::nullopt;
            group = group * 58 + digit;
        }
        multiply_add<kFiveDigits, kTwo32>(limbs, group);
        at += size;
    }

    Bytes bytes;
    bytes.reserve(4 * limbs.size() + zeros);
    for (std::uint32_t limb : limbs) {
        for (int i = 0; i < 4; ++i) {
            bytes.push_back(static_cast<std::uint8_t>(limb));
            limb >>= 8;
        }
    }
    while (!bytes.empty() && bytes.back() == 0) bytes.pop_back();
    bytes.insert(bytes.end(), zeros, 0);
    if (bytes.size() > kBase58SizeMax) return std::nullopt;
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

std::string encode_base64(ByteView bytes) {
    std::string text = encode_64(bytes, kAlphabet64);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<Bytes> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
    return decode_64(text, kDigits64);
}

std::string encode_base64url(ByteView bytes) { return encode_64(bytes, kAlphabet64Url); }

std::optional<Bytes> decode_base64url(std::string_view text) {
    return decode_64(text, kDigits64Url);
}

std::string encode_base45(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() / 2 * 3 + 2);
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        const bool is_pair = at + 1 < bytes.size();
        const unsigned value = is_pair ? bytes[at] * 256U + bytes[at + 1] : bytes[at];
        text.push_back(kAlphabet45[value % 45]);
        text.push_back(kAlphabet45[value / 45 % 45]);
        if (is_pair) text.push_back(kAlphabet45[value / (45 * 45)]);
    }
    return text;
}

std::optional<Bytes> decode_base45(std::string_view text) {
    if (text.size() % 3 == 1) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 3 * 2 + 1);
    for (std::size_t at = 0; at < text.size(); at += 3) {
        const std::string_view group = text.substr(at, 3);
        unsigned value = 0;
        unsigned weight = 1;
        for (const char c : group) {
            const std::uint8_t digit = digit_of(kDigits45, c);
            if (digit == kNoDigit) return std::nullopt;
            value += digit * weight;
            weight *= 45;
        }
        if (value > (group.size() == 3 ? 0xFFFFU : 0xFFU)) return std::nullopt;
        if (group.size() == 3) bytes.push_back(static_cast<std::uint8_t>(value >> 8));
        bytes.push_back(static_cast<std::uint8_t>(value));
    }
    return bytes;
}

std::string encode_multibase(Multibase base, ByteView bytes) {
    std::string text{static_cast<char>(base)};
    switch (base) {
        case Multibase::kBase58Btc: text += encode_base58(bytes); break;
        case Multibase::kBase64Url: text += encode_base64url(bytes); break;
    }
    return text;
}

std::optional<Bytes> decode_multibase(std::string_view text) {
    if (text.starts_with('z')) return decode_multibase(Multibase::kBase58Btc, text);
    return decode_multibase(Multibase::kBase64Url, text);
}

std::optional<Bytes> decode_multibase(Multibase base, std::string_view text) {
    if (!text.starts_with(static_cast<char>(base))) return std::nullopt;
    text.remove_prefix(1);
    switch (base) {
        case Multibase::kBase58Btc: return decode_base58(text);
        case Multibase::kBase64Url: return decode_base64url(text);
    }
    ENSURE(false);
}

}  // namespace tasdiq::codec
