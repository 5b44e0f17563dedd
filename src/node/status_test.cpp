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
    /// The statuses of what was issued, as `index:r` and `index:s`, from the first one on.
    std::string statuses() {
        const Json json =
            small.get_json("/api/v1/statuses?from=" + std::to_string(first) + "&count=4096");
        std::string text;
        for (const Json& one : json.find("statuses")->as_array()) {
            text += std::to_string(*one.find_integer("index") - static_cast<std::int64_t>(first));
            if (*one.find("revocation")->get_boolean()) text += "r";
            if (*one.find("suspension")->get_boolean()) text += "s";
            text += " ";
        }
        return text;
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
    small.node.reset();
    NodeOptions options;
    options.store.status_lists_max = 1;
    small.start(std::move(options));
    EXPECT_EQ(publish(list(7)).status, 200U);
    expect_problem(publish(list(7, kAssertion, kSuspension), target_of(kSuspension)),
                   ApiError::kListsTooMany);
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

TEST_F(NodeStatus, TellsWhatListsSay) {
    using enum wire::StatusState;
    EXPECT_EQ(statuses(), "");
    const auto set = [&](wire::StatusState state, std::uint64_t i) {
        small.record(wire::Status{kUniversity, state, {{first + i}}}, {kRegistrar, kDean});
    };
    set(kRevoked, 0);
    set(kSuspended, 1);
    set(kAnnulled, 2);
    set(kCancelled, 3);
    set(kLost, 4);
    set(kSuspended, 5);
    set(kReinstated, 5);
    EXPECT_EQ(statuses(), "0r 1s 2r 3r ");
    EXPECT_EQ(small.get("/api/v1/statuses?from=0&count=4097").status, 400U);
    EXPECT_EQ(small.get("/api/v1/statuses?from=0").status, 400U);
    EXPECT_EQ(small.get_json("/api/v1/statuses?from=999999&count=1").find("statuses")->size(), 0U);
}

TEST_F(NodeStatus, OfWhatIsReplacedIsRevokedOnTheOldDocumentOnly) {
    const wire::Terms terms = certificate::make_terms(SmallNode::graduate(0), {{kUniversity, 1}});
    const std::vector<wire::Item> items{
        {wire::Commitment{}, wire::Relation{wire::RelationCode::kReplaces, {first}}, std::nullopt}};
    const Json answer =
        small.record(World::issue_of(terms, items), {kRegistrar, kDean}, wire::encode_list(items));
    EXPECT_EQ(statuses(), "0r ");
    const auto fresh = static_cast<std::uint64_t>(*answer.find_integer("firstCertificate")) - first;
    // Suspended is the award, which both documents are of; the old one stays replaced.
    small.record(wire::Status{kUniversity, wire::StatusState::kSuspended, {{first}}},
                 {kRegistrar, kDean});
    EXPECT_EQ(statuses(), "0rs " + std::to_string(fresh) + "s ");
}

TEST_F(NodeStatus, OfAVoidKeysWorkIsRevoked) {
    small.record(wire::VoidKey{kMinistry, kUniversity, kDean.ordinal, {first - 1}},
                 {kMinistry1, kMinistry2});
    EXPECT_TRUE(statuses().starts_with("0r 1r 2r ")) << statuses();
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
