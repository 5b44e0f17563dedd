#pragma once

#include <optional>
#include <string>

#include "cli/node_client.hpp"

namespace tasdiq::cli {

/// Who acts for a member that has ended, as a node says of it; nothing if nobody does.
[[nodiscard]] std::optional<wire::MemberId> custodian_of(const codec::Json& member);
/// The same, asked of the node; nothing if it does not answer, too.
[[nodiscard]] std::optional<wire::MemberId> fetch_custodian(NodeClient& node, wire::MemberId id);
/// What becomes of a member that ends or has ended, as a sentence without its full stop; empty if
/// it goes on. `member` is what a node says of it.
[[nodiscard]] std::string end_of_member(const codec::Json& member, wire::MemberId id, Day today);
/// The same, asked of the node; empty if it does not answer, too.
[[nodiscard]] std::string fetch_end_of_member(NodeClient& node, wire::MemberId id, Day today);

}  // namespace tasdiq::cli
