#include <functional>
#include <gtest/gtest.h>

#include "neighbours.hpp"

namespace tasdiq::judgement {
namespace {

using codec::Json;
using verify::Check;
using verify::Code;
using verify::Headline;

/// Calls `visit` on every value inside `json`, itself included.
void walk(Json& json, const std::function<void(Json&)>& visit) {
    visit(json);
    if (json.is_array()) {
        for (Json& one : json.as_array()) walk(one, visit);
    } else if (json.is_object()) {
        for (auto& member : json.as_object()) walk(member.value, visit);
    }
}

/// All documents that differ from `text` in one place.
std::vector<std::string> tampered(const std::string& text) {
    const Json original = *codec::parse_json(as_bytes(text));
    std::vector<std::string> results;
    std::size_t count = 0;
    Json copy = original;
    walk(copy, [&](Json&) { ++count; });
    const auto change = [&](std::size_t place, const std::function<void(Json&)>& edit) {
        Json changed = original;
        std::size_t at = 0;
        walk(changed, [&](Json& value) {
            if (at++ == place) edit(value);
        });
        const std::string result = codec::to_jcs(changed);
        if (result != codec::to_jcs(original)) results.push_back(result);
    };
    for (std::size_t place = 0; place < count; ++place) {
        change(place, [](Json& value) {  // another scalar, or one more element
            if (value.is_string()) {
                std::string& s = value.as_string();
                if (s.empty())
                    s = "x";
                else
                    s[s.size() / 2] = s[s.size() / 2] == 'A' ? 'B' : 'A';
            } else if (value.is_number()) {
                value = Json::number(value.as_number() + 1);
            } else if (value.is_boolean()) {
                value = !value.as_boolean();
            } else if (value.is_array()) {
                value.push("extra");
            } else if (value.is_object()) {
                value.set("extra", "x");
            } else {
                value = "not null";
            }
        });
        change(place, [](Json& value) {  // one element or member fewer; texts: longer
            if (value.is_array() && value.size() > 0) value.as_array().pop_back();
            if (value.is_object() && value.size() > 0) value.as_object().pop_back();
            if (value.is_string()) value.as_string() += " ";
        });
        change(place, [](Json& value) {  // the first two in another order
            if (value.is_array() && value.size() > 1)
                std::swap(value.as_array()[0], value.as_array()[1]);
        });
        change(place, [](Json& value) { value = Json{}; });
    }
    return results;
}

TEST(Tampering, WithACredentialIsAlwaysFound) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const std::string evidence = wire::encode(campus.evidence(held));
    verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
    const auto all = tampered(held.credential);
    EXPECT_GT(all.size(), 200U);
    const std::string context =
        R"({"@context":)" + std::string{certificate::context_jcs()} + R"(,"awardedDate":)";
    for (const std::string& document : all) {
        const auto verdict = verifier.verify(as_bytes(document), as_bytes(evidence), campus.now);
        EXPECT_FALSE(is_positive(verdict)) << document;
        const bool named =
            verdict.result_of(Check::kWellFormed).outcome == verify::Outcome::kFailed ||
            verdict.result_of(Check::kIntegrity).outcome == verify::Outcome::kFailed ||
            verdict.result_of(Check::kContent).outcome == verify::Outcome::kFailed;
        EXPECT_TRUE(named) << document;
        // Also where the change is one that no credential of ours has: a member more or fewer. But
        // what is no JSON has no proof, one of an unknown suite cannot be checked, another context
        // may be a later version's, and what is only written in another way has a proof that holds.
        const auto& integrity = verdict.result_of(Check::kIntegrity);
        const auto& form = verdict.result_of(Check::kWellFormed);
        const bool is_refused = form.outcome == verify::Outcome::kFailed;
        const bool is_open = document == "null" || form.code == Code::kDocumentNotJson ||
                             integrity.code == Code::kProofUnknownSuite ||
                             !document.starts_with(context) ||
                             (is_refused && integrity.outcome == verify::Outcome::kPassed);
        EXPECT_TRUE(is_open || verdict.headline == Headline::kAltered ||
                    verdict.headline == Headline::kUnknownIssuer)
            << document;
    }
}

TEST(Tampering, WithEvidenceIsAlwaysFound) {
    Campus campus;
    const Held degree = campus.hold(Campus::graduate());
    auto record = Campus::graduate();
    record.award.type = wire::CertificateType::kTranscript;
    record.courses = {{"CS101", "", "Algorithms", "", std::nullopt, std::nullopt, std::nullopt}};
    const Held held =
        campus.hold(record, wire::Relation{wire::RelationCode::kOfAward, degree.index});
    const std::string evidence = wire::encode(campus.evidence(held));
    ASSERT_EQ(campus.judge(held.credential, evidence).headline, Headline::kAuthentic);
    verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
    const auto all = tampered(evidence);
    EXPECT_GT(all.size(), 60U);
    for (const std::string& text : all) {
        const auto verdict = verifier.verify(as_bytes(held.credential), as_bytes(text), campus.now);
        EXPECT_FALSE(is_positive(verdict)) << text;
    }
}

TEST(Tampering, WithWhatEvidenceTellsOfALifeIsAlwaysFound) {
    Neighbours campus;
    campus.commit_cohort(*parse_day("2023-09-15"));
    const Held held = campus.hold(Campus::graduate());
    campus.attest(held.index);
    campus.become(SuccessionKind::kAbsorbed, {campus.carthage}, to_day(campus.now));
    campus.keep_archives();
    const std::string evidence = wire::encode(campus.evidence(held));
    const auto good = campus.judge(held.credential, evidence);
    ASSERT_EQ(good.headline, Headline::kAuthentic);
    ASSERT_TRUE(good.subject.enrolment && good.subject.custodian);
    ASSERT_EQ(good.subject.attestations.size(), 1U);
    EXPECT_EQ(good.subject.known_members.size(), 1U);  // successor and custodian are one
    // Not even by a verifier that remembers what it has seen of the good one.
    verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
    ASSERT_EQ(verifier.verify(as_bytes(held.credential), as_bytes(evidence), campus.now).headline,
              Headline::kAuthentic);
    const auto all = tampered(evidence);
    EXPECT_GT(all.size(), 80U);
    for (const std::string& text : all) {
        const auto verdict = verifier.verify(as_bytes(held.credential), as_bytes(text), campus.now);
        EXPECT_FALSE(is_positive(verdict)) << text;
    }
}

TEST(Tampering, InLayoutAloneChangesNothing) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    std::string spaced;
    for (const char c : held.credential) {
        spaced += c;
        if (c == ',') spaced += "\n  ";  // also inside texts: only where JSON allows it
    }
    const auto json = codec::parse_json(as_bytes(spaced));
    if (json && codec::to_jcs(*json) == held.credential) {
        EXPECT_EQ(campus.judge(spaced, wire::encode(campus.evidence(held))).headline,
                  Headline::kAuthentic);
    }
    EXPECT_EQ(
        campus.judge("\n " + held.credential + "\t", wire::encode(campus.evidence(held))).headline,
        Headline::kAuthentic);
}

TEST(Tampering, OfADocumentOfAnotherKindIsNoneOfOurs) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    const std::string evidence = wire::encode(campus.evidence(held));
    for (const char* document : {"{}", "[]", "7", R"({"name":"an invoice"})"}) {
        const auto verdict = campus.judge(document, evidence);
        EXPECT_EQ(verdict.headline, Headline::kCouldNotCheck) << document;
        EXPECT_EQ(verdict.result_of(Check::kWellFormed).code, Code::kDocumentNotCredential);
        EXPECT_EQ(verdict.result_of(Check::kRecorded).outcome, verify::Outcome::kNotChecked);
    }
}

/// A member that this version doesn't know, signed by the institution: a later version's
/// credential.
TEST(Tampering, IsNotWhatALaterVersionSigned) {
    Campus campus;
    linked::BundledContexts contexts;
    const Held held = campus.hold(Campus::graduate());
    Json document = *codec::parse_json(as_bytes(held.canonical.text()));
    document.set("later", "x");
    credential::ProofOptions options;
    options.verification_method = credential::make_key_url(
        credential::make_institution_did("ledger.example", kManar.value), Campus::kAssertion.value);
    options.created = campus.now;
    const auto unfinished = credential::signing_input(document, options, contexts.cache());
    ASSERT_TRUE(unfinished);
    const auto signature =
        campus.keys.at({kManar, Campus::kAssertion}).sign(unfinished->signing_input);
    const std::string later =
        codec::to_jcs(credential::attach(std::move(document), *unfinished, signature));
    auto verdict = campus.judge(later, wire::encode(campus.evidence(held)));
    EXPECT_EQ(verdict.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(verdict.result_of(Check::kWellFormed).code, Code::kDocumentNotCredential);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).outcome, verify::Outcome::kPassed);
    // With a context that this version lacks it cannot be said whether the proof holds; with ours
    // it can, also of what cannot be said in RDF.
    Json other = *codec::parse_json(as_bytes(later));
    other.find("@context")->push("https://ledger.example/later");
    verdict = campus.judge(codec::to_jcs(other), wire::encode(campus.evidence(held)));
    EXPECT_EQ(verdict.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).code, Code::kNewerThanVerifier);
    other = *codec::parse_json(as_bytes(later));
    other.set("later", Json::object().set("@id", "relative"));
    verdict = campus.judge(codec::to_jcs(other), wire::encode(campus.evidence(held)));
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    // Without evidence that holds, nobody knows whose keys would have to fit.
    verdict = campus.judge(later, "{}");
    EXPECT_EQ(verdict.headline, Headline::kCouldNotCheck);
    EXPECT_EQ(verdict.result_of(Check::kWellFormed).code, Code::kDocumentNotCredential);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).outcome, verify::Outcome::kNotChecked);
}

// -------------------------------------------------------------------- forgeries with a key in hand
TEST(Forgery, WithAStolenAssertionKeyIsNotWhatWasRecorded) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    auto better = Campus::graduate();
    better.award.grade = certificate::Grade{"19.99", "20"};
    const Held forged = campus.hold(better);  // signed by the right key, as a thief would
    auto evidence = campus.evidence(held);
    const auto verdict = campus.judge(forged.credential, wire::encode(evidence));
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).outcome, verify::Outcome::kPassed);
    EXPECT_EQ(verdict.result_of(Check::kContent).code, Code::kCommitmentDiffers);
}

TEST(Forgery, WithAStrangersKeyFailsIntegrity) {
    Campus campus;
    const auto stranger = key_named("stranger");
    const auto verdict =
        campus.judge(campus.hold(Campus::graduate(), std::nullopt, Campus::kAssertion, &stranger));
    EXPECT_EQ(verdict.headline, Headline::kAltered);
    EXPECT_EQ(verdict.result_of(Check::kIntegrity).code, Code::kProofInvalid);
}

TEST(Forgery, OfAnInstitutionElsewhereHasAnUnknownIssuer) {
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    std::string document = held.credential;
    for (std::size_t at = document.find("did:web:ledger.example:"); at != std::string::npos;
         at = document.find("did:web:ledger.example:", at + 8)) {
        document.replace(at, 23, "did:web:ledger.invalid:");
    }
    const auto verdict = campus.judge(document, wire::encode(campus.evidence(held)));
    EXPECT_EQ(verdict.headline, Headline::kUnknownIssuer);
}

TEST(Forgery, OfWhatTheLedgerSaysIsNamed) {
    // The university's own software lies about terms: signed and committed, but not what was
    // recorded.
    Campus campus;
    const Held held = campus.hold(Campus::graduate());
    struct Lie {
        const char* from;
        const char* to;
        Code code;
    };
    for (const Lie& lie :
         {Lie{"\"iscedLevel\":6", "\"iscedLevel\":7", Code::kLevelDiffers},
          Lie{"2026-06-20T00:00:00Z", "2026-06-21T00:00:00Z", Code::kDateDiffers},
          Lie{"\"name\":\"UTM\",", "\"name\":\"ENS\",", Code::kIssuerNameDiffers}}) {
        std::string document = held.credential;
        const std::string from{lie.from};
        for (std::size_t at = document.find(from); at != std::string::npos;
             at = document.find(from, at + 1)) {
            document.replace(at, from.size(), lie.to);
        }
        const auto verdict = campus.judge(document, wire::encode(campus.evidence(held)));
        EXPECT_EQ(verdict.headline, Headline::kAltered);
        EXPECT_EQ(verdict.result_of(Check::kContent).code, lie.code)
            << lie.from << ": " << verify::to_string(verdict.result_of(Check::kContent).code);
    }
}

}  // namespace
}  // namespace tasdiq::judgement
