#include "ledger/rules.hpp"
#include "ledger/statuses.hpp"

// What follows a stolen or a lost key: confirming its honest work, and new officers.
namespace tasdiq::ledger {
namespace {

constexpr std::size_t kConfirmationsMax = 256;  // of one member: evidence has all of them

/// All indices of both; ranges that touch become one.
std::vector<wire::IndexRange> merged(std::vector<wire::IndexRange> ranges,
                                     std::span<const wire::IndexRange> more) {
    ranges.insert(ranges.end(), more.begin(), more.end());
    std::ranges::sort(ranges, {}, &wire::IndexRange::from);
    std::vector<wire::IndexRange> all;
    for (const wire::IndexRange& range : ranges) {
        if (all.empty() || all.back().until < range.from) {
            all.push_back(range);
        } else {
            all.back().until = std::max(all.back().until, range.until);
        }
    }
    return all;
}

/// Errors: kKeyNotVoided, kConfirmOutside, kAlreadyConfirmed, kConfirmationsFull. Writes to the
/// member's voids.
Outcome confirm(const Context& context, const wire::Confirm& body, wire::MemberRecord& member) {
    const auto key = std::ranges::find(member.voids, body.ordinal, &wire::Void::ordinal);
    if (key == member.voids.end()) return refuse(LedgerError::kKeyNotVoided);
    for (std::size_t i = 0; i < body.ranges.size(); ++i) {
        if (body.ranges[i].from < key->from || body.ranges[i].until > context.index) {
            return refuse_at(LedgerError::kConfirmOutside, i);
        }
    }
    std::vector<wire::IndexRange> asked;
    for (const wire::IndexRange& range : body.ranges) {
        asked.push_back({begin_of_transaction(context.view, range.from),
                         end_of_transaction(context.view, range.until)});
    }
    asked = merged(std::move(asked), {});
    std::size_t standing = 0;
    for (wire::Void& one : member.voids) {
        std::erase_if(one.confirmed, [&](const wire::Confirmation& confirmation) {
            return !is_standing(context.view, confirmation);
        });
        standing += one.confirmed.size();
    }
    std::vector<wire::IndexRange> confirmed;
    for (const wire::Confirmation& one : key->confirmed) confirmed.push_back(one.range);
    confirmed = merged(std::move(confirmed), {});
    if (merged(confirmed, asked) == confirmed) {
        return refuse(LedgerError::kAlreadyConfirmed);
    }
    if (standing + asked.size() > kConfirmationsMax) {
        return refuse(LedgerError::kConfirmationsFull);
    }
    for (const wire::IndexRange& range : asked) {
        key->confirmed.push_back({range, context.index, context.signers()});
    }
    return Ok{};
}

/// Errors: kKeyUnknown, kKeyEnded, with the position among those to retire.
Outcome retire_all(const Context& context, const Member& member,
                   std::span<const wire::Ordinal> ordinals, Diff& diff) {
    LowestFault fault;
    for (std::size_t i = 0; i < ordinals.size(); ++i) {
        const auto map_key = wire::MapKey::key(member.id, ordinals[i]);
        auto key = read<wire::KeyRecord>(context.view, map_key);
        if (!key) {
            fault.add(LedgerError::kKeyUnknown, i);
            continue;
        }
        if (key->until) fault.add(LedgerError::kKeyEnded, i);
        key->until = context.next();
        put(diff, map_key, *key);
    }
    return fault.outcome();
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Confirm& body, Diff& diff) {
    TRY(Member member, find_sender(context, body.member, {.authority = true, .institution = true},
                                   wire::CustodyScope::kArchives));
    const auto above = is_institution(member.record.kind)
                           ? successor_of(context, member.record.authority)
                           : member.record.parent;
    if (above != body.by) return refuse(LedgerError::kNotSupervised);
    if (!context.view.record(wire::MapKey::key(member.id, body.ordinal))) {
        return refuse(LedgerError::kKeyUnknown);
    }
    TRY(confirm(context, body, member.record));
    TRY(check_policy(context, member, {.body = wire::BodyCode::kConfirm}));
    put(diff, wire::MapKey::member(member.id), member.record);
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::Reconstitute& body, Diff& diff) {
    TRY(const Member by, find_sender(context, body.by, {.state = true, .authority = true}));
    TRY(Member member, find_below(context, by, body.member));
    if (has_ended(member.record, context.today())) {
        return refuse(LedgerError::kMemberEnded);
    }
    TRY(make_room_for_succession(context, member.record));
    TRY(const auto ids, check_new_keys(context, member.record.kind, member.id, body.keys));
    TRY(retire_all(context, member, body.retired, diff));
    TRY(check_policy(context, by, {.body = wire::BodyCode::kReconstitute}));
    TRY(add_keys(context, member.id, body.keys, ids, diff));
    member.record.succession.push_back({wire::SuccessionKind::kReconstituted,
                                        {},
                                        context.today(),
                                        body.legal,
                                        context.index,
                                        context.signers()});
    put(diff, wire::MapKey::member(member.id), member.record);
    return Ok{};
}

}  // namespace tasdiq::ledger
