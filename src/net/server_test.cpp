#include "net/server.hpp"

#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

#include "net/client.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "net/test_peer.hpp"

#if defined(BOOST_CONFIG_HPP) || defined(OPENSSL_CONFIGURATION_H)
#error "a public header of net includes Boost or OpenSSL: each user would compile for ten seconds"
#endif

namespace tasdiq::net {
namespace {

std::string echo_text(const HttpRequest& request) {
    std::string text{to_string(request.method)};
    text += " " + request.target.path + " host=" + request.host + " body=" + request.body;
    for (const auto& [name, value] : request.target.query) text += " " + name + "=" + value;
    return text;
}

HttpResponse echo(const HttpRequest& request) {
    HttpResponse response = make_response("text/plain", echo_text(request));
    response.route = "/echo";
    return response;
}

std::unique_ptr<Server> start(ServerOptions options, Handler handler = answering(echo)) {
    auto server = Server::start(std::move(options), std::move(handler));
    EXPECT_TRUE(server) << server.error().text;
    return *std::move(server);
}

std::string body_of(std::string_view response) {
    const std::size_t end = response.find("\r\n\r\n");
    return std::string{end == std::string_view::npos ? response : response.substr(end + 4)};
}

/// The whole answer to `request`, which must ask to close, or be refused.
std::string ask(const Server& server, std::string_view request) {
    TestPeer peer{server.port()};
    peer.send(request);
    std::string response = peer.read_all();
    EXPECT_TRUE(peer.was_closed()) << request;
    return response;
}

TEST(Server, AnswersAndCloses) {
    const auto server = start({});
    const std::string response =
        ask(*server, "GET /a%20b?c=d HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(response.starts_with("HTTP/1.1 200 OK\r\nDate: ")) << response;
    EXPECT_TRUE(response.contains("\r\nConnection: close\r\n"));
    EXPECT_TRUE(response.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    EXPECT_EQ(body_of(response), "GET /a%20b host=h:1 body= c=d");
}

TEST(Server, KeepsTheConnectionAndTakesPipelinedRequests) {
    const auto server = start({});
    TestPeer peer{server->port()};
    peer.send(
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
        "POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nde\r\n1;x=y\r\nf\r\n0\r\nHost: trailer\r\n\r\n"
        "GET /4 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const std::string all = peer.read_all();
    const std::size_t one = all.find("GET /1 host=h body=");
    const std::size_t two = all.find("POST /2 host=h body=abc");
    const std::size_t three = all.find("POST /3 host=h body=def");
    const std::size_t four = all.find("GET /4 host=h body=");
    EXPECT_TRUE(one < two && two < three && three < four && four != std::string::npos) << all;
    EXPECT_TRUE(peer.was_closed());
}

TEST(Server, ClosesAfterItsNumberOfRequests) {
    const auto server = start({.max_requests_per_connection = 2});
    TestPeer peer{server->port()};
    for (int i = 0; i < 3; ++i) peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string all = peer.read_all();
    EXPECT_TRUE(all.contains("keep-alive"));
    EXPECT_EQ(all.find("200 OK", all.find("200 OK") + 1), all.rfind("200 OK"));
    EXPECT_TRUE(peer.was_closed());
}

TEST(Server, ReadsARequestByteByByte) {
    const auto server = start({});
    TestPeer peer{server->port()};
    for (const char c : std::string_view{"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
                                         "Connection: close\r\n\r\nok"}) {
        peer.send({&c, 1});
    }
    EXPECT_EQ(body_of(peer.read_all()), "POST /x host=h body=ok");
}

TEST(Server, AnswersHttp10WithoutHost) {
    const auto server = start({});
    EXPECT_EQ(body_of(ask(*server, "GET /x HTTP/1.0\r\n\r\n")), "GET /x host= body=");
}

TEST(Server, AnswersHeadWithTheLengthOnly) {
    const auto server = start({});
    const std::string response =
        ask(*server, "HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(response.contains("\r\nContent-Length: 19\r\n")) << response;
    EXPECT_EQ(body_of(response), "");
}

TEST(Server, AnswersOptionsItself) {
    const auto server =
        start({.methods = {Method::kGet, Method::kPost, Method::kDelete}, .allow_origin = "*"});
    for (const char* target : {"*", "/x"}) {
        const std::string response = ask(*server, std::string{"OPTIONS "} + target +
                                                      " HTTP/1.1\r\nHost: h\r\nConnection: close"
                                                      "\r\nOrigin: https://o.example\r\n\r\n");
        EXPECT_TRUE(response.starts_with("HTTP/1.1 204 No Content\r\n")) << response;
        EXPECT_TRUE(response.contains("\r\nAllow: GET, HEAD, POST, DELETE, OPTIONS\r\n"));
        EXPECT_TRUE(response.contains("\r\nAccess-Control-Allow-Origin: *\r\n"));
        EXPECT_TRUE(response.contains("\r\nAccess-Control-Allow-Methods: GET, HEAD, POST,"));
        EXPECT_FALSE(response.contains("Content-Length"));
    }
}

TEST(Server, TurnsAKnownEtagInto304) {
    const auto server = start({}, answering([](const HttpRequest&) {
                                  HttpResponse response = make_response("text/plain", "abc");
                                  response.etag = "\"v1\"";
                                  return response;
                              }));
    const std::string_view rest = "HTTP/1.1\r\nHost: h\r\nConnection: close\r\nIf-None-Match: ";
    const auto get = [&](const std::string& etag) {
        return ask(*server, "GET / " + std::string{rest} + etag + "\r\n\r\n");
    };
    const std::string same = get("\"v0\", \"v1\"");
    EXPECT_TRUE(same.starts_with("HTTP/1.1 304 Not Modified\r\n")) << same;
    EXPECT_TRUE(same.contains("\r\nETag: \"v1\"\r\n"));
    EXPECT_EQ(body_of(same), "");
    EXPECT_EQ(body_of(get("\"v2\"")), "abc");
}

TEST(Server, InvitesTheBodyOnExpectContinue) {
    const auto server = start({});
    TestPeer peer{server->port()};
    peer.send(
        "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n"
        "Connection: close\r\n\r\n");
    EXPECT_EQ(peer.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    peer.send("ok");
    EXPECT_EQ(body_of(peer.read_all()), "POST /x host=h body=ok");
}

TEST(Server, SaysFiveHundredForAHandlerThatThrowsForgetsOrWritesNonsense) {
    const auto throws = start(
        {}, [](const HttpRequest&, const Responder&) { throw std::runtime_error{"private"}; });
    const auto forgets = start({}, [](const HttpRequest&, const Responder&) {});
    const auto nonsense = start({}, answering([](const HttpRequest&) {
                                    HttpResponse response;
                                    response.headers.push_back({"Location", "a\r\nX: y"});
                                    return response;
                                }));
    const std::string_view request = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    for (const Server* server : {throws.get(), forgets.get()}) {
        const std::string response = ask(*server, request);
        EXPECT_TRUE(response.starts_with("HTTP/1.1 500 ")) << response;
        EXPECT_TRUE(response.contains("\"domain\":\"http\",\"code\":30"));
        EXPECT_FALSE(response.contains("private"));
    }
    const std::string response = ask(*nonsense, request);
    EXPECT_TRUE(response.contains("\"code\":31")) << response;
    EXPECT_FALSE(response.contains("X: y"));
}

TEST(Server, TellsOfEachRequestWithoutItsQuery) {
    std::mutex mutex;
    std::vector<std::string> seen;
    ServerOptions options;
    options.on_request = [&](const RequestRecord& record) {
        const std::lock_guard lock{mutex};
        seen.push_back(std::string{record.method} + " " + std::string{record.route} + " " +
                       std::to_string(record.status));
        EXPECT_GT(record.request_bytes, 20U);
        EXPECT_GT(record.response_bytes, 100U);
    };
    const auto server = start(std::move(options));
    ask(*server, "GET /a?secret=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    ask(*server, "BREW /a?secret=1 HTTP/1.1\r\nHost: h\r\n\r\n");
    server->stop(1'000);
    EXPECT_EQ(seen, (std::vector<std::string>{"GET /echo 200", "OTHER  405"}));
}

TEST(Server, RefusesToStartWithANumberedReason) {
    const auto start_error = [](ServerOptions options) {
        return Server::start(std::move(options), answering(echo)).error();
    };
    EXPECT_EQ(start_error({.address = "node.example", .tls_key_file = "absent"}).error,
              NetError::kAddress);
    EXPECT_EQ(start_error({.address = "192.0.2.1", .tls_certificate_file = "absent"}).error,
              NetError::kTlsFiles);
    EXPECT_EQ(start_error({.address = "192.0.2.1"}).error, NetError::kListen);
    const auto first = start({});
    const NetFailure failure = start_error({.port = first->port()});
    EXPECT_EQ(failure.error, NetError::kListen);
    EXPECT_TRUE(failure.text.contains("127.0.0.1 port " + std::to_string(first->port())));
    EXPECT_TRUE(failure.text.contains("in use")) << failure.text;
}

TEST(ParseListen, TakesAddressAndPort) {
    ServerOptions options;
    EXPECT_TRUE(parse_listen("0.0.0.0:80", options));
    EXPECT_EQ(options.address, "0.0.0.0");
    EXPECT_EQ(options.port, 80);
    for (const char* six : {"[::1]:8480", "::1:8480"}) {
        EXPECT_TRUE(parse_listen(six, options)) << six;
        EXPECT_EQ(options.address, "::1") << six;
        EXPECT_EQ(options.port, 8480) << six;
    }
    for (const char* bad : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
                            "127.0.0.1:80x", "127.0.0.1:-1"}) {
        EXPECT_FALSE(parse_listen(bad, options)) << bad;
    }
}

}  // namespace
}  // namespace tasdiq::net
