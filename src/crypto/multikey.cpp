#include "crypto/multikey.hpp"

#include <array>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::crypto {
namespace {

constexpr std::string_view kDidKey = "did:key:";

struct Multicodec {
    Algorithm algorithm;
    std::array<std::uint8_t, 2> prefix;  // the code as an unsigned varint
};

// Spec: MULTIFORMATS, ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
constexpr Multicodec kMulticodecs[] = {
    {Algorithm::kEd25519, {0xED, 0x01}},
    {Algorithm::kEs256, {0x80, 0x24}},
    {Algorithm::kEs384, {0x81, 0x24}},
};

}  // namespace

std::string to_multikey(const PublicKey& key) {
    const auto* codec = std::ranges::find(kMulticodecs, key.algorithm(), &Multicodec::algorithm);
    ENSURE(codec != std::end(kMulticodecs));
    Bytes bytes;
    append(bytes, codec->prefix);
    append(bytes, key.view());
    return codec::encode_multibase(codec::Multibase::kBase58Btc, bytes);
}

Result<PublicKey, KeyError> parse_multikey(std::string_view text) {
    const auto bytes = codec::decode_multibase(codec::Multibase::kBase58Btc, text);
    if (!bytes) return std::unexpected{KeyError::kNotMultibase};
    for (const Multicodec& codec : kMulticodecs) {
        if (bytes->size() >= 2 && std::ranges::equal(ByteView{*bytes}.first(2), codec.prefix)) {
            return PublicKey::parse(codec.algorithm, ByteView{*bytes}.subspan(2));
        }
    }
    return std::unexpected{KeyError::kUnknownMulticodec};
}

KeyId key_id(const PublicKey& key) { return KeyId{sha256(as_bytes(to_multikey(key))).array()}; }

std::string to_did_key(const PublicKey& key) { return std::string{kDidKey} + to_multikey(key); }

std::string to_did_key_method(const PublicKey& key) {
    const std::string multikey = to_multikey(key);
    return std::string{kDidKey} + multikey + '#' + multikey;
}

Result<PublicKey, KeyError> parse_did_key(std::string_view text) {
    if (!text.starts_with(kDidKey)) return std::unexpected{KeyError::kNotDidKey};
    text.remove_prefix(kDidKey.size());
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        if (text.substr(0, hash) != text.substr(hash + 1)) {
            return std::unexpected{KeyError::kFragmentDiffers};
        }
        text = text.substr(0, hash);
    }
    return parse_multikey(text);
}

}  // namespace tasdiq::crypto
