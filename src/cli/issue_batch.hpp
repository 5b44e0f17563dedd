#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/node_client.hpp"
#include "cli/parties.hpp"
#include "intake/graduates.hpp"
#include "keys/signing_key.hpp"
#include "wire/evidence.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// Who signs the status lists of an institution that has ended: its custodian.
struct CustodianKey {
    wire::MemberId member;
    wire::Ordinal ordinal;
    const keys::SigningKey* key;
};

/// What a batch is made from.
struct BatchInput {
    const Parties* parties;
    std::vector<intake::Graduate> graduates;
    std::vector<SignerKey> signers;  // keys of the parties' that will sign
    wire::Ordinal assertion_ordinal;
    const keys::SigningKey* assertion_key;
    Instant created;
    std::int64_t valid_s;  // from `created` until the envelopes expire
    // Empty, or one for each graduate: the seat that it is awarded on.
    std::vector<wire::Seat> seats = {};
    // Whether certificates name status lists, which others look up.
    bool has_status_lists = true;
    std::optional<CustodianKey> list_key = std::nullopt;  // nothing: the assertion key

    [[nodiscard]] const Profile& profile() const { return parties->own; }
};

/// Counts of a prepared batch.
struct BatchSummary {
    std::size_t certificate_count = 0;
    std::size_t issue_count = 0;
};

/// Makes the folder of a batch: one issue for each programme, date and capture, at most 16,384
/// certificates each; credentials signed with the institution's assertion key; envelopes to be
/// signed by officers. Format: docs/formats/batch.md. The folder is its owner's alone: it holds
/// personal data and the certificates' secrets. It must not be there yet.
[[nodiscard]] Result<BatchSummary, std::string> prepare_batch(const std::string& folder,
                                                              BatchInput input);

/// An issue that the ledger does not take.
struct RefusedIssue {
    std::size_t number;  // in the batch, from 1
    std::string reason;
    std::vector<std::string> serials = {};
};

struct SubmitSummary {
    std::size_t certificate_count = 0;
    std::size_t repeated_issues = 0;  // recorded by an earlier run
    wire::LogIndex last;
    std::vector<RefusedIssue> refused;
    std::optional<Instant> waits_until;  // of certificates with status lists: their lists change
};

/// Sends every issue, waits for it to be final, fetches the evidence and writes `evidence.json`
/// beside each credential, and `recorded.csv`. Killed at any point and run again, it goes on: the
/// ledger answers a repeated issue with its first place. An issue that is refused is told of and
/// goes to `refused.csv`; the others do not wait for it.
[[nodiscard]] Result<SubmitSummary, NodeFault> submit_batch(const std::string& folder,
                                                            NodeClient& node);

}  // namespace tasdiq::cli
