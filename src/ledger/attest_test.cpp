#include "ledger/several_test.hpp"
#include "ledger/statuses.hpp"

// What authorities say of others' certificates, and the certificates that they issue themselves.
namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::CertificateType;
using wire::RelationCode;
using wire::StatusState;

TEST(Attest, RefusesInTheOrderOfTheErrors) {
    Several world;
    const auto june = world.issue(manar_terms(), items_of("june", 5), kOfficers);
    ASSERT_TRUE(june);
    const LogIndex first = june->first_certificate;
    const auto at = [&](std::uint64_t i) { return LogIndex{first.value + i}; };
    const auto set = [&](StatusState state, LogIndex index) {
        ASSERT_TRUE(world.send(wire::Status{kManar, state, {index}}, kOfficers));
    };
    set(StatusState::kRevoked, at(1));
    set(StatusState::kSuspended, at(2));
    ASSERT_TRUE(world.send(wire::Attest{kMinistry, {at(3)}}, kMinistryKeys));
    const MemberId health = world.authority("MSP", 4);

    Attempt attempt{world, wire::Attest{{99}, {{0}, first, at(1), at(2), at(3)}}, {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::Attest& { return std::get<wire::Attest>(a.body); };
    const auto drop = [&](LogIndex index) {
        return [&, index](Attempt& a) { std::erase(body(a).indices, index); };
    };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).authority = kManar; }},
                     {kSenderKind, [&](auto& a) { body(a).authority = health; }},
                     {kPolicyNotMet, [&](auto& a) { a.signers = Several::both_of(health); }},
                     {kCertificateUnknown, drop({0})},
                     {kNotYourCertificate,
                      [&](auto& a) {
                          body(a).authority = kMinistry;
                          a.signers = kMinistryKeys;
                      }},
                     {kStatusFinal, drop(at(1))},
                     {kStatusSuspended, drop(at(2))},
                     {kAlreadyAttested, drop(at(3))}});
    const auto record = world.record<wire::AttestationRecord>(wire::MapKey::attestation(first));
    ASSERT_TRUE(record);
    EXPECT_EQ(record->authority, kMinistry);
    EXPECT_EQ(record->signers, kMinistryKeys);
    EXPECT_EQ(record->time, world.now);
}

TEST(Attest, LooksAtTheAwardOfADocument) {
    Several world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    wire::Terms terms = manar_terms();
    terms.type = CertificateType::kTranscript;
    auto marks = items_of("marks", 1);
    marks[0].relation = {RelationCode::kOfAward, degree};
    const auto transcript = world.issue(terms, marks, kOfficers);
    ASSERT_TRUE(transcript);
    const wire::Attest attest{kMinistry, {transcript->first_certificate}};
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kSuspended, {degree}}, kOfficers));
    expect_refused(world.send(attest, kMinistryKeys), kStatusSuspended, 0);
    ASSERT_TRUE(world.send(wire::Status{kManar, StatusState::kReinstated, {degree}}, kOfficers));
    EXPECT_TRUE(world.send(attest, kMinistryKeys));
}

TEST(Attest, IsNotForWhatAStolenKeySigned) {
    Several world;
    const LogIndex forged = world.issued(manar_terms(), "forged", kOfficers);
    ASSERT_TRUE(world.send(wire::VoidKey{kMinistry, kManar, kDean.ordinal, {forged.value - 1}},
                           kMinistryKeys));
    expect_refused(world.send(wire::Attest{kMinistry, {forged}}, kMinistryKeys),
                   kCertificateUnknown, 0);
}

TEST(Attest, ByAStolenKeyCountsAsAbsent) {
    Several world;
    const LogIndex degree = world.issued(manar_terms(), "june", kOfficers);
    const auto attested = world.send(wire::Attest{kMinistry, {degree}}, kMinistryKeys);
    ASSERT_TRUE(attested);
    const auto key = world.next_key(kMinistry, Role::kAuthority);
    ASSERT_TRUE(world.send(wire::AddKey{kMinistry, key}, kMinistryKeys));
    ASSERT_TRUE(
        world.send(wire::VoidKey{kTunisia, kMinistry, {0}, attested->index}, {kVote1, kVote2}));
    // The key that both signed for is gone with it.
    expect_refused(world.send(wire::Attest{kMinistry, {degree}}, {kMinistry2, {kMinistry, {2}}}),
                   kSignerUnknown, 1);
    const auto next = new_key(key_named("third"), Role::kAuthority, world.chain, kMinistry);
    const auto more = new_key(key_named("fourth"), Role::kAuthority, world.chain, kMinistry);
    ASSERT_TRUE(world.send(wire::Reconstitute{kTunisia, kMinistry, "decree", {}, {next, more}},
                           {kVote1, kVote2}));
    world.keys.insert_or_assign(Signer{kMinistry, {3}}, key_named("third"));
    EXPECT_TRUE(world.send(wire::Attest{kMinistry, {degree}}, {kMinistry2, {kMinistry, {3}}}));
}

wire::Terms equivalency_terms() {
    wire::Terms terms = manar_terms();
    terms.awarding = {{kMinistry, std::nullopt}};
    terms.type = CertificateType::kEquivalency;
    terms.site = 0;
    terms.field = 9999;
    return terms;
}

TEST(Equivalency, RefusesInTheOrderOfTheErrors) {
    Several world;
    Attempt attempt{world, wire::Issue{equivalency_terms(), 0, {}}, {kMinistry1}};
    attempt.items = items_of("decision", 1);
    attempt.terms().awarding = {{kManar, 1}};
    attempt.terms().awarded_on = *parse_day("2026-07-02");
    attempt.terms().programme = "CS";
    expect_in_order(
        attempt,
        {{kSenderKind, [](auto& a) { a.terms().awarding = {{kMinistry, 1}}; }},
         {kAccreditationUnknown, [](auto& a) { a.terms().awarding = {{kMinistry, {}}}; }},
         {kPolicyNotMet, [](auto& a) { a.signers = kMinistryKeys; }},
         {kAwardedInFuture, [](auto& a) { a.terms().awarded_on = *parse_day("2026-07-01"); }},
         {kProgrammeInSmallList, [](auto& a) { a.terms().programme.reset(); }}});
    EXPECT_EQ(
        world.record<wire::CountRecord>(wire::MapKey::yearly_count(kMinistry, 1, 2026, false)),
        std::nullopt);
}

TEST(Equivalency, IsTheOnlyThingAuthoritiesIssue) {
    Several world;
    wire::Terms terms = equivalency_terms();
    terms.type = CertificateType::kAttestation;
    EXPECT_TRUE(world.issue(terms, items_of("attestation", 1), kMinistryKeys));
    terms.type = CertificateType::kDegree;
    expect_refused(world.issue(terms, items_of("degree", 1), kMinistryKeys), kSenderKind);
    terms = manar_terms();
    terms.awarding[0].accreditation.reset();
    expect_refused(world.issue(terms, items_of("degree", 1), kOfficers), kAccreditationUnknown);
}

TEST(Equivalency, HasItsStatusInTheIssuersSlot) {
    Several world;
    const LogIndex decision = world.issued(equivalency_terms(), "decision", kMinistryKeys);
    const auto set = [&](MemberId member, StatusState state, const std::vector<Signer>& signers) {
        return world.send(wire::Status{member, state, {decision}}, signers);
    };
    const MemberId health = world.authority("MSP", 4);
    expect_refused(set(health, StatusState::kSuspended, Several::both_of(health)),
                   kNotYourCertificate, 0);
    expect_refused(set(kManar, StatusState::kSuspended, kOfficers), kNotYourCertificate, 0);
    ASSERT_TRUE(set(kMinistry, StatusState::kSuspended, kMinistryKeys));
    EXPECT_TRUE(status_of(world.view, decision).issuer.is(StatusState::kSuspended));
    EXPECT_FALSE(status_of(world.view, decision).authority.state);
    ASSERT_TRUE(set(kMinistry, StatusState::kReinstated, kMinistryKeys));
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kReplaces, decision};
    EXPECT_TRUE(world.issue(equivalency_terms(), again, kMinistryKeys));
    EXPECT_TRUE(status_of(world.view, decision).issuer.is_replaced());
}

/// Its decisions are corrected by the ministry that it went into, which decides anew in its own
/// name.
TEST(Equivalency, IsKeptByTheMinistryThatAbsorbedTheOneThatDecided) {
    Several world;
    const LogIndex decision = world.issued(equivalency_terms(), "decision", kMinistryKeys);
    const MemberId united = world.authority("United", 1);
    const auto united_keys = Several::both_of(united);
    const auto suspend = [&](const std::vector<Signer>& signers) {
        return world.send(wire::Status{kMinistry, StatusState::kSuspended, {decision}}, signers);
    };
    ASSERT_TRUE(world.send(wire::Succession{kTunisia,
                                            kMinistry,
                                            wire::SuccessionKind::kClosed,
                                            {},
                                            to_day(world.now),
                                            "decree",
                                            std::nullopt},
                           {kVote1, kVote2}));
    expect_refused(suspend(united_keys), kSenderEnded);
    ASSERT_TRUE(world.send(wire::Succession{kTunisia,
                                            kMinistry,
                                            wire::SuccessionKind::kAbsorbed,
                                            {united},
                                            to_day(world.now),
                                            "decree",
                                            std::nullopt},
                           {kVote1, kVote2}));
    auto again = items_of("again", 1);
    again[0].relation = {RelationCode::kReplaces, decision};
    EXPECT_TRUE(world.issue(equivalency_terms(), again, united_keys));
    EXPECT_TRUE(suspend(united_keys));
    expect_refused(world.issue(equivalency_terms(), items_of("new", 1), united_keys),
                   kCustodyScope);
    wire::Terms own = equivalency_terms();
    own.awarding = {{united, std::nullopt}};
    EXPECT_TRUE(world.issue(own, items_of("new", 1), united_keys));
}

}  // namespace
}  // namespace tasdiq::ledger::world
