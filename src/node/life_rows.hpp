#pragma once

#include "store/ledger_store.hpp"
#include "text/language.hpp"

namespace tasdiq::node {

/// Sentences about a certificate's seat and its attestations, and who signed it, for its page.
struct LifeRows {
    std::vector<std::string> enrolment, attestations, signers;
};

/// What the ledger has of them now, with what a voided key signed said to be so. Nothing when the
/// disk failed.
[[nodiscard]] std::optional<LifeRows> life_rows(const store::LedgerStore& store,
                                                wire::LogIndex index,
                                                const wire::CertificateEntry& certificate,
                                                text::Language language);

}  // namespace tasdiq::node
