#include <set>

#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"

namespace tasdiq::ledger {
namespace {

using enum wire::StatusState;

/// A document needs an award that stands, and a target that is not superseded itself.
bool is_final(const View& view, wire::LogIndex target, wire::LogIndex award) {
    const CertificateStatus own = status_of(view, target);
    if (own.is_ended() || own.is(kCancelled) || own.issuer.is_replaced()) return true;
    if (award == target) return false;
    const CertificateStatus of_award = status_of(view, award);
    return of_award.is_ended() || of_award.is(kCancelled);
}

/// Whether the certificate, or the award it hangs on, was signed with a voided key. Replacing a
/// forgery must not make it genuine.
bool counts_as_absent(const View& view, wire::LogIndex index,
                      const wire::CertificateEntry& certificate) {
    if (is_void(view, index, certificate.signers)) return true;
    if (!certificate.award) return false;
    const auto award = certificate_at(view, *certificate.award);
    return !award || is_void(view, *certificate.award, award->signers);
}

/// The award of one item. `replaced` are the targets that the list replaces so far.
/// Errors: kTargetUnknown … kTargetSuspended.
Result<wire::LogIndex, LedgerError> resolve(const View& view, const wire::Terms& terms,
                                            const wire::Relation& relation,
                                            std::set<wire::LogIndex>& replaced) {
    const auto target = certificate_at(view, relation.target);
    if (!target || counts_as_absent(view, relation.target, *target)) {
        return std::unexpected{LedgerError::kTargetUnknown};
    }
    if (target->terms.awarding.front().institution != terms.awarding.front().institution) {
        return std::unexpected{LedgerError::kTargetNotYours};
    }
    const bool replaces = relation.code == wire::RelationCode::kReplaces;
    if (replaces && !replaced.insert(relation.target).second) {
        return std::unexpected{LedgerError::kTargetTwice};
    }
    if (replaces && target->terms != terms) return std::unexpected{LedgerError::kTermsDiffer};
    const wire::LogIndex award = target->award.value_or(relation.target);
    if (is_final(view, relation.target, award)) return std::unexpected{LedgerError::kTargetFinal};
    if (replaces && status_of(view, relation.target).issuer.is(kSuspended)) {
        // The mark would stand where the suspension stands.
        return std::unexpected{LedgerError::kTargetSuspended};
    }
    return award;
}

}  // namespace

Result<std::vector<Link>, Refusal> resolve_relations(const Context& context,
                                                     const wire::Terms& terms) {
    std::vector<Link> links;
    std::set<wire::LogIndex> replaced;
    std::optional<Refusal> fault;
    const auto items = context.transaction.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].relation) continue;
        const auto award = resolve(context.view, terms, *items[i].relation, replaced);
        if (award) {
            links.push_back({i, *award});
        } else if (!fault || award.error() < fault->error) {
            fault = refuse_at(award.error(), i).error();
        }
    }
    if (fault) return std::unexpected{*fault};
    return links;
}

}  // namespace tasdiq::ledger
