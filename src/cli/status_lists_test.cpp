#include "cli/status_lists.hpp"

#include <gtest/gtest.h>
#include <map>
#include <mutex>

#include "cli/exit_code.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/signing.hpp"
#include "codec/jcs.hpp"
#include "credential/status_list.hpp"
#include "crypto/multikey.hpp"
#include "net/server.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

constexpr std::string_view kList = "0123456789abcdef";
constexpr wire::MemberId kOwner{9};

/// A node that knows one ledger, and of a batch of two what it is told to.
class FakeNode {
  public:
    FakeNode() {
        server_ = *net::Server::start(net::ServerOptions{},
                                      net::answering([this](const net::HttpRequest& request) {
                                          const std::lock_guard guard{mutex_};
                                          return answer(request);
                                      }));
    }
    [[nodiscard]] NodeClient client() const {
        return *NodeClient::open("http://127.0.0.1:" + std::to_string(server_->port()));
    }

    wire::ChainId chain = {};
    bool is_recorded = true;
    std::string statuses = "[]";
    unsigned list_status = 200;
    std::map<std::string, Json> lists;  // by path

  private:
    net::HttpResponse answer(const net::HttpRequest& request) {
        const std::string& path = request.target.path;
        if (request.method == net::Method::kPost) {
            if (list_status == 200) lists[path] = *codec::parse_json(request.body);
            return say(list_status, "{}");
        }
        if (path == "/api/v1/ledger") {
            return say(200,
                       R"({"origin":"h.example:84/x","chain":")" + to_hex(chain.view()) + "\"}");
        }
        if (path == "/api/v1/statuses") return say(200, "{\"statuses\":" + statuses + "}");
        return is_recorded ? say(200, R"({"index":60})") : say(404, "{}");
    }
    static net::HttpResponse say(unsigned status, std::string body) {
        auto response = net::make_response("application/json", std::move(body));
        response.status = status;
        return response;
    }

    std::mutex mutex_;  // guards what is public, once the server runs
    std::unique_ptr<net::Server> server_;
};

struct StatusLists : testing::Test {
    StatusLists() {
        std::vector<wire::Item> items{
            {wire::Commitment{}, std::nullopt, std::nullopt},
            {*wire::Commitment::from(Bytes(32, 7)), std::nullopt, std::nullopt}};
        wire::Issue issue;
        issue.terms.awarding = {{kOwner, 1}};
        issue.terms.type = wire::CertificateType::kDegree;
        issue.terms.level = 6;
        issue.terms.field = 541;
        issue.terms.mode = wire::Mode::kOnSite;
        issue.terms.capture = wire::Capture::kContemporaneous;
        issue.count = 2;
        issue.root = wire::list_root(items);
        folder.write(
            "to-sign.cbor",
            encode_to_sign({{}, "جامعة", "University", "Université"},
                           {{{kOwner, {0}}, crypto::to_multikey(key.public_key())}},
                           {wire::encode(make_payload({}, {{kOwner, {0}}}, issue, {1'000}, 60))},
                           {wire::encode_list(items)}));
        write_places(2);
    }
    void write_places(std::size_t count) const {
        IssuePlaces places{{std::string{kList}, 7}, {std::string{kList}, 131'071}};
        places.resize(count);
        folder.write("status-lists.cbor", encode_places({places}));
    }
    Result<std::size_t, NodeFault> publish() {
        TRY(const auto listed, read_listed(folder.path()));
        auto client = node.client();
        return publish_lists(*listed, signer, client);
    }
    /// The two bits of each purpose, as `1000`.
    std::string bits() {
        std::string text;
        for (const std::string_view purpose : {"revocation", "suspension"}) {
            const std::string path =
                "/i/9/status/" + std::string{kList} + "/" + std::string{purpose};
            for (const std::uint64_t index : {7U, 131'071U}) {
                const auto entry = credential::parse_status_entry(
                    credential::make_status_entry(purpose, index, "https://h.example:84" + path));
                const auto said = credential::find_status(*entry, node.lists[path]);
                text += said ? std::to_string(said->value) : "?";
            }
        }
        return text;
    }
    template <class T>
    static std::string fault_of(const Result<T, NodeFault>& result) {
        return result ? "none"
                      : std::to_string(result.error().exit_code) + " " + result.error().message;
    }

    test::Folder folder;
    FakeNode node;
    const keys::SigningKey key = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    const ListSigner signer{&key, "h.example:84", kOwner, {3}, {1'800'000'000}};
};

TEST_F(StatusLists, SayWhatTheLedgerSays) {
    EXPECT_EQ(publish().value_or(0), 2U);
    EXPECT_EQ(bits(), "0000");
    node.statuses = R"([{"index":61,"revocation":true,"suspension":false},
                        {"index":62,"revocation":false,"suspension":true}])";
    EXPECT_EQ(publish().value_or(0), 2U);
    EXPECT_EQ(bits(), "1001");
    const Json& list = node.lists.at("/i/9/status/0123456789abcdef/revocation");
    EXPECT_EQ(*list.find_string("issuer"), "did:web:h.example%3A84:i:9");
    EXPECT_EQ(*list.find_string("validFrom"), "2027-01-15T08:00:00Z");
    EXPECT_EQ(*list.find("proof")->find_string("verificationMethod"),
              "did:web:h.example%3A84:i:9#key-3");
    node.is_recorded = false;
    EXPECT_EQ(publish().value_or(0), 2U);
    EXPECT_EQ(bits(), "0000");
}

TEST_F(StatusLists, BeginEmptyAndOlderThanAnyOther) {
    ASSERT_TRUE(write_first_lists(folder.path(), {std::string{kList}}, signer));
    auto client = node.client();
    ASSERT_TRUE(publish_first_lists(folder.path(), kOwner, client));
    EXPECT_EQ(bits(), "0000");
    EXPECT_EQ(*node.lists.begin()->second.find_string("validFrom"), "2027-01-15T07:59:59Z");
    node.list_status = 409;  // the node has had newer ones since
    EXPECT_TRUE(publish_first_lists(folder.path(), kOwner, client));
    node.list_status = 422;
    EXPECT_EQ(fault_of(publish_first_lists(folder.path(), kOwner, client)),
              "1 the node answered 422");
    const test::Folder empty;
    EXPECT_TRUE(publish_first_lists(empty.path(), kOwner, client));  // a batch without lists
}

TEST_F(StatusLists, AreNotPublishedWhereSomethingIsWrong) {
    node.list_status = 409;
    EXPECT_EQ(fault_of(publish()), "1 the node has newer status lists: is this clock right?");
    node.list_status = 200;
    for (const char* const statuses :
         {"{}", R"([{"index":63,"revocation":true,"suspension":true}])",
          R"([{"index":60,"revocation":true,"suspension":true}])",
          R"([{"index":61,"revocation":1,"suspension":true}])", R"([{"index":61}])"}) {
        node.statuses = statuses;
        EXPECT_TRUE(fault_of(publish()).starts_with("2 the node's answer to ")) << statuses;
    }
    node.statuses = "[]";
    node.chain = *wire::ChainId::from(Bytes(16, 1));
    EXPECT_EQ(fault_of(publish()), "1 " + folder.path() + ": is a batch for another ledger");
    write_places(1);
    EXPECT_EQ(fault_of(publish()),
              "74 " + folder.path() + "/status-lists.cbor: is of another batch");
}

}  // namespace
}  // namespace tasdiq::cli
