#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::EndAction;

TEST(Accredit, RefusesInTheOrderOfTheErrors) {
    Manar world;
    wire::Scope scope = manar_scope();
    scope.to = Day{scope.from.days - 1};
    Attempt attempt{
        world,
        wire::Accredit{
            {99}, {98}, scope, {{"CS", 613, {"أ", "a", "a"}}, {"MED", 912, {"أ", "a", "a"}}}},
        {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::Accredit& {
        return std::get<wire::Accredit>(a.body);
    };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).authority = kTunisia; }},
                     {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                     {kMemberUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                     {kNotSupervised, [&](auto& a) { body(a).institution = kManar; }},
                     {kScopeDates, [&](auto& a) { body(a).scope.to = body(a).scope.from; }},
                     {kProgrammeField, [&](auto& a) { body(a).programmes[1].field = 731; }},
                     {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}});
    const auto second =
        world.record<wire::AccreditationRecord>(wire::MapKey::accreditation(kManar, 2));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->authority, kMinistry);
    const auto programme =
        world.record<wire::ProgrammeRecord>(wire::MapKey::programme(kManar, 2, "MED"));
    ASSERT_TRUE(programme);
    EXPECT_EQ(programme->field, 731);
}

TEST(Accredit, RefusesWhenNumbersRunOut) {
    Manar world;
    world.view.plant(wire::MapKey::counters(kManar),
                     wire::encode(wire::CountersRecord{{3}, UINT32_MAX, 1}));
    const auto answer =
        world.send(wire::Accredit{kMinistry, kManar, manar_scope(), {}}, {kMinistry1, kMinistry2});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), Refusal{kNumbersExhausted});
}

TEST(EndAccreditation, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const Day today = to_day(world.now);
    const std::vector<Signer> ministry{kMinistry1, kMinistry2};
    for (int i = 0; i < 2; ++i) {  // 2 will be withdrawn, 3 suspended; 1 is in force
        ASSERT_TRUE(world.send(wire::Accredit{kMinistry, kManar, manar_scope(), {}}, ministry));
    }
    const auto end = [&](std::uint32_t number, EndAction action) {
        return wire::EndAccreditation{kMinistry, kManar, number, action, wire::AppliesTo::kAward,
                                      today};
    };
    ASSERT_TRUE(world.send(end(2, EndAction::kWithdraw), ministry));
    ASSERT_TRUE(world.send(end(3, EndAction::kSuspend), ministry));

    wire::EndAccreditation first = end(9, EndAction::kSuspend);
    first.authority = {99};
    first.institution = {98};
    --first.effective.days;
    Attempt attempt{world, first, {kMinistry1}};
    const auto body = [](Attempt& a) -> wire::EndAccreditation& {
        return std::get<wire::EndAccreditation>(a.body);
    };
    expect_in_order(attempt, {{kSenderUnknown, [&](auto& a) { body(a).authority = kTunisia; }},
                              {kSenderKind, [&](auto& a) { body(a).authority = kMinistry; }},
                              {kMemberUnknown, [&](auto& a) { body(a).institution = kMinistry; }},
                              {kNotSupervised, [&](auto& a) { body(a).institution = kManar; }},
                              {kEffectiveInPast, [&](auto& a) { ++body(a).effective.days; }},
                              {kAccreditationUnknown, [&](auto& a) { body(a).number = 2; }},
                              {kAccreditationWithdrawn, [&](auto& a) { body(a).number = 3; }},
                              {kAlreadySuspended,
                               [&](auto& a) {
                                   body(a).number = 1;
                                   body(a).action = EndAction::kResume;
                               }},
                              {kNotSuspended, [&](auto& a) { body(a).number = 3; }},
                              {kPolicyNotMet, [](auto& a) { a.signers.push_back(kMinistry2); }}});
}

TEST(EndAccreditation, SignedByAVoidedKeyEndsNothing) {
    Manar world;
    const std::vector<Signer> ministry{kMinistry1, kMinistry2};
    const auto third = world.next_key(kMinistry, Role::kAuthority);
    ASSERT_TRUE(world.send(wire::AddKey{kMinistry, third}, ministry));
    const LogIndex before = world.view.next_index();
    ASSERT_TRUE(world.send(wire::EndAccreditation{kMinistry, kManar, 1, EndAction::kWithdraw,
                                                  wire::AppliesTo::kAward, to_day(world.now)},
                           ministry));
    wire::Terms terms = manar_terms();
    terms.awarded_on = to_day(world.now);
    const std::vector<Signer> officers{kRegistrar, kDean};
    EXPECT_FALSE(world.issue(terms, items_of("a", 1), officers));
    ASSERT_TRUE(world.send(wire::VoidKey{kTunisia, kMinistry, kMinistry1.ordinal, before},
                           {kVote1, kVote2}));
    EXPECT_TRUE(world.issue(terms, items_of("a", 1), officers));
}

TEST(SetPolicy, RefusesInTheOrderOfTheErrors) {
    Manar world;
    const wire::Slot officer{wire::Who::kSelf, std::nullopt};
    const wire::Rule good{wire::BodyCode::kStatus, {}, {}, {}, 60, {{officer, officer}}};
    wire::Rule weak = good;
    weak.alternatives.push_back({officer});
    wire::Rule waiting = good;
    waiting.body = wire::BodyCode::kAddKey;
    Attempt attempt{world, wire::SetPolicy{{99}, {waiting, weak}}, {kDean, kRegistrar}};
    const auto body = [](Attempt& a) -> wire::SetPolicy& {
        return std::get<wire::SetPolicy>(a.body);
    };
    expect_in_order(attempt,
                    {{kSenderUnknown, [&](auto& a) { body(a).member = kTunisia; }},
                     {kSenderKind, [&](auto& a) { body(a).member = kManar; }},
                     {kPolicyTooWeak, [&](auto& a) { body(a).rules[1] = good; }},
                     {kCoolOffUnexpected, [&](auto& a) { body(a).rules[0].cool_off_s = 0; }},
                     {kPolicyNotMet, [](auto& a) { a.signers = {kDean, kMinistry1}; }}});
}

TEST(SetPolicy, CountsInsteadOfTheDefault) {
    Manar world;
    const wire::Slot dean{wire::Who::kSelf, Role::kDean};
    const wire::Slot ministry{wire::Who::kAuthority, Role::kAuthority};
    const wire::Rule rule{
        wire::BodyCode::kIssue, std::vector{wire::CertificateType::kDegree}, {}, {}, 7 * 86'400,
        {{dean, ministry}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kManar, {rule}}, {kDean, kMinistry1}));
    const auto refused = world.issue(manar_terms(), items_of("a", 1), {kDean, kRegistrar});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Refusal{kPolicyNotMet});
    const auto accepted = world.issue(manar_terms(), items_of("a", 1), {kDean, kMinistry1});
    ASSERT_TRUE(accepted);
    const auto entry = wire::decode_certificate(*world.view.entry(accepted->first_certificate));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->effective, (Instant{world.now.seconds + 7 * 86'400})) << "cool-off";
    wire::Terms transcript = manar_terms();
    transcript.type = wire::CertificateType::kTranscript;
    EXPECT_TRUE(world.issue(transcript, items_of("b", 1), {kDean, kRegistrar})) << "the default";
}

}  // namespace
}  // namespace tasdiq::ledger::world
