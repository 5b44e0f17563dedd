#include "node/node.hpp"

#include "codec/cose.hpp"
#include "node/answers.hpp"
#include "node/small_node_test.hpp"

namespace tasdiq::node {
namespace {

TEST_F(NodeWithCertificates, ARestartGoesOnExactly) {
    const std::string before = evidence_of(5);
    const Json ledger = small.get_json("/api/v1/ledger");
    small.node->stop(1'000);
    small.node.reset();
    small.start();
    EXPECT_EQ(small.get_json("/api/v1/ledger"), ledger);
    EXPECT_EQ(evidence_of(5), before);
    const std::uint64_t more = small.issue(10);
    EXPECT_EQ(more, first + 12 + 2);  // a block entry and a transaction between
}

TEST_F(NodeWithCertificates, TilesRecomputeTheRoot) {
    const Json ledger = small.get_json("/api/v1/ledger");
    const auto size = static_cast<std::uint64_t>(ledger.find("size")->get_integer().value());
    ASSERT_LT(size, 256U);
    const std::string origin_path = small.node->origin().substr(small.node->origin().find('/'));
    for (const std::string& prefix : {std::string{}, origin_path}) {
        const auto bundle = small.get(prefix + "/tile/entries/000.p/" + std::to_string(size));
        const auto tile = small.get(prefix + "/tile/0/000.p/" + std::to_string(size));
        ASSERT_EQ(bundle.status, 200U);
        ASSERT_EQ(tile.status, 200U);
        merkle::LogAppender log;
        ByteView rest = as_bytes(bundle.body);
        std::string hashes;
        while (!rest.empty()) {
            const std::size_t length = std::size_t{rest[0]} << 8 | rest[1];
            const auto leaf = merkle::hash_leaf(rest.subspan(2, length));
            hashes += as_text(leaf.view());
            log.append(leaf);
            rest = rest.subspan(2 + length);
        }
        EXPECT_EQ(tile.body, hashes);
        const std::string root = codec::encode_base64(log.head().root.view());
        EXPECT_EQ(log.head().size, size);
        EXPECT_EQ(*ledger.find_string("root"), root);
        EXPECT_NE(small.get(prefix + "/checkpoint").body.find("\n" + root + "\n"),
                  std::string::npos);
    }
}

TEST_F(NodeWithCertificates, TilesEndWhereThePublishedCheckpointEnds) {
    const auto size = static_cast<std::uint64_t>(
        small.get_json("/api/v1/ledger").find("size")->get_integer().value());
    EXPECT_EQ(small.get("/tile/0/000.p/" + std::to_string(size - 1)).status, 200U);
    EXPECT_EQ(small.get("/tile/0/000.p/" + std::to_string(size + 1)).status, 404U);
    EXPECT_EQ(small.get("/tile/entries/000.p/" + std::to_string(size + 1)).status, 404U);
    EXPECT_EQ(small.get("/tile/0/000").status, 404U);
    EXPECT_EQ(small.get("/tile/0/0").status, 400U);
}

TEST_F(NodeWithCertificates, ServesACheckpointThatItsStatesCosigned) {
    const auto answer = small.get("/checkpoint");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
    const auto note = wire::parse_note(answer.body);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->signatures.size(), 5U);  // the publisher and four states
    EXPECT_EQ(note->signatures.front().name, small.node->origin());
}

TEST_F(NodeWithCertificates, ShowsADidDocumentWithRetiredKeys) {
    const auto key_ids = [&] {
        std::vector<std::string> ids;
        const Json document = small.get_json("/i/7/did.json");
        EXPECT_EQ(*document.find_string("id"), "did:web:ledger.example:i:7");
        for (const Json& key : document.find("verificationMethod")->as_array()) {
            ids.push_back(*key.find_string("id"));
        }
        return ids;
    };
    EXPECT_EQ(key_ids(), std::vector<std::string>{"did:web:ledger.example:i:7#key-3"});
    small.record(wire::AddKey{kUniversity, small.world.next_key(kUniversity, Role::kAssertion)},
                 {kDean, kMinistry1});
    small.record(wire::RetireKey{kUniversity, {3}}, {kRegistrar, kDean});
    EXPECT_EQ(key_ids(), (std::vector<std::string>{"did:web:ledger.example:i:7#key-3",
                                                   "did:web:ledger.example:i:7#key-4"}));
    const Json document = small.get_json("/i/7/did.json");
    ASSERT_EQ(document.find("assertionMethod")->as_array().size(), 1U);
    // What the retired key signed keeps verifying.
    EXPECT_EQ(failures(judge(small.held[4].credential, evidence_of(4))), "authentic");
}

TEST_F(NodeWithCertificates, VerifiesForThoseWhoAsk) {
    Json question = Json::object()
                        .set("document", parse(small.held[0].credential))
                        .set("evidence", parse(evidence_of(0)));
    const auto answer = small.post("/api/v1/verify", "application/json", codec::to_jcs(question));
    EXPECT_EQ(answer.status, 200U);
    const Json verdict = parse(answer.body);
    EXPECT_EQ(*verdict.find_string("headline"), "authentic");
    EXPECT_EQ(*verdict.find_string("answer"), "test-ledger-only");
}

// ------------------------------------------------------------------- submissions
TEST(NodeSubmissions, AreIdempotent) {
    SmallNode small;
    small.register_members();
    const auto items = ledger::world::items_of("twice", 3);
    wire::Terms terms = certificate::make_terms(SmallNode::graduate(0), {{kUniversity, 1}});
    terms.programme.reset();
    const Bytes submission =
        small.world.sign(small.world.payload(World::issue_of(terms, items), {kRegistrar, kDean}),
                         wire::encode_list(items));
    const auto once = small.submit(submission);
    EXPECT_EQ(once.status, 201U) << once.body;
    const Json ledger = small.get_json("/api/v1/ledger");
    const auto twice = small.submit(submission);
    EXPECT_EQ(twice.status, 200U);
    Json expected = parse(once.body);
    expected.set("repeated", true);
    EXPECT_EQ(parse(twice.body), expected);
    EXPECT_EQ(small.get_json("/api/v1/ledger"), ledger);
}

TEST(NodeSubmissions, AreRefusedWithANumberedReason) {
    SmallNode small;
    small.register_members();
    const auto items = ledger::world::items_of("refused", 3);
    wire::Terms terms = certificate::make_terms(SmallNode::graduate(0), {{kUniversity, 1}});
    terms.programme.reset();
    const auto size = small.get_json("/api/v1/ledger").find("size")->get_integer();
    // One officer alone: a rule says no.
    const Bytes alone = small.world.sign(
        small.world.payload(World::issue_of(terms, items), {kRegistrar}), wire::encode_list(items));
    const auto refused = small.submit(alone);
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
    const Json problem = parse(refused.body);
    EXPECT_EQ(*problem.find_string("domain"), "ledger");
    EXPECT_EQ(problem.find("code")->get_integer(),
              static_cast<std::int64_t>(ledger::LedgerError::kPolicyNotMet));
    EXPECT_EQ(small.get_json("/api/v1/ledger").find("size")->get_integer(), size);

    const auto malformed = small.post("/api/v1/transactions", kSubmissionType, "no CBOR");
    EXPECT_EQ(malformed.status, 400U);
    EXPECT_EQ(parse(malformed.body).find("code")->get_integer(),
              static_cast<std::int64_t>(ledger::LedgerError::kMalformedSubmission));
    const auto typed = small.post("/api/v1/transactions", "application/cbor", as_text(alone));
    EXPECT_EQ(typed.status, 415U);
    EXPECT_EQ(parse(typed.body).find("code")->get_integer(),
              static_cast<std::int64_t>(ApiError::kMediaType));
    const std::string large(wire::kEnvelopeSizeMax + wire::kListSizeMax + 65, 'x');
    EXPECT_EQ(small.post("/api/v1/transactions", kSubmissionType, large).status, 413U);
}

TEST(NodeSubmissions, SayWhichCertificateHasNoSuchStatus) {
    SmallNode small;
    small.register_members();
    const wire::Status revoke{kUniversity, wire::StatusState::kRevoked, {{0}, {3}}};
    const auto refused = small.submit(
        small.world.sign(small.world.payload(revoke, {kDean, kRegistrar}), std::nullopt));
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(*parse(refused.body).find_string("detail"), "at position 0, certificate 0");
}

TEST(NodeSubmissions, AreTurnedAwayWhileTooManyWait) {
    NodeOptions options;
    options.engine.queue_count_max = 0;
    SmallNode small{std::move(options)};
    const auto answer = small.submit({0x00});
    EXPECT_EQ(answer.status, 503U);
    EXPECT_EQ(answer.header("Retry-After"), "1");
    EXPECT_EQ(parse(answer.body).find("code")->get_integer(),
              static_cast<std::int64_t>(ApiError::kBusy));
}

// ------------------------------------------------------------------- reading
TEST_F(NodeWithCertificates, ShowsTheLedger) {
    const Json ledger = small.get_json("/api/v1/ledger");
    EXPECT_EQ(*ledger.find_string("ledger"), "test");
    EXPECT_EQ(*ledger.find_string("origin"), small.node->origin());
    EXPECT_EQ(ledger.find("nodeKeysHeld")->get_integer(), 4);
    EXPECT_EQ(ledger.find("members")->get_integer(), 7);
    EXPECT_EQ(ledger.find("states")->as_array().size(), 4U);
}

TEST_F(NodeWithCertificates, ListsMembersByKindAndPage) {
    const auto ids = [&](const std::string& query) {
        std::vector<std::int64_t> list;
        for (const Json& member :
             small.get_json("/api/v1/members" + query).find("members")->as_array()) {
            list.push_back(member.find("member")->get_integer().value());
        }
        return list;
    };
    EXPECT_EQ(ids(""), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(ids("?kind=state"), (std::vector<std::int64_t>{1, 2, 3, 4}));
    EXPECT_EQ(ids("?after=5"), (std::vector<std::int64_t>{6, 7}));
    EXPECT_EQ(ids("?after=1&limit=2"), (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(small.get_json("/api/v1/members?limit=3").find("next")->get_integer(), 3);
    EXPECT_EQ(small.get_json("/api/v1/members?after=4").find("next"), nullptr);
}

TEST_F(NodeWithCertificates, NamesAMemberAsItIsCalledToday) {
    small.record(wire::Succession{kMinistry,
                                  kUniversity,
                                  wire::SuccessionKind::kRenamed,
                                  {},
                                  *parse_day("2026-08-01"),
                                  "decree",
                                  wire::Titles{"جامعة ابن خلدون", "Ibn Khaldun", "Ibn Khaldoun"}},
                 {kMinistry1, kMinistry2});
    const auto names = [&] {
        const Json list = small.get_json("/api/v1/members?after=6");
        const std::string listed{*list.find("members")->as_array()[0].find_string("en")};
        const std::string page = small.get("/members/7?lang=en").body;
        return std::pair{listed, page.contains("<h1>Ibn Khaldun</h1>")};
    };
    EXPECT_EQ(names(), (std::pair{std::string{"University of Tunis El Manar"}, false}));
    small.set_now(*parse_instant("2026-08-01T00:00:00Z"));
    EXPECT_EQ(names(), (std::pair{std::string{"Ibn Khaldun"}, true}));
    EXPECT_TRUE(small.get("/?lang=en&q=khaldun").body.contains("Ibn Khaldun"));
}

TEST_F(NodeWithCertificates, ShowsWhatBecameOfAMemberAndThatItsKeysEnded) {
    const auto page = [&](std::string_view language) {
        return small.get("/members/7?lang=" + std::string{language}).body;
    };
    EXPECT_TRUE(page("en").contains("in force")) << page("en");
    EXPECT_TRUE(page("en").contains("<h3>Accreditation 1</h3>"));
    EXPECT_TRUE(page("en").contains("Computing (CS)"));
    EXPECT_TRUE(page("ar").contains("حاسوب (CS)"));
    const MemberId sousse = small.institution("Sousse");
    small.absorb_into(sousse);
    small.give_into_custody(sousse);
    const std::string ended = page("en");
    EXPECT_TRUE(ended.contains("The institution was absorbed on 1 July 2026 by: Sousse."));
    const std::string link = "href=\"/members/" + std::to_string(sousse.value) + "?lang=en\"";
    EXPECT_TRUE(ended.contains(link)) << ended;
    EXPECT_TRUE(ended.contains("<dt>Custodian</dt><dd><a " + link)) << ended;
    EXPECT_FALSE(ended.substr(ended.find("<h2>Keys")).contains("in force"));
}

TEST_F(NodeWithCertificates, ShowsWhoSignedACertificateAndWhatWasDecided) {
    const auto page = [&](std::uint64_t index) {
        return small.get("/certificates/" + std::to_string(index) + "?lang=en").body;
    };
    EXPECT_TRUE(page(first).contains("dean – University of Tunis El Manar (7:1)")) << page(first);
    EXPECT_TRUE(page(first).contains("<dt>Status by the issuer</dt><dd><bdi>in force</bdi>"));
    const auto decide = [&](wire::StatusState state) {
        return small.record(wire::Status{kMinistry, state, {{first}}}, {kMinistry1, kMinistry2})
            .find("index")
            ->get_integer()
            .value();
    };
    const auto suspended = decide(wire::StatusState::kSuspended);
    EXPECT_TRUE(page(first).contains("<span class=\"tag bad\">suspended</span>"));
    const auto reinstated = decide(wire::StatusState::kReinstated);
    const std::string said = page(first);
    const auto sentence = [](const char* state, std::int64_t index) {
        return state + std::string{" on 1 July 2026 09:00 UTC by MESRS (entry "} +
               std::to_string(index) + ").";
    };
    const auto at = said.find(sentence("Suspended", suspended));
    ASSERT_NE(at, std::string::npos) << said;
    EXPECT_NE(said.find(sentence("Reinstated", reinstated), at), std::string::npos) << said;
    EXPECT_TRUE(said.contains("<span class=\"tag\">reinstated</span>"));
}

TEST_F(NodeWithCertificates, FindsACertificateByItsNumber) {
    const auto found = small.get("/certificates?lang=ar&number=" + std::to_string(first));
    EXPECT_EQ(found.status, 303U);
    EXPECT_EQ(found.header("Location"), "/certificates/" + std::to_string(first) + "?lang=ar");
    for (const char* number : {"", "2,079", "-1", "007"}) {
        const auto none = small.get("/certificates?lang=en&number=" + std::string{number});
        EXPECT_EQ(none.status, 404U) << number;
        EXPECT_TRUE(none.body.contains("No certificate has this number")) << number;
    }
}

TEST_F(NodeWithCertificates, CallsTheParentOfAnAuthorityAState) {
    EXPECT_TRUE(small.get("/members/6?lang=ar").body.contains("الدولة العضو"));
    EXPECT_FALSE(small.get("/members/7?lang=ar").body.contains("الدولة العضو"));
}

TEST_F(NodeWithCertificates, ShowsAMemberWithItsKeys) {
    const Json member = small.get_json("/api/v1/members/7");
    EXPECT_EQ(member.find("member")->get_integer(), 7);
    EXPECT_EQ(member.find("accreditations")->get_integer(), 1);
    ASSERT_EQ(member.find("keys")->as_array().size(), 4U);
    EXPECT_EQ(*member.find("keys")->as_array()[3].find_string("role"), "assertion");
    const Json list = small.get_json("/api/v1/members/7/accreditations");
    EXPECT_EQ(list.find("accreditations")->as_array().size(), 1U);
    const Json one = small.get_json("/api/v1/members/7/accreditations/1");
    ASSERT_EQ(one.find("programmes")->as_array().size(), 1U);
    EXPECT_EQ(*one.find("programmes")->as_array()[0].find_string("code"), "CS");
}

TEST_F(NodeWithCertificates, ExplainsEntriesAndFindsThem) {
    const std::string index = std::to_string(first);
    const Json entry = small.get_json("/api/v1/entries/" + index);
    const auto bytes = codec::decode_base64url(*entry.find_string("bytes"));
    ASSERT_TRUE(bytes);
    EXPECT_TRUE(wire::decode_certificate(*bytes));
    const Json page = small.get_json("/api/v1/entries?from=" + index + "&count=3");
    ASSERT_EQ(page.find("entries")->as_array().size(), 3U);
    EXPECT_EQ(page.find("entries")->as_array()[0], entry);

    const std::string commitment = to_hex(small.held[0].commitment.view());
    EXPECT_EQ(small.get_json("/api/v1/certificates/by-commitment/" + commitment),
              small.get_json("/api/v1/certificates/" + index));
    const Json issued = small.get_json("/api/v1/entries/" + std::to_string(first - 1));
    const auto envelope =
        wire::decode_entry(*codec::decode_base64url(*issued.find_string("bytes")));
    const auto& transaction = std::get<wire::TransactionEntry>(*envelope);
    const auto sign = codec::decode_cose_sign(transaction.envelope);
    const std::string id = to_hex(wire::transaction_id(sign->payload).view());
    EXPECT_EQ(small.get_json("/api/v1/transactions/" + id), issued);
}

struct Refused {
    const char* target;
    unsigned status;
    ApiError error;
};

constexpr Refused kRefused[] = {
    {"/nothing", 404, ApiError::kNoSuchPage},
    {"/api/v1/nothing", 404, ApiError::kNoSuchPage},
    {"/api/v1/members/7/nothing", 404, ApiError::kNoSuchPage},
    {"/api/v1/members/99", 404, ApiError::kNotFound},
    {"/api/v1/members/x", 400, ApiError::kParameter},
    {"/api/v1/members?after=x", 400, ApiError::kParameter},
    {"/api/v1/members/99/accreditations", 404, ApiError::kNotFound},
    {"/api/v1/members/99/cohorts", 404, ApiError::kNotFound},
    {"/api/v1/members/7/accreditations/9", 404, ApiError::kNotFound},
    {"/api/v1/entries/9999", 404, ApiError::kNotFound},
    {"/api/v1/entries/01", 400, ApiError::kParameter},
    {"/api/v1/entries?from=-1", 400, ApiError::kParameter},
    {"/api/v1/certificates/0", 404, ApiError::kNotFound},
    {"/api/v1/certificates/9999", 404, ApiError::kNotFound},
    {"/api/v1/certificates/by-commitment/00", 400, ApiError::kParameter},
    {"/api/v1/evidence/0", 404, ApiError::kNotFound},
    {"/api/v1/evidence/9999", 404, ApiError::kNotFound},
    {"/api/v1/evidence", 400, ApiError::kParameter},
    {"/api/v1/evidence?from=1&count=0", 400, ApiError::kParameter},
    {"/api/v1/evidence?from=1&count=1001", 400, ApiError::kParameter},
    {"/api/v1/transactions/00", 400, ApiError::kParameter},
    {"/i/99/did.json", 404, ApiError::kNotFound},
    {"/i/x/did.json", 400, ApiError::kParameter},
};

TEST_F(NodeWithCertificates, TellsBrowsersOnAPageThatThereIsNone) {
    const auto answer = small.get("/nothing?lang=fr", {{"Accept", "text/html,*/*;q=0.8"}});
    EXPECT_EQ(answer.status, 404U);
    EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_TRUE(answer.body.contains("Il n’y a pas de page ici")) << answer.body;
}

TEST_F(NodeWithCertificates, RefusesWithANumberedProblem) {
    for (const Refused& row : kRefused) {
        const auto answer = small.get(row.target);
        EXPECT_EQ(answer.status, row.status) << row.target;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << row.target;
        const Json problem = parse(answer.body);
        EXPECT_EQ(*problem.find_string("domain"), "api") << row.target;
        EXPECT_EQ(problem.find("code")->get_integer(), static_cast<std::int64_t>(row.error))
            << row.target;
    }
    const std::string unknown(64, '0');
    EXPECT_EQ(small.get("/api/v1/certificates/by-commitment/" + unknown).status, 404U);
    EXPECT_EQ(small.get("/api/v1/transactions/" + unknown).status, 404U);
    EXPECT_EQ(small.post("/checkpoint", "text/plain", "").status, 405U);
    EXPECT_EQ(small.post("/api/v1/verify", "text/plain", "{}").status, 415U);
    EXPECT_EQ(small.post("/api/v1/verify", "application/json", "{}").status, 400U);
    EXPECT_EQ(small.post("/api/v1/verify", "application/json", "[").status, 400U);
}

TEST_F(NodeWithCertificates, MeasuresWithoutPersonalData) {
    static_cast<void>(small.get("/api/v1/members?after=5&name=Amira"));
    const std::string metrics = small.get("/metrics").body;
    EXPECT_NE(metrics.find("tasdiq_log_size "), std::string::npos);
    EXPECT_NE(metrics.find("route=\"/api/v1/members\""), std::string::npos);
    EXPECT_EQ(metrics.find("Amira"), std::string::npos);
    EXPECT_EQ(*small.get_json("/healthz").find_string("status"), "ok");
    const std::lock_guard guard{small.mutex};
    EXPECT_EQ(small.log.find("Amira"), std::string::npos);
}

// ------------------------------------------------------------------- starting
NodeError start_error(SmallNode& small, NodeKeys keys) {
    NodeOptions options;
    options.folder = small.folder.path();
    options.now = [&small] { return small.world.now; };
    const auto started = Node::start(std::move(options), std::move(keys), small.logger);
    EXPECT_FALSE(started);
    return started ? NodeError{} : started.error().error;
}

TEST(NodeStart, RefusesWhatDoesNotFit) {
    SmallNode small;
    EXPECT_EQ(start_error(small, SmallNode::node_keys()), NodeError::kLedger);  // it is in use
    small.node.reset();
    NodeKeys foreign = SmallNode::node_keys(1);
    foreign.node_keys.push_back(ledger::world::key_named("nobody's"));
    foreign.publisher = ledger::world::key_named("nobody's");
    EXPECT_EQ(start_error(small, std::move(foreign)), NodeError::kForeignNodeKey);
    NodeKeys few = SmallNode::node_keys(2);
    few.publisher = ledger::world::key_named("nobody's");
    EXPECT_EQ(start_error(small, std::move(few)), NodeError::kNoQuorum);
    NodeKeys publisher = SmallNode::node_keys(3);
    publisher.publisher = ledger::world::key_named("nobody's");
    EXPECT_EQ(start_error(small, std::move(publisher)), NodeError::kPublisherKey);

    NodeOptions options;
    options.folder = small.folder.path();
    options.now = [&small] { return small.world.now; };
    options.server.address = "not an address";
    const auto started = Node::start(std::move(options), SmallNode::node_keys(), small.logger);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().error, NodeError::kListen);
}

TEST(NodeStart, AQuorumOfNodeKeysIsEnough) {
    SmallNode small;
    small.node.reset();
    NodeOptions options;
    options.folder = small.folder.path();
    options.now = [&small] { return small.world.now; };
    const auto started = Node::start(std::move(options), SmallNode::node_keys(3), small.logger);
    ASSERT_TRUE(started);
    EXPECT_EQ((*started)->node_keys_held(), 3U);
}

}  // namespace
}  // namespace tasdiq::node
