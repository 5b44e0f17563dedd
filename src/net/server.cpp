#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/system/system_error.hpp>
#include <charconv>
#include <mutex>
#include <ranges>
#include <system_error>

#include "base/ensure.hpp"
#include "net/loop.hpp"
#include "net/request_check.hpp"
#include "net/session.hpp"
#include "net/text.hpp"
#include "net/tls.hpp"

namespace tasdiq::net {
namespace {

constexpr int kBacklog = 1024;
/// The last of so many parts of the connections is kept free by closing those that wait longest.
constexpr std::size_t kReservedPart = 16;
/// Over the limit, this many at a time are told so; further ones are closed without a word.
constexpr std::size_t kTurnedAwayMax = 64;
/// Out of file descriptors: those that wait longest are closed, which takes a moment.
constexpr auto kAcceptPause = std::chrono::milliseconds{50};

NetFailure failure(NetError error, const std::string& where, const std::string& why) {
    return {error, where + ": " + std::string{to_string(error)} + ": " + why};
}

/// One of the things that `counter` counts, while it lives.
class Counted {
  public:
    explicit Counted(std::atomic<std::size_t>& counter) : counter_{&counter} { ++counter; }
    Counted(Counted&& other) noexcept : counter_{std::exchange(other.counter_, nullptr)} {}
    Counted& operator=(Counted&&) = delete;
    ~Counted() {
        if (counter_ != nullptr) --*counter_;
    }

  private:
    std::atomic<std::size_t>* counter_;
};

// The counts are parameters so that they end with the coroutine, even if it never got to run.

Task<void> serve(Loop& loop, Socket socket, Counted /*of the server*/, Counted /*of the loop*/) {
    Session session{loop, std::move(socket)};
    co_await session.serve();
}

Task<void> turn_away(Loop& loop, Socket socket, Counted /*turned away*/) {
    Session session{loop, std::move(socket)};
    co_await session.turn_away();
}

}  // namespace

Responder::~Responder() {
    if (deliver_) std::exchange(deliver_, nullptr)(refuse(RequestError::kUnanswered));
}

void Responder::answer(HttpResponse response) {
    ENSURE(deliver_);
    std::exchange(deliver_, nullptr)(std::move(response));
}

Handler answering(std::function<HttpResponse(const HttpRequest&)> answer) {
    return [answer = std::move(answer)](const HttpRequest& request, Responder responder) {
        responder.answer(answer(request));
    };
}

bool parse_listen(std::string_view text, ServerOptions& options) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    std::string_view address = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const char* const end = port.data() + port.size();
    const auto [parsed, error] = std::from_chars(port.data(), end, options.port);
    if (error != std::errc{} || parsed != end) return false;
    if (address.front() == '[' && address.back() == ']') {
        address = address.substr(1, address.size() - 2);
    }
    options.address = address;
    return true;
}

class Server::Impl {
  public:
    Impl(ServerOptions options, Handler handler) {
        shared_.options = std::move(options);
        shared_.handler = std::move(handler);
        shared_.allow = allowed_methods(shared_.options);
        for (unsigned i = 0; i < std::max(shared_.options.threads, 1U); ++i) {
            loops_.push_back(std::make_unique<Loop>(shared_));
        }
    }

    Result<Ok, NetFailure> listen();
    Result<Ok, NetFailure> start();
    void stop(std::chrono::milliseconds grace);

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t connections() const { return shared_.connections; }

  private:
    Task<void> accept();
    void take(Loop& loop, Socket socket);
    [[nodiscard]] Loop& least_loaded();

    Shared shared_;
    std::vector<std::unique_ptr<Loop>> loops_;
    // Of the first loop, which accepts for all: with a listener each (SO_REUSEPORT) a second server
    // on the same port would start too and take half of the connections.
    std::optional<Acceptor> acceptor_;
    std::uint16_t port_ = 0;
    std::atomic<bool> accepting_{true};
    std::mutex stop_mutex_;  // held while stopping; a second caller waits for the first
    bool stopped_ = false;
};

Result<Ok, NetFailure> Server::Impl::listen() {
    const ServerOptions& options = shared_.options;
    std::string where = options.address + " port ";
    append_decimal(where, std::uint64_t{options.port});

    ErrorCode error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return std::unexpected{failure(NetError::kAddress, where, error.message())};
    if (!options.tls_certificate_file.empty() || !options.tls_key_file.empty()) {
        TRY(shared_.tls, make_server_tls(options.tls_certificate_file, options.tls_key_file));
    }
    const Tcp::endpoint endpoint{address, options.port};
    acceptor_.emplace(loops_.front()->executor());
    acceptor_->open(endpoint.protocol(), error);
    if (!error) acceptor_->set_option(Acceptor::reuse_address{true}, error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(kBacklog, error);
    if (!error) port_ = acceptor_->local_endpoint(error).port();
    if (error) return std::unexpected{failure(NetError::kListen, where, error.message())};
    return Ok{};
}

Result<Ok, NetFailure> Server::Impl::start() {
    asio::co_spawn(loops_.front()->context(), accept(), [this](const std::exception_ptr&) {
        accepting_.store(false);
        accepting_.notify_all();
    });
    try {
        // The first one last: it accepts for the others.
        for (const auto& loop : loops_ | std::views::reverse) loop->start();
    } catch (const std::system_error& error) {
        for (const auto& loop : loops_) loop->drain(Clock::now());
        for (const auto& loop : loops_) loop->join();
        return std::unexpected{failure(NetError::kListen, "threads", error.what())};
    }
    return Ok{};
}

Loop& Server::Impl::least_loaded() {
    return **std::ranges::min_element(loops_, {},
                                      [](const auto& loop) { return loop->load.load(); });
}

Task<void> Server::Impl::accept() {
    Timer pause{loops_.front()->executor()};
    while (acceptor_->is_open()) {
        Loop& loop = least_loaded();
        auto [error, socket] = co_await acceptor_->async_accept(loop.executor(), kAsTuple);
        if (!error) {
            take(loop, std::move(socket));
        } else if (acceptor_->is_open()) {
            for (const auto& each : loops_) each->make_room();
            pause.expires_after(kAcceptPause);
            (void)co_await pause.async_wait(kAsTuple);
        }
    }
}

void Server::Impl::take(Loop& loop, Socket socket) {
    // Nearly full: those who say nothing go before anybody is turned away.
    const std::size_t max = shared_.options.max_connections;
    if (shared_.connections >= max - max / kReservedPart) loop.make_room();
    if (shared_.connections < shared_.options.max_connections) {
        asio::co_spawn(
            loop.context(),
            serve(loop, std::move(socket), Counted{shared_.connections}, Counted{loop.load}),
            asio::detached);
    } else if (shared_.turned_away < kTurnedAwayMax) {
        asio::co_spawn(loop.context(),
                       turn_away(loop, std::move(socket), Counted{shared_.turned_away}),
                       asio::detached);
    }
}

void Server::Impl::stop(std::chrono::milliseconds grace) {
    const std::lock_guard lock{stop_mutex_};
    if (stopped_) return;
    const auto deadline = Clock::now() + grace;
    loops_.front()->mailbox()->run([this] {
        ErrorCode ignored;  // it is gone either way
        acceptor_->close(ignored);
    });
    // Only then the loops: what was accepted last is on its way to one that must still be there.
    accepting_.wait(true);
    for (const auto& loop : loops_) loop->drain(deadline);
    for (const auto& loop : loops_) loop->join();
    stopped_ = true;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Server::~Server() { stop(0); }

Result<std::unique_ptr<Server>, NetFailure> Server::start(ServerOptions options, Handler handler) {
    std::unique_ptr<Impl> impl;
    try {
        impl = std::make_unique<Impl>(std::move(options), std::move(handler));
    } catch (const boost::system::system_error& error) {
        return std::unexpected{failure(NetError::kListen, "event loop", error.what())};
    }
    TRY(impl->listen());
    TRY(impl->start());
    return std::unique_ptr<Server>{new Server{std::move(impl)}};
}

std::uint16_t Server::port() const { return impl_->port(); }
std::size_t Server::connections() const { return impl_->connections(); }
void Server::stop(std::uint32_t grace_ms) { impl_->stop(std::chrono::milliseconds{grace_ms}); }

}  // namespace tasdiq::net
