#include "credential/sd_value.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/cbor.hpp"

namespace tasdiq::credential {
namespace {

using codec::CborReader;
using codec::CborWriter;

constexpr std::array<std::uint8_t, 3> kBaseHeader{0xD9, 0x5D, 0x00};
constexpr std::array<std::uint8_t, 3> kDerivedHeader{0xD9, 0x5D, 0x01};
constexpr std::array<std::uint8_t, 2> kP256Codec{0x80, 0x24};
constexpr std::size_t kComponents = 5;
constexpr std::uint64_t kNumberMax = std::numeric_limits<std::uint32_t>::max() - 1;

bool starts_with(ByteView bytes, ByteView start) {
    return bytes.size() >= start.size() && std::ranges::equal(bytes.first(start.size()), start);
}

/// What the readers of parts give: nothing where the part is not as it has to be.
template <class T>
using Part = std::optional<T>;

Part<Es256Signature> read_signature(CborReader& reader) {
    const auto bytes = reader.bytes_of(Es256Signature::kSize);
    return bytes ? Es256Signature::from(*bytes) : std::nullopt;
}

/// The specification counts 36 bytes; codec and point are 35, as its own vectors have them.
Part<crypto::P256PublicKey> read_key(CborReader& reader) {
    const auto bytes = reader.bytes_of(kP256Codec.size() + crypto::P256PublicKey::kSize);
    if (!bytes || !starts_with(*bytes, kP256Codec)) return std::nullopt;
    auto key = crypto::P256PublicKey::parse(bytes->subspan(kP256Codec.size()));
    return key ? Part<crypto::P256PublicKey>{*std::move(key)} : std::nullopt;
}

/// An array whose elements `read` gives.
template <class T, class Read>
Part<std::vector<T>> read_list(CborReader& reader, std::size_t count_max, const Read& read) {
    const auto count = reader.array();
    if (!count || *count > count_max) return std::nullopt;
    std::vector<T> list;
    list.reserve(*count);
    for (std::size_t i = 0; i < *count; ++i) {
        auto one = read(reader);
        if (!one) return std::nullopt;
        list.push_back(*std::move(one));
    }
    return list;
}

Part<std::vector<Es256Signature>> read_signatures(CborReader& reader) {
    return read_list<Es256Signature>(reader, kStatementsMax, read_signature);
}

Part<std::string> read_pointer(CborReader& reader) {
    const auto text = reader.text();
    if (!text || text->size() > kPointerSizeMax) return std::nullopt;
    return std::string{*text};
}

Part<std::uint32_t> read_number(CborReader& reader) {
    const auto number = reader.uint();
    if (!number || *number > kNumberMax) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

Part<std::map<std::uint32_t, BlankLabel>> read_labels(CborReader& reader) {
    const auto count = reader.map();
    if (!count || *count > 2 * kStatementsMax) return std::nullopt;  // two to a statement
    std::map<std::uint32_t, BlankLabel> labels;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto number = read_number(reader);
        if (!number) return std::nullopt;
        const auto label = reader.bytes_of(BlankLabel::kSize);
        if (!label || !labels.emplace(*number, *BlankLabel::from(*label)).second) {
            return std::nullopt;
        }
    }
    return labels;
}

Bytes start_of(ByteView header) { return to_bytes(header); }

void write_signatures(CborWriter& writer, const std::vector<Es256Signature>& signatures) {
    writer.array(signatures.size());
    for (const Es256Signature& signature : signatures) writer.bytes(signature.view());
}

std::optional<Bytes> decode(std::string_view text) {
    return codec::decode_multibase(codec::Multibase::kBase64Url, text);
}

std::string encode(ByteView bytes) {
    return codec::encode_multibase(codec::Multibase::kBase64Url, bytes);
}

constexpr std::unexpected kMalformed{ProofError::kProofValue};

}  // namespace

Bytes multikey_bytes(const crypto::P256PublicKey& key) {
    Bytes bytes = to_bytes(kP256Codec);
    append(bytes, key.view());
    return bytes;
}

std::string encode_base_value(const BaseProofValue& value) {
    Bytes bytes = start_of(kBaseHeader);
    CborWriter writer{bytes};
    writer.array(kComponents).bytes(value.base_signature.view());
    writer.bytes(multikey_bytes(value.public_key)).bytes(value.hmac_key);
    write_signatures(writer, value.signatures);
    writer.array(value.mandatory_pointers.size());
    for (const std::string& pointer : value.mandatory_pointers) writer.text(pointer);
    return encode(bytes);
}

std::string encode_derived_value(const DerivedProofValue& value) {
    Bytes bytes = start_of(kDerivedHeader);
    CborWriter writer{bytes};
    writer.array(kComponents).bytes(value.base_signature.view());
    writer.bytes(multikey_bytes(value.public_key));
    write_signatures(writer, value.signatures);
    writer.map(value.labels.size());
    for (const auto& [number, label] : value.labels) writer.uint(number).bytes(label.view());
    writer.array(value.mandatory_indexes.size());
    for (const std::uint32_t index : value.mandatory_indexes) writer.uint(index);
    return encode(bytes);
}

Result<BaseProofValue, ProofError> parse_base_value(std::string_view text) {
    const auto bytes = decode(text);
    if (!bytes || !starts_with(*bytes, kBaseHeader)) return kMalformed;
    CborReader reader{ByteView{*bytes}.subspan(kBaseHeader.size())};
    if (!reader.array_of(kComponents)) return kMalformed;
    const auto signature = read_signature(reader);
    if (!signature) return kMalformed;
    auto key = read_key(reader);
    if (!key) return kMalformed;
    std::array<std::uint8_t, 32> hmac_key{};
    const auto secret = reader.bytes_of(hmac_key.size());
    if (!secret) return kMalformed;
    std::ranges::copy(*secret, hmac_key.begin());
    auto signatures = read_signatures(reader);
    if (!signatures) return kMalformed;
    auto pointers = read_list<std::string>(reader, kPointersMax, read_pointer);
    if (!pointers || !reader.finish()) return kMalformed;
    return BaseProofValue{*signature, *std::move(key), hmac_key, *std::move(signatures),
                          *std::move(pointers)};
}

Result<DerivedProofValue, ProofError> parse_derived_value(std::string_view text) {
    const auto bytes = decode(text);
    if (!bytes) return kMalformed;
    if (starts_with(*bytes, kBaseHeader)) return std::unexpected{ProofError::kBaseProof};
    if (!starts_with(*bytes, kDerivedHeader)) return kMalformed;
    CborReader reader{ByteView{*bytes}.subspan(kDerivedHeader.size())};
    if (!reader.array_of(kComponents)) return kMalformed;
    const auto signature = read_signature(reader);
    if (!signature) return kMalformed;
    auto key = read_key(reader);
    if (!key) return kMalformed;
    auto signatures = read_signatures(reader);
    if (!signatures) return kMalformed;
    auto labels = read_labels(reader);
    if (!labels) return kMalformed;
    auto indexes = read_list<std::uint32_t>(reader, kStatementsMax, read_number);
    if (!indexes || !reader.finish()) return kMalformed;
    // What stands twice or in another order would be a second text of the same proof.
    if (std::ranges::adjacent_find(*indexes, std::greater_equal{}) != indexes->end()) {
        return kMalformed;
    }
    return DerivedProofValue{*signature, *std::move(key), *std::move(signatures),
                             *std::move(labels), *std::move(indexes)};
}

}  // namespace tasdiq::credential
