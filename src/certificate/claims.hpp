#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "credential/data_integrity.hpp"
#include "wire/codes.hpp"

namespace tasdiq::certificate {

// How a credential is cut into claims. Format: docs/formats/claims.md.

inline constexpr std::uint16_t kTableVersion = 1;
inline constexpr std::size_t kTableRows = 32;                           // of the tables together
inline constexpr std::size_t kBitmapSize = 4;                           // of either
inline constexpr std::size_t kCredentialSizeMax = 256 * 1024;           // as JCS, without proofs
inline constexpr std::size_t kSecuredSizeMax = 2 * kCredentialSizeMax;  // as a file

/// The pointer of a row; ends with `/*` where the row is an array's items. `row` < kTableRows.
[[nodiscard]] std::string_view pointer_of_row(std::uint8_t row);
/// Whether the row is an array's items.
[[nodiscard]] bool is_array_row(std::uint8_t row);
/// Whether certificates of `type` may have the row.
[[nodiscard]] bool has_row(wire::CertificateType type, std::uint8_t row);
/// The row's number in the table of `type`: its bit in the bitmap. `row` < kTableRows, of that
/// table.
[[nodiscard]] std::uint8_t number_in_table(wire::CertificateType type, std::uint8_t row);

/// A row and, where it is an array's, the number of the item.
struct ClaimId {
    std::uint8_t row;
    std::uint32_t item = 0;
    friend constexpr auto operator<=>(const ClaimId&, const ClaimId&) = default;
};
[[nodiscard]] std::string to_pointer(ClaimId claim);
/// The claim of a pointer, written as `to_pointer` does.
[[nodiscard]] std::optional<ClaimId> parse_claim_pointer(std::string_view pointer);

/// A claim's place in the canonical text: [begin, end) is the JCS text of its value.
struct Claim {
    ClaimId id;
    std::uint32_t begin, end;
    friend bool operator==(const Claim&, const Claim&) = default;
};

/// Why a document is not a credential of ours. Numbers are stable.
enum class ClaimsError : std::uint16_t {
    kTooLarge = 1,
    kJson = 2,
    kContext = 3,        // another `@context` than ours
    kUnknownMember = 4,  // a member that the table does not cover
    kMissing = 5,
    kType = 6,     // another JSON type, a null, an empty array, or another `type` than the format's
    kNoTable = 7,  // a certificate type that this version does not know
    kNotInTable = 8,  // a member that the certificate's type does not have
    kDate = 9,        // a date or date-time that is not written as the format has it
    kTarget = 10,     // both a certificate of a ledger and another document
};
[[nodiscard]] std::string_view to_string(ClaimsError error);

/// An error and where: a JSON pointer into the document.
struct ClaimsFault {
    ClaimsError error;
    std::string pointer;
    friend bool operator==(const ClaimsFault&, const ClaimsFault&) = default;
};

/// A credential of ours without its proofs, canonical and cut into claims. Only `read_credential`
/// and `make_credential` make one: it has the members of docs/formats/credential.md and no others.
class CanonicalCredential {
  public:
    /// The JCS text.
    [[nodiscard]] const std::string& text() const { return text_; }
    /// SHA-256 of the text.
    [[nodiscard]] const crypto::Sha256Digest& hash() const { return hash_; }
    /// In table order, arrays expanded.
    [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
    [[nodiscard]] std::string_view value_of(const Claim& claim) const {
        return std::string_view{text_}.substr(claim.begin, claim.end - claim.begin);
    }
    /// The JCS text of one claim's value; nothing if it is not there.
    [[nodiscard]] std::optional<std::string_view> find(ClaimId claim) const;
    /// The values of `id` and of `issuer.id`.
    [[nodiscard]] std::string id() const;
    [[nodiscard]] std::string issuer_did() const;
    [[nodiscard]] wire::CertificateType type() const { return type_; }
    [[nodiscard]] std::optional<Day> valid_until() const { return valid_until_; }
    [[nodiscard]] std::uint32_t course_count() const { return course_count_; }
    /// What the proof suites need; a view into this.
    [[nodiscard]] credential::Unsecured unsecured() const;
    /// The secured credential as JCS: the text with `proof`, a JCS text, where it belongs.
    [[nodiscard]] std::string with_proof(std::string_view proof) const;

  private:
    friend class CredentialBuilder;
    CanonicalCredential() = default;
    std::string text_;
    std::vector<Claim> claims_;
    crypto::Sha256Digest hash_;
    std::size_t proof_offset_ = 0;
    std::uint32_t course_count_ = 0;
    std::optional<Day> valid_until_;
    wire::CertificateType type_ = wire::CertificateType::kDegree;
};

/// Cuts a credential into claims; `proof` is left out. Errors: of each object first kUnknownMember,
/// then member by member in JCS order (kMissing, and what is wrong with its value), at last that
/// all names are missing; then kNotInTable, kMissing and kTarget for what the type asks for;
/// kTooLarge at the end. Cost: one pass, one SHA-256.
[[nodiscard]] Result<CanonicalCredential, ClaimsFault> read_credential(const codec::Json& document);

/// A credential of ours and the JCS text of its `proof`, if it has one.
struct SecuredCredential {
    CanonicalCredential credential;
    std::optional<std::string> proof;
};

/// Reads a file. Errors: kTooLarge, kJson, then those of `read_credential`. Cost: a text that
/// `with_proof` wrote is read in one pass, without a value in between; any other by way of one.
[[nodiscard]] Result<SecuredCredential, ClaimsFault> read_secured(ByteView json);

/// The JCS text of our `@context`.
[[nodiscard]] std::string_view context_jcs();

}  // namespace tasdiq::certificate
