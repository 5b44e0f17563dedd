#include "cli/submit_fault.hpp"

#include <gtest/gtest.h>

#include "cli/exit_code.hpp"
#include "ledger/error.hpp"
#include "net/server.hpp"

namespace tasdiq::cli {
namespace {

/// An issue of two certificates that 7 and 14 award together.
struct PlaceOf : testing::Test {
    PlaceOf() {
        wire::Issue body;
        body.terms.awarding = {{{7}, 1}, {{14}, 2}};
        issue.decoded.body = body;
        issue.decoded.signers = {{{6}, {1}}, {{7}, {0}}};
    }
    [[nodiscard]] std::string of(ledger::LedgerError error,
                                 std::optional<std::uint64_t> position) const {
        return place_of({static_cast<std::uint64_t>(error), position}, issue, secrets);
    }

    IssueToSign issue;
    const IssueSecrets secrets{{"A-1", {}}, {"A-2", {}}};
};

TEST_F(PlaceOf, IsACertificateByItsSerial) {
    using enum ledger::LedgerError;
    for (const auto error :
         {kTargetUnknown, kNotADocument, kCommitmentRecorded, kSeatUnexpected, kSeatUsed}) {
        EXPECT_EQ(of(error, 1), "certificate A-2") << static_cast<int>(error);
        EXPECT_EQ(of(error, 2), "");
    }
}

TEST_F(PlaceOf, IsASignersKey) {
    using enum ledger::LedgerError;
    EXPECT_EQ(of(kSignerEnded, 0), "key 1 of member 6");
    EXPECT_EQ(of(kBadSignature, 1), "key 0 of member 7");
    EXPECT_EQ(of(kBadSignature, 2), "");
}

TEST_F(PlaceOf, IsOneOfThoseWhoAwardTogether) {
    using enum ledger::LedgerError;
    EXPECT_EQ(of(kPolicyNotMet, 1), "member 14");
    EXPECT_EQ(of(kQuotaExhausted, 0), "member 7");
    EXPECT_EQ(of(kQuotaExhausted, 2), "");
    EXPECT_EQ(of(kQuotaExhausted, std::nullopt), "");
    std::get<wire::Issue>(issue.decoded.body).terms.awarding.pop_back();
    EXPECT_EQ(of(kQuotaExhausted, 0), "");
}

/// Beside a node that refuses everything that is sent, and says of member 13 that it ended.
struct Refused : PlaceOf {
    Refused() {
        auto started = net::Server::start(
            {}, net::answering([this](const net::HttpRequest& request) {
                if (request.target.path == "/api/v1/members/13") {
                    return net::make_response("application/json",
                                              R"({"ended":"2026-04-15","custody":null})");
                }
                return net::make_problem(problem);
            }));
        EXPECT_TRUE(started);
        server_ = *std::move(started);
    }
    [[nodiscard]] NodeClient client() const {
        auto node = NodeClient::open("http://127.0.0.1:" + std::to_string(server_->port()));
        EXPECT_TRUE(node);
        return *std::move(node);
    }
    [[nodiscard]] std::string explained() const {
        NodeClient node = client();
        const auto place = node.submit({});
        EXPECT_FALSE(place);
        return explain_refusal(place.error(), issue, secrets, node).message;
    }
    void says(unsigned status, std::string_view domain, ledger::LedgerError error,
              std::string_view detail) {
        problem = {status, domain, static_cast<std::uint16_t>(error), to_string(error), detail};
    }

    net::Problem problem{};

  private:
    std::unique_ptr<net::Server> server_;
};

TEST_F(Refused, SaysOfAUsedSeatWhoseItIs) {
    using enum ledger::LedgerError;
    says(422, "ledger", kSeatUsed, "at position 0");
    EXPECT_EQ(explained(),
              "the node answered 422: the seat is used or released already (at position 0): "
              "certificate A-1");
    says(422, "ledger", kSeatUsed, "");
    EXPECT_EQ(explained(), "the node answered 422: the seat is used or released already");
    says(422, "api", kSeatUsed, "at position 0");
    EXPECT_EQ(explained().find("certificate"), std::string::npos);
}

TEST_F(Refused, SaysSinceWhenAMemberHasEnded) {
    using enum ledger::LedgerError;
    const std::string end =
        "; member 13 ended on 2026-04-15; its own keys sign nothing any more, and nobody acts for "
        "it (member custody)";
    issue.decoded.signers = {{{6}, {1}}, {{13}, {0}}};
    says(422, "ledger", kSignerEnded, "at position 1");
    EXPECT_EQ(explained(), "the node answered 422: " + std::string{to_string(kSignerEnded)} +
                               " (at position 1): key 0 of member 13" + end);
    std::get<wire::Issue>(issue.decoded.body).terms.awarding = {{{13}, 1}};
    says(422, "ledger", kSenderEnded, "");
    EXPECT_EQ(explained(), "the node answered 422: " + std::string{to_string(kSenderEnded)} + end);

    NodeClient node = client();
    const NodeFault lists{kExitRefused, "the status list is refused"};
    EXPECT_EQ(explain_lists(lists, {13}, node).message,
              "the status list is refused" + end +
                  ". Its custodian signs the status lists: prepare with --list-key, or with "
                  "--no-status-lists");
    EXPECT_EQ(explain_lists(lists, {7}, node).message, "the status list is refused");
    EXPECT_EQ(explain_lists({kExitUnavailable, "no answer"}, {13}, node).message, "no answer");
}

}  // namespace
}  // namespace tasdiq::cli
