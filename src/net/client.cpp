#include "net/client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cerrno>
#include <optional>
#include <sys/socket.h>

#include "net/asio.hpp"
#include "net/resolve.hpp"
#include "net/response_reader.hpp"
#include "net/text.hpp"
#include "net/tls.hpp"

namespace tasdiq::net {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

bool is_timeout_left(Clock::time_point deadline) { return Clock::now() < deadline; }

Result<Ok, NetError> check_headers(const std::vector<Header>& headers) {
    const bool fine = std::ranges::all_of(headers, [](const Header& header) {
        return is_header_name(header.name) && is_header_value(header.value);
    });
    if (!fine) return std::unexpected{NetError::kRequest};
    return Ok{};
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [&](const Header& header) { return equals_ignoring_case(header.name, name); });
    return found == headers.end() ? std::string_view{} : found->value;
}

class Client::Impl {
  public:
    using Response = Result<ClientResponse, NetFailure>;

    Impl(Url url, ClientOptions options) : url_{std::move(url)}, options_{std::move(options)} {}

    [[nodiscard]] Result<Ok, NetFailure> load_trust() {
        if (url_.scheme == Scheme::kHttps) {
            TRY(tls_, make_client_tls(options_.ca_file));
        }
        return Ok{};
    }
    [[nodiscard]] const Url& url() const { return url_; }

    [[nodiscard]] Response request(Method method, std::string_view target,
                                   std::vector<Header> headers, std::string_view body);

  private:
    [[nodiscard]] Response exchange(std::string_view head, std::string_view body, bool again);
    [[nodiscard]] Result<Ok, NetFailure> connect();
    [[nodiscard]] Result<Ok, NetFailure> connect_to(const Tcp::endpoint& endpoint,
                                                    Clock::time_point deadline);
    [[nodiscard]] Result<Ok, NetFailure> secure(Clock::time_point deadline);
    [[nodiscard]] Task<Result<Ok, NetFailure>> send_and_receive(std::string_view head,
                                                                std::string_view body,
                                                                ResponseReader& reader);
    /// Runs `task` to its end; at `deadline` the connection is closed under it.
    template <class T>
    [[nodiscard]] T run(Task<T> task, Clock::time_point deadline);
    [[nodiscard]] bool is_connection_stale();
    [[nodiscard]] NetFailure failure(NetError error, std::string_view step, std::string why) const;

    Url url_;
    ClientOptions options_;
    std::optional<asio::ssl::context> tls_;
    asio::io_context context_{1};
    std::unique_ptr<Stream> stream_;
    bool timed_out_ = false;
};

NetFailure Client::Impl::failure(NetError error, std::string_view step, std::string why) const {
    const bool timeout = timed_out_ && error != NetError::kTlsCertificate;
    std::string text = authority(url_);
    text += ": ";
    text += step;
    text += ": ";
    if (why.empty()) why = to_string(error);
    text += timeout ? std::string{to_string(NetError::kTimeout)} : why;
    return {timeout ? NetError::kTimeout : error, std::move(text)};
}

template <class T>
T Client::Impl::run(Task<T> task, Clock::time_point deadline) {
    std::optional<T> result;
    Timer timer{context_};
    timer.expires_at(deadline);
    timer.async_wait([&](const ErrorCode& error) {
        if (error) return;
        timed_out_ = true;
        stream_->close();  // not only cancelled: what is started after this moment fails too
    });
    asio::co_spawn(context_, std::move(task), [&](const std::exception_ptr& thrown, T value) {
        timer.cancel();
        if (thrown) std::rethrow_exception(thrown);
        result.emplace(std::move(value));
    });
    context_.restart();
    context_.run();
    return *std::move(result);
}

Result<Ok, NetFailure> Client::Impl::connect() {
    const auto deadline = Clock::now() + std::chrono::milliseconds{options_.connect_timeout_ms};
    const auto endpoints =
        resolve(url_.host, url_.port, std::chrono::milliseconds{options_.connect_timeout_ms});
    if (!endpoints) {
        timed_out_ = endpoints.error().timed_out;
        return std::unexpected{failure(NetError::kResolve, "name", endpoints.error().why)};
    }
    Result<Ok, NetFailure> connected = std::unexpected{NetFailure{}};
    for (std::size_t i = 0; i < endpoints->size() && !connected; ++i) {
        // One address that swallows packets leaves time for the others.
        const auto share = (deadline - Clock::now()) / static_cast<int>(endpoints->size() - i);
        connected = connect_to((*endpoints)[i], Clock::now() + share);
    }
    TRY(connected);
    if (tls_) return secure(deadline);
    return Ok{};
}

Result<Ok, NetFailure> Client::Impl::connect_to(const Tcp::endpoint& endpoint,
                                                Clock::time_point deadline) {
    timed_out_ = false;
    stream_ = std::make_unique<Stream>(Socket{context_}, tls_ ? &*tls_ : nullptr);
    ErrorCode error;
    stream_->socket().open(endpoint.protocol(), error);
    if (!error) {
        auto task = stream_->socket().async_connect(endpoint, kAsTuple);
        error = std::get<0>(run(std::move(task), deadline));
    }
    if (error || timed_out_) {
        return std::unexpected{failure(NetError::kConnect, "connect", error.message())};
    }
    stream_->socket().set_option(Tcp::no_delay{true}, error);  // late, not wrong, without it
    return Ok{};
}

Result<Ok, NetFailure> Client::Impl::secure(Clock::time_point deadline) {
    if (!expect_host(*stream_, url_.host)) {
        return std::unexpected{failure(NetError::kTlsHandshake, "TLS", "not a host name for TLS")};
    }
    const auto [error] = run(stream_->handshake(asio::ssl::stream_base::client), deadline);
    if (!error) return Ok{};
    std::string refused = certificate_problem(*stream_);
    if (!refused.empty()) {
        return std::unexpected{
            failure(NetError::kTlsCertificate, "TLS certificate", std::move(refused))};
    }
    return std::unexpected{failure(NetError::kTlsHandshake, "TLS", error.message())};
}

bool Client::Impl::is_connection_stale() {
    char byte = 0;
    // Nothing to read is what an open, silent connection looks like. Anything else is an end, or
    // bytes that answer nothing we asked.
    return recv(stream_->socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
           (errno != EAGAIN && errno != EWOULDBLOCK);
}

Task<Result<Ok, NetFailure>> Client::Impl::send_and_receive(std::string_view head,
                                                            std::string_view body,
                                                            ResponseReader& reader) {
    // Who refuses a large body answers and closes while it is being sent: read all the same.
    const auto [write_error, written] = co_await stream_->write(head, body);
    std::vector<char> chunk(kReadBytes);
    std::string buffer;
    while (!reader.is_done()) {
        const auto [error, size] = co_await stream_->read_some(asio::buffer(chunk));
        if (error == asio::error::eof) {
            const auto finished = reader.finish();
            if (!finished) co_return std::unexpected{failure(finished.error(), "read", {})};
            break;
        }
        if (error) {
            const ErrorCode& first = write_error ? write_error : error;
            co_return std::unexpected{failure(NetError::kClosed, "exchange", first.message())};
        }
        buffer.append(chunk.data(), size);
        for (bool taking = true; taking && !reader.is_done();) {
            const auto taken = reader.feed(buffer);
            if (!taken) co_return std::unexpected{failure(taken.error(), "read", {})};
            buffer.erase(0, *taken);
            taking = *taken != 0 && !buffer.empty();
        }
    }
    if (write_error || !reader.is_keep_alive() || !buffer.empty()) stream_->close();
    co_return Ok{};
}

Client::Impl::Response Client::Impl::exchange(std::string_view head, std::string_view body,
                                              bool again) {
    timed_out_ = false;
    const bool kept = stream_ && stream_->socket().is_open() && !is_connection_stale();
    if (!kept) TRY(connect());
    const auto deadline = Clock::now() + std::chrono::milliseconds{options_.exchange_timeout_ms};
    ResponseReader reader{options_.max_response_bytes};
    const auto done = run(send_and_receive(head, body, reader), deadline);
    if (done) return std::move(reader.response());
    stream_.reset();
    // The server closed the kept connection just as we used it.
    const bool untouched = done.error().error == NetError::kClosed && !reader.is_started();
    if (kept && untouched && again && is_timeout_left(deadline)) return exchange(head, body, false);
    return std::unexpected{done.error()};
}

Client::Impl::Response Client::Impl::request(Method method, std::string_view target,
                                             std::vector<Header> headers, std::string_view body) {
    headers.insert(headers.begin(),
                   {{"Host", authority(url_)}, {"User-Agent", options_.user_agent}});
    timed_out_ = false;
    if (!target.starts_with('/') || !parse_target(target) || !check_headers(headers)) {
        return std::unexpected{failure(NetError::kRequest, "request", {})};
    }
    std::string head{to_string(method)};
    head += ' ' + url_.path + std::string{target} + " HTTP/1.1\r\n";
    for (const Header& header : headers) head += header.name + ": " + header.value + "\r\n";
    if (method != Method::kGet) {
        head += "Content-Length: ";
        append_decimal(head, std::uint64_t{body.size()});
        head += "\r\n";
    }
    head += "\r\n";
    return exchange(head, body, method == Method::kGet);
}

Client::Client(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client, NetFailure> Client::open(std::string_view url, ClientOptions options) {
    auto parsed = parse_url(url);
    if (!parsed) {
        return std::unexpected{NetFailure{
            NetError::kUrl,
            std::string{url.substr(0, 200)} + ": " + std::string{to_string(parsed.error())}}};
    }
    auto impl = std::make_unique<Impl>(*std::move(parsed), std::move(options));
    TRY(impl->load_trust());
    return Client{std::move(impl)};
}

const Url& Client::url() const { return impl_->url(); }

Result<ClientResponse, NetFailure> Client::get(std::string_view target,
                                               const std::vector<Header>& headers) {
    return impl_->request(Method::kGet, target, headers, {});
}

Result<ClientResponse, NetFailure> Client::post(std::string_view target,
                                                std::string_view content_type,
                                                std::string_view body,
                                                const std::vector<Header>& headers) {
    std::vector<Header> all = headers;
    all.push_back({"Content-Type", std::string{content_type}});
    return impl_->request(Method::kPost, target, std::move(all), body);
}

}  // namespace tasdiq::net
