#pragma once

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "ledger/world_test.hpp"
#include "linked/bundled_contexts.hpp"
#include "merkle/log_proof.hpp"
#include "verify/required_records.hpp"
#include "verify/verifier.hpp"

// A university that issues, and the evidence that a node would give for its certificates.
namespace tasdiq::judgement {

using namespace ledger::world;  // NOLINT(google-build-using-namespace): the fixture's own words

/// Node hashes computed from all leaves: slow and obvious.
class LeafSource final : public merkle::NodeSource {
  public:
    explicit LeafSource(const std::vector<Bytes>& entries) {
        for (const Bytes& entry : entries) leaves_.push_back(merkle::hash_leaf(entry));
    }
    Result<merkle::MerkleHash, merkle::SourceError> node(merkle::NodeId id) override {
        const std::size_t width = std::size_t{1} << id.level;
        return merkle::root_of(std::span{leaves_}.subspan(id.index * width, width));
    }

  private:
    std::vector<merkle::MerkleHash> leaves_;
};

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
        second_state_keys();
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
        const certificate::Issuer issuer{kManar, "UTM", "UTM", "UTM", "ledger.example"};
        const auto digest = digest_of("uuid " + std::to_string(++made_));
        std::array<std::uint8_t, 16> random{};
        std::copy_n(digest.view().begin(), 16, random.begin());
        auto canonical =
            certificate::make_credential(record, issuer, certificate::make_uuid(random));
        ENSURE(canonical);
        credential::ProofOptions options;
        options.verification_method = credential::make_key_url(
            credential::make_institution_did("ledger.example", kManar.value), assertion.value);
        options.created = now;
        options.suite = suite;
        const auto unfinished =
            credential::signing_input(canonical->unsecured(), options, contexts_.cache());
        ENSURE(unfinished);
        const keys::SigningKey& key = forged != nullptr ? *forged : keys.at({kManar, assertion});
        const std::string secured = canonical->with_proof(
            credential::finish_proof(*unfinished, key.sign(unfinished->signing_input)));
        std::vector<wire::Awarding> awarding{{kManar, accreditation}};
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

    [[nodiscard]] wire::TrustRoot trust_root() const {
        const Bytes entry = wire::encode(genesis);
        return {wire::LedgerKind::kTest,
                wire::GenesisHash{crypto::sha256(entry).array()},
                origin(),
                {},
                wire::genesis_set(genesis),
                {origin(), 2, first_root_},
                genesis.created};
    }

    /// What a node would give now, opened by the holder.
    [[nodiscard]] wire::Evidence evidence(const Held& held) const {
        const auto& entries = view.entries();
        LeafSource leaves{entries};
        const auto prove = [&](LogIndex index) {
            return wire::ProvenEntry{index, entries[index.value],
                                     *merkle::inclusion_path(index.value, entries.size(), leaves)};
        };
        wire::Evidence evidence{};
        evidence.origin = origin();
        evidence.opening = held.secret;
        evidence.certificate = prove(held.index);
        const auto entry = *wire::decode_certificate(evidence.certificate.entry);
        std::optional<wire::CertificateEntry> award;
        if (entry.award) {
            evidence.award = prove(*entry.award);
            award = *wire::decode_certificate(evidence.award->entry);
        }
        evidence.block = prove({entries.size() - 1});
        const auto records = verify::find_records(
            held.index, entry, award ? &*award : nullptr, assertion_keys,
            [this](const wire::MapKey& key, verify::Need) { return view.record(key); });
        ENSURE(records);
        for (const auto& key : records->keys) evidence.records.push_back({key, view.record(key)});
        evidence.map_proof = prove_records(evidence.records);
        evidence.size = entries.size();
        evidence.root = view.log_head().root;
        cosign(evidence, now);
        return evidence;
    }

    [[nodiscard]] merkle::MapProof prove_records(
        const std::vector<wire::RecordClaim>& claims) const {
        merkle::SparseMap map;
        merkle::NoPages none;
        std::vector<merkle::MapUpdate> updates;
        for (const auto& [key, record] : view.records()) {
            updates.push_back({key.hash(), merkle::hash_map_value(record)});
        }
        ENSURE(map.update(none, updates));
        std::vector<merkle::KeyHash> hashes;
        for (const auto& claim : claims) hashes.push_back(claim.key.hash());
        return *map.prove(none, hashes);
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
        evidence.cosignatures.clear();
        const std::string note = wire::note_text({evidence.origin, evidence.size, evidence.root});
        for (const auto& member : wire::genesis_set(genesis)) {
            evidence.cosignatures.push_back(
                {member.state, time,
                 keys.at({member.state, {2}}).sign(wire::cosignature_input(note, time))});
        }
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
    // Of the next certificates: under which accreditation, awarded with whom, signed by whom.
    std::uint32_t accreditation = 1;
    std::vector<wire::Awarding> partners{};
    std::vector<Signer> signers{kDean, kRegistrar};
    std::optional<wire::Seat> seat{};                 // that it stands on
    std::vector<Ordinal> assertion_keys{kAssertion};  // that evidence holds

  private:
    void second_state_keys() {
        merkle::CompactRange log;
        log.append(merkle::hash_leaf(view.entries()[0]));
        log.append(merkle::hash_leaf(view.entries()[1]));
        first_root_ = log.root();
    }

    std::uint64_t made_ = 0;
    linked::BundledContexts contexts_;
    merkle::MerkleHash first_root_;
};

inline bool is_positive(const verify::Verdict& verdict) {
    return verdict.headline > verify::Headline::kCouldNotCheck;
}

}  // namespace tasdiq::judgement
