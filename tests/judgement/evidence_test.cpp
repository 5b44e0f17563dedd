#include <gtest/gtest.h>

#include "campus.hpp"

namespace tasdiq::judgement {
namespace {

using verify::Check;
using verify::Code;
using verify::Headline;
using verify::Outcome;

/// A change to good evidence, and the check that must name it.
struct Spoiled {
    const char* name;
    void (*spoil)(Campus&, wire::Evidence&, const Held& other);
    Check check;
    Code code;
    Headline headline;
};

const Spoiled kSpoiled[] = {
    {"WrongSecret", [](Campus&, wire::Evidence& e, const Held& other) { e.opening = other.secret; },
     Check::kContent, Code::kCommitmentDiffers, Headline::kAltered},
    {"EvidenceOfAnotherCertificate",
     [](Campus& c, wire::Evidence& e, const Held& other) {
         const auto opening = e.opening;
         e = c.evidence(other);
         e.opening = opening;
     },
     Check::kContent, Code::kCommitmentDiffers, Headline::kAltered},
    {"AnotherLedger",
     [](Campus&, wire::Evidence& e, const Held&) {
         e.origin = "other.example/test/" + e.origin.substr(e.origin.rfind('/') + 1);
     },
     Check::kWellFormed, Code::kEvidenceOtherLedger, Headline::kCouldNotCheck},
    {"EntryNotInTheLog",
     [](Campus&, wire::Evidence& e, const Held&) { e.certificate.index.value -= 1; },
     Check::kRecorded, Code::kNotIncluded, Headline::kCouldNotCheck},
    {"NotACertificate", [](Campus&, wire::Evidence& e, const Held&) { e.certificate = e.block; },
     Check::kRecorded, Code::kNotACertificate, Headline::kCouldNotCheck},
    {"AwardThatIsNotNamed",
     [](Campus&, wire::Evidence& e, const Held&) { e.award = e.certificate; }, Check::kRecorded,
     Code::kAwardDiffers, Headline::kCouldNotCheck},
    {"TransactionOfAnotherKind",
     [](Campus&, wire::Evidence& e, const Held&) { e.transaction = e.block; }, Check::kRecorded,
     Code::kTransactionDiffers, Headline::kCouldNotCheck},
    {"BlockEntryNotIncluded",
     [](Campus&, wire::Evidence& e, const Held&) { e.block.path.front() = merkle::MerkleHash{}; },
     Check::kCheckpoint, Code::kBlockNotIncluded, Headline::kCouldNotCheck},
    {"NoCosignatureThatCounts",
     [](Campus&, wire::Evidence& e, const Held&) { e.cosignatures.front().signature[0] ^= 1; },
     Check::kCheckpoint, Code::kCosignatureInvalid, Headline::kCouldNotCheck},
    {"CosignedByAStranger",
     [](Campus&, wire::Evidence& e, const Held&) { e.cosignatures.front().state = {7}; },
     Check::kCheckpoint, Code::kCosignerUnknown, Headline::kCouldNotCheck},
    {"MoreThanAQuorum",
     [](Campus&, wire::Evidence& e, const Held&) {
         e.cosignatures.push_back(e.cosignatures.front());
         e.cosignatures.back().state = {7};
     },
     Check::kCheckpoint, Code::kNoQuorum, Headline::kCouldNotCheck},
    {"SignedInTheFuture",
     [](Campus& c, wire::Evidence& e, const Held&) { c.cosign(e, {c.now.seconds + 301}); },
     Check::kFreshness, Code::kTimeInFuture, Headline::kCouldNotCheck},
    {"SignedYesterday",
     [](Campus& c, wire::Evidence& e, const Held&) { c.cosign(e, {c.now.seconds - 86'401}); },
     Check::kFreshness, Code::kStale, Headline::kAuthentic},
    {"RecordChanged",
     [](Campus&, wire::Evidence& e, const Held&) { e.records.front().record->back() ^= 1; },
     Check::kCheckpoint, Code::kMapProofInvalid, Headline::kCouldNotCheck},
    {"RecordSaidToBeAbsent",
     [](Campus&, wire::Evidence& e, const Held&) { e.records.front().record.reset(); },
     Check::kCheckpoint, Code::kMapProofInvalid, Headline::kCouldNotCheck},
    {"RecordLeftOut",
     [](Campus& c, wire::Evidence& e, const Held&) {
         e.records.pop_back();  // the status: a revocation might be hidden like this
         e.map_proof = c.prove_records(e.records);
     },
     Check::kWellFormed, Code::kRecordsIncomplete, Headline::kCouldNotCheck},
    {"RecordTooMany",
     [](Campus& c, wire::Evidence& e, const Held&) {
         e.records.insert(e.records.begin(),
                          {wire::MapKey::ledger(), c.view.record(wire::MapKey::ledger())});
         e.map_proof = c.prove_records(e.records);
     },
     Check::kWellFormed, Code::kRecordsIncomplete, Headline::kCouldNotCheck},
};

class EvidenceSpoiled : public testing::TestWithParam<Spoiled> {};

TEST_P(EvidenceSpoiled, IsNamedByTheRightCheck) {
    Campus campus;
    const Held other = campus.hold(Campus::graduate());
    const Held held = campus.hold(Campus::graduate());
    auto evidence = campus.evidence(held);
    verify::Verifier seasoned{campus.trust_root(), verify::Belief::kFileOnly};
    const auto judge_seasoned = [&](const Held& one, const wire::Evidence& its) {
        const std::string text = wire::encode(its);
        return seasoned.verify(as_bytes(one.credential), as_bytes(text), campus.now);
    };
    ASSERT_EQ(campus.judge(held, evidence).headline, Headline::kAuthentic);
    ASSERT_EQ(judge_seasoned(held, evidence).headline, Headline::kAuthentic);
    ASSERT_EQ(judge_seasoned(other, campus.evidence(other)).headline, Headline::kAuthentic);
    GetParam().spoil(campus, evidence, other);
    const auto verdict = campus.judge(held, evidence);
    EXPECT_EQ(verdict.headline, GetParam().headline) << verify::to_string(verdict.headline);
    const auto& result = verdict.result_of(GetParam().check);
    EXPECT_EQ(result.outcome, Outcome::kFailed);
    EXPECT_EQ(result.code, GetParam().code) << verify::to_string(result.code);
    EXPECT_EQ(verdict.stale, GetParam().code == Code::kStale);
    // What a verifier remembers of good evidence makes nothing else good.
    EXPECT_EQ(judge_seasoned(held, evidence).checks, verdict.checks);
    EXPECT_EQ(judge_seasoned(held, campus.evidence(held)).headline, Headline::kAuthentic);
}

INSTANTIATE_TEST_SUITE_P(All, EvidenceSpoiled, testing::ValuesIn(kSpoiled),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Evidence, IsMissingOrMalformed) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const auto missing = campus.judge(held.credential, "");
    EXPECT_EQ(missing.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(
        missing.result_of(Check::kWellFormed),
        (verify::CheckResult{Check::kWellFormed, Outcome::kNotChecked, Code::kEvidenceMissing}));
    const auto malformed = campus.judge(held.credential, "{}");
    EXPECT_EQ(malformed.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(malformed.result_of(Check::kWellFormed).code, Code::kEvidenceMalformed);
}

TEST(Evidence, OfASetOrARootThatTheVerifierDoesNotKnow) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const auto evidence = campus.evidence(held);
    const auto code_under = [&](const wire::TrustRoot& root) {
        verify::Verifier verifier{root, verify::Belief::kFileOnly};
        const std::string text = wire::encode(evidence);
        return verifier.verify(as_bytes(held.credential), as_bytes(text), campus.now)
            .result_of(Check::kCheckpoint)
            .code;
    };
    auto other_set = campus.trust_root();
    other_set.set.front().country = "EG";
    EXPECT_EQ(code_under(other_set), Code::kSetUnknown);
    auto forked = campus.trust_root();
    forked.checkpoint = {campus.origin(), evidence.size, merkle::MerkleHash{}};
    EXPECT_EQ(code_under(forked), Code::kContradictsTrustRoot);
}

TEST(Evidence, UnderAClosedSetSaysAsOf) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const auto evidence = campus.evidence(held);
    auto root = campus.trust_root();
    root.closed_sets.push_back({root.set, evidence.size, evidence.root});
    root.set.front().country = "EG";
    verify::Verifier verifier{root, verify::Belief::kFileOnly};
    const std::string text = wire::encode(evidence);
    const auto verdict = verifier.verify(as_bytes(held.credential), as_bytes(text), campus.now);
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_TRUE(verdict.stale);
}

// -------------------------------------------------------------------- single facts
struct Facts : testing::Test {
    wire::Evidence show(std::initializer_list<std::string_view> pointers) {
        auto evidence = campus.evidence(held);
        auto facts = certificate::open_facts(held.canonical, held.terms, held.secret,
                                             {pointers.begin(), pointers.size()});
        EXPECT_TRUE(facts);
        evidence.opening = *std::move(facts);
        return evidence;
    }

    Campus campus;
    Held held = campus.hold(Campus::graduate());
};

TEST_F(Facts, AreCountedAndAuthentic) {
    const auto verdict =
        campus.judge("", wire::encode(show({"/credentialSubject/grade", "/name"})));
    EXPECT_EQ(verdict.headline, Headline::kAuthentic);
    EXPECT_EQ(verdict.subject.facts_shown, 2U);
    EXPECT_GT(verdict.subject.facts_count, 10U);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).code, Code::kNotNeeded);
}

TEST_F(Facts, ThatWereChangedAreFound) {
    auto evidence = show({"/credentialSubject/grade"});
    auto& facts = std::get<wire::ShownFacts>(evidence.opening);
    facts.claims.front().leaf[40] ^= 1;
    const auto verdict = campus.judge("", wire::encode(evidence));
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    EXPECT_EQ(verdict.result_of(Check::kContent).code, Code::kFactsInvalid);
}

TEST_F(Facts, DoNotGoWithAWholeCredential) {
    const auto verdict = campus.judge(held.credential, wire::encode(show({"/name"})));
    EXPECT_EQ(verdict.result_of(Check::kWellFormed).code, Code::kEvidenceMalformed);
}

}  // namespace
}  // namespace tasdiq::judgement
