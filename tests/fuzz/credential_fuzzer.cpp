// A document that is cut into claims is the sum of its claims: its text is canonical, reads as the
// same credential again, and each claim stands where its pointer says. Proofs and required members
// are looked at in whatever else comes.
#include <cstddef>
#include <cstdint>

#include "base/ensure.hpp"
#include "certificate/claims.hpp"
#include "certificate/commitment.hpp"
#include "codec/jcs.hpp"
#include "credential/check.hpp"
#include "credential/data_integrity.hpp"
#include "credential/did.hpp"
#include "linked/bundled_contexts.hpp"

namespace {

using namespace tasdiq;

void check_claims(const certificate::CanonicalCredential& credential) {
    const auto document = codec::parse_json(credential.text());
    ENSURE(document && codec::to_jcs(*document) == credential.text());
    for (const certificate::Claim& claim : credential.claims()) {
        const std::string pointer = certificate::to_pointer(claim.id);
        const codec::Json* const value = codec::resolve_pointer(*document, pointer);
        ENSURE(value != nullptr && codec::to_jcs(*value) == credential.value_of(claim));
    }
    const auto again = certificate::read_credential(*document);
    ENSURE(again && again->text() == credential.text() && again->hash() == credential.hash());
    const auto secured = codec::parse_json(credential.with_proof("{}"));
    ENSURE(secured && codec::to_jcs(*secured) == credential.with_proof("{}"));
}

/// The quick way and the strict one come to the same.
void check_same(const certificate::SecuredCredential& secured,
                const certificate::CanonicalCredential& read, const codec::Json* proof) {
    ENSURE(secured.proof.has_value() == (proof != nullptr));
    ENSURE(proof == nullptr || *secured.proof == codec::to_jcs(*proof));
    ENSURE(secured.credential.text() == read.text() && secured.credential.hash() == read.hash());
    ENSURE(secured.credential.with_proof("{}") == read.with_proof("{}"));
    ENSURE(secured.credential.valid_until() == read.valid_until());
    ENSURE(secured.credential.type() == read.type());
    ENSURE(secured.credential.course_count() == read.course_count());
    ENSURE(secured.credential.claims() == read.claims());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView{data, size});
    if (const auto url = credential::url_of_did_web(text)) {
        ENSURE(credential::did_web_of_url(*url).has_value());
    }
    if (const auto url = credential::parse_key_url(text)) {
        ENSURE(credential::make_key_url(url->did, url->ordinal) == text);
    }
    if (const auto id = certificate::parse_claim_pointer(text)) {
        ENSURE(certificate::to_pointer(*id) == text);
    }
    const auto document = codec::parse_json(text);
    if (!document) return 0;
    const auto checked = credential::check_credential(*document);
    if (!checked) ENSURE(!to_string(checked.error().error).empty());
    credential::DidKeyResolver keys;
    static linked::BundledContexts contexts;
    const auto proofs = credential::verify_proof(*document, keys, contexts.cache());
    if (!proofs) ENSURE(!to_string(proofs.error()).empty());
    const auto read = certificate::read_credential(*document);
    const auto secured = certificate::read_secured(as_bytes(text));
    ENSURE(secured.has_value() == read.has_value());
    if (!read) {
        ENSURE(!to_string(read.error().error).empty() && secured.error() == read.error());
        return 0;
    }
    check_claims(*read);
    check_same(*secured, *read, document->find("proof"));
    // Whoever has hashed the document already gets the same answer.
    const auto same = credential::verify_proof(document->find("proof"), read->unsecured(), keys,
                                               contexts.cache());
    ENSURE(same.has_value() == proofs.has_value());
    ENSURE(same.has_value() || same.error() == proofs.error());
    if (!secured->proof) return 0;
    const auto quick =
        credential::verify_proof_jcs(*secured->proof, read->unsecured(), keys, contexts.cache());
    ENSURE(quick.has_value() == proofs.has_value());
    ENSURE(quick.has_value() || quick.error() == proofs.error());
    return 0;
}
