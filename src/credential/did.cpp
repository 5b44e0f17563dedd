#include "credential/did.hpp"

#include <cstdint>
#include <utility>

#include "base/ascii.hpp"
#include "credential/digits.hpp"
#include "crypto/multikey.hpp"

namespace tasdiq::credential {
namespace {

constexpr std::string_view kDidWeb = "did:web:";
constexpr std::string_view kHttps = "https://";

bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

/// A host name of letters, digits, dots and hyphens, and perhaps `:port` (1–5 digits).
bool is_host(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    if (name.empty() || name.size() > 253) return false;
    for (const char c : name) {
        if (!is_alphanumeric(c) && c != '.' && c != '-') return false;
    }
    if (colon == std::string_view::npos) return true;
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || port.size() > 5) return false;
    for (const char c : port) {
        if (!is_digit(c)) return false;
    }
    return true;
}

/// A part of the path as we let it through: the unreserved characters of RFC 3986.
bool is_path_part(std::string_view text) {
    if (text.empty() || text == "." || text == "..") return false;
    for (const char c : text) {
        if (!is_alphanumeric(c) && c != '.' && c != '-' && c != '_' && c != '~') return false;
    }
    return true;
}

std::string percent_encode_colon(std::string_view host) {
    std::string result;
    for (const char c : host) {
        if (c == ':') {
            result += "%3A";
        } else {
            result += c;
        }
    }
    return result;
}

/// The host of a did:web's first part; `%3A` only once and only as a colon.
std::optional<std::string> decode_host(std::string_view part) {
    std::string host{part};
    const std::size_t percent = host.find('%');
    if (percent != std::string::npos) {
        const std::string_view code = std::string_view{host}.substr(percent, 3);
        if (code != "%3A" && code != "%3a") return std::nullopt;
        host.replace(percent, 3, ":");
    }
    if (!is_host(host)) return std::nullopt;
    return host;
}

}  // namespace

std::optional<std::string> url_of_did_web(std::string_view did) {
    if (!did.starts_with(kDidWeb)) return std::nullopt;
    std::string_view rest = did.substr(kDidWeb.size());
    const std::size_t colon = rest.find(':');
    const auto host = decode_host(rest.substr(0, colon));
    if (!host) return std::nullopt;
    std::string url = std::string{kHttps} + *host;
    if (colon == std::string_view::npos) return url + "/.well-known/did.json";
    rest.remove_prefix(colon + 1);
    for (;;) {
        const std::size_t next = rest.find(':');
        const std::string_view part = rest.substr(0, next);
        if (!is_path_part(part)) return std::nullopt;
        url += '/';
        url += part;
        if (next == std::string_view::npos) return url + "/did.json";
        rest.remove_prefix(next + 1);
    }
}

std::optional<std::string> did_web_of_url(std::string_view url) {
    constexpr std::string_view kEnd = "/did.json";
    if (!url.starts_with(kHttps) || !url.ends_with(kEnd)) return std::nullopt;
    url.remove_prefix(kHttps.size());
    if (url.size() < kEnd.size()) return std::nullopt;
    url.remove_suffix(kEnd.size());
    const std::size_t slash = url.find('/');
    const std::string_view host = url.substr(0, slash);
    if (!is_host(host) || slash == std::string_view::npos) return std::nullopt;
    std::string did = std::string{kDidWeb} + percent_encode_colon(host);
    std::string_view path = url.substr(slash + 1);
    if (path == ".well-known") return did;
    for (;;) {
        const std::size_t next = path.find('/');
        const std::string_view part = path.substr(0, next);
        if (!is_path_part(part)) return std::nullopt;
        did += ':';
        did += part;
        if (next == std::string_view::npos) return did;
        path.remove_prefix(next + 1);
    }
}

std::string_view host_of_origin(std::string_view origin) {
    return origin.substr(0, origin.find('/'));
}

std::string make_institution_did(std::string_view host, std::uint32_t member) {
    return std::string{kDidWeb} + percent_encode_colon(host) + ":i:" + std::to_string(member);
}

std::optional<InstitutionDid> parse_institution_did(std::string_view did) {
    if (!did.starts_with(kDidWeb)) return std::nullopt;
    const std::string_view rest = did.substr(kDidWeb.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto host = decode_host(rest.substr(0, colon));
    const std::string_view path = rest.substr(colon);
    if (!host || !path.starts_with(":i:")) return std::nullopt;
    const auto member = parse_digits(path.substr(3), UINT32_MAX);
    if (!member) return std::nullopt;
    if (make_institution_did(*host, *member) != did) return std::nullopt;  // `%3a`
    return InstitutionDid{*host, *member};
}

std::string make_status_list_url(const InstitutionDid& of, std::string_view list,
                                 std::string_view purpose) {
    std::string url = "https://" + of.host + "/i/" + std::to_string(of.member) + "/status/";
    return url.append(list).append("/").append(purpose);
}

std::string make_key_url(std::string_view did, std::uint16_t ordinal) {
    return std::string{did} + "#key-" + std::to_string(ordinal);
}

std::optional<KeyUrl> parse_key_url(std::string_view url) {
    const std::size_t hash = url.find('#');
    if (hash == std::string_view::npos) return std::nullopt;
    const std::string_view fragment = url.substr(hash);
    constexpr std::string_view kStart = "#key-";
    if (!fragment.starts_with(kStart)) return std::nullopt;
    const auto ordinal = parse_digits(fragment.substr(kStart.size()), UINT16_MAX);
    if (!ordinal) return std::nullopt;
    return KeyUrl{url.substr(0, hash), static_cast<std::uint16_t>(*ordinal)};
}

namespace {

codec::Json document_context() {
    return codec::Json::array()
        .push("https://www.w3.org/ns/did/v1")
        .push("https://w3id.org/security/multikey/v1");
}

codec::Json multikey_method(std::string_view id, std::string_view controller,
                            std::string_view multikey) {
    return codec::Json::object()
        .set("id", id)
        .set("type", "Multikey")
        .set("controller", controller)
        .set("publicKeyMultibase", multikey);
}

}  // namespace

codec::Json make_did_document(std::string_view did, std::span<const DidKey> keys) {
    codec::Json methods = codec::Json::array();
    codec::Json active = codec::Json::array();
    for (const DidKey& key : keys) {
        const std::string id = make_key_url(did, key.ordinal);
        methods.push(multikey_method(id, did, key.multikey));
        if (key.active) active.push(id);
    }
    return codec::Json::object()
        .set("@context", document_context())
        .set("id", did)
        .set("verificationMethod", std::move(methods))
        .set("assertionMethod", std::move(active));
}

codec::Json make_did_key_document(const crypto::PublicKey& key) {
    const std::string did = crypto::to_did_key(key);
    const std::string id = crypto::to_did_key_method(key);
    codec::Json document =
        codec::Json::object()
            .set("@context", document_context())
            .set("id", did)
            .set("verificationMethod",
                 codec::Json::array().push(multikey_method(id, did, crypto::to_multikey(key))));
    // Every purpose that a signature can have.
    for (const std::string_view purpose :
         {"authentication", "assertionMethod", "capabilityDelegation", "capabilityInvocation"}) {
        document.set(purpose, codec::Json::array().push(id));
    }
    return document;
}

}  // namespace tasdiq::credential
