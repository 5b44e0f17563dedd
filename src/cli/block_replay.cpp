#include "cli/block_replay.hpp"

#include <algorithm>

#include "ledger/genesis.hpp"

namespace tasdiq::cli {
namespace {

/// The commitment of `entry`, if it is `plain` but for its commitment: then `entry` decodes, too,
/// to the same with that commitment. `plain` is the entry of a certificate without relation, award
/// and seat: those of one issue are all alike. Spec: docs/formats/tasdiq.cddl, `certificate-entry`.
std::optional<wire::Commitment> commitment_if_like(ByteView entry, ByteView plain) {
    constexpr std::size_t kNulls = 3;  // relation, award, seat
    constexpr std::size_t kTailSize = wire::Commitment::kSize + kNulls;
    if (entry.size() != plain.size()) return std::nullopt;
    ENSURE(plain.size() > kTailSize);
    const std::size_t at = plain.size() - kTailSize;
    if (!std::ranges::equal(entry.first(at), plain.first(at)) ||
        !std::ranges::equal(entry.last(kNulls), plain.last(kNulls))) {
        return std::nullopt;
    }
    return wire::Commitment::from(entry.subspan(at, wire::Commitment::kSize));
}

}  // namespace

void BlockReplay::clear() {
    pending_.clear();
    bytes_.clear();
    plain_.reset();
}

void BlockReplay::stop(AuditError error, std::size_t pending, std::string detail) {
    report_.faults.push_back({error, wire::LogIndex{first_ + pending}, std::move(detail)});
    stopped_ = true;
    clear();
}

template <class Kind>
const Kind* BlockReplay::find(std::size_t at) const {
    const auto& content = pending_[at].content;
    if constexpr (std::is_same_v<Kind, Certificate>) {
        return std::get_if<Certificate>(&content);
    } else {
        const auto* entry = std::get_if<std::unique_ptr<wire::Entry>>(&content);
        return entry == nullptr ? nullptr : std::get_if<Kind>(entry->get());
    }
}

ByteView BlockReplay::bytes_of(std::size_t at) const {
    const std::size_t begin = at == 0 ? 0 : pending_[at - 1].end;
    return ByteView{bytes_}.subspan(begin, pending_[at].end - begin);
}

void BlockReplay::add_certificate(const wire::CertificateEntry& entry) {
    if (!entry.relation && !entry.award && !entry.seat) plain_ = pending_.size();
    pending_.push_back({bytes_.size(), Certificate{{entry.commitment, entry.relation, entry.seat},
                                                   {entry.terms.awarding.front().institution,
                                                    to_civil(to_day(entry.time)).year}}});
}

void BlockReplay::add(ByteView bytes) {
    if (stopped_) return;
    const auto commitment = plain_ ? commitment_if_like(bytes, bytes_of(*plain_)) : std::nullopt;
    append(bytes_, bytes);
    if (commitment) {
        Certificate alike = *find<Certificate>(*plain_);
        alike.item.commitment = *commitment;
        pending_.push_back({bytes_.size(), alike});
    } else {
        auto entry = wire::decode_entry(bytes);
        if (!entry) {
            return stop(AuditError::kEntryMalformed, pending_.size(),
                        std::string{entry.error().field} + ": " +
                            std::string{wire::to_string(entry.error().error)});
        }
        if (const auto* certificate = std::get_if<wire::CertificateEntry>(&*entry)) {
            add_certificate(*certificate);
        } else {
            pending_.push_back({bytes_.size(), std::make_unique<wire::Entry>(*std::move(entry))});
        }
    }
    if (const auto* block = find<wire::BlockEntry>(pending_.size() - 1)) {
        close(wire::BlockEntry{*block});
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
    clear();
}

void BlockReplay::close_genesis() {
    const auto* genesis = find<wire::Genesis>(0);
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
    const auto* transaction = find<wire::TransactionEntry>(at);
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
            const auto* certificate = i < pending_.size() ? find<Certificate>(i) : nullptr;
            if (certificate == nullptr) {
                return stop(AuditError::kEntryUnexpected, std::min(i, pending_.size() - 1),
                            "not a certificate"),
                       0;
            }
            if (!items.empty() && certificate->item.commitment <= items.back().commitment) {
                return stop(AuditError::kEntryDiffers, i, "commitments do not ascend"), 0;
            }
            items.push_back(certificate->item);
            // With a relation the list named no seat: it is the target's.
            if (certificate->item.relation) items.back().seat = std::nullopt;
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
        if (std::ranges::equal(made[i], bytes_of(i))) continue;
        const auto* block = find<wire::BlockEntry>(i);
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
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        if (const auto* certificate = find<Certificate>(i)) {
            ++counts.certificates;
            ++counts.by_year[certificate->year];
        } else if (find<wire::TransactionEntry>(i) != nullptr) {
            ++counts.transactions;
        }
    }
}

}  // namespace tasdiq::cli
