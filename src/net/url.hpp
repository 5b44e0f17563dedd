#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tasdiq::net {

/// Why an address was refused. Numbers are stable.
enum class UrlError : std::uint16_t {
    kTooLong = 1,
    kCharacter = 2,
    kScheme = 3,
    kUserinfo = 4,
    kHost = 5,
    kPort = 6,
    kPath = 7,
};

[[nodiscard]] std::string_view to_string(UrlError error);

enum class Scheme : std::uint8_t { kHttp, kHttps };

/// Where a server is: scheme, host and port, and the path under which it serves.
struct Url {
    Scheme scheme = Scheme::kHttp;
    /// A name in lower case, or an IP address; IPv6 without its brackets.
    std::string host;
    std::uint16_t port = 80;
    /// "" or "/a/b": no slash at the end.
    std::string path;
    friend bool operator==(const Url&, const Url&) = default;
};

/// Reads "http://host", "https://host:port/path" and the like. Names outside ASCII come in their
/// "xn--" form; a query, a fragment, a user name and dot segments are refused.
///
/// Errors, first match wins: the order of UrlError. Spec: RFC 3986 §3.
[[nodiscard]] Result<Url, UrlError> parse_url(std::string_view text);

/// "host" or "host:port", the port only where it is not the scheme's own; IPv6 in brackets.
[[nodiscard]] std::string authority(const Url& url);
/// The address as `parse_url` reads it.
[[nodiscard]] std::string to_text(const Url& url);

}  // namespace tasdiq::net
