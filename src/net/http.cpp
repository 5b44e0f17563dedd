#include "net/http.hpp"

#include <algorithm>
#include <array>

#include "base/ensure.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

constexpr std::string_view kNoContentPolicy = "default-src 'none'; frame-ancestors 'none'";

void append_header(std::string& to, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    to += name;
    to += ": ";
    to += value;
    to += "\r\n";
}

void append_two_digits(std::string& to, std::int64_t value) {
    to.push_back(static_cast<char>('0' + value / 10 % 10));
    to.push_back(static_cast<char>('0' + value % 10));
}

bool has_length(unsigned status) { return status >= 200 && status != 204 && status != 304; }

std::string_view opaque_tag(std::string_view etag) {
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    return etag;
}

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::kGet: return "GET";
        case Method::kPost: return "POST";
        case Method::kPut: return "PUT";
        case Method::kPatch: return "PATCH";
        case Method::kDelete: return "DELETE";
    }
    ENSURE(false);
}

HttpResponse make_problem(const Problem& problem) {
    std::string body = R"({"type":"about:blank","title":)";
    append_json_string(body, problem.title.empty() ? status_phrase(problem.status) : problem.title);
    body += ",\"status\":";
    append_decimal(body, std::uint64_t{problem.status});
    body += ",\"domain\":";
    append_json_string(body, problem.domain);
    body += ",\"code\":";
    append_decimal(body, std::uint64_t{problem.code});
    if (!problem.detail.empty()) {
        body += ",\"detail\":";
        append_json_string(body, problem.detail);
    }
    body += "}\n";
    HttpResponse response = make_response("application/problem+json", std::move(body));
    response.status = problem.status;
    return response;
}

HttpResponse make_response(std::string content_type, std::string body) {
    HttpResponse response;
    response.content_type = std::move(content_type);
    response.body = std::move(body);
    return response;
}

std::string_view status_phrase(unsigned status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        default: return "Status";  // any number is possible, unlike with an enum
    }
}

bool is_etag_match(std::string_view if_none_match, std::string_view etag) {
    if (etag.empty()) return false;
    if (trim(if_none_match) == "*") return true;
    while (!if_none_match.empty()) {
        const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
        if (opaque_tag(trim(if_none_match.substr(0, end))) == opaque_tag(etag)) return true;
        if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
    }
    return false;
}

std::string http_date(Instant instant) {
    constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                           "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = to_day(instant);
    const CivilDate date = to_civil(day);
    const std::int64_t second = instant.seconds - to_instant(day).seconds;
    std::string text;
    // 1970-01-01 was a Thursday.
    text += kWeekdays[static_cast<std::size_t>(((std::int64_t{day.days} + 4) % 7 + 7) % 7)];
    text += ", ";
    append_two_digits(text, date.day);
    text.push_back(' ');
    text += kMonths[static_cast<std::size_t>(date.month - 1)];
    text.push_back(' ');
    append_two_digits(text, date.year / 100);
    append_two_digits(text, date.year % 100);
    text.push_back(' ');
    append_two_digits(text, second / 3600);
    text.push_back(':');
    append_two_digits(text, second / 60 % 60);
    text.push_back(':');
    append_two_digits(text, second % 60);
    text += " GMT";
    return text;
}

bool is_header_name(std::string_view name) {
    // RFC 9110 §5.6.2: token
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.contains(c);
    });
}

bool is_header_value(std::string_view value) {
    return std::ranges::none_of(value, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
}

bool is_writable(const HttpResponse& response) {
    return response.status >= 200 && response.status <= 599 &&
           is_header_value(response.content_type) && is_header_value(response.cache_control) &&
           is_header_value(response.etag) && is_header_value(response.content_security_policy) &&
           std::ranges::all_of(response.headers, [](const Header& header) {
               return is_header_name(header.name) && is_header_value(header.value);
           });
}

std::string make_head(const HttpResponse& response, const HeadOptions& options) {
    std::string head;
    head.reserve(512);
    head += "HTTP/1.1 ";
    append_decimal(head, std::uint64_t{response.status});
    head.push_back(' ');
    head += status_phrase(response.status);
    head += "\r\n";
    append_header(head, "Date", options.date);
    append_header(head, "Content-Type", response.content_type);
    if (has_length(response.status)) {
        head += "Content-Length: ";
        append_decimal(head, std::uint64_t{response.body.size()});
        head += "\r\n";
    }
    append_header(head, "Cache-Control",
                  response.cache_control.empty() ? "no-store" : response.cache_control);
    append_header(head, "ETag", response.etag);
    append_header(head, "Content-Security-Policy",
                  response.content_security_policy.empty() ? kNoContentPolicy
                                                           : response.content_security_policy);
    head += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
    append_header(head, "Access-Control-Allow-Origin", options.allow_origin);
    for (const Header& header : response.headers) append_header(head, header.name, header.value);
    const bool keep = options.connection == HeadOptions::Connection::kKeepAlive;
    head += keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

}  // namespace tasdiq::net
