#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "net/target.hpp"

namespace tasdiq::net {

/// What a handler is asked to do. HEAD reaches it as kGet (the server drops the body), OPTIONS is
/// answered by the server, other methods are refused by it.
enum class Method : std::uint8_t { kGet, kPost, kPut, kPatch, kDelete };

[[nodiscard]] std::string_view to_string(Method method);

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

/// A whole, well-formed request. The texts of headers are as sent, empty where absent.
struct HttpRequest {
    Method method = Method::kGet;
    Target target;
    /// Host and port that the client believes to speak to.
    std::string host;
    std::string accept;
    std::string accept_language;
    std::string content_type = {};
    std::string if_none_match;
    std::string authorization;
    std::string cookie;
    std::string origin;
    std::string sec_fetch_site;
    std::string body = {};
};

/// What a handler answers. The server adds length, date, connection and security headers, and turns
/// 200 into 304 where `etag` is what the client holds.
struct HttpResponse {
    unsigned status = 200;
    std::string content_type = {};
    std::string body = {};
    /// "no-store" if empty.
    std::string cache_control = {};
    /// With its quotes: "\"abc\"".
    std::string etag = {};
    /// Allows nothing at all if empty, which is right for data.
    std::string content_security_policy = {};
    /// Further headers. An invalid name or value (a line break, say) turns the answer into a 500.
    std::vector<Header> headers = {};
    /// The route for metrics and logs, "/certificates/{index}": it must outlive the server.
    std::string_view route = {};
};

/// An error as a program reads it.
struct Problem {
    unsigned status = 500;
    /// Which list of errors `code` is from: "ledger", "http".
    std::string_view domain = {};
    /// The number of the error in that list.
    std::uint16_t code = 0;
    /// The error's own text; the same for every occurrence.
    std::string_view title = {};
    /// What is particular to this occurrence; left out if empty.
    std::string_view detail = {};
};

/// `application/problem+json` with the members type, title, status, domain, code and detail.
/// Spec: RFC 9457 §3.
[[nodiscard]] HttpResponse make_problem(const Problem& problem);

/// 200 with a body of that type.
[[nodiscard]] HttpResponse make_response(std::string content_type, std::string body);

/// "Not Found" for 404; "Status" for a number without a phrase of its own.
[[nodiscard]] std::string_view status_phrase(unsigned status);

/// Whether an If-None-Match header names `etag`, by weak comparison. Spec: RFC 9110 §13.1.2.
[[nodiscard]] bool is_etag_match(std::string_view if_none_match, std::string_view etag);

/// "Sun, 06 Nov 1994 08:49:37 GMT". Spec: RFC 9110 §5.6.7.
[[nodiscard]] std::string http_date(Instant instant);

[[nodiscard]] bool is_header_name(std::string_view name);
/// No control characters: nothing that ends the line.
[[nodiscard]] bool is_header_value(std::string_view value);

/// Whether every header of `response` can be written, and its status is 200–599.
[[nodiscard]] bool is_writable(const HttpResponse& response);

/// How the server sends one response.
struct HeadOptions {
    enum class Connection : std::uint8_t { kKeepAlive, kClose };
    Connection connection = Connection::kKeepAlive;
    /// An HTTP date.
    std::string_view date = {};
    /// Access-Control-Allow-Origin; left out if empty.
    std::string_view allow_origin = {};
};

/// Status line, headers and the empty line. `response` must be writable.
[[nodiscard]] std::string make_head(const HttpResponse& response, const HeadOptions& options);

}  // namespace tasdiq::net
