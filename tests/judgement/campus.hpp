#pragma once

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "codec/jcs.hpp"
#include "secured.hpp"
#include "verify/verifier.hpp"
#include "witness.hpp"

// A university that issues, and the evidence that a node would give for its certificates.
namespace tasdiq::judgement {

using namespace ledger::world;  // NOLINT(google-build-using-namespace): the fixture's own words

/// A certificate as its holder has it.
struct Held {
    LogIndex index;
    std::string credential;
    wire::CertificateSecret secret;
    certificate::CanonicalCredential canonical;
    wire::Terms terms;
};

struct Campus : Manar {
    Campus() {
        ENSURE(send(wire::AddKey{kManar, next_key(kManar, Role::kAssertion)},
                    {kPresident, kMinistry1}));
    }

    static certificate::Record graduate() {
        certificate::Record record;
        record.holder.names = {{"أميرة الطرابلسي", certificate::Script::kArab},
                               {"Amira Trabelsi", certificate::Script::kLatn}};
        record.holder.birth_date = certificate::PartialDate{2003, 5, 14};
        record.award.title = {"الإجازة في الإعلامية", "Bachelor of Computing",
                              "Licence d’informatique"};
        record.award.level = 6;
        record.award.field = 613;
        record.award.awarded_on = *parse_day("2026-06-20");
        record.award.intake = *parse_day("2023-09-15");
        record.award.site = 1;
        record.award.grade = certificate::Grade{"16.42", "20"};
        return record;
    }

    /// Makes, signs and records one certificate in a block of its own.
    Held hold(const certificate::Record& record,
              std::optional<wire::Relation> relation = std::nullopt, Ordinal assertion = kAssertion,
              const keys::SigningKey* forged = nullptr) {
        const auto digest = digest_of("uuid " + std::to_string(++made_));
        std::array<std::uint8_t, 16> random{};
        std::copy_n(digest.view().begin(), 16, random.begin());
        auto canonical =
            certificate::make_credential(record, issuer, certificate::make_uuid(random));
        ENSURE(canonical);
        const keys::SigningKey& key =
            forged != nullptr ? *forged : keys.at({issuer.member, assertion});
        const std::string secured =
            secure(*canonical, {issuer.member, assertion}, key, {now, suite}, contexts_);
        std::vector<wire::Awarding> awarding{{issuer.member, accreditation}};
        awarding.insert(awarding.end(), partners.begin(), partners.end());
        const wire::Terms terms = certificate::make_terms(record, awarding);
        const wire::CertificateSecret secret{digest_of("secret " + std::to_string(made_)).array()};
        const auto commitment = certificate::commit(*canonical, terms, secret);
        const auto accepted = issue(terms, {{commitment, relation, seat}}, signers);
        ENSURE(accepted);
        return {accepted->first_certificate, secured, secret, *std::move(canonical), terms};
    }

    /// Commits to 20 seats; the next certificates stand on the first of them.
    LogIndex commit_cohort(Day intake, wire::CohortKind kind = wire::CohortKind::kIntake,
                           const std::vector<Signer>& by = {kDean, kRegistrar}) {
        const std::uint32_t number =
            record<wire::CountersRecord>(wire::MapKey::counters(kManar))->next_cohort;
        const auto answer = send(wire::CommitCohort{kManar, kind, intake, 20, {}}, by);
        ENSURE(answer);
        seat = {kManar, number, 0};
        return answer->index;
    }
    LogIndex attest(LogIndex certificate) {
        const auto answer = send(wire::Attest{kMinistry, {certificate}}, {kMinistry1, kMinistry2});
        ENSURE(answer);
        return answer->index;
    }

    /// What the next certificates are secured with.
    std::string_view suite = credential::kDefaultSuite;

    [[nodiscard]] std::string origin() const { return wire::origin_of(genesis, chain); }

    [[nodiscard]] wire::TrustRoot trust_root() const { return Witness::trust_root(*this); }

    /// What a node would give now, opened by the holder.
    [[nodiscard]] wire::Evidence evidence(const Held& held) const {
        return Witness{*this}.evidence(held.index, assertion_keys, held.secret);
    }

    [[nodiscard]] merkle::MapProof prove_records(
        const std::vector<wire::RecordClaim>& claims) const {
        return Witness{*this}.prove(claims);
    }

    /// The same evidence without that record, or with it; good but for that.
    [[nodiscard]] wire::Evidence without(wire::Evidence evidence, const wire::MapKey& key) const {
        const auto dropped = std::erase_if(
            evidence.records, [&](const wire::RecordClaim& one) { return one.key == key; });
        ENSURE(dropped == 1);
        evidence.map_proof = prove_records(evidence.records);
        return evidence;
    }
    [[nodiscard]] wire::Evidence with(wire::Evidence evidence, const wire::MapKey& key) const {
        const auto place =
            std::ranges::lower_bound(evidence.records, key, {}, &wire::RecordClaim::key);
        ENSURE(place == evidence.records.end() || place->key != key);
        evidence.records.insert(place, {key, view.record(key)});
        evidence.map_proof = prove_records(evidence.records);
        return evidence;
    }

    void cosign(wire::Evidence& evidence, Instant time) const {
        Witness::cosign(*this, evidence, time);
    }

    [[nodiscard]] verify::Verdict judge(const Held& held) const {
        return judge(held, evidence(held));
    }
    [[nodiscard]] verify::Verdict judge(const Held& held, const wire::Evidence& evidence) const {
        return judge(held.credential, wire::encode(evidence));
    }
    [[nodiscard]] verify::Verdict judge(std::string_view document,
                                        std::string_view evidence) const {
        verify::Verifier verifier{trust_root(), verify::Belief::kFileOnly};
        return verifier.verify(as_bytes(document), as_bytes(evidence), now);
    }

    static constexpr Ordinal kAssertion{3};
    // Of the next certificates: whose, under which accreditation, awarded with whom, signed by
    // whom.
    certificate::Issuer issuer{kManar, "UTM", "UTM", "UTM", "ledger.example"};
    std::optional<std::uint32_t> accreditation = 1;
    std::vector<wire::Awarding> partners{};
    std::vector<Signer> signers{kDean, kRegistrar};
    std::optional<wire::Seat> seat{};                 // that it stands on
    std::vector<Ordinal> assertion_keys{kAssertion};  // that evidence holds

  private:
    std::uint64_t made_ = 0;
    linked::BundledContexts contexts_;
};

inline bool is_positive(const verify::Verdict& verdict) {
    return verdict.headline > verify::Headline::kCouldNotCheck;
}

}  // namespace tasdiq::judgement
