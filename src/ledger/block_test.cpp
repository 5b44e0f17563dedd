#include "ledger/block.hpp"

#include "ledger/attempt_test.hpp"

namespace tasdiq::ledger::world {
namespace {

Bytes issue_submission(World& world, const std::string& seed, std::size_t count) {
    const auto items = items_of(seed, count);
    return world.sign(world.payload(World::issue_of(manar_terms(), items), kOfficers),
                      wire::encode_list(items));
}

TEST(BlockBuilder, LetsLaterTransactionsSeeEarlierOnes) {
    Manar world;
    BlockBuilder block{world.view, world.context()};
    const Signer added{kManar, {3}};
    const auto add = block.add(world.sign(world.payload(
        wire::AddKey{kManar, world.next_key(kManar, Role::kDean)}, {kDean, kMinistry1})));
    ASSERT_TRUE(add);
    const auto items = items_of("june", 3);
    const auto issue = block.add(
        world.sign(world.payload(World::issue_of(manar_terms(), items), {kRegistrar, added}),
                   wire::encode_list(items)));
    ASSERT_TRUE(issue);
    EXPECT_EQ(issue->index.value, add->index.value + 1);
    EXPECT_EQ(issue->first_certificate.value, add->index.value + 2);
    EXPECT_EQ(issue->certificate_count, 3U);
    const auto status = block.add(world.sign(world.payload(
        wire::Status{kManar, wire::StatusState::kRevoked, {issue->first_certificate}}, kOfficers)));
    ASSERT_TRUE(status);
    EXPECT_EQ(block.entry_count(), 6U);
    // The same commitment again, and the void of a key from an entry of this very block.
    const auto again = block.add(world.sign(
        world.payload(World::issue_of(manar_terms(), items), kOfficers), wire::encode_list(items)));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), (Refusal{LedgerError::kCommitmentRecorded, std::nullopt, 0}));
    EXPECT_TRUE(block.add(world.sign(world.payload(
        wire::VoidKey{kMinistry, kManar, added.ordinal, issue->index}, kMinistryKeys))));
}

TEST(BlockBuilder, EndsARetiredKeyWithTheVeryNextEntry) {
    Manar world;
    BlockBuilder block{world.view, world.context()};
    ASSERT_TRUE(block.add(world.sign(
        world.payload(wire::RetireKey{kManar, kRegistrar.ordinal}, {kDean, kPresident}))));
    const auto answer = block.add(issue_submission(world, "june", 1));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), (Refusal{LedgerError::kKeyRetired, std::nullopt, 0}));
}

TEST(BlockBuilder, AnswersARepeatedSubmissionWithTheFirstOnesPlace) {
    Manar world;
    const Bytes submission = issue_submission(world, "june", 3);
    BlockBuilder block{world.view, world.context()};
    const auto first = block.add(submission);
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->is_repeated);
    const auto in_block = block.add(submission);
    ASSERT_TRUE(in_block);
    EXPECT_EQ(*in_block, (Accepted{first->index, first->first_certificate, 3, true}));
    EXPECT_EQ(block.entry_count(), 4U);
    world.view.append(block);

    world.now.seconds += 200 * kSecondsPerDay;  // long after it expired
    BlockBuilder later{world.view, world.context()};
    EXPECT_EQ(later.add(submission), *in_block);
    EXPECT_TRUE(later.empty());
}

TEST(BlockBuilder, OfRefusedOnesAloneChangesNothing) {
    Manar world;
    const auto head = world.view.log_head();
    const auto root = world.view.map_root();
    BlockBuilder block{world.view, world.context()};
    EXPECT_FALSE(block.add(Bytes{1, 2, 3}));
    EXPECT_FALSE(block.add(world.sign(
        world.payload(wire::Status{kManar, wire::StatusState::kRevoked, {{0}}}, kOfficers))));
    EXPECT_TRUE(block.empty());
    EXPECT_TRUE(block.take_writes().empty());
    const auto closed = block.finish(root);
    EXPECT_TRUE(closed.entries.empty());
    EXPECT_TRUE(closed.commitments.empty());
    EXPECT_EQ(world.view.log_head(), head);
    EXPECT_EQ(world.context().height, 4U);
}

TEST(BlockBuilder, WritesEachKeyOnceInOrderAndCountsTheBlock) {
    Manar world;
    BlockBuilder block{world.view, world.context()};
    ASSERT_TRUE(block.add(issue_submission(world, "a", 2)));
    ASSERT_TRUE(block.add(issue_submission(world, "b", 2)));
    const auto writes = block.take_writes();
    for (std::size_t i = 1; i < writes.size(); ++i) {
        EXPECT_LT(writes[i - 1].first, writes[i].first);
    }
    const auto value = [&](const wire::MapKey& key) {
        const auto found = std::ranges::find(writes, key, &Write::first);
        return found == writes.end() ? std::nullopt : found->second;
    };
    EXPECT_EQ(value(wire::MapKey::ledger()),
              wire::encode(wire::LedgerRecord{world.next_member(), 5}));
    EXPECT_EQ(value(wire::MapKey::yearly_count(kManar, 1, 2026, false)),
              wire::encode(wire::CountRecord{4}));
    EXPECT_EQ(writes.size(), 4U) << "two transactions, a count, the ledger's record";
    const auto closed = block.finish(merkle::MapRoot{});
    const auto entry = wire::decode_block(closed.entries.back());
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->height, 4U);
    EXPECT_EQ(entry->first, world.view.next_index());
    EXPECT_EQ(entry->map_root, merkle::MapRoot{});
    EXPECT_EQ(closed.entries.size(), 7U);
    EXPECT_EQ(closed.commitments.size(), 4U);
}

TEST(BlockBuilder, TakesWhatWasAuthenticatedBefore) {
    Manar world;
    const auto transaction =
        authenticate(world.view, world.context(), issue_submission(world, "june", 2));
    ASSERT_TRUE(transaction);
    BlockBuilder block{world.view, world.context()};
    const auto first = block.add(*transaction);
    ASSERT_TRUE(first);
    const auto again = block.add(*transaction);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->is_repeated);
    EXPECT_EQ(again->index, first->index);
}

// ---------------------------------------------------------------- determinism
/// A base that holds the blocks already closed as a pile of writes: what a store does that puts
/// several blocks into one write.
class Pile final : public View {
  public:
    explicit Pile(const MemoryView& below) : below_{below} {}

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override {
        const auto found = writes_.find(key);
        return found != writes_.end() ? found->second : below_.record(key);
    }
    [[nodiscard]] std::optional<Bytes> entry(LogIndex index) const override {
        const auto first = below_.next_index().value;
        if (index.value < first) return below_.entry(index);
        if (index >= next_index()) return std::nullopt;
        return entries_[index.value - first];
    }
    [[nodiscard]] std::optional<LogIndex> certificate_of(
        const wire::Commitment& commitment) const override {
        const auto found = commitments_.find(commitment);
        return found != commitments_.end() ? found->second : below_.certificate_of(commitment);
    }
    [[nodiscard]] std::optional<Instant> time_of(LogIndex index) const override {
        if (index < below_.next_index()) return below_.time_of(index);
        if (index >= next_index()) return std::nullopt;
        return times_[index.value - below_.next_index().value];
    }
    [[nodiscard]] LogIndex next_index() const override {
        return {below_.next_index().value + entries_.size()};
    }

    std::vector<Bytes> add(BlockBuilder& block, merkle::SparseMap& map) {
        if (block.empty()) return {};
        std::vector<merkle::MapUpdate> updates;
        for (auto& [key, value] : block.take_writes()) {
            updates.push_back({key.hash(), merkle::hash_map_value(*value)});
            writes_.insert_or_assign(key, value);
        }
        merkle::NoPages none;
        EXPECT_TRUE(map.update(none, updates));
        auto closed = block.finish(map.root());
        for (const Bytes& entry : closed.entries) {
            entries_.push_back(entry);
            times_.push_back(block.context().time);
        }
        commitments_.insert(closed.commitments.begin(), closed.commitments.end());
        return closed.entries;
    }

  private:
    const MemoryView& below_;
    std::map<wire::MapKey, std::optional<Bytes>> writes_;
    std::vector<Bytes> entries_;
    std::vector<Instant> times_;
    std::map<wire::Commitment, LogIndex> commitments_;
};

/// Blocks of all kinds of transactions, some of them refused.
std::vector<std::vector<Bytes>> stream(World& world) {
    std::vector<std::vector<Bytes>> blocks(6);
    const std::uint64_t next = world.view.next_index().value;
    blocks[0] = {issue_submission(world, "a", 7), Bytes{0xFF}, issue_submission(world, "b", 3)};
    blocks[1] = {world.sign(world.payload(
                     wire::Status{kManar, wire::StatusState::kSuspended, {{next + 2}, {next + 4}}},
                     kOfficers)),
                 blocks[0][0]};
    blocks[2] = {Bytes{}};  // refused as a whole
    blocks[3] = {world.sign(world.payload(wire::AddKey{kManar, world.next_key(kManar, Role::kDean)},
                                          {kDean, kMinistry1}))};
    blocks[4] = {world.sign(world.payload(
                     wire::VoidKey{kMinistry, kManar, kRegistrar.ordinal, {next}}, kMinistryKeys)),
                 issue_submission(world, "c", 2)};
    auto items = items_of("d", 1);
    items[0].relation = wire::Relation{wire::RelationCode::kReplaces, {next + 3}};
    blocks[5] = {
        world.sign(world.payload(World::issue_of(manar_terms(), items), {kDean, kPresident}),
                   wire::encode_list(items)),
        world.sign(world.payload(wire::SetPolicy{kManar, {}}, {kDean, kMinistry1}))};
    return blocks;
}

TEST(Determinism, TheSameBlocksGiveTheSameBytesHoweverManyGoIntoOneWrite) {
    Manar one;
    Manar other;
    const auto blocks = stream(one);
    const Instant start = one.now;
    for (std::size_t i = 0; i < blocks.size(); ++i) {  // one write a block
        one.now.seconds = start.seconds + static_cast<std::int64_t>(i);
        BlockBuilder block{one.view, one.context()};
        for (const Bytes& submission : blocks[i]) (void)block.add(submission).has_value();
        one.view.append(block);
    }
    Pile pile{other.view};
    merkle::SparseMap map;
    merkle::NoPages none;
    std::vector<merkle::MapUpdate> base;
    for (const auto& [key, value] : other.view.records()) {
        base.push_back({key.hash(), merkle::hash_map_value(value)});
    }
    ASSERT_TRUE(map.update(none, base));
    std::vector<Bytes> entries = other.view.entries();
    for (std::size_t i = 0; i < blocks.size(); ++i) {  // all blocks in one write
        const auto ledger = read<wire::LedgerRecord>(pile, wire::MapKey::ledger());
        BlockBuilder block{
            pile, {ledger->blocks, {start.seconds + static_cast<std::int64_t>(i)}, other.chain}};
        for (const Bytes& submission : blocks[i]) (void)block.add(submission).has_value();
        const auto added = pile.add(block, map);
        entries.insert(entries.end(), added.begin(), added.end());
    }
    EXPECT_EQ(entries, one.view.entries());
    EXPECT_EQ(map.root(), one.view.map_root());
    // The same in every build and on every machine; new numbers mean a fork of every ledger.
    EXPECT_EQ(one.view.entries().size(), 29U);
    EXPECT_EQ(to_hex(one.view.log_head().root.view()),
              "9ba012a2218c0411352f90d8a087476d121b6bab51e4568c7b0f3091980de661");
    EXPECT_EQ(to_hex(one.view.map_root().view()),
              "1a8648f1adc2f45c3a57350c81ce8990b78a354e95dcc1b3440b04faa1f02017");
}

}  // namespace
}  // namespace tasdiq::ledger::world
