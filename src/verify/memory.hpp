#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/public_key.hpp"
#include "linked/bundled_contexts.hpp"
#include "merkle/map_proof.hpp"
#include "verify/checkpoint_check.hpp"
#include "verify/required_records.hpp"

// What a verifier remembers from one document to the next. All of it was computed from bytes which
// are compared whole before it is used again: a verdict never depends on it, only its cost does.
namespace tasdiq::verify {

/// Parses the keys of key records; knows the last one.
class KeyMemo {
  public:
    [[nodiscard]] std::optional<crypto::PublicKey> parse(const wire::KeyRecord& record);

  private:
    std::optional<crypto::PublicKey> last_;
};

/// The records of the last certificate without an award of its own and without a status. All that
/// the others of its issue differ in are the keys of the status that they do not have and of an
/// attestation; what the record of that holds is compared like any other.
class RecordsMemo {
  public:
    struct Known {
        CertificateRecords records;            // `keys` are those of the first certificate
        std::vector<merkle::MapClaim> claims;  // without status and attestation, ascending

        // All that `find_records` goes by.
        wire::Terms terms;
        std::vector<wire::Signer> signers;
        std::optional<std::pair<wire::MemberId, std::uint32_t>> cohort;
        std::optional<Bytes> attestation;       // the record, if it was claimed
        std::vector<wire::RecordClaim> others;  // the records claimed, without those two
    };

    /// What is known, if it is of this certificate too. Valid until the next `keep`.
    [[nodiscard]] const Known* find(const wire::Evidence& evidence,
                                    const wire::CertificateEntry& entry) const;
    /// Takes the records that were found by way of `evidence`, whose map proof is good.
    void keep(const wire::Evidence& evidence, const wire::CertificateEntry& entry,
              const CertificateRecords& records);
    /// What the map must hold for the certificate at `index`, of which `known` is known.
    [[nodiscard]] static std::vector<merkle::MapClaim> claims_of(const Known& known,
                                                                 wire::LogIndex index);

  private:
    std::optional<Known> last_;
};

struct Memory {
    explicit Memory(const wire::TrustRoot& root) : finality{root} {}

    FinalityChecker finality;
    merkle::MapProofMemo map_proofs;
    KeyMemo keys;
    RecordsMemo records;
    linked::BundledContexts contexts;
};

/// What the map must hold for `claim`.
[[nodiscard]] merkle::MapClaim to_map_claim(const wire::RecordClaim& claim);

}  // namespace tasdiq::verify
