#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "net/client.hpp"
#include "wire/ids.hpp"

namespace tasdiq::cli {

/// The ledger's rule that refused something (docs/formats/ledger.md), and what is at fault.
struct BrokenRule {
    std::uint64_t code;
    std::optional<std::uint64_t> position;
};

/// Why a node gave no answer that can be used: a sentence, and the exit code that fits.
struct NodeFault {
    int exit_code;
    std::string message;
    std::optional<BrokenRule> rule = std::nullopt;
};

/// Where a node recorded a transaction.
struct RecordedAt {
    wire::LogIndex index;
    wire::LogIndex first_certificate;
    std::uint32_t certificate_count = 0;
    bool is_repeated = false;
};

/// What status lists say of a certificate.
struct ListedStatus {
    wire::LogIndex index;
    bool is_revoked = false;
    bool is_suspended = false;
};
struct ListedStatuses {
    std::vector<ListedStatus> set;       // of those of which lists say something
    std::optional<Instant> next_change;  // when they change by themselves
};

/// A node's API as this command uses it (docs/api.md). Nothing that a node says is believed
/// further than it can be checked.
class NodeClient {
  public:
    /// `url` as the user gave it with --node.
    static Result<NodeClient, NodeFault> open(const std::string& url);

    [[nodiscard]] Result<std::string, NodeFault> get_text(std::string_view target);
    [[nodiscard]] Result<codec::Json, NodeFault> get_json(std::string_view target);

    /// Sends a submission; it is durable when this returns. A refusal is a fault with kExitRefused.
    /// If the answer is lost the same bytes are sent once more, which records nothing twice; if
    /// that tells nothing either, the fault says how to look.
    [[nodiscard]] Result<RecordedAt, NodeFault> submit(ByteView submission);

    /// Evidence of `count` certificates from `first` on, each without its opening: the JCS text of
    /// each, which nobody has looked into.
    [[nodiscard]] Result<std::vector<std::string>, NodeFault> evidence(wire::LogIndex first,
                                                                       std::size_t count);

    /// Where the transaction is recorded, if it is.
    [[nodiscard]] Result<std::optional<wire::LogIndex>, NodeFault> find_transaction(
        const wire::TransactionId& id);
    /// Of `count` certificates from `first` on, at most 4,096.
    [[nodiscard]] Result<ListedStatuses, NodeFault> statuses(wire::LogIndex first,
                                                             std::uint64_t count);
    /// Of when the status list is that the node has, if it has one.
    [[nodiscard]] Result<std::optional<Instant>, NodeFault> list_instant(std::string_view target);
    /// Gives the node a signed status list; false if it has a newer one, or another
    /// of the same instant.
    [[nodiscard]] Result<bool, NodeFault> publish_list(std::string_view target,
                                                       std::string_view list);

  private:
    [[nodiscard]] Result<RecordedAt, NodeFault> submit_once(ByteView submission, bool& is_open);
    explicit NodeClient(net::Client client) : client_{std::move(client)} {}
    net::Client client_;
};

}  // namespace tasdiq::cli
