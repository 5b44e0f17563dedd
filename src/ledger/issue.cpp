#include "codec/cbor.hpp"
#include "ledger/issue_rules.hpp"

namespace tasdiq::ledger {
namespace {

constexpr std::int32_t kContemporaneousMax_days = 400;
constexpr std::int32_t kLateMax_days = 3'660;
constexpr std::uint32_t kProgrammeCountMin = 10;

RelationCounts count_relations(std::span<const wire::Item> items) {
    RelationCounts counts;
    for (const wire::Item& item : items) {
        if (!item.relation) {
            ++counts.awards;
        } else if (item.relation->code == wire::RelationCode::kReplaces) {
            ++counts.replaces;
        } else {
            ++counts.of_award;
        }
    }
    return counts;
}

/// Every relation of the list has its policy, and the signers must meet each; the longest cool-off.
/// Errors: kPolicyNotMet, kAuthorityNeeded.
Result<std::uint32_t, Refusal> check_policies(const Context& context, const Member& sender,
                                              const wire::Terms& terms,
                                              const RelationCounts& counts, Beside beside) {
    std::uint32_t cool_off_s = 0;
    std::optional<Refusal> fault;
    const auto check = [&](std::size_t count, std::optional<wire::RelationCode> relation) {
        if (count == 0) return;
        const auto met = check_policy(
            context, sender, {wire::BodyCode::kIssue, terms.type, terms.capture, relation}, beside);
        if (met) {
            cool_off_s = std::max(cool_off_s, *met);
        } else if (!fault || met.error().error < fault->error) {
            fault = met.error();
        }
    };
    check(counts.awards, std::nullopt);
    check(counts.of_award, wire::RelationCode::kOfAward);
    check(counts.replaces, wire::RelationCode::kReplaces);
    if (fault) return std::unexpected{*fault};
    return cool_off_s;
}

/// Errors: kAwardedInFuture, kNotContemporaneous, kTooLate, kProgrammeInSmallList.
Outcome check_terms(const Context& context, const wire::Issue& issue) {
    const wire::Terms& terms = issue.terms;
    const std::int64_t age_days =
        std::int64_t{context.today().days} - std::int64_t{terms.awarded_on.days};
    if (age_days < 0) return refuse(LedgerError::kAwardedInFuture);
    if (terms.capture == wire::Capture::kContemporaneous && age_days > kContemporaneousMax_days) {
        return refuse(LedgerError::kNotContemporaneous);
    }
    if (age_days > kLateMax_days) return refuse(LedgerError::kTooLate);
    // The terms are public: a handful of graduates of a named programme are known by name.
    if (terms.programme && issue.count < kProgrammeCountMin) {
        return refuse(LedgerError::kProgrammeInSmallList);
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

    [[nodiscard]] Bytes related(const wire::Item& item, wire::LogIndex award) const {
        Bytes entry{plain_.begin(), plain_.end() - static_cast<std::ptrdiff_t>(kTailSize)};
        codec::CborWriter writer{entry};
        writer.bytes(item.commitment.view());
        writer.array(2).uint(static_cast<std::uint64_t>(item.relation->code));
        writer.uint(item.relation->target.value).uint(award.value).null();
        return entry;
    }

  private:
    static constexpr std::size_t kNulls = 3;  // relation, award, seat
    static constexpr std::size_t kTailSize = 2 + wire::Commitment::kSize + kNulls;
    Bytes plain_;
};

/// The target was issued once more: it is replaced, in the same step.
void put_replaced(const Context& context, const wire::Relation& relation,
                  std::optional<Instant> effective, wire::LogIndex by, Diff& diff) {
    const auto key = wire::MapKey::status(relation.target);
    auto record = read<wire::StatusRecord>(context.view, key)
                      .value_or(wire::StatusRecord{std::nullopt, std::nullopt});
    record.issuer = wire::StatusSlot{wire::StatusState::kReplaced, context.index, context.signers(),
                                     effective, by};
    put(diff, key, record);
}

void put_certificates(const Context& context, const wire::Terms& terms,
                      std::optional<Instant> effective, std::span<const Link> links, Diff& diff) {
    const EntryWriter writer{{context.block.time, effective, terms, context.signers(),
                              wire::Commitment{}, std::nullopt, std::nullopt, std::nullopt}};
    const auto items = context.transaction.items();
    diff.entries.reserve(1 + items.size());
    diff.commitments.reserve(items.size());
    auto link = links.begin();
    wire::LogIndex index = context.next();
    for (std::size_t i = 0; i < items.size(); ++i, ++index.value) {
        const bool is_linked = link != links.end() && link->item == i;
        if (!is_linked) {
            diff.entries.push_back(writer.plain(items[i].commitment));
        } else {
            diff.entries.push_back(writer.related(items[i], link->award));
            if (items[i].relation->code == wire::RelationCode::kReplaces) {
                put_replaced(context, *items[i].relation, effective, index, diff);
            }
            ++link;
        }
        diff.commitments.emplace_back(items[i].commitment, index);
    }
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Issue& body, Diff& diff) {
    const wire::Awarding& awarding = body.terms.awarding.front();
    TRY(const Member sender, find_sender(context, awarding.institution, {.institution = true}));
    const RelationCounts counts = count_relations(context.transaction.items());
    std::optional<Accreditation> accreditation;
    if (!counts.only_replaces()) {
        TRY(accreditation, find_accreditation(context, awarding));
    }
    const bool is_late = accreditation && has_ended(*accreditation, context.today());
    TRY(const std::uint32_t cool_off_s,
        check_policies(context, sender, body.terms, counts,
                       is_late ? Beside::kAuthority : Beside::kNobody));
    if (accreditation) TRY(check_terms(context, body));
    TRY(const auto links, resolve_relations(context, body.terms));
    if (accreditation) {
        TRY(check_accredited(context, *accreditation, body.terms));
        TRY(take_quota(context, *accreditation, sender.id, counts.awards, diff));
    }
    TRY(check_commitments(context));
    put_certificates(context, body.terms, effective_after(context, cool_off_s), links, diff);
    return Ok{};
}

}  // namespace tasdiq::ledger
