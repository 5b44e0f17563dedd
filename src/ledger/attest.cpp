#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"

// An authority says of certificates that they are genuine: what a ministry's stamp said.
namespace tasdiq::ledger {
namespace {

/// Whether the authority supervises one of those who awarded it, or accredited it.
bool answers_for(const Context& context, wire::MemberId authority, const wire::Terms& terms) {
    const bool supervises = std::ranges::any_of(terms.awarding, [&](const wire::Awarding& one) {
        return find_supervised(context, authority, one.institution).has_value();
    });
    if (supervises) return true;
    const auto accredited = accrediting(context, terms);
    return std::ranges::find(accredited, authority) != accredited.end();
}

/// Errors: kCertificateUnknown, kNotYourCertificate, kStatusFinal, kStatusSuspended,
/// kAlreadyAttested.
std::optional<LedgerError> attest_fault(const Context& context, wire::MemberId authority,
                                        wire::LogIndex index) {
    const View& view = context.view;
    const auto certificate = certificate_at(view, index);
    if (!certificate || counts_as_absent(context, index, *certificate)) {
        return LedgerError::kCertificateUnknown;
    }
    if (!answers_for(context, authority, certificate->terms)) {
        return LedgerError::kNotYourCertificate;
    }
    const wire::LogIndex award = certificate->award.value_or(index);
    if (is_final(view, index, award)) return LedgerError::kStatusFinal;
    if (suspended_in(context, award).is_any()) return LedgerError::kStatusSuspended;
    if (read_unvoided<wire::AttestationRecord>(view, wire::MapKey::attestation(index))) {
        return LedgerError::kAlreadyAttested;
    }
    return std::nullopt;
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Attest& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kAttest}));
    LowestFault fault;
    for (std::size_t i = 0; i < body.indices.size(); ++i) {
        const auto error = attest_fault(context, authority.id, body.indices[i]);
        if (error) fault.add(*error, i);
        put(diff, wire::MapKey::attestation(body.indices[i]),
            wire::AttestationRecord{context.index, context.signers(), authority.id,
                                    context.block.time});
    }
    return fault.outcome();
}

}  // namespace tasdiq::ledger
