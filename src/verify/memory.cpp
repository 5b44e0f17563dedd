#include "verify/memory.hpp"

#include <algorithm>

#include "base/sort.hpp"

namespace tasdiq::verify {
namespace {

using Claims = std::vector<wire::RecordClaim>;

/// Where the claim stands that the certificate has no status; the end if there is none.
Claims::const_iterator find_no_status(const wire::Evidence& evidence) {
    const auto key = wire::MapKey::status(evidence.certificate.index);
    const auto found = std::ranges::lower_bound(evidence.records, key, {}, &wire::RecordClaim::key);
    const bool is_absent =
        found != evidence.records.end() && found->key == key && !found->record.has_value();
    return is_absent ? found : evidence.records.end();
}

bool is_same_but(const Claims& claims, Claims::const_iterator but, const Claims& others) {
    const auto before = but - claims.begin();
    return claims.size() == others.size() + 1 && std::equal(claims.begin(), but, others.begin()) &&
           std::equal(but + 1, claims.end(), others.begin() + before);
}

}  // namespace

std::optional<crypto::PublicKey> KeyMemo::parse(const wire::KeyRecord& record) {
    if (!last_ || last_->algorithm() != record.algorithm ||
        !std::ranges::equal(last_->view(), record.public_key)) {
        auto parsed = crypto::PublicKey::parse(record.algorithm, record.public_key);
        if (!parsed) return std::nullopt;
        last_ = *std::move(parsed);
    }
    return last_;
}

const RecordsMemo::Known* RecordsMemo::find(const wire::Evidence& evidence,
                                            const wire::CertificateEntry& entry) const {
    if (!last_ || entry.award || entry.terms.awarding != last_->awarding ||
        entry.terms.programme != last_->programme || entry.signers != last_->signers) {
        return nullptr;
    }
    const auto status = find_no_status(evidence);
    const bool is_known =
        status != evidence.records.end() && is_same_but(evidence.records, status, last_->others);
    return is_known ? &*last_ : nullptr;
}

void RecordsMemo::keep(const wire::Evidence& evidence, const wire::CertificateEntry& entry,
                       const CertificateRecords& records) {
    const auto status = find_no_status(evidence);
    if (entry.award || status == evidence.records.end()) return;
    Known known{records, {}, entry.terms.awarding, entry.terms.programme, entry.signers, {}};
    known.others.assign(evidence.records.begin(), status);
    known.others.insert(known.others.end(), status + 1, evidence.records.end());
    for (const wire::RecordClaim& one : known.others) known.claims.push_back(to_map_claim(one));
    sort(known.claims, {}, &merkle::MapClaim::key);
    last_ = std::move(known);
}

merkle::MapClaim to_map_claim(const wire::RecordClaim& claim) {
    return {claim.key.hash(),
            claim.record ? std::optional{merkle::hash_map_value(*claim.record)} : std::nullopt};
}

}  // namespace tasdiq::verify
