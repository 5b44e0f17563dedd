#include "ledger/view.hpp"

#include <utility>

#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

TEST(MemoryView, KnowsEntriesTimesAndCommitments) {
    Manar world;
    const LogIndex before = world.view.next_index();
    const auto items = items_of("june", 2);
    const auto issue = world.issue(manar_terms(), items, kOfficers);
    ASSERT_TRUE(issue);
    EXPECT_EQ(issue->index, before);
    EXPECT_EQ(world.view.certificate_of(items[1].commitment),
              LogIndex{issue->first_certificate.value + 1});
    EXPECT_EQ(world.view.certificate_of(wire::Commitment{}), std::nullopt);
    EXPECT_EQ(world.view.time_of({0}), world.genesis.created);
    EXPECT_EQ(world.view.time_of({before.value - 1}), world.genesis.created);
    EXPECT_EQ(world.view.time_of(before), world.now);
    EXPECT_EQ(world.view.time_of(world.view.next_index()), std::nullopt);
    EXPECT_EQ(world.view.entry(world.view.next_index()), std::nullopt);
    EXPECT_EQ(world.view.log_head().size, world.view.entries().size());
}

/// Answers "nothing" once or for good from some question on, as a view whose disk fails.
class Failing final : public View {
  public:
    Failing(const View& below, std::size_t at, bool for_good)
        : below_{below}, at_{at}, for_good_{for_good} {}

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override {
        return fails() ? std::nullopt : below_.record(key);
    }
    [[nodiscard]] std::optional<Bytes> entry(LogIndex index) const override {
        return fails() ? std::nullopt : below_.entry(index);
    }
    [[nodiscard]] std::optional<LogIndex> certificate_of(
        const wire::Commitment& commitment) const override {
        return fails() ? std::nullopt : below_.certificate_of(commitment);
    }
    [[nodiscard]] std::optional<Instant> time_of(LogIndex index) const override {
        return fails() ? std::nullopt : below_.time_of(index);
    }
    [[nodiscard]] LogIndex next_index() const override { return below_.next_index(); }

    [[nodiscard]] bool has_failed() const { return asked_ > at_; }

  private:
    bool fails() const {
        const std::size_t now = asked_++;
        return for_good_ ? now >= at_ : now == at_;
    }

    const View& below_;
    std::size_t at_;
    bool for_good_;
    mutable std::size_t asked_ = 0;
};

/// One submission for each kind of body, some with much to look up.
std::vector<Bytes> submissions(World& world, LogIndex first) {
    auto items = items_of("july", 3);
    items[0].relation = wire::Relation{wire::RelationCode::kReplaces, first};
    items[1].relation = wire::Relation{wire::RelationCode::kOfAward, {first.value + 1}};
    const auto authority =
        world.first_keys(world.next_member(), {Role::kAuthority, Role::kAuthority}, world.chain);
    const auto school =
        world.first_keys(world.next_member(), {Role::kDean, Role::kDean}, world.chain);
    const std::pair<wire::Body, std::vector<Signer>> bodies[] = {
        {wire::RegisterAuthority{kTunisia, names_of("new"), 1, {}, authority}, {kVote1, kVote2}},
        {wire::RegisterInstitution{
             kMinistry, wire::MemberKind::kSchool, names_of("new"), "TN", {}, kManar, school},
         kMinistryKeys},
        {wire::EndAuthority{kTunisia, kMinistry, to_day(world.now)}, {kVote1, kVote2}},
        {wire::Accredit{kMinistry, kManar, manar_scope(), {}}, kMinistryKeys},
        {wire::EndAccreditation{kMinistry, kManar, 1, wire::EndAction::kSuspend,
                                wire::AppliesTo::kAward, to_day(world.now)},
         kMinistryKeys},
        {wire::SetPolicy{kManar, {}}, {kDean, kMinistry1}},
        {wire::AddKey{kManar, world.next_key(kManar, Role::kDean)}, {kDean, kMinistry1}},
        {wire::RetireKey{kManar, kPresident.ordinal}, kOfficers},
        {wire::VoidKey{kMinistry, kManar, kPresident.ordinal, first}, kMinistryKeys},
        {wire::Status{kManar, wire::StatusState::kRevoked, {first, {first.value + 1}}}, kOfficers},
        {wire::Status{kMinistry, wire::StatusState::kRevoked, {first}}, kMinistryKeys},
    };
    std::vector<Bytes> all;
    for (const auto& [body, signers] : bodies) {
        all.push_back(world.sign(world.payload(body, signers)));
    }
    all.push_back(world.sign(world.payload(World::issue_of(manar_terms(), items), kOfficers),
                             wire::encode_list(items)));
    return all;
}

TEST(View, MayFailAtAnyQuestionWithoutBreakingARule) {
    Manar world;
    const auto june = items_of("june", 3);
    const Bytes recorded = world.sign(
        world.payload(World::issue_of(manar_terms(), june), kOfficers), wire::encode_list(june));
    const auto issue = world.send(recorded);
    ASSERT_TRUE(issue);
    auto all = submissions(world, issue->first_certificate);
    all.push_back(recorded);  // a repeated one reads its entry
    std::size_t failures = 0;
    for (const Bytes& submission : all) {
        for (const bool for_good : {false, true}) {
            bool has_failed = true;
            for (std::size_t at = 0; has_failed; ++at) {
                const Failing view{world.view, at, for_good};
                BlockBuilder block{view, world.context()};
                // What it says is thrown away; that it says something is what counts.
                (void)block.add(submission).has_value();
                (void)block.take_writes();
                (void)block.finish(merkle::MapRoot{});
                has_failed = view.has_failed();
                failures += has_failed ? 1 : 0;
            }
        }
    }
    EXPECT_GT(failures, 100U);
}

}  // namespace
}  // namespace tasdiq::ledger::world
