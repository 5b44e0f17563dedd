#include "node/answers.hpp"
#include "node/small_node_test.hpp"

namespace tasdiq::node {
namespace {

using credential::kRevocation;
using credential::kSuspension;
using credential::StatusBits;

constexpr Signer kMinistryAssertion{kMinistry, {2}};

std::string target_of(std::string_view purpose = kRevocation) {
    return "/i/7/status/" + std::string{kStatusList} + "/" + std::string{purpose};
}

struct NodeStatus : testing::Test {
    NodeStatus() {
        small.register_members();
        first = small.issue(12);
    }

    void restart_with_room_for(std::uint64_t lists) {
        small.node.reset();
        NodeOptions options;
        options.store.status_lists_max = lists;
        small.start(std::move(options));
    }
    template <class... Args>
    std::string list(const Args&... args) {
        return small.status_list(args...);
    }
    net::ClientResponse publish(const std::string& body, const std::string& target = target_of()) {
        return small.post(target, "application/vc", body);
    }
    void expect_problem(const net::ClientResponse& answer, ApiError error,
                        std::string_view detail = {}) {
        const Json body = parse(answer.body);
        EXPECT_EQ(answer.status, api_problem(error, "").status) << answer.body;
        EXPECT_EQ(body.find("code")->get_integer(), static_cast<std::int64_t>(error))
            << answer.body;
        const std::string* const said = body.find_string("detail");
        EXPECT_EQ(said != nullptr ? *said : "", detail);
    }
    /// A certificate whose place in the list is `index`.
    Json with_entry(std::size_t index) {
        Json document = parse(small.held[0].credential);
        document.erase("proof");
        document.set("credentialStatus",
                     credential::make_status_entry(kRevocation, index,
                                                   "https://ledger.example" + target_of()));
        const credential::ProofOptions options{
            .verification_method =
                credential::make_key_url("did:web:ledger.example:i:7", kAssertion.ordinal.value),
            .created = small.world.now};
        const auto unfinished =
            credential::signing_input(document, options, small.contexts.cache());
        EXPECT_TRUE(unfinished);
        return credential::attach(document, *unfinished,
                                  small.world.keys.at(kAssertion).sign(unfinished->signing_input));
    }
    net::ClientResponse verified(const Json& credential) {
        return small.post("/credentials/verify", "application/json",
                          codec::to_jcs(Json::object().set("verifiableCredential", credential)));
    }

    SmallNode small;
    std::uint64_t first = 0;
};

TEST_F(NodeStatus, PublishesListsAsTheyWereSigned) {
    EXPECT_EQ(small.get(target_of()).status, 404U);
    const std::string body = list(7);
    const auto answer = publish(body);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(*parse(answer.body).find_string("url"), "https://ledger.example" + target_of());
    const auto found = small.get(target_of());
    EXPECT_EQ(found.body, body);
    EXPECT_EQ(found.header("Content-Type"), "application/vc");
    EXPECT_EQ(found.header("Cache-Control"), "public, max-age=60");
    EXPECT_EQ(found.header("Access-Control-Allow-Origin"), "*");
    const std::string etag{found.header("ETag")};
    EXPECT_EQ(small.get(target_of(), {{"If-None-Match", etag}}).status, 304U);
    EXPECT_EQ(small.get(target_of(kSuspension)).status, 404U);
    // The same, and what is newer.
    EXPECT_EQ(publish(body).status, 200U);
    small.set_now({small.world.now.seconds + 1});
    EXPECT_EQ(publish(list(std::nullopt)).status, 200U);
    EXPECT_NE(small.get(target_of()).header("ETag"), etag);
}

TEST_F(NodeStatus, KnowsWhatAListSaysNowOnly) {
    EXPECT_EQ(publish(list(7)).status, 200U);
    expect_problem(small.get(target_of() + "?timestamp=2026-01-01T00%3A00%3A00Z"),
                   ApiError::kParameter, "timestamp: past lists are not kept");
}

TEST_F(NodeStatus, KeepsListsWhenItEnds) {
    const std::string body = list(7);
    EXPECT_EQ(publish(body).status, 200U);
    small.node.reset();
    small.start();
    EXPECT_EQ(small.get(target_of()).body, body);
    expect_problem(small.get("/i/8/status/0123456789abcdef/revocation"), ApiError::kNotFound);
}

/// Whichever route reads the damaged row: nothing is served after it.
TEST_F(NodeStatus, StopsServingWhereAListIsDamaged) {
    const std::string body = list(7);
    EXPECT_EQ(publish(body).status, 200U);
    small.node.reset();
    const Json credential = with_entry(7);
    store::damage_status_list(small.folder.path(),
                              {kUniversity, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}, 1});
    const std::function<net::ClientResponse()> routes[] = {[&] { return small.get(target_of()); },
                                                           [&] { return publish(body); },
                                                           [&] { return verified(credential); }};
    for (const auto& route : routes) {
        std::atomic<int> failures = 0;
        NodeOptions options;
        options.on_failed = [&](const store::IoFault&) { ++failures; };
        small.start(std::move(options));
        EXPECT_EQ(small.get("/healthz").status, 200U);
        expect_problem(route(), ApiError::kStore);
        EXPECT_EQ(failures, 1);
        EXPECT_EQ(small.get("/healthz").status, 503U);
        small.node.reset();
    }
}

TEST_F(NodeStatus, TakesNoOlderList) {
    const std::string older = list(std::nullopt);
    small.set_now({small.world.now.seconds + 1});
    const std::string newer = list(7);
    EXPECT_EQ(publish(newer).status, 200U);
    expect_problem(publish(older), ApiError::kListOlder);
    EXPECT_EQ(small.get(target_of()).body, newer);
}

TEST_F(NodeStatus, TakesOnlySoManyLists) {
    restart_with_room_for(1);
    EXPECT_EQ(publish(list(7)).status, 200U);
    expect_problem(publish(list(7, kAssertion, kSuspension), target_of(kSuspension)),
                   ApiError::kListsTooMany);
    // Nor when the ledger grows, as long as the key holds.
    small.record(wire::RetireKey{kUniversity, {2}}, {kRegistrar, kDean});
    expect_problem(publish(list(7, kAssertion, kSuspension), target_of(kSuspension)),
                   ApiError::kListsTooMany);
    EXPECT_EQ(small.get(target_of()).status, 200U);
}

/// A thief has filled the room. The key is voided, and another takes its place.
TEST_F(NodeStatus, GivesTheRoomOfAVoidKeyToAnother) {
    restart_with_room_for(1);
    const std::string stolen = list(7);
    EXPECT_EQ(publish(stolen).status, 200U);
    const auto target = target_of(kSuspension);
    expect_problem(publish(list(7, kAssertion, kSuspension), target), ApiError::kListsTooMany);
    small.record(wire::VoidKey{kMinistry, kUniversity, kAssertion.ordinal, {first}},
                 {kMinistry1, kMinistry2});
    const Signer fresh{kUniversity, {4}};
    small.record(wire::AddKey{kUniversity, small.world.next_key(kUniversity, Role::kAssertion)},
                 {kRegistrar, kMinistry1});
    const std::string honest = list(std::nullopt, fresh, kSuspension);
    const auto answer = publish(honest, target);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(small.get(target).body, honest);
    EXPECT_EQ(small.get(target_of()).status, 404U);
    EXPECT_EQ(publish(stolen).status, 422U);
    // There is no further room, and nothing of the same instant or before it comes back.
    expect_problem(publish(list(7, fresh)), ApiError::kListOlder);
    small.set_now({small.world.now.seconds + 1});
    expect_problem(publish(list(7, fresh)), ApiError::kListsTooMany);
    EXPECT_EQ(small.get(target).body, honest);
}

/// Only who acts for the member now, and the member, keep their lists.
TEST_F(NodeStatus, GivesTheRoomOfAnEarlierCustodianToTheNext) {
    restart_with_room_for(2);
    const std::string own = list(7);
    EXPECT_EQ(publish(own).status, 200U);
    const MemberId sousse = small.institution("Sousse");
    const Signer theirs{sousse, {2}};
    small.record(wire::AddKey{kMinistry, small.world.next_key(kMinistry, Role::kAssertion)},
                 {kMinistry1, kMinistry2});
    small.close(kUniversity);
    small.give_into_custody(sousse);
    const auto target = target_of(kSuspension);
    EXPECT_EQ(publish(list(7, theirs, kSuspension), target).status, 200U);
    small.give_into_custody(kMinistry);
    const auto other = [&](const Signer& by) {
        return publish(small.status_list(7, by, kRevocation, {}, "fedcba9876543210"),
                       "/i/7/status/fedcba9876543210/revocation");
    };
    EXPECT_EQ(other(kMinistryAssertion).status, 200U);
    EXPECT_EQ(small.get(target_of()).body, own);
    EXPECT_EQ(small.get(target).status, 404U);
}

/// Whoever has a list that was published can send it again, without any key.
TEST_F(NodeStatus, ExchangesNoListOfTheSameSecond) {
    const std::string before = list(std::nullopt);
    EXPECT_EQ(publish(before).status, 200U);
    small.set_now({small.world.now.seconds + 1});
    const std::string revoked = list(7);
    const std::string other = list(std::nullopt);
    EXPECT_EQ(publish(revoked).status, 200U);
    expect_problem(publish(other), ApiError::kListOlder);
    EXPECT_EQ(publish(revoked).status, 200U);
    EXPECT_EQ(small.get(target_of()).body, revoked);
}

TEST_F(NodeStatus, KnowsNoOtherAddresses) {
    const std::string body = list(7);
    for (const char* const target :
         {"/i/x/status/0123456789abcdef/revocation", "/i/7/status/0123456789ABCDEF/revocation",
          "/i/7/status/0123456789abcd/revocation", "/i/7/status/0123456789abcdef/refresh"}) {
        expect_problem(publish(body, target), ApiError::kParameter, "list, purpose");
        expect_problem(small.get(target), ApiError::kParameter, "list, purpose");
    }
    expect_problem(publish(body, "/i/99/status/0123456789abcdef/revocation"), ApiError::kNotFound);
    expect_problem(small.post(target_of(), "text/plain", body), ApiError::kMediaType,
                   "application/vc");
}

TEST_F(NodeStatus, RefusesWhatIsNotTheMembersList) {
    expect_problem(publish("{"), ApiError::kListRefused, "it is no JSON, or too large");
    expect_problem(publish(list(7), target_of(kSuspension)), ApiError::kListRefused,
                   "it is not the status list of this address");
    EXPECT_EQ(small.get(target_of()).status, 404U);
    expect_problem(publish(list(7, kMinistry1)), ApiError::kListRefused,
                   "it is not by who may sign it now");
    // A key of another role, and another member's under the institution's name.
    EXPECT_EQ(publish(list(7, kRegistrar)).status, 422U);
    EXPECT_EQ(publish(list(7, kMinistry1, kRevocation, "did:web:ledger.example:i:7")).status, 422U);
    Json changed = parse(list(7));
    changed.find("credentialSubject")->set("encodedList", StatusBits{}.encode());
    expect_problem(publish(codec::to_jcs(changed)), ApiError::kListRefused,
                   "it is not validly signed: the signature does not match");
    EXPECT_EQ(small.get(target_of()).status, 404U);
}

TEST_F(NodeStatus, TakesSixtyFourKibibytes) {
    const std::string body = list(7);
    const std::string blanks(credential::kPublishedListSizeMax - body.size(), ' ');
    expect_problem(publish(body + blanks + " "), ApiError::kListRefused,
                   "it is no JSON, or too large");
    EXPECT_EQ(small.get(target_of()).status, 404U);
    EXPECT_EQ(publish(body + blanks).status, 200U);
}

TEST_F(NodeStatus, RefusesARetiredKey) {
    const std::string early = list(7);
    small.record(wire::RetireKey{kUniversity, kAssertion.ordinal}, {kRegistrar, kDean});
    EXPECT_EQ(publish(early).status, 422U);
    EXPECT_EQ(small.get(target_of()).status, 404U);
    EXPECT_EQ(small.get_json("/i/7/did.json").find("assertionMethod")->size(), 0U);
}

TEST_F(NodeStatus, RefusesAVoidKey) {
    const std::string early = list(7);
    small.record(wire::VoidKey{kMinistry, kUniversity, kAssertion.ordinal, {first}},
                 {kMinistry1, kMinistry2});
    EXPECT_EQ(publish(early).status, 422U);
    EXPECT_EQ(small.get(target_of()).status, 404U);
    const Json document = small.get_json("/i/7/did.json");
    EXPECT_EQ(document.find("assertionMethod")->size(), 0U);
    EXPECT_EQ(document.find("verificationMethod")->size(), 1U);
}

TEST_F(NodeStatus, IsForTheCustodianOfWhoHasEnded) {
    const std::string own = list(7);
    small.close(kUniversity);
    expect_problem(publish(own), ApiError::kListRefused, "nobody acts for the member");
    small.give_into_custody(kMinistry);
    expect_problem(publish(own), ApiError::kListRefused, "it is not by who may sign it now");
    small.record(wire::AddKey{kMinistry, small.world.next_key(kMinistry, Role::kAssertion)},
                 {kMinistry1, kMinistry2});
    const auto answer = publish(list(7, kMinistryAssertion));
    EXPECT_EQ(answer.status, 200U) << answer.body;
}

TEST_F(NodeStatus, IsNotForACustodianThatAStolenKeyNamed) {
    small.record(wire::AddKey{kMinistry, small.world.next_key(kMinistry, Role::kAssertion)},
                 {kMinistry1, kMinistry2});
    small.close(kUniversity);
    const auto named = *small.give_into_custody(kMinistry).find_integer("index");
    const std::string list_of_custodian = list(7, kMinistryAssertion);
    EXPECT_EQ(publish(list_of_custodian).status, 200U);
    small.record(wire::VoidKey{kTunisia, kMinistry, {1}, {static_cast<std::uint64_t>(named)}},
                 {{kTunisia, {0}}, {kTunisia, {1}}});
    expect_problem(publish(list_of_custodian), ApiError::kListRefused,
                   "nobody acts for the member");
}

TEST_F(NodeStatus, IsNotForACustodianThatHasEnded) {
    const MemberId sousse = small.institution("Sousse");
    small.close(kUniversity);
    small.give_into_custody(sousse);
    const std::string list_of_custodian = list(7, Signer{sousse, {2}});
    EXPECT_EQ(publish(list_of_custodian).status, 200U);
    small.close(sousse);
    expect_problem(publish(list_of_custodian), ApiError::kListRefused,
                   "nobody acts for the member");
}

TEST_F(NodeStatus, IsCheckedByTheVcApiFromItsOwnLists) {
    const auto judge = [&](std::size_t index) { return verified(with_entry(index)); };
    EXPECT_EQ(parse(judge(7).body).find("warnings")->size(), 1U);  // there is no list
    EXPECT_EQ(publish(list(7)).status, 200U);
    const auto revoked = judge(7);
    EXPECT_EQ(revoked.status, 422U);
    EXPECT_EQ(*parse(revoked.body).find_string("title"), "the credential is revoked");
    const auto valid = judge(8);
    EXPECT_EQ(valid.status, 200U) << valid.body;
    EXPECT_EQ(parse(valid.body).find("warnings")->size(), 0U);
}

}  // namespace
}  // namespace tasdiq::node
