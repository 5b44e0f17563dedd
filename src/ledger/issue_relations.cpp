#include <set>

#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"
#include "wire/history.hpp"

namespace tasdiq::ledger {
namespace {

using enum wire::StatusState;
using wire::RelationCode;

/// What stands for the award: itself, or what replaced or finalised it; not its transcript, and not
/// what replaced that.
bool stands_for_award(const View& view, const wire::CertificateEntry& certificate) {
    std::optional<wire::CertificateEntry> at = certificate;
    while (at && at->award) {
        if (!at->relation || !supersedes(at->relation->code)) return false;
        at = certificate_at(view, at->relation->target);
    }
    return at.has_value();
}

/// Whether the end that this slot of the certificate says was undone by a new one.
bool is_restored(const View& view, const SlotState& slot, wire::LogIndex certificate) {
    if (!slot.replaced_by) return false;
    const auto by = certificate_at(view, *slot.replaced_by);
    const auto of = [&](wire::LogIndex index) {
        const auto target = certificate_at(view, index);
        return target ? target->award.value_or(index) : index;
    };
    return by && by->relation && by->relation->code == RelationCode::kRestores &&
           of(by->relation->target) == certificate &&
           !is_void(view, *slot.replaced_by, by->signers);
}

/// Whether this slot ended the certificate before it took effect: it never counted, whatever was
/// said on top of that.
bool never_counted(const View& view, const std::optional<wire::StatusSlot>& slot,
                   Instant effective) {
    const auto stopped_it = [&](const wire::StatusChange& change) {
        const auto at = change.effective ? change.effective : view.time_of(change.index);
        return finality(change.state) > 0 && at && *at <= effective && !is_void(view, change);
    };
    return wire::newest_of(slot, stopped_it).has_value();
}

/// In either slot.
bool never_counted(const View& view, wire::LogIndex certificate) {
    const auto entry = certificate_at(view, certificate);
    const auto record = read<wire::StatusRecord>(view, wire::MapKey::status(certificate));
    return entry && entry->effective && record &&
           (never_counted(view, record->issuer, *entry->effective) ||
            never_counted(view, record->authority, *entry->effective));
}

/// The state that ended the certificate in this slot and was not undone yet.
std::optional<wire::StatusState> end_in(const View& view, const SlotState& slot,
                                        wire::LogIndex certificate) {
    if (!slot.state || finality(*slot.state) == 0) return std::nullopt;
    return is_restored(view, slot, certificate) ? std::nullopt : slot.state;
}

/// What `restores` undoes. Errors: kTargetSuspended, kNothingToRestore.
Result<Link, LedgerError> resolve_end(const Context& context, const wire::CertificateEntry& target,
                                      wire::LogIndex award) {
    const View& view = context.view;
    Link link{0, std::nullopt, award, std::nullopt, std::nullopt, target.seat};
    const CertificateStatus status = status_of(view, award);
    // What comes back would be free of a suspension that only its own slot can lift.
    if (suspended_in(context, award).is_any()) {
        return std::unexpected{LedgerError::kTargetSuspended};
    }
    // One award comes back once, whichever slot ended it again.
    const bool came_back =
        is_restored(view, status.issuer, award) || is_restored(view, status.authority, award);
    if (stands_for_award(view, target) && !came_back && !never_counted(view, award)) {
        link.issuer_end = end_in(view, status.issuer, award);
        link.authority_end = end_in(view, status.authority, award);
    }
    if (!link.issuer_end && !link.authority_end) {
        return std::unexpected{LedgerError::kNothingToRestore};
    }
    return link;
}

/// `finalises` changes type and date only.
bool has_same_terms(const wire::Terms& terms, wire::Terms target, RelationCode code) {
    if (code == RelationCode::kFinalises) {
        target.type = terms.type;
        target.awarded_on = terms.awarded_on;
    }
    return target == terms;
}

/// Whether a certificate of this type may belong to another's award. Nothing else may: it would be
/// an award that takes nothing of the quota.
bool can_be_document(wire::CertificateType type) {
    return type == wire::CertificateType::kTranscript ||
           type == wire::CertificateType::kSupplement || is_by_authority(type);
}

/// Errors: kTargetTwice … kNotADocument.
Result<Link, LedgerError> resolve_target(const Context& context, const wire::Terms& terms,
                                         const wire::Relation& relation,
                                         const wire::CertificateEntry& target) {
    const View& view = context.view;
    const RelationCode code = relation.code;
    const bool is_document = code == RelationCode::kOfAward || code == RelationCode::kAnnotates;
    if (!is_document && !has_same_terms(terms, target.terms, code)) {
        return std::unexpected{LedgerError::kTermsDiffer};
    }
    const wire::LogIndex award = target.award.value_or(relation.target);
    if (code == RelationCode::kRestores) return resolve_end(context, target, award);
    if (is_final(view, relation.target, award)) return std::unexpected{LedgerError::kTargetFinal};
    if (is_document && !can_be_document(terms.type)) {
        return std::unexpected{LedgerError::kNotADocument};
    }
    // The mark would stand where the suspension stands, and does until its end takes effect.
    if (supersedes(code) && suspended_in(context, relation.target).issuer) {
        return std::unexpected{LedgerError::kTargetSuspended};
    }
    if (code == RelationCode::kFinalises) {
        if (target.terms.type != wire::CertificateType::kProvisional ||
            terms.type == wire::CertificateType::kProvisional) {
            return std::unexpected{LedgerError::kNotProvisional};
        }
        if (terms.awarded_on < target.terms.awarded_on) {
            return std::unexpected{LedgerError::kFinalisedEarlier};
        }
    }
    return Link{
        0, award, {}, std::nullopt, std::nullopt, supersedes(code) ? target.seat : std::nullopt};
}

bool is_authority(const View& view, wire::MemberId id) {
    const auto record = read<wire::MemberRecord>(view, wire::MapKey::member(id));
    return record && record->kind == wire::MemberKind::kAuthority;
}

/// What the list replaces and restores so far.
struct Taken {
    std::set<wire::LogIndex> replaced, restored;
};

/// What one item hangs on.
/// Errors: kTargetUnknown … kNotADocument.
Result<Link, LedgerError> resolve(const Context& context, const wire::Terms& terms,
                                  std::span<const Partner> partners, const wire::Relation& relation,
                                  Taken& taken) {
    const View& view = context.view;
    const auto target = certificate_at(view, relation.target);
    if (!target || counts_as_absent(context, relation.target, *target)) {
        return std::unexpected{LedgerError::kTargetUnknown};
    }
    const bool is_theirs = std::ranges::all_of(partners, [&](const Partner& partner) {
        return may_relate(context, partner, target->terms.awarding);
    });
    if (!is_theirs) {
        return std::unexpected{LedgerError::kTargetNotYours};
    }
    const bool restores = relation.code == RelationCode::kRestores;
    if (restores || supersedes(relation.code)) {
        auto& targets = restores ? taken.restored : taken.replaced;
        const auto key = restores ? target->award.value_or(relation.target) : relation.target;
        if (!targets.insert(key).second) return std::unexpected{LedgerError::kTargetTwice};
    }
    return resolve_target(context, terms, relation, *target);
}

}  // namespace

bool is_final(const View& view, wire::LogIndex target, wire::LogIndex award) {
    const CertificateStatus own = status_of(view, target);
    if (own.is_ended() || own.is(kCancelled) || own.issuer.is_replaced()) return true;
    if (award == target) return false;
    const CertificateStatus of_award = status_of(view, award);
    return of_award.is_ended() || of_award.is(kCancelled);
}

bool counts_as_absent(const Context& context, wire::LogIndex index,
                      const wire::CertificateEntry& certificate) {
    const auto counts = [&](wire::LogIndex at, const wire::CertificateEntry& one) {
        return !is_void(context.view, at, one.signers) &&
               (!one.effective || *one.effective <= context.block.time);
    };
    if (!counts(index, certificate)) return true;
    if (!certificate.award) return false;
    const auto award = certificate_at(context.view, *certificate.award);
    return !award || !counts(*certificate.award, *award);
}

bool may_relate(const Context& context, const Partner& partner,
                std::span<const wire::Awarding> awarding) {
    const auto has = [&](wire::MemberId id) {
        return std::ranges::find(awarding, id, &wire::Awarding::institution) != awarding.end();
    };
    const Member& member = partner.member;
    if (has(member.id) || (member.record.parent && has(*member.record.parent))) return true;
    return std::ranges::any_of(awarding, [&](const wire::Awarding& one) {
        const auto other =
            read<wire::MemberRecord>(context.view, wire::MapKey::member(one.institution));
        if (!other || !has_ended(*other, context.today())) return false;
        if (other->kind == wire::MemberKind::kAuthority) {
            return successor_of(context, one.institution) == member.id;
        }
        return other->custody && other->custody->custodian == member.id &&
               !is_void(context.view, *other->custody);
    });
}

Result<std::vector<Link>, Refusal> resolve_relations(const Context& context,
                                                     const wire::Terms& terms,
                                                     std::span<const Partner> partners) {
    std::vector<Link> links;
    Taken taken;
    LowestFault fault;
    const auto items = context.transaction.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].relation) continue;
        auto link = resolve(context, terms, partners, *items[i].relation, taken);
        if (link) {
            link->item = i;
            links.push_back(*link);
        } else {
            fault.add(link.error(), i);
        }
    }
    TRY(fault.outcome());
    return links;
}

Result<std::vector<Parchment>, Refusal> find_parchments(const Context& context) {
    std::vector<Parchment> parchments;
    LowestFault fault;
    const auto items = context.transaction.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].relation || items[i].relation->code != RelationCode::kRestores) continue;
        auto target = certificate_at(context.view, items[i].relation->target);
        if (!target || !target->award || is_by_authority(target->terms.type)) continue;
        if (counts_as_absent(context, items[i].relation->target, *target)) continue;
        const auto award = certificate_at(context.view, *target->award);
        if (award && award->terms.awarded_on == target->terms.awarded_on) continue;
        Parchment parchment{i, std::move(target->terms), {}};
        for (const wire::Awarding& awarding : parchment.terms.awarding) {
            auto found = find_accreditation(context, awarding);
            if (found) {
                parchment.accreditations.push_back(*std::move(found));
            } else {
                fault.add(found.error().error, i);
            }
        }
        parchments.push_back(std::move(parchment));
    }
    TRY(fault.outcome());
    return parchments;
}

Outcome check_days(std::span<const Parchment> parchments) {
    LowestFault fault;
    for (const Parchment& one : parchments) {
        for (const Accreditation& accreditation : one.accreditations) {
            const auto checked = check_dates(accreditation, one.terms);
            if (!checked) fault.add(checked.error().error, one.item);
        }
    }
    return fault.outcome();
}

std::vector<wire::MemberId> restoring_authorities(const Context& context) {
    std::set<wire::MemberId> authorities;
    for (const wire::Item& item : context.transaction.items()) {
        if (!item.relation || item.relation->code != RelationCode::kRestores) continue;
        const auto target = certificate_at(context.view, item.relation->target);
        if (!target) continue;
        const auto award = target->award.value_or(item.relation->target);
        const SlotState slot = status_of(context.view, award).authority;
        if (!end_in(context.view, slot, award)) continue;
        for (const wire::Signer& by : slot.signers) {
            if (is_authority(context.view, by.member)) {
                authorities.insert(*successor_of(context, by.member));
            } else {
                // The policy let its state sign, which has no such keys and is not who ended it.
                const auto all = accrediting(context, certificate_at(context.view, award)->terms);
                authorities.insert(all.begin(), all.end());
            }
        }
    }
    return {authorities.begin(), authorities.end()};
}

}  // namespace tasdiq::ledger
