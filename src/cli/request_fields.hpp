#pragma once

#include "cli/json_members.hpp"
#include "cli/requests.hpp"
#include "codec/cbor.hpp"

// Internal to cli: what requests of several kinds are made of.
namespace tasdiq::cli {

inline constexpr std::string_view kPossessionType = "tasdiq-possession/1";

void put_code(codec::CborWriter& writer, wire::BodyCode code);
/// A key with its proof, as `tasdiq keys prove` wrote it.
void put_possession(codec::CborWriter& writer, JsonMembers& possession);
/// The member `keys`: files in `folder`, or what they hold.
void put_keys(codec::CborWriter& writer, JsonMembers& request, const std::string& folder);
/// An array of them.
void put_numbers(codec::CborWriter& writer, std::span<const std::uint64_t> numbers);
void put_indices(codec::CborWriter& writer, std::span<const wire::LogIndex> indices);
[[nodiscard]] wire::MemberId member_of(JsonMembers& request, std::string_view key);
/// The request, unless something of it is missing, malformed or unknown.
[[nodiscard]] Result<Request, std::string> finished(JsonMembers& request, codec::CborWriter& writer,
                                                    wire::MemberId acting);

}  // namespace tasdiq::cli
