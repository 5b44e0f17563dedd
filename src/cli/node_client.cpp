#include "cli/node_client.hpp"

#include "cli/exit_code.hpp"
#include "codec/jcs.hpp"
#include "codec/text_scan.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::size_t kAnswerSizeMax = 64U << 20;
constexpr std::string_view kSubmissionType = "application/vnd.tasdiq.transaction+cbor";

NodeFault unreachable(const net::NetFailure& failure) { return {kExitUnavailable, failure.text}; }

NodeFault unreadable(std::string_view target) {
    return {kExitUnavailable, "the node's answer to " + std::string{target} + " cannot be read"};
}

/// What a node says in a problem document (RFC 9457), in one line.
NodeFault to_fault(const net::ClientResponse& response) {
    const int exit_code = response.status == 422 || response.status == 400 || response.status == 404
                              ? kExitRefused
                              : kExitUnavailable;
    std::string message = "the node answered " + std::to_string(response.status);
    const auto problem = codec::parse_json(as_bytes(response.body));
    if (problem) {
        if (const std::string* title = problem->find_string("title")) message += ": " + *title;
        if (const std::string* detail = problem->find_string("detail"))
            message += " (" + *detail + ")";
    }
    return {exit_code, message};
}

std::optional<std::uint64_t> find_number(const codec::Json& json, std::string_view key) {
    const codec::Json* value = json.find(key);
    const auto number = value != nullptr ? value->get_integer() : std::nullopt;
    if (!number || *number < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

/// The text of the JSON object at the start of `text`; empty if there is none.
std::string_view first_object(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '{') ++depth;
        if (text[at] == '}') --depth;
        if (text[at] == '"') {
            at = codec::find_json_special(text, at + 1);
            while (at < text.size() && text[at] != '"') {
                at = codec::find_json_special(text, at + 2);  // behind what is escaped
            }
        }
        if (depth == 0) return text.substr(0, text[0] == '{' ? at + 1 : 0);
    }
    return {};
}

/// The objects of a list between `before` and `behind`, as they stand there: what is inside of them
/// is for whoever parses them. Nothing if the text is not of this form.
std::vector<std::string> split_list(std::string_view text, std::string_view before,
                                    std::string_view behind) {
    std::vector<std::string> objects;
    if (!text.starts_with(before)) return {};
    text.remove_prefix(before.size());
    for (;;) {
        const std::string_view object = first_object(text);
        if (object.empty()) return {};
        objects.emplace_back(object);
        text.remove_prefix(object.size());
        if (text == behind) return objects;
        if (!text.starts_with(',')) return {};
        text.remove_prefix(1);
    }
}

/// The same of a text in any layout.
std::vector<std::string> evidence_in(const std::string& text) {
    auto objects = split_list(text, "{\"evidence\":[", "]}");
    if (!objects.empty()) return objects;
    const auto json = codec::parse_json(as_bytes(text), {.size_bytes_max = kAnswerSizeMax});
    const codec::Json* list = json ? json->find("evidence") : nullptr;
    if (list == nullptr || !list->is_array()) return {};
    for (const codec::Json& one : list->as_array()) objects.push_back(codec::to_jcs(one));
    return objects;
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

Result<RecordedAt, NodeFault> NodeClient::submit(ByteView submission) {
    constexpr std::string_view kTarget = "/api/v1/transactions";
    auto response = client_.post(kTarget, kSubmissionType, as_text(submission));
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

Result<std::vector<std::string>, NodeFault> NodeClient::evidence(wire::LogIndex first,
                                                                 std::size_t count) {
    const std::string target =
        "/api/v1/evidence?from=" + std::to_string(first.value) + "&count=" + std::to_string(count);
    TRY(const std::string text, get_text(target));
    auto objects = evidence_in(text);
    if (objects.size() != count) return std::unexpected{unreadable(target)};
    return objects;
}

}  // namespace tasdiq::cli
