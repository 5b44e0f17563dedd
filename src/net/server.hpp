#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/http.hpp"
#include "net/net_error.hpp"

namespace tasdiq::net {

/// The duty to answer one request: at once or later, from any thread, once. Destroyed without an
/// answer it answers 500. It may outlive the connection and the server; then the answer is dropped.
class Responder {
  public:
    using Deliver = std::move_only_function<void(HttpResponse)>;

    /// `deliver` is called exactly once. Handlers get theirs from the server; tests make their own.
    explicit Responder(Deliver deliver) : deliver_{std::move(deliver)} {}
    Responder(Responder&& other) noexcept : deliver_{std::exchange(other.deliver_, nullptr)} {}
    Responder& operator=(Responder&&) = delete;
    ~Responder();

    /// Sends the answer. Thread-safe against everything but a second call on the same object, which
    /// is a defect of the caller's.
    void answer(HttpResponse response);

  private:
    Deliver deliver_;
};

/// Called on one of the server's threads for each request: it must not block. Whatever takes longer
/// than a database read keeps the Responder and answers from a thread of its own. What it throws
/// becomes a 500.
using Handler = std::function<void(HttpRequest, Responder)>;

/// The handler that answers at once with what `answer` returns.
[[nodiscard]] Handler answering(std::function<HttpResponse(const HttpRequest&)> answer);

/// One answered request, for metrics and logs. No query, no body, no address: nothing personal.
struct RequestRecord {
    /// As sent, "OTHER" if it is none that HTTP knows.
    std::string_view method = {};
    /// The response's route; empty where no handler was asked.
    std::string_view route = {};
    unsigned status = 0;
    /// From the whole header read to the answer handed to the system.
    std::uint64_t duration_us = 0;
    std::uint64_t request_bytes = 0;
    std::uint64_t response_bytes = 0;
};

struct ServerOptions {
    /// An IP address; "0.0.0.0" or "::" for all.
    std::string address = "127.0.0.1";
    /// 0 takes any free one: see Server::port.
    std::uint16_t port = 0;
    unsigned threads = 2;

    /// Further ones are answered 503 and closed. In the last sixteenth each new one closes the one
    /// that has waited longest for its peer's request: a flood of silence shuts nobody out.
    std::size_t max_connections = 1024;
    std::size_t max_header_bytes = 16 * 1024;
    std::size_t max_body_bytes = 2 * 1024 * 1024;
    /// Of all the bodies in memory at a time.
    std::size_t max_bodies_bytes = 64 * 1024 * 1024;
    std::size_t max_requests_per_connection = 100'000;

    /// From the first byte to the end of the header (and for the first byte of a new connection).
    std::uint32_t header_timeout_ms = 10'000;
    std::uint32_t body_timeout_ms = 30'000;
    /// Between requests of one connection.
    std::uint32_t idle_timeout_ms = 60'000;
    /// For the handler's answer.
    std::uint32_t answer_timeout_ms = 30'000;
    /// For sending one response.
    std::uint32_t write_timeout_ms = 60'000;

    /// What reaches the handler; HEAD goes with kGet.
    std::vector<Method> methods = {Method::kGet, Method::kPost};
    /// Host names (without port) that are served, any if empty. A list stops DNS rebinding.
    std::vector<std::string> hosts = {};
    /// Access-Control-Allow-Origin for everything, "*" or empty. Preflights are answered if set.
    std::string allow_origin = {};

    /// PEM files; both or neither. With them the server speaks TLS 1.2 or newer only.
    std::string tls_certificate_file = {};
    std::string tls_key_file = {};

    /// Called on the server's threads after each response.
    std::function<void(const RequestRecord&)> on_request = {};
};

/// Takes address and port from `ADDRESS:PORT`, an IPv6 address in brackets or not; false if it is
/// not that. Whether the address is one, the start says.
[[nodiscard]] bool parse_listen(std::string_view text, ServerOptions& options);

/// An HTTP/1.1 server with its own threads.
class Server {
  public:
    /// Listens and serves. The error's text says what was wrong with which address or file.
    ///
    /// Errors, first match wins: kAddress, kTlsFiles, kListen.
    [[nodiscard]] static Result<std::unique_ptr<Server>, NetFailure> start(ServerOptions options,
                                                                           Handler handler);

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Stops without grace.
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    /// Connections that are open now.
    [[nodiscard]] std::size_t connections() const;

    /// Stops accepting, closes idle connections, lets requests finish for up to `grace_ms`, closes
    /// the rest, and returns when all of the server's threads have ended. Thread-safe, idempotent;
    /// not from a handler.
    void stop(std::uint32_t grace_ms);

  private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tasdiq::net
