#include "ledger/rules.hpp"
#include "ledger/statuses.hpp"
#include "wire/voids.hpp"

namespace tasdiq::ledger {
namespace {

constexpr std::int64_t kVoidBackMax_s = 90 * kSecondsPerDay;

/// Errors: kVoidFromFuture, kVoidTooFarBack, kKeyAlreadyVoided.
Outcome check_void(const Context& context, const wire::VoidKey& body, const Member& member) {
    if (body.from > context.index) return refuse(LedgerError::kVoidFromFuture);
    // The transaction's own index has no time yet: it is now.
    if (body.from < context.index) {
        const auto time = context.view.time_of(body.from);
        if (!time || context.block.time.seconds - time->seconds > kVoidBackMax_s) {
            return refuse(LedgerError::kVoidTooFarBack);
        }
    }
    const bool is_covered = std::ranges::any_of(member.record.voids, [&](const wire::Void& v) {
        return v.ordinal == body.ordinal && v.from <= body.from;
    });
    if (is_covered) return refuse(LedgerError::kKeyAlreadyVoided);
    return Ok{};
}

}  // namespace

Outcome apply_body(const Context& context, const wire::AddKey& body, Diff& diff) {
    TRY(const Member member,
        find_sender(context, body.member,
                    {.state = true, .authority = true, .institution = true, .secretariat = true},
                    wire::CustodyScope::kArchives));
    const std::span<const wire::NewKey> keys{&body.key, 1};
    TRY(const auto ids, check_new_keys(context, member.record.kind, member.id, keys));
    TRY(check_policy(context, member, {.body = wire::BodyCode::kAddKey}));
    return add_keys(context, member.id, keys, ids, diff);
}

Outcome apply_body(const Context& context, const wire::RetireKey& body, Diff& diff) {
    TRY(const Member member,
        find_sender(context, body.member,
                    {.state = true, .authority = true, .institution = true, .secretariat = true},
                    wire::CustodyScope::kArchives));
    const auto map_key = wire::MapKey::key(body.member, body.ordinal);
    auto key = read_unvoided<wire::KeyRecord>(context.view, map_key);
    if (!key) return refuse(LedgerError::kKeyUnknown);
    if (key->until || has_void(member.record, body.ordinal)) {
        return refuse(LedgerError::kKeyEnded);
    }
    TRY(check_policy(context, member, {.body = wire::BodyCode::kRetireKey}));
    // Index and signers stay those of its registration: they decide whether it ever was a key.
    key->until = context.next();
    put(diff, map_key, *key);
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::VoidKey& asked, Diff& diff) {
    wire::VoidKey body = asked;
    body.from = begin_of_transaction(context.view, body.from);
    TRY(const Member by, find_sender(context, body.by, {.state = true, .authority = true}));
    TRY(Member member, find_below(context, by, body.member));
    if (!context.view.record(wire::MapKey::key(body.member, body.ordinal))) {
        return refuse(LedgerError::kKeyUnknown);
    }
    TRY(check_void(context, body, member));
    TRY(check_policy(context, by, {.body = wire::BodyCode::kVoidKey}));
    wire::Void fresh{body.ordinal, body.from, {}, context.index, context.signers()};
    const auto former = std::ranges::find(member.record.voids, body.ordinal, &wire::Void::ordinal);
    if (former == member.record.voids.end()) {
        member.record.voids.push_back(std::move(fresh));
    } else {
        // From further back. What its officers and the authority confirmed stays confirmed.
        fresh.confirmed = std::move(former->confirmed);
        *former = std::move(fresh);
    }
    put(diff, wire::MapKey::member(member.id), member.record);
    return Ok{};
}

}  // namespace tasdiq::ledger
