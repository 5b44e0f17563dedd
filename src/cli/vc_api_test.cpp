#include <chrono>
#include <csignal>
#include <cstdio>
#include <gtest/gtest.h>
#include <set>
#include <thread>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/vc_api_service.hpp"
#include "codec/jcs.hpp"
#include "net/client.hpp"
#include "net/server.hpp"
#include "net/test_tls.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr Instant kNow{1'796'000'000};

struct VcApiRoutes : testing::Test {
    VcApiRoutes() {
        for (const auto algorithm :
             {crypto::Algorithm::kEd25519, crypto::Algorithm::kEs256, crypto::Algorithm::kEs384}) {
            service.add_issuer(keys::SigningKey::generate(algorithm));
        }
    }
    net::HttpResponse send(net::Method method, const std::string& path, std::string body = {},
                           std::string type = "application/json; charset=utf-8") {
        net::HttpRequest request;
        request.method = method;
        request.target = *net::parse_target(path);
        request.content_type = std::move(type);
        request.body = std::move(body);
        request.host = "h.example:8490";
        return service.answer(request, kNow);
    }
    static Json parsed(const net::HttpResponse& response) {
        auto json = codec::parse_json(response.body);
        EXPECT_TRUE(json) << response.body;
        return json ? *std::move(json) : Json{};
    }
    static std::string credential() {
        return R"({"credential":{"@context":["https://www.w3.org/ns/credentials/v2"],
                   "type":["VerifiableCredential"],"credentialSubject":{"id":"urn:a"}}})";
    }

    FolderLoader loader;
    ControllerFiles controllers;
    VcApiService service{loader, controllers};
};

struct StatusRoutes : VcApiRoutes {
    Json issued() {
        const auto answer =
            send(net::Method::kPost, "/issuers/bitstring/credentials/issue", credential());
        EXPECT_EQ(answer.status, 201U) << answer.body;
        return *parsed(answer).find("verifiableCredential");
    }
    unsigned set(const Json& entry, const Json& value) {
        return send(net::Method::kPost, "/issuers/bitstring/credentials/status",
                    codec::to_jcs(
                        Json::object().set("credentialStatus", entry).set("status", value)))
            .status;
    }
    net::HttpResponse verify(const Json& document) {
        return send(net::Method::kPost, "/credentials/verify",
                    codec::to_jcs(Json::object().set("verifiableCredential", document)));
    }
    /// Of another suite's issuer, and with an entry in the list at `url`.
    Json with_status_at(const std::string& url) {
        Json question = *codec::parse_json(credential());
        question.find("credential")
            ->set("credentialStatus", credential::make_status_entry("revocation", 7, url));
        const auto answer = send(net::Method::kPost, "/issuers/eddsa-rdfc-2022/credentials/issue",
                                 codec::to_jcs(question));
        EXPECT_EQ(answer.status, 201U) << answer.body;
        return *parsed(answer).find("verifiableCredential");
    }
    static const Json& entry_of(const Json& document, std::size_t i) {
        return document.find("credentialStatus")->as_array()[i];
    }
};

TEST_F(StatusRoutes, GiveAStatusAndChangeIt) {
    const Json document = issued();
    const Json other = issued();
    ASSERT_EQ(document.find("credentialStatus")->size(), 2U);
    const auto good = verify(document);
    EXPECT_EQ(good.status, 200U) << good.body;
    EXPECT_EQ(parsed(good).find("warnings")->size(), 0U);  // its lists were read
    EXPECT_EQ(set(entry_of(document, 1), true), 200U);
    EXPECT_EQ(*parsed(verify(document)).find_string("title"), "the credential is suspended");
    EXPECT_EQ(set(entry_of(document, 1), false), 200U);
    EXPECT_EQ(verify(document).status, 200U);
    EXPECT_EQ(set(entry_of(document, 0), true), 200U);
    EXPECT_EQ(*parsed(verify(document)).find_string("title"), "the credential is revoked");
    EXPECT_EQ(verify(other).status, 200U);
}

TEST_F(StatusRoutes, ServeTheirLists) {
    const Json document = issued();
    for (std::size_t i = 0; i < 2; ++i) {
        const auto entry = credential::parse_status_entry(entry_of(document, i));
        ASSERT_TRUE(entry);
        constexpr std::string_view kBase = "http://h.example:8490";
        ASSERT_TRUE(entry->list_url.starts_with(kBase)) << entry->list_url;
        const auto answer = send(net::Method::kGet, entry->list_url.substr(kBase.size()));
        EXPECT_EQ(answer.status, 200U) << answer.body;
        EXPECT_EQ(answer.content_type, "application/vc");
        const Json list = parsed(answer);
        EXPECT_EQ(*list.find_string("id"), entry->list_url);
        EXPECT_EQ(verify(list).status, 200U);
        EXPECT_TRUE(credential::find_status(*entry, list)->is_valid());
    }
    const auto none = send(net::Method::kGet, "/issuers/bitstring/status/x/revocation");
    EXPECT_EQ(none.status, 404U);
    EXPECT_EQ(none.content_type, "application/problem+json");
}

TEST_F(StatusRoutes, AreNotThereWithoutIssuers) {
    VcApiService without{loader, controllers};
    net::HttpRequest request;
    request.host = "h.example:8490";
    request.target = *net::parse_target("/issuers/bitstring/status/x/revocation");
    EXPECT_EQ(without.answer(request, kNow).status, 404U);
    request.method = net::Method::kPost;
    request.content_type = "application/json";
    request.target = *net::parse_target("/issuers/bitstring/credentials/status");
    EXPECT_EQ(without.answer(request, kNow).status, 404U);
    // It verifies what others gave; their lists it cannot read.
    request.target = *net::parse_target("/credentials/verify");
    request.body = codec::to_jcs(Json::object().set("verifiableCredential", issued()));
    const auto verified = without.answer(request, kNow);
    EXPECT_EQ(verified.status, 200U) << verified.body;
    EXPECT_EQ(parsed(verified).find("warnings")->size(), 2U);
}

TEST_F(StatusRoutes, ReadOtherListsWhereTheyAre) {
    // One that this issuer would have, if it had given the entry.
    const auto verified =
        verify(with_status_at("http://h.example:8490/issuers/bitstring/status/x"));
    EXPECT_EQ(verified.status, 200U) << verified.body;
    EXPECT_EQ(parsed(verified).find("warnings")->size(), 1U);
    EXPECT_EQ(parsed(verify(with_status_at("urn:a"))).find("warnings")->size(), 1U);
}

TEST_F(StatusRoutes, RefuseWhatIsNotTheirs) {
    const Json entry = entry_of(issued(), 0);
    EXPECT_EQ(set(entry, "1"), 400U);
    EXPECT_EQ(set(Json::object(), true), 400U);
    const auto changed = [&](const char* key, const std::string& value) {
        Json other = entry;
        return other.set(key, value);
    };
    EXPECT_EQ(set(changed("statusListIndex", "131072"), true), 404U);
    EXPECT_EQ(set(changed("statusPurpose", "suspension"), true), 404U);
    EXPECT_EQ(set(changed("statusListCredential", "https://other.example/1"), true), 404U);
    EXPECT_EQ(set(changed("statusListCredential", "urn:a"), true), 404U);
    std::string elsewhere = *entry.find_string("statusListCredential");
    elsewhere.replace(elsewhere.find("h.example"), 1, "x");
    EXPECT_EQ(set(changed("statusListCredential", elsewhere), true), 404U);
    for (const char* const body :
         {"[", "{}", R"({"credential":1})",
          R"({"credential":{"@context":["https://www.w3.org/ns/credentials/v2"],
             "type":["VerifiableCredential"],"credentialSubject":{"id":"urn:a"},
             "credentialStatus":{"type":"BitstringStatusListEntry","statusListIndex":true}}})"}) {
        EXPECT_EQ(send(net::Method::kPost, "/issuers/bitstring/credentials/issue", body).status,
                  400U)
            << body;
    }
    const std::string good =
        codec::to_jcs(Json::object().set("credentialStatus", entry).set("status", true));
    const std::string entry_text = codec::to_jcs(entry);
    for (const std::string& body :
         {std::string{"["}, std::string{"{}"}, R"({"credentialStatus":)" + entry_text + "}",
          std::string{R"({"status":true})"}, good + std::string(1U << 20, ' ')}) {
        EXPECT_EQ(send(net::Method::kPost, "/issuers/bitstring/credentials/status", body).status,
                  400U)
            << body.substr(0, 100);
    }
    EXPECT_EQ(send(net::Method::kPost, "/issuers/bitstring/credentials/issue",
                   credential() + std::string(1U << 20, ' '))
                  .status,
              400U);
    EXPECT_EQ(verify(issued()).status, 200U);
}

TEST_F(VcApiRoutes, IssueWithEverySuiteAndCurveWhatVerifies) {
    const Json issuers = parsed(send(net::Method::kGet, "/issuers"));
    std::vector<std::string> endpoints;
    for (const Json& issuer : issuers.find("issuers")->as_array()) {
        const std::string endpoint = *issuer.find_string("endpoint");
        endpoints.push_back(endpoint);
        const auto answer = send(net::Method::kPost, endpoint, credential());
        ASSERT_EQ(answer.status, 201U) << endpoint << answer.body;
        const Json issued = parsed(answer);
        const Json& document = *issued.find("verifiableCredential");
        const bool is_enveloped = issuer.find("cryptosuite") == nullptr;
        if (!is_enveloped) {
            EXPECT_EQ(*document.find_string("issuer"), *issuer.find_string("id"));
            const bool legacy = endpoint.find("2020") != std::string::npos;
            EXPECT_EQ(*document.find("proof")->find_string(legacy ? "type" : "cryptosuite"),
                      *issuer.find_string("cryptosuite"));
        }
        Json question = Json::object().set("verifiableCredential", document);
        if (endpoint.find("-sd-") != std::string::npos) {
            EXPECT_EQ(
                send(net::Method::kPost, "/credentials/verify", codec::to_jcs(question)).status,
                422U);
            question.set("options", Json::object().set(
                                        "selectivePointers",
                                        Json::array().push("/issuer").push("/credentialSubject")));
            const auto derived =
                send(net::Method::kPost, "/credentials/derive", codec::to_jcs(question));
            ASSERT_EQ(derived.status, 201U) << derived.body;
            question = Json::object().set("verifiableCredential", parsed(derived));
        }
        EXPECT_EQ(send(net::Method::kPost, "/credentials/verify", codec::to_jcs(question)).status,
                  200U)
            << endpoint;
        Json& asked = *question.find("verifiableCredential");
        if (is_enveloped) {
            asked.set("id", *document.find_string("id") + "AA");
        } else {
            asked.set("name", "x");
        }
        const auto refused =
            send(net::Method::kPost, "/credentials/verify", codec::to_jcs(question));
        EXPECT_EQ(refused.status, 422U) << endpoint;
        EXPECT_EQ(refused.content_type, "application/problem+json");
    }
    for (const char* path :
         {"/issuers/eddsa-rdfc-2022/credentials/issue",
          "/issuers/ecdsa-rdfc-2019/credentials/issue",
          "/issuers/ecdsa-jcs-2019/p256/credentials/issue",
          "/issuers/ecdsa-rdfc-2019/p384/credentials/issue",
          "/issuers/ecdsa-sd-2023/credentials/issue",
          "/issuers/ecdsa-sd-2023/p256/credentials/issue", "/issuers/jwt/credentials/issue",
          "/issuers/jwt/eddsa/credentials/issue"}) {
        EXPECT_TRUE(std::ranges::find(endpoints, path) != endpoints.end()) << path;
    }
    EXPECT_EQ(std::set(endpoints.begin(), endpoints.end()).size(), endpoints.size());
}

TEST_F(VcApiRoutes, AnswerAPresentation) {
    const std::string bare =
        R"({"verifiablePresentation":{"@context":["https://www.w3.org/ns/credentials/v2"],
            "type":"VerifiablePresentation"},"options":{"checks":[]}})";
    EXPECT_EQ(send(net::Method::kPost, "/presentations/verify", bare).status, 200U);
    EXPECT_EQ(send(net::Method::kPost, "/presentations/verify", "{}").status, 400U);
    EXPECT_EQ(send(net::Method::kPost, "/credentials/derive", "{}").status, 400U);
}

TEST_F(VcApiRoutes, RefuseWhatTheyAreNot) {
    EXPECT_EQ(send(net::Method::kGet, "/x").status, 404U);
    EXPECT_EQ(send(net::Method::kPost, "/x").status, 404U);
    EXPECT_EQ(send(net::Method::kPost, "/issuers/eddsa-rdfc-2022/p256/credentials/issue").status,
              404U);
    EXPECT_EQ(send(net::Method::kPut, "/credentials/verify").status, 405U);
    EXPECT_EQ(send(net::Method::kPost, "/credentials/verify", "{}", "text/plain").status, 415U);
}

TEST_F(VcApiRoutes, IssueNothingWithoutIssuers) {
    VcApiService none{loader, controllers};
    net::HttpRequest request;
    request.method = net::Method::kPost;
    request.target = *net::parse_target("/issuers/eddsa-rdfc-2022/credentials/issue");
    request.content_type = "application/json";
    EXPECT_EQ(none.answer(request, kNow).status, 404U);
}

TEST(VcApiCommand, RefusesOptionsThatDoNotFit) {
    const std::vector<std::string_view> rows[] = {
        {"vc-api", "--listen", "8490"},   {"vc-api", "--listen", "127.0.0.1:x"},
        {"vc-api", "--tls-key", "k.pem"}, {"vc-api", "--key", "k.json"},
        {"vc-api", "--map", "x"},
    };
    for (const auto& words : rows) EXPECT_EQ(run(words), kExitUsage) << words.back();
    const std::vector<std::string_view> absent{"vc-api", "--controller", "/nowhere.json"};
    EXPECT_EQ(run(absent), kExitIo);
}

/// The command itself in a thread, with a certificate for 127.0.0.1.
class VcApiOverTls : public testing::Test {
  protected:
    VcApiOverTls() {
        EXPECT_TRUE(net::write_certificate("IP:127.0.0.1", -3'600, 3'600, certificate_, key_));
        server_ = std::thread{[this] {
            exit_code_ = run(std::vector<std::string_view>{"vc-api", "--listen", listen_,
                                                           "--issuers", "--tls-certificate",
                                                           certificate_, "--tls-key", key_});
        }};
        for (int attempt = 0; attempt < 500 && !serves_; ++attempt) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
            serves_ = client(certificate_).get("/issuers").has_value();
        }
    }
    ~VcApiOverTls() override {
        if (serves_) stop();
        if (server_.joinable()) server_.join();
        std::remove(certificate_.c_str());
        std::remove(key_.c_str());
    }
    [[nodiscard]] net::Client client(const std::string& ca_file) const {
        auto client = net::Client::open("https://" + listen_, {.ca_file = ca_file});
        EXPECT_TRUE(client) << client.error().text;
        return *std::move(client);
    }
    /// What it ends with on SIGTERM, which it waits for once it serves.
    int stop() {
        serves_ = false;
        pthread_kill(server_.native_handle(), SIGTERM);
        server_.join();
        return exit_code_;
    }
    static std::string free_address() {
        const auto probe = net::Server::start(
            {}, net::answering([](const net::HttpRequest&) { return net::HttpResponse{}; }));
        return "127.0.0.1:" + std::to_string((*probe)->port());
    }

    // Tests of several processes run at a time.
    std::string prefix_ = testing::TempDir() + "vc_api_" + std::to_string(::getpid());
    std::string certificate_ = prefix_ + ".pem", key_ = prefix_ + ".key", listen_ = free_address();
    std::thread server_;
    bool serves_ = false;
    int exit_code_ = -1;
};

TEST_F(VcApiOverTls, IssuesVerifiesAndStops) {
    ASSERT_TRUE(serves_);
    auto trusting = client(certificate_);
    const auto issued = trusting.post("/issuers/eddsa-rdfc-2022/credentials/issue",
                                      "application/json", VcApiRoutes::credential());
    ASSERT_TRUE(issued) << issued.error().text;
    ASSERT_EQ(issued->status, 201U) << issued->body;
    const auto verified = trusting.post("/credentials/verify", "application/json", issued->body);
    ASSERT_TRUE(verified) << verified.error().text;
    EXPECT_EQ(verified->status, 200U) << verified->body;
    EXPECT_EQ(client("").get("/issuers").error().error, net::NetError::kTlsCertificate);
    auto plain = net::Client::open("http://" + listen_);
    EXPECT_FALSE(plain->get("/issuers"));
    EXPECT_EQ(stop(), kExitOk);
}

TEST(VcApiCommand, NamesTlsFilesThatItCannotRead) {
    const std::vector<std::string_view> words{
        "vc-api",       "--listen",  "127.0.0.1:0", "--tls-certificate",
        "/nowhere.pem", "--tls-key", "/nowhere.key"};
    EXPECT_EQ(run(words), kExitIo);
}

}  // namespace
}  // namespace tasdiq::cli
