#include "ledger/block.hpp"

#include "ledger/records.hpp"

namespace tasdiq::ledger {

/// The base with what the block did so far on top. Lives for one call.
class BlockBuilder::Overlay final : public View {
  public:
    explicit Overlay(const BlockBuilder& block) : block_{block} {}

    [[nodiscard]] std::optional<Bytes> record(const wire::MapKey& key) const override {
        const auto written = block_.writes_.find(key);
        return written != block_.writes_.end() ? written->second : block_.base_->record(key);
    }
    [[nodiscard]] std::optional<Bytes> entry(wire::LogIndex index) const override {
        const std::uint64_t first = block_.base_->next_index().value;
        if (index.value < first) return block_.base_->entry(index);
        if (index.value - first >= block_.entries_.size()) return std::nullopt;
        return block_.entries_[static_cast<std::size_t>(index.value - first)];
    }
    [[nodiscard]] std::optional<wire::LogIndex> certificate_of(
        const wire::Commitment& commitment) const override {
        const auto here = block_.indices_.find(commitment);
        return here != block_.indices_.end() ? here->second
                                             : block_.base_->certificate_of(commitment);
    }
    [[nodiscard]] std::optional<Instant> time_of(wire::LogIndex index) const override {
        if (index < block_.base_->next_index()) return block_.base_->time_of(index);
        if (index < next_index()) return block_.context_.time;
        return std::nullopt;
    }
    [[nodiscard]] wire::LogIndex next_index() const override {
        return {block_.base_->next_index().value + block_.entries_.size()};
    }

  private:
    const BlockBuilder& block_;
};

namespace {

std::uint32_t certificate_count(const wire::Payload& payload) {
    const auto* issue = std::get_if<wire::Issue>(&payload.body);
    return issue ? issue->count : 0;
}

/// The answer to who sends something again: what the first one was told.
Accepted repeated(const View& view, wire::LogIndex index) {
    Accepted answer{index, {index.value + 1}, 0, true};
    const auto bytes = view.entry(index);
    if (!bytes) return answer;  // the disk failed: nobody will read this
    const auto entry = wire::decode_entry(*bytes);
    ENSURE(entry && std::holds_alternative<wire::TransactionEntry>(*entry));
    const auto envelope = wire::decode_envelope(std::get<wire::TransactionEntry>(*entry).envelope);
    ENSURE(envelope);
    answer.certificate_count = certificate_count(envelope->payload);
    return answer;
}

}  // namespace

BlockBuilder::BlockBuilder(const View& base, const BlockContext& context)
    : base_{&base}, context_{context} {}

Result<Accepted, Refusal> BlockBuilder::add(ByteView submission) {
    ENSURE(!is_sealed_);
    const Overlay view{*this};
    const auto transaction = authenticate(view, context_, submission);
    if (transaction) return add(*transaction);
    if (transaction.error().recorded) return repeated(view, *transaction.error().recorded);
    return std::unexpected{transaction.error()};
}

Result<Accepted, Refusal> BlockBuilder::add(const AuthenticatedTransaction& transaction) {
    ENSURE(!is_sealed_);
    const Overlay view{*this};
    auto diff = apply(view, context_, transaction);
    if (!diff) {
        if (diff.error().recorded) return repeated(view, *diff.error().recorded);
        return std::unexpected{diff.error()};
    }
    const wire::LogIndex index = view.next_index();
    take(*std::move(diff));
    return Accepted{index, {index.value + 1}, certificate_count(transaction.payload()), false};
}

void BlockBuilder::take(Diff diff) {
    if (entries_.empty()) {
        entries_ = std::move(diff.entries);
    } else {
        entries_.insert(entries_.end(), std::make_move_iterator(diff.entries.begin()),
                        std::make_move_iterator(diff.entries.end()));
    }
    for (Write& write : diff.writes) {
        writes_.insert_or_assign(std::move(write.first), std::move(write.second));
    }
    indices_.insert(diff.commitments.begin(), diff.commitments.end());
    commitments_.insert(commitments_.end(), diff.commitments.begin(), diff.commitments.end());
}

std::vector<Write> BlockBuilder::take_writes() {
    ENSURE(!is_sealed_);
    is_sealed_ = true;
    if (empty()) return {};
    const Overlay view{*this};
    if (auto ledger = read<wire::LedgerRecord>(view, wire::MapKey::ledger())) {
        ledger->blocks = context_.height + 1;
        writes_.insert_or_assign(wire::MapKey::ledger(), wire::encode(*ledger));
    }
    if (const auto set = read<wire::SetRecord>(view, wire::MapKey::state_set())) {
        set_ = wire::set_hash(set->set);
    }
    std::vector<Write> writes;
    writes.reserve(writes_.size());
    for (auto& [key, record] : writes_) writes.emplace_back(key, std::move(record));
    writes_.clear();
    return writes;
}

ClosedBlock BlockBuilder::finish(const merkle::MapRoot& map_root) {
    ENSURE(is_sealed_);
    if (empty()) return {};
    entries_.push_back(wire::encode(wire::BlockEntry{.height = context_.height,
                                                     .time = context_.time,
                                                     .first = base_->next_index(),
                                                     .map_root = map_root,
                                                     .set = set_,
                                                     .next_set = set_}));
    indices_.clear();
    return {std::move(entries_), std::move(commitments_)};
}

}  // namespace tasdiq::ledger
