#pragma once

#include <charconv>
#include <cstdint>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tasdiq::cli::test {

/// What a node answers; with status 0 it hangs up.
struct Answer {
    unsigned status;
    std::string body;
};

/// A port of 127.0.0.1 that is taken.
class Listening {
  public:
    Listening() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, any, size), 0);
        EXPECT_EQ(::listen(socket_, 1), 0);
        EXPECT_EQ(::getsockname(socket_, any, &size), 0);
        port_ = ntohs(address.sin_port);
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { ::close(socket_); }

    [[nodiscard]] int socket() const { return socket_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    std::uint16_t port_ = 0;
};

/// A node that gives these answers, to one request after the other.
class Answers {
  public:
    explicit Answers(std::vector<Answer> answers) {
        answering_ = std::thread{[this, all = std::move(answers)] {
            for (const Answer& one : all) give(one);
        }};
    }
    Answers(const Answers&) = delete;
    Answers& operator=(const Answers&) = delete;
    ~Answers() { finish(); }

    [[nodiscard]] const std::string& url() const { return url_; }
    /// The requests, each with its head; waits for the last of those that are on their way.
    [[nodiscard]] const std::vector<std::string>& asked() {
        finish();
        return asked_;
    }

  private:
    void finish() {
        ::shutdown(listening_.socket(), SHUT_RDWR);  // if nobody asks any more, nobody waits
        if (answering_.joinable()) answering_.join();
    }

    /// A request with its body, as far as it comes.
    static std::string read_request(int peer) {
        std::string request;
        std::size_t size = std::string::npos;
        while (request.size() < size) {
            char piece[4096];
            const ssize_t got = ::read(peer, piece, sizeof piece);
            if (got <= 0) break;
            request.append(piece, static_cast<std::size_t>(got));
            const std::size_t end = request.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            constexpr std::string_view kLength = "Content-Length: ";
            const std::size_t length = request.find(kLength);
            std::size_t body = 0;
            if (length < end) {
                std::from_chars(request.data() + length + kLength.size(), request.data() + end,
                                body);
            }
            size = end + 4 + body;
        }
        return request;
    }

    void give(const Answer& answer) {
        const int peer = ::accept(listening_.socket(), nullptr, nullptr);
        if (peer < 0) return;
        asked_.push_back(read_request(peer));
        const std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                                 " Answer\r\nContent-Type: application/json\r\n"
                                 "Connection: close\r\nContent-Length: " +
                                 std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
        if (answer.status != 0) {
            EXPECT_EQ(::send(peer, text.data(), text.size(), MSG_NOSIGNAL), std::ssize(text));
        }
        ::close(peer);
    }

    Listening listening_;
    std::string url_ = "http://127.0.0.1:" + std::to_string(listening_.port());
    std::vector<std::string> asked_;
    std::thread answering_;
};

}  // namespace tasdiq::cli::test
