#include <algorithm>
#include <iterator>

#include "base/sort.hpp"
#include "verify/memory.hpp"

namespace tasdiq::verify {
namespace {

using Claims = std::vector<wire::RecordClaim>;

/// What evidence says of its certificate alone. Everything else may be another's just as well.
class OwnClaims {
  public:
    explicit OwnClaims(const wire::Evidence& evidence)
        : status_key_{wire::MapKey::status(evidence.certificate.index)},
          attestation_key_{wire::MapKey::attestation(evidence.certificate.index)},
          status_{wire::find_claim(evidence.records, status_key_)},
          attestation_{wire::find_claim(evidence.records, attestation_key_)} {}

    /// No status, and an attestation or no word of one: so are most.
    [[nodiscard]] bool are_plain() const {
        return status_ != nullptr && !status_->record &&
               (attestation_ == nullptr || attestation_->record);
    }
    [[nodiscard]] std::optional<Bytes> attestation() const {
        return attestation_ != nullptr ? attestation_->record : std::nullopt;
    }
    [[nodiscard]] bool hold(const wire::RecordClaim& claim) const {
        return claim.key == status_key_ || claim.key == attestation_key_;
    }

  private:
    wire::MapKey status_key_, attestation_key_;
    const wire::RecordClaim* status_;
    const wire::RecordClaim* attestation_;
};

bool is_same_but(const Claims& claims, const OwnClaims& own, const Claims& others) {
    auto other = others.begin();
    for (const wire::RecordClaim& claim : claims) {
        if (own.hold(claim)) continue;
        if (other == others.end() || claim != *other) return false;
        ++other;
    }
    return other == others.end();
}

/// The cohort, without the place in it.
std::optional<std::pair<wire::MemberId, std::uint32_t>> cohort_of(
    const wire::CertificateEntry& entry) {
    if (!entry.seat) return std::nullopt;
    return std::pair{entry.seat->institution, entry.seat->cohort};
}

}  // namespace

const RecordsMemo::Known* RecordsMemo::find(const wire::Evidence& evidence,
                                            const wire::CertificateEntry& entry) const {
    if (!last_ || entry.award || entry.terms != last_->terms || entry.signers != last_->signers ||
        cohort_of(entry) != last_->cohort) {
        return nullptr;
    }
    const OwnClaims own{evidence};
    const bool is_known = own.are_plain() && own.attestation() == last_->attestation &&
                          is_same_but(evidence.records, own, last_->others);
    return is_known ? &*last_ : nullptr;
}

void RecordsMemo::keep(const wire::Evidence& evidence, const wire::CertificateEntry& entry,
                       const CertificateRecords& records) {
    const OwnClaims own{evidence};
    if (entry.award || !own.are_plain()) return;
    Known known{records, {}, entry.terms, entry.signers, cohort_of(entry), own.attestation(), {}};
    std::ranges::copy_if(evidence.records, std::back_inserter(known.others),
                         [&](const wire::RecordClaim& claim) { return !own.hold(claim); });
    for (const wire::RecordClaim& one : known.others) known.claims.push_back(to_map_claim(one));
    sort(known.claims, {}, &merkle::MapClaim::key);
    last_ = std::move(known);
}

std::vector<merkle::MapClaim> RecordsMemo::claims_of(const Known& known, wire::LogIndex index) {
    std::vector<merkle::MapClaim> claims = known.claims;
    claims.push_back({wire::MapKey::status(index).hash(), {}});
    if (known.attestation) {
        claims.push_back(to_map_claim({wire::MapKey::attestation(index), known.attestation}));
    }
    return claims;
}

}  // namespace tasdiq::verify
