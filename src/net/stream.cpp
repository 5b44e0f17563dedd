#include "net/stream.hpp"

#include <boost/asio/write.hpp>

namespace tasdiq::net {

Stream::Stream(Socket socket, asio::ssl::context* tls) : socket_{std::move(socket)} {
    if (tls != nullptr) {
        tls_ = std::make_unique<asio::ssl::stream<Socket>>(std::move(socket_), *tls);
    }
}

Task<Stream::Transferred> Stream::read_some(asio::mutable_buffer into) {
    if (tls_) return tls_->async_read_some(into, kAsTuple);
    return socket_.async_read_some(into, kAsTuple);
}

Task<Stream::Transferred> Stream::write(std::string_view head, std::string_view body) {
    const std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::buffer(body)};
    if (tls_) return asio::async_write(*tls_, parts, kAsTuple);
    return asio::async_write(socket_, parts, kAsTuple);
}

Task<std::tuple<ErrorCode>> Stream::handshake(asio::ssl::stream_base::handshake_type as) {
    return tls_->async_handshake(as, kAsTuple);
}

Task<std::tuple<ErrorCode>> Stream::shutdown_send() {
    if (tls_) co_return co_await tls_->async_shutdown(kAsTuple);
    ErrorCode error;
    socket_.shutdown(Socket::shutdown_send, error);
    co_return std::tuple{error};
}

void Stream::cancel() {
    ErrorCode ignored;  // a socket that is closed already has nothing to cancel
    socket().cancel(ignored);
}

void Stream::close() {
    ErrorCode ignored;  // it is gone either way
    socket().close(ignored);
}

}  // namespace tasdiq::net
