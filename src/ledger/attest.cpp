#include "ledger/issue_rules.hpp"
#include "ledger/statuses.hpp"

// An authority says of certificates that they are genuine: what a ministry's stamp said.
namespace tasdiq::ledger {
namespace {

/// Whether the authority supervises one of those who awarded it, or accredited it.
bool answers_for(const Context& context, wire::MemberId authority, const wire::Terms& terms) {
    return std::ranges::any_of(terms.awarding, [&](const wire::Awarding& one) {
        if (find_supervised(context, authority, one.institution)) return true;
        const auto accreditation = one.accreditation
                                       ? read<wire::AccreditationRecord>(
                                             context.view, wire::MapKey::accreditation(
                                                               one.institution, *one.accreditation))
                                       : std::nullopt;
        return accreditation && successor_of(context, accreditation->authority) == authority;
    });
}

/// Errors: kCertificateUnknown, kNotYourCertificate, kStatusFinal, kStatusSuspended,
/// kAlreadyAttested.
std::optional<LedgerError> attest_fault(const Context& context, wire::MemberId authority,
                                        wire::LogIndex index) {
    const View& view = context.view;
    const auto certificate = certificate_at(view, index);
    if (!certificate || counts_as_absent(view, index, *certificate)) {
        return LedgerError::kCertificateUnknown;
    }
    if (!answers_for(context, authority, certificate->terms)) {
        return LedgerError::kNotYourCertificate;
    }
    const wire::LogIndex award = certificate->award.value_or(index);
    if (is_final(view, index, award)) return LedgerError::kStatusFinal;
    if (status_of(view, award).is(wire::StatusState::kSuspended)) {
        return LedgerError::kStatusSuspended;
    }
    if (read_unvoided<wire::AttestationRecord>(view, wire::MapKey::attestation(index))) {
        return LedgerError::kAlreadyAttested;
    }
    return std::nullopt;
}

}  // namespace

Outcome apply_body(const Context& context, const wire::Attest& body, Diff& diff) {
    TRY(const Member authority, find_sender(context, body.authority, {.authority = true}));
    TRY(check_policy(context, authority, {.body = wire::BodyCode::kAttest}));
    std::optional<Refusal> fault;
    for (std::size_t i = 0; i < body.indices.size(); ++i) {
        const auto error = attest_fault(context, authority.id, body.indices[i]);
        if (error && (!fault || *error < fault->error)) fault = refuse_at(*error, i).error();
        put(diff, wire::MapKey::attestation(body.indices[i]),
            wire::AttestationRecord{context.index, context.signers(), authority.id,
                                    context.block.time});
    }
    if (fault) return std::unexpected{*fault};
    return Ok{};
}

}  // namespace tasdiq::ledger
