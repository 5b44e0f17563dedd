#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/key_access.hpp"
#include "cli/node_client.hpp"
#include "cli/requests.hpp"
#include "cli/to_sign.hpp"
#include "keys/signing_key.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

// A draft holds an encoded payload, which every signer signs, and the signers' keys:
// docs/formats/requests.md. Signatures lie beside it, each in a file of its own, so that signers
// need not be on one machine.

/// `2:0,2:1` as signers, in order; nothing if it is not that.
[[nodiscard]] std::optional<std::vector<wire::Signer>> parse_signers(std::string_view text);

/// What is to be signed. The error says which field is outside the formats' limits.
[[nodiscard]] Result<Bytes, std::string> make_draft(const wire::ChainId& chain,
                                                    std::vector<wire::Signer> signers,
                                                    const Request& request, Instant now,
                                                    std::int64_t valid_s);
/// A draft that was read.
struct Draft {
    Bytes payload;
    wire::Payload decoded;
    std::vector<SignerKey>
        keys;  // of all signers, in their order; none: it was made without a node

    /// Whether `key` is a signer's, as far as they are known.
    [[nodiscard]] bool is_signers(const crypto::PublicKey& key) const;
};
/// The file; `keys` are those of the payload's signers in their order, or none.
[[nodiscard]] Bytes encode_draft(ByteView payload, const std::vector<SignerKey>& keys);
/// Reads a bare payload, too: what drafts were before they had keys. The error says what it is not.
[[nodiscard]] Result<Draft, std::string> read_draft(const std::string& path);

/// One signature over a draft, as a file holds it.
[[nodiscard]] Bytes encode_signature(const wire::EnvelopeSignature& signature,
                                     const wire::TransactionId& transaction);
/// The error: it is none, or for another draft.
[[nodiscard]] Result<wire::EnvelopeSignature, std::string> read_signature(
    const std::string& path, const wire::TransactionId& transaction);
/// `<draft>.<key id>.sig`
[[nodiscard]] std::string signature_path(const std::string& draft, const crypto::KeyId& key);
/// All files of this kind beside the draft, in order.
[[nodiscard]] std::vector<std::string> signature_paths(const std::string& draft);

/// A key of a member, as its node says.
struct MemberKey {
    wire::Signer signer;
    crypto::PublicKey key;
};
[[nodiscard]] Result<std::vector<MemberKey>, NodeFault> fetch_keys(NodeClient& node,
                                                                   wire::MemberId member);
/// The keys of `signers`, in their order. The fault names the first that does not exist.
[[nodiscard]] Result<std::vector<MemberKey>, NodeFault> fetch_signer_keys(
    NodeClient& node, const std::vector<wire::Signer>& signers);
[[nodiscard]] Result<wire::ChainId, NodeFault> fetch_chain(NodeClient& node);

/// Puts the signatures over `payload` in the order of the signers, whose keys the node knows,
/// verifies them and sends the transaction. The fault says who has not signed.
[[nodiscard]] Result<RecordedAt, NodeFault> submit_draft(
    NodeClient& node, const Bytes& payload, const std::vector<wire::EnvelopeSignature>& signatures);

// ------------------------------------------------------------------ commands
/// Options of every command that proposes something.
inline constexpr std::array kProposalOptions{
    Option{"signers", "M:K,M:K", "who signs: members and the numbers of their keys"},
    Option{"out", "FILE", "write a draft that others sign"},
    Option{"sign", "KEYFILE", "sign here and send; may stand several times"},
    Option{"yes", "", "with --sign: neither show it nor ask"},
    Option{"lang", "ar|fr|en", "language of what is shown"},
    Option{"node", "URL", "the ledger node"},
    Option{"chain", "HEX", "the ledger's id, where no node is asked"},
    Option{"days", "N", "days until the draft expires (default 14, at most 90)"},
    kPasswordFileOption,
};
/// A command's own options, and these.
template <std::size_t N>
[[nodiscard]] consteval auto with_proposal(const Option (&own)[N]) {
    std::array<Option, N + kProposalOptions.size()> all{};
    std::ranges::copy(own, all.begin());
    std::ranges::copy(kProposalOptions, all.begin() + N);
    return all;
}

/// Sends what all have signed, and prints what came of it and what is called by a number now.
int send_draft(NodeClient& node, const Bytes& payload,
               const std::vector<wire::EnvelopeSignature>& signatures);

/// Writes a draft (`--out`), or shows it, asks, signs (`--sign`) and sends it (`--node`); prints
/// what came of it.
int propose(const Arguments& arguments, const Request& request);

}  // namespace tasdiq::cli
