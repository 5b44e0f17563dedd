#include "verify/memory.hpp"

#include <gtest/gtest.h>

#include "students.hpp"
#include "verify/verdict_json.hpp"

// What a verifier remembers of one certificate, and what it must not say of the next.
namespace tasdiq::judgement {
namespace {

using verify::Headline;
using wire::CohortKind;
using wire::MapKey;

/// Certificates under the same terms that differ in their seats and attestations.
struct Class : Campus {
    Class() {
        commit_cohort(kIntake, CohortKind::kIntake, {kDean, kRegistrar});
        seated();
        seat->leaf = 1;
        seated();
        const LogIndex stolen =
            commit_cohort(kIntake, CohortKind::kIntake, {kPresident, kRegistrar});
        seated();
        seat.reset();
        seated();
        seated();
        attest(held[3].index);
        now.seconds += 60;
        attest(held[1].index);
        seated();
        const LogIndex false_word = attest(held[5].index);
        seat = {kManar, 1, 2};
        seated();
        ENSURE(send(wire::VoidKey{kMinistry, kManar, kPresident.ordinal, stolen},
                    {kMinistry1, kMinistry2}));
        ENSURE(send(wire::VoidKey{kTunisia, kMinistry, {1}, false_word}, {kVote1, kVote2}));
        const auto both = [&](const Held& one) { return wire::encode(evidence(one)); };
        std::ranges::transform(held, std::back_inserter(evidences), both);
    }
    void seated() { held.push_back(hold(student())); }

    std::vector<Held> held;
    std::vector<std::string> evidences;
};

TEST(Memory, NeverGivesOneCertificateAnothersSeatOrAttestation) {
    Class campus;
    const auto verdict_of = [&](verify::Verifier& verifier, std::size_t i,
                                const std::string& evidence) {
        const auto verdict =
            verifier.verify(as_bytes(campus.held[i].credential), as_bytes(evidence), campus.now);
        return codec::to_jcs(verify::to_json(verdict));
    };
    const auto fresh = [&](std::size_t i, const std::string& evidence) {
        verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
        return verdict_of(verifier, i, evidence);
    };
    const std::size_t count = campus.held.size();
    // Good evidence, and the same with what belongs to another slipped in.
    std::vector<std::vector<std::string>> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i] = {campus.evidences[i]};
        const auto own = campus.evidence(campus.held[i]);
        for (const auto& key :
             {MapKey::status(campus.held[i].index), MapKey::attestation(campus.held[0].index),
              MapKey::attestation(campus.held[3].index), MapKey::attestation(campus.held[1].index),
              MapKey::cohort(kManar, 1), MapKey::cohort(kManar, 2)}) {
            const bool is_there = std::ranges::any_of(
                own.records, [&](const wire::RecordClaim& one) { return one.key == key; });
            all[i].push_back(
                wire::encode(is_there ? campus.without(own, key) : campus.with(own, key)));
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_NE(fresh(i, all[i][0]).find(R"("headline":"authentic")"), std::string::npos) << i;
        for (const std::string& text : all[i]) {
            const std::string expected = fresh(i, text);
            for (std::size_t before = 0; before < count; ++before) {
                verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
                std::ignore = verdict_of(verifier, before, campus.evidences[before]);
                EXPECT_EQ(verdict_of(verifier, i, text), expected) << before << " then " << i;
            }
        }
    }
}

/// All that decides which records are needed must be the same.
TEST(Memory, KeepsRecordsForThoseWhoNeedTheSame) {
    Campus campus;
    campus.commit_cohort(kIntake);
    const Held held = campus.hold(student());
    const auto evidence = campus.evidence(held);
    const auto entry = *wire::decode_certificate(campus.view.entries()[held.index.value]);
    verify::RecordsMemo memo;
    EXPECT_EQ(memo.find(evidence, entry), nullptr);
    memo.keep(evidence, entry, *records_of(campus, held));
    EXPECT_NE(memo.find(evidence, entry), nullptr);
    auto next = entry;
    ++next.seat->leaf;
    EXPECT_NE(memo.find(evidence, next), nullptr) << "its neighbour in the cohort";

    const auto finds = [&](void (*change)(wire::CertificateEntry&)) {
        auto other = entry;
        change(other);
        return memo.find(evidence, other) != nullptr;
    };
    EXPECT_FALSE(finds([](auto& other) { other.signers = {kPresident, kRegistrar}; }));
    EXPECT_FALSE(finds([](auto& other) { ++other.terms.awarded_on.days; }));
    EXPECT_FALSE(finds([](auto& other) { ++other.seat->cohort; }));
    EXPECT_FALSE(finds([](auto& other) { other.seat.reset(); }));
    EXPECT_FALSE(finds([](auto& other) { other.award = LogIndex{1}; }));
    EXPECT_EQ(memo.find(campus.with(evidence, wire::MapKey::member(kSecretariat)), entry), nullptr);
}

TEST(Memory, GivesNoCertificateAnothersStatus) {
    Campus campus;
    const Held plain = campus.hold(student());
    const Held revoked = campus.hold(student());
    const Held degree = campus.hold(student());
    const Held copy =
        campus.hold(student(), wire::Relation{wire::RelationCode::kDuplicate, degree.index});
    ASSERT_TRUE(campus.send(wire::Status{kManar, wire::StatusState::kRevoked, {revoked.index}},
                            {kDean, kRegistrar}));
    ASSERT_TRUE(campus.send(wire::Status{kMinistry, wire::StatusState::kSuspended, {degree.index}},
                            {kMinistry1, kMinistry2}));
    const auto after = [&](const Held& before, const Held& held, const wire::Evidence& evidence) {
        verify::Verifier verifier{campus.trust_root(), verify::Belief::kFileOnly};
        const auto judge = [&](const Held& one, const wire::Evidence& its) {
            const std::string text = wire::encode(its);
            return verifier.verify(as_bytes(one.credential), as_bytes(text), campus.now);
        };
        std::ignore = judge(before, campus.evidence(before));
        return judge(held, evidence);
    };
    EXPECT_EQ(after(plain, revoked, campus.evidence(revoked)).headline, Headline::kRevoked);
    EXPECT_EQ(after(revoked, plain, campus.evidence(plain)).headline, Headline::kAuthentic);
    EXPECT_EQ(after(plain, copy, campus.evidence(copy)).headline, Headline::kSuspended);
    // Same terms as the plain one, and silent about the award that was suspended.
    expect_incomplete(
        after(plain, copy, campus.without(campus.evidence(copy), MapKey::status(degree.index))));
}

}  // namespace
}  // namespace tasdiq::judgement
