#include "cli/node_client.hpp"

#include "cli/arguments.hpp"
#include "cli/evidence_page.hpp"
#include "cli/exit_code.hpp"
#include "codec/cose.hpp"
#include "codec/jcs.hpp"
#include "prose/printable.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kAnswerSizeMax = 64U << 20;
constexpr std::string_view kSubmissionType = "application/vnd.tasdiq.transaction+cbor";

NodeFault unreachable(const net::NetFailure& failure) { return {kExitUnavailable, failure.text}; }

/// Whether a request that failed so may have arrived.
bool has_left(net::NetError error) {
    using enum net::NetError;
    return error == kTimeout || error == kClosed || error == kMalformedResponse ||
           error == kResponseHeaderTooLarge || error == kResponseTooLarge;
}

/// Whether a submission that is answered with this status may be recorded: the answer cannot be
/// used, or is not the node's own but of something between.
bool may_be_recorded(unsigned status) {
    return status == 200 || status == 201 || (status >= 500 && status != 503);
}

/// The id of what is submitted, in hexadecimal digits.
std::string transaction_of(ByteView submission) {
    const auto decoded = wire::decode_submission(submission);
    ENSURE(decoded);
    const auto message = codec::decode_cose_sign(decoded->envelope);
    ENSURE(message);
    return to_hex(wire::transaction_id(message->payload).view());
}

NodeFault unreadable(std::string_view target) {
    return {kExitUnavailable, "the node's answer to " + std::string{target} + " cannot be read"};
}

std::optional<std::uint64_t> find_number(const codec::Json& json, std::string_view key) {
    const auto number = json.find_integer(key);
    if (!number || *number < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

std::optional<BrokenRule> rule_in(const codec::Json& problem) {
    constexpr std::string_view kPosition = "at position ";
    const std::string* const domain = problem.find_string("domain");
    const auto code = find_number(problem, "code");
    if (domain == nullptr || *domain != "ledger" || !code) return std::nullopt;
    BrokenRule rule{*code, std::nullopt};
    const std::string* const detail = problem.find_string("detail");
    const std::size_t at = detail != nullptr ? detail->find(kPosition) : std::string::npos;
    if (at != std::string::npos) {
        const std::string_view rest = std::string_view{*detail}.substr(at + kPosition.size());
        rule.position = parse_count(rest.substr(0, rest.find(',')), UINT32_MAX);
    }
    return rule;
}

/// What a node says in a problem document (RFC 9457), in one line.
NodeFault to_fault(const net::ClientResponse& response) {
    const int exit_code = response.status == 422 || response.status == 400 || response.status == 404
                              ? kExitRefused
                              : kExitUnavailable;
    std::string message = "the node answered " + std::to_string(response.status);
    const auto problem = codec::parse_json(as_bytes(response.body));
    std::optional<BrokenRule> rule;
    if (problem && problem->is_object()) {
        rule = rule_in(*problem);
        if (const std::string* title = problem->find_string("title"))
            message += ": " + prose::printable(*title);
        if (const std::string* detail = problem->find_string("detail"))
            message += " (" + prose::printable(*detail) + ")";
    }
    return {exit_code, message, rule};
}

std::optional<Instant> find_instant(const codec::Json& json, std::string_view key) {
    const std::string* const text = json.find_string(key);
    return text != nullptr ? parse_instant(*text) : std::nullopt;
}

}  // namespace

Result<NodeClient, NodeFault> NodeClient::open(const std::string& url) {
    auto client = net::Client::open(url);
    if (!client) return std::unexpected{NodeFault{kExitUsage, "--node: " + client.error().text}};
    return NodeClient{*std::move(client)};
}

Result<std::string, NodeFault> NodeClient::get_text(std::string_view target) {
    auto response = client_.get(target);
    if (!response) return std::unexpected{unreachable(response.error())};
    if (response->status != 200) return std::unexpected{to_fault(*response)};
    return std::move(response->body);
}

Result<codec::Json, NodeFault> NodeClient::get_json(std::string_view target) {
    TRY(const std::string text, get_text(target));
    auto json = codec::parse_json(as_bytes(text), {.size_bytes_max = kAnswerSizeMax});
    if (!json) return std::unexpected{unreadable(target)};
    return *std::move(json);
}

/// `is_open`: whether it may be recorded all the same.
Result<RecordedAt, NodeFault> NodeClient::submit_once(ByteView submission, bool& is_open) {
    constexpr std::string_view kTarget = "/api/v1/transactions";
    auto response = client_.post(kTarget, kSubmissionType, as_text(submission));
    is_open = response ? may_be_recorded(response->status) : has_left(response.error().error);
    if (!response) return std::unexpected{unreachable(response.error())};
    if (response->status != 200 && response->status != 201) {
        return std::unexpected{to_fault(*response)};
    }
    const auto json = codec::parse_json(as_bytes(response->body));
    const auto index = json ? find_number(*json, "index") : std::nullopt;
    const auto count = json ? find_number(*json, "certificateCount") : std::nullopt;
    if (!index || !count) return std::unexpected{unreadable(kTarget)};
    return RecordedAt{
        {*index}, {*index + 1}, static_cast<std::uint32_t>(*count), response->status == 200};
}

Result<RecordedAt, NodeFault> NodeClient::submit(ByteView submission) {
    bool is_open = false;
    auto recorded = submit_once(submission, is_open);
    if (recorded || !is_open) return recorded;
    bool is_open_still = false;
    auto again = submit_once(submission, is_open_still);
    if (again) {
        again->is_repeated = false;  // by us
        return again;
    }
    if (again.error().exit_code == kExitRefused) return again;
    NodeFault fault = std::move(again).error();
    fault.message += "\nIt may have been recorded all the same. Before you run this again: ";
    fault.message += "tasdiq show transaction " + transaction_of(submission) + " --node URL";
    return std::unexpected{std::move(fault)};
}

Result<std::vector<std::string>, NodeFault> NodeClient::evidence(wire::LogIndex first,
                                                                 std::size_t count) {
    const std::string target =
        "/api/v1/evidence?from=" + std::to_string(first.value) + "&count=" + std::to_string(count);
    TRY(const std::string text, get_text(target));
    auto objects = read_evidence_page(text, count);
    if (!objects) return std::unexpected{unreadable(target)};
    return *std::move(objects);
}

Result<std::optional<wire::LogIndex>, NodeFault> NodeClient::find_transaction(
    const wire::TransactionId& id) {
    const std::string target = "/api/v1/transactions/" + to_hex(id.view());
    auto response = client_.get(target);
    if (!response) return std::unexpected{unreachable(response.error())};
    if (response->status == 404) return std::nullopt;
    if (response->status != 200) return std::unexpected{to_fault(*response)};
    const auto json =
        codec::parse_json(as_bytes(response->body), {.size_bytes_max = kAnswerSizeMax});
    const auto index = json ? find_number(*json, "index") : std::nullopt;
    if (!index) return std::unexpected{unreadable(target)};
    return wire::LogIndex{*index};
}

Result<ListedStatuses, NodeFault> NodeClient::statuses(wire::LogIndex first, std::uint64_t count) {
    const std::string target =
        "/api/v1/statuses?from=" + std::to_string(first.value) + "&count=" + std::to_string(count);
    TRY(const codec::Json json, get_json(target));
    const codec::Json* const list = json.find("statuses");
    if (list == nullptr || !list->is_array()) return std::unexpected{unreadable(target)};
    ListedStatuses statuses;
    if (const codec::Json* const next = json.find("nextChange"); next && !next->is_null()) {
        statuses.next_change = find_instant(json, "nextChange");
        if (!statuses.next_change) return std::unexpected{unreadable(target)};
    }
    for (const codec::Json& one : list->as_array()) {
        const auto index = find_number(one, "index");
        const codec::Json* const revocation = one.find("revocation");
        const codec::Json* const suspension = one.find("suspension");
        const bool good = index && *index >= first.value && *index - first.value < count &&
                          revocation != nullptr && revocation->get_boolean() &&
                          suspension != nullptr && suspension->get_boolean();
        if (!good) return std::unexpected{unreadable(target)};
        statuses.set.push_back({{*index}, *revocation->get_boolean(), *suspension->get_boolean()});
    }
    return statuses;
}

Result<std::optional<Instant>, NodeFault> NodeClient::list_instant(std::string_view target) {
    const auto response = client_.get(target);
    if (!response) return std::unexpected{unreachable(response.error())};
    if (response->status == 404) return std::nullopt;
    if (response->status != 200) return std::unexpected{to_fault(*response)};
    const auto json = codec::parse_json(as_bytes(response->body));
    const auto instant = json ? find_instant(*json, "validFrom") : std::nullopt;
    if (!instant) return std::unexpected{unreadable(target)};
    return instant;
}

Result<bool, NodeFault> NodeClient::publish_list(std::string_view target, std::string_view list) {
    const auto response = client_.post(target, "application/vc", list);
    if (!response) return std::unexpected{unreachable(response.error())};
    if (response->status == 200 || response->status == 409) return response->status == 200;
    return std::unexpected{to_fault(*response)};
}

}  // namespace tasdiq::cli
