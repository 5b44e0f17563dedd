#pragma once

#include "ledger/world_test.hpp"
#include "merkle/log_proof.hpp"
#include "verify/required_records.hpp"
#include "wire/evidence.hpp"
#include "wire/trust_root.hpp"

// What a node would give for the certificates of a small ledger, and the trust root to judge by.
namespace tasdiq::judgement {

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

/// Makes evidence from a ledger as it is now; good until the ledger grows.
class Witness {
  public:
    explicit Witness(const ledger::world::World& world)
        : world_{world}, leaves_{world.view.entries()} {
        std::vector<merkle::MapUpdate> updates;
        for (const auto& [key, record] : world.view.records()) {
            updates.push_back({key.hash(), merkle::hash_map_value(record)});
        }
        ENSURE(map_.update(none_, updates));
    }

    /// With these keys of the issuer, opened by the holder's `secret`; a quorum cosigns it now.
    [[nodiscard]] wire::Evidence evidence(wire::LogIndex index,
                                          std::span<const wire::Ordinal> assertion_keys,
                                          const wire::CertificateSecret& secret) {
        wire::Evidence evidence{};
        evidence.origin = wire::origin_of(world_.genesis, world_.chain);
        evidence.opening = secret;
        evidence.certificate = prove(index);
        const auto entry = *wire::decode_certificate(evidence.certificate.entry);
        std::optional<wire::CertificateEntry> award;
        if (entry.award) {
            evidence.award = prove(*entry.award);
            award = *wire::decode_certificate(evidence.award->entry);
        }
        evidence.block = prove({world_.view.entries().size() - 1});
        const auto records = verify::find_records(
            index, entry, award ? &*award : nullptr, assertion_keys,
            [this](const wire::MapKey& key, verify::Need) { return world_.view.record(key); });
        ENSURE(records);
        for (const auto& key : records->keys) {
            evidence.records.push_back({key, world_.view.record(key)});
        }
        evidence.map_proof = prove(evidence.records);
        evidence.size = world_.view.entries().size();
        evidence.root = world_.view.log_head().root;
        cosign(world_, evidence, world_.now);
        return evidence;
    }

    [[nodiscard]] merkle::MapProof prove(const std::vector<wire::RecordClaim>& claims) {
        std::vector<merkle::KeyHash> hashes;
        for (const auto& claim : claims) hashes.push_back(claim.key.hash());
        return *map_.prove(none_, hashes);
    }

    /// As many of the states as are needed, the first ones.
    static void cosign(const ledger::world::World& world, wire::Evidence& evidence, Instant time) {
        evidence.cosignatures.clear();
        const std::string note = wire::note_text({evidence.origin, evidence.size, evidence.root});
        const auto states = wire::genesis_set(world.genesis);
        for (const auto& member : std::span{states}.first(wire::quorum_of(states.size()))) {
            evidence.cosignatures.push_back(
                {member.state, time,
                 world.keys.at({member.state, {2}}).sign(wire::cosignature_input(note, time))});
        }
    }

    /// Of who has seen nothing but the genesis block.
    [[nodiscard]] static wire::TrustRoot trust_root(const ledger::world::World& world) {
        const std::string origin = wire::origin_of(world.genesis, world.chain);
        const Bytes entry = wire::encode(world.genesis);
        merkle::CompactRange log;
        log.append(merkle::hash_leaf(world.view.entries()[0]));
        log.append(merkle::hash_leaf(world.view.entries()[1]));
        return {wire::LedgerKind::kTest,
                wire::GenesisHash{crypto::sha256(entry).array()},
                origin,
                {},
                wire::genesis_set(world.genesis),
                {origin, 2, log.root()},
                world.genesis.created};
    }

  private:
    [[nodiscard]] wire::ProvenEntry prove(wire::LogIndex index) {
        const auto& entries = world_.view.entries();
        return {index, entries[index.value],
                *merkle::inclusion_path(index.value, entries.size(), leaves_)};
    }

    const ledger::world::World& world_;
    LeafSource leaves_;
    merkle::SparseMap map_;
    merkle::NoPages none_;
};

}  // namespace tasdiq::judgement
