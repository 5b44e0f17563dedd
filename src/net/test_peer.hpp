#pragma once

// For tests only: a peer that speaks bytes, not HTTP, so that it can speak them wrongly.

#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tasdiq::net {

class TestPeer {
  public:
    /// Connects to a port of this machine.
    explicit TestPeer(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    static TestPeer adopt(int socket) { return TestPeer{socket, Adopt{}}; }
    TestPeer(TestPeer&& other) noexcept
        : socket_{std::exchange(other.socket_, -1)}, connected_{other.connected_} {}
    TestPeer& operator=(TestPeer&&) = delete;
    ~TestPeer() {
        if (socket_ >= 0) ::close(socket_);
    }

    [[nodiscard]] bool is_connected() const { return connected_; }

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                cut_off_ = true;
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void finish() const { ::shutdown(socket_, SHUT_WR); }

    /// Reads until `end` has come, the other side closes, or time is up.
    std::string read_until(std::string_view end, int timeout_ms = 5'000) {
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout_ms};
        while (end.empty() || !unread_.contains(end)) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            pollfd waiting{socket_, POLLIN, 0};
            if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) {
                timed_out_ = true;
                break;
            }
            char chunk[4096];
            const ssize_t size = ::recv(socket_, chunk, sizeof chunk, 0);
            if (size <= 0) {
                closed_ = true;
                break;
            }
            unread_.append(chunk, static_cast<std::size_t>(size));
        }
        const std::size_t at = end.empty() ? std::string::npos : unread_.find(end);
        const std::size_t size = at == std::string::npos ? unread_.size() : at + end.size();
        std::string text = unread_.substr(0, size);
        unread_.erase(0, size);
        return text;
    }
    /// Everything until the other side closes.
    std::string read_all(int timeout_ms = 5'000) { return read_until("", timeout_ms); }

    [[nodiscard]] bool was_closed() const { return closed_; }
    /// The other side closed without care for what was still on its way.
    [[nodiscard]] bool was_cut_off() const { return cut_off_; }
    [[nodiscard]] bool timed_out() const { return timed_out_; }

  private:
    struct Adopt {};
    TestPeer(int socket, Adopt) : socket_{socket}, connected_{true} {}

    int socket_;
    bool connected_ = false;
    bool closed_ = false;
    bool cut_off_ = false;
    bool timed_out_ = false;
    std::string unread_;
};

/// A server's end of a socket: for clients that are told nonsense.
class TestListener {
  public:
    TestListener() : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 16);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    TestListener(const TestListener&) = delete;
    TestListener& operator=(const TestListener&) = delete;
    ~TestListener() { close(); }

    void close() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] TestPeer accept() const {
        return TestPeer::adopt(::accept(socket_, nullptr, nullptr));
    }

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

}  // namespace tasdiq::net
