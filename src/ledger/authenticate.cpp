#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"
#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

std::unexpected<Refusal> malformed(LedgerError error, const wire::WireFault& fault) {
    return std::unexpected{Refusal{error, fault, std::nullopt, std::nullopt}};
}

/// Errors: kAlgorithmMismatch, kKeyIdMismatch, kBadSignature; each for all signers before the next.
Outcome check_signatures(const wire::Envelope& envelope, std::span<const wire::KeyRecord> records) {
    ENSURE(records.size() == envelope.signatures.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (envelope.signatures[i].algorithm != records[i].algorithm) {
            return refuse_at(LedgerError::kAlgorithmMismatch, i);
        }
    }
    std::vector<crypto::PublicKey> keys;
    keys.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto key = crypto::PublicKey::parse(records[i].algorithm, records[i].public_key);
        ENSURE(key);  // it was parsed when it was registered
        if (crypto::key_id(*key) != envelope.signatures[i].key) {
            return refuse_at(LedgerError::kKeyIdMismatch, i);
        }
        keys.push_back(*std::move(key));
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const wire::EnvelopeSignature& signature = envelope.signatures[i];
        const Bytes input =
            wire::signing_input(envelope.payload_bytes, signature.algorithm, signature.key);
        if (!crypto::verify(keys[i], input, signature.signature)) {
            return refuse_at(LedgerError::kBadSignature, i);
        }
    }
    return Ok{};
}

/// Errors: kMalformedList, kListCount, kListRoot.
Result<std::vector<wire::Item>, Refusal> check_list(const wire::Issue& issue, ByteView list) {
    auto items = wire::decode_list(list);
    if (!items) return malformed(LedgerError::kMalformedList, items.error());
    if (items->size() != issue.count) return refuse(LedgerError::kListCount);
    if (wire::list_root(*items) != issue.root) return refuse(LedgerError::kListRoot);
    return *std::move(items);
}

}  // namespace

Result<AuthenticatedTransaction, Refusal> authenticate(const View& view, const BlockContext& block,
                                                       wire::Submission submission) {
    auto envelope = wire::decode_envelope(submission.envelope);
    if (!envelope) return malformed(LedgerError::kMalformedEnvelope, envelope.error());
    const auto* issue = std::get_if<wire::Issue>(&envelope->payload.body);
    if (issue && !submission.list) return refuse(LedgerError::kListMissing);
    if (!issue && submission.list) return refuse(LedgerError::kListUnexpected);

    AuthenticatedTransaction transaction;
    transaction.id_ = wire::transaction_id(envelope->payload_bytes);
    TRY(const auto keys, check_admission(view, block, envelope->payload, transaction.id_));
    TRY(check_signatures(*envelope, keys));
    if (issue) {
        // Not sooner: hashing 16,384 items is work that only known signers may ask for.
        TRY(transaction.items_, check_list(*issue, *submission.list));
    }
    transaction.envelope_bytes_ = std::move(submission.envelope);
    transaction.envelope_ = *std::move(envelope);
    return transaction;
}

Result<AuthenticatedTransaction, Refusal> authenticate(const View& view, const BlockContext& block,
                                                       ByteView submission) {
    auto decoded = wire::decode_submission(submission);
    if (!decoded) return malformed(LedgerError::kMalformedSubmission, decoded.error());
    return authenticate(view, block, *std::move(decoded));
}

}  // namespace tasdiq::ledger
