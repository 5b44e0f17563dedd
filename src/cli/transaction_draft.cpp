#include "cli/transaction_draft.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/ledger_name.hpp"
#include "cli/signing.hpp"
#include "codec/cbor.hpp"
#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kPayloadVersion = 1;
constexpr std::uint64_t kDraftFileVersion = 2;
constexpr std::size_t kDraftFileSizeMax = wire::kEnvelopeSizeMax + 4'096;
constexpr std::size_t kSignatureFileMax = 1'024;

std::string text_of(const wire::WireFault& fault) {
    return std::string{fault.field} + ": " + std::string{wire::to_string(fault.error)};
}

std::unexpected<NodeFault> refused(std::string message) {
    return std::unexpected{NodeFault{kExitRefused, std::move(message)}};
}

Result<wire::EnvelopeSignature, codec::CborError> decode_signature(ByteView bytes,
                                                                   Bytes& transaction) {
    codec::CborReader reader{bytes};
    TRY(reader.array_of(5));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kVersion) return std::unexpected{codec::CborError::kIntegerRange};
    TRY(const ByteView of, reader.bytes());
    transaction = to_bytes(of);
    TRY(const std::int64_t number, reader.integer());
    const auto algorithm = crypto::algorithm_from_cose(number);
    if (!algorithm || *algorithm == crypto::Algorithm::kEs384) {
        return std::unexpected{codec::CborError::kIntegerRange};
    }
    TRY(const ByteView key, reader.bytes_of(crypto::KeyId::kSize));
    TRY(const ByteView signature, reader.bytes_of(64));
    TRY(reader.finish());
    return wire::EnvelopeSignature{*algorithm, *crypto::KeyId::from(key), to_bytes(signature)};
}

Result<Draft, codec::CborError> decode_draft(ByteView bytes) {
    codec::CborReader reader{bytes};
    Draft draft;
    TRY(reader.array_of(3));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kDraftFileVersion) return std::unexpected{codec::CborError::kIntegerRange};
    TRY(const ByteView payload, reader.bytes());
    draft.payload = to_bytes(payload);
    TRY(const std::size_t count, reader.array());
    for (std::size_t i = 0; i < count; ++i) {
        TRY(reader.array_of(3));
        TRY(const std::uint64_t member, reader.uint());
        TRY(const std::uint64_t ordinal, reader.uint());
        TRY(const std::string_view multikey, reader.text());
        draft.keys.push_back(
            {{{static_cast<std::uint32_t>(member)}, {static_cast<std::uint16_t>(ordinal)}},
             std::string{multikey}});
    }
    TRY(reader.finish());
    return draft;
}

std::string name_of(const wire::Signer& signer) {
    return "key " + std::to_string(signer.ordinal.value) + " of member " +
           std::to_string(signer.member.value);
}

}  // namespace

std::optional<std::vector<wire::Signer>> parse_signers(std::string_view text) {
    std::vector<wire::Signer> signers;
    for (;;) {
        const std::size_t comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        const std::size_t colon = one.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const auto member = parse_count(one.substr(0, colon), UINT32_MAX);
        const auto ordinal = parse_count(one.substr(colon + 1), UINT16_MAX);
        if (!member || !ordinal) return std::nullopt;
        signers.push_back(
            {{static_cast<std::uint32_t>(*member)}, {static_cast<std::uint16_t>(*ordinal)}});
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    std::ranges::sort(signers);
    return signers;
}

Result<Bytes, std::string> make_draft(const wire::ChainId& chain, std::vector<wire::Signer> signers,
                                      const Request& request, Instant now, std::int64_t valid_s) {
    // Any body will do to have a head; the one that was asked for is put in its place.
    const wire::Payload head =
        make_payload(chain, std::move(signers), wire::RetireKey{{1}, {0}}, now, valid_s);
    codec::CborWriter writer;
    writer.array(6).uint(kPayloadVersion).bytes(chain.view()).bytes(head.nonce.view());
    writer.integer(head.expires.seconds).array(head.signers.size());
    for (const wire::Signer& signer : head.signers) {
        writer.array(2).uint(signer.member.value).uint(signer.ordinal.value);
    }
    Bytes draft = writer.encoded(request.body).take();
    if (const auto checked = wire::decode_payload(draft); !checked) {
        return std::unexpected{text_of(checked.error())};
    }
    return draft;
}

bool Draft::is_signers(const crypto::PublicKey& key) const {
    return keys.empty() ||
           std::ranges::find(keys, crypto::to_multikey(key), &SignerKey::second) != keys.end();
}

Bytes encode_draft(ByteView payload, const std::vector<SignerKey>& keys) {
    codec::CborWriter writer;
    writer.array(3).uint(kDraftFileVersion).bytes(payload).array(keys.size());
    for (const auto& [signer, multikey] : keys) {
        writer.array(3).uint(signer.member.value).uint(signer.ordinal.value).text(multikey);
    }
    return writer.take();
}

Result<Draft, std::string> read_draft(const std::string& path) {
    TRY(const Bytes content, read_file(path, kDraftFileSizeMax));
    Draft draft;
    if (auto file = decode_draft(content)) {
        draft = *std::move(file);
    } else {
        draft.payload = content;
    }
    auto payload = wire::decode_payload(draft.payload);
    if (!payload) return std::unexpected{path + ": is no draft (" + text_of(payload.error()) + ")"};
    draft.decoded = *std::move(payload);
    if (!draft.keys.empty() &&
        !std::ranges::equal(draft.keys, draft.decoded.signers, {}, &SignerKey::first)) {
        return std::unexpected{path + ": has keys of others than those who sign"};
    }
    if (const std::string fault = chain_fault(draft.decoded.chain); !fault.empty()) {
        return std::unexpected{path + ": " + fault};
    }
    return draft;
}

Bytes encode_signature(const wire::EnvelopeSignature& signature,
                       const wire::TransactionId& transaction) {
    codec::CborWriter writer;
    writer.array(5).uint(kVersion).bytes(transaction.view());
    writer.integer(static_cast<std::int64_t>(signature.algorithm)).bytes(signature.key.view());
    return writer.bytes(signature.signature).take();
}

Result<wire::EnvelopeSignature, std::string> read_signature(
    const std::string& path, const wire::TransactionId& transaction) {
    TRY(const Bytes content, read_file(path, kSignatureFileMax));
    Bytes of;
    auto signature = decode_signature(content, of);
    if (!signature) return std::unexpected{path + ": is no signature"};
    if (!std::ranges::equal(of, transaction.view())) {
        return std::unexpected{path + ": is for another draft"};
    }
    return *std::move(signature);
}

std::string signature_path(const std::string& draft, const crypto::KeyId& key) {
    return draft + "." + to_hex(key.view().first(8)) + ".sig";
}

std::vector<std::string> signature_paths(const std::string& draft) {
    const std::filesystem::path path{draft};
    const std::string prefix = path.filename().string() + ".";
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    std::vector<std::string> found;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".sig")) {
            found.push_back(entry->path().string());
        }
    }
    std::ranges::sort(found);
    return found;
}

Result<std::vector<MemberKey>, NodeFault> fetch_keys(NodeClient& node, wire::MemberId member) {
    const std::string target = "/api/v1/members/" + std::to_string(member.value);
    TRY(const codec::Json json, node.get_json(target));
    std::vector<MemberKey> keys;
    const codec::Json* list = json.find("keys");
    if (list == nullptr || !list->is_array()) return keys;
    for (const codec::Json& one : list->as_array()) {
        const auto number = one.find_integer("ordinal");
        const std::string* text = one.find_string("key");
        if (!number || *number < 0 || *number > UINT16_MAX || text == nullptr) continue;
        if (auto key = crypto::parse_multikey(*text)) {
            keys.push_back({{member, {static_cast<std::uint16_t>(*number)}}, *std::move(key)});
        }
    }
    return keys;
}

Result<wire::ChainId, NodeFault> fetch_chain(NodeClient& node) {
    TRY(const codec::Json ledger, node.get_json("/api/v1/ledger"));
    const std::string* chain = ledger.find_string("chain");
    const auto bytes = chain != nullptr ? from_hex(*chain) : std::nullopt;
    const auto id = bytes ? wire::ChainId::from(*bytes) : std::nullopt;
    if (!id) return std::unexpected{NodeFault{kExitUnavailable, "the node names no ledger"}};
    return *id;
}

Result<std::vector<MemberKey>, NodeFault> fetch_signer_keys(
    NodeClient& node, const std::vector<wire::Signer>& signers) {
    std::vector<MemberKey> keys;
    std::vector<MemberKey> of_member;
    for (const wire::Signer& signer : signers) {
        if (of_member.empty() || of_member.front().signer.member != signer.member) {
            TRY(of_member, fetch_keys(node, signer.member));
        }
        const auto key = std::ranges::find(of_member, signer, &MemberKey::signer);
        if (key == of_member.end()) return refused("there is no " + name_of(signer));
        keys.push_back(*key);
    }
    return keys;
}

Result<RecordedAt, NodeFault> submit_draft(NodeClient& node, const Bytes& bytes,
                                           const std::vector<wire::EnvelopeSignature>& signatures) {
    const auto payload = wire::decode_payload(bytes);
    ENSURE(payload);
    if (std::holds_alternative<wire::Issue>(payload->body)) {
        return refused("certificates are issued with tasdiq issue submit");
    }
    std::vector<wire::EnvelopeSignature> ordered;
    TRY(const auto keys, fetch_signer_keys(node, payload->signers));
    for (const MemberKey& key : keys) {
        const auto signature =
            std::ranges::find(signatures, crypto::key_id(key.key), &wire::EnvelopeSignature::key);
        if (signature == signatures.end()) {
            return refused(name_of(key.signer) + " has not signed yet");
        }
        const Bytes input = wire::signing_input(bytes, signature->algorithm, signature->key);
        if (signature->algorithm != key.key.algorithm() ||
            !crypto::verify(key.key, input, signature->signature)) {
            return refused("the signature of " + name_of(key.signer) + " does not hold");
        }
        ordered.push_back(*signature);
    }
    const Bytes envelope = wire::encode_envelope(bytes, ordered);
    if (envelope.size() > wire::kEnvelopeSizeMax) return refused("the transaction is too large");
    return node.submit(wire::encode(wire::Submission{envelope, std::nullopt}));
}

}  // namespace tasdiq::cli
