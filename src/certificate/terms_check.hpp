#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "certificate/claims.hpp"
#include "certificate/commitment.hpp"
#include "wire/values.hpp"

namespace tasdiq::certificate {

/// How a document and the ledger differ. Numbers are stable; the order is that of the checks.
enum class TermsError : std::uint16_t {
    kIssuer = 1,      // the issuer's id
    kIssuerName = 2,  // its names on the day awarded
    kType = 3,
    kLevel = 4,
    kField = 5,
    kProgramme = 6,  // code, or titles where the ledger has them
    kDate = 7,       // awardedDate, validFrom
    kCapture = 8,
    kMode = 9,
    kOther = 10,       // intake, site, jointly awarding institutions, derived texts
    kValidUntil = 11,  // shown facts: validUntil and the header's
    kTerms = 12,       // shown facts: the header's terms are not the entry's
};
[[nodiscard]] std::string_view to_string(TermsError error);

/// An error and where: a JSON pointer into the document.
struct TermsFault {
    TermsError error;
    std::string pointer;
    friend bool operator==(const TermsFault&, const TermsFault&) = default;
};

/// What the ledger says about a certificate.
struct LedgerFacts {
    wire::Terms terms;
    std::string host;                       // of the origin
    wire::Name issuer;                      // as of the award date; `from` is not looked at
    std::optional<wire::Titles> programme;  // where there is a programme record
};

/// Document says what the ledger says: every claim that follows from terms and names has the value
/// that it must. Errors in the order of TermsError.
[[nodiscard]] Result<Ok, TermsFault> check_document_terms(const CanonicalCredential& credential,
                                                          const LedgerFacts& ledger);

/// The same for shown facts: kTerms first, then those claims that are shown.
[[nodiscard]] Result<Ok, TermsFault> check_facts_terms(const VerifiedFacts& facts,
                                                       const LedgerFacts& ledger);

}  // namespace tasdiq::certificate
