#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "net/loop.hpp"
#include "net/request_reader.hpp"

namespace tasdiq::net {

/// An answer on its way to a connection. Shared by the connection and by the Responder, whichever
/// lives longer; read and written on the loop's thread only.
struct Waiting {
    std::optional<HttpResponse> response;
    /// The timer that the connection sleeps on; null while it doesn't.
    Timer* wake = nullptr;
};

/// Bytes read and not taken yet.
class ReadBuffer {
  public:
    /// Room for `size_bytes` more at the end.
    [[nodiscard]] asio::mutable_buffer prepare(std::size_t size_bytes);
    void commit(std::size_t size_bytes) { end_ += size_bytes; }
    void consume(std::size_t size_bytes) { begin_ += size_bytes; }
    [[nodiscard]] std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
    [[nodiscard]] bool is_empty() const { return begin_ == end_; }

  private:
    std::vector<char> bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// One connection to the server, from accept to close.
class Session {
  public:
    Session(Loop& loop, Socket socket);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    /// Serves requests until one side has enough.
    [[nodiscard]] Task<void> serve();
    /// Says 503 and closes.
    [[nodiscard]] Task<void> turn_away();

    /// Wakes the connection if its time is up, if it idles and the loop drains, or if it is `cut`.
    void check_time(Clock::time_point now, bool draining, bool cut);

    /// Since when it has been waiting for its peer to say a whole request; never while it answers.
    [[nodiscard]] Clock::time_point waiting_since() const { return waiting_since_; }
    /// Closes it at once.
    void give_way() { check_time(Clock::now(), false, true); }

  private:
    enum class Read : std::uint8_t { kSome, kTimeout, kEnd };
    /// What came of waiting for a request: one, a refusal, or nothing to answer to.
    enum class Received : std::uint8_t { kRequest, kRefused, kGone };
    struct Answer {
        HttpResponse response;
        bool keep = false;
    };

    [[nodiscard]] Task<Read> read_some();
    [[nodiscard]] Task<Received> receive(RequestReader& reader);
    [[nodiscard]] Task<Received> receive_header(RequestReader& reader);
    [[nodiscard]] Task<Received> receive_body(RequestReader& reader);
    [[nodiscard]] Task<HttpResponse> ask_handler(HttpRequest request);
    [[nodiscard]] Task<std::optional<Answer>> answer(RequestReader& reader);
    [[nodiscard]] Task<bool> send(const RequestReader& reader, HttpResponse response, bool keep);
    [[nodiscard]] Task<void> linger();

    [[nodiscard]] Received refuse_with(RequestError error, std::string_view detail = {});
    [[nodiscard]] bool reserve_body(const RequestReader& reader);
    void release_body();
    void set_deadline(std::uint32_t timeout_ms);

    Loop& loop_;
    Stream stream_;
    Loop::Place place_;
    Timer wake_;
    ReadBuffer buffer_;
    // Shared with the Responder of the request that is being answered.
    std::shared_ptr<Waiting> waiting_;
    HttpResponse refusal_;
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point waiting_since_ = Clock::now();
    Clock::time_point received_at_;
    std::size_t served_ = 0;
    std::size_t body_reserved_ = 0;
    bool idle_ = false;
    bool cut_ = false;
};

}  // namespace tasdiq::net
