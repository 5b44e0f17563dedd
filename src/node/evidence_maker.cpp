#include "node/evidence_maker.hpp"

#include <algorithm>
#include <map>

#include "base/ensure.hpp"
#include "verify/required_records.hpp"
#include "wire/record.hpp"

namespace tasdiq::node {
namespace {

/// The newest quorum of cosignatures, ascending by state: the form that verifiers ask for.
std::vector<wire::Cosignature> newest_quorum(std::vector<wire::Cosignature> all,
                                             std::size_t set_size) {
    std::ranges::sort(all, [](const wire::Cosignature& a, const wire::Cosignature& b) {
        return a.time != b.time ? a.time > b.time : a.state < b.state;
    });
    all.resize(wire::quorum_of(set_size));
    std::ranges::sort(all, {}, &wire::Cosignature::state);
    return all;
}

}  // namespace

std::string_view to_string(EvidenceError error) {
    switch (error) {
        case EvidenceError::kNoCertificate: return "there is no certificate with this number";
        case EvidenceError::kTooMany: return "more certificates asked for than one answer may hold";
        case EvidenceError::kStore: return "the ledger's disk failed";
        case EvidenceError::kTooManyRecords:
            return "the certificate needs more records than evidence may hold";
    }
    ENSURE(false);
}

/// One call: everything under one published head, records looked up once.
class EvidenceMaker::Run {
  public:
    Run(store::LedgerStore& store, const engine::Published& published)
        : store_{store}, size_{published.head.log.size}, paths_{store, size_} {
        shared_.origin = published.checkpoint.origin;
        shared_.size = size_;
        shared_.root = published.checkpoint.root;
        shared_.cosignatures = newest_quorum(published.cosignatures, store.genesis().states.size());
    }

    /// What all evidence of this call needs: the block, and the entries that it is about.
    Result<Ok, EvidenceError> start(wire::LogIndex first, std::size_t count) {
        TRY(shared_.block, prove({size_ - 1}));
        first_ = first;
        if (first.value >= size_) return Ok{};
        auto entries = store_.entries(first, std::min<std::uint64_t>(count, size_ - first.value));
        if (!entries) return std::unexpected{EvidenceError::kStore};
        entries_ = *std::move(entries);
        return Ok{};
    }

    Result<wire::Evidence, EvidenceError> make(const store::LedgerStore::Lock& lock,
                                               wire::LogIndex index, WithTransaction with) {
        if (index.value >= size_) return std::unexpected{EvidenceError::kNoCertificate};
        wire::Evidence evidence = shared_;
        TRY(evidence.certificate, prove(index));
        const auto certificate = wire::decode_certificate(evidence.certificate.entry);
        if (!certificate) return std::unexpected{EvidenceError::kNoCertificate};
        std::optional<wire::CertificateEntry> award;
        if (certificate->award) {
            TRY(evidence.award, prove(*certificate->award));
            auto decoded = wire::decode_certificate(evidence.award->entry);
            if (!decoded) return std::unexpected{EvidenceError::kStore};
            award = *std::move(decoded);
        }
        if (with == WithTransaction::kYes) {
            TRY(const wire::LogIndex transaction, transaction_of(index));
            TRY(evidence.transaction, prove(transaction));
        }
        const auto ordinals =
            assertion_keys(certificate->terms.awarding.front().institution, index);
        const auto records = verify::find_records(
            index, *certificate, award ? &*award : nullptr, ordinals,
            [this](const wire::MapKey& key, verify::Need) { return record(key); });
        if (!records || failed_) return std::unexpected{EvidenceError::kStore};
        if (records->keys.size() > merkle::kMapClaimsMax) {
            return std::unexpected{EvidenceError::kTooManyRecords};
        }
        for (const wire::MapKey& key : records->keys)
            evidence.records.push_back({key, record(key)});
        auto proof = store_.prove(lock, records->keys);
        if (!proof || failed_) return std::unexpected{EvidenceError::kStore};
        evidence.map_proof = *std::move(proof);
        return evidence;
    }

  private:
    Result<wire::ProvenEntry, EvidenceError> prove(wire::LogIndex index) {
        auto entry = entry_at(index);
        auto path = paths_.of(index);
        if (!entry || !path) return std::unexpected{EvidenceError::kStore};
        return wire::ProvenEntry{index, *std::move(entry), *std::move(path)};
    }

    Result<Bytes, store::IoFault> entry_at(wire::LogIndex index) {
        const std::uint64_t place = index.value - first_.value;
        if (index >= first_ && place < entries_.size()) return entries_[place];
        return store_.entry(index);
    }

    /// The issue whose certificate stands at `index`: the last transaction before it in its block.
    Result<wire::LogIndex, EvidenceError> transaction_of(wire::LogIndex index) {
        const auto place = store_.block_of(index);
        if (!place || !*place) return std::unexpected{EvidenceError::kStore};
        for (std::uint64_t at = index.value; at-- > (*place)->first.value;) {
            const auto entry = entry_at({at});
            if (!entry) return std::unexpected{EvidenceError::kStore};
            if (!wire::decode_certificate(*entry)) return wire::LogIndex{at};
        }
        return std::unexpected{EvidenceError::kStore};
    }

    /// The record under the published root, which is the store's head while the lock is held.
    std::optional<Bytes> record(const wire::MapKey& key) {
        const auto known = records_.find(key);
        if (known != records_.end()) return known->second;
        auto found = store_.record(key);
        failed_ = failed_ || !found;
        const std::optional<Bytes> value = found ? *std::move(found) : std::nullopt;
        records_.emplace(key, value);
        return value;
    }

    /// The issuer's keys that may have signed a credential recorded at `index`.
    std::vector<wire::Ordinal> assertion_keys(wire::MemberId institution, wire::LogIndex index) {
        std::vector<wire::Ordinal> ordinals;
        const auto counters = record(wire::MapKey::counters(institution));
        const auto decoded =
            counters ? wire::decode_record<wire::CountersRecord>(*counters)
                     : Result<wire::CountersRecord, wire::WireFault>{
                           std::unexpected{wire::WireFault{wire::WireError::kShape, "counters"}}};
        const std::uint16_t count = decoded ? decoded->next_ordinal.value : 0;
        for (std::uint16_t ordinal = 0; ordinal < count; ++ordinal) {
            const auto bytes = record(wire::MapKey::key(institution, {ordinal}));
            if (!bytes) continue;
            const auto key = wire::decode_record<wire::KeyRecord>(*bytes);
            if (key && key->role == wire::Role::kAssertion && key->from <= index &&
                (!key->until || index < *key->until)) {
                ordinals.push_back({ordinal});
            }
        }
        return ordinals;
    }

    store::LedgerStore& store_;
    std::uint64_t size_;
    store::LedgerStore::InclusionPaths paths_;
    wire::Evidence shared_;  // what is the same for all
    wire::LogIndex first_;
    std::vector<Bytes> entries_;  // from `first_` on
    std::map<wire::MapKey, std::optional<Bytes>> records_;
    bool failed_ = false;
};

Result<std::vector<wire::Evidence>, EvidenceError> EvidenceMaker::make(
    wire::LogIndex first, std::size_t count, WithTransaction with_transaction) {
    if (count == 0 || count > kEvidenceCountMax) return std::unexpected{EvidenceError::kTooMany};
    const auto lock = store_.lock();
    const auto published = engine_.published();
    // The engine lets go of the lock only after it has published what it committed; if it could
    // not, the node is about to stop.
    if (!published || published->head != store_.head()) {
        return std::unexpected{EvidenceError::kStore};
    }
    Run run{store_, *published};
    TRY(run.start(first, count));
    std::vector<wire::Evidence> all;
    all.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        TRY(auto evidence, run.make(lock, {first.value + i}, with_transaction));
        all.push_back(std::move(evidence));
    }
    return all;
}

}  // namespace tasdiq::node
