#include <algorithm>

#include "model.hpp"

// What becomes of members, and who acts for those that have ended.
namespace tasdiq::model {

using wire::MemberKind;
using wire::SuccessionKind;

namespace {

bool goes_into_others(SuccessionKind kind) {
    return kind == SuccessionKind::kAbsorbed || kind == SuccessionKind::kMerged ||
           kind == SuccessionKind::kSplit;
}

}  // namespace

bool Model::is_told_into_what(const wire::Succession& body,
                              const wire::MemberRecord& record) const {
    if (!goes_into_others(body.kind)) return false;
    bool is_told = false;
    for (const auto& item : record.succession) {
        if (is_void(item.index, item.signers)) continue;
        if (item.kind == SuccessionKind::kReopened) is_told = false;
        if (goes_into_others(item.kind)) is_told = true;
    }
    return !is_told;
}

void Model::check_others(const wire::Succession& body, const wire::MemberRecord& record,
                         Offences& offences) const {
    for (const MemberId id : body.others) {
        const auto* other = member(id);
        const bool is_alike =
            other && id != body.member &&
            (is_institution(record.kind)
                 ? is_institution(other->kind)
                 : other->kind == MemberKind::kAuthority && other->parent == record.parent);
        if (!is_alike) {
            offences.insert(341);
        } else if (other->ended) {
            offences.insert(342);
        }
    }
}

/// Whether `above` is `id` itself, its parent, the parent's parent and so on.
bool Model::is_above(MemberId above, std::optional<MemberId> id) const {
    for (; id && member(*id); id = members.at(*id).parent) {
        if (*id == above) return true;
    }
    return false;
}

void Model::check_moved(const wire::Succession& body, const wire::MemberRecord& record,
                        Offences& offences) const {
    if (record.kind != MemberKind::kSchool && record.kind != MemberKind::kBranch) {
        offences.insert(332);
    }
    const MemberId id = body.others.front();
    const auto* other = member(id);
    if (!other || !is_institution(other->kind) || is_above(body.member, id)) {
        offences.insert(333);
        return;
    }
    if (supervisor(*other) != supervisor(record)) offences.insert(334);
    if (other->ended) offences.insert(342);
    if (body.day > today()) offences.insert(345);
}

/// But for those that came by a renaming of which none of that day counts.
std::vector<wire::Name> Model::counting_names(const wire::MemberRecord& record) const {
    std::vector<wire::Name> names;
    for (const wire::Name& name : record.names) {
        bool came_by_renaming = false;
        bool is_void_one = false;
        for (const auto& item : record.succession) {
            if (item.kind != SuccessionKind::kRenamed || item.day != name.from) continue;
            came_by_renaming = true;
            is_void_one = is_void(item.index, item.signers);  // the last one tells
        }
        if (!came_by_renaming || !is_void_one) names.push_back(name);
    }
    return names;
}

/// 64 items that count.
void Model::check_room(const wire::MemberRecord& record, Offences& offences) const {
    std::size_t counting = 0;
    for (const auto& item : record.succession) {
        if (!is_void(item.index, item.signers)) ++counting;
    }
    if (counting >= 64) offences.insert(347);
}

void Model::add_succession(MemberId id, const wire::SuccessionItem& item) {
    wire::MemberRecord& record = members.at(id);
    auto& all = record.succession;
    if (item.kind == SuccessionKind::kRenamed || all.size() == 64) {
        record.names = counting_names(record);
    }
    if (all.size() == 64) {
        std::vector<wire::SuccessionItem> left;
        for (const auto& one : all) {
            if (!is_void(one.index, one.signers)) left.push_back(one);
        }
        all = left;
    }
    all.push_back(item);
}

void Model::check(const wire::Succession& body, const Sent& sent, Offences& offences) const {
    check_sender(body.by, kStates | kAuthorities, Needs::kNobodyElse, sent, offences);
    check_below(body.by, body.member, kAuthorities | kInstitutions, offences);
    const auto* record = member(body.member);
    if (!record) return;
    check_room(*record, offences);
    if (body.kind == SuccessionKind::kReopened) {
        if (!record->ended) offences.insert(340);
        if (body.day > today()) offences.insert(345);
        return;
    }
    if (record->ended && !is_told_into_what(body, *record)) offences.insert(312);
    if (goes_into_others(body.kind)) check_others(body, *record, offences);
    if (body.kind == SuccessionKind::kMoved) check_moved(body, *record, offences);
    if (body.kind == SuccessionKind::kRenamed) {
        if (body.day <= today()) offences.insert(343);
        if (body.day <= counting_names(*record).back().from) offences.insert(344);
        if (body.day.days > today().days + 400) offences.insert(345);
    }
}

void Model::take(const wire::Succession& body, const Sent& sent) {
    wire::MemberRecord& record = members.at(body.member);
    add_succession(body.member, {body.kind, body.others, body.day, body.legal, next_index(),
                                 sent.payload.signers});
    if (body.kind == SuccessionKind::kRenamed) {
        record.names.push_back({body.day, body.name->ar, body.name->en, body.name->fr});
    } else if (body.kind == SuccessionKind::kReopened) {
        record.ended.reset();
        record.custody.reset();
    } else if (body.kind == SuccessionKind::kMoved) {
        record.parent = body.others.front();
    } else if (!record.ended) {
        record.ended = std::max(body.day, today());
    }
    put_member(body.member);
}

void Model::check(const wire::Custody& body, const Sent& sent, Offences& offences) const {
    check_sender(body.authority, kAuthorities, Needs::kNobodyElse, sent, offences);
    check_below(body.authority, body.member, kInstitutions, offences);
    const auto* record = member(body.member);
    if (!record) return;
    if (!body.custodian) {
        if (!record->custody) offences.insert(346);
        return;
    }
    if (!record->ended) offences.insert(340);
    const auto* other = member(body.custodian->member);
    if (!other || body.custodian->member == body.member ||
        (!is_institution(other->kind) && other->kind != MemberKind::kAuthority)) {
        offences.insert(341);
    } else if (other->ended) {
        offences.insert(342);
    }
}

void Model::take(const wire::Custody& body, const Sent& sent) {
    wire::MemberRecord& record = members.at(body.member);
    record.custody.reset();
    if (body.custodian) {
        record.custody = wire::CustodyItem{body.custodian->member, body.custodian->scope,
                                           next_index(), sent.payload.signers};
    }
    put_member(body.member);
}

}  // namespace tasdiq::model
