#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "net/asio.hpp"
#include "net/server.hpp"
#include "net/stream.hpp"

namespace tasdiq::net {

class Session;

/// What all loops of one server read; written by nobody after the start but the atomics.
struct Shared {
    ServerOptions options;
    Handler handler;
    std::optional<asio::ssl::context> tls;
    /// "GET, HEAD, POST, OPTIONS"
    std::string allow;
    std::atomic<std::size_t> connections{0};
    /// Connections over the limit that are being told so.
    std::atomic<std::size_t> turned_away{0};
    /// What the bodies being read may come to hold.
    std::atomic<std::size_t> bodies_bytes{0};
};

/// The way into a loop for other threads. Responders share it with the loop, for they may be
/// answered long after the server is gone.
class Mailbox {
  public:
    explicit Mailbox(Executor executor) : executor_{std::move(executor)} {}

    /// Runs `work` on the loop's thread: at once if this is it, else soon; never once closed.
    template <class Work>
    void run(Work work) {
        const std::lock_guard lock{mutex_};
        if (!open_) return;
        if (executor_.running_in_this_thread()) {
            work();
        } else {
            asio::post(executor_, std::move(work));
        }
    }

    void close() {
        const std::lock_guard lock{mutex_};
        open_ = false;
    }

  private:
    std::mutex mutex_;  // holds open_, and the loop alive while it is true
    bool open_ = true;
    Executor executor_;
};

/// One thread, its io_context and its connections. All but `load`, `mailbox` and `post` is touched
/// by that thread only.
class Loop {
  public:
    explicit Loop(Shared& shared);
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void start();
    /// From any thread: begins to close. Connections that are left at `deadline` are cut.
    void drain(Clock::time_point deadline);
    /// Waits for the thread, then shuts the mailbox.
    void join();

    [[nodiscard]] Shared& shared() { return shared_; }
    [[nodiscard]] Executor executor() { return context_.get_executor(); }
    [[nodiscard]] asio::io_context& context() { return context_; }
    [[nodiscard]] const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
    [[nodiscard]] bool is_draining() const { return draining_; }
    /// The present time as an HTTP date.
    [[nodiscard]] std::string_view date();

    using Place = std::list<Session*>::iterator;
    [[nodiscard]] Place add(Session& session);
    void remove(Place place);
    /// From any thread: the connection that has waited longest for its peer's request is closed.
    void make_room();

    /// Connections given to this loop and not ended yet.
    std::atomic<std::size_t> load{0};

  private:
    Task<void> sweep();
    void sweep_once(Clock::time_point now);

    Shared& shared_;
    std::list<Session*> sessions_;
    bool draining_ = false;
    Clock::time_point cut_at_ = Clock::time_point::max();
    std::int64_t date_second_ = -1;
    std::string date_;
    // Destroyed before what is above: that ends the coroutines, which unlist themselves.
    asio::io_context context_{1};
    Timer tick_{context_};
    std::shared_ptr<Mailbox> mailbox_;
    std::thread thread_;
};

}  // namespace tasdiq::net
