// What a later version recorded: codes that came to a list after this verifier was built.
#include <algorithm>
#include <gtest/gtest.h>

#include "campus.hpp"

namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Outcome;

constexpr std::uint8_t kNewCode = 0x17;  // of no list here; one byte in CBOR, as all that are

/// `bytes` with a code that is not known, where they differ from `other`: the code alone does.
Bytes with_new_code(Bytes bytes, ByteView other) {
    const auto place = std::ranges::mismatch(bytes, other).in1;
    ENSURE(place != bytes.end());
    *place = kNewCode;
    return bytes;
}

/// A ledger whose last block is as the campus's, but for one entry and one record.
class LaterLedger {
  public:
    explicit LaterLedger(const Campus& campus) : campus_{campus}, entries_{campus.view.entries()} {}

    void set_entry(LogIndex index, Bytes entry) { entries_[index.value] = std::move(entry); }

    /// Evidence of the campus, under this ledger's roots, which a quorum cosigned, too.
    [[nodiscard]] wire::Evidence evidence_from(wire::Evidence evidence) {
        std::vector<merkle::MapUpdate> updates;
        std::vector<merkle::KeyHash> hashes;
        for (const wire::RecordClaim& claim : evidence.records) {
            hashes.push_back(claim.key.hash());
            if (!claim.record) continue;
            updates.push_back({hashes.back(), merkle::hash_map_value(*claim.record)});
        }
        merkle::SparseMap map;
        merkle::NoPages none;
        ENSURE(map.update(none, updates));
        evidence.map_proof = *map.prove(none, hashes);

        auto block = *wire::decode_block(entries_.back());
        block.map_root = map.root();
        entries_.back() = wire::encode(block);
        LeafSource leaves{entries_};
        std::vector<wire::ProvenEntry*> all{&evidence.certificate, &evidence.block};
        if (evidence.award) all.push_back(&*evidence.award);
        for (wire::ProvenEntry* const proven : all) {
            proven->entry = entries_[proven->index.value];
            proven->path = *merkle::inclusion_path(proven->index.value, entries_.size(), leaves);
        }
        merkle::CompactRange log;
        for (const Bytes& entry : entries_) log.append(merkle::hash_leaf(entry));
        evidence.root = log.root();
        campus_.cosign(evidence, campus_.now);
        return evidence;
    }

  private:
    const Campus& campus_;
    std::vector<Bytes> entries_;
};

/// Could not be checked, and nothing failed.
void expect_newer(const verify::Verdict& verdict, Check check) {
    EXPECT_EQ(verdict.headline, verify::Headline::kCouldNotCheck)
        << verify::to_string(verdict.headline);
    EXPECT_EQ(verdict.result_of(check),
              (verify::CheckResult{check, Outcome::kNotChecked, Code::kNewerThanVerifier}));
    for (const auto& result : verdict.checks) {
        EXPECT_NE(result.outcome, Outcome::kFailed) << verify::to_string(result.check);
    }
}

TEST(NewerThanVerifier, SaysNothingAgainstWhatIsKnown) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    LaterLedger later{campus};
    const auto verdict = campus.judge(held, later.evidence_from(campus.evidence(held)));
    EXPECT_EQ(verdict.headline, verify::Headline::kAuthentic);
}

TEST(NewerThanVerifier, IsACertificateOfAnUnknownType) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    auto entry = *wire::decode_certificate(campus.view.entries()[held.index.value]);
    const Bytes known = wire::encode(entry);
    entry.terms.type = wire::CertificateType::kVocational;
    const Bytes newer = with_new_code(known, wire::encode(entry));
    LaterLedger later{campus};
    later.set_entry(held.index, newer);
    auto evidence = later.evidence_from(campus.evidence(held));
    expect_newer(campus.judge(held, evidence), Check::kRecorded);

    // Whoever writes such an entry himself has it in no log.
    evidence.certificate.path.front() = merkle::MerkleHash{};
    const auto forged = campus.judge(held, evidence);
    EXPECT_EQ(forged.result_of(Check::kRecorded).code, Code::kNotIncluded);
}

TEST(NewerThanVerifier, IsAnAwardOfAnUnknownType) {
    Campus campus;
    const Held award = campus.hold(Campus::graduate());
    const Held duplicate = campus.hold(Campus::graduate(),
                                       wire::Relation{wire::RelationCode::kDuplicate, award.index});
    auto evidence = campus.evidence(duplicate);
    ASSERT_TRUE(evidence.award);
    auto entry = *wire::decode_certificate(evidence.award->entry);
    const Bytes known = wire::encode(entry);
    entry.terms.type = wire::CertificateType::kVocational;
    LaterLedger later{campus};
    later.set_entry(award.index, with_new_code(known, wire::encode(entry)));
    expect_newer(campus.judge(duplicate, later.evidence_from(evidence)), Check::kRecorded);
}

TEST(NewerThanVerifier, IsARecordWithAnUnknownCode) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    auto evidence = campus.evidence(held);
    const auto key = wire::MapKey::accreditation(kManar, 1);
    const auto claim = std::ranges::find(evidence.records, key, &wire::RecordClaim::key);
    ASSERT_NE(claim, evidence.records.end());
    auto record = *wire::decode_record<wire::AccreditationRecord>(*claim->record);
    const Bytes known = wire::encode(record);
    record.scope.act = wire::Act::kLaw;
    ASSERT_NE(wire::encode(record), known);
    claim->record = with_new_code(known, wire::encode(record));
    LaterLedger later{campus};
    expect_newer(campus.judge(held, later.evidence_from(evidence)), Check::kWellFormed);
}

}  // namespace
}  // namespace tasdiq::judgement
