#pragma once

#include <span>

#include "codec/json.hpp"
#include "merkle/map_proof.hpp"
#include "wire/checkpoint.hpp"
#include "wire/record.hpp"

namespace tasdiq::wire {

inline constexpr std::size_t kEvidenceSizeMax = 1024 * 1024;  // bytes
inline constexpr std::size_t kPathCountMax = 64;              // hashes of an inclusion path
inline constexpr std::size_t kClaimsShownMax = 1'024;
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
    std::vector<ShownClaim> claims;  // ascending by leaf index, from 1 on
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
    std::vector<RecordClaim> records;        // 1–64, ascending by encoded key
    merkle::MapProof map_proof;              // one for all records
    std::uint64_t size;                      // the checkpoint's
    merkle::MerkleHash root;
    std::vector<Cosignature> cosignatures;  // exactly a quorum, ascending by state
    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What `records`, ascending by key, claim of `key`; nullptr if they do not speak of it.
[[nodiscard]] const RecordClaim* find_claim(std::span<const RecordClaim> records,
                                            const MapKey& key);

/// JCS. What `parse_evidence` refuses is a defect (ENSURE), but for kTooLarge.
[[nodiscard]] std::string encode(const Evidence& evidence);
/// The same without `secret` or `facts`, which only the holder has: what a node gives. The holder
/// adds one of them; `parse_evidence` refuses it without.
[[nodiscard]] std::string encode_unopened(const Evidence& evidence);
/// Evidence as a node gave it (the text of `encode_unopened`, or the same JSON in any layout) with
/// the holder's secret: what `encode` would write. Errors: those of `parse_evidence`.
[[nodiscard]] Result<std::string, WireFault> open_evidence(std::string_view unopened,
                                                           const CertificateSecret& secret);
/// What is inside entries and records is not looked at.
/// Errors: kTooLarge, kJson, then the form of all members: kMember, kText, kOutOfRange; then their
/// limits: kText, kOutOfRange, kOrder, kMismatch (block and size). Cost: what `encode` wrote is
/// read in one pass, anything else by way of a JSON value.
[[nodiscard]] Result<Evidence, WireFault> parse_evidence(ByteView json);

}  // namespace tasdiq::wire
