#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

/// A new member with its first keys. Errors: kNumbersExhausted.
Outcome put_member(const Context& context, const wire::MemberRecord& member,
                   std::span<const wire::NewKey> keys, std::span<const crypto::KeyId> ids,
                   Diff& diff) {
    auto ledger = read<wire::LedgerRecord>(context.view, wire::MapKey::ledger());
    if (!ledger || ledger->next_member.value == UINT32_MAX) {
        return refuse(LedgerError::kNumbersExhausted);
    }
    const wire::MemberId id = ledger->next_member;
    ++ledger->next_member.value;
    put(diff, wire::MapKey::ledger(), *ledger);
    put(diff, wire::MapKey::member(id), member);
    put(diff, wire::MapKey::counters(id),
        wire::CountersRecord{{static_cast<std::uint16_t>(keys.size())}, 1, 1});
    put_keys(diff, {id, {0}, context.index, context.signers(), context.next()}, keys, ids);
    return Ok{};
}

bool has_parent(wire::MemberKind kind) {
    return kind == wire::MemberKind::kSchool || kind == wire::MemberKind::kBranch;
}

/// Errors: kInstitutionKind … kCountryDiffers.
Outcome check_place(const Context& context, const wire::RegisterInstitution& body,
                    const Member& authority) {
    if (!is_institution(body.kind)) return refuse(LedgerError::kInstitutionKind);
    if (has_parent(body.kind) && !body.parent) return refuse(LedgerError::kParentMissing);
    if (!has_parent(body.kind) && body.parent) return refuse(LedgerError::kParentUnexpected);
    if (body.parent) {
        const auto parent =
            read<wire::MemberRecord>(context.view, wire::MapKey::member(*body.parent));
        if (!parent || !is_institution(parent->kind)) return refuse(LedgerError::kParentUnknown);
        if (successor_of(context, parent->authority) != authority.id) {
            return refuse(LedgerError::kParentNotSupervised);
        }
    }
    // Only a branch may lie in a country other than that of whom it answers to.
    if (body.kind != wire::MemberKind::kBranch && body.country != authority.record.country) {
        return refuse(LedgerError::kCountryDiffers);
    }
    return Ok{};
}

}  // namespace

Outcome apply_body(const Context& context, const wire::RegisterAuthority& body, Diff& diff) {
    TRY(const Member state, find_sender(context, body.state, {.state = true}));
    TRY(const auto ids,
        check_new_keys(context, wire::MemberKind::kAuthority, std::nullopt, body.keys));
    TRY(check_policy(context, state, {.body = wire::BodyCode::kRegisterAuthority}));
    const wire::MemberRecord member{.index = context.index,
                                    .signers = context.signers(),
                                    .kind = wire::MemberKind::kAuthority,
                                    .parent = state.id,
                                    .authority = std::nullopt,
                                    .country = state.record.country,
                                    .names = body.names,
                                    .ids = body.ids,
                                    .sector = body.sector,
                                    .ended = std::nullopt,
                                    .voids = {},
                                    .succession = {},
                                    .custody = std::nullopt};
    return put_member(context, member, body.keys, ids, diff);
}

Outcome apply_body(const Context& context, const wire::EndAuthority& body, Diff& diff) {
    TRY(const Member state, find_sender(context, body.state, {.state = true}));
    auto authority = read<wire::MemberRecord>(context.view, wire::MapKey::member(body.authority));
    if (!authority) return refuse(LedgerError::kMemberUnknown);
    if (authority->kind != wire::MemberKind::kAuthority || authority->parent != state.id) {
        return refuse(LedgerError::kNotSupervised);
    }
    if (authority->ended) return refuse(LedgerError::kMemberEnded);
    if (body.effective < context.today()) return refuse(LedgerError::kEffectiveInPast);
    TRY(check_policy(context, state, {.body = wire::BodyCode::kEndAuthority}));
    authority->index = context.index;
    authority->signers = context.signers();
    authority->ended = body.effective;
    put(diff, wire::MapKey::member(body.authority), *authority);
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::RegisterInstitution& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(check_place(context, body, authority));
    TRY(const auto ids, check_new_keys(context, body.kind, std::nullopt, body.keys));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kRegisterInstitution}));
    const wire::MemberRecord member{.index = context.index,
                                    .signers = context.signers(),
                                    .kind = body.kind,
                                    .parent = body.parent,
                                    .authority = authority.id,
                                    .country = body.country,
                                    .names = body.names,
                                    .ids = body.ids,
                                    .sector = 0,
                                    .ended = std::nullopt,
                                    .voids = {},
                                    .succession = {},
                                    .custody = std::nullopt};
    return put_member(context, member, body.keys, ids, diff);
}

}  // namespace tasdiq::ledger
