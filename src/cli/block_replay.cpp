#include "cli/block_replay.hpp"

#include <algorithm>

#include "ledger/genesis.hpp"

namespace tasdiq::cli {

void BlockReplay::stop(AuditError error, std::size_t pending, std::string detail) {
    report_.faults.push_back({error, wire::LogIndex{first_ + pending}, std::move(detail)});
    stopped_ = true;
    pending_.clear();
}

void BlockReplay::add(ByteView bytes) {
    if (stopped_) return;
    auto entry = wire::decode_entry(bytes);
    if (!entry) {
        return stop(AuditError::kEntryMalformed, pending_.size(),
                    std::string{entry.error().field} + ": " +
                        std::string{wire::to_string(entry.error().error)});
    }
    pending_.push_back({to_bytes(bytes), *std::move(entry)});
    if (std::holds_alternative<wire::BlockEntry>(pending_.back().entry)) {
        close(wire::BlockEntry{std::get<wire::BlockEntry>(pending_.back().entry)});
    } else if (pending_.size() >= kBlockEntriesMax) {
        stop(AuditError::kBlockUnfinished, 0, "a block of more than a million entries");
    }
}

void BlockReplay::finish() {
    if (!stopped_ && !pending_.empty()) stop(AuditError::kBlockUnfinished, 0);
}

void BlockReplay::close(const wire::BlockEntry& end) {
    const std::size_t last = pending_.size() - 1;
    if (end.height != next_height_) {
        return stop(AuditError::kBlockOrder, last, "the height is not the next one");
    }
    if (end.time < last_time_) return stop(AuditError::kBlockOrder, last, "the time falls");
    if (last == 0) return stop(AuditError::kBlockEmpty, last);
    if (next_height_ == 0) {
        close_genesis();
    } else {
        close_transactions(end);
    }
    if (stopped_) return;
    ++next_height_;
    last_time_ = end.time;
    first_ += pending_.size();
    pending_.clear();
}

void BlockReplay::close_genesis() {
    const auto* genesis = std::get_if<wire::Genesis>(&pending_.front().entry);
    if (genesis == nullptr) return stop(AuditError::kEntryUnexpected, 0, "not genesis");
    if (const auto checked = ledger::check_genesis(*genesis); !checked) {
        return stop(AuditError::kGenesis, 0, std::string{ledger::to_string(checked.error().error)});
    }
    genesis_ = *genesis;
    report_.ledger = genesis->ledger;
    auto block = ledger::make_genesis_block(*genesis);
    chain_ = block.context().chain;
    compare(view_.append(block));
}

std::size_t BlockReplay::send_again(ledger::BlockBuilder& block, std::size_t at) {
    const auto* transaction = std::get_if<wire::TransactionEntry>(&pending_[at].entry);
    if (transaction == nullptr) {
        return stop(AuditError::kEntryUnexpected, at, "not a transaction"), 0;
    }
    wire::Submission submission{transaction->envelope, std::nullopt};
    std::size_t count = 0;
    const auto envelope = wire::decode_envelope(transaction->envelope);
    const auto* issue = envelope ? std::get_if<wire::Issue>(&envelope->payload.body) : nullptr;
    if (issue != nullptr) {
        count = issue->count;
        std::vector<wire::Item> items;
        items.reserve(count);
        for (std::size_t i = at + 1; i <= at + count; ++i) {
            const auto* certificate = i < pending_.size()
                                          ? std::get_if<wire::CertificateEntry>(&pending_[i].entry)
                                          : nullptr;
            if (certificate == nullptr) {
                return stop(AuditError::kEntryUnexpected, std::min(i, pending_.size() - 1),
                            "not a certificate"),
                       0;
            }
            if (!items.empty() && certificate->commitment <= items.back().commitment) {
                return stop(AuditError::kEntryDiffers, i, "commitments do not ascend"), 0;
            }
            items.push_back({certificate->commitment, certificate->relation, certificate->seat});
        }
        submission.list = wire::encode_list(items);
    }
    const auto answer = block.add(wire::encode(submission));
    if (view_.has_failed()) return 0;
    if (!answer) {
        return stop(AuditError::kRefused, at, std::string{ledger::to_string(answer.error().error)}),
               0;
    }
    if (answer->is_repeated) return stop(AuditError::kRefused, at, "recorded before"), 0;
    return 1 + count;
}

void BlockReplay::close_transactions(const wire::BlockEntry& end) {
    ledger::BlockBuilder block{view_, {end.height, end.time, chain_}};
    for (std::size_t at = 0; at + 1 < pending_.size();) {
        at += send_again(block, at);
        if (stopped_ || view_.has_failed()) return;
    }
    compare(view_.append(block));
}

void BlockReplay::compare(const std::vector<Bytes>& made) {
    const std::size_t shared = std::min(made.size(), pending_.size());
    for (std::size_t i = 0; i < shared; ++i) {
        if (made[i] == pending_[i].bytes) continue;
        const auto* block = std::get_if<wire::BlockEntry>(&pending_[i].entry);
        const auto expected =
            block != nullptr
                ? wire::decode_block(made[i])
                : Result<wire::BlockEntry, wire::WireFault>{std::unexpected{wire::WireFault{}}};
        if (!expected) return stop(AuditError::kEntryDiffers, i);
        return stop(expected->map_root != block->map_root ? AuditError::kMapRootDiffers
                                                          : AuditError::kBlockDiffers,
                    i);
    }
    if (made.size() != pending_.size()) return stop(AuditError::kEntryUnexpected, shared);
    count();
}

void BlockReplay::count() {
    AuditCounts& counts = report_.counts;
    ++counts.blocks;
    for (const Pending& one : pending_) {
        if (std::holds_alternative<wire::TransactionEntry>(one.entry)) ++counts.transactions;
        if (const auto* certificate = std::get_if<wire::CertificateEntry>(&one.entry)) {
            ++counts.certificates;
            ++counts.by_year[{certificate->terms.awarding.front().institution,
                              to_civil(to_day(certificate->time)).year}];
        }
    }
}

}  // namespace tasdiq::cli
