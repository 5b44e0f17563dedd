#include "cli/known_members.hpp"

#include <algorithm>

#include "cli/signing.hpp"
#include "wire/voids.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

void collect(std::string_view key, const Json& value, std::set<std::int64_t>& found) {
    if (const auto number = value.get_integer(); number && is_member_number(key)) {
        found.insert(*number);
    }
    if (value.is_array()) {
        for (const Json& one : value.as_array()) collect(key, one, found);
    }
    if (value.is_object()) {
        // What a status is "by" is a certificate.
        const bool is_status = value.find_string("state") != nullptr;
        for (const codec::JsonMember& one : value.as_object()) {
            if (!is_status || one.key != "by") collect(one.key, one.value, found);
        }
    }
}

std::uint64_t count_of(const Json& json, std::string_view key) {
    const auto number = json.find_integer(key);
    return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

wire::Signer read_signer(const Json& json) {
    return {{static_cast<std::uint32_t>(count_of(json, "member"))},
            {static_cast<std::uint16_t>(count_of(json, "ordinal"))}};
}

std::vector<wire::Void> read_voids(const Json* list) {
    std::vector<wire::Void> voids;
    if (list == nullptr || !list->is_array()) return voids;
    for (const Json& one : list->as_array()) {
        wire::Void read{{static_cast<std::uint16_t>(count_of(one, "ordinal"))},
                        {count_of(one, "from")},
                        {},
                        {},
                        {}};
        const Json* confirmed = one.find("confirmed");
        if (confirmed != nullptr && confirmed->is_array()) {
            for (const Json& one_range : confirmed->as_array()) {
                read.confirmed.push_back(
                    {{{count_of(one_range, "from")}, {count_of(one_range, "until")}},
                     {count_of(one_range, "index")},
                     read_signers(one_range.find("signers"))});
            }
        }
        voids.push_back(std::move(read));
    }
    return voids;
}

}  // namespace

std::vector<wire::Signer> read_signers(const Json* list) {
    std::vector<wire::Signer> signers;
    if (list == nullptr || !list->is_array()) return signers;
    for (const Json& one : list->as_array()) signers.push_back(read_signer(one));
    return signers;
}

bool is_void(const std::vector<wire::Signer>& signers, wire::LogIndex index,
             const KnownMembers& known) {
    return std::ranges::any_of(signers, [&](const wire::Signer& signer) {
        const auto member = known.find(signer.member.value);
        if (member == known.end()) return false;
        wire::MemberRecord record{};
        record.voids = member->second.voids;
        // Whoever is not known here vouches: the node has asked.
        const auto find = [&](wire::MemberId id) {
            const auto other = known.find(id.value);
            wire::MemberRecord found{};
            if (other != known.end()) found.voids = other->second.voids;
            return std::optional{std::move(found)};
        };
        return wire::is_voided(record, signer, index, find);
    });
}

bool is_member_number(std::string_view key) {
    constexpr std::string_view kKeys[] = {"authority", "by",     "custodian", "institution",
                                          "member",    "others", "parent",    "state"};
    return std::ranges::find(kKeys, key) != std::end(kKeys);
}

std::set<std::int64_t> members_named_in(const Json& json) {
    std::set<std::int64_t> found;
    collect({}, json, found);
    return found;
}

std::optional<KnownMember> read_known_member(const Json& member, Day today) {
    const Json* names = member.find("names");
    if (names == nullptr || !names->is_array() || names->size() == 0) return std::nullopt;
    std::vector<wire::Name> all;
    for (const Json& one : names->as_array()) {
        const auto word = [&](std::string_view tag) {
            const std::string* text = one.find_string(tag);
            return text != nullptr ? *text : std::string{};
        };
        const auto from = parse_day(word("from"));
        all.push_back({from.value_or(Day{}), word("ar"), word("en"), word("fr")});
    }
    KnownMember known{wire::name_on(all, today), {}, {}};
    known.voids = read_voids(member.find("voids"));
    const Json* keys = member.find("keys");
    if (keys == nullptr || !keys->is_array()) return known;
    for (const Json& key : keys->as_array()) {
        const std::string* role = key.find_string("role");
        const auto number = key.find_integer("ordinal");
        if (number && role != nullptr) known.roles.emplace(*number, *role);
    }
    return known;
}

KnownMembers fetch_known_members(NodeClient& node, const Json& json) {
    KnownMembers known;
    for (const std::int64_t number : members_named_in(json)) {
        if (known.size() == kKnownMembersMax) break;
        const auto member = node.get_json("/api/v1/members/" + std::to_string(number));
        auto one = member ? read_known_member(*member, to_day(now())) : std::nullopt;
        if (one) known.emplace(number, *std::move(one));
    }
    return known;
}

}  // namespace tasdiq::cli
