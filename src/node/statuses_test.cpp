#include "node/small_node_test.hpp"

namespace tasdiq::node {
namespace {

/// What the node says of certificates to those who make status lists.
struct NodeStatuses : NodeWithCertificates {
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
    static std::string of_all(const std::string& bits) {
        std::string text;
        for (int i = 0; i < 12; ++i) text += std::to_string(i) + bits + " ";
        return text;
    }
    /// When they change by themselves; empty if they do not.
    std::string next_change() {
        const Json json =
            small.get_json("/api/v1/statuses?from=" + std::to_string(first) + "&count=4096");
        const Json& next = *json.find("nextChange");
        return next.is_string() ? next.as_string() : "";
    }
    void let_wait(wire::BodyCode body) {
        const wire::Slot officer{wire::Who::kSelf, std::nullopt};
        small.record(
            wire::SetPolicy{kUniversity, {{body, {}, {}, {}, 3'600, {{officer, officer}}}}},
            {kDean, kMinistry1});
    }
    void set(wire::StatusState state, std::uint64_t i) {
        small.record(wire::Status{kUniversity, state, {{first + i}}}, {kRegistrar, kDean});
    }
    /// Time passes, and the states sign what the ledger says then.
    void pass(std::int64_t duration_s) {
        small.set_now({small.world.now.seconds + duration_s});
        small.record(
            wire::CommitCohort{
                kUniversity, wire::CohortKind::kIntake, *parse_day("2026-09-15"), 1, {}},
            {kRegistrar, kDean});
    }
    /// The certificate that takes the place of the first one; its number from there.
    std::uint64_t replace_first(const std::vector<Signer>& by = {kRegistrar, kDean}) {
        const wire::Terms terms =
            certificate::make_terms(SmallNode::graduate(0), {{kUniversity, 1}});
        const std::vector<wire::Item> items{{wire::Commitment{},
                                             wire::Relation{wire::RelationCode::kReplaces, {first}},
                                             std::nullopt}};
        const Json answer =
            small.record(World::issue_of(terms, items), by, wire::encode_list(items));
        return static_cast<std::uint64_t>(*answer.find_integer("firstCertificate")) - first;
    }
    /// What our own verifier says of the first certificate.
    std::string headline() {
        return std::string{to_string(judge(small.held[0].credential, evidence_of(0)).headline)};
    }
};

TEST_F(NodeStatuses, TellsWhatListsSay) {
    using enum wire::StatusState;
    EXPECT_EQ(statuses(), "");
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

TEST_F(NodeStatuses, OfWhatIsReplacedIsRevokedOnTheOldDocumentOnly) {
    const std::uint64_t fresh = replace_first();
    EXPECT_EQ(statuses(), "0r ");
    // Suspended is the award, which both documents are of; the old one stays replaced.
    set(wire::StatusState::kSuspended, 0);
    EXPECT_EQ(statuses(), "0rs " + std::to_string(fresh) + "s ");
}

TEST_F(NodeStatuses, OfAVoidKeysWorkIsRevoked) {
    small.record(wire::VoidKey{kMinistry, kUniversity, kDean.ordinal, {first - 1}},
                 {kMinistry1, kMinistry2});
    EXPECT_TRUE(statuses().starts_with("0r 1r 2r ")) << statuses();
}

/// Honest officers gave a new document of an award that a stolen key signed.
TEST_F(NodeStatuses, OfADocumentOfAVoidAwardIsRevoked) {
    const std::uint64_t fresh = replace_first({kRegistrar, {kUniversity, {2}}});
    EXPECT_EQ(statuses(), "0r ");
    small.record(wire::VoidKey{kMinistry, kUniversity, kDean.ordinal, {first - 1}},
                 {kMinistry1, kMinistry2});
    EXPECT_EQ(headline(), "void");
    EXPECT_TRUE(statuses().ends_with(" " + std::to_string(fresh) + "r ")) << statuses();
    // What is confirmed counts again, and so does what follows from it.
    small.record(
        wire::Confirm{kUniversity, kMinistry, kDean.ordinal, {{{first - 1}, {first + 12}}}},
        {kRegistrar, {kUniversity, {2}}, kMinistry1});
    EXPECT_EQ(statuses(), "0r ");
}

TEST_F(NodeStatuses, OfWhatIsNotYetInEffectIsSuspended) {
    EXPECT_EQ(next_change(), "");
    let_wait(wire::BodyCode::kIssue);
    first = small.issue(12);
    EXPECT_EQ(statuses(), of_all("s"));
    EXPECT_EQ(headline(), "not-yet-in-effect");
    EXPECT_EQ(next_change(), "2026-07-01T10:00:00Z");
    small.set_now({small.world.now.seconds + 3'599});
    EXPECT_EQ(statuses(), of_all("s"));
    pass(1);
    EXPECT_EQ(statuses(), "");
    EXPECT_EQ(headline(), "authentic");
    EXPECT_EQ(next_change(), "");
}

TEST_F(NodeStatuses, OfWhatIsCancelledBeforeItsEffectIsRevoked) {
    let_wait(wire::BodyCode::kIssue);
    first = small.issue(12);
    const auto entry = wire::decode_transaction(small.world.view.entries()[first - 1]);
    ASSERT_TRUE(entry);
    const auto envelope = wire::decode_issue_envelope(entry->envelope);
    ASSERT_TRUE(envelope);
    const auto id = wire::transaction_id(wire::encode(envelope->payload));
    small.record(wire::Cancel{kUniversity, id}, {kDean});
    EXPECT_EQ(statuses(), of_all("r"));
    EXPECT_EQ(next_change(), "");
    EXPECT_EQ(headline(), "cancelled");
    pass(3'600);
    EXPECT_EQ(statuses(), of_all("r"));
    EXPECT_EQ(headline(), "cancelled");
}

/// The lists are as they were until it takes effect, and then have to be made again.
TEST_F(NodeStatuses, TellWhenAChangeThatWaitsTakesEffect) {
    let_wait(wire::BodyCode::kStatus);
    set(wire::StatusState::kRevoked, 3);
    EXPECT_EQ(statuses(), "");
    EXPECT_EQ(next_change(), "2026-07-01T10:00:00Z");
    small.set_now({small.world.now.seconds + 60});
    set(wire::StatusState::kSuspended, 4);
    EXPECT_EQ(next_change(), "2026-07-01T10:00:00Z");
    small.set_now({small.world.now.seconds + 3'540});
    EXPECT_EQ(statuses(), "3r ");
    EXPECT_EQ(next_change(), "2026-07-01T10:01:00Z");
    // What a stolen key signed does not wait for anything.
    small.record(wire::VoidKey{kMinistry, kUniversity, kDean.ordinal, {first + 12}},
                 {kMinistry1, kMinistry2});
    EXPECT_EQ(next_change(), "");
}

}  // namespace
}  // namespace tasdiq::node
