#pragma once

#include "cli/batch_check.hpp"
#include "cli/node_client.hpp"
#include "cli/to_sign.hpp"

// What a refused batch is about: the ledger counts places, people know serials and keys.
namespace tasdiq::cli {

/// What is at fault in an issue that a rule refused, by the place that the ledger names:
/// `certificate A-17`, `key 0 of member 6`, `member 14`; empty if there is none.
[[nodiscard]] std::string place_of(const BrokenRule& rule, const IssueToSign& issue,
                                   const IssueSecrets& secrets);

/// The fault of an issue that was sent, with what it is about, and since when its institution or a
/// signer has ended. `secrets` are the issue's.
[[nodiscard]] NodeFault explain_refusal(NodeFault fault, const IssueToSign& issue,
                                        const IssueSecrets& secrets, NodeClient& node);
/// The fault of publishing an institution's status lists, with since when it has ended.
[[nodiscard]] NodeFault explain_lists(NodeFault fault, wire::MemberId owner, NodeClient& node);

}  // namespace tasdiq::cli
