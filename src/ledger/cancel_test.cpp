#include "ledger/attempt_test.hpp"
#include "ledger/statuses.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::RelationCode;
using wire::StatusState;

/// El Manar, where issues and statuses wait for an hour.
struct Waiting : Manar {
    Waiting() {
        const wire::Slot officer{wire::Who::kSelf, std::nullopt};
        const auto rule = [&](wire::BodyCode body) {
            return wire::Rule{body, {}, {}, {}, 3'600, {{officer, officer}}};
        };
        EXPECT_TRUE(send(
            wire::SetPolicy{kManar, {rule(wire::BodyCode::kIssue), rule(wire::BodyCode::kStatus)}},
            {kDean, kMinistry1}));
    }

    /// Sends it and says what its id is.
    wire::TransactionId record_as(const wire::Body& body, const std::vector<Signer>& signers,
                                  const std::optional<Bytes>& list = std::nullopt) {
        const auto p = payload(body, signers);
        EXPECT_TRUE(send(sign(p, list)));
        return wire::transaction_id(wire::encode(p));
    }
    wire::TransactionId issued(const std::vector<wire::Item>& items) {
        return record_as(issue_of(manar_terms(), items), kOfficers, wire::encode_list(items));
    }
    Result<Accepted, Refusal> cancel(const wire::TransactionId& id, MemberId member,
                                     const std::vector<Signer>& signers) {
        return send(wire::Cancel{member, id}, signers);
    }
    [[nodiscard]] LogIndex at(const wire::Item& item) const {
        return *view.certificate_of(item.commitment);
    }
};

void expect_refused(const Result<Accepted, Refusal>& answer, LedgerError error) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(to_string(answer.error().error), to_string(error));
}

TEST(Cancel, RefusesInTheOrderOfTheErrors) {
    Waiting world;
    const auto done = world.record_as(wire::RetireKey{kManar, kPresident.ordinal}, kOfficers);
    const auto theirs =
        world.record_as(wire::EndAccreditation{kMinistry, kManar, 1, wire::EndAction::kSuspend,
                                               wire::AppliesTo::kAward, to_day(world.now)},
                        kMinistryKeys);
    const wire::TransactionId unknown{digest_of("never seen").array()};
    ASSERT_TRUE(world.cancel(unknown, kManar, {kDean}));
    Attempt attempt{world, wire::Cancel{{99}, theirs}, {kRegistrar, kDean}};
    const auto body = [](Attempt& a) -> wire::Cancel& { return std::get<wire::Cancel>(a.body); };
    expect_in_order(attempt, {{kSenderUnknown, [&](auto& a) { body(a).member = kManar; }},
                              {kNotConcerned, [&](auto& a) { body(a).transaction = unknown; }},
                              {kAlreadyCancelled, [&](auto& a) { body(a).transaction = done; }},
                              {kInEffect,
                               [&](auto& a) {
                                   body(a).transaction =
                                       wire::TransactionId{digest_of("another").array()};
                               }},
                              {kPolicyNotMet, [](auto& a) { a.signers = {kRegistrar}; }}});
}

TEST(Cancel, OfAnEndedMemberIsRefused) {
    Waiting world;
    ASSERT_TRUE(
        world.send(wire::EndAuthority{kTunisia, kMinistry, to_day(world.now)}, {kVote1, kVote2}));
    expect_refused(world.cancel({}, kMinistry, {kVote1}), kSenderEnded);
}

TEST(Cancel, KeepsWhatWasNeverRecordedFromEverBeing) {
    Waiting world;
    const auto items = items_of("june", 1);
    const auto payload = world.payload(World::issue_of(manar_terms(), items), kOfficers);
    const auto id = wire::transaction_id(wire::encode(payload));
    const Bytes submission = world.sign(payload, wire::encode_list(items));
    // Whoever does not sign it may say so too; it changes nothing.
    ASSERT_TRUE(world.cancel(id, kMinistry, {kMinistry1}));
    ASSERT_TRUE(world.cancel(id, kManar, {kPresident}));
    const auto answer = world.send(submission);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kCancelledEarlier, std::nullopt, 0}));
    // The same list in another transaction is another matter.
    EXPECT_TRUE(world.issue(manar_terms(), items, kOfficers));
}

TEST(Cancel, BySomebodyElseDoesNotStopAMembersTransaction) {
    Waiting world;
    const auto items = items_of("june", 1);
    const auto payload = world.payload(World::issue_of(manar_terms(), items), kOfficers);
    ASSERT_TRUE(world.cancel(wire::transaction_id(wire::encode(payload)), kMinistry, {kMinistry1}));
    EXPECT_TRUE(world.send(world.sign(payload, wire::encode_list(items))));
}

TEST(Cancel, ComesAfterTheExpiryAndBeforeTheSigners) {
    Waiting world;
    const wire::Body body = wire::RetireKey{kManar, kPresident.ordinal};
    auto payload = world.payload(body, {kRegistrar, {kManar, {9}}});
    ASSERT_TRUE(world.cancel(wire::transaction_id(wire::encode(payload)), kManar, {kDean}));
    const auto answer = world.send(world.sign(payload));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error, kCancelledEarlier);
    world.now = {payload.expires.seconds + 1};
    expect_refused(world.send(world.sign(payload)), kExpired);
}

/// Else a thief would veto his own forgery, so that nobody else can, and let it come back.
TEST(Cancel, StandsWhateverBecomesOfItsKey) {
    Waiting world;
    const auto may = items_of("may", 1);
    const auto payload = world.payload(World::issue_of(manar_terms(), may), kOfficers);
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.cancel(wire::transaction_id(wire::encode(payload)), kManar, {kPresident}));
    const auto june = items_of("june", 1);
    const auto id = world.issued(june);
    ASSERT_TRUE(world.cancel(id, kManar, {kPresident}));
    ASSERT_TRUE(
        world.send(wire::VoidKey{kMinistry, kManar, kPresident.ordinal, before}, kMinistryKeys));
    expect_refused(world.send(world.sign(payload, wire::encode_list(may))), kCancelledEarlier);
    world.now.seconds += 3'600;
    const LogIndex degree = world.at(june[0]);
    EXPECT_TRUE(status_of(world.view, degree).issuer.is(StatusState::kCancelled));
    expect_refused(world.send(wire::Status{kManar, StatusState::kAnnulled, {degree}}, kOfficers),
                   kStatusFinal);
}

TEST(Cancel, BeforeItsEffectCancelsTheCertificatesAndFreesTheirTargets) {
    Waiting world;
    const auto first = items_of("first", 3);
    world.issued(first);
    ASSERT_TRUE(
        world.send(wire::Status{kManar, StatusState::kLost, {world.at(first[0])}}, kOfficers));
    world.now.seconds += 3'600;
    auto again = items_of("again", 2);
    again[0].relation = {RelationCode::kDuplicate, world.at(first[0])};
    again[1].relation = {RelationCode::kReplaces, world.at(first[1])};
    const auto id = world.issued(again);
    const auto lost = world.record<wire::StatusRecord>(wire::MapKey::status(world.at(first[0])));
    ASSERT_TRUE(lost->issuer);
    EXPECT_EQ(lost->issuer->state, StatusState::kReplaced);
    ASSERT_TRUE(world.cancel(id, kManar, {kPresident}));
    for (const auto& item : again) {
        EXPECT_TRUE(status_of(world.view, world.at(item)).issuer.is(StatusState::kCancelled));
    }
    EXPECT_TRUE(status_of(world.view, world.at(first[0])).issuer.is(StatusState::kLost));
    EXPECT_FALSE(world.view.record(wire::MapKey::status(world.at(first[1]))))
        << "a certificate without a status has no record";
    expect_refused(world.cancel(id, kManar, {kDean}), kAlreadyCancelled);
}

TEST(Cancel, OfARestoringLetsTheEndStand) {
    Waiting world;
    const auto first = items_of("first", 1);
    world.issued(first);
    const LogIndex award = world.at(first[0]);
    world.now.seconds += 3'600;
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {award}}, kOfficers));
    const auto before = world.view.record(wire::MapKey::status(award));
    world.now.seconds += 3'600;
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kRestores, award};
    const auto id = world.issued(again);
    EXPECT_NE(world.view.record(wire::MapKey::status(award)), before);
    ASSERT_TRUE(world.cancel(id, kManar, {kDean}));
    EXPECT_EQ(world.view.record(wire::MapKey::status(award)), before);
}

/// It never counted, whatever else ended it since.
TEST(Cancel, OrARevocationInTimeIsNotUndoneByARestoring) {
    Waiting world;
    const auto june = items_of("june", 1);
    world.issued(june);
    const LogIndex award = world.at(june[0]);
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kRevoked, {award}}, kOfficers));
    world.now.seconds += 3'600;
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kAnnulled, {award}},
                           {kRegistrar, kPresident}));
    world.now.seconds += 3'600;
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kRestores, award};
    const auto answer = world.issue(manar_terms(), again, kOfficers);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().error, kNothingToRestore);
}

TEST(Waiting, IsNothingThatOthersMayHangOn) {
    Waiting world;
    const auto june = items_of("june", 1);
    world.issued(june);
    const LogIndex degree = world.at(june[0]);
    wire::Terms terms = manar_terms();
    terms.type = wire::CertificateType::kTranscript;
    auto marks = items_of("marks", 1);
    marks[0].relation = {RelationCode::kOfAward, degree};
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kReplaces, degree};
    world.now.seconds += 3'599;
    expect_refused(world.issue(manar_terms(), again, kOfficers), kTargetUnknown);
    expect_refused(world.issue(terms, marks, kOfficers), kTargetUnknown);
    expect_refused(world.send(wire::Attest{kMinistry, {degree}}, kMinistryKeys),
                   kCertificateUnknown);
    world.now.seconds += 1;
    EXPECT_TRUE(world.issue(terms, marks, kOfficers));
    EXPECT_TRUE(world.issue(manar_terms(), again, kOfficers));
    EXPECT_TRUE(
        world.send(wire::Attest{kMinistry, {world.at(june[0])}}, kMinistryKeys).error().error ==
        kStatusFinal);
}

/// Else one degree, revoked, would come back as often as somebody cancels its return.
TEST(Waiting, NeverComesBackIfItWasCancelled) {
    Waiting world;
    const auto restoring = [&](const std::string& name, LogIndex target) {
        auto items = items_of(name, 1);
        items[0].relation = {RelationCode::kRestores, target};
        return items;
    };
    const auto june = items_of("june", 1);
    const auto id = world.issued(june);
    ASSERT_TRUE(world.cancel(id, kManar, {kPresident}));
    world.now.seconds += 3'600;
    const LogIndex degree = world.at(june[0]);
    expect_refused(world.issue(manar_terms(), restoring("back", degree), kOfficers),
                   kNothingToRestore);

    // Whatever else ended it.
    ASSERT_TRUE(
        world.send(wire::Status{kMinistry, StatusState::kRevoked, {degree}}, kMinistryKeys));
    expect_refused(world.issue(manar_terms(), restoring("back", degree),
                               {kRegistrar, kDean, kMinistry1, kMinistry2}),
                   kNothingToRestore);

    // What counted, and was cancelled by mistake, does.
    const auto july = items_of("july", 1);
    world.issued(july);
    world.now.seconds += 3'600;
    ASSERT_TRUE(
        world.send(wire::Status{kManar, StatusState::kCancelled, {world.at(july[0])}}, kOfficers));
    EXPECT_TRUE(world.issue(manar_terms(), restoring("again", world.at(july[0])), kOfficers));
}

TEST(Cancel, IsTooLateFromItsEffectOn) {
    Waiting world;
    const auto june = world.issued(items_of("june", 2));
    world.now.seconds += 3'600;
    expect_refused(world.cancel(june, kManar, {kDean}), kInEffect);
    const LogIndex degree = world.at(items_of("june", 2)[0]);
    const auto lost =
        world.record_as(wire::Status{kManar, StatusState::kLost, {degree}}, kOfficers);
    world.now.seconds += 3'599;
    ASSERT_TRUE(world.cancel(lost, kManar, {kDean}));
    const auto revoked =
        world.record_as(wire::Status{kManar, StatusState::kRevoked, {degree}}, kOfficers);
    world.now.seconds += 3'600;
    expect_refused(world.cancel(revoked, kManar, {kDean}), kInEffect);
}

TEST(Cancel, UndoesAStatusThatWaits) {
    Waiting world;
    const auto items = items_of("june", 2);
    world.issued(items);
    const std::vector<LogIndex> both{std::min(world.at(items[0]), world.at(items[1])),
                                     std::max(world.at(items[0]), world.at(items[1]))};
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kLost, {both[0]}}, kOfficers));
    world.now.seconds += 3'600;
    const auto id = world.record_as(wire::Status{kManar, StatusState::kRevoked, both}, kOfficers);
    ASSERT_TRUE(world.cancel(id, kManar, {kRegistrar}));
    EXPECT_TRUE(status_of(world.view, both[0]).issuer.is(StatusState::kLost));
    EXPECT_FALSE(world.view.record(wire::MapKey::status(both[1])));
    EXPECT_TRUE(world.send(wire::Status{kManar, StatusState::kSuspended, both}, kOfficers));
}

/// Whoever is concerned may cancel; of two who do, the second comes too late for a status.
TEST(Cancel, ByWhoeverSignedItToo) {
    Waiting world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Slot ministry{wire::Who::kAuthority, Role::kAuthority};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar,
                        {{wire::BodyCode::kStatus, {}, {}, {}, 3'600, {{officer, ministry}}}}},
        {kDean, kMinistry1}));
    const auto items = items_of("june", 1);
    ASSERT_TRUE(world.issue(manar_terms(), items, kOfficers));
    const auto id = world.record_as(
        wire::Status{kManar, StatusState::kRevoked, {world.at(items[0])}}, {kDean, kMinistry1});
    ASSERT_TRUE(world.cancel(id, kMinistry, {kMinistry2}));
    EXPECT_FALSE(world.view.record(wire::MapKey::status(world.at(items[0]))));
    expect_refused(world.cancel(id, kManar, {kDean}), kAlreadyCancelled);
    expect_refused(world.cancel(id, kTunisia, {kVote1}), kNotConcerned);
}

TEST(Cancel, IsAVetoThatNoPolicyTakesAway) {
    Waiting world;
    const wire::Slot dean{wire::Who::kSelf, Role::kDean};
    const wire::Slot president{wire::Who::kSelf, Role::kPresident};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kCancel, {}, {}, {}, 0, {{dean, president}}}}},
        {kDean, kMinistry1}));
    const wire::TransactionId id{digest_of("of a thief").array()};
    expect_refused(world.cancel(id, kManar, {kDean, kPresident}), kPolicyNotMet);
    EXPECT_TRUE(world.cancel(id, kManar, {kRegistrar}));
}

TEST(Cancel, NeedsOneKeyOfWhoeverItIs) {
    Waiting world;
    const wire::TransactionId id{digest_of("anything").array()};
    expect_refused(world.cancel(id, kMinistry, {kMinistry1, kMinistry2}), kPolicyNotMet);
    EXPECT_TRUE(world.cancel(id, kMinistry, {kMinistry1}));
    EXPECT_TRUE(world.cancel(id, kTunisia, {kVote2}));
    EXPECT_TRUE(world.cancel(id, kSecretariat, {{kSecretariat, {0}}}));
}

}  // namespace
}  // namespace tasdiq::ledger::world
