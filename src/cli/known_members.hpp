#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/node_client.hpp"
#include "codec/json.hpp"
#include "text/language.hpp"
#include "wire/record.hpp"

namespace tasdiq::cli {

/// What a member is called and what its keys are for, to show beside bare numbers.
struct KnownMember {
    wire::Name name;
    std::map<std::int64_t, std::string> roles;  // words of wire, by the keys' ordinals
    std::vector<wire::Void> voids = {};
};
using KnownMembers = std::map<std::int64_t, KnownMember>;

/// Whether a member of this key in JSON of wire/describe.hpp is, as an integer, a member's number.
[[nodiscard]] bool is_member_number(std::string_view key);
/// Enough for 8 partners, their authorities and officers.
inline constexpr std::size_t kKnownMembersMax = 32;
/// All members that such JSON names by number.
[[nodiscard]] std::set<std::int64_t> members_named_in(const codec::Json& json);
/// The signers that such JSON has in a list; none where it has no list.
[[nodiscard]] std::vector<wire::Signer> read_signers(const codec::Json* list);
/// Whether what these signed at this entry counts as absent.
[[nodiscard]] bool is_void(const std::vector<wire::Signer>& signers, wire::LogIndex index,
                           const KnownMembers& known);
/// A member as the node's API and `show member` describe it, by its name of `today`; nothing if it
/// has no names.
[[nodiscard]] std::optional<KnownMember> read_known_member(const codec::Json& member, Day today);
/// Those that such JSON names, as the node describes them; whom it does not know is left out.
[[nodiscard]] KnownMembers fetch_known_members(NodeClient& node, const codec::Json& json);

}  // namespace tasdiq::cli
