#include "wire/trust_root.hpp"

#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "wire/json_fields.hpp"
#include "wire/text_rules.hpp"
#include "wire/value_fields.hpp"

namespace tasdiq::wire {
namespace {

using codec::Json;
using fields::check_members;
using fields::member_of;
using fields::Step;

constexpr std::string_view kType = "tasdiq-trust-root/1";
constexpr std::string_view kTest = "test";
constexpr std::string_view kProduction = "production";

std::unexpected<WireFault> refuse(WireError error, const char* field) {
    return std::unexpected{WireFault{error, field}};
}

// ------------------------------------------------------------------ writing
bool is_nested(const Json& value) { return value.is_array() || value.is_object(); }

/// An object of texts and numbers only: one line.
void append_line(std::string& to, const Json::Object& object) {
    for (const codec::JsonMember& member : object) {
        to += to.ends_with('{') ? "" : ", ";
        codec::append_jcs(to, member.key);
        to += ": ";
        codec::append_jcs(to, member.value);
    }
}

/// Members as they stand, two spaces a level.
void append_pretty(std::string& to, const Json& value, std::size_t depth) {
    if (!is_nested(value) || value.size() == 0) return codec::append_jcs(to, value);
    const std::string line = '\n' + std::string(2 * depth + 2, ' ');
    if (const Json::Array* array = value.get_array()) {
        to += '[';
        for (const Json& element : *array) {
            to += (to.ends_with('[') ? "" : ",") + line;
            append_pretty(to, element, depth + 1);
        }
        to += line.substr(0, line.size() - 2) + ']';
        return;
    }
    const Json::Object& object = value.as_object();
    to += '{';
    if (depth > 0 && std::ranges::none_of(object, is_nested, &codec::JsonMember::value)) {
        append_line(to, object);
        to += '}';
        return;
    }
    for (const codec::JsonMember& member : object) {
        to += (to.ends_with('{') ? "" : ",") + line;
        codec::append_jcs(to, member.key);
        to += ": ";
        append_pretty(to, member.value, depth + 1);
    }
    to += line.substr(0, line.size() - 2) + '}';
}

Json to_json(const StateSet& set) {
    Json array = Json::array();
    for (const SetMember& member : set) {
        array.push(Json::object()
                       .set("state", member.state.value)
                       .set("country", member.country)
                       .set("nodeKey", crypto::to_multikey(member.node_key)));
    }
    return array;
}

Json to_json(const std::vector<ClosedSet>& closed_sets) {
    Json array = Json::array();
    for (const ClosedSet& closed : closed_sets) {
        array.push(Json::object()
                       .set("set", to_json(closed.set))
                       .set("size", closed.size)
                       .set("root", codec::encode_base64(closed.root.view())));
    }
    return array;
}

// ------------------------------------------------------------------ reading
Result<LedgerKind, WireFault> read_ledger(const Json& value) {
    TRY(const std::string text, fields::read_string(value, "ledger"));
    if (text == kTest) return LedgerKind::kTest;
    if (text == kProduction) return LedgerKind::kProduction;
    return refuse(WireError::kUnknownCode, "ledger");
}

Result<GenesisHash, WireFault> read_genesis(const Json& value) {
    TRY(const std::string text, fields::read_string(value, "genesis"));
    const auto bytes = from_hex(text);
    const auto hash = bytes ? GenesisHash::from(*bytes) : std::nullopt;
    if (!hash || to_hex(*bytes) != text) return refuse(WireError::kText, "genesis");
    return *hash;
}

Result<merkle::MerkleHash, WireFault> read_root(const Json& value) {
    TRY(const std::string text, fields::read_string(value, "root"));
    const auto bytes = codec::decode_base64(text);
    const auto hash = bytes ? merkle::MerkleHash::from(*bytes) : std::nullopt;
    if (!hash) return refuse(WireError::kText, "root");
    return *hash;
}

Result<SetMember, WireFault> read_member(const Json& value) {
    TRY(check_members(value, "set", {"state", "country", "nodeKey"}));
    TRY(const std::int64_t state,
        fields::read_integer(member_of(value, "state"), "state", fields::kMemberRange));
    TRY(std::string country, fields::read_string(member_of(value, "country"), "country"));
    if (!is_country(country)) return refuse(WireError::kText, "country");
    TRY(const std::string text, fields::read_string(member_of(value, "nodeKey"), "nodeKey"));
    const auto key = crypto::parse_multikey(text);
    if (!key) return refuse(WireError::kAlgorithm, "nodeKey");
    const auto* node_key = key->get<crypto::Ed25519PublicKey>();
    if (node_key == nullptr) return refuse(WireError::kAlgorithm, "nodeKey");
    return SetMember{MemberId{static_cast<std::uint32_t>(state)}, std::move(country), *node_key};
}

Result<StateSet, WireFault> read_set(const Json& value) {
    TRY(const Json::Array* members, fields::read_array(value, "set"));
    StateSet set;
    for (const Json& one : *members) {
        TRY(SetMember member, read_member(one));
        set.push_back(std::move(member));
    }
    return set;
}

Result<ClosedSet, WireFault> read_closed(const Json& value) {
    TRY(check_members(value, "closedSets", {"set", "size", "root"}));
    TRY(StateSet set, read_set(member_of(value, "set")));
    TRY(const std::uint64_t size, fields::read_uint(member_of(value, "size"), "size"));
    TRY(const merkle::MerkleHash root, read_root(member_of(value, "root")));
    return ClosedSet{std::move(set), size, root};
}

Step read_checkpoint(const Json& value, TrustRoot& root) {
    TRY(check_members(value, "checkpoint", {"size", "root"}));
    root.checkpoint.origin = root.origin;
    TRY(root.checkpoint.size, fields::read_uint(member_of(value, "size"), "size"));
    TRY(root.checkpoint.root, read_root(member_of(value, "root")));
    return Ok{};
}

Result<Instant, WireFault> read_date(const Json& value) {
    TRY(const std::string text, fields::read_string(value, "date"));
    const auto date = parse_instant(text);
    // Other forms of the same instant are not for this file.
    if (!date || *date < kInstantMin || kInstantMax < *date || to_text(*date) != text) {
        return refuse(WireError::kText, "date");
    }
    return *date;
}

Result<TrustRoot, WireFault> read_trust_root(const Json& value) {
    TRY(check_members(
        value, "trust-root",
        {"type", "ledger", "genesis", "origin", "set", "closedSets", "checkpoint", "date"}));
    TRY(fields::check_literal(member_of(value, "type"), "type", kType));
    TrustRoot root{};
    TRY(root.ledger, read_ledger(member_of(value, "ledger")));
    TRY(root.genesis, read_genesis(member_of(value, "genesis")));
    TRY(root.origin, fields::read_string(member_of(value, "origin"), "origin"));
    TRY(root.set, read_set(member_of(value, "set")));
    TRY(const Json::Array* closed_sets,
        fields::read_array(member_of(value, "closedSets"), "closedSets"));
    for (const Json& one : *closed_sets) {
        TRY(ClosedSet closed, read_closed(one));
        root.closed_sets.push_back(std::move(closed));
    }
    TRY(read_checkpoint(member_of(value, "checkpoint"), root));
    TRY(root.date, read_date(member_of(value, "date")));
    return root;
}

// ------------------------------------------------------------------ limits
Step check(bool holds, WireError error, const char* field) {
    if (!holds) return refuse(error, field);
    return Ok{};
}

Step check_set(const StateSet& set) {
    TRY(check(!set.empty() && set.size() <= 64, WireError::kOutOfRange, "set"));
    return check(fields::is_state_set(set), WireError::kOrder, "set");
}

/// What holds of a trust root whether it was read or made.
Step check_trust_root(const TrustRoot& root) {
    TRY(check(is_origin(root.origin), WireError::kText, "origin"));
    const std::string chain = to_hex(root.genesis.view().first(ChainId::kSize));
    TRY(check(root.origin.ends_with('/' + chain), WireError::kMismatch, "origin"));
    TRY(check_set(root.set));
    TRY(check(root.closed_sets.size() <= kClosedSetsMax, WireError::kOutOfRange, "closedSets"));
    for (const ClosedSet& closed : root.closed_sets) {
        TRY(check_set(closed.set));
        TRY(check(closed.size <= kLogIndexMax, WireError::kOutOfRange, "size"));
    }
    TRY(check(fields::is_ascending(root.closed_sets, &ClosedSet::size), WireError::kOrder,
              "closedSets"));
    TRY(check(root.checkpoint.origin == root.origin, WireError::kMismatch, "checkpoint"));
    TRY(check(root.checkpoint.size <= kLogIndexMax, WireError::kOutOfRange, "size"));
    return check(kInstantMin <= root.date && root.date <= kInstantMax, WireError::kOutOfRange,
                 "date");
}

}  // namespace

std::string encode(const TrustRoot& root) {
    ENSURE(check_trust_root(root));
    const Json json =
        Json::object()
            .set("type", kType)
            .set("ledger", root.ledger == LedgerKind::kTest ? kTest : kProduction)
            .set("genesis", to_hex(root.genesis.view()))
            .set("origin", root.origin)
            .set("set", to_json(root.set))
            .set("closedSets", to_json(root.closed_sets))
            .set("checkpoint", Json::object()
                                   .set("size", root.checkpoint.size)
                                   .set("root", codec::encode_base64(root.checkpoint.root.view())))
            .set("date", to_text(root.date));
    std::string text;
    append_pretty(text, json, 0);
    return text + '\n';
}

Result<TrustRoot, WireFault> parse_trust_root(ByteView json) {
    TRY(const Json value, fields::read_json(json, kTrustRootSizeMax, "trust-root"));
    TRY(TrustRoot root, read_trust_root(value));
    TRY(check_trust_root(root));
    return root;
}

}  // namespace tasdiq::wire
