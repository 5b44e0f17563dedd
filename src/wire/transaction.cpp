#include "wire/transaction.hpp"

#include "codec/cose.hpp"
#include "crypto/domains.hpp"
#include "crypto/hash.hpp"
#include "wire/body_fields.hpp"

namespace tasdiq::wire {
namespace fields {
namespace {

constexpr std::int64_t kPayloadVersion = 1;
constexpr std::size_t kPayloadCount = 6;
constexpr std::size_t kSignatureSize = 64;

template <class C>
Step walk_head(C& c, typename C::template Ref<Payload> payload) {
    std::size_t count = kPayloadCount;
    TRY(c.open("payload", count));
    TRY(c.check(count > 0, WireError::kShape, "payload"));
    TRY(c.constant("version", kPayloadVersion, WireError::kVersion));
    TRY(c.check(count == kPayloadCount, WireError::kShape, "payload"));
    TRY(c.fixed("chain-id", payload.chain));
    TRY(c.fixed("nonce", payload.nonce));
    TRY(walk_instant<C>(c, "expires", payload.expires));
    return walk_signers<C>(c, payload.signers, 1);
}

WireFault to_fault(codec::CoseError error) {
    switch (error) {
        case codec::CoseError::kNotDeterministicCbor: return {WireError::kNotCanonical, "envelope"};
        case codec::CoseError::kNotTagged:
        case codec::CoseError::kShape:
        case codec::CoseError::kBodyHeaders: return {WireError::kShape, "envelope"};
        case codec::CoseError::kSignatureCount: return {WireError::kOutOfRange, "signatures"};
        case codec::CoseError::kSignatureHeaders: return {WireError::kShape, "cose-signature"};
    }
    ENSURE(false);
}

Result<EnvelopeSignature, WireFault> to_signature(codec::CoseSignature& cose) {
    const auto algorithm = crypto::algorithm_from_cose(cose.algorithm);
    if (!algorithm || *algorithm == crypto::Algorithm::kEs384) {
        return std::unexpected{WireFault{WireError::kAlgorithm, "algorithm"}};
    }
    if (cose.signature.size() != kSignatureSize) {
        return std::unexpected{WireFault{WireError::kAlgorithm, "signature"}};
    }
    return EnvelopeSignature{*algorithm, *crypto::KeyId::from(cose.kid), std::move(cose.signature)};
}

using ReadBody = Step (*)(Reader& reader, Body& body);

Result<Payload, WireFault> decode_payload(ByteView bytes, ReadBody read_body) {
    Reader reader{bytes};
    Payload payload{};
    TRY(walk_head<Reader>(reader, payload));
    TRY(read_body(reader, payload.body));
    TRY(reader.finish("payload"));
    return payload;
}

Result<Envelope, WireFault> decode_envelope(ByteView bytes, ReadBody read_body) {
    if (bytes.size() > kEnvelopeSizeMax) {
        return std::unexpected{WireFault{WireError::kTooLarge, "envelope"}};
    }
    auto message = codec::decode_cose_sign(bytes);
    if (!message) return std::unexpected{to_fault(message.error())};
    for (const codec::CoseSignature& one : message->signatures) {
        if (one.kid.size() != crypto::KeyId::kSize) {
            return std::unexpected{WireFault{WireError::kShape, "kid"}};
        }
    }
    TRY(Payload payload, decode_payload(message->payload, read_body));
    Envelope envelope{std::move(message->payload), std::move(payload), {}};
    for (codec::CoseSignature& one : message->signatures) {
        TRY(EnvelopeSignature signature, to_signature(one));
        envelope.signatures.push_back(std::move(signature));
    }
    if (envelope.signatures.size() != envelope.payload.signers.size()) {
        return std::unexpected{WireFault{WireError::kMismatch, "signatures"}};
    }
    return envelope;
}

}  // namespace
}  // namespace fields

Bytes encode(const Payload& payload) {
    fields::Writer writer;
    ENSURE(fields::walk_head<fields::Writer>(writer, payload));
    ENSURE(fields::write_body(writer, payload.body));
    return writer.take();
}

Result<Payload, WireFault> decode_payload(ByteView bytes) {
    return fields::decode_payload(bytes, fields::read_body);
}

TransactionId transaction_id(ByteView payload) {
    return TransactionId{crypto::sha256(payload).array()};
}

Bytes signing_input(ByteView payload, crypto::Algorithm algorithm, const crypto::KeyId& key) {
    return codec::signing_input(payload, std::to_underlying(algorithm), key.view(),
                                as_bytes(crypto::kTransactionDomain));
}

Bytes encode_envelope(ByteView payload, std::span<const EnvelopeSignature> signatures) {
    const auto checked = decode_payload(payload);
    ENSURE(checked && checked->signers.size() == signatures.size());
    codec::CoseSign message{to_bytes(payload), {}};
    for (const EnvelopeSignature& one : signatures) {
        ENSURE(one.algorithm != crypto::Algorithm::kEs384);
        ENSURE(one.signature.size() == fields::kSignatureSize);
        message.signatures.push_back(
            {std::to_underlying(one.algorithm), to_bytes(one.key.view()), one.signature});
    }
    return codec::encode_cose_sign(message);
}

Result<Envelope, WireFault> decode_envelope(ByteView bytes) {
    return fields::decode_envelope(bytes, fields::read_body);
}

Result<Envelope, WireFault> decode_issue_envelope(ByteView bytes) {
    return fields::decode_envelope(bytes, fields::read_issue);
}

}  // namespace tasdiq::wire
