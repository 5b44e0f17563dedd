#include "ledger/statuses.hpp"

#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using enum wire::StatusState;

/// El Manar with seven degrees and a transcript of the first.
struct Graduated : Manar {
    LogIndex first, transcript;

    Graduated() {
        const auto degrees = issue(manar_terms(), items_of("degrees", 7), kOfficers);
        EXPECT_TRUE(degrees);
        first = degrees->first_certificate;
        wire::Terms terms = manar_terms();
        terms.type = wire::CertificateType::kTranscript;
        auto items = items_of("transcript", 1);
        items[0].relation = wire::Relation{wire::RelationCode::kOfAward, first};
        const auto answer = issue(terms, items, kOfficers);
        EXPECT_TRUE(answer);
        transcript = answer->first_certificate;
    }

    [[nodiscard]] LogIndex degree(std::uint64_t i) const { return {first.value + i}; }

    Result<Accepted, Refusal> set(wire::StatusState state, LogIndex index) {
        return send(wire::Status{kManar, state, {index}}, kOfficers);
    }
    Result<Accepted, Refusal> set_by_ministry(wire::StatusState state, LogIndex index) {
        return send(wire::Status{kMinistry, state, {index}}, kMinistryKeys);
    }
    LogIndex replace(LogIndex target, const std::string& seed) {
        auto items = items_of(seed, 1);
        items[0].relation = wire::Relation{wire::RelationCode::kReplaces, target};
        const auto answer =
            issue(wire::decode_certificate(*view.entry(target))->terms, items, kOfficers);
        EXPECT_TRUE(answer);
        return answer ? answer->first_certificate : LogIndex{};
    }
    [[nodiscard]] std::optional<wire::StatusState> issuer_state(LogIndex index) const {
        const auto status = record<wire::StatusRecord>(wire::MapKey::status(index));
        if (!status || !status->issuer) return std::nullopt;
        return status->issuer->state;
    }
};

void expect_refused(const Result<Accepted, Refusal>& answer, LedgerError error) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{error, std::nullopt, 0}));
}

TEST(Status, RefusesInTheOrderOfTheErrors) {
    Graduated world;
    // Another university's certificate, for want of which kNotYourCertificate could not come.
    const MemberId other = world.institution("else");
    ASSERT_TRUE(world.send(wire::Accredit{kMinistry, other, manar_scope(), {}}, kMinistryKeys));
    wire::Terms terms = manar_terms();
    terms.awarding[0].institution = other;
    const auto elsewhere = world.issue(terms, items_of("else", 1), Graduated::both_of(other));
    ASSERT_TRUE(elsewhere);
    ASSERT_TRUE(world.set(kRevoked, world.degree(1)));
    ASSERT_TRUE(world.set(kSuspended, world.degree(2)));

    Attempt attempt{world,
                    wire::Status{{99},
                                 kReplaced,
                                 {{0},
                                  world.degree(1),
                                  world.degree(2),
                                  world.degree(3),
                                  world.transcript,
                                  elsewhere->first_certificate}},
                    {kDean}};
    const auto body = [](Attempt& a) -> wire::Status& { return std::get<wire::Status>(a.body); };
    const auto drop = [&](LogIndex index) {
        return [&, index](Attempt& a) { std::erase(body(a).indices, index); };
    };
    expect_in_order(
        attempt,
        {{kSenderUnknown, [&](auto& a) { body(a).member = kTunisia; }},
         {kSenderKind, [&](auto& a) { body(a).member = kManar; }},
         {kPolicyNotMet, [](auto& a) { a.signers = kOfficers; }},
         {kStateByRelationOnly, [&](auto& a) { body(a).state = kSuspended; }},
         {kCertificateUnknown, drop({0})},
         {kNotYourCertificate, drop(elsewhere->first_certificate)},
         {kNotAnAward, drop(world.transcript)},
         {kStatusFinal, drop(world.degree(1))},
         {kStatusUnchanged, [&](auto& a) { body(a).state = kReinstated; }},
         {kStatusNotSuspended,
          [&](auto& a) { body(a) = {kManar, kLost, {world.degree(2), world.transcript}}; }},
         {kStatusSuspended, drop(world.degree(2))}});
}

TEST(Status, NamesTheIndexAtFault) {
    Graduated world;
    const auto answer = world.send(
        wire::Status{kManar, kSuspended, {world.degree(0), world.degree(1), world.transcript}},
        kOfficers);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{kNotAnAward, std::nullopt, 2}));
}

TEST(Status, OfAReplacedAwardCanStillBeRevoked) {
    Graduated world;
    const LogIndex second = world.replace(world.degree(1), "second");
    expect_refused(world.set(kCancelled, world.degree(1)), kStatusFinal);
    expect_refused(world.set(kLost, world.degree(1)), kStatusFinal);
    expect_refused(world.set(kRevoked, second), kNotAnAward);
    ASSERT_TRUE(world.set(kRevoked, world.degree(1)));
    expect_refused(world.set(kSuspended, world.degree(1)), kStatusFinal);
    // The replacement's award has ended: no document can be made of it any more.
    auto items = items_of("third", 1);
    items[0].relation = wire::Relation{wire::RelationCode::kReplaces, second};
    const auto answer = world.issue(manar_terms(), items, kOfficers);
    expect_refused(answer, kTargetFinal);
}

/// What thieves ended comes back with the void of their keys, if nobody else ended it too.
TEST(Status, OfWhatHasEndedIsEndedAgainByOthersAndNoLess) {
    Graduated world;
    const LogIndex degree = world.degree(0);
    const auto set = [&](wire::StatusState state, const std::vector<Signer>& signers) {
        return world.send(wire::Status{kManar, state, {degree}}, signers);
    };
    const std::vector<Signer> others{kRegistrar, kPresident};
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(set(kRevoked, kOfficers));
    expect_refused(set(kRevoked, kOfficers), kStatusFinal);
    expect_refused(set(kAnnulled, kOfficers), kStatusFinal);
    for (const auto less : {kCancelled, kSuspended, kReinstated, kLost}) {
        expect_refused(set(less, others), kStatusFinal);
    }
    const LogIndex again = world.view.next_index();
    ASSERT_TRUE(set(kRevoked, others));
    ASSERT_TRUE(set(kAnnulled, kOfficers));
    expect_refused(set(kRevoked, others), kStatusFinal);
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before}, kMinistryKeys));
    const auto state = status_of(world.view, degree).issuer;
    EXPECT_TRUE(state.is(kRevoked));
    EXPECT_EQ(state.index, again);
}

/// Stolen keys that change a status to and fro drive nothing out, and their void makes room.
TEST(Status, KeepsWhatStoodThereBeforeManyChanges) {
    Graduated world;
    const LogIndex degree = world.degree(0);
    const LogIndex honest = world.view.next_index();
    ASSERT_TRUE(world.send(wire::Status{kManar, kSuspended, {degree}}, {kRegistrar, kPresident}));
    const LogIndex before = world.view.next_index();
    for (std::size_t i = 0; i < wire::kHistoryMax; ++i) {
        ASSERT_TRUE(world.set(i % 2 == 0 ? kReinstated : kSuspended, degree));
    }
    expect_refused(world.set(kSuspended, degree), kSlotFull);
    auto items = items_of("second", 1);
    items[0].relation = wire::Relation{wire::RelationCode::kReplaces, degree};
    expect_refused(world.issue(manar_terms(), items, kOfficers), kSlotFull);
    const auto record = world.record<wire::StatusRecord>(wire::MapKey::status(degree));
    EXPECT_EQ(record->issuer->earlier.size(), wire::kHistoryMax);
    EXPECT_EQ(record->issuer->earlier.back().index, honest);
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before}, kMinistryKeys));
    EXPECT_TRUE(status_of(world.view, degree).issuer.is(kSuspended));
    ASSERT_TRUE(world.send(wire::Status{kManar, kReinstated, {degree}}, {kRegistrar, kPresident}));
    const auto after = world.record<wire::StatusRecord>(wire::MapKey::status(degree));
    EXPECT_EQ(after->issuer->earlier.size(), wire::kHistoryMax);
    EXPECT_EQ(after->issuer->earlier.back().index, honest);
}

/// Whoever suspends what a forgery replaced, and reinstates it, replaces nothing.
TEST(Status, OfWhatAForgeryReplacedIsReinstatedAfterItsVoid) {
    for (const bool voided_before : {false, true}) {
        Graduated world;
        const LogIndex degree = world.degree(1);
        const LogIndex before = world.view.next_index();
        const LogIndex forged = world.replace(degree, "forged");
        const std::vector<Signer> honest{kRegistrar, kPresident};
        const auto void_dean = [&] {
            return world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before},
                              kMinistryKeys);
        };
        ASSERT_TRUE(world.send(wire::Status{kManar, kSuspended, {degree}}, honest));
        if (voided_before) ASSERT_TRUE(void_dean());
        ASSERT_TRUE(world.send(wire::Status{kManar, kReinstated, {degree}}, honest));
        if (!voided_before) {
            EXPECT_EQ(status_of(world.view, degree).issuer.replaced_by, forged);
            ASSERT_TRUE(void_dean());
        }
        const auto state = status_of(world.view, degree).issuer;
        EXPECT_TRUE(state.is(kReinstated));
        EXPECT_FALSE(state.is_replaced());
        // It was none: then it replaces again.
        ASSERT_TRUE(world.send(
            wire::Confirm{kManar, kMinistry, kDean.ordinal, {{before, {before.value + 1}}}},
            {kRegistrar, kPresident, kMinistry1}));
        EXPECT_EQ(status_of(world.view, degree).issuer.replaced_by, forged);
        EXPECT_TRUE(status_of(world.view, degree).issuer.is(kReplaced));
    }
}

/// Until its end takes effect a suspension is one, whatever waits.
TEST(Status, SuspendedInForceLetsNothingTakeItsPlace) {
    Graduated world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kStatus, {}, {}, {}, 60, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    const LogIndex degree = world.degree(0);
    ASSERT_TRUE(world.set(kSuspended, degree));
    world.now.seconds += 60;
    ASSERT_TRUE(world.set(kReinstated, degree));
    auto items = items_of("second", 1);
    items[0].relation = wire::Relation{wire::RelationCode::kReplaces, degree};
    expect_refused(world.issue(manar_terms(), items, kOfficers), kTargetSuspended);
    expect_refused(world.send(wire::Attest{kMinistry, {degree}}, kMinistryKeys), kStatusSuspended);
    world.now.seconds += 60;
    EXPECT_TRUE(world.send(wire::Attest{kMinistry, {degree}}, kMinistryKeys));
    EXPECT_TRUE(world.issue(manar_terms(), items, kOfficers));
}

TEST(Status, OfAReplacedAwardIsReplacedAgainAfterItsSuspension) {
    Graduated world;
    const LogIndex second = world.replace(world.degree(1), "second");
    ASSERT_TRUE(world.set(kSuspended, world.degree(1)));
    EXPECT_EQ(world.issuer_state(world.degree(1)), kSuspended);
    ASSERT_TRUE(world.set(kReinstated, world.degree(1)));
    const auto status = world.record<wire::StatusRecord>(wire::MapKey::status(world.degree(1)));
    EXPECT_EQ(status->issuer->state, kReplaced);
    EXPECT_EQ(status->issuer->by, second);
}

TEST(Status, HasTwoSlotsThatLeaveEachOtherAlone) {
    Graduated world;
    const LogIndex degree = world.degree(0);
    ASSERT_TRUE(world.set(kSuspended, degree));
    ASSERT_TRUE(world.set_by_ministry(kSuspended, degree));
    ASSERT_TRUE(world.set(kReinstated, degree));
    const auto status = world.record<wire::StatusRecord>(wire::MapKey::status(degree));
    EXPECT_EQ(status->issuer->state, kReinstated);
    EXPECT_EQ(status->authority->state, kSuspended);
    EXPECT_EQ(status->authority->signers, kMinistryKeys);
    ASSERT_TRUE(world.set_by_ministry(kAnnulled, degree));
    ASSERT_TRUE(world.set(kSuspended, degree)) << "the issuer's slot is still open";
}

TEST(Status, IsNotForAnAuthorityThatDidNotAccredit) {
    Graduated world;
    const MemberId other = world.next_member();
    const auto keys = world.first_keys(other, {Role::kAuthority, Role::kAuthority}, world.chain);
    ASSERT_TRUE(world.send(wire::RegisterAuthority{kTunisia, names_of("other"), 2, {}, keys},
                           {kVote1, kVote2}));
    expect_refused(world.send(wire::Status{other, kSuspended, {world.degree(0)}},
                              {{other, {0}}, {other, {1}}}),
                   kNotYourCertificate);
}

TEST(Status, SetByAVoidedKeyCountsAsAbsent) {
    Graduated world;
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.set(kRevoked, world.degree(0)));
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, before}, kMinistryKeys));
    EXPECT_TRUE(
        world.send(wire::Status{kManar, kSuspended, {world.degree(0)}}, {kRegistrar, kPresident}));
}

TEST(Status, WaitsForTheCoolOff) {
    Graduated world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Rule rule{wire::BodyCode::kStatus, {}, {}, {}, 3'600, {{officer, officer}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1}));
    ASSERT_TRUE(world.set(kRevoked, world.degree(0)));
    const auto status = world.record<wire::StatusRecord>(wire::MapKey::status(world.degree(0)));
    EXPECT_EQ(status->issuer->effective, (Instant{world.now.seconds + 3'600}));
}

}  // namespace
}  // namespace tasdiq::ledger::world
