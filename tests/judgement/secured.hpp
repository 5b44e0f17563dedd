#pragma once

#include "certificate/claims.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "keys/signing_key.hpp"
#include "ledger/world_test.hpp"
#include "linked/bundled_contexts.hpp"

namespace tasdiq::judgement {

/// When a credential is signed and how.
struct Proving {
    Instant created;
    std::string_view suite = credential::kDefaultSuite;
};

/// The credential with a proof that `key` makes and that names the assertion key of `signer`, on
/// the ledger of ledger::world.
inline std::string secure(const certificate::CanonicalCredential& canonical, wire::Signer signer,
                          const keys::SigningKey& key, Proving proving,
                          linked::BundledContexts& contexts) {
    credential::ProofOptions options;
    options.verification_method = credential::make_key_url(
        credential::make_institution_did("ledger.example", signer.member.value),
        signer.ordinal.value);
    options.created = proving.created;
    options.suite = proving.suite;
    const auto unfinished =
        credential::signing_input(canonical.unsecured(), options, contexts.cache());
    ENSURE(unfinished);
    return canonical.with_proof(
        credential::finish_proof(*unfinished, key.sign(unfinished->signing_input)));
}

}  // namespace tasdiq::judgement
