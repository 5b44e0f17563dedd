#pragma once

#include <string_view>

// Every string that keeps the hashes and signatures of one purpose apart from those of another.
// None is a prefix of another one. domains_test.cpp has a vector for each.
namespace tasdiq::crypto {

// Signed: what follows the string, or stands beside it as COSE's external_aad, is the message.
inline constexpr std::string_view kTransactionDomain = "tasdiq/tx/1";         // external_aad
inline constexpr std::string_view kSealDomain = "tasdiq/seal/1";              // external_aad
inline constexpr std::string_view kPossessionDomain = "tasdiq/possession/1";  // then CBOR

// Hashed
inline constexpr std::string_view kSaltDomain = "tasdiq/salt/1";              // secret, u32
inline constexpr std::string_view kCommitmentDomain = "tasdiq/commitment/1";  // u64, root
inline constexpr std::string_view kStateDomain = "tasdiq/state/1";            // u64, root

// The first element of a CBOR array that is hashed
inline constexpr std::string_view kSetDomain = "tasdiq/set/1";
inline constexpr std::string_view kHeaderDomain = "tasdiq/header/1";
inline constexpr std::string_view kDocumentDomain = "tasdiq/document/1";
inline constexpr std::string_view kClaimDomain = "tasdiq/claim/1";
inline constexpr std::string_view kEnrolmentDomain = "tasdiq/enrolment/1";

// Trees. Spec: RFC 9162 §2.1.1; jmt.
inline constexpr std::string_view kLogLeafDomain{"\x00", 1};
inline constexpr std::string_view kLogNodeDomain{"\x01", 1};
inline constexpr std::string_view kJmtLeaf = "JMT::LeafNode";
inline constexpr std::string_view kJmtInternal = "JMT::IntrnalNode";
/// Not hashed: the hash of an empty map, 32 bytes.
inline constexpr std::string_view kJmtEmpty = "SPARSE_MERKLE_PLACEHOLDER_HASH__";

}  // namespace tasdiq::crypto
