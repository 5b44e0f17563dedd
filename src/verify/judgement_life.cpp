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

/// By what an institution had ended on the day of the award, if it had: it should have awarded
/// nothing. Into what it went it may be told later, of whatever day: the end is the first one.
const wire::SuccessionItem* find_end_before(const CertificateRecords& records,
                                            const wire::MemberRecord& member, Day awarded_on) {
    const wire::SuccessionItem* end = nullptr;
    for (const wire::SuccessionItem& item : member.succession) {
        if (records.is_known_void(item)) continue;
        const bool is_reopened = item.kind == wire::SuccessionKind::kReopened;
        if (is_reopened && item.day <= awarded_on) end = nullptr;
        if (ends(item.kind) && end == nullptr) end = &item;
    }
    return end != nullptr && end->day < awarded_on ? end : nullptr;
}

/// Whether an end that was announced was taken back before its day: it never came.
bool never_came(const CertificateRecords& records, const wire::SuccessionItem& end) {
    const auto& all = records.issuer().succession;
    return std::any_of(all.begin() + (&end - all.data()), all.end(),
                       [&](const wire::SuccessionItem& later) {
                           return later.kind == wire::SuccessionKind::kReopened &&
                                  later.day < end.day && !records.is_known_void(later);
                       });
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
        known_members.emplace_back(member, records_->name_on(*record, to_day(now_)));
    }
}

/// Who awarded it together, and what became of the one that issued it. What a voided key signed of
/// that counts as absent.
void Judgement::describe_issuer() {
    Subject& subject = verdict_.subject;
    const Day today = to_day(now_);
    const wire::Terms& terms = entry_->terms;
    for (const wire::Awarding& one : std::span{terms.awarding}.subspan(1)) {
        const wire::MemberRecord& partner = *records_->find_member(one.institution);
        subject.partner_names.push_back(records_->name_on(partner, terms.awarded_on));
        if (find_end_before(*records_, partner, terms.awarded_on) != nullptr) {
            subject.ended_partners.push_back(subject.partner_names.back());
        }
    }
    const wire::MemberRecord& issuer = records_->issuer();
    const wire::SuccessionItem* const end = find_end_before(*records_, issuer, terms.awarded_on);
    bool had_ended = false;
    for (const wire::SuccessionItem& item : issuer.succession) {
        if (records_->is_known_void(item)) continue;
        const bool is_end = ends(item.kind);
        if (is_end && never_came(*records_, item)) continue;
        const bool is_back = item.kind == wire::SuccessionKind::kReopened;
        if (is_back && !had_ended) continue;
        had_ended = is_end || (had_ended && !is_back);
        const bool is_later = item.day >= terms.awarded_on && item.day <= today;
        if (!is_later && &item != end) continue;
        IssuerChange change{item.kind, item.day, std::nullopt, item.others, &item == end};
        if (item.kind == wire::SuccessionKind::kRenamed) {
            change.name = records_->name_on(issuer, item.day);
        }
        subject.issuer_changes.push_back(std::move(change));
        for (const wire::MemberId other : item.others) remember(other);
    }
    const auto& custody = issuer.custody;
    const bool is_kept = custody && wire::has_ended(issuer, today) &&
                         !wire::has_ended(*records_->find_member(custody->custodian), today);
    if (is_kept && !records_->is_void(*custody)) {
        subject.custodian = custody->custodian;
        remember(*subject.custodian);
    }
}

}  // namespace tasdiq::verify
