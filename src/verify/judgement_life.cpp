// What a judgement tells of a certificate's life: when enrolment was committed to, who attested it,
// who awarded it and what became of them.
#include <algorithm>
#include <span>

#include "verify/judgement.hpp"
#include "verify/life.hpp"

namespace tasdiq::verify {

/// Information only: no headline looks at it.
void Judgement::check_attestation() {
    Subject& subject = verdict_.subject;
    subject.enrolment = enrolment_of(*records_);
    subject.attestations = attestations_of(*records_);
    if (subject.enrolment && subject.enrolment->is_void) {
        fail(Check::kAttestation, Code::kCohortVoided);
    } else if (subject.attestations.empty()) {
        skip(Check::kAttestation, Code::kNotInEvidence);
    } else if (std::ranges::all_of(subject.attestations, &Attested::is_void)) {
        fail(Check::kAttestation, Code::kAttestationVoided);
    } else {
        pass(Check::kAttestation);
    }
}

/// Who awarded it together, and what became of the one that issued it. What a voided key signed of
/// that counts as absent.
void Judgement::describe_issuer() {
    Subject& subject = verdict_.subject;
    const Day today = to_day(now_);
    const wire::Terms& terms = entry_->terms;
    for (const wire::Awarding& one : std::span{terms.awarding}.subspan(1)) {
        subject.partner_names.push_back(
            wire::name_on(records_->find_member(one.institution)->names, terms.awarded_on));
    }
    const wire::MemberRecord& issuer = records_->issuer;
    const auto remember = [&](wire::MemberId id) {
        const auto known = std::ranges::find(subject.known_members, id,
                                             &std::pair<wire::MemberId, wire::Name>::first);
        const wire::MemberRecord* member = records_->find_member(id);
        if (known == subject.known_members.end() && member != nullptr) {
            subject.known_members.emplace_back(id, wire::name_on(member->names, today));
        }
    };
    for (const wire::SuccessionItem& item : issuer.succession) {
        if (item.day < terms.awarded_on || item.day > today || records_->is_void(item)) continue;
        IssuerChange change{item.kind, item.day, std::nullopt, item.others};
        if (item.kind == wire::SuccessionKind::kRenamed)
            change.name = wire::name_on(issuer.names, item.day);
        subject.issuer_changes.push_back(std::move(change));
        std::ranges::for_each(item.others, remember);
    }
    const bool is_kept = issuer.custody && wire::has_ended(issuer, today);
    if (is_kept && !records_->is_void(*issuer.custody)) {
        subject.custodian = issuer.custody->custodian;
        remember(*subject.custodian);
    }
}

}  // namespace tasdiq::verify
