#include "cli/status_lists.hpp"

#include <gtest/gtest.h>
#include <map>
#include <mutex>

#include "cli/exit_code.hpp"
#include "cli/ledger_folder_test.hpp"
#include "cli/run_words_test.hpp"
#include "cli/signing.hpp"
#include "codec/jcs.hpp"
#include "credential/status_list.hpp"
#include "crypto/multikey.hpp"
#include "keys/key_file.hpp"
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
    [[nodiscard]] NodeClient client() const { return *NodeClient::open(url()); }
    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_->port());
    }

    wire::ChainId chain = *wire::ChainId::from(Bytes(16, 5));
    bool is_recorded = true;
    std::string statuses = "[]";               // of the batch's first certificates
    std::map<std::string, std::string> pages;  // statuses by the first certificate asked for
    std::string origin = R"("h.example:84/x")";
    std::string transaction = R"({"index":60})";
    unsigned transaction_status = 200;
    std::map<std::string, std::string> keys;  // of members, by path
    std::vector<std::string> asked;           // for statuses
    std::string next_change = "null";
    int conflicts = 0;  // so many lists are refused for newer ones
    unsigned list_status = 200;
    std::map<std::string, Json> lists;  // by path

  private:
    net::HttpResponse answer(const net::HttpRequest& request) {
        const std::string& path = request.target.path;
        if (request.method == net::Method::kPost) {
            if (conflicts > 0) {
                --conflicts;
                return say(409, "{}");
            }
            if (list_status == 200) lists[path] = *codec::parse_json(request.body);
            return say(list_status, "{}");
        }
        if (path.starts_with("/i/")) {
            const auto list = lists.find(path);
            if (list == lists.end()) return say(404, "{}");
            return say(200, codec::to_jcs(list->second));
        }
        if (path == "/api/v1/ledger") {
            return say(200,
                       R"({"origin":)" + origin + R"(,"chain":")" + to_hex(chain.view()) + "\"}");
        }
        if (path == "/api/v1/statuses") {
            const auto from = request.target.parameter("from");
            asked.push_back(std::string{*from} + "+" +
                            std::string{*request.target.parameter("count")});
            const auto page = pages.find(std::string{*from});
            return say(200, "{\"statuses\":" + (page == pages.end() ? statuses : page->second) +
                                ",\"nextChange\":" + next_change + "}");
        }
        if (path.starts_with("/api/v1/members/")) {
            return say(200, "{\"keys\":" + keys[path] + "}");
        }
        return is_recorded ? say(transaction_status, transaction) : say(404, "{}");
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
    StatusLists() { write_batch({{std::string{kList}, 7}, {std::string{kList}, 131'071}}); }
    void write_batch(const IssuePlaces& places) const {
        std::vector<wire::Item> items;
        for (const auto& place : places) {
            Bytes commitment(32, static_cast<std::uint8_t>(place.index));
            commitment[0] = static_cast<std::uint8_t>(place.index >> 8);
            items.push_back({*wire::Commitment::from(commitment), std::nullopt, std::nullopt});
        }
        wire::Issue issue;
        issue.terms.awarding = {{kOwner, 1}};
        issue.terms.type = wire::CertificateType::kDegree;
        issue.terms.level = 6;
        issue.terms.field = 541;
        issue.terms.mode = wire::Mode::kOnSite;
        issue.terms.capture = wire::Capture::kContemporaneous;
        issue.count = static_cast<std::uint32_t>(items.size());
        issue.root = wire::list_root(items);
        folder.write(
            "to-sign.cbor",
            encode_to_sign({{kOwner, {{}, "جامعة", "University", "Université"}}},
                           {{{kOwner, {0}}, crypto::to_multikey(key.public_key())}},
                           {wire::encode(make_payload(*wire::ChainId::from(Bytes(16, 5)),
                                                      {{kOwner, {0}}}, issue, {1'000}, 60))},
                           {wire::encode_list(items)}));
        folder.write("status-lists.cbor", encode_places({places}));
    }
    Result<std::size_t, NodeFault> publish() {
        TRY(const auto listed, read_listed(folder.path()));
        auto client = node.client();
        TRY(const auto done, publish_lists(*listed, signer, client));
        next_change = done.next_change;
        return done.count;
    }
    [[nodiscard]] std::string valid_from(std::string_view purpose = "revocation") const {
        return *node.lists.at(path_of(purpose)).find_string("validFrom");
    }
    static std::string path_of(std::string_view purpose) {
        return "/i/9/status/" + std::string{kList} + "/" + std::string{purpose};
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
    std::optional<Instant> next_change;  // as the last publication said
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
    ASSERT_TRUE(write_first_lists(folder.path(), kOwner, {std::string{kList}}, signer));
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

/// The node keeps the first of an instant, so that nobody brings back what was before.
TEST_F(StatusLists, AreLaterThanThoseThatAreThere) {
    EXPECT_TRUE(publish());
    EXPECT_EQ(valid_from(), "2027-01-15T07:59:59Z");
    node.statuses = R"([{"index":61,"revocation":true,"suspension":false}])";
    EXPECT_TRUE(publish());
    EXPECT_EQ(valid_from(), "2027-01-15T08:00:00Z");
    EXPECT_EQ(valid_from("suspension"), "2027-01-15T08:00:00Z");
    EXPECT_EQ(bits(), "1000");
    node.lists[path_of("suspension")].set("validFrom", "2027-01-15T08:04:59Z");
    EXPECT_TRUE(publish());
    EXPECT_EQ(valid_from(), "2027-01-15T08:00:01Z");
    EXPECT_EQ(valid_from("suspension"), "2027-01-15T08:05:00Z");
    // Whoever has a far day signed has the last word until then.
    EXPECT_EQ(fault_of(publish()), "1 the node has newer status lists: is this clock right?");
    EXPECT_EQ(valid_from(), "2027-01-15T08:00:01Z");
    for (const Json& strange : {Json{"soon"}, Json{7}, Json{}}) {
        node.lists[path_of("revocation")].set("validFrom", strange);
        EXPECT_TRUE(fault_of(publish()).starts_with("2 the node's answer to /i/9/status/"));
    }
}

TEST_F(StatusLists, AreComputedAnewWhenAnotherCameFirst) {
    node.conflicts = 2;
    EXPECT_TRUE(publish());
    EXPECT_EQ(node.asked.size(), 3U);
    node.conflicts = 3;
    EXPECT_EQ(fault_of(publish()), "1 the node has newer status lists: is this clock right?");
}

TEST_F(StatusLists, SayWhenTheyChangeByThemselves) {
    EXPECT_TRUE(publish());
    EXPECT_EQ(next_change, std::nullopt);
    node.next_change = "\"2027-01-16T08:00:00Z\"";
    EXPECT_TRUE(publish());
    EXPECT_EQ(next_change, parse_instant("2027-01-16T08:00:00Z"));
    for (const char* const strange : {"7", "\"soon\"", "false"}) {
        node.next_change = strange;
        EXPECT_TRUE(fault_of(publish()).starts_with("2 the node's answer to ")) << strange;
    }
}

TEST_F(StatusLists, DoNotSayAtFirstThatTheirCertificatesWait) {
    auto client = node.client();
    const std::vector<RecordedAt> places{{{60}, {61}, 2}, {{70}, {71}, 1}};
    EXPECT_EQ(find_wait(folder.path(), places, client).value(), std::nullopt);
    EXPECT_EQ(node.asked, (std::vector<std::string>{"61+1", "71+1"}));
    node.next_change = "\"2027-01-16T08:00:00Z\"";
    EXPECT_EQ(find_wait(folder.path(), places, client).value(),
              parse_instant("2027-01-16T08:00:00Z"));
    node.next_change = "7";
    EXPECT_TRUE(fault_of(find_wait(folder.path(), places, client)).starts_with("2 "));
    const test::Folder without;
    EXPECT_EQ(find_wait(without.path(), places, client).value(), std::nullopt);
}

TEST_F(StatusLists, AreNotPublishedWhereSomethingIsWrong) {
    node.list_status = 409;
    EXPECT_EQ(fault_of(publish()), "1 the node has newer status lists: is this clock right?");
    node.list_status = 200;
    for (const char* const statuses :
         {"{}", R"([{"index":63,"revocation":true,"suspension":true}])",
          R"([{"index":60,"revocation":true,"suspension":true}])",
          R"([{"index":61,"revocation":1,"suspension":true}])",
          R"([{"index":61,"revocation":true,"suspension":1}])",
          R"([{"index":61,"revocation":true}])", R"([{"index":61,"suspension":true}])",
          R"([{"revocation":true,"suspension":true}])"}) {
        node.statuses = statuses;
        EXPECT_TRUE(fault_of(publish()).starts_with("2 the node's answer to ")) << statuses;
    }
    node.statuses = "[]";
    node.chain = *wire::ChainId::from(Bytes(16, 1));
    EXPECT_EQ(fault_of(publish()), "1 " + folder.path() + ": is a batch for another ledger");
    folder.write("status-lists.cbor", encode_places({{{std::string{kList}, 7}}}));
    EXPECT_EQ(fault_of(publish()),
              "74 " + folder.path() + "/status-lists.cbor: is of another batch");
}

TEST_F(StatusLists, AreNotPublishedWhereTheTransactionCannotBeRead) {
    node.transaction_status = 500;
    EXPECT_EQ(fault_of(publish()), "2 the node answered 500");
    node.transaction_status = 200;
    for (const char* const transaction : {"", "{}", R"({"index":-1})"}) {
        node.transaction = transaction;
        EXPECT_TRUE(fault_of(publish()).starts_with("2 the node's answer to ")) << transaction;
    }
    EXPECT_TRUE(node.lists.empty());
}

TEST_F(StatusLists, AreAskedForInPagesThatTheNodeTakes) {
    IssuePlaces places;
    for (std::uint32_t i = 0; i < 4'098; ++i) places.push_back({std::string{kList}, i});
    write_batch(places);
    node.pages["61"] = R"([{"index":4156,"revocation":true,"suspension":false}])";
    node.pages["4157"] = R"([{"index":4158,"revocation":true,"suspension":true}])";
    EXPECT_EQ(publish().value_or(0), 2U);
    EXPECT_EQ(node.asked, (std::vector<std::string>{"61+4096", "4157+2"}));
    const auto is_set = [&](const std::string& purpose, std::uint64_t index) {
        const std::string path = "/i/9/status/" + std::string{kList} + "/" + purpose;
        const auto entry = credential::parse_status_entry(
            credential::make_status_entry(purpose, index, "https://h.example:84" + path));
        return credential::find_status(*entry, node.lists[path])->value == 1;
    };
    EXPECT_TRUE(is_set("revocation", 4'095));
    EXPECT_FALSE(is_set("revocation", 4'096));
    EXPECT_TRUE(is_set("revocation", 4'097));
    EXPECT_FALSE(is_set("suspension", 4'095));
    EXPECT_TRUE(is_set("suspension", 4'097));
}

TEST_F(StatusLists, AreMissedIfTheirFileIsNotThere) {
    auto client = node.client();
    EXPECT_TRUE(fault_of(publish_first_lists(folder.path(), kOwner, client)).starts_with("74 "));
    folder.write("status-lists.cbor", Bytes{});
    EXPECT_EQ(fault_of(publish_first_lists(folder.path(), kOwner, client)),
              "74 " + folder.path() + "/status-lists.cbor: is malformed");
}

// ------------------------------------------------------------------ the command
using test::run_words;
using test::Said;

/// A folder of batches: two with lists, one without, and something else.
struct StatusPublish : StatusLists {
    StatusPublish() {
        const Bytes to_sign = folder.read("to-sign.cbor");
        for (const char* const batch : {"june", "july", "old"}) {
            year.write(std::string{batch} + "/to-sign.cbor", to_sign);
        }
        year.write("june/status-lists.cbor", folder.read("status-lists.cbor"));
        year.write("july/status-lists.cbor",
                   encode_places({{{"fedcba9876543210", 1}, {"fedcba9876543210", 2}}}));
        year.write("notes/readme", Bytes{});
        EXPECT_EQ(run_words({"keys", "new", key_file, "--role", "assertion", "--no-password"}).code,
                  0);
        const auto header = keys::read_key_file_header(key_file, {.allow_unencrypted = true});
        EXPECT_TRUE(header);
        const std::string text = crypto::to_multikey(header->public_key);
        node.keys["/api/v1/members/9"] = R"([{"ordinal":3,"key":")" + text + "\"}]";
        node.keys["/api/v1/members/12"] = R"([{"ordinal":5,"key":")" + text + "\"}]";
    }
    [[nodiscard]] Said publish_by_command(const std::vector<std::string>& more) const {
        const std::string url = node.url();
        std::vector<std::string> words{"status", "publish", "--assertion-key",
                                       key_file, "--node",  url};
        words.insert(words.end(), more.begin(), more.end());
        return run_words(words);
    }
    [[nodiscard]] std::string method_in(const std::string& path) const {
        return *node.lists.at(path).find("proof")->find_string("verificationMethod");
    }

    const test::Folder year;
    const std::string key_file = year.file("assertion.key");
};

TEST_F(StatusPublish, SignsTheListsOfEveryBatchInAFolder) {
    const Said said = publish_by_command({year.path()});
    EXPECT_EQ(said.out, "Status lists published: 4.\n") << said.err;
    EXPECT_EQ(said.code, kExitOk);
    EXPECT_EQ(node.lists.size(), 4U);
    EXPECT_EQ(method_in("/i/9/status/fedcba9876543210/suspension"),
              "did:web:h.example%3A84:i:9#key-3");
    EXPECT_EQ(publish_by_command({year.file("old")}).out, "Status lists published: 0.\n");
    EXPECT_EQ(publish_by_command({year.file("june"), year.file("july")}).out,
              "Status lists published: 4.\n");
}

TEST_F(StatusPublish, SaysWhenItIsToBeRunAgain) {
    node.next_change = "\"2027-01-16T08:00:00Z\"";
    EXPECT_EQ(publish_by_command({year.path()}).out,
              "Status lists published: 4.\n"
              "Something that waits takes effect at 2027-01-16T08:00:00Z: publish them again "
              "then.\n");
}

TEST_F(StatusPublish, LetsACustodianSign) {
    EXPECT_EQ(publish_by_command({year.path(), "--custodian", "12"}).code, kExitOk);
    const std::string list = "/i/9/status/0123456789abcdef/revocation";
    EXPECT_EQ(method_in(list), "did:web:h.example%3A84:i:12#key-5");
    EXPECT_EQ(*node.lists.at(list).find_string("id"), "https://h.example:84" + list);
    EXPECT_EQ(publish_by_command({year.path(), "--custodian", "0"}).code, kExitUsage);
    // The ledger knows whom it is that acts for one that has ended.
    node.lists.clear();
    node.keys["/api/v1/members/9"] = R"([],"custody":{"custodian":12})";
    EXPECT_EQ(publish_by_command({year.path()}).code, kExitOk);
    EXPECT_EQ(method_in(list), "did:web:h.example%3A84:i:12#key-5");
}

TEST_F(StatusPublish, SaysWhyItCannot) {
    const auto error = [&](const std::vector<std::string>& more) {
        const Said said = publish_by_command(more);
        EXPECT_EQ(said.out, "");
        return std::to_string(said.code) + " " + said.err;
    };
    EXPECT_EQ(error({year.file("notes")}),
              "74 tasdiq: " + year.file("notes") + ": there is no batch in it\n");
    node.keys["/api/v1/members/9"] = "[]";
    EXPECT_EQ(error({year.path()}), "1 tasdiq: --assertion-key is no key of member 9\n");
    node.origin = "7";
    EXPECT_EQ(error({year.path(), "--custodian", "12"}), "2 tasdiq: the node names no ledger\n");
    year.write("july/status-lists.cbor", Bytes{});
    EXPECT_EQ(error({year.file("july")}),
              "74 tasdiq: " + year.file("july") + "/status-lists.cbor: is malformed\n");
    EXPECT_TRUE(node.lists.empty());
}

}  // namespace
}  // namespace tasdiq::cli
