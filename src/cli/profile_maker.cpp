#include "cli/profile_maker.hpp"

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"
#include "cli/member_end.hpp"
#include "codec/jcs.hpp"
#include "wire/describe.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

std::unexpected<NodeFault> refused(std::string message) {
    return std::unexpected{NodeFault{kExitRefused, std::move(message)}};
}

/// The only level that the accreditation has.
std::optional<std::int64_t> only_level(const Json& accreditation) {
    const Json* scope = accreditation.find("scope");
    const Json* levels = scope != nullptr ? scope->find("levels") : nullptr;
    if (levels == nullptr || !levels->is_array() || levels->size() != 1) return std::nullopt;
    return levels->as_array().front().get_integer();
}

Result<Json, NodeFault> programmes_of(const Json& accreditation, const ProfileOptions& options) {
    Json programmes = Json::array();
    std::string open;  // `INF-L3=LEVEL,…`: those whose level nobody has said
    const Json* list = accreditation.find("programmes");
    if (list == nullptr || !list->is_array()) return programmes;
    for (Json one : list->as_array()) {
        const std::string* code = one.find_string("code");
        if (code == nullptr) continue;
        const auto named = options.levels.find(*code);
        const auto only = only_level(accreditation);
        if (named != options.levels.end()) {
            one.set("level", named->second);
        } else if (only) {
            one.set("level", *only);
        } else {
            open += (open.empty() ? "" : ",") + *code + "=LEVEL";
        }
        programmes.push(std::move(one));
    }
    if (!open.empty()) {
        return refused(
            "the accreditation has several levels; say those of its programmes with\n  "
            "--levels " +
            open);
    }
    return programmes;
}

/// Keys that may still sign.
Json keys_of(const Json& member) {
    Json keys = Json::array();
    const Json* list = member.find("keys");
    if (list == nullptr || !list->is_array()) return keys;
    for (const Json& one : list->as_array()) {
        const Json* until = one.find("until");
        const Json* ordinal = one.find("ordinal");
        const std::string* role = one.find_string("role");
        const std::string* key = one.find_string("key");
        const bool has_ended = until != nullptr && !until->is_null();
        if (has_ended || ordinal == nullptr || role == nullptr || key == nullptr) continue;
        keys.push(Json::object().set("ordinal", *ordinal).set("role", *role).set("key", *key));
    }
    return keys;
}

/// What the node has under `target`; where it has nothing, the fault says of what.
Result<Json, NodeFault> get_named(NodeClient& node, const std::string& target,
                                  const std::string& what, std::uint32_t number) {
    auto json = node.get_json(target);
    if (!json && json.error().exit_code == kExitRefused) {
        json.error().message = what + " " + std::to_string(number) + ": " + json.error().message;
    }
    return json;
}

const Json* find_object(const Json& json, std::string_view key) {
    const Json* value = json.find(key);
    return value != nullptr && value->is_object() ? value : nullptr;
}

std::optional<Day> find_day(const Json& json, std::string_view key) {
    const std::string* text = json.find_string(key);
    return text != nullptr ? parse_day(*text) : std::nullopt;
}

/// What becomes of issuing under an accreditation that ends or has ended; empty if it goes on.
std::string end_of_accreditation(const Json& accreditation, std::uint32_t number, Day today) {
    const Json* const end = find_object(accreditation, "ended");
    const Json* const scope = find_object(accreditation, "scope");
    const std::string* const action = end != nullptr ? end->find_string("action") : nullptr;
    std::string what = "accreditation " + std::to_string(number);
    std::string before = "awards of before that day";
    if (action != nullptr && *action != wire::to_word(wire::EndAction::kResume)) {
        const auto from = find_day(*end, "effective");
        const std::string* const by = end->find_string("by");
        const bool is_withdrawn = *action == wire::to_word(wire::EndAction::kWithdraw);
        what += is_withdrawn ? " is withdrawn" : " is suspended";
        if (from) what += " from " + to_text(*from) + " on";
        if (by != nullptr && *by == "intake") before = "awards to those who began before that day";
    } else if (const auto to = scope != nullptr ? find_day(*scope, "to") : std::nullopt;
               to && *to < today) {
        what += " ran out on " + to_text(*to);
        before = "awards of until then";
    } else {
        return {};
    }
    return what + "; then the ledger takes corrections and duplicates, and " + before +
           " with a signature of the authority (--with its profile)";
}

/// The accreditation's programmes; what ended is added to `warnings`.
Result<Json, NodeFault> accredited_programmes(NodeClient& node, const std::string& member,
                                              std::uint32_t number, const ProfileOptions& options,
                                              Day today, std::vector<std::string>& warnings) {
    TRY(const Json accreditation,
        get_named(node, member + "/accreditations/" + std::to_string(number), "accreditation",
                  number));
    std::string ended = end_of_accreditation(accreditation, number, today);
    if (!ended.empty()) warnings.push_back(std::move(ended));
    return programmes_of(accreditation, options);
}

Json member_or_null(const Json& json, std::string_view key) {
    const Json* value = json.find(key);
    return value != nullptr ? *value : Json{};
}

}  // namespace

std::optional<std::map<std::string, std::uint8_t, std::less<>>> parse_levels(
    std::string_view text) {
    std::map<std::string, std::uint8_t, std::less<>> levels;
    for (;;) {
        const std::size_t comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos || equals == 0) return std::nullopt;
        const auto level = parse_count(one.substr(equals + 1), 8);
        if (!level) return std::nullopt;
        levels.insert_or_assign(std::string{one.substr(0, equals)},
                                static_cast<std::uint8_t>(*level));
        if (comma == std::string_view::npos) return levels;
        text.remove_prefix(comma + 1);
    }
}

Result<MadeProfile, NodeFault> make_profile(NodeClient& node, const ProfileOptions& options,
                                            Day today) {
    const std::string target = "/api/v1/members/" + std::to_string(options.institution.value);
    TRY(const Json ledger, node.get_json("/api/v1/ledger"));
    TRY(const Json member, get_named(node, target, "member", options.institution.value));
    const std::string* const kind = member.find_string("kind");
    const bool is_authoritys =
        kind != nullptr && *kind == wire::to_word(wire::MemberKind::kAuthority);
    std::vector<std::string> warnings;
    if (std::string ended = end_of_member(member, options.institution, today); !ended.empty()) {
        warnings.push_back(std::move(ended));
    }
    std::optional<std::uint32_t> number;
    Json programmes = Json::array();
    std::string prefix = std::to_string(options.institution.value);
    if (is_authoritys) {
        if (options.accreditation) return refused("an authority issues without an accreditation");
    } else {
        number = options.accreditation.value_or(1);
        TRY(programmes, accredited_programmes(node, target, *number, options, today, warnings));
        prefix += "-" + std::to_string(*number);
    }
    const Json json = Json::object()
                          .set("type", "tasdiq-profile/1")
                          .set("ledger", member_or_null(ledger, "ledger"))
                          .set("chain", member_or_null(ledger, "chain"))
                          .set("origin", member_or_null(ledger, "origin"))
                          .set("institution", options.institution.value)
                          .set("names", member_or_null(member, "names"))
                          .set("accreditation", number ? Json{*number} : Json{})
                          .set("programmes", std::move(programmes))
                          .set("keys", keys_of(member))
                          .set("serialPrefix", options.serial_prefix.value_or(prefix));
    // Read as everybody will read it, so that a strange answer is found here.
    auto profile = parse_profile(as_bytes(codec::to_jcs(json)));
    if (!profile) {
        return std::unexpected{
            NodeFault{kExitUnavailable, "the node's answers make no profile: " + profile.error()}};
    }
    return MadeProfile{*std::move(profile), std::move(warnings)};
}

}  // namespace tasdiq::cli
