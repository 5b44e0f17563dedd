// What a judgement tells of a certificate's life: when enrolment was committed to, who attested it,
// who awarded it and what became of them.
#include <algorithm>
#include <span>

#include "verify/judgement.hpp"
#include "verify/life.hpp"

namespace tasdiq::verify {
namespace {

bool ends(wire::SuccessionKind kind) {
    using enum wire::SuccessionKind;
    return kind == kMerged || kind == kAbsorbed || kind == kSplit || kind == kClosed;
}

/// By what the issuer had ended on the day of the award, if it had: it should have awarded nothing.
/// Who signed that need not be in the evidence; only what is known to be void counts as absent.
const wire::SuccessionItem* find_end_before(const CertificateRecords& records, Day awarded_on) {
    const wire::SuccessionItem* end = nullptr;
    for (const wire::SuccessionItem& item : records.issuer.succession) {
        const bool is_known = std::ranges::all_of(item.signers, [&](const wire::Signer& signer) {
            return records.find_member(signer.member) != nullptr;
        });
        if (item.day >= awarded_on || (is_known && records.is_void(item))) continue;
        if (ends(item.kind)) end = &item;
        if (item.kind == wire::SuccessionKind::kReopened) end = nullptr;
    }
    return end;
}

}  // namespace

/// Information only: no headline looks at it.
void Judgement::check_attestation() {
    Subject& subject = verdict_.subject;
    subject.attestations = attestations_of(*records_);
    if (subject.attestations.empty()) {
        skip(Check::kAttestation, Code::kNotInEvidence);
    } else if (std::ranges::all_of(subject.attestations, &Attested::is_void)) {
        fail(Check::kAttestation, Code::kAttestationVoided);
    } else {
        pass(Check::kAttestation);
    }
}

/// Information only, too.
void Judgement::check_enrolment() {
    const auto& enrolment = verdict_.subject.enrolment = enrolment_of(*records_);
    if (!enrolment) {
        skip(Check::kEnrolment, Code::kNotNeeded);
    } else if (enrolment->is_void) {
        fail(Check::kEnrolment, Code::kCohortVoided);
    } else {
        pass(Check::kEnrolment);
    }
}

void Judgement::remember(wire::MemberId member) {
    auto& known_members = verdict_.subject.known_members;
    const auto known =
        std::ranges::find(known_members, member, &std::pair<wire::MemberId, wire::Name>::first);
    const wire::MemberRecord* record = records_->find_member(member);
    if (known == known_members.end() && record != nullptr) {
        known_members.emplace_back(member, wire::name_on(record->names, to_day(now_)));
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
    const wire::SuccessionItem* const end = find_end_before(*records_, terms.awarded_on);
    for (const wire::SuccessionItem& item : issuer.succession) {
        const bool is_later =
            item.day >= terms.awarded_on && item.day <= today && !records_->is_void(item);
        if (!is_later && &item != end) continue;
        IssuerChange change{item.kind, item.day, std::nullopt, item.others, &item == end};
        if (item.kind == wire::SuccessionKind::kRenamed)
            change.name = wire::name_on(issuer.names, item.day);
        subject.issuer_changes.push_back(std::move(change));
        for (const wire::MemberId other : item.others) remember(other);
    }
    const bool is_kept = issuer.custody && wire::has_ended(issuer, today);
    if (is_kept && !records_->is_void(*issuer.custody)) {
        subject.custodian = issuer.custody->custodian;
        remember(*subject.custodian);
    }
}

}  // namespace tasdiq::verify
