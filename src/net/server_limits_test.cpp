#include <gtest/gtest.h>
#include <sys/resource.h>
#include <thread>

#include "net/server.hpp"
#include "net/test_peer.hpp"

namespace tasdiq::net {
namespace {

std::unique_ptr<Server> start(ServerOptions options) {
    auto server = Server::start(std::move(options), answering([](const HttpRequest& request) {
                                    return make_response("text/plain", request.body);
                                }));
    EXPECT_TRUE(server) << server.error().text;
    return *std::move(server);
}

std::string post(std::size_t length, std::string_view body, std::string_view headers = "") {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string{headers} +
           "Content-Length: " + std::to_string(length) + "\r\n\r\n" + std::string{body};
}

struct Refused {
    const char* why;
    std::string request;
    std::string status;  // and code, where there is a response; empty where there is none
};

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n";

std::string get_with(std::string_view headers) {
    return std::string{kGet} + std::string{headers} + "\r\n";
}

std::string chunked(std::string_view body, std::string_view coding = "chunked") {
    return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + std::string{coding} + "\r\n\r\n" +
           std::string{body};
}

// What RequestError names, in its order; each row holds later offences too where it can.
const Refused kRefused[] = {
    {"HeaderTooLarge", get_with("X: " + std::string(2'000, 'x') + "\r\n"), "431 2"},
    {"TargetLargerThanHeader", "GET /" + std::string(2'000, 'x') + " HTTP/1.1\r\n\r\n", "431 2"},
    {"NoEndOfLine", std::string(2'000, 'x'), "431 2"},
    {"Http2", "BREW /%zz HTTP/2.0\r\n\r\n", "505 3"},
    {"Http09", "GET / HTTP/0.9\r\n\r\n", "505 3"},
    {"TlsHello", std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11}, "400 4"},
    {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 3"},
    {"NoVersion", "GET /\r\n\r\n", "400 4"},
    {"TwoSpaces", "GET  / HTTP/1.1\r\n\r\n", "400 4"},
    {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "400 4"},
    {"BareLineFeed", "GET / HTTP/1.1\nHost: h\n\n", "400 4"},
    {"NullInName", get_with(std::string{"X\0: a\r\n", 7}), "400 4"},
    {"NullInValue", get_with(std::string{"X: a\0\r\n", 7}), "400 4"},
    {"SpaceBeforeColon", get_with("Content-Length : 3\r\n"), "400 4"},
    {"NoColon", get_with("nonsense\r\n"), "400 4"},
    {"LengthNegative", get_with("Content-Length: -1\r\n"), "400 4"},
    {"LengthHex", get_with("Content-Length: 0x10\r\n"), "400 4"},
    {"LengthPlus", get_with("Content-Length: +1\r\n"), "400 4"},
    {"LengthOverflow", get_with("Content-Length: 18446744073709551616\r\n"), "400 4"},
    {"TwoLengths", get_with("Content-Length: 3\r\nContent-Length: 4\r\n"), "400 4"},
    {"LengthAndChunked", get_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), "400 4"},
    {"ChunkedAndLength", get_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), "400 4"},
    {"TwoContentTypes", get_with("Content-Type: a/b\r\nContent-Type: a/b\r\n"), "400 4"},
    {"TwoAuthorizations", get_with("Authorization: a\r\nAuthorization: b\r\n"), "400 4"},
    {"BodyTooLarge", post(101, "", "Transfer-Encoding: gzip\r\n"), "413 5"},
    {"BodyHuge", post(18'446'744'073'709'551'615U, ""), "413 5"},
    {"ChunkTooLarge", chunked("65\r\n"), "413 5"},
    {"ChunksTooLarge", chunked("64\r\n" + std::string(100, 'x') + "\r\n1\r\n"), "413 5"},
    {"ChunkSizeOverflow", chunked("fffffffffffffffff\r\n"), "400 22"},
    {"Gzip", "BREW /%zz HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "501 10"},
    {"GzipThenChunked", chunked("", "gzip, chunked"), "501 10"},
    {"ChunkedInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "501 10"},
    {"NoHost", "BREW /%zz HTTP/1.1\r\n\r\n", "400 11"},
    {"TwoHosts", get_with("Host: h\r\n"), "400 11"},
    {"OtherHost", "BREW /%zz HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421 12"},
    {"HostPrefix", "GET / HTTP/1.1\r\nHost: h.evil.example\r\n\r\n", "421 12"},
    {"UnknownMethod", "BREW /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "405 13"},
    {"LowerCaseMethod", "get / HTTP/1.1\r\nHost: h\r\n\r\n", "405 13"},
    {"MethodNotServed", "DELETE / HTTP/1.1\r\nHost: h\r\n\r\n", "405 13"},
    {"Connect", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", "405 13"},
    {"Trace", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", "405 13"},
    {"BadTarget", "GET /%zz HTTP/1.1\r\nHost: h\r\nExpect: x\r\n\r\n", "400 15"},
    {"Dots", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: h\r\n\r\n", "400 15"},
    {"OtherExpectation", post(3, "", "Expect: 200-maybe\r\n"), "417 16"},
    {"BadChunk", chunked("xyz\r\n"), "400 22"},
    {"ChunkWithoutEnd", chunked("1\r\nabcd\r\n"), "400 22"},
    {"ChunkExtensionTooLong", chunked("1;" + std::string(2'000, 'x')), "400 22"},
    {"TrailersTooLong", chunked("0\r\nX: " + std::string(2'000, 'x')), "400 22"},
    {"Nothing", "", ""},
    {"HalfALine", "GET / HT", ""},
    {"HalfAHeader", "GET / HTTP/1.1\r\nHost: h\r\n", ""},
    {"HalfABody", post(3, "a"), ""},
    {"HalfAChunk", chunked("5\r\nab"), ""},
};

class ServerRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ServerRefuses, ForTheFirstReasonAndCloses) {
    const auto server = start({.max_header_bytes = 1'000,
                               .max_body_bytes = 100,
                               .header_timeout_ms = 5'000,
                               .hosts = {"h"}});
    TestPeer peer{server->port()};
    peer.send(GetParam().request);
    peer.finish();
    const std::string response = peer.read_all();
    EXPECT_TRUE(peer.was_closed());
    if (GetParam().status.empty()) {
        EXPECT_EQ(response, "");
        return;
    }
    const std::string& expected = GetParam().status;
    EXPECT_TRUE(response.starts_with("HTTP/1.1 " + expected.substr(0, 4))) << response;
    EXPECT_TRUE(response.contains("\"domain\":\"http\",\"code\":" + expected.substr(4)))
        << response;
    EXPECT_TRUE(response.contains("\r\nConnection: close\r\n"));
    EXPECT_EQ(response.find("HTTP/1.1 "), response.rfind("HTTP/1.1 "));
}

INSTANTIATE_TEST_SUITE_P(All, ServerRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string{row.param.why}; });

TEST(ServerLimits, TargetOfThatSizeIsTooLong) {
    const auto server = start({});
    TestPeer peer{server->port()};
    peer.send("GET /" + std::string(4'096, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(peer.read_all().starts_with("HTTP/1.1 414 "));
}

TEST(ServerLimits, SaysWhatIsAllowed) {
    const auto server = start({});
    TestPeer peer{server->port()};
    peer.send("BREW / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(peer.read_all().contains("\r\nAllow: GET, HEAD, POST, OPTIONS\r\n"));
}

TEST(ServerLimits, BodyOfJustThatSizeIsTaken) {
    const auto server = start({.max_body_bytes = 100'000});
    TestPeer peer{server->port()};
    peer.send(post(100'000, std::string(100'000, 'x'), "Connection: close\r\n"));
    EXPECT_TRUE(peer.read_all().ends_with(std::string(100'000, 'x')));
}

// Beast's own limit is for what one call sees: a line and the first letter of the next, again and
// again, it would take for ever.
TEST(ServerLimits, HeaderGrowingLineByLineIsTooLarge) {
    const auto server = start({.max_header_bytes = 1'000});
    TestPeer peer{server->port()};
    peer.send("GET / HTTP/1.1\r\nX");
    for (int i = 0; i < 300; ++i) {
        std::this_thread::sleep_for(std::chrono::microseconds{200});
        peer.send("-Name: value\r\nX");
    }
    EXPECT_TRUE(peer.read_all(1'000).starts_with("HTTP/1.1 431 "));
}

// A reset would overtake the refusal on its way to a client that is still sending.
TEST(ServerLimits, RefusalDoesNotResetAClientThatGoesOnSending) {
    const auto server = start({.max_body_bytes = 1'000});
    TestPeer peer{server->port()};
    peer.send(post(300'000, ""));
    EXPECT_TRUE(peer.read_until("}\n").starts_with("HTTP/1.1 413 "));
    for (int i = 0; i < 3; ++i) {
        peer.send(std::string(100'000, 'x'));
        std::this_thread::sleep_for(std::chrono::milliseconds{30});
    }
    EXPECT_FALSE(peer.was_cut_off());
    peer.finish();
    EXPECT_EQ(peer.read_all(), "");
    EXPECT_TRUE(peer.was_closed());
}

TEST(ServerLimits, SlowHeaderIsToldSo) {
    const auto server = start({.header_timeout_ms = 100});
    TestPeer peer{server->port()};
    peer.send("GET / HTTP/1.1\r\nHo");
    for (int i = 0; i < 10; ++i) {  // each byte in time, all of them not
        std::this_thread::sleep_for(std::chrono::milliseconds{30});
        peer.send("x");
    }
    EXPECT_TRUE(peer.read_all().starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(peer.was_closed());
}

TEST(ServerLimits, SlowBodyIsToldSo) {
    const auto server = start({.body_timeout_ms = 100});
    TestPeer peer{server->port()};
    peer.send(post(3, "a"));
    const std::string response = peer.read_all();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(response.contains("\"code\":21"));
}

TEST(ServerLimits, SilentConnectionsAreClosedWithoutAWord) {
    const auto server = start({.header_timeout_ms = 100, .idle_timeout_ms = 100});
    TestPeer fresh{server->port()};
    EXPECT_EQ(fresh.read_all(), "");
    EXPECT_TRUE(fresh.was_closed());
    TestPeer used{server->port()};
    used.send(get_with(""));
    EXPECT_TRUE(used.read_all().ends_with("\r\n\r\n"));
    EXPECT_TRUE(used.was_closed());
}

TEST(ServerLimits, ReaderThatDoesNotReadIsCut) {
    std::string body(8'000'000, 'x');
    body += body + body;  // more than the system buffers
    const auto server =
        Server::start({.write_timeout_ms = 100},
                      answering([&](const HttpRequest&) { return make_response("", body); }));
    ASSERT_TRUE(server);
    TestPeer peer{(*server)->port()};
    peer.send(get_with(""));
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    EXPECT_LT(peer.read_all().size(), body.size());
    EXPECT_TRUE(peer.was_closed());
}

TEST(ServerLimits, ConnectionsOverTheLimitAreTurnedAwayAndRoomComesBack) {
    const auto server = start({.max_connections = 2});
    TestPeer first{server->port()};
    first.send(get_with(""));
    first.read_until("\r\n\r\n");
    {
        TestPeer second{server->port()};
        second.send(get_with(""));
        second.read_until("\r\n\r\n");
        EXPECT_EQ(server->connections(), 2U);
        TestPeer third{server->port()};
        third.send(get_with(""));
        const std::string response = third.read_all();
        EXPECT_TRUE(response.starts_with("HTTP/1.1 503 ")) << response;
        EXPECT_TRUE(response.contains("\"code\":33"));
        EXPECT_TRUE(response.contains("\r\nRetry-After: 1\r\n"));
    }
    for (int i = 0; i < 100 && server->connections() > 1; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    TestPeer fourth{server->port()};
    fourth.send(get_with(""));
    EXPECT_TRUE(fourth.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST(ServerLimits, SilentConnectionsShutNobodyOut) {
    const auto server = start({.max_connections = 32});
    std::vector<std::unique_ptr<TestPeer>> silent;
    for (int i = 0; i < 100; ++i) {
        silent.push_back(std::make_unique<TestPeer>(server->port()));
        if (i % 2 == 0) silent.back()->send("GET / HTTP/1.1\r\nHost: ");
        EXPECT_LE(server->connections(), 32U);
    }
    for (int i = 0; i < 10; ++i) {
        TestPeer peer{server->port()};
        peer.send(get_with(""));
        EXPECT_TRUE(peer.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 ")) << i;
    }
    EXPECT_EQ(silent.front()->read_all(), "");
}

// Without descriptors accept fails at once, again and again: it must pause, and go on afterwards.
#if !__has_feature(undefined_behavior_sanitizer)
// UBSan looks at types through a pipe of its own and calls them invalid where there are no
// descriptors left; the build for tsan has this test.
TEST(ServerLimits, LivesThroughHavingNoFileDescriptors) {
    const auto server = start({});
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const int next = ::dup(0);
    ASSERT_GE(next, 0);
    ::close(next);
    // Each connection takes two here, one at either end.
    const rlimit few{static_cast<rlim_t>(next) + 9, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    {
        std::vector<TestPeer> peers;
        for (int i = 0; i < 10; ++i) peers.emplace_back(server->port());
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        EXPECT_FALSE(peers.back().is_connected());
    }
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    TestPeer peer{server->port()};
    peer.send(get_with(""));
    EXPECT_TRUE(peer.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
}
#endif

TEST(ServerLimits, BodiesShareOneBudgetAndGiveItBack) {
    const auto server = start({.max_body_bytes = 1'000, .max_bodies_bytes = 1'500});
    TestPeer first{server->port()};
    first.send(post(1'000, "x", "Expect: 100-continue\r\n"));
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    TestPeer second{server->port()};
    second.send(chunked("1\r\n"));  // may become 1,000 bytes too
    const std::string refused = second.read_all();
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503 ")) << refused;
    EXPECT_TRUE(refused.contains("\"code\":20"));
    first.send(std::string(999, 'x'));
    EXPECT_TRUE(first.read_until("HTTP/1.1 200 OK").ends_with("200 OK"));
    TestPeer third{server->port()};
    third.send(post(1'000, std::string(1'000, 'y'), "Connection: close\r\n"));
    EXPECT_TRUE(third.read_all().starts_with("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace tasdiq::net
