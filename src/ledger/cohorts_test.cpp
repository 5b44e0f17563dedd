#include "ledger/several_test.hpp"

// Cohorts, and the seats that certificates stand on.
namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::CohortKind;
using wire::RelationCode;
using wire::Seat;

constexpr Day kIntake{19'615};  // 2023-09-15

/// El Manar with a cohort of 20.
struct Enrolled : Several {
    LogIndex committed = commit(CohortKind::kIntake, kIntake);

    LogIndex commit(CohortKind kind, Day intake, MemberId institution = kManar) {
        const auto answer = send(wire::CommitCohort{institution, kind, intake, 20, {}},
                                 {{institution, {0}}, {institution, {1}}});
        EXPECT_TRUE(answer);
        return answer->index;
    }
    static std::vector<wire::Item> seated(const std::string& seed, std::vector<Seat> seats) {
        auto items = items_of(seed, seats.size());
        for (std::size_t i = 0; i < seats.size(); ++i) items[i].seat = seats[i];
        return items;
    }
    [[nodiscard]] std::optional<wire::UsedSeatRecord> used(std::uint64_t leaf) const {
        return record<wire::UsedSeatRecord>(wire::MapKey::used_seat({kManar, 1, leaf}));
    }
    Result<Accepted, Refusal> release(std::vector<Seat> seats) {
        return send(wire::ReleaseSeats{kManar, std::move(seats)}, kOfficers);
    }
};

TEST(CommitCohort, RefusesInTheOrderOfTheErrors) {
    Manar world;
    Attempt attempt{
        world, wire::CommitCohort{{99}, CohortKind::kTransferIn, kIntake, 7, {}}, {kRegistrar}};
    const auto body = [](Attempt& a) -> wire::CommitCohort& {
        return std::get<wire::CommitCohort>(a.body);
    };
    expect_in_order(attempt, {{kSenderUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                              {kSenderKind, [&](auto& a) { body(a).institution = kManar; }},
                              {kPolicyNotMet, [](auto& a) { a.signers = kOfficers; }}});
    const auto cohort = world.record<wire::CohortRecord>(wire::MapKey::cohort(kManar, 1));
    ASSERT_TRUE(cohort);
    EXPECT_EQ(cohort->kind, CohortKind::kTransferIn);
    EXPECT_EQ(cohort->count, 7U);
    EXPECT_EQ(cohort->time, world.now);
    ASSERT_TRUE(world.send(attempt.submission()));
    EXPECT_TRUE(world.view.record(wire::MapKey::cohort(kManar, 2)));
    world.view.plant(wire::MapKey::counters(kManar),
                     wire::encode(wire::CountersRecord{{3}, 2, UINT32_MAX}));
    expect_refused(world.send(attempt.submission()), kNumbersExhausted);
}

TEST(Seats, AreRefusedInTheOrderOfTheErrors) {
    Enrolled world;
    ASSERT_TRUE(world.issue(manar_terms(), Enrolled::seated("used", {{kManar, 1, 0}}), kOfficers));
    const LogIndex degree = world.issued(manar_terms(), "plain", kOfficers);
    const MemberId other = world.institution("other");
    world.commit(CohortKind::kIntake, kIntake, other);
    world.commit(CohortKind::kIntake, {kIntake.days + 1});                        // 2
    world.commit(CohortKind::kReadmission, {manar_terms().awarded_on.days + 1});  // 3
    world.commit(CohortKind::kTransferIn, {kIntake.days + 365});                  // 4
    Attempt attempt{world, wire::Issue{manar_terms(), 0, {}}, kOfficers};
    attempt.items = Enrolled::seated("june", {{kManar, 1, 1},
                                              {kManar, 1, 20},
                                              {kManar, 9, 1},
                                              {other, 1, 1},
                                              {kManar, 2, 1},
                                              {kManar, 3, 1},
                                              {kManar, 1, 2},
                                              {kManar, 1, 2},
                                              {kManar, 1, 0}});
    attempt.items[0].relation = {RelationCode::kReplaces, degree};
    const auto sit = [](std::size_t item, const Seat& seat) {
        return [item, seat](Attempt& a) { a.items[item].seat = seat; };
    };
    expect_in_order(attempt, {{kSeatUnexpected, [](auto& a) { a.items[0].relation.reset(); }},
                              {kSeatUnknown, sit(1, {kManar, 1, 19})},
                              {kSeatUnknown, sit(2, {kManar, 1, 3})},
                              {kSeatUnknown, sit(3, {kManar, 4, 1})},
                              {kSeatIntakeDiffers, sit(4, {kManar, 1, 4})},
                              {kSeatIntakeDiffers, sit(5, {kManar, 1, 5})},
                              {kSeatTwice, sit(7, {kManar, 1, 6})},
                              {kSeatUsed, sit(8, {kManar, 1, 7})}});
    EXPECT_TRUE(world.used(19));
}

TEST(Seats, ComeAfterTheCommitments) {
    Enrolled world;
    world.issued(manar_terms(), "june", kOfficers);
    expect_refused(
        world.issue(manar_terms(), Enrolled::seated("june", {{kManar, 1, 99}}), kOfficers),
        kCommitmentRecorded, 0);
}

TEST(Seats, StandInTheEntryAndAreInherited) {
    Enrolled world;
    const auto first =
        world.issue(manar_terms(), Enrolled::seated("june", {{kManar, 1, 5}}), kOfficers);
    ASSERT_TRUE(first);
    const auto seat_of = [&](LogIndex index) {
        const Bytes bytes = *world.view.entry(index);
        const auto entry = wire::decode_certificate(bytes);
        EXPECT_EQ(wire::encode(*entry), bytes);
        return entry->seat;
    };
    EXPECT_EQ(seat_of(first->first_certificate), (Seat{kManar, 1, 5}));
    EXPECT_EQ(world.used(5),
              (wire::UsedSeatRecord{first->index, kOfficers, first->first_certificate}));
    const auto related = [&](const std::string& seed, RelationCode code, LogIndex target) {
        auto items = items_of(seed, 1);
        items[0].relation = {code, target};
        wire::Terms terms = manar_terms();
        if (code == RelationCode::kOfAward) terms.type = wire::CertificateType::kTranscript;
        const auto answer = world.issue(terms, items, kOfficers);
        EXPECT_TRUE(answer);
        return answer->first_certificate;
    };
    const LogIndex document = related("marks", RelationCode::kOfAward, first->first_certificate);
    EXPECT_EQ(seat_of(document), std::nullopt);
    const LogIndex again = related("again", RelationCode::kReplaces, first->first_certificate);
    EXPECT_EQ(seat_of(again), (Seat{kManar, 1, 5}));
    ASSERT_TRUE(world.send(
        wire::Status{kManar, wire::StatusState::kRevoked, {first->first_certificate}}, kOfficers));
    const LogIndex restored = related("restored", RelationCode::kRestores, again);
    EXPECT_EQ(seat_of(restored), (Seat{kManar, 1, 5}));
    EXPECT_EQ(world.used(5)->certificate, first->first_certificate);
}

TEST(Seats, OfACohortThatAStolenKeyCommittedDoNotExist) {
    Enrolled world;
    const auto sell = [&](const std::string& seed, const std::vector<Signer>& signers) {
        return world.issue(manar_terms(), Enrolled::seated(seed, {{kManar, 1, 1}}), signers);
    };
    const auto sold = sell("sold", kOfficers);
    ASSERT_TRUE(sold);
    const std::vector<Signer> honest{kRegistrar, kPresident};
    expect_refused(sell("june", honest), kSeatUsed, 0);
    // What the stolen key awarded on it counts as absent: its owner gets it.
    ASSERT_TRUE(
        world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, sold->index}, kMinistryKeys));
    EXPECT_TRUE(sell("june", honest));
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, world.committed},
                           kMinistryKeys));
    auto items = Enrolled::seated("more", {{kManar, 1, 2}});
    expect_refused(world.issue(manar_terms(), items, honest), kSeatUnknown, 0);
}

TEST(Seats, AreFreeAgainWhenTheIssueIsCancelledInTime) {
    Enrolled world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kIssue, {}, {}, {}, 60, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    const auto items = Enrolled::seated("june", {{kManar, 1, 1}, {kManar, 1, 2}});
    const auto payload = world.payload(World::issue_of(manar_terms(), items), kOfficers);
    ASSERT_TRUE(world.send(world.sign(payload, wire::encode_list(items))));
    EXPECT_TRUE(world.used(1) && world.used(2));
    ASSERT_TRUE(world.send(wire::Cancel{kManar, wire::transaction_id(wire::encode(payload))},
                           {kPresident}));
    EXPECT_FALSE(world.used(1) || world.used(2));
}

TEST(Seats, StayWithWhoTookThemFromAThief) {
    Enrolled world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    ASSERT_TRUE(world.send(
        wire::SetPolicy{kManar, {{wire::BodyCode::kIssue, {}, {}, {}, 60, {{officer, officer}}}}},
        {kDean, kMinistry1}));
    const auto items = Enrolled::seated("stolen", {{kManar, 1, 1}});
    const auto payload = world.payload(World::issue_of(manar_terms(), items), kOfficers);
    const auto stolen = world.send(world.sign(payload, wire::encode_list(items)));
    ASSERT_TRUE(stolen);
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kRegistrar.ordinal, stolen->index},
                           kMinistryKeys));
    ASSERT_TRUE(world.issue(manar_terms(), Enrolled::seated("honest", {{kManar, 1, 1}}),
                            {kDean, kPresident}));
    ASSERT_TRUE(world.send(wire::Cancel{kManar, wire::transaction_id(wire::encode(payload))},
                           {kPresident}));
    EXPECT_TRUE(world.used(1));
}

TEST(ReleaseSeats, RefusesInTheOrderOfTheErrors) {
    Enrolled world;
    ASSERT_TRUE(world.issue(manar_terms(), Enrolled::seated("used", {{kManar, 1, 0}}), kOfficers));
    Attempt attempt{world,
                    wire::ReleaseSeats{{99}, {{kManar, 1, 0}, {kManar, 1, 7}, {kManar, 1, 20}}},
                    {kRegistrar}};
    const auto body = [](Attempt& a) -> wire::ReleaseSeats& {
        return std::get<wire::ReleaseSeats>(a.body);
    };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                     {kSenderKind, [&](auto& a) { body(a).institution = kManar; }},
                     {kPolicyNotMet, [](auto& a) { a.signers = kOfficers; }},
                     {kSeatUnknown, [&](auto& a) { body(a).seats.pop_back(); }},
                     {kSeatUsed, [&](auto& a) { body(a).seats.erase(body(a).seats.begin()); }}});
    EXPECT_EQ(world.used(7)->certificate, std::nullopt);
    expect_refused(world.release({{kManar, 1, 7}}), kSeatUsed, 0);
    expect_refused(world.release({{kMinistry, 1, 7}}), kSeatUnknown, 0);
    expect_refused(
        world.issue(manar_terms(), Enrolled::seated("sold", {{kManar, 1, 7}}), kOfficers),
        kSeatUsed, 0);
}

TEST(Seats, OfTheParentServeItsSchools) {
    Enrolled world;
    const MemberId school = world.institution("Law", wire::MemberKind::kSchool, kManar);
    world.accredit(school);
    wire::Terms terms = manar_terms();
    terms.awarding = {{school, 1}};
    EXPECT_TRUE(
        world.issue(terms, Enrolled::seated("june", {{kManar, 1, 1}}), Several::both_of(school)));
}

}  // namespace
}  // namespace tasdiq::ledger::world
