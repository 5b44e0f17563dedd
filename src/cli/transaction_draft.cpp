#include "cli/transaction_draft.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/signing.hpp"
#include "codec/cbor.hpp"
#include "crypto/multikey.hpp"
#include "crypto/signature.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kDraftVersion = 1;
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
    writer.array(6).uint(kDraftVersion).bytes(chain.view()).bytes(head.nonce.view());
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

Result<wire::Payload, std::string> read_draft(const std::string& path, Bytes& bytes) {
    TRY(bytes, read_file(path, wire::kEnvelopeSizeMax));
    auto payload = wire::decode_payload(bytes);
    if (!payload) return std::unexpected{path + ": is no draft (" + text_of(payload.error()) + ")"};
    return *std::move(payload);
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

Result<RecordedAt, NodeFault> submit_draft(NodeClient& node, const Bytes& draft,
                                           const std::vector<wire::EnvelopeSignature>& signatures) {
    const auto payload = wire::decode_payload(draft);
    ENSURE(payload);
    if (std::holds_alternative<wire::Issue>(payload->body)) {
        return refused("certificates are issued with tasdiq issue submit");
    }
    std::vector<wire::EnvelopeSignature> ordered;
    std::vector<MemberKey> keys;
    for (const wire::Signer& signer : payload->signers) {
        if (keys.empty() || keys.front().signer.member != signer.member) {
            TRY(keys, fetch_keys(node, signer.member));
        }
        const auto key = std::ranges::find(keys, signer, &MemberKey::signer);
        if (key == keys.end()) return refused("there is no " + name_of(signer));
        const auto signature =
            std::ranges::find(signatures, crypto::key_id(key->key), &wire::EnvelopeSignature::key);
        if (signature == signatures.end()) return refused(name_of(signer) + " has not signed yet");
        const Bytes input = wire::signing_input(draft, signature->algorithm, signature->key);
        if (signature->algorithm != key->key.algorithm() ||
            !crypto::verify(key->key, input, signature->signature)) {
            return refused("the signature of " + name_of(signer) + " does not hold");
        }
        ordered.push_back(*signature);
    }
    const Bytes envelope = wire::encode_envelope(draft, ordered);
    if (envelope.size() > wire::kEnvelopeSizeMax) return refused("the transaction is too large");
    return node.submit(wire::encode(wire::Submission{envelope, std::nullopt}));
}

}  // namespace tasdiq::cli
