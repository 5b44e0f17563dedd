#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wire/evidence.hpp"
#include "wire/transaction.hpp"
#include "wire/trust_root.hpp"

// For tests: the example that docs/formats tells. One state, one secretariat, one ministry (member
// 3), one university (7); every key comes from a seed of 32 equal bytes.
namespace tasdiq::wire::example {

class Key {
  public:
    explicit Key(std::uint8_t seed);
    [[nodiscard]] crypto::Ed25519PublicKey public_key() const;
    [[nodiscard]] Bytes sign(ByteView message) const;

  private:
    Bytes public_key_, secret_key_;
};

Genesis genesis();
ChainId chain();
std::string origin();
Terms terms();
std::vector<Item> items();
Payload payload();
Bytes envelope();
CertificateEntry certificate();
BlockEntry block();
MemberRecord member_record();
KeyRecord key_record();
AccreditationRecord accreditation_record();
StatusRecord status_record();
StatusRecord reinstated_record();
CohortRecord cohort_record();
AttestationRecord attestation_record();
/// One of each body that is not shown otherwise, in a payload signed by nobody yet.
std::vector<std::pair<std::string, Body>> bodies();
Checkpoint checkpoint();
SignedNote note();
Evidence evidence();
TrustRoot trust_root();

/// A page of docs/formats and the label of one of its fenced blocks.
struct Block {
    const char* page;
    const char* label;
    std::string text;
};
/// Every block that the pages must show.
std::vector<Block> blocks();

/// A folder below tests/fuzz/corpus, the name of a file, its bytes.
struct Seed {
    std::string folder, name;
    Bytes bytes;
};
std::vector<Seed> seeds();

}  // namespace tasdiq::wire::example
