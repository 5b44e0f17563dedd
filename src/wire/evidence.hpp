#pragma once

#include "codec/json.hpp"
#include "merkle/map_proof.hpp"
#include "wire/checkpoint.hpp"
#include "wire/record.hpp"

namespace tasdiq::wire {

inline constexpr std::size_t kEvidenceSizeMax = 256 * 1024;
using CertificateSecret = TaggedBytes<struct CertificateSecretTag, 32>;

/// An entry as it stands in the log, and its inclusion path under the checkpoint.
struct ProvenEntry {
    LogIndex index;
    Bytes entry;
    std::vector<merkle::MerkleHash> path;
    friend bool operator==(const ProvenEntry&, const ProvenEntry&) = default;
};

/// A record of the map, or that there is none.
struct RecordClaim {
    MapKey key;
    std::optional<Bytes> record;
    friend bool operator==(const RecordClaim&, const RecordClaim&) = default;
};

/// One fact shown, with its leaf's place under the commitment. `leaf` is the encoded claim-leaf.
struct ShownClaim {
    std::uint64_t leaf_index;
    Bytes leaf;
    std::vector<merkle::MerkleHash> path;
    friend bool operator==(const ShownClaim&, const ShownClaim&) = default;
};

/// A header and single facts instead of the whole credential.
struct ShownFacts {
    std::uint64_t leaf_count;
    Bytes header;  // encoded header-leaf
    std::vector<merkle::MerkleHash> header_path;
    std::vector<ShownClaim> claims;  // ascending by leaf index
    friend bool operator==(const ShownFacts&, const ShownFacts&) = default;
};

/// What makes a certificate checkable without asking anyone. Well-formed, not verified.
/// Format: docs/formats/evidence.md. Spec: DESIGN §6.
struct Evidence {
    std::string origin;
    std::variant<CertificateSecret, ShownFacts> opening;
    ProvenEntry certificate;
    std::optional<ProvenEntry> award;        // when the award is another certificate
    std::optional<ProvenEntry> transaction;  // optional: the envelope as signed
    ProvenEntry block;                       // index = size − 1
    std::vector<RecordClaim> records;        // ascending by encoded key
    merkle::MapProof map_proof;              // one for all records
    std::uint64_t size;                      // the checkpoint's
    merkle::MerkleHash root;
    std::vector<Cosignature> cosignatures;  // exactly a quorum, ascending by state
};

[[nodiscard]] std::string encode(const Evidence& evidence);
/// Errors: kTooLarge, kJson, kMember, kOutOfRange, kOrder; what is inside entries and records is
/// not looked at.
[[nodiscard]] Result<Evidence, WireFault> parse_evidence(ByteView json);

}  // namespace tasdiq::wire
