#pragma once

#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "wire/record.hpp"

namespace tasdiq::verify {

/// Whether evidence must speak of a record, be it to say that there is none.
enum class Need : std::uint8_t { kRequired, kOptional };

/// Where records come from: evidence in a verifier, the map in a node. Nothing: there is none.
using RecordLookup = std::function<std::optional<Bytes>(const wire::MapKey&, Need)>;

/// What one of those who award together was accredited for.
struct PartnerRecords {
    std::optional<wire::AccreditationRecord> accreditation;
    std::optional<wire::ProgrammeRecord> programme;
};

/// The records that decide about a certificate. Spec: docs/formats/evidence.md, "Which records".
struct CertificateRecords {
    wire::MemberId issuer_id;
    std::vector<std::pair<wire::MemberId, wire::MemberRecord>>
        members;                           // ascending; all that matter
    std::vector<PartnerRecords> partners;  // in the order of the terms' awarding; the issuer first
    std::optional<wire::MemberId> authority_id;  // that accredited the issuer
    std::vector<std::pair<wire::Ordinal, wire::KeyRecord>>
        assertion_keys;  // of the issuer, as asked for
    std::optional<wire::StatusRecord> status;
    std::optional<wire::StatusRecord> award_status;
    std::optional<wire::CohortRecord> cohort;  // of the seat that it, or its award, stands on
    std::optional<wire::AttestationRecord> attestation;
    std::optional<wire::AttestationRecord> award_attestation;
    std::vector<wire::MapKey> keys;  // of every record needed, present or not, and of every
                                     // optional one that is present; ascending

    [[nodiscard]] const wire::MemberRecord* find_member(wire::MemberId member) const;
    [[nodiscard]] const wire::MemberRecord& issuer() const { return *find_member(issuer_id); }
    /// Whether one of `signers` was voided for what it signed at `index`; unknown members count as
    /// voided.
    [[nodiscard]] bool is_void(std::span<const wire::Signer> signers, wire::LogIndex index) const;
    /// Whether what is said to have become of a member is void. Who signed that need not be in the
    /// evidence: then it counts.
    [[nodiscard]] bool is_known_void(const wire::SuccessionItem& item) const;
    /// What a member was called on a day.
    [[nodiscard]] const wire::Name& name_on(const wire::MemberRecord& member, Day day) const;
    /// The same of a record or a part of one, at its own index.
    template <class Signed>
    [[nodiscard]] bool is_void(const Signed& what) const {
        return is_void(what.signers, what.index);
    }
};

/// A code that came to a list after this was built: no fault of the document's.
/// Spec: DESIGN §4 (code lists).
[[nodiscard]] inline bool is_newer(const wire::WireFault& fault) {
    return fault.error == wire::WireError::kUnknownCode;
}

/// Why records cannot decide.
enum class RecordsError : std::uint8_t {
    kMalformed = 1,
    kMemberMissing = 2,
    kCohortMissing = 3,
    kNewer = 4,  // a code that this version does not know
};

/// Of those into whom an issuer went so many are named; docs/formats/evidence.md has the rule.
inline constexpr std::size_t kSuccessorsNamedMax = 16;

/// The seat that a certificate stands on: its own or its award's.
[[nodiscard]] std::optional<wire::Seat> find_seat(const wire::CertificateEntry& certificate,
                                                  const wire::CertificateEntry* award);

/// Looks up what must be known about the certificate at `index`, and about its award, if that is
/// another. `assertion_keys` are the issuer's keys that the document's proofs name. The one list of
/// what evidence holds: the node makes evidence with it, the verifier reads by it.
[[nodiscard]] Result<CertificateRecords, RecordsError> find_records(
    wire::LogIndex index, const wire::CertificateEntry& certificate,
    const wire::CertificateEntry* award, std::span<const wire::Ordinal> assertion_keys,
    const RecordLookup& lookup);

/// The ordinal, if `key` names a key record of `member`.
[[nodiscard]] std::optional<wire::Ordinal> key_ordinal(const wire::MapKey& key,
                                                       wire::MemberId member);

}  // namespace tasdiq::verify
