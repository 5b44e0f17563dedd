#include "net/client.hpp"

#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

#include "net/server.hpp"
#include "net/test_peer.hpp"

namespace tasdiq::net {
namespace {

using namespace std::chrono_literals;

std::string local(std::uint16_t port, std::string_view path = "") {
    return "http://127.0.0.1:" + std::to_string(port) + std::string{path};
}

Client open(const std::string& url, ClientOptions options = {}) {
    auto client = Client::open(url, std::move(options));
    EXPECT_TRUE(client) << client.error().text;
    return *std::move(client);
}

/// A server that answers each connection's first request with `bytes` and closes.
class Scripted {
  public:
    explicit Scripted(std::string bytes)
        : Scripted{[bytes = std::move(bytes)](TestPeer& peer) { peer.send(bytes); }} {}
    explicit Scripted(std::function<void(TestPeer&)> script)
        : thread_{[this, script = std::move(script)] {
              TestPeer peer = listener_.accept();
              request_ = peer.read_until("\r\n\r\n");
              script(peer);
          }} {}
    ~Scripted() { join(); }
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    [[nodiscard]] std::string url() const { return local(listener_.port()); }
    [[nodiscard]] const std::string& request() {
        join();
        return request_;
    }

  private:
    TestListener listener_;
    std::string request_;
    std::thread thread_;
};

TEST(Client, GetsAndPostsOverOneConnection) {
    std::atomic<int> requests{0};
    const auto server =
        Server::start({}, answering([&](const HttpRequest& request) {
                          ++requests;
                          HttpResponse response = make_response(
                              "text/plain", std::string{to_string(request.method)} + " " +
                                                request.target.path + " " + request.content_type +
                                                " " + request.accept + " " + request.body);
                          response.status = request.body.empty() ? 404 : 201;
                          return response;
                      }));
    ASSERT_TRUE(server);
    Client client = open(local((*server)->port(), "/base/"));
    const auto got = client.get("/a?b=c", {{"Accept", "x/y"}});
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(got->status, 404U);
    EXPECT_EQ(got->body, "GET /base/a  x/y ");
    EXPECT_EQ(got->header("content-TYPE"), "text/plain");
    EXPECT_EQ(got->header("absent"), "");
    const std::string body(300'000, 'x');
    const auto posted = client.post("/p", "a/b", body);
    ASSERT_TRUE(posted) << posted.error().text;
    EXPECT_EQ(posted->status, 201U);
    EXPECT_EQ(posted->body, "POST /base/p a/b  " + body);
    EXPECT_EQ(requests, 2);
    EXPECT_EQ((*server)->connections(), 1U);
}

TEST(Client, ConnectsAgainWhenTheKeptConnectionIsGone) {
    const auto handler = answering([](const HttpRequest&) { return make_response("", "ok"); });
    auto server = Server::start({.max_requests_per_connection = 1}, handler);
    ASSERT_TRUE(server);
    const std::uint16_t port = (*server)->port();
    Client client = open(local(port));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.get("/"));

    server->reset();
    server = Server::start({.port = port, .idle_timeout_ms = 50}, handler);
    ASSERT_TRUE(server) << server.error().text;
    ASSERT_TRUE(client.get("/"));
    std::this_thread::sleep_for(300ms);  // closed by the server meanwhile
    ASSERT_TRUE(client.post("/", "a/b", "x"));
    server->reset();
    EXPECT_EQ(client.get("/").error().error, NetError::kConnect);
}

TEST(Client, SendsAGetOnceMoreIfAKeptConnectionEndsUnderIt) {
    TestListener listener;
    std::thread server{[&] {
        TestPeer first = listener.accept();
        first.read_until("\r\n\r\n");
        first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
        first.read_until("\r\n\r\n");
        {
            const TestPeer closing = std::move(first);
        }
        TestPeer second = listener.accept();
        second.read_until("\r\n\r\n");
        second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
        second.read_until("\r\n\r\n");  // a POST: dropped, and not seen again
    }};
    Client client = open(local(listener.port()));
    EXPECT_EQ(client.get("/")->body, "a");
    EXPECT_EQ(client.get("/")->body, "b");
    EXPECT_EQ(client.post("/", "a/b", "x").error().error, NetError::kClosed);
    server.join();
}

TEST(Client, SendsHostAgentAndNothingPersonal) {
    Scripted server{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    ASSERT_TRUE(open(server.url()).get("/x"));
    EXPECT_EQ(server.request(), "GET /x HTTP/1.1\r\nHost: " + server.url().substr(7) +
                                    "\r\nUser-Agent: tasdiq\r\n\r\n");
}

struct Answered {
    const char* why;
    std::string bytes;
    unsigned status;
    std::string body;
};

const Answered kAnswered[] = {
    {"Length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
    {"Chunked",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", 200,
     "abc"},
    {"UntilTheEnd", "HTTP/1.0 200 OK\r\n\r\nabc", 200, "abc"},
    {"AfterContinue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
     200, "a"},
    {"Redirect", "HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n", 302, ""},
    {"NoContent", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
    {"ServerError", "HTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nx", 500, "x"},
    {"JustLargeEnough", "HTTP/1.0 200 OK\r\n\r\n" + std::string(1'000, 'x'), 200,
     std::string(1'000, 'x')},
};

class ClientReads : public testing::TestWithParam<Answered> {};

TEST_P(ClientReads, EveryShapeOfAnswer) {
    Scripted server{GetParam().bytes};
    const auto response = open(server.url(), {.max_response_bytes = 1'000}).get("/");
    ASSERT_TRUE(response) << response.error().text;
    EXPECT_EQ(response->status, GetParam().status);
    EXPECT_EQ(response->body, GetParam().body);
}

INSTANTIATE_TEST_SUITE_P(All, ClientReads, testing::ValuesIn(kAnswered),
                         [](const auto& row) { return std::string{row.param.why}; });

struct Failed {
    const char* why;
    std::string bytes;
    NetError error;
};

std::string many(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

const Failed kFailed[] = {
    {"Nothing", "", NetError::kClosed},
    {"HalfAHeader", "HTTP/1.1 200 OK\r\nContent-", NetError::kClosed},
    {"HalfABody", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", NetError::kClosed},
    {"HalfAChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
     NetError::kClosed},
    {"OnlyContinue", "HTTP/1.1 100 Continue\r\n\r\n", NetError::kClosed},
    {"Garbage", "SSH-2.0-OpenSSH_9.2\r\n\r\n", NetError::kMalformedResponse},
    {"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
     NetError::kMalformedResponse},
    {"Switching", "HTTP/1.1 101 Switching\r\n\r\n", NetError::kMalformedResponse},
    {"LargeHeader", "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'),
     NetError::kResponseHeaderTooLarge},
    {"ManyHeaders", "HTTP/1.1 200 OK\r\n" + many("X: y\r\n", 20'000),
     NetError::kResponseHeaderTooLarge},
    {"EndlessContinue", many("HTTP/1.1 100 Continue\r\n\r\n", 4'000), NetError::kMalformedResponse},
    {"LongLength", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", NetError::kResponseTooLarge},
    {"LongChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
     NetError::kResponseTooLarge},
    {"LongUntilTheEnd", "HTTP/1.0 200 OK\r\n\r\n" + std::string(1'001, 'x'),
     NetError::kResponseTooLarge},
};

class ClientFails : public testing::TestWithParam<Failed> {};

TEST_P(ClientFails, WithItsReasonAndTheHost) {
    Scripted server{GetParam().bytes};
    const auto response = open(server.url(), {.max_response_bytes = 1'000}).get("/");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error, GetParam().error) << response.error().text;
    EXPECT_TRUE(response.error().text.starts_with("127.0.0.1:")) << response.error().text;
}

INSTANTIATE_TEST_SUITE_P(All, ClientFails, testing::ValuesIn(kFailed),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(Client, GivesUpOnASilentServer) {
    Scripted server{[](TestPeer& peer) { peer.read_all(2'000); }};
    Client client = open(server.url(), {.exchange_timeout_ms = 100});
    const auto before = std::chrono::steady_clock::now();
    const auto response = client.get("/");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error, NetError::kTimeout) << response.error().text;
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
}

TEST(Client, GivesUpOnASlowServer) {
    Scripted server{[](TestPeer& peer) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 20; ++i) {
            std::this_thread::sleep_for(20ms);
            peer.send("x");
        }
    }};
    const auto response = open(server.url(), {.exchange_timeout_ms = 100}).get("/");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error, NetError::kTimeout) << response.error().text;
}

TEST(Client, SaysWhichStepFailed) {
    EXPECT_EQ(Client::open("ftp://a").error().error, NetError::kUrl);
    EXPECT_EQ(Client::open("https://a", {.ca_file = "/absent"}).error().error, NetError::kTlsFiles);
    TestListener closed;
    closed.close();
    const auto refused = open(local(closed.port())).get("/");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().error, NetError::kConnect);
    EXPECT_TRUE(refused.error().text.contains("connect: Connection refused"))
        << refused.error().text;
    // A label of more than 63 letters cannot even be asked for, with or without a network.
    const auto unknown = open("http://" + std::string(64, 'a') + ".example").get("/");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().error, NetError::kResolve) << unknown.error().text;
}

TEST(Client, SendsNothingMalformed) {
    Client client = open("http://127.0.0.1:1");
    for (const char* target : {"", "a", "/a b", "/a\r\nX: y", "http://other/", "/../x"}) {
        EXPECT_EQ(client.get(target).error().error, NetError::kRequest) << target;
    }
    EXPECT_EQ(client.get("/", {{"X", "a\r\nY: b"}}).error().error, NetError::kRequest);
    EXPECT_EQ(client.post("/", "a\r\nb", "").error().error, NetError::kRequest);
}

TEST(Client, ReadsTheRefusalOfALargeBody) {
    const auto server = Server::start({.max_body_bytes = 1'000},
                                      answering([](const HttpRequest&) { return HttpResponse{}; }));
    ASSERT_TRUE(server);
    const auto response =
        open(local((*server)->port())).post("/", "a/b", std::string(500'000, 'x'));
    ASSERT_TRUE(response) << response.error().text;
    EXPECT_EQ(response->status, 413U);
}

}  // namespace
}  // namespace tasdiq::net
