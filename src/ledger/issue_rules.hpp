#pragma once

#include <array>

#include "ledger/rules.hpp"

// Internal to ledger: the parts of the rule of `issue`.
namespace tasdiq::ledger {

/// How many items of a list have which relation.
struct RelationCounts {
    std::array<std::size_t, 7> by_code{};  // 0: no relation, an award
    [[nodiscard]] std::size_t awards() const { return by_code[0]; }
    [[nodiscard]] std::size_t of(wire::RelationCode code) const {
        return by_code[std::to_underlying(code)];
    }
    /// Without these nothing is awarded: accreditation, dates and quota were tested when the
    /// targets were recorded.
    [[nodiscard]] bool awards_anything() const {
        return awards() + of(wire::RelationCode::kOfAward) + of(wire::RelationCode::kAnnotates) > 0;
    }
    [[nodiscard]] bool finalises() const { return of(wire::RelationCode::kFinalises) > 0; }
};

/// What authorities issue in their own name, without an accreditation.
[[nodiscard]] constexpr bool is_by_authority(wire::CertificateType type) {
    return type == wire::CertificateType::kEquivalency ||
           type == wire::CertificateType::kAttestation;
}

/// The target gets a successor, in the same step.
[[nodiscard]] constexpr bool supersedes(wire::RelationCode code) {
    switch (code) {
        case wire::RelationCode::kReplaces:
        case wire::RelationCode::kDuplicate:
        case wire::RelationCode::kFinalises: return true;
        case wire::RelationCode::kOfAward:
        case wire::RelationCode::kAnnotates:
        case wire::RelationCode::kRestores: return false;
    }
    ENSURE(false);
}

/// What an item's relation comes to.
struct Link {
    std::size_t item;
    std::optional<wire::LogIndex> award;  // none: the certificate is its own
    /// With `restores`: the certificate whose status ended the target, and the state that did,
    /// in each slot that has one.
    wire::LogIndex ended{};
    std::optional<wire::StatusState> issuer_end, authority_end;
    std::optional<wire::Seat> seat = std::nullopt;  // inherited from the target
};
/// The authorities that ended what the list restores: ascending.
[[nodiscard]] std::vector<wire::MemberId> restoring_authorities(const Context& context);

struct Accreditation {
    wire::MemberId institution;
    std::uint32_t number;
    wire::AccreditationRecord record;
    std::vector<wire::EndChange> ends;  // the withdrawals and suspensions that count
};

/// One of those who award together.
struct Partner {
    Member member;
    std::optional<Accreditation> accreditation;  // if the list needs it
};

/// A document needs an award that stands, and a target that is not superseded itself.
[[nodiscard]] bool is_final(const View& view, wire::LogIndex target, wire::LogIndex award);
/// Whether the certificate, or the award it hangs on, was signed with a voided key or has not taken
/// effect. Replacing a forgery must not make it genuine; replacing what waits, not spare it the
/// wait.
[[nodiscard]] bool counts_as_absent(const Context& context, wire::LogIndex index,
                                    const wire::CertificateEntry& certificate);
/// Whether the partner, its parent, or somebody whose archives it keeps is one of `awarding`.
[[nodiscard]] bool may_relate(const Context& context, const Partner& partner,
                              std::span<const wire::Awarding> awarding);

/// The awards that the items with a relation hang on, by item.
/// Errors: kTargetUnknown … kNotADocument, with the item's position.
[[nodiscard]] Result<std::vector<Link>, Refusal> resolve_relations(
    const Context& context, const wire::Terms& terms, std::span<const Partner> partners);

/// A restored parchment is an award by itself, judged by its own day, on which its accreditation
/// may have covered no award any more.
struct Parchment {
    std::size_t item;
    wire::Terms terms;  // of the target
    std::vector<Accreditation> accreditations;
};
/// Those of the list whose day is not that of the award that they stood for.
/// Errors: kAccreditationUnknown, with the item.
[[nodiscard]] Result<std::vector<Parchment>, Refusal> find_parchments(const Context& context);
/// Whether their accreditations cover their days. Errors: kIntakeMissing … kAccreditationEnded,
/// with the item.
[[nodiscard]] Outcome check_days(std::span<const Parchment> parchments);

/// Errors: kAccreditationUnknown.
[[nodiscard]] Result<Accreditation, Refusal> find_accreditation(const Context& context,
                                                                const wire::Awarding& awarding);
/// Whether it has run out or was ended by the day of recording.
[[nodiscard]] bool has_ended(const Accreditation& accreditation, Day today);
/// What a list that only finalises needs of it. Errors: kTypeNotAccredited.
[[nodiscard]] Outcome check_type(const Accreditation& accreditation, const wire::Terms& terms);
/// Whether it covers a day of award or, where it applies by that, of intake.
/// Errors: kIntakeMissing … kAccreditationEnded.
[[nodiscard]] Outcome check_dates(const Accreditation& accreditation, const wire::Terms& terms);
/// What every partner's accreditation must allow. Errors: kTypeNotAccredited … kAccreditationEnded.
[[nodiscard]] Outcome check_accredited(const Context& context, std::span<const Partner> partners,
                                       const wire::Terms& terms);
/// Counts `awards` against the year's quota, that of registers if they come from one. Errors:
/// kQuotaExhausted.
[[nodiscard]] Outcome take_quota(const Context& context, const Accreditation& accreditation,
                                 const wire::Terms& terms, std::size_t awards, Diff& diff);

// ------------------------------------------------------------------ cohorts.cpp
/// Whether the items' seats are the partners' to use. Errors: kSeatUnexpected … kSeatUsed, with the
/// item's position.
[[nodiscard]] Outcome check_seats(const Context& context, const wire::Terms& terms,
                                  std::span<const Partner> partners);

}  // namespace tasdiq::ledger
