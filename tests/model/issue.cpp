#include <algorithm>

#include "model.hpp"

// Issues: "Issue", 1 to 11, but for the relations (relations.cpp).
namespace tasdiq::model {

using wire::AppliesTo;
using wire::Capture;
using wire::CertificateType;
using wire::MapKey;
using wire::RelationCode;

namespace {

bool comes_from_register(Capture capture) {
    return capture == Capture::kRegister || capture == Capture::kReconstructed;
}
std::int64_t days_since(Day day, Day today) { return std::int64_t{today.days} - day.days; }

/// A list that only replaces, duplicates or restores; or one that also finalises.
struct Repeats {
    bool all = true, finalises = false;
};

Repeats repeats_of(const std::vector<wire::Item>& items) {
    Repeats repeats;
    for (const wire::Item& item : items) {
        if (!item.relation || item.relation->code == RelationCode::kOfAward ||
            item.relation->code == RelationCode::kAnnotates) {
            repeats.all = false;
        } else if (item.relation->code == RelationCode::kFinalises) {
            repeats.finalises = true;
        }
    }
    return repeats;
}

std::uint64_t awards_in(const std::vector<wire::Item>& items) {
    std::uint64_t awards = 0;
    for (const wire::Item& item : items) {
        if (!item.relation) ++awards;
    }
    return awards;
}

template <class Value>
bool is_among(const std::vector<Value>& values, const Value& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

void check_days(const wire::Issue& body, Day today, Offences& offences) {
    const std::int64_t age = days_since(body.terms.awarded_on, today);
    if (age < 0) offences.insert(700);
    if (body.terms.capture == Capture::kContemporaneous && age > 400) offences.insert(701);
    if (body.terms.capture == Capture::kLate && age > 3660) offences.insert(702);
}

/// Which kinds of items a list has: a policy may ask for something else for each.
std::set<std::optional<RelationCode>> relations_in(const std::vector<wire::Item>& items) {
    std::set<std::optional<RelationCode>> relations;
    for (const wire::Item& item : items) {
        relations.insert(item.relation ? std::optional{item.relation->code} : std::nullopt);
    }
    return relations;
}

}  // namespace

bool is_of_authorities(CertificateType type) {
    return type == CertificateType::kEquivalency || type == CertificateType::kAttestation;
}

// ------------------------------------------------------------------ who signs
std::vector<Asked> Model::asked_for_issue(const wire::Issue& body,
                                          const std::vector<wire::Item>& items,
                                          std::optional<RelationCode> relation,
                                          Offences& offences) const {
    const wire::Terms& terms = body.terms;
    const bool by_authority = is_of_authorities(terms.type);
    const bool from_register = comes_from_register(terms.capture);
    const bool awards = awards_in(items) > 0 && !from_register;
    std::vector<Asked> asked;
    for (const wire::Awarding& one : terms.awarding) {
        Offences mine;
        const auto who = acting(one.institution, by_authority ? kAuthorities : kInstitutions,
                                awards ? Needs::kEverything : Needs::kArchives, mine);
        offences.insert(mine.begin(), mine.end());
        if (!who) continue;
        Asked its{*who, alternatives(*who, {wire::BodyCode::kIssue, terms, relation})};
        const auto* record = by_authority ? nullptr : accreditation(one);
        if (!by_authority && who->self != who->authority) {
            its.registers = from_register;
        }
        const bool is_asked = record && !from_register && !repeats_of(items).all;
        if (is_asked && has_run_out(*record)) {
            const MemberId granted = granter(*record, members.at(one.institution));
            // The custodian's two keys are its signature, too.
            if (granted != who->self) its.one_more = granted;
        }
        asked.push_back(its);
    }
    return asked;
}

bool Model::has_run_out(const wire::AccreditationRecord& record) const {
    if (record.scope.to && *record.scope.to < today()) return true;
    for (const wire::EndChange& end : ends(record)) {
        if (end.effective <= today()) return true;
    }
    return false;
}

void Model::check(const wire::Issue& body, const Sent& sent, Offences& offences) const {
    const wire::Terms& terms = body.terms;
    const std::vector<wire::Item>& items = *sent.items;
    for (const auto& relation : relations_in(items)) {
        const auto asked = asked_for_issue(body, items, relation, offences);
        // Who may not act has no policy.
        if (!offences.empty() && *offences.begin() < 600) return;
        check_policy(asked, restorers(items), sent.payload.signers, offences);
    }
    const Repeats repeats = repeats_of(items);
    const bool is_full = !repeats.all;
    if (is_full || repeats.finalises) check_days(body, today(), offences);
    if (is_full && items.size() < 10 && terms.programme) offences.insert(703);
    if (is_full && terms.intake && *terms.intake > terms.awarded_on) offences.insert(704);
    for (const wire::Awarding& one : terms.awarding) {
        if (is_of_authorities(terms.type)) {
            if ((is_full || repeats.finalises) && one.accreditation) offences.insert(510);
        } else if (is_full || repeats.finalises) {
            check_accredited(body, one, !is_full, awards_in(items), offences);
        }
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].relation) check_relation(body, items, i, offences);
        if (commitments.contains(items[i].commitment)) offences.insert(750);
    }
    check_seats(body, items, offences);
}

// ------------------------------------------------------------------ accreditation
void Model::check_accredited(const wire::Issue& body, const wire::Awarding& one, bool type_only,
                             std::uint64_t awards, Offences& offences) const {
    const wire::Terms& terms = body.terms;
    const auto* record = accreditation(one);
    if (!record) {
        offences.insert(510);
        return;
    }
    if (!is_among(record->scope.types, terms.type)) offences.insert(720);
    if (type_only) return;
    check_scope(terms, one, *record, offences);
    check_branch(terms, one, *record, offences);
    check_dates(terms, *record, offences);
    const bool registers = comes_from_register(terms.capture);
    const std::optional<std::uint64_t> quota =
        registers ? std::optional{record->scope.register_quota} : record->scope.quota;
    const auto year = static_cast<std::uint32_t>(to_civil(today()).year);
    const auto count = counts.find({one.institution, *one.accreditation, year, registers});
    const std::uint64_t so_far = count == counts.end() ? 0 : count->second;
    if (quota && awards > 0 && so_far + awards > *quota) offences.insert(740);
}

/// Whether it was accredited on the day that decides.
void Model::check_dates(const wire::Terms& terms, const wire::AccreditationRecord& record,
                        Offences& offences) const {
    const bool by_award = record.scope.applies == AppliesTo::kAward;
    const auto day = by_award ? std::optional{terms.awarded_on} : terms.intake;
    if (!day) {
        offences.insert(730);
    } else {
        if (*day < record.scope.from) offences.insert(731);
        if (record.scope.to && *day > *record.scope.to) offences.insert(732);
    }
    for (const wire::EndChange& end : ends(record)) {
        const auto deciding =
            end.by == AppliesTo::kAward ? std::optional{terms.awarded_on} : terms.intake;
        if (!deciding || *deciding >= end.effective) offences.insert(733);
    }
}

void Model::check_scope(const wire::Terms& terms, const wire::Awarding& one,
                        const wire::AccreditationRecord& record, Offences& offences) const {
    const wire::Scope& scope = record.scope;
    if (!is_among(scope.levels, terms.level)) offences.insert(721);
    if (!is_among(scope.fields, terms.field)) offences.insert(722);
    if (!is_among(scope.modes, terms.mode)) offences.insert(723);
    if (one == terms.awarding.front()) {
        bool has_site = false;
        for (const wire::Site& site : scope.sites) has_site = has_site || site.site == terms.site;
        if (!has_site) offences.insert(724);
    }
    if (!scope.by_programme || !terms.programme) return;
    const auto programme = programmes.find({one.institution, *one.accreditation, *terms.programme});
    if (programme == programmes.end() ||
        is_void(programme->second.index, programme->second.signers)) {
        offences.insert(725);
    } else if (programme->second.field != terms.field) {
        offences.insert(726);
    }
}

std::optional<MemberId> Model::first_abroad(const wire::MemberRecord& branch) const {
    std::optional<MemberId> above = branch.parent;
    while (above && members.at(*above).country == branch.country) above = members.at(*above).parent;
    return above;
}

void Model::check_branch(const wire::Terms& terms, const wire::Awarding& one,
                         const wire::AccreditationRecord& record, Offences& offences) const {
    const wire::MemberRecord& branch = members.at(one.institution);
    if (branch.kind != wire::MemberKind::kBranch) return;
    const std::string& country = branch.country;
    const auto home_side = first_abroad(branch);
    if (!home_side) return;
    if (members.at(record.authority).country != country) offences.insert(727);
    bool has_home_side = false;
    for (const wire::Awarding& other : terms.awarding) {
        if (other.institution != home_side) continue;
        if (const auto* home = accreditation(other)) {
            for (const wire::Site& site : home->scope.sites) {
                if (site.country == country) has_home_side = true;
            }
        }
    }
    if (!has_home_side) offences.insert(728);
}

// ------------------------------------------------------------------ seats
void Model::check_seats(const wire::Issue& body, const std::vector<wire::Item>& items,
                        Offences& offences) const {
    std::set<wire::Seat> taken;
    for (const wire::Item& item : items) {
        if (!item.seat) continue;
        if (item.relation) offences.insert(760);
        check_cohort_of(body.terms, *item.seat, offences);
        if (!taken.insert(*item.seat).second) offences.insert(763);
        const auto used = seats.find(*item.seat);
        if (used != seats.end() && !is_void(used->second.index, used->second.signers)) {
            offences.insert(764);
        }
    }
}

void Model::check_cohort_of(const wire::Terms& terms, const wire::Seat& seat,
                            Offences& offences) const {
    const auto cohort = cohorts.find({seat.institution, seat.cohort});
    if (cohort == cohorts.end() || is_void(cohort->second.index, cohort->second.signers) ||
        seat.leaf >= cohort->second.count) {
        offences.insert(761);
        return;
    }
    bool is_theirs = false;
    for (const wire::Awarding& one : terms.awarding) {
        if (has_part(one.institution, {seat.institution})) is_theirs = true;
    }
    if (!is_theirs) offences.insert(761);
    if (cohort->second.intake > terms.awarded_on) offences.insert(762);
    if (cohort->second.kind == wire::CohortKind::kIntake && terms.intake &&
        *terms.intake != cohort->second.intake) {
        offences.insert(762);
    }
}

// ------------------------------------------------------------------ what happens
std::optional<Instant> Model::effective(std::uint32_t cool_off_s) const {
    if (cool_off_s == 0) return std::nullopt;
    return Instant{now.seconds + cool_off_s};
}

void Model::count_awards(const wire::Issue& body, std::uint64_t awards) {
    if (awards == 0 || is_of_authorities(body.terms.type)) return;
    const auto year = static_cast<std::uint32_t>(to_civil(today()).year);
    const bool registers = comes_from_register(body.terms.capture);
    for (const wire::Awarding& one : body.terms.awarding) {
        auto& count = counts[{one.institution, *one.accreditation, year, registers}];
        count += awards;
        put(MapKey::yearly_count(one.institution, *one.accreditation, year, registers),
            wire::CountRecord{count});
    }
}

void Model::take(const wire::Issue& body, const Sent& sent) {
    const std::vector<wire::Item>& items = *sent.items;
    std::uint32_t cool_off_s = 0;
    Offences none;
    for (const auto& relation : relations_in(items)) {
        for (const Asked& one : asked_for_issue(body, items, relation, none)) {
            const Subject subject{wire::BodyCode::kIssue, body.terms, relation};
            cool_off_s = std::max(cool_off_s, cool_off(one.acting, subject));
        }
    }
    const auto from = effective(cool_off_s);
    const LogIndex index = next_index();
    count_awards(body, awards_in(items));
    std::vector<Logged> certificates;
    for (const wire::Item& item : items) {
        wire::CertificateEntry entry{
            now,           from,         body.terms, sent.payload.signers, item.commitment,
            item.relation, std::nullopt, item.seat};
        if (item.relation) {
            const auto code = item.relation->code;
            if (code != RelationCode::kRestores) entry.award = award_of(item.relation->target);
            if (code != RelationCode::kOfAward && code != RelationCode::kAnnotates) {
                entry.seat = certificate(item.relation->target)->seat;
            }
        }
        certificates.push_back({now, entry, std::nullopt});
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        const LogIndex number{index.value + 1 + i};
        commitments.emplace(items[i].commitment, number);
        if (items[i].relation) relate(items[i], number, sent, from);
        if (items[i].seat) {
            const wire::UsedSeatRecord record{index, sent.payload.signers, number};
            seats.insert_or_assign(*items[i].seat, record);
            put(MapKey::used_seat(*items[i].seat), record);
        }
    }
    log.push_back({now, std::nullopt, sent.payload});
    log.insert(log.end(), certificates.begin(), certificates.end());
}

}  // namespace tasdiq::model
