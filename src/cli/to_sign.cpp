#include "cli/to_sign.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "cli/ledger_name.hpp"
#include "cli/signing.hpp"
#include "codec/cbor.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint64_t kVersion = 3;
constexpr std::uint64_t kVersionOfOneName = 2;
constexpr std::size_t kFileSizeMax = 64U << 20;
constexpr std::size_t kSignatureFileSizeMax = 1U << 20;

Result<Ok, codec::CborError> decode_texts(codec::CborReader& reader, wire::Name& name) {
    for (std::string* text : {&name.ar, &name.en, &name.fr}) {
        TRY(const std::string_view read, reader.text());
        *text = read;
    }
    return Ok{};
}

Result<std::vector<PartyName>, codec::CborError> decode_names(codec::CborReader& reader,
                                                              std::uint64_t version) {
    std::vector<PartyName> names;
    if (version == kVersionOfOneName) {
        TRY(reader.array_of(3));
        // Whose it is, the first issue says.
        TRY(decode_texts(reader, names.emplace_back().second));
        return names;
    }
    TRY(const std::size_t count, reader.array());
    for (std::size_t i = 0; i < count; ++i) {
        PartyName& name = names.emplace_back();
        TRY(reader.array_of(4));
        TRY(const std::uint64_t member, reader.uint());
        name.first = {static_cast<std::uint32_t>(member)};
        TRY(decode_texts(reader, name.second));
    }
    return names;
}

Result<ToSign, codec::CborError> decode_to_sign(ByteView bytes, std::string& fault) {
    codec::CborReader reader{bytes};
    ToSign to_sign;
    TRY(reader.array_of(4));
    TRY(const std::uint64_t version, reader.uint());
    if (version != kVersion && version != kVersionOfOneName) {
        fault = "is of another version; prepare the batch again";
    }
    TRY(to_sign.names, decode_names(reader, version));
    TRY(const std::size_t signers, reader.array());
    for (std::size_t i = 0; i < signers; ++i) {
        TRY(reader.array_of(3));
        TRY(const std::uint64_t member, reader.uint());
        TRY(const std::uint64_t ordinal, reader.uint());
        TRY(const std::string_view multikey, reader.text());
        to_sign.signers.push_back(
            {{{static_cast<std::uint32_t>(member)}, {static_cast<std::uint16_t>(ordinal)}},
             std::string{multikey}});
    }
    TRY(const std::size_t issues, reader.array());
    for (std::size_t i = 0; i < issues; ++i) {
        TRY(reader.array_of(2));
        TRY(const ByteView payload, reader.bytes());
        TRY(const ByteView list, reader.bytes());
        to_sign.issues.push_back({to_bytes(payload), to_bytes(list), {}, {}});
    }
    TRY(reader.finish());
    return to_sign;
}

/// Whether the list is the one that the payload would sign; why not.
std::string open_issue(IssueToSign& issue) {
    auto payload = wire::decode_payload(issue.payload);
    if (!payload || !std::holds_alternative<wire::Issue>(payload->body)) return "is malformed";
    if (const std::string fault = chain_fault(payload->chain); !fault.empty()) return fault;
    issue.decoded = *std::move(payload);
    auto items = wire::decode_list(issue.list);
    if (!items) return "has a malformed list";
    issue.items = *std::move(items);
    if (issue.items.size() != issue.issue().count ||
        wire::list_root(issue.items) != issue.issue().root) {
        return "has another list than the one that would be signed";
    }
    return {};
}

}  // namespace

Bytes encode_to_sign(const std::vector<PartyName>& names, const std::vector<SignerKey>& signers,
                     const std::vector<Bytes>& payloads, const std::vector<Bytes>& lists) {
    ENSURE(payloads.size() == lists.size());
    Bytes bytes;
    codec::CborWriter writer{bytes};
    writer.array(4).uint(kVersion);
    writer.array(names.size());
    for (const auto& [member, name] : names) {
        writer.array(4).uint(member.value).text(name.ar).text(name.en).text(name.fr);
    }
    writer.array(signers.size());
    for (const auto& [signer, multikey] : signers) {
        writer.array(3).uint(signer.member.value).uint(signer.ordinal.value).text(multikey);
    }
    writer.array(payloads.size());
    for (std::size_t i = 0; i < payloads.size(); ++i) {
        writer.array(2).bytes(payloads[i]).bytes(lists[i]);
    }
    return bytes;
}

Result<ToSign, std::string> read_to_sign(const std::string& path) {
    TRY(const Bytes content, read_file(path, kFileSizeMax));
    std::string fault;
    auto decoded = decode_to_sign(content, fault);
    if (!fault.empty()) return std::unexpected{path + ": " + fault};
    if (!decoded) return std::unexpected{path + ": is not a file to sign"};
    for (std::size_t i = 0; i < decoded->issues.size(); ++i) {
        const std::string wrong = open_issue(decoded->issues[i]);
        if (!wrong.empty()) {
            return std::unexpected{path + ": issue " + std::to_string(i + 1) + " " + wrong};
        }
    }
    for (auto& [member, name] : decoded->names) {
        if (member.value != 0 || decoded->issues.empty()) continue;
        member = decoded->issues.front().issue().terms.awarding.front().institution;
    }
    return *std::move(decoded);
}

Result<std::pair<wire::Signer, Bytes>, std::string> sign_batch(const ToSign& to_sign,
                                                               const keys::SigningKey& key) {
    const std::string multikey = crypto::to_multikey(key.public_key());
    const auto found = std::ranges::find(to_sign.signers, multikey, &SignerKey::second);
    if (found == to_sign.signers.end()) {
        return std::unexpected{std::string{"this key is none of those that must sign"}};
    }
    Bytes content;
    codec::CborWriter writer{content};
    writer.array(to_sign.issues.size());
    for (const IssueToSign& issue : to_sign.issues) {
        writer.bytes(sign_payload(issue.payload, key).signature);
    }
    return std::pair{found->first, std::move(content)};
}

std::string signatures_name(const wire::Signer& signer) {
    return "signatures-" + std::to_string(signer.member.value) + "-" +
           std::to_string(signer.ordinal.value) + ".cbor";
}

Result<std::vector<Bytes>, std::string> read_signatures(const std::string& path,
                                                        std::size_t expected) {
    TRY(const Bytes content, read_file(path, kSignatureFileSizeMax));
    codec::CborReader reader{content};
    std::vector<Bytes> signatures;
    const auto count = reader.array();
    if (!count || *count != expected) return std::unexpected{path + ": is for another batch"};
    for (std::size_t i = 0; i < expected; ++i) {
        const auto signature = reader.bytes_of(64);
        if (!signature) return std::unexpected{path + ": is malformed"};
        signatures.push_back(to_bytes(*signature));
    }
    return signatures;
}

}  // namespace tasdiq::cli
