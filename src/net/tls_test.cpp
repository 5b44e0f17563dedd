#include <cstdio>
#include <gtest/gtest.h>
#include <unistd.h>

#include "net/client.hpp"
#include "net/server.hpp"
#include "net/test_peer.hpp"
#include "net/test_tls.hpp"

namespace tasdiq::net {
namespace {

constexpr long kHour = 3'600;

class Tls : public testing::Test {
  protected:
    std::unique_ptr<Server> start(const std::string& names, long from_s = -kHour,
                                  long until_s = kHour) {
        EXPECT_TRUE(write_certificate(names, from_s, until_s, certificate_, key_));
        auto server = Server::start(
            {.tls_certificate_file = certificate_, .tls_key_file = key_},
            answering([](const HttpRequest& request) { return make_response("", request.body); }));
        EXPECT_TRUE(server) << server.error().text;
        return *std::move(server);
    }
    Result<ClientResponse, NetFailure> post(const Server& server, const std::string& host,
                                            const std::string& ca_file,
                                            std::string_view body = "x") {
        auto client = Client::open("https://" + host + ":" + std::to_string(server.port()),
                                   {.connect_timeout_ms = 2'000, .ca_file = ca_file});
        EXPECT_TRUE(client) << client.error().text;
        TRY(auto first, client->post("/", "a/b", body));
        EXPECT_EQ(first.body, body);
        return client->post("/", "a/b", body);  // over the same connection
    }

    ~Tls() override {
        std::remove(certificate_.c_str());
        std::remove(key_.c_str());
    }

    // Tests of several processes run at a time.
    std::string prefix_ = testing::TempDir() + "net_tls_" + std::to_string(::getpid());
    std::string certificate_ = prefix_ + ".pem";
    std::string key_ = prefix_ + ".key";
};

TEST_F(Tls, CarriesRequestsForANameAndForAnAddress) {
    const auto server = start("DNS:localhost,IP:127.0.0.1");
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const auto response = post(*server, host, certificate_, std::string(200'000, 'x'));
        ASSERT_TRUE(response) << response.error().text;
        EXPECT_EQ(response->body.size(), 200'000U);
    }
}

TEST_F(Tls, RefusesACertificateForAnotherHost) {
    const auto server = start("DNS:other.example,IP:127.0.0.2");
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const auto response = post(*server, host, certificate_);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().error, NetError::kTlsCertificate) << response.error().text;
        EXPECT_TRUE(response.error().text.contains("mismatch")) << response.error().text;
    }
}

TEST_F(Tls, RefusesAPartialWildcard) {
    const auto server = start("DNS:loc*");
    EXPECT_EQ(post(*server, "localhost", certificate_).error().error, NetError::kTlsCertificate);
}

TEST_F(Tls, RefusesACertificateThatTheSystemDoesNotTrust) {
    const auto server = start("DNS:localhost");
    EXPECT_EQ(post(*server, "localhost", "").error().error, NetError::kTlsCertificate);
}

TEST_F(Tls, RefusesAnExpiredCertificate) {
    const auto server = start("DNS:localhost", -2 * kHour, -kHour);
    const auto response = post(*server, "localhost", certificate_);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error, NetError::kTlsCertificate);
    EXPECT_TRUE(response.error().text.contains("expired")) << response.error().text;
}

TEST_F(Tls, IsNotSpokenByAPlainServer) {
    const auto server =
        Server::start({}, answering([](const HttpRequest&) { return HttpResponse{}; }));
    ASSERT_TRUE(server);
    EXPECT_EQ(post(**server, "127.0.0.1", "").error().error, NetError::kTlsHandshake);
}

TEST_F(Tls, ServerClosesOnPlainText) {
    const auto server = start("DNS:localhost");
    TestPeer peer{server->port()};
    peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_FALSE(peer.read_all().contains("HTTP/1.1"));
    EXPECT_TRUE(peer.was_closed());
}

TEST_F(Tls, HandshakeThatHangsTimesOut) {
    const TestListener silent;
    auto client = Client::open("https://127.0.0.1:" + std::to_string(silent.port()),
                               {.connect_timeout_ms = 100});
    ASSERT_TRUE(client);
    const auto response = client->get("/");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error, NetError::kTimeout) << response.error().text;
}

TEST_F(Tls, StopEndsOpenConnections) {
    const auto server = start("DNS:localhost");
    auto client = Client::open("https://localhost:" + std::to_string(server->port()),
                               {.ca_file = certificate_});
    ASSERT_TRUE(client->get("/"));
    server->stop(1'000);
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_FALSE(client->get("/"));
}

TEST_F(Tls, ServerNeedsACertificateAndItsKey) {
    const std::string other = prefix_ + ".other";
    ASSERT_TRUE(write_certificate("DNS:a", -kHour, kHour, certificate_, key_));
    ASSERT_TRUE(write_certificate("DNS:a", -kHour, kHour, other, other + ".key"));
    const auto error = [](const std::string& certificate, const std::string& key) {
        auto server = Server::start({.tls_certificate_file = certificate, .tls_key_file = key},
                                    answering([](const HttpRequest&) { return HttpResponse{}; }));
        return server ? NetFailure{} : server.error();
    };
    EXPECT_EQ(error(certificate_, other + ".key").error, NetError::kTlsFiles);
    EXPECT_EQ(error(certificate_, "").error, NetError::kTlsFiles);
    EXPECT_EQ(error("", key_).error, NetError::kTlsFiles);
    EXPECT_EQ(error(key_, key_).error, NetError::kTlsFiles);
    std::remove(other.c_str());
    std::remove((other + ".key").c_str());
}

}  // namespace
}  // namespace tasdiq::net
