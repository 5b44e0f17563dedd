#include "ledger/rules.hpp"
#include "wire/voids.hpp"

// What became of a member, and who acts for it then.
namespace tasdiq::ledger {
namespace {

using enum wire::SuccessionKind;

constexpr std::size_t kNamesMax = 16;
constexpr std::int32_t kAnnouncedMax_days = 400;

bool has_parent(wire::MemberKind kind) {
    return kind == wire::MemberKind::kSchool || kind == wire::MemberKind::kBranch;
}

/// Whether another member stands in its place.
bool is_succeeded_by(wire::SuccessionKind kind) {
    return kind == kAbsorbed || kind == kMerged || kind == kSplit;
}

/// What has ended may still be told to have gone into another, once. Errors: kMemberEnded.
Outcome check_going_on(const Context& context, const wire::Succession& body,
                       const wire::MemberRecord& member) {
    if (!member.ended || body.kind == kReopened) return Ok{};
    const bool is_succeeded = last_followed(context.view, member).has_value();
    if (is_succeeded || !is_succeeded_by(body.kind)) return refuse(LedgerError::kMemberEnded);
    return Ok{};
}

/// Whether `above` is one of those above it. Nobody is moved below itself, so this comes to an end.
bool is_below(const View& view, const wire::MemberRecord& member, wire::MemberId above) {
    std::optional<wire::MemberId> at = member.parent;
    while (at && *at != above) {
        const auto record = read<wire::MemberRecord>(view, wire::MapKey::member(*at));
        at = record ? record->parent : std::nullopt;
    }
    return at.has_value();
}

/// Errors: kParentUnexpected, kParentUnknown, kParentNotSupervised.
Outcome check_new_parent(const Context& context, const wire::Succession& body,
                         const Member& member) {
    if (!has_parent(member.record.kind)) return refuse(LedgerError::kParentUnexpected);
    const wire::MemberId id = body.others.front();
    const auto parent = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
    if (!parent || !is_institution(parent->kind) || id == member.id) {
        return refuse(LedgerError::kParentUnknown);
    }
    if (is_below(context.view, *parent, member.id)) return refuse(LedgerError::kParentUnknown);
    if (successor_of(context, parent->authority) != body.by) {
        return refuse(LedgerError::kParentNotSupervised);
    }
    return Ok{};
}

/// Whether `other` can stand in the member's place: an institution, or an authority of the state.
bool can_follow(const Member& member, wire::MemberId id,
                const std::optional<wire::MemberRecord>& other) {
    if (!other || id == member.id) return false;
    if (is_institution(member.record.kind)) return is_institution(other->kind);
    return other->kind == member.record.kind && other->parent == member.record.parent;
}

/// Errors: kOtherUnknown, kOtherEnded, with the place among the others.
Outcome check_others(const Context& context, const wire::Succession& body, const Member& member) {
    LowestFault fault;
    for (std::size_t i = 0; i < body.others.size(); ++i) {
        const auto other =
            read<wire::MemberRecord>(context.view, wire::MapKey::member(body.others[i]));
        if (!can_follow(member, body.others[i], other)) {
            fault.add(LedgerError::kOtherUnknown, i);
        } else if (other->ended) {
            fault.add(LedgerError::kOtherEnded, i);
        }
    }
    return fault.outcome();
}

/// Errors: kNameTooSoon, kNameOrder, kDayInFuture.
Outcome check_name(const Context& context, const wire::Succession& body,
                   const wire::MemberRecord& member) {
    // What was recorded until today bears the old name: it must stay the name of its day.
    if (body.day <= context.today()) return refuse(LedgerError::kNameTooSoon);
    if (body.day <= member.names.back().from) return refuse(LedgerError::kNameOrder);
    // No other renaming could come before it.
    if (body.day.days > context.today().days + kAnnouncedMax_days) {
        return refuse(LedgerError::kDayInFuture);
    }
    return Ok{};
}

/// Errors: kMemberEnded … kDayInFuture.
Outcome check_succession(const Context& context, const wire::Succession& body,
                         const Member& member) {
    TRY(check_going_on(context, body, member.record));
    if (body.kind == kMoved) TRY(check_new_parent(context, body, member));
    if (body.kind == kReopened && !member.record.ended) {
        return refuse(LedgerError::kMemberNotEnded);
    }
    TRY(check_others(context, body, member));
    if (body.kind == kRenamed) TRY(check_name(context, body, member.record));
    const bool is_at_once = body.kind == kMoved || body.kind == kReopened;
    if (is_at_once && body.day > context.today()) return refuse(LedgerError::kDayInFuture);
    return Ok{};
}

/// What the record says from now on, but for the succession itself. Errors: kNumbersExhausted.
Outcome change_member(const Context& context, const wire::Succession& body,
                      wire::MemberRecord& member) {
    switch (body.kind) {
        case kRenamed:
            if (member.names.size() >= kNamesMax) return refuse(LedgerError::kNumbersExhausted);
            member.names.push_back({body.day, body.name->ar, body.name->en, body.name->fr});
            break;
        case kAbsorbed:
        case kMerged:
        case kSplit:
        case kClosed:
            // It may have come to an end long ago; what it signed until today stays signed.
            if (!member.ended) member.ended = std::max(body.day, context.today());
            break;
        case kReopened:
            member.ended.reset();
            member.custody.reset();
            break;
        case kMoved: member.parent = body.others.front(); break;
        case kReconstituted: ENSURE(false);  // the format has no such body
    }
    return Ok{};
}

}  // namespace

void drop_void_names(const Context& context, wire::MemberRecord& member) {
    const auto voided = [&](const wire::SuccessionItem& one) { return is_void(context.view, one); };
    std::erase_if(member.names,
                  [&](const wire::Name& name) { return !wire::counts(name, member, voided); });
}

Outcome make_room_for_succession(const Context& context, wire::MemberRecord& member) {
    constexpr std::size_t kItemsMax = 64;
    if (member.succession.size() < kItemsMax) return Ok{};
    drop_void_names(context, member);  // what goes with them
    std::erase_if(member.succession,
                  [&](const wire::SuccessionItem& one) { return is_void(context.view, one); });
    if (member.succession.size() >= kItemsMax) return refuse(LedgerError::kSuccessionFull);
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::Succession& body, Diff& diff) {
    TRY(const Member by, find_sender(context, body.by, {.state = true, .authority = true}));
    TRY(Member member, find_below(context, by, body.member));
    if (body.kind == kRenamed) drop_void_names(context, member.record);
    TRY(check_succession(context, body, member));
    TRY(make_room_for_succession(context, member.record));
    TRY(check_policy(context, by, {.body = wire::BodyCode::kSuccession}));
    TRY(change_member(context, body, member.record));
    member.record.succession.push_back(
        {body.kind, body.others, body.day, body.legal, context.index, context.signers()});
    put(diff, wire::MapKey::member(member.id), member.record);
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::Custody& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(Member member, find_supervised(context, authority.id, body.member));
    if (body.custodian) {
        if (!member.record.ended) return refuse(LedgerError::kMemberNotEnded);
        const wire::MemberId id = body.custodian->member;
        const auto custodian = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
        const bool may_keep = custodian && (is_institution(custodian->kind) ||
                                            custodian->kind == wire::MemberKind::kAuthority);
        if (!may_keep || id == member.id) return refuse(LedgerError::kOtherUnknown);
        if (custodian->ended) return refuse(LedgerError::kOtherEnded);
    } else if (!member.record.custody) {
        return refuse(LedgerError::kNothingInCustody);
    }
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kCustody}));
    member.record.custody.reset();
    if (body.custodian) {
        member.record.custody = {body.custodian->member, body.custodian->scope, context.index,
                                 context.signers()};
    }
    put(diff, wire::MapKey::member(member.id), member.record);
    return Ok{};
}

}  // namespace tasdiq::ledger
