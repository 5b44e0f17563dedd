#pragma once

#include <array>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <string_view>
#include <tuple>

#include "net/asio.hpp"

namespace tasdiq::net {

/// A connection, plain or TLS. Of one thread; one read and one write at a time.
class Stream {
  public:
    using Transferred = std::tuple<ErrorCode, std::size_t>;

    /// Plain if `tls` is null, otherwise `tls` outlives the stream.
    Stream(Socket socket, asio::ssl::context* tls);

    [[nodiscard]] Task<Transferred> read_some(asio::mutable_buffer into);
    /// Writes all of both texts, which outlive the call.
    [[nodiscard]] Task<Transferred> write(std::string_view head, std::string_view body);
    [[nodiscard]] Task<std::tuple<ErrorCode>> handshake(asio::ssl::stream_base::handshake_type as);
    /// Tells the other side that nothing more will come. TLS also waits for its assent.
    [[nodiscard]] Task<std::tuple<ErrorCode>> shutdown_send();

    /// Makes whatever is being waited for fail.
    void cancel();
    void close();

    [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
    [[nodiscard]] Socket& socket() { return tls_ ? tls_->next_layer() : socket_; }
    /// Of a TLS stream.
    [[nodiscard]] SSL* ssl() { return tls_->native_handle(); }

  private:
    Socket socket_;
    std::unique_ptr<asio::ssl::stream<Socket>> tls_;
};

}  // namespace tasdiq::net
