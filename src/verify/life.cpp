#include "verify/life.hpp"

namespace tasdiq::verify {

std::optional<Enrolment> enrolment_of(const CertificateRecords& records) {
    if (!records.cohort) return std::nullopt;
    const wire::CohortRecord& cohort = *records.cohort;
    return Enrolment{cohort.kind, cohort.intake, cohort.time,
                     wire::is_committed_late(cohort.intake, cohort.time), records.is_void(cohort)};
}

std::vector<Attested> attestations_of(const CertificateRecords& records) {
    std::vector<Attested> all;
    const auto add = [&](const std::optional<wire::AttestationRecord>& one, bool of_award) {
        if (!one) return;
        const wire::MemberRecord& authority = *records.find_member(one->authority);
        all.push_back({of_award, one->authority, records.name_on(authority, to_day(one->time)),
                       authority.country, one->time, records.is_void(*one)});
    };
    add(records.attestation, false);
    add(records.award_attestation, true);
    return all;
}

}  // namespace tasdiq::verify
