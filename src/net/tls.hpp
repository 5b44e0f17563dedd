#pragma once

#include <boost/asio/ssl/context.hpp>
#include <string>

#include "base/result.hpp"
#include "net/net_error.hpp"
#include "net/stream.hpp"

namespace tasdiq::net {

/// A server's side of TLS 1.2 and newer, with a PEM certificate chain and key. Errors: kTlsFiles.
[[nodiscard]] Result<asio::ssl::context, NetFailure> make_server_tls(
    const std::string& certificate_file, const std::string& key_file);

/// A client's side, which trusts the CA certificates of `ca_file`, or the system's if it is empty.
/// Errors: kTlsFiles.
[[nodiscard]] Result<asio::ssl::context, NetFailure> make_client_tls(const std::string& ca_file);

/// Makes the handshake of `stream` ask for `host` and accept its certificate only.
/// `host` is a name or an IP address. False if OpenSSL refuses the text.
[[nodiscard]] bool expect_host(Stream& stream, const std::string& host);

/// Why the certificate was refused; empty if it wasn't, or if none was seen.
[[nodiscard]] std::string certificate_problem(Stream& stream);

}  // namespace tasdiq::net
