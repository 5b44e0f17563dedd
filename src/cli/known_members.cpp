#include "cli/known_members.hpp"

#include <algorithm>

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
        for (const codec::JsonMember& one : value.as_object()) collect(one.key, one.value, found);
    }
}

}  // namespace

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

std::optional<KnownMember> read_known_member(const Json& member) {
    const Json* names = member.find("names");
    if (names == nullptr || !names->is_array() || names->size() == 0) return std::nullopt;
    const Json& newest = names->as_array().back();
    const auto word = [&](std::string_view tag) {
        const std::string* text = newest.find_string(tag);
        return text != nullptr ? *text : std::string{};
    };
    KnownMember known{{{}, word("ar"), word("en"), word("fr")}, {}};
    const Json* keys = member.find("keys");
    if (keys == nullptr || !keys->is_array()) return known;
    for (const Json& key : keys->as_array()) {
        const Json* ordinal = key.find("ordinal");
        const std::string* role = key.find_string("role");
        const auto number = ordinal != nullptr ? ordinal->get_integer() : std::nullopt;
        if (number && role != nullptr) known.roles.emplace(*number, *role);
    }
    return known;
}

}  // namespace tasdiq::cli
