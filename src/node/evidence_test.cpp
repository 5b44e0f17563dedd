#include "merkle/map_proof.hpp"
#include "node/answers.hpp"
#include "node/small_node_test.hpp"

// Evidence as a node gives it, opened by the holder and judged by a verifier.
namespace tasdiq::node {
namespace {

TEST_F(NodeWithCertificates, GivesEvidenceThatVerifies) {
    for (std::size_t i = 0; i < small.held.size(); ++i) {
        const auto verdict = judge(small.held[i].credential, evidence_of(i));
        EXPECT_EQ(failures(verdict), "authentic");
        EXPECT_EQ(verdict.answer(), verify::Answer::kTestLedgerOnly);
        EXPECT_EQ(verdict.subject.index, wire::LogIndex{first + i});
    }
}

TEST_F(NodeWithCertificates, GivesManyEvidencesUnderOneCheckpoint) {
    const Json many =
        small.get_json("/api/v1/evidence?from=" + std::to_string(first) + "&count=12");
    const auto& list = many.find("evidence")->as_array();
    ASSERT_EQ(list.size(), 12U);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto verdict = judge(small.held[i].credential, small.open(list[i], small.held[i]));
        EXPECT_EQ(failures(verdict), "authentic");
    }
}

TEST_F(NodeWithCertificates, GivesTheTransactionOnRequest) {
    const std::string path = "/api/v1/evidence/" + std::to_string(first + 3);
    EXPECT_EQ(small.get_json(path).find("transaction"), nullptr);
    const Json with = small.get_json(path + "?transaction=1");
    ASSERT_NE(with.find("transaction"), nullptr);
    EXPECT_EQ(failures(judge(small.held[3].credential, small.open(with, small.held[3]))),
              "authentic");
}

TEST_F(NodeWithCertificates, EvidenceOfAnotherCertificateDoesNotVerify) {
    const auto verdict = judge(small.held[1].credential, evidence_of(0));
    EXPECT_EQ(failures(verdict), "altered content:commitment-differs");
}

TEST_F(NodeWithCertificates, AnAlteredCredentialIsNamedAltered) {
    Json document = parse(small.held[0].credential);
    Json names = Json::array();
    names.push("Someone Else");
    document.find("credentialSubject")->set("nameLatn", std::move(names));
    const auto verdict = judge(codec::to_jcs(document), evidence_of(0));
    EXPECT_EQ(verdict.headline, verify::Headline::kAltered);
    EXPECT_EQ(verdict.result_of(verify::Check::kIntegrity).outcome, verify::Outcome::kFailed);
}

TEST_F(NodeWithCertificates, AnyAlteredDigestInEvidenceIsNoticed) {
    const Json evidence = parse(evidence_of(2));
    const auto spoil = [](Json& text) {  // one character in the middle of base64
        std::string value = *text.get_string();
        char& c = value[value.size() / 2];
        c = c == 'A' ? 'B' : 'A';
        text = Json{value};
    };
    const auto expect_refused = [&](const Json& changed, const std::string& where) {
        const auto verdict = judge(small.held[2].credential, codec::to_jcs(changed));
        EXPECT_NE(verdict.headline, verify::Headline::kAuthentic) << where;
    };
    for (const char* member : {"certificate", "block"}) {
        for (const char* part : {"entry", "path"}) {
            Json changed = evidence;
            spoil(*changed.find(member)->find(part));
            expect_refused(changed, std::string{member} + "." + part);
        }
    }
    for (const char* member : {"mapProof", "secret"}) {
        Json changed = evidence;
        spoil(*changed.find(member));
        expect_refused(changed, member);
    }
    Json changed = evidence;
    spoil(*changed.find("checkpoint")->find("root"));
    expect_refused(changed, "checkpoint.root");
}

TEST_F(NodeWithCertificates, StatusChangesChangeTheVerdict) {
    const wire::LogIndex index{first};
    small.record(wire::Status{kUniversity, wire::StatusState::kSuspended, {index}},
                 {kRegistrar, kDean});
    EXPECT_EQ(judge(small.held[0].credential, evidence_of(0)).headline,
              verify::Headline::kSuspended);
    small.record(wire::Status{kUniversity, wire::StatusState::kReinstated, {index}},
                 {kRegistrar, kDean});
    EXPECT_EQ(judge(small.held[0].credential, evidence_of(0)).headline,
              verify::Headline::kAuthentic);
    small.record(wire::Status{kUniversity, wire::StatusState::kRevoked, {index}},
                 {kRegistrar, kDean});
    EXPECT_EQ(judge(small.held[0].credential, evidence_of(0)).headline, verify::Headline::kRevoked);
    EXPECT_EQ(judge(small.held[1].credential, evidence_of(1)).headline,
              verify::Headline::kAuthentic);
    const Json shown = small.get_json("/api/v1/certificates/" + std::to_string(first));
    EXPECT_EQ(*shown.find("status")->find("issuer")->find_string("state"), "revoked");
    EXPECT_TRUE(shown.find("status")->find("authority")->is_null());
}

TEST_F(NodeWithCertificates, EvidenceTellsOfSeatAttestationAndCustodian) {
    small.record(
        wire::CommitCohort{
            kUniversity, wire::CohortKind::kIntake, *parse_day("2025-09-15"), 20, {}},
        {kRegistrar, kDean});
    small.seat = {kUniversity, 1, 0};
    first = small.issue(10);
    small.record(wire::Attest{kMinistry, {{first}, {first + 1}}}, {kMinistry1, kMinistry2});
    const MemberId sousse = small.institution("Sousse");
    small.absorb_into(sousse);
    small.give_into_custody(sousse);
    const Json many =
        small.get_json("/api/v1/evidence?from=" + std::to_string(first) + "&count=10");
    const auto& list = many.find("evidence")->as_array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto verdict = judge(small.held[i].credential, small.open(list[i], small.held[i]));
        EXPECT_EQ(failures(verdict), "authentic");
        ASSERT_TRUE(verdict.subject.enrolment);
        EXPECT_FALSE(verdict.subject.enrolment->is_late);
        EXPECT_EQ(verdict.subject.attestations.size(), i < 2 ? 1U : 0U);
        EXPECT_EQ(verdict.subject.custodian, sousse);
        ASSERT_EQ(verdict.subject.known_members.size(), 1U);
        EXPECT_EQ(verdict.subject.known_members.front().second.en, "Sousse");
    }
    const auto page = [&](std::uint64_t index, const std::string& language) {
        return small.get("/certificates/" + std::to_string(index) + "?lang=" + language).body;
    };
    EXPECT_NE(page(first, "en").find("Attested by MESRS (Tunisia) on 1 July 2026."),
              std::string::npos);
    EXPECT_NE(page(first, "fr").find("Effectif des inscrits consigné le 1er juillet 2026"),
              std::string::npos);
    EXPECT_EQ(page(first + 2, "en").find("Attested by"), std::string::npos);
}

/// One key after the other until evidence has no room for them: all may have signed.
TEST_F(NodeWithCertificates, HasNoEvidenceThatNeedsTooManyRecords) {
    const auto add_keys = [this](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            small.record(
                wire::AddKey{kUniversity, small.world.next_key(kUniversity, Role::kAssertion)},
                {kDean, kMinistry1});
        }
    };
    const auto records_of = [this](std::uint64_t index) {
        return small.get_json("/api/v1/evidence/" + std::to_string(index)).find("records")->size();
    };
    add_keys(merkle::kMapClaimsMax - records_of(first));
    const std::uint64_t full = small.issue(10);
    EXPECT_EQ(records_of(full), merkle::kMapClaimsMax);
    EXPECT_EQ(failures(judge(small.held[0].credential,
                             small.open(small.get_json("/api/v1/evidence/" + std::to_string(full)),
                                        small.held[0]))),
              "authentic");
    add_keys(1);
    const std::string over = std::to_string(small.issue(10));
    for (const std::string& target :
         {"/api/v1/evidence/" + over, "/api/v1/evidence?from=" + over + "&count=10"}) {
        const auto answer = small.get(target);
        EXPECT_EQ(answer.status, 422U) << target;
        const Json problem = parse(answer.body);
        EXPECT_EQ(*problem.find_string("domain"), "api");
        EXPECT_EQ(problem.find("code")->get_integer(),
                  static_cast<std::int64_t>(ApiError::kEvidenceTooLarge));
    }
    EXPECT_EQ(small.get("/certificates/" + over).status, 200U);  // its page needs no proof
    EXPECT_EQ(records_of(full), merkle::kMapClaimsMax);          // nor are others' touched
}

}  // namespace
}  // namespace tasdiq::node
