#include "net/request_check.hpp"

#include <algorithm>
#include <optional>

#include "net/text.hpp"

namespace tasdiq::net {
namespace {

std::optional<Method> parse_method(std::string_view name) {
    if (name == "HEAD") return Method::kGet;
    for (const Method method :
         {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete}) {
        if (name == to_string(method)) return method;
    }
    return std::nullopt;
}

/// The host without its port, in lower case; IPv6 keeps its brackets.
std::string host_name(std::string_view host) {
    const std::size_t from = host.starts_with('[') ? host.find(']') : 0;
    if (from == std::string_view::npos) return {};
    return to_lower(host.substr(0, host.find(':', from)));
}

Result<Ok, Refusal> fail(RequestError error, std::string detail = {}) {
    return std::unexpected{Refusal{error, std::move(detail)}};
}

Result<Ok, Refusal> check_method(std::string_view name, const ServerOptions& options,
                                 HttpRequest& request) {
    if (name == "OPTIONS") return Ok{};
    const auto method = parse_method(name);
    if (!method || std::ranges::find(options.methods, *method) == options.methods.end()) {
        return fail(RequestError::kMethod);
    }
    request.method = *method;
    return Ok{};
}

}  // namespace

Result<Ok, Refusal> check_header(RequestReader& reader, const ServerOptions& options) {
    HttpRequest& request = reader.request();
    // Any other coding, or a list of them, is where two programs see two different ends of a body.
    const bool coded = !reader.transfer_encoding().empty();
    if (coded && (reader.is_http_1_0() || !reader.is_chunked() ||
                  !equals_ignoring_case(reader.transfer_encoding(), "chunked"))) {
        return fail(RequestError::kTransferCoding);
    }
    // RFC 9112 §3.2
    if (reader.host_count() > 1 || (request.host.empty() && !reader.is_http_1_0())) {
        return fail(RequestError::kHost);
    }
    if (!options.hosts.empty() &&
        std::ranges::find(options.hosts, host_name(request.host)) == options.hosts.end()) {
        return fail(RequestError::kHostNotServed);
    }
    TRY(check_method(reader.method(), options, request));
    if (reader.method() != "OPTIONS" || reader.target() != "*") {
        auto target = parse_target(reader.target());
        if (!target) {
            const bool size = target.error() == TargetError::kTooLong;
            return fail(size ? RequestError::kTargetSize : RequestError::kTarget,
                        std::string{to_string(target.error())});
        }
        request.target = *std::move(target);
    }
    if (!reader.expect().empty() && !equals_ignoring_case(reader.expect(), "100-continue")) {
        return fail(RequestError::kExpectation);
    }
    return Ok{};
}

std::string allowed_methods(const ServerOptions& options) {
    std::string text;
    for (const Method method : options.methods) {
        text += to_string(method);
        text += method == Method::kGet ? ", HEAD, " : ", ";
    }
    return text + "OPTIONS";
}

HttpResponse answer_options(const ServerOptions& options) {
    HttpResponse response;
    response.status = 204;
    const std::string methods = allowed_methods(options);
    response.headers.push_back({"Allow", methods});
    if (!options.allow_origin.empty()) {
        response.headers.push_back({"Access-Control-Allow-Methods", methods});
        response.headers.push_back({"Access-Control-Allow-Headers", "Content-Type"});
        response.headers.push_back({"Access-Control-Max-Age", "86400"});
    }
    return response;
}

}  // namespace tasdiq::net
