#include "codec/cbor.hpp"
#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

constexpr std::int32_t kContemporaneousMax_days = 400;
constexpr std::int32_t kLateMax_days = 3'660;
constexpr std::uint32_t kProgrammeCountMin = 10;

RelationCounts count_relations(std::span<const wire::Item> items) {
    RelationCounts counts;
    for (const wire::Item& item : items) {
        ++counts.by_code[item.relation ? std::to_underlying(item.relation->code) : 0];
    }
    return counts;
}

/// Every relation of the list has its policy, and the signers must meet each; the longest cool-off.
/// Errors: kPolicyNotMet … kRestoreWithoutAuthority.
Result<std::uint32_t, Refusal> check_all_policies(const Context& context,
                                                  std::span<const Party> parties,
                                                  const wire::Terms& terms,
                                                  const RelationCounts& counts) {
    const auto restoring = restoring_authorities(context);
    std::uint32_t cool_off_s = 0;
    LowestFault fault;
    for (std::size_t code = 0; code < counts.by_code.size(); ++code) {
        if (counts.by_code[code] == 0) continue;
        const auto relation =
            code == 0 ? std::nullopt : std::optional{static_cast<wire::RelationCode>(code)};
        const auto met = check_policies(
            context, parties, {wire::BodyCode::kIssue, terms.type, terms.capture, relation},
            restoring);
        if (met) {
            cool_off_s = std::max(cool_off_s, *met);
        } else {
            fault.add(met.error());
        }
    }
    TRY(fault.outcome());
    return cool_off_s;
}

/// Who may act for a member that has ended: who keeps its archives may not award.
wire::CustodyScope custody_for(const wire::Terms& terms, const RelationCounts& counts) {
    const bool awards = counts.awards() > 0 && !is_from_register(terms.capture);
    return awards ? wire::CustodyScope::kEverything : wire::CustodyScope::kArchives;
}

/// Those who award together. Errors: kSenderUnknown … kCustodyScope.
Result<std::vector<Partner>, Refusal> find_partners(const Context& context,
                                                    const wire::Terms& terms,
                                                    wire::CustodyScope custody) {
    const bool by_authority = is_by_authority(terms.type);
    const Kinds kinds{.authority = by_authority, .institution = !by_authority};
    std::vector<Partner> partners;
    TRY(check_each(terms.awarding.size(), [&](std::size_t i) -> Outcome {
        TRY(Member member, find_sender(context, terms.awarding[i].institution, kinds, custody));
        partners.push_back({std::move(member), std::nullopt});
        return Ok{};
    }));
    return partners;
}

/// Errors: kAccreditationUnknown.
Outcome find_accreditations(const Context& context, const wire::Terms& terms,
                            std::span<Partner> partners) {
    return check_each(partners.size(), [&](std::size_t i) -> Outcome {
        if (is_by_authority(terms.type)) {
            if (!terms.awarding[i].accreditation) return Ok{};
            return refuse(LedgerError::kAccreditationUnknown);
        }
        TRY(partners[i].accreditation, find_accreditation(context, terms.awarding[i]));
        return Ok{};
    });
}

/// Errors: kAwardedInFuture, kNotContemporaneous, kTooLate.
Outcome check_capture(const Context& context, const wire::Terms& terms) {
    const std::int64_t age_days =
        std::int64_t{context.today().days} - std::int64_t{terms.awarded_on.days};
    if (age_days < 0) return refuse(LedgerError::kAwardedInFuture);
    switch (terms.capture) {
        case wire::Capture::kContemporaneous:
            if (age_days > kContemporaneousMax_days) {
                return refuse(LedgerError::kNotContemporaneous);
            }
            break;
        case wire::Capture::kLate: break;
        case wire::Capture::kRegister:
        case wire::Capture::kReconstructed: return Ok{};  // however old
    }
    if (age_days > kLateMax_days) return refuse(LedgerError::kTooLate);
    return Ok{};
}

/// Errors: kProgrammeInSmallList.
Outcome check_programme_named(const wire::Issue& issue) {
    // The terms are public: a handful of graduates of a named programme are known by name.
    if (issue.terms.programme && issue.count < kProgrammeCountMin) {
        return refuse(LedgerError::kProgrammeInSmallList);
    }
    return Ok{};
}

/// Errors: kIntakeAfterAward.
Outcome check_intake(const wire::Terms& terms) {
    // Or an award from before an accreditation would pass as one by a later intake.
    if (terms.intake && *terms.intake > terms.awarded_on) {
        return refuse(LedgerError::kIntakeAfterAward);
    }
    return Ok{};
}

/// Errors: kCommitmentRecorded, with the item's position.
Outcome check_commitments(const Context& context) {
    const auto items = context.transaction.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (context.view.certificate_of(items[i].commitment)) {
            return refuse_at(LedgerError::kCommitmentRecorded, i);
        }
    }
    return Ok{};
}

/// Writes the certificates' entries. They differ in their ends only, so what they share is encoded
/// once: docs/formats/tasdiq.cddl, `certificate-entry`.
class EntryWriter {
  public:
    explicit EntryWriter(const wire::CertificateEntry& shared) : plain_{wire::encode(shared)} {
        ENSURE(!shared.relation && !shared.award && !shared.seat);
        ENSURE(plain_.size() > kTailSize);
    }

    [[nodiscard]] Bytes plain(const wire::Commitment& commitment) const {
        Bytes entry = plain_;
        std::ranges::copy(commitment.view(), entry.end() - static_cast<std::ptrdiff_t>(
                                                               wire::Commitment::kSize + kNulls));
        return entry;
    }

    [[nodiscard]] Bytes related(const wire::Item& item, const std::optional<wire::LogIndex>& award,
                                const std::optional<wire::Seat>& seat) const {
        Bytes entry{plain_.begin(), plain_.end() - static_cast<std::ptrdiff_t>(kTailSize)};
        codec::CborWriter writer{entry};
        writer.bytes(item.commitment.view());
        if (item.relation) {
            writer.array(2).uint(static_cast<std::uint64_t>(item.relation->code));
            writer.uint(item.relation->target.value);
        } else {
            writer.null();
        }
        if (award) {
            writer.uint(award->value);
        } else {
            writer.null();
        }
        if (seat) {
            writer.array(2).array(2).uint(seat->institution.value).uint(seat->cohort);
            writer.uint(seat->leaf);
        } else {
            writer.null();
        }
        return entry;
    }

  private:
    static constexpr std::size_t kNulls = 3;  // relation, award, seat
    static constexpr std::size_t kTailSize = 2 + wire::Commitment::kSize + kNulls;
    Bytes plain_;
};

/// What the relation does to its target, in the same step: it is replaced, or the state that ended
/// it says by what it was restored. Errors: kSlotFull.
Result<Ok, LedgerError> put_target(const Context& context, const wire::Relation& relation,
                                   const Link& link, std::optional<Instant> effective,
                                   wire::LogIndex by, Diff& diff) {
    const bool restores = relation.code == wire::RelationCode::kRestores;
    if (!restores && !supersedes(relation.code)) return Ok{};
    const auto key = wire::MapKey::status(restores ? link.ended : relation.target);
    auto record = read<wire::StatusRecord>(context.view, key)
                      .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
    const auto push = [&](std::optional<wire::StatusSlot>& slot,
                          wire::StatusState state) -> Result<Ok, LedgerError> {
        TRY(const auto before, with_room(context.view, slot));
        slot = wire::with_history(
            wire::StatusChange{state, context.index, context.signers(), effective, by}, before);
        return Ok{};
    };
    if (restores) {
        if (link.issuer_end) TRY(push(record.issuer, *link.issuer_end));
        if (link.authority_end) TRY(push(record.authority, *link.authority_end));
    } else {
        TRY(push(record.issuer, wire::StatusState::kReplaced));
    }
    put(diff, key, record);
    return Ok{};
}

/// Errors: kSlotFull, with the item's position.
Outcome put_certificates(const Context& context, const wire::Terms& terms,
                         std::optional<Instant> effective, std::span<const Link> links,
                         Diff& diff) {
    const EntryWriter writer{{context.block.time, effective, terms, context.signers(),
                              wire::Commitment{}, std::nullopt, std::nullopt, std::nullopt}};
    const auto items = context.transaction.items();
    diff.entries.reserve(1 + items.size());
    diff.commitments.reserve(items.size());
    auto link = links.begin();
    wire::LogIndex index = context.next();
    for (std::size_t i = 0; i < items.size(); ++i, ++index.value) {
        const bool is_linked = link != links.end() && link->item == i;
        if (is_linked) {
            diff.entries.push_back(writer.related(items[i], link->award, link->seat));
            const auto written =
                put_target(context, *items[i].relation, *link, effective, index, diff);
            if (!written) return refuse_at(written.error(), i);
            ++link;
        } else if (items[i].seat) {
            diff.entries.push_back(writer.related(items[i], std::nullopt, items[i].seat));
            put(diff, wire::MapKey::used_seat(*items[i].seat),
                wire::UsedSeatRecord{context.index, context.signers(), index});
        } else {
            diff.entries.push_back(writer.plain(items[i].commitment));
        }
        diff.commitments.emplace_back(items[i].commitment, index);
    }
    return Ok{};
}

/// The partners as those who must sign.
std::vector<Party> parties_of(const Context& context, std::span<const Partner> partners,
                              const wire::Terms& terms, bool awards) {
    // A correction of what comes from a register is the authority's business, too.
    const bool from_register = is_from_register(terms.capture) && !is_by_authority(terms.type);
    std::vector<Party> parties;
    for (const Partner& partner : partners) {
        const bool is_late = awards && !from_register && partner.accreditation &&
                             has_ended(*partner.accreditation, context.today());
        parties.push_back({&partner.member, std::nullopt, from_register});
        if (!is_late) continue;
        parties.back().late =
            granting(context, partner.accreditation->record, partner.member.record);
    }
    return parties;
}

/// Errors: kTypeNotAccredited … kQuotaExhausted.
Outcome check_accreditations(const Context& context, std::span<const Partner> partners,
                             const wire::Terms& terms, const RelationCounts& counts, Diff& diff) {
    if (!counts.awards_anything()) {
        return check_each(partners.size(), [&](std::size_t i) {
            return check_type(*partners[i].accreditation, terms);
        });
    }
    TRY(check_accredited(context, partners, terms));
    return check_each(partners.size(), [&](std::size_t i) {
        return take_quota(context, *partners[i].accreditation, terms, counts.awards(), diff);
    });
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Issue& body, Diff& diff) {
    const wire::Terms& terms = body.terms;
    const RelationCounts counts = count_relations(context.transaction.items());
    TRY(auto partners, find_partners(context, terms, custody_for(terms, counts)));
    const bool awards = counts.awards_anything();
    const bool is_new = awards || counts.finalises();
    if (is_new) TRY(find_accreditations(context, terms, partners));
    TRY(const auto parchments, find_parchments(context));
    const auto parties = parties_of(context, partners, terms, awards);
    TRY(const std::uint32_t cool_off_s, check_all_policies(context, parties, terms, counts));
    if (is_new) TRY(check_capture(context, terms));
    if (awards) TRY(check_programme_named(body));
    if (awards) TRY(check_intake(terms));
    TRY(const auto links, resolve_relations(context, terms, partners));
    LowestFault accredited;
    accredited.add(check_days(parchments));
    if (is_new && !is_by_authority(terms.type)) {
        accredited.add(check_accreditations(context, partners, terms, counts, diff));
    }
    TRY(accredited.outcome());
    TRY(check_commitments(context));
    TRY(check_seats(context, terms, partners));
    return put_certificates(context, terms, effective_after(context, cool_off_s), links, diff);
}

}  // namespace tasdiq::ledger
