#include "net/session.hpp"

#include <algorithm>
#include <cstring>

#include "net/request_check.hpp"

namespace tasdiq::net {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr auto kNever = Clock::time_point::max();
/// How long and how much a closing connection is still listened to, so that the last response is
/// not lost: closing with unread bytes makes the system send a reset, which overtakes it.
constexpr std::uint32_t kLingerMs = 1'000;
constexpr std::uint32_t kLingerDrainingMs = 100;
constexpr std::size_t kLingerBytesMax = 4 * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view known_method(std::string_view name) {
    constexpr std::string_view kKnown[] = {"GET",   "HEAD",   "POST",   "PUT",
                                           "PATCH", "DELETE", "OPTIONS"};
    const auto* found = std::ranges::find(kKnown, name);
    return found == std::end(kKnown) ? "OTHER" : *found;
}

/// Takes the body and what belongs to it out of an answer that has none.
void drop_body(HttpResponse& response, unsigned status) {
    response.status = status;
    response.body.clear();
    response.content_type.clear();
}

}  // namespace

asio::mutable_buffer ReadBuffer::prepare(std::size_t size_bytes) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (bytes_.size() - end_ < size_bytes && begin_ != 0) {
        std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (bytes_.size() - end_ < size_bytes) bytes_.resize(end_ + size_bytes);
    return asio::buffer(bytes_.data() + end_, size_bytes);
}

Session::Session(Loop& loop, Socket socket)
    : loop_{loop},
      stream_{std::move(socket), loop.shared().tls ? &*loop.shared().tls : nullptr},
      place_{loop.add(*this)},
      wake_{loop.executor()} {
    ErrorCode ignored;  // without it answers are late, not wrong
    stream_.socket().set_option(Tcp::no_delay{true}, ignored);
    wake_.expires_at(Clock::time_point::max());
}

Session::~Session() {
    release_body();
    if (waiting_) waiting_->wake = nullptr;
    loop_.remove(place_);
}

void Session::set_deadline(std::uint32_t timeout_ms) {
    deadline_ = Clock::now() + std::chrono::milliseconds{timeout_ms};
}

void Session::check_time(Clock::time_point now, bool draining, bool cut) {
    cut_ = cut_ || cut;
    if (!cut_ && now < deadline_ && !(draining && idle_)) return;
    // Again at each tick: what completed at this very moment starts something new that would wait.
    wake_.cancel();
    if (cut_) {
        stream_.close();
    } else {
        stream_.cancel();
    }
}

Session::Received Session::refuse_with(RequestError error, std::string_view detail) {
    refusal_ = refuse(error, detail);
    if (error == RequestError::kMethod) refusal_.headers.push_back({"Allow", loop_.shared().allow});
    return Received::kRefused;
}

Task<Session::Read> Session::read_some() {
    const auto [error, size] = co_await stream_.read_some(buffer_.prepare(kReadBytes));
    if (!error) {
        buffer_.commit(size);
        co_return Read::kSome;
    }
    const bool timeout = error == asio::error::operation_aborted && !cut_ && !idle_;
    co_return timeout ? Read::kTimeout : Read::kEnd;
}

Task<Session::Received> Session::receive_header(RequestReader& reader) {
    const ServerOptions& options = loop_.shared().options;
    // A new connection that says nothing is a header that is late; later silence is just idle.
    set_deadline(served_ == 0 ? options.header_timeout_ms : options.idle_timeout_ms);
    if (buffer_.is_empty()) {
        if (loop_.is_draining()) co_return Received::kGone;
        idle_ = true;
        const Read read = co_await read_some();
        idle_ = false;
        if (read != Read::kSome) co_return Received::kGone;
    }
    set_deadline(options.header_timeout_ms);
    for (;;) {
        const auto taken = reader.feed(buffer_.view());
        if (!taken) co_return refuse_with(taken.error());
        buffer_.consume(*taken);
        if (reader.state() != RequestReader::State::kHeader) break;
        const Read read = co_await read_some();
        if (read == Read::kEnd) co_return Received::kGone;
        if (read == Read::kTimeout) co_return refuse_with(RequestError::kHeaderTime);
    }
    const auto checked = check_header(reader, options);
    if (!checked) co_return refuse_with(checked.error().error, checked.error().detail);
    co_return Received::kRequest;
}

Task<Session::Received> Session::receive_body(RequestReader& reader) {
    set_deadline(loop_.shared().options.body_timeout_ms);
    if (!reserve_body(reader)) co_return refuse_with(RequestError::kBodyMemory);
    if (!reader.expect().empty() && !reader.is_http_1_0() && buffer_.is_empty()) {
        const auto [error, size] = co_await stream_.write(kContinue, {});
        if (error) co_return Received::kGone;
    }
    while (reader.state() != RequestReader::State::kDone) {
        const auto taken = reader.feed(buffer_.view());
        if (!taken) co_return refuse_with(taken.error());
        buffer_.consume(*taken);
        if (reader.state() == RequestReader::State::kDone) break;
        const Read read = co_await read_some();
        if (read == Read::kEnd) co_return Received::kGone;
        if (read == Read::kTimeout) co_return refuse_with(RequestError::kBodyTime);
    }
    co_return Received::kRequest;
}

Task<Session::Received> Session::receive(RequestReader& reader) {
    waiting_since_ = Clock::now();
    Received received = co_await receive_header(reader);
    received_at_ = Clock::now();
    if (received == Received::kRequest && reader.state() != RequestReader::State::kDone) {
        received = co_await receive_body(reader);
    }
    waiting_since_ = kNever;
    co_return received;
}

bool Session::reserve_body(const RequestReader& reader) {
    const ServerOptions& options = loop_.shared().options;
    // A chunked body may become as large as any.
    const std::size_t size = reader.content_length().value_or(options.max_body_bytes);
    auto& total = loop_.shared().bodies_bytes;
    body_reserved_ = size;
    return total.fetch_add(size) + size <= options.max_bodies_bytes;
}

void Session::release_body() { loop_.shared().bodies_bytes -= std::exchange(body_reserved_, 0); }

Task<HttpResponse> Session::ask_handler(HttpRequest request) {
    set_deadline(loop_.shared().options.answer_timeout_ms);
    // Shared with the Responder: it may come after the connection has given up, and the other way.
    waiting_ = std::make_shared<Waiting>();
    auto deliver = [waiting = waiting_, mailbox = loop_.mailbox()](HttpResponse response) {
        mailbox->run([waiting, response = std::move(response)]() mutable {
            waiting->response = std::move(response);
            if (waiting->wake != nullptr) waiting->wake->cancel();
        });
    };
    try {
        loop_.shared().handler(std::move(request), Responder{std::move(deliver)});
    } catch (...) {
        // Its Responder is destroyed by now and has answered 500, unless it was kept elsewhere.
    }
    waiting_->wake = &wake_;
    while (!waiting_->response && !cut_ && Clock::now() < deadline_) {
        (void)co_await wake_.async_wait(kAsTuple);  // woken by the answer or by check_time
    }
    waiting_->wake = nullptr;
    HttpResponse response =
        waiting_->response ? *std::move(waiting_->response) : refuse(RequestError::kAnswerTime);
    waiting_.reset();
    co_return response;
}

Task<std::optional<Session::Answer>> Session::answer(RequestReader& reader) {
    const Received received = co_await receive(reader);
    if (received == Received::kGone) co_return std::nullopt;
    // Behind a refused request there may be the rest of it: nothing more is read as a request.
    if (received == Received::kRefused) co_return Answer{std::exchange(refusal_, {}), false};
    ++served_;
    Answer answer;
    if (reader.method() == "OPTIONS") {
        answer.response = answer_options(loop_.shared().options);
    } else {
        const std::string if_none_match = reader.request().if_none_match;
        const Method method = reader.request().method;
        answer.response = co_await ask_handler(std::move(reader.request()));
        release_body();
        if (!is_writable(answer.response)) answer.response = refuse(RequestError::kAnswerInvalid);
        if (method == Method::kGet && answer.response.status == 200 &&
            is_etag_match(if_none_match, answer.response.etag)) {
            drop_body(answer.response, 304);
        }
    }
    answer.keep = reader.is_keep_alive() && !loop_.is_draining() &&
                  served_ < loop_.shared().options.max_requests_per_connection;
    co_return answer;
}

Task<bool> Session::send(const RequestReader& reader, HttpResponse response, bool keep) {
    using Connection = HeadOptions::Connection;
    const ServerOptions& options = loop_.shared().options;
    set_deadline(options.write_timeout_ms);
    std::string head =
        make_head(response, {.connection = keep ? Connection::kKeepAlive : Connection::kClose,
                             .date = loop_.date(),
                             .allow_origin = options.allow_origin});
    const bool has_body =
        reader.method() != "HEAD" && response.status != 204 && response.status != 304;
    std::string_view body = has_body ? std::string_view{response.body} : std::string_view{};
    if (!body.empty() && body.size() <= kReadBytes) {
        head += body;  // one packet and one TLS record where one is enough
        body = {};
    }
    const auto [error, size] = co_await stream_.write(head, body);
    if (options.on_request) {
        const auto time =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - received_at_);
        options.on_request({.method = known_method(reader.method()),
                            .route = response.route,
                            .status = response.status,
                            .duration_us = static_cast<std::uint64_t>(time.count()),
                            .request_bytes = reader.size_bytes(),
                            .response_bytes = size});
    }
    co_return !error;
}

Task<void> Session::serve() {
    if (stream_.is_tls()) {
        set_deadline(loop_.shared().options.header_timeout_ms);
        const auto [error] = co_await stream_.handshake(asio::ssl::stream_base::server);
        if (error) co_return;
    }
    for (bool keep = true; keep;) {
        RequestReader reader{{.header_bytes = loop_.shared().options.max_header_bytes,
                              .body_bytes = loop_.shared().options.max_body_bytes}};
        std::optional<Answer> next = co_await answer(reader);
        release_body();
        if (!next) break;
        keep = next->keep;
        const bool sent = co_await send(reader, std::move(next->response), keep);
        if (!sent) co_return;
    }
    co_await linger();
}

Task<void> Session::turn_away() {
    waiting_since_ = kNever;
    if (stream_.is_tls()) co_return;  // a handshake is just what there is no room for
    set_deadline(kLingerMs);
    const HttpResponse response = refuse(RequestError::kTooManyConnections);
    const std::string head =
        make_head(response, {.connection = HeadOptions::Connection::kClose, .date = loop_.date()});
    const auto [error, size] = co_await stream_.write(head, response.body);
    if (!error) co_await linger();
}

Task<void> Session::linger() {
    set_deadline(loop_.is_draining() ? kLingerDrainingMs : kLingerMs);
    const auto [error] = co_await stream_.shutdown_send();
    if (error || stream_.is_tls()) co_return;
    std::size_t discarded = 0;
    while (discarded < kLingerBytesMax) {
        buffer_.consume(buffer_.view().size());
        const Read read = co_await read_some();
        if (read != Read::kSome) co_return;
        discarded += buffer_.view().size();
    }
}

}  // namespace tasdiq::net
