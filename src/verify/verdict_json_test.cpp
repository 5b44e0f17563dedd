#include "verify/verdict_json.hpp"

#include <gtest/gtest.h>

#include "codec/jcs.hpp"

namespace tasdiq::verify {
namespace {

TEST(VerdictJson, HoldsHeadlineAnswerAndChecks) {
    Verdict verdict;
    verdict.headline = Headline::kAltered;
    verdict.test_ledger = false;
    verdict.checks = {{Check::kWellFormed, Outcome::kPassed, Code::kNone},
                      {Check::kIntegrity, Outcome::kFailed, Code::kProofInvalid}};
    EXPECT_EQ(codec::to_jcs(to_json(verdict)),
              R"({"answer":"not-authentic","certificate":{"cosigners":[]},"checks":[)"
              R"({"check":"well-formed","code":0,"reason":"none","result":"passed"},)"
              R"({"check":"integrity","code":205,"reason":"proof-invalid","result":"failed"}],)"
              R"("headline":"altered","stale":false,"testLedger":false})");
}

TEST(VerdictJson, HoldsWhatIsKnownOfTheCertificate) {
    Verdict verdict;
    verdict.subject.credential_id = "urn:uuid:1";
    verdict.subject.index = wire::LogIndex{7};
    verdict.subject.issuer_name = wire::Name{Day{0}, "جامعة", "University", "Université"};
    verdict.subject.issuer_state = "LY";
    verdict.subject.state = "TN";
    verdict.subject.relation = wire::Relation{wire::RelationCode::kReplaces, {5}};
    verdict.subject.as_of = Instant{0};
    verdict.subject.facts_shown = 12;
    verdict.subject.facts_count = 74;
    verdict.subject.cosigners = {"DZ", "EG"};
    const codec::Json json = to_json(verdict);
    ASSERT_NE(json.find("certificate"), nullptr);
    EXPECT_EQ(
        codec::to_jcs(*json.find("certificate")),
        R"({"asOf":"1970-01-01T00:00:00Z","cosigners":["DZ","EG"],"factsCount":74,)"
        R"("factsShown":12,"id":"urn:uuid:1","index":7,)"
        R"("issuerName":{"ar":"جامعة","en":"University","fr":"Université"},"issuerState":"LY",)"
        R"("relation":{"certificate":5,"kind":"replaces"},"state":"TN"})");
}

TEST(VerdictJson, TellsTheLifeOfTheCertificateAndOfItsIssuer) {
    const wire::Name name{Day{0}, "وزارة", "Ministry", "Ministère"};
    Verdict verdict;
    verdict.subject.enrolment = {wire::CohortKind::kTransferIn, Day{0}, Instant{0}, true, false};
    verdict.subject.attestations = {{true, {3}, name, "TN", Instant{0}, true}};
    verdict.subject.issuer_changes = {
        {wire::SuccessionKind::kMerged, Day{0}, std::nullopt, {{8}, {9}}, true},
        {wire::SuccessionKind::kRenamed, Day{1}, name, {}}};
    verdict.subject.custodian = wire::MemberId{8};
    verdict.subject.decisions = {
        {wire::StatusState::kReplaced, {70}, false, {{8}, {9}}, Instant{0}, wire::LogIndex{71}},
        {wire::StatusState::kRevoked, {72}, true, {{9}}, std::nullopt, std::nullopt}};
    verdict.subject.known_members = {{{8}, name}};
    const std::string names = R"({"ar":"وزارة","en":"Ministry","fr":"Ministère"})";
    EXPECT_EQ(
        codec::to_jcs(*to_json(verdict).find("certificate")),
        R"({"attestations":[{"attestedAt":"1970-01-01T00:00:00Z","authority":3,"authorityName":)" +
            names +
            R"(,"of":"award","state":"TN","void":true}],"cosigners":[],"custodian":{"member":8,"name":)" +
            names +
            R"(},"decisions":[{"by":71,"effective":"1970-01-01T00:00:00Z","index":70,"members":[{)"
            R"("member":8,"name":)" +
            names +
            R"(},{"member":9}],"of":"certificate","state":"replaced"},{"index":72,"members":[{)"
            R"("member":9}],"of":"award","state":"revoked"}],)"
            R"("enrolment":{"committedAt":"1970-01-01T00:00:00Z","intake":"1970-01-01",)"
            R"("kind":"transfer-in","late":true,"void":false},"issuerChanges":[{"beforeAward":true,"day":)"
            R"("1970-01-01","kind":"merged","others":[{"member":8,"name":)" +
            names + R"(},{"member":9}]},{"day":"1970-01-02","kind":"renamed","name":)" + names +
            R"(,"others":[]}]})");
}

TEST(VerdictJson, NamesEveryAnswer) {
    EXPECT_EQ(to_string(Answer::kAuthentic), "authentic");
    EXPECT_EQ(to_string(Answer::kNotAuthentic), "not-authentic");
    EXPECT_EQ(to_string(Answer::kCouldNotCheck), "could-not-check");
    EXPECT_EQ(to_string(Answer::kTestLedgerOnly), "test-ledger-only");
}

}  // namespace
}  // namespace tasdiq::verify
