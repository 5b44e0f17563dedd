#include <algorithm>

#include "model.hpp"

// Accreditations, policies and cohorts: what stands before anything is awarded.
namespace tasdiq::model {

using wire::CertificateType;
using wire::EndAction;
using wire::MapKey;
using wire::MemberKind;

const wire::AccreditationRecord* Model::accreditation(const wire::Awarding& one) const {
    if (!one.accreditation) return nullptr;
    const auto found = accreditations.find({one.institution, *one.accreditation});
    if (found == accreditations.end()) return nullptr;
    return is_void(found->second.index, found->second.signers) ? nullptr : &found->second;
}

MemberId Model::granter(const wire::AccreditationRecord& record,
                        const wire::MemberRecord& institution) const {
    const MemberId granted = standing_for(record.authority);
    return has_ended(granted) ? *supervisor(institution) : granted;
}

std::vector<wire::EndChange> Model::ends(const wire::AccreditationRecord& record) const {
    if (!record.ended) return {};
    std::vector<wire::EndChange> oldest_first{record.ended->earlier.rbegin(),
                                              record.ended->earlier.rend()};
    oldest_first.push_back(*record.ended);
    std::vector<wire::EndChange> withdrawn, suspended;
    for (const wire::EndChange& change : oldest_first) {
        if (is_void(change.index, change.signers)) continue;
        if (change.action == EndAction::kWithdraw) withdrawn.push_back(change);
        if (change.action == EndAction::kSuspend) suspended.push_back(change);
        if (change.action == EndAction::kResume) suspended.clear();
    }
    withdrawn.insert(withdrawn.end(), suspended.begin(), suspended.end());
    return withdrawn;
}

namespace {

bool is_business_of(std::uint32_t sector, CertificateType type) {
    switch (type) {
        case CertificateType::kDegree:
        case CertificateType::kHonorary: return sector == 0 || sector == 1 || sector == 5;
        case CertificateType::kSecondary: return sector == 0 || sector == 2 || sector == 5;
        case CertificateType::kVocational: return sector == 0 || sector == 3;
        case CertificateType::kLicence: return sector == 0 || sector == 4;
        case CertificateType::kProvisional:
        case CertificateType::kTranscript:
        case CertificateType::kSupplement:
        case CertificateType::kAttendance:
        case CertificateType::kMicroCredential: return true;
        // Authorities issue these themselves: nobody is accredited for them.
        case CertificateType::kEquivalency:
        case CertificateType::kAttestation: return false;
    }
    return false;
}

}  // namespace

bool Model::may_accredit(MemberId authority, const wire::MemberRecord& institution) const {
    if (!is_institution(institution.kind)) return false;
    const wire::MemberRecord& mine = members.at(authority);
    const MemberId supervising = *supervisor(institution);
    const wire::MemberRecord& its = members.at(supervising);
    const bool is_beside = its.parent == mine.parent && its.sector != mine.sector;
    const bool is_host =
        institution.kind == MemberKind::kBranch && institution.country == mine.country;
    return supervising == authority || is_beside || is_host;
}

void Model::check(const wire::Accredit& body, const Sent& sent, Offences& offences) const {
    check_sender(body.authority, kAuthorities, Needs::kNobodyElse, sent, offences);
    const auto* authority = member(body.authority);
    const auto* institution = member(body.institution);
    if (!authority) return;
    if (!institution) {
        offences.insert(310);
    } else if (!may_accredit(body.authority, *institution)) {
        offences.insert(311);
    }
    if (body.scope.to && *body.scope.to < body.scope.from) offences.insert(500);
    for (const auto& programme : body.programmes) {
        const auto& fields = body.scope.fields;
        if (std::find(fields.begin(), fields.end(), programme.field) == fields.end()) {
            offences.insert(501);
        }
    }
    for (const CertificateType type : body.scope.types) {
        if (!is_business_of(authority->sector, type)) offences.insert(502);
    }
}

void Model::take(const wire::Accredit& body, const Sent& sent) {
    const std::uint32_t number = counters.at(body.institution).next_accreditation++;
    put(MapKey::counters(body.institution), counters.at(body.institution));
    const wire::AccreditationRecord record{next_index(), sent.payload.signers, body.authority,
                                           body.scope, std::nullopt};
    accreditations.emplace(std::pair{body.institution, number}, record);
    put(MapKey::accreditation(body.institution, number), record);
    for (const auto& programme : body.programmes) {
        const wire::ProgrammeRecord one{next_index(), sent.payload.signers, programme.field,
                                        programme.titles};
        programmes.emplace(std::tuple{body.institution, number, programme.code}, one);
        put(MapKey::programme(body.institution, number, programme.code), one);
    }
}

void Model::check(const wire::EndAccreditation& body, const Sent& sent, Offences& offences) const {
    check_sender(body.authority, kAuthorities, Needs::kNobodyElse, sent, offences);
    const auto* institution = member(body.institution);
    if (!institution) {
        offences.insert(310);
        return;
    }
    if (!offences.empty() && *offences.begin() < 310) return;
    if (body.effective < today()) offences.insert(320);
    const auto* record = accreditation({body.institution, body.number});
    const bool is_its = record && standing_for(record->authority) == body.authority;
    if (!is_its && !may_accredit(body.authority, *institution)) offences.insert(311);
    if (!record) {
        offences.insert(510);
        return;
    }
    bool is_withdrawn = false;
    bool is_suspended = false;
    for (const wire::EndChange& end : ends(*record)) {
        if (end.action == EndAction::kWithdraw) is_withdrawn = true;
        if (end.action == EndAction::kSuspend) is_suspended = true;
    }
    if (is_withdrawn) offences.insert(511);
    if (is_suspended && body.action == EndAction::kSuspend) offences.insert(512);
    if (!is_suspended && body.action == EndAction::kResume) offences.insert(513);
    if (granter(*record, *institution) != body.authority) offences.insert(514);
    if (counting_ends(*record).size() > wire::kHistoryMax) offences.insert(515);
}

/// Whether they end something or not; the newest first.
std::vector<wire::EndChange> Model::counting_ends(const wire::AccreditationRecord& record) const {
    std::vector<wire::EndChange> all;
    if (!record.ended) return all;
    if (!is_void(record.ended->index, record.ended->signers)) all.push_back(*record.ended);
    for (const wire::EndChange& change : record.ended->earlier) {
        if (!is_void(change.index, change.signers)) all.push_back(change);
    }
    return all;
}

void Model::take(const wire::EndAccreditation& body, const Sent& sent) {
    auto& record = accreditations.at({body.institution, body.number});
    std::vector<wire::EndChange> earlier;
    if (record.ended) {
        earlier.push_back(*record.ended);
        earlier.insert(earlier.end(), record.ended->earlier.begin(), record.ended->earlier.end());
        if (earlier.size() > wire::kHistoryMax) earlier = counting_ends(record);
    }
    record.ended = wire::AccreditationEnd{
        {body.action, body.by, body.effective, next_index(), sent.payload.signers}, earlier};
    put(MapKey::accreditation(body.institution, body.number), record);
}

void Model::check(const wire::SetPolicy& body, const Sent& sent, Offences& offences) const {
    check_sender(body.member, kAuthorities | kInstitutions, Needs::kNobodyElse, sent, offences);
    for (const wire::Rule& rule : body.rules) {
        for (const auto& alternative : rule.alternatives) {
            bool has_own = false;
            for (const wire::Slot& slot : alternative) {
                if (slot.who == wire::Who::kSelf) has_own = true;
            }
            if (alternative.size() == 1 || !has_own) offences.insert(590);
        }
        const bool may_cool =
            rule.body == wire::BodyCode::kIssue || rule.body == wire::BodyCode::kStatus;
        if (rule.cool_off_s > (may_cool ? 90 * kSecondsPerDay : 0)) offences.insert(591);
    }
}

void Model::take(const wire::SetPolicy& body, const Sent& sent) {
    const wire::PolicyRecord record{next_index(), sent.payload.signers, body.rules};
    policies.insert_or_assign(body.member, record);
    put(MapKey::policy(body.member), record);
}

void Model::check(const wire::CommitCohort& body, const Sent& sent, Offences& offences) const {
    check_sender(body.institution, kInstitutions, Needs::kEverything, sent, offences);
}

void Model::take(const wire::CommitCohort& body, const Sent& sent) {
    const std::uint32_t number = counters.at(body.institution).next_cohort++;
    put(MapKey::counters(body.institution), counters.at(body.institution));
    const wire::CohortRecord record{
        next_index(), sent.payload.signers, body.kind, body.intake, body.count, body.root, now};
    cohorts.emplace(std::pair{body.institution, number}, record);
    put(MapKey::cohort(body.institution, number), record);
}

void Model::check(const wire::ReleaseSeats& body, const Sent& sent, Offences& offences) const {
    check_sender(body.institution, kInstitutions, Needs::kEverything, sent, offences);
    for (const wire::Seat& seat : body.seats) {
        const auto cohort = cohorts.find({seat.institution, seat.cohort});
        if (seat.institution != body.institution || cohort == cohorts.end() ||
            is_void(cohort->second.index, cohort->second.signers) ||
            seat.leaf >= cohort->second.count) {
            offences.insert(761);
        }
        const auto used = seats.find(seat);
        if (used != seats.end() && !is_void(used->second.index, used->second.signers)) {
            offences.insert(764);
        }
    }
}

void Model::take(const wire::ReleaseSeats& body, const Sent& sent) {
    for (const wire::Seat& seat : body.seats) {
        const wire::UsedSeatRecord record{next_index(), sent.payload.signers, std::nullopt};
        seats.insert_or_assign(seat, record);
        put(MapKey::used_seat(seat), record);
    }
}

}  // namespace tasdiq::model
