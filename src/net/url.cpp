#include "net/url.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "net/target.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

constexpr std::size_t kUrlSizeMax = 2048;
constexpr std::size_t kHostSizeMax = 253;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_host_name(std::string_view host) {
    if (host.empty() || host.size() > kHostSizeMax) return false;
    if (!std::ranges::all_of(host, is_name_character)) return false;
    // No empty label: "a..b", ".a"; the root's dot at the end would not match a certificate.
    return host.front() != '.' && host.back() != '.' && !host.contains("..");
}

bool is_ipv6_text(std::string_view host) {
    return host.size() >= 2 && host.size() <= 45 && host.contains(':') &&
           std::ranges::all_of(host, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
           });
}

std::uint16_t default_port(Scheme scheme) { return scheme == Scheme::kHttp ? 80 : 443; }

Result<Scheme, UrlError> take_scheme(std::string_view& text) {
    const std::size_t end = text.find("://");
    if (end == std::string_view::npos) return std::unexpected{UrlError::kScheme};
    const std::string_view name = text.substr(0, end);
    text.remove_prefix(end + 3);
    if (equals_ignoring_case(name, "http")) return Scheme::kHttp;
    if (equals_ignoring_case(name, "https")) return Scheme::kHttps;
    return std::unexpected{UrlError::kScheme};
}

/// Takes the host off the front of "host", "host:port" or "[ipv6]:port".
Result<std::string, UrlError> take_host(std::string_view& authority) {
    const bool bracketed = authority.starts_with('[');
    const std::size_t end = authority.find(bracketed ? ']' : ':');
    if (bracketed && end == std::string_view::npos) return std::unexpected{UrlError::kHost};
    std::string host = to_lower(authority.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end));
    authority.remove_prefix(std::min(bracketed ? end + 1 : end, authority.size()));
    if (!(bracketed ? is_ipv6_text(host) : is_host_name(host))) {
        return std::unexpected{UrlError::kHost};
    }
    return host;
}

Result<std::uint16_t, UrlError> read_port(std::string_view text, Scheme scheme) {
    if (text.empty()) return default_port(scheme);
    if (text.front() != ':') return std::unexpected{UrlError::kPort};
    const auto port = parse_decimal(text.substr(1), 5);
    if (!port || *port == 0 || *port > 65'535) return std::unexpected{UrlError::kPort};
    return static_cast<std::uint16_t>(*port);
}

}  // namespace

std::string_view to_string(UrlError error) {
    switch (error) {
        case UrlError::kTooLong: return "address is longer than 2048 bytes";
        case UrlError::kCharacter:
            return "address holds a space, a control or a non-ASCII character";
        case UrlError::kScheme: return "address does not start with http:// or https://";
        case UrlError::kUserinfo: return "address holds a user name";
        case UrlError::kHost: return "address names no valid host";
        case UrlError::kPort: return "port is not a number from 1 to 65535";
        case UrlError::kPath: return "path is malformed, or followed by a query or fragment";
    }
    ENSURE(false);
}

Result<Url, UrlError> parse_url(std::string_view text) {
    if (text.size() > kUrlSizeMax) return std::unexpected{UrlError::kTooLong};
    if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; })) {
        return std::unexpected{UrlError::kCharacter};
    }
    Url url;
    TRY(url.scheme, take_scheme(text));
    const std::size_t path_begin = std::min(text.find_first_of("/?#"), text.size());
    std::string_view authority = text.substr(0, path_begin);
    // "https://node.example@evil.example/" looks like node.example to people.
    if (authority.contains('@')) return std::unexpected{UrlError::kUserinfo};
    TRY(url.host, take_host(authority));
    TRY(url.port, read_port(authority, url.scheme));

    std::string_view path = text.substr(path_begin);
    if (path.contains('?')) return std::unexpected{UrlError::kPath};
    if (!path.empty() && !parse_target(path)) return std::unexpected{UrlError::kPath};
    if (path.ends_with('/')) path.remove_suffix(1);
    url.path = path;
    return url;
}

std::string authority(const Url& url) {
    std::string text = url.host.contains(':') ? "[" + url.host + "]" : url.host;
    if (url.port != default_port(url.scheme)) {
        text.push_back(':');
        append_decimal(text, std::uint64_t{url.port});
    }
    return text;
}

std::string to_text(const Url& url) {
    return (url.scheme == Scheme::kHttp ? "http://" : "https://") + authority(url) + url.path;
}

}  // namespace tasdiq::net
