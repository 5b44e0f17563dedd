#include <condition_variable>
#include <deque>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

#include "net/server.hpp"
#include "net/test_peer.hpp"

namespace tasdiq::net {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kGet = "GET /quick HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr std::string_view kPost = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

/// Answers GET at once and keeps the Responders of POSTs.
class Kept {
  public:
    Handler handler() {
        return [this](const HttpRequest& request, Responder responder) {
            if (request.method == Method::kGet) {
                responder.answer(make_response("text/plain", "quick"));
                return;
            }
            const std::lock_guard lock{mutex_};
            responders_.push_back(std::move(responder));
            changed_.notify_all();
        };
    }
    /// The oldest that is kept; waits for it.
    Responder take() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return !responders_.empty(); });
        Responder responder = std::move(responders_.front());
        responders_.pop_front();
        return responder;
    }
    void wait_for(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return responders_.size() >= count; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Responder> responders_;
};

std::unique_ptr<Server> start(ServerOptions options, Handler handler) {
    auto server = Server::start(std::move(options), std::move(handler));
    EXPECT_TRUE(server) << server.error().text;
    return *std::move(server);
}

TEST(Responder, AnswersFromAnotherThread) {
    Kept kept;
    const auto server = start({.threads = 1}, kept.handler());
    TestPeer peer{server->port()};
    peer.send(kPost);
    std::thread{[&] { kept.take().answer(make_response("text/plain", "later")); }}.join();
    EXPECT_TRUE(peer.read_until("later").ends_with("later"));
    peer.send(kGet);  // the connection is as good as before
    EXPECT_TRUE(peer.read_until("quick").starts_with("HTTP/1.1 200 "));
}

TEST(Responder, WaitingRequestsDoNotKeepOthersWaiting) {
    constexpr std::size_t kCount = 200;
    Kept kept;
    const auto server = start({.threads = 1}, kept.handler());
    std::vector<TestPeer> waiting;
    for (std::size_t i = 0; i < kCount; ++i) waiting.emplace_back(server->port()).send(kPost);
    kept.wait_for(kCount);
    TestPeer peer{server->port()};
    peer.send(kGet);
    EXPECT_TRUE(peer.read_until("quick").ends_with("quick"));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (std::size_t j = 0; j < kCount / 4; ++j)
                kept.take().answer(make_response("", "x!"));
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (TestPeer& each : waiting) EXPECT_TRUE(each.read_until("x!").ends_with("x!"));
}

TEST(Responder, DestroyedUnansweredSays500) {
    Kept kept;
    const auto server = start({}, kept.handler());
    TestPeer peer{server->port()};
    peer.send(kPost);
    std::thread{[&] { const Responder dropped = kept.take(); }}.join();
    EXPECT_TRUE(peer.read_until("}\n").contains("\"code\":30"));
}

TEST(Responder, TooLateIsTold503AndDropped) {
    Kept kept;
    const auto server = start({.answer_timeout_ms = 100}, kept.handler());
    TestPeer peer{server->port()};
    peer.send(kPost);
    const std::string response = peer.read_until("}\n");
    EXPECT_TRUE(response.starts_with("HTTP/1.1 503 ")) << response;
    EXPECT_TRUE(response.contains("\"code\":32"));
    kept.take().answer(make_response("", "too late"));
    peer.send(kGet);
    EXPECT_FALSE(peer.read_until("quick").contains("too late"));
}

TEST(Responder, OutlivesConnectionAndServer) {
    Kept kept;
    auto server = start({}, kept.handler());
    {
        TestPeer gone{server->port()};
        gone.send(kPost);
        kept.wait_for(1);
    }
    TestPeer peer{server->port()};
    peer.send(kPost);
    kept.wait_for(2);
    Responder first = kept.take();
    Responder second = kept.take();
    first.answer(make_response("", "to nobody"));
    server.reset();
    second.answer(make_response("", "to nobody"));
    EXPECT_EQ(peer.read_all(), "");
}

TEST(ResponderDeathTest, AnswersOnce) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // other tests left threads behind
    Responder responder{[](const HttpResponse&) {}};
    responder.answer({});
    EXPECT_DEATH(responder.answer({}), "deliver_");
}

TEST(ServerStop, LetsRequestsFinish) {
    Kept kept;
    const auto server = start({}, kept.handler());
    TestPeer peer{server->port()};
    peer.send(kPost);
    TestPeer idle{server->port()};
    idle.send(kGet);
    idle.read_until("quick");
    kept.wait_for(1);
    std::thread stopper{[&] { server->stop(10'000); }};
    EXPECT_EQ(idle.read_all(), "");  // idle connections go first
    EXPECT_TRUE(idle.was_closed());
    bool refused = false;  // the listener belongs to another thread, which may be a moment later
    for (int i = 0; i < 100 && !refused; ++i) {
        std::this_thread::sleep_for(10ms);
        refused = !TestPeer{server->port()}.is_connected();
    }
    EXPECT_TRUE(refused);
    kept.take().answer(make_response("text/plain", "finished"));
    const std::string response = peer.read_all();
    EXPECT_TRUE(response.ends_with("finished")) << response;
    EXPECT_TRUE(response.contains("\r\nConnection: close\r\n"));
    stopper.join();
    EXPECT_EQ(server->connections(), 0U);
}

TEST(ServerStop, CutsWhatDoesNotFinish) {
    Kept kept;
    const auto server = start({}, kept.handler());
    TestPeer peer{server->port()};
    peer.send(kPost);
    TestPeer half{server->port()};
    half.send("GET / HT");
    kept.wait_for(1);
    const auto before = std::chrono::steady_clock::now();
    server->stop(200);
    const auto time = std::chrono::steady_clock::now() - before;
    EXPECT_GE(time, 150ms);
    EXPECT_LT(time, 2s);
    EXPECT_EQ(peer.read_all(), "");
    EXPECT_EQ(half.read_all(), "");
    EXPECT_TRUE(peer.was_closed() && half.was_closed());
}

TEST(ServerStop, IsIdempotentFromManyThreads) {
    const auto server = start({}, answering([](const HttpRequest&) { return HttpResponse{}; }));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { server->stop(100); });
    for (std::thread& thread : threads) thread.join();
    server->stop(100);
    EXPECT_FALSE(TestPeer{server->port()}.is_connected());
}

TEST(ServerStop, UnderLoadLosesNoAnswerItBegan) {
    Kept kept;
    const auto server = start({}, kept.handler());
    std::atomic<int> torn{0};
    std::atomic<int> whole{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (;;) {
                TestPeer peer{server->port()};
                if (!peer.is_connected()) return;
                while (!peer.was_closed()) {
                    peer.send(kGet);
                    const std::string response = peer.read_until("quick");
                    if (response.empty()) break;  // closed before it was asked
                    ++(response.ends_with("quick") ? whole : torn);
                }
            }
        });
    }
    while (whole < 100) std::this_thread::sleep_for(1ms);
    server->stop(5'000);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace tasdiq::net
