#include "ledger/rules.hpp"

namespace tasdiq::ledger {
namespace {

/// A chain of ministries that were absorbed is followed so far.
constexpr int kSuccessorsMax = 16;

bool is_among(wire::MemberKind kind, Kinds kinds) {
    switch (kind) {
        case wire::MemberKind::kState: return kinds.state;
        case wire::MemberKind::kAuthority: return kinds.authority;
        case wire::MemberKind::kSecretariat: return kinds.secretariat;
        case wire::MemberKind::kUniversity:
        case wire::MemberKind::kSchool:
        case wire::MemberKind::kBranch:
        case wire::MemberKind::kExaminationBoard:
        case wire::MemberKind::kOrder:
        case wire::MemberKind::kTrainingCentre: return kinds.institution;
    }
    ENSURE(false);
}

/// What became of an authority keeps its archives; those of others, whom their authority names.
std::optional<wire::CustodyItem> custody_of(const Context& context, const Member& member) {
    const auto& custody = member.record.custody;
    if (custody && !is_void(context.view, *custody)) return custody;
    if (member.record.kind != wire::MemberKind::kAuthority) return std::nullopt;
    const auto successor = successor_of(context, member.id);
    if (successor == member.id) return std::nullopt;
    return wire::CustodyItem{*successor, wire::CustodyScope::kArchives, {}, {}};
}

/// Who acts for a member that has ended, and has not ended itself. Errors: kSenderEnded,
/// kCustodyScope.
Result<Custodian, Refusal> find_custodian(const Context& context, const Member& member,
                                          std::optional<wire::CustodyScope> needed) {
    const auto custody = needed ? custody_of(context, member) : std::nullopt;
    if (!custody) return refuse(LedgerError::kSenderEnded);
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(custody->custodian));
    if (!record || has_ended(*record, context.today())) return refuse(LedgerError::kSenderEnded);
    if (custody->scope < *needed) return refuse(LedgerError::kCustodyScope);
    return Custodian{custody->custodian, *std::move(record)};
}

}  // namespace

Result<Member, Refusal> find_sender(const Context& context, wire::MemberId id, Kinds kinds,
                                    std::optional<wire::CustodyScope> custody) {
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
    if (!record) return refuse(LedgerError::kSenderUnknown);
    if (!is_among(record->kind, kinds)) return refuse(LedgerError::kSenderKind);
    Member member{id, *std::move(record), std::nullopt};
    if (has_ended(member.record, context.today())) {
        TRY(member.custodian, find_custodian(context, member, custody));
    }
    return member;
}

std::optional<wire::SuccessionItem> last_followed(const View& view,
                                                  const wire::MemberRecord& member) {
    using enum wire::SuccessionKind;
    std::optional<wire::SuccessionItem> last;
    for (const wire::SuccessionItem& item : member.succession) {
        if (is_void(view, item)) continue;
        if (item.kind == kReopened) last.reset();
        if (item.kind == kAbsorbed || item.kind == kMerged || item.kind == kSplit) last = item;
    }
    return last;
}

std::optional<wire::MemberId> successor_of(const Context& context,
                                           std::optional<wire::MemberId> authority) {
    for (int i = 0; authority && i < kSuccessorsMax; ++i) {
        const auto record =
            read<wire::MemberRecord>(context.view, wire::MapKey::member(*authority));
        if (!record || !has_ended(*record, context.today())) break;
        const auto last = last_followed(context.view, *record);
        if (!last || last->kind == wire::SuccessionKind::kSplit) break;
        authority = last->others.front();
    }
    return authority;
}

Result<Member, Refusal> find_supervised(const Context& context, wire::MemberId authority,
                                        wire::MemberId institution) {
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(institution));
    if (!record) return refuse(LedgerError::kMemberUnknown);
    if (successor_of(context, record->authority) != authority) {
        return refuse(LedgerError::kNotSupervised);
    }
    return Member{institution, *std::move(record), std::nullopt};
}

Result<Member, Refusal> find_below(const Context& context, const Member& above, wire::MemberId id) {
    if (above.record.kind == wire::MemberKind::kAuthority) {
        return find_supervised(context, above.id, id);
    }
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(id));
    if (!record) return refuse(LedgerError::kMemberUnknown);
    if (record->kind != wire::MemberKind::kAuthority || record->parent != above.id) {
        return refuse(LedgerError::kNotSupervised);
    }
    return Member{id, *std::move(record), std::nullopt};
}

std::optional<Instant> effective_after(const Context& context, std::uint32_t cool_off_s) {
    if (cool_off_s == 0) return std::nullopt;
    return Instant{context.block.time.seconds + cool_off_s};
}

}  // namespace tasdiq::ledger
