#include "codec/cose.hpp"

#include "base/ensure.hpp"
#include "codec/cbor.hpp"

namespace tasdiq::codec {
namespace {

// RFC 9052 §3.1, table 3.
constexpr std::int64_t kHeaderAlgorithm = 1;
constexpr std::int64_t kHeaderKid = 4;

constexpr std::uint8_t kTagSign1 = 0xD2;  // tag 18, RFC 9052 §2

Bytes protected_header(std::int64_t algorithm, ByteView kid) {
    CborWriter writer;
    writer.map(2);
    writer.integer(kHeaderAlgorithm).integer(algorithm);
    writer.integer(kHeaderKid).bytes(kid);
    return writer.take();
}

struct Header {
    std::int64_t algorithm;
    Bytes kid;
};

Result<Header, CborError> parse_protected(ByteView bytes) {
    CborReader reader{bytes};
    TRY(reader.map_of(2));
    Header header;
    TRY(const std::int64_t first, reader.integer());
    TRY(header.algorithm, reader.integer());
    TRY(const std::int64_t second, reader.integer());
    TRY(const ByteView kid, reader.bytes());
    TRY(reader.finish());
    // Of two keys these are in order, and no others will do.
    if (first != kHeaderAlgorithm || second != kHeaderKid) {
        return std::unexpected{CborError::kWrongType};
    }
    header.kid = to_bytes(kid);
    return header;
}

/// Reads `protected` and `unprotected` of one signature.
Result<Header, CoseError> read_header(CborReader& reader) {
    const auto protected_bytes = reader.bytes();
    if (!protected_bytes) return std::unexpected{CoseError::kShape};
    const auto unprotected = reader.map();
    if (!unprotected) return std::unexpected{CoseError::kShape};
    auto header = parse_protected(*protected_bytes);
    if (!header || *unprotected != 0) return std::unexpected{CoseError::kSignatureHeaders};
    return *std::move(header);
}

Result<Bytes, CoseError> read_bytes(CborReader& reader) {
    const auto bytes = reader.bytes();
    if (!bytes) return std::unexpected{CoseError::kShape};
    return to_bytes(*bytes);
}

Result<CoseSignature, CoseError> read_signature(CborReader& reader) {
    if (!reader.array_of(3)) return std::unexpected{CoseError::kShape};
    TRY(Header header, read_header(reader));
    TRY(Bytes signature, read_bytes(reader));
    return CoseSignature{header.algorithm, std::move(header.kid), std::move(signature)};
}

}  // namespace

std::string_view to_string(CoseError error) {
    switch (error) {
        case CoseError::kNotDeterministicCbor: return "the message is not deterministic CBOR";
        case CoseError::kNotTagged: return "the message lacks its COSE tag";
        case CoseError::kShape: return "the message has not the parts of a COSE message";
        case CoseError::kBodyHeaders: return "the message has header parameters of its own";
        case CoseError::kSignatureCount: return "the message has no signature or too many";
        case CoseError::kSignatureHeaders:
            return "a signature's header is not exactly algorithm and key id";
    }
    ENSURE(false);
}

Bytes encode_cose_sign(const CoseSign& message) {
    ENSURE(!message.signatures.empty() && message.signatures.size() <= kCoseSignaturesMax);
    CborWriter writer;
    writer.array(4).bytes({}).map(0).bytes(message.payload).array(message.signatures.size());
    for (const CoseSignature& signature : message.signatures) {
        writer.array(3).bytes(protected_header(signature.algorithm, signature.kid)).map(0);
        writer.bytes(signature.signature);
    }
    return writer.take();
}

Result<CoseSign, CoseError> decode_cose_sign(ByteView bytes) {
    if (!check_cbor(bytes)) return std::unexpected{CoseError::kNotDeterministicCbor};
    CborReader reader{bytes};
    if (!reader.array_of(4)) return std::unexpected{CoseError::kShape};
    const auto protected_bytes = reader.bytes();
    if (!protected_bytes) return std::unexpected{CoseError::kShape};
    const auto unprotected = reader.map();
    if (!unprotected) return std::unexpected{CoseError::kShape};
    if (!protected_bytes->empty() || *unprotected != 0) {
        return std::unexpected{CoseError::kBodyHeaders};
    }

    CoseSign message;
    TRY(message.payload, read_bytes(reader));
    const auto count = reader.array();
    if (!count) return std::unexpected{CoseError::kShape};
    if (*count == 0 || *count > kCoseSignaturesMax) {
        return std::unexpected{CoseError::kSignatureCount};
    }
    message.signatures.reserve(*count);
    for (std::size_t i = 0; i < *count; ++i) {
        TRY(CoseSignature signature, read_signature(reader));
        message.signatures.push_back(std::move(signature));
    }
    return message;
}

Bytes encode_cose_sign1(const CoseSign1& message, CoseTag tag) {
    Bytes out;
    if (tag == CoseTag::kTagged) out.push_back(kTagSign1);
    CborWriter writer{out};
    writer.array(4).bytes(protected_header(message.algorithm, message.kid)).map(0);
    writer.bytes(message.payload).bytes(message.signature);
    return out;
}

Result<CoseSign1, CoseError> decode_cose_sign1(ByteView bytes, CoseTag tag) {
    if (tag == CoseTag::kTagged) {
        if (bytes.empty() || bytes[0] != kTagSign1) return std::unexpected{CoseError::kNotTagged};
        bytes = bytes.subspan(1);
    }
    if (!check_cbor(bytes)) return std::unexpected{CoseError::kNotDeterministicCbor};
    CborReader reader{bytes};
    if (!reader.array_of(4)) return std::unexpected{CoseError::kShape};
    TRY(Header header, read_header(reader));
    CoseSign1 message{header.algorithm, std::move(header.kid), {}, {}};
    TRY(message.payload, read_bytes(reader));
    TRY(message.signature, read_bytes(reader));
    return message;
}

Bytes signing_input(ByteView payload, std::int64_t algorithm, ByteView kid, ByteView external_aad) {
    CborWriter writer;
    writer.array(5).text("Signature").bytes({}).bytes(protected_header(algorithm, kid));
    writer.bytes(external_aad).bytes(payload);
    return writer.take();
}

Bytes sign1_signing_input(ByteView payload, std::int64_t algorithm, ByteView kid,
                          ByteView external_aad) {
    CborWriter writer;
    writer.array(4).text("Signature1").bytes(protected_header(algorithm, kid));
    writer.bytes(external_aad).bytes(payload);
    return writer.take();
}

}  // namespace tasdiq::codec
