#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/key_access.hpp"
#include "cli/node_client.hpp"
#include "cli/requests.hpp"
#include "keys/signing_key.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

// A draft is an encoded payload (docs/formats/transaction.md): what every signer signs. Signatures
// lie beside it, each in a file of its own, so that signers need not be on one machine.

/// `2:0,2:1` as signers, in order; nothing if it is not that.
[[nodiscard]] std::optional<std::vector<wire::Signer>> parse_signers(std::string_view text);

/// What is to be signed. The error says which field is outside the formats' limits.
[[nodiscard]] Result<Bytes, std::string> make_draft(const wire::ChainId& chain,
                                                    std::vector<wire::Signer> signers,
                                                    const Request& request, Instant now,
                                                    std::int64_t valid_s);
[[nodiscard]] Result<wire::Payload, std::string> read_draft(const std::string& path, Bytes& bytes);

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
[[nodiscard]] Result<wire::ChainId, NodeFault> fetch_chain(NodeClient& node);

/// Puts the signatures in the order of the signers, whose keys the node knows, verifies them and
/// sends the transaction. The fault says who has not signed.
[[nodiscard]] Result<RecordedAt, NodeFault> submit_draft(
    NodeClient& node, const Bytes& draft, const std::vector<wire::EnvelopeSignature>& signatures);

// ------------------------------------------------------------------ commands
/// Options of every command that proposes something.
inline constexpr std::array kProposalOptions{
    Option{"signers", "M:K,M:K", "who signs: members and the numbers of their keys"},
    Option{"out", "FILE", "write a draft that others sign"},
    Option{"sign", "KEYFILE", "sign here and send; may stand several times"},
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

/// Writes a draft (`--out`), or signs (`--sign`) and sends it (`--node`); prints what came of it.
int propose(const Arguments& arguments, const Request& request);

}  // namespace tasdiq::cli
