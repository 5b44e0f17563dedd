#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "certificate/claims.hpp"
#include "codec/json.hpp"
#include "wire/evidence.hpp"

namespace tasdiq::certificate {

// Format: docs/formats/commitment.md. Spec: DESIGN §6.

/// The commitment to `credential` under `terms`. Cost: three short hashes a claim.
[[nodiscard]] wire::Commitment commit(const CanonicalCredential& credential,
                                      const wire::Terms& terms,
                                      const wire::CertificateSecret& secret);

/// Why shown facts are refused. Numbers are stable.
enum class FactsError : std::uint16_t {
    // Making
    kUnknownPointer = 1,  // not a pointer of the table
    kNotPresent = 2,      // not in this credential
    // The header
    kHeader = 10,        // not a canonical header-leaf
    kTableVersion = 11,  // newer than this verifier
    kBitmap = 12,        // of another size, or a bit for a row that the type does not have
    kLeafCount = 13,     // fewer leaves than the bitmap and the course count ask for
    // A claim
    kClaim = 20,       // not a canonical claim-leaf
    kPointer = 21,     // not of a row that is present, or an item beyond the course count
    kValue = 22,       // not the JCS text of one JSON value
    kClaimOrder = 23,  // not ascending, or a leaf index that no claim can have
    // The tree
    kPath = 30,
    kCommitment = 31,
};
[[nodiscard]] std::string_view to_string(FactsError error);

/// An error and which: the pointer, or the number of the claim; empty for the header.
struct FactsFault {
    FactsError error;
    std::string where;
    friend bool operator==(const FactsFault&, const FactsFault&) = default;
};

/// Opens single facts of a certificate for showing. `pointers` name claims
/// (`/credentialSubject/grade`, `/credentialSubject/courses/3`) or, with `/*`, all items of an
/// array; in any order, twice is once. Errors: kUnknownPointer, kNotPresent.
[[nodiscard]] Result<wire::ShownFacts, FactsFault> open_facts(
    const CanonicalCredential& credential, const wire::Terms& terms,
    const wire::CertificateSecret& secret, std::span<const std::string_view> pointers);

struct Fact {
    ClaimId claim;
    std::string pointer;
    codec::Json value;
};

/// Facts that lie under a commitment. Only `verify_facts` makes one.
class VerifiedFacts {
  public:
    [[nodiscard]] const wire::Terms& terms() const { return terms_; }
    [[nodiscard]] std::optional<Day> valid_until() const { return valid_until_; }
    [[nodiscard]] std::uint32_t course_count() const { return course_count_; }
    /// All facts of the certificate, shown or not.
    [[nodiscard]] std::uint64_t facts_count() const { return facts_count_; }
    [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }

  private:
    friend class FactsVerifier;
    VerifiedFacts() = default;
    wire::Terms terms_{};
    std::optional<Day> valid_until_;
    std::uint32_t course_count_ = 0;
    std::uint64_t facts_count_ = 0;
    std::vector<Fact> facts_;
};

/// Checks that header and facts lie under `commitment`. That the header's terms are the entry's is
/// `check_facts_terms`'.
/// Errors: kHeader, kTableVersion, kBitmap, kLeafCount; claim by claim kClaim, kPointer, kValue,
/// kClaimOrder; then kPath, kCommitment.
[[nodiscard]] Result<VerifiedFacts, FactsFault> verify_facts(const wire::Commitment& commitment,
                                                             const wire::ShownFacts& shown);

}  // namespace tasdiq::certificate
