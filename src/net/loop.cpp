#include "net/loop.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "net/session.hpp"

namespace tasdiq::net {
namespace {

/// How late a timeout may be noticed. One timer a loop instead of one a connection: a request sets
/// its deadlines by writing a number.
constexpr auto kTick = std::chrono::milliseconds{50};

}  // namespace

Loop::Loop(Shared& shared)
    : shared_{shared}, mailbox_{std::make_shared<Mailbox>(context_.get_executor())} {}

void Loop::start() {
    asio::co_spawn(context_, sweep(), asio::detached);
    thread_ = std::thread{[this] { context_.run(); }};
}

void Loop::drain(Clock::time_point deadline) {
    mailbox_->run([this, deadline] {
        draining_ = true;
        cut_at_ = deadline;
        tick_.cancel();
    });
}

void Loop::join() {
    if (thread_.joinable()) thread_.join();
    mailbox_->close();
}

std::string_view Loop::date() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t second = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    if (second != date_second_) {
        date_second_ = second;
        date_ = http_date(Instant{second});
    }
    return date_;
}

Loop::Place Loop::add(Session& session) { return sessions_.insert(sessions_.end(), &session); }

void Loop::remove(Place place) {
    sessions_.erase(place);
    if (draining_ && sessions_.empty()) tick_.cancel();
}

void Loop::make_room() {
    mailbox_->run([this] {
        const auto longest = std::ranges::min_element(sessions_, {}, &Session::waiting_since);
        if (longest == sessions_.end()) return;
        if ((*longest)->waiting_since() != Clock::time_point::max()) (*longest)->give_way();
    });
}

Task<void> Loop::sweep() {
    while (!draining_ || !sessions_.empty()) {
        tick_.expires_after(kTick);
        (void)co_await tick_.async_wait(kAsTuple);  // cancelled or not: look again
        sweep_once(Clock::now());
    }
}

void Loop::sweep_once(Clock::time_point now) {
    for (Session* session : sessions_) session->check_time(now, draining_, now >= cut_at_);
}

}  // namespace tasdiq::net
