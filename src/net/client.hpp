#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http.hpp"
#include "net/net_error.hpp"
#include "net/url.hpp"

namespace tasdiq::net {

struct ClientOptions {
    /// For name, connection and TLS together.
    std::uint32_t connect_timeout_ms = 10'000;
    /// For everything after: request sent, response read whole.
    std::uint32_t exchange_timeout_ms = 60'000;
    std::size_t max_response_bytes = 64 * 1024 * 1024;
    /// A PEM file of CA certificates to trust instead of the system's.
    std::string ca_file = {};
    std::string user_agent = "tasdiq";
};

struct ClientResponse {
    unsigned status = 0;
    /// Names as sent.
    std::vector<Header> headers = {};
    std::string body = {};

    /// The first header of that name in any case; empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// A blocking HTTP client for one server. It keeps its connection between requests, follows no
/// redirects, uses no proxy, sends no cookies. One thread at a time.
class Client {
  public:
    /// Checks the address and loads the trust store; connects with the first request.
    ///
    /// Errors, first match wins: kUrl, kTlsFiles.
    [[nodiscard]] static Result<Client, NetFailure> open(std::string_view url,
                                                         ClientOptions options = {});

    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    [[nodiscard]] const Url& url() const;

    /// Asks for `target` ("/checkpoint?x=1", escaped already) under the address's path. A response
    /// of any status is a value. A GET is sent once more if a kept connection turns out closed.
    ///
    /// Errors, in the order of the steps: kRequest, kResolve, kConnect, kTlsHandshake or
    /// kTlsCertificate, kTimeout (at any), kClosed, kMalformedResponse, kResponseHeaderTooLarge,
    /// kResponseTooLarge. Their text names host and step.
    [[nodiscard]] Result<ClientResponse, NetFailure> get(std::string_view target,
                                                         const std::vector<Header>& headers = {});
    /// As `get`, but never sent twice.
    [[nodiscard]] Result<ClientResponse, NetFailure> post(std::string_view target,
                                                          std::string_view content_type,
                                                          std::string_view body,
                                                          const std::vector<Header>& headers = {});

  private:
    class Impl;
    explicit Client(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tasdiq::net
