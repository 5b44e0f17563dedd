#include "ledger/rules.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

constexpr std::uint32_t kAllSectors = 0;

/// Whether certificates of this type are the business of such an authority. docs/formats/codes.md.
bool covers(std::uint32_t sector, wire::CertificateType type) {
    using enum wire::CertificateType;
    switch (type) {
        case kDegree:
        case kHonorary: return sector == kAllSectors || sector == 1 || sector == 5;
        case kSecondary: return sector == kAllSectors || sector == 2 || sector == 5;
        case kVocational: return sector == kAllSectors || sector == 3;
        case kLicence: return sector == kAllSectors || sector == 4;
        case kProvisional:
        case kTranscript:
        case kSupplement:
        case kAttendance:
        case kMicroCredential: return true;
        case kEquivalency:
        case kAttestation: return false;  // authorities issue them themselves
    }
    ENSURE(false);
}

/// Who may be accredited: whom the authority supervises; in its own sector whom another authority
/// of its state supervises; and a branch of whomever in its country. Errors: kMemberUnknown,
/// kNotSupervised.
Result<Member, Refusal> find_accredited(const Context& context, const Member& authority,
                                        wire::MemberId institution) {
    auto supervised = find_supervised(context, authority.id, institution);
    if (supervised || supervised.error().error != LedgerError::kNotSupervised) return supervised;
    auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(institution));
    if (!record || !is_institution(record->kind)) return supervised;
    const auto supervisor_id = successor_of(context, record->authority);
    const auto supervisor =
        read<wire::MemberRecord>(context.view, wire::MapKey::member(*supervisor_id));
    const bool is_of_another_sector = supervisor && supervisor->parent == authority.record.parent &&
                                      supervisor->sector != authority.record.sector;
    const bool is_host =
        record->kind == wire::MemberKind::kBranch && record->country == authority.record.country;
    if (!is_of_another_sector && !is_host) return supervised;
    return Member{institution, *std::move(record)};
}

/// Errors: kNotYourAccreditation.
Outcome check_granted(const Context& context, const Member& authority, wire::MemberId institution,
                      const wire::AccreditationRecord& accreditation) {
    const auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(institution));
    if (record && granting(context, accreditation, *record) == authority.id) return Ok{};
    return refuse(LedgerError::kNotYourAccreditation);
}

/// Errors: kScopeDates, kProgrammeField, kSectorDiffers.
Outcome check_scope(const wire::Accredit& body, std::uint32_t sector) {
    if (body.scope.to && *body.scope.to < body.scope.from) {
        return refuse(LedgerError::kScopeDates);
    }
    for (std::size_t i = 0; i < body.programmes.size(); ++i) {
        if (!std::ranges::binary_search(body.scope.fields, body.programmes[i].field)) {
            return refuse_at(LedgerError::kProgrammeField, i);
        }
    }
    const bool is_its_business = std::ranges::all_of(
        body.scope.types, [&](wire::CertificateType type) { return covers(sector, type); });
    if (!is_its_business) return refuse(LedgerError::kSectorDiffers);
    return Ok{};
}

/// Errors: kAccreditationWithdrawn, kAlreadySuspended, kNotSuspended.
Outcome check_action(const Context& context, const wire::AccreditationRecord& accreditation,
                     wire::EndAction action) {
    const auto ends = ends_of(context.view, accreditation.ended);
    const auto has = [&](wire::EndAction one) {
        return std::ranges::find(ends, one, &wire::EndChange::action) != ends.end();
    };
    if (has(wire::EndAction::kWithdraw)) return refuse(LedgerError::kAccreditationWithdrawn);
    const bool is_suspended = has(wire::EndAction::kSuspend);
    if (action == wire::EndAction::kSuspend && is_suspended) {
        return refuse(LedgerError::kAlreadySuspended);
    }
    if (action == wire::EndAction::kResume && !is_suspended) {
        return refuse(LedgerError::kNotSuspended);
    }
    return Ok{};
}

/// All of its ends count: none may go but what is void. Errors: kEndsFull.
Outcome make_room(const Context& context, wire::AccreditationRecord& accreditation) {
    if (wire::has_room(accreditation.ended)) return Ok{};
    accreditation.ended = wire::without(accreditation.ended, [&](const wire::EndChange& change) {
        return is_void(context.view, change);
    });
    if (!wire::has_room(accreditation.ended)) return refuse(LedgerError::kEndsFull);
    return Ok{};
}

}  // namespace

std::optional<wire::MemberId> granting(const Context& context,
                                       const wire::AccreditationRecord& accreditation,
                                       const wire::MemberRecord& institution) {
    const auto granted = successor_of(context, accreditation.authority);
    const auto record = read<wire::MemberRecord>(context.view, wire::MapKey::member(*granted));
    if (record && !has_ended(*record, context.today())) return granted;
    return successor_of(context, institution.authority);
}

std::vector<wire::EndChange> ends_of(const View& view,
                                     const std::optional<wire::AccreditationEnd>& ended) {
    return wire::ends_in_force(
        ended, [&](const wire::EndChange& change) { return is_void(view, change); });
}

Outcome apply_body(const Context& context, const wire::Accredit& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(find_accredited(context, authority, body.institution));
    TRY(check_scope(body, authority.record.sector));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kAccredit}));
    auto counters =
        read<wire::CountersRecord>(context.view, wire::MapKey::counters(body.institution));
    if (!counters || counters->next_accreditation == UINT32_MAX) {
        return refuse(LedgerError::kNumbersExhausted);
    }
    const std::uint32_t number = counters->next_accreditation++;
    put(diff, wire::MapKey::counters(body.institution), *counters);
    put(diff, wire::MapKey::accreditation(body.institution, number),
        wire::AccreditationRecord{context.index, context.signers(), authority.id, body.scope,
                                  std::nullopt});
    for (const wire::ProgrammeEntry& programme : body.programmes) {
        put(diff, wire::MapKey::programme(body.institution, number, programme.code),
            wire::ProgrammeRecord{context.index, context.signers(), programme.field,
                                  programme.titles});
    }
    return Ok{};
}

Outcome apply_body(const Context& context, const wire::EndAccreditation& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    const auto key = wire::MapKey::accreditation(body.institution, body.number);
    auto accreditation = read_unvoided<wire::AccreditationRecord>(context.view, key);
    // Who granted it ends it, even if by now it could not grant another.
    const bool is_granted =
        accreditation && successor_of(context, accreditation->authority) == authority.id;
    if (!is_granted) TRY(find_accredited(context, authority, body.institution));
    if (body.effective < context.today()) return refuse(LedgerError::kEffectiveInPast);
    if (!accreditation) return refuse(LedgerError::kAccreditationUnknown);
    TRY(check_action(context, *accreditation, body.action));
    TRY(check_granted(context, authority, body.institution, *accreditation));
    TRY(make_room(context, *accreditation));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kEndAccreditation}));
    accreditation->ended = wire::with_history(
        wire::EndChange{body.action, body.by, body.effective, context.index, context.signers()},
        accreditation->ended);
    put(diff, key, *accreditation);
    return Ok{};
}

}  // namespace tasdiq::ledger
