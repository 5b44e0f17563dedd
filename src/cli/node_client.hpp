#pragma once

#include <string>

#include "base/result.hpp"
#include "codec/json.hpp"
#include "net/client.hpp"
#include "wire/ids.hpp"

namespace tasdiq::cli {

/// Why a node gave no answer that can be used: a sentence, and the exit code that fits.
struct NodeFault {
    int exit_code;
    std::string message;
};

/// Where a node recorded a transaction.
struct RecordedAt {
    wire::LogIndex index;
    wire::LogIndex first_certificate;
    std::uint32_t certificate_count = 0;
    bool is_repeated = false;
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
    [[nodiscard]] Result<RecordedAt, NodeFault> submit(ByteView submission);

    /// Evidence of `count` certificates from `first` on, each without its opening: the JCS text of
    /// each, which nobody has looked into.
    [[nodiscard]] Result<std::vector<std::string>, NodeFault> evidence(wire::LogIndex first,
                                                                       std::size_t count);

  private:
    explicit NodeClient(net::Client client) : client_{std::move(client)} {}
    net::Client client_;
};

}  // namespace tasdiq::cli
