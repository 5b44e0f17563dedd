#include <gtest/gtest.h>

#include "ledger/several_test.hpp"

namespace tasdiq::ledger::world {
namespace {

using enum LedgerError;
using wire::RelationCode;

std::vector<wire::Item> related(const std::string& name, RelationCode code, LogIndex target) {
    auto items = items_of(name, 1);
    items[0].relation = {code, target};
    return items;
}

TEST(Relations, AskAReplacementForItsTargetsTermsOnly) {
    Manar world;
    const auto degree = world.issue(manar_terms(), items_of("june", 1), kOfficers);
    ASSERT_TRUE(degree);
    wire::Terms terms = manar_terms();
    terms.intake = Day{terms.awarded_on.days + 1};
    EXPECT_EQ(world.issue(terms, items_of("new", 1), kOfficers).error().error, kIntakeAfterAward);
    const auto again = related("again", RelationCode::kReplaces, degree->first_certificate);
    EXPECT_EQ(world.issue(terms, again, kOfficers).error().error, kTermsDiffer);
}

/// The state has no keys that could restore it, and the university alone must not.
TEST(Relations, RestoreWithTheAuthorityWhatItsStateSignedForIt) {
    Manar world;
    const wire::Slot vote{wire::Who::kParent, Role::kVote};
    const wire::Slot own{wire::Who::kSelf, Role::kAuthority};
    const wire::Rule rule{wire::BodyCode::kStatus, {}, {}, {}, 0, {{own, vote}}};
    ASSERT_TRUE(world.send(wire::SetPolicy{kMinistry, {rule}}, kMinistryKeys));
    const auto degree = world.issue(manar_terms(), items_of("june", 1), kOfficers);
    ASSERT_TRUE(degree);
    const LogIndex target = degree->first_certificate;
    ASSERT_TRUE(world.send(wire::Status{kMinistry, wire::StatusState::kRevoked, {target}},
                           {kVote1, kMinistry1}));
    const auto again = related("again", RelationCode::kRestores, target);
    const auto alone = world.issue(manar_terms(), again, kOfficers);
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().error, kRestoreWithoutAuthority);
    EXPECT_TRUE(world.issue(manar_terms(), again, {kRegistrar, kDean, kMinistry1, kMinistry2}));
}

}  // namespace
}  // namespace tasdiq::ledger::world
