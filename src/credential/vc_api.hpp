#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "credential/check.hpp"
#include "credential/controller.hpp"
#include "credential/data_integrity.hpp"
#include "credential/ecdsa_sd.hpp"
#include "linked/context_cache.hpp"

// The VC API's answers to requests that are JSON already: docs/formats/vc-api.md.
namespace tasdiq::credential {

/// Why a request was refused. Numbers are stable.
enum class VcApiError : std::uint16_t {
    // The request
    kBody = 1,     // no JSON, or no object with what the route is about
    kOptions = 2,  // `options` is no object, or a member of it is of another type
    // The document
    kDataModel = 10,   // a CredentialError
    kLinkedData = 11,  // a term, type or id that no context defines, or a context that we lack
    // Its securing
    kProof = 20,       // a ProofError
    kMethod = 21,      // a MethodError
    kController = 22,  // secured by another than the issuer, or the holder
    kNotYet = 23,      // valid later
    kExpired = 24,     // valid no more
    kStatus = 25,      // a StatusError, or no list where the status was to be checked
    kEnvelope = 26,    // a JwtError, or an envelope that is none
    kRevoked = 27,     // by its status list
    kSuspended = 28,   // the same
};
[[nodiscard]] std::string_view to_string(VcApiError error);

/// The body of an answer and the HTTP status that goes with it. One that is 400 or more is a
/// problem: `application/problem+json`.
struct VcAnswer {
    unsigned status = 200;
    codec::Json body;
};

/// What a request is answered with.
struct VcApiWorld {
    DocumentSource& documents;       // of keys that are no did:key
    linked::ContextCache& contexts;  // one thread's
    Instant now;
};

/// A key that issues whatever it is asked to: for conformance tests.
class IssuerKey {
  public:
    IssuerKey() = default;
    IssuerKey(const IssuerKey&) = delete;
    IssuerKey& operator=(const IssuerKey&) = delete;
    virtual ~IssuerKey() = default;
    [[nodiscard]] virtual crypto::Algorithm algorithm() const = 0;
    /// A DID URL; what stands before its `#` is the issuer.
    [[nodiscard]] virtual std::string verification_method() const = 0;
    [[nodiscard]] virtual Bytes sign(ByteView message) const = 0;
};

/// `POST /credentials/verify`: `{"verifiableCredential": …, "options": {"checks": […], "challenge",
/// "domain"}}`. 200, 400 for what is malformed, 422 for what does not hold.
[[nodiscard]] VcAnswer answer_verify_credential(std::string_view body, VcApiWorld& world);
/// `POST /presentations/verify`: `{"verifiablePresentation": …, "options": …}`. Where `checks` is
/// there without `proof`, a presentation may be without one; credentials in it never.
[[nodiscard]] VcAnswer answer_verify_presentation(std::string_view body, VcApiWorld& world);
/// `POST …/credentials/issue`: `{"credential": …}`. 201 with `{"verifiableCredential": …}`. Of an
/// issuer that is not named it makes the key's, and it adds the proof's context where the
/// document's own lack it. `suite` must be one for keys of this algorithm.
[[nodiscard]] VcAnswer answer_issue(std::string_view body, std::string_view suite,
                                    const IssuerKey& key, VcApiWorld& world);

/// The same into an envelope: `{"verifiableCredential": {"type": "EnvelopedVerifiableCredential",
/// …}}`.
[[nodiscard]] VcAnswer answer_issue_jwt(std::string_view body, const IssuerKey& key,
                                        VcApiWorld& world);

/// `answer_issue` with a base proof of ecdsa-sd-2023; `options` may have `mandatoryPointers`, which
/// stand for the usual ones. `key`
/// is of P-256, `once` for this call alone.
[[nodiscard]] VcAnswer answer_issue_base(std::string_view body, const IssuerKey& key,
                                         const ProofScopedKeys& once, VcApiWorld& world);
/// `POST /credentials/derive`: `{"verifiableCredential": …, "options": {"selectivePointers":
/// […]}}`. 201 with the credential that shows what they point to, as it is.
[[nodiscard]] VcAnswer answer_derive(std::string_view body, VcApiWorld& world);

}  // namespace tasdiq::credential
