#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "codec/json.hpp"
#include "credential/key_resolver.hpp"

namespace tasdiq::credential {

/// Why a verification method was refused. Numbers are stable.
enum class MethodError : std::uint16_t {
    kUrl = 1,           // no URL with a fragment
    kDocument = 2,      // there is no controller document, or it is none
    kDocumentId = 3,    // it is another's
    kMethod = 4,        // no such method in it, not its controller's, no key of ours, or ended
    kRelationship = 5,  // the method is not for this purpose
};
/// The standard's code, such as `INVALID_VERIFICATION_METHOD`. Spec: Controlled Identifiers 1.0
/// §3.5.
[[nodiscard]] std::string_view to_string(MethodError error);

/// Where controller documents (DID documents and others) come from. Nothing is fetched here: a
/// caller that may fetches before it asks, `did:web` from `url_of_did_web`.
class DocumentSource {
  public:
    DocumentSource() = default;
    DocumentSource(const DocumentSource&) = delete;
    DocumentSource& operator=(const DocumentSource&) = delete;
    virtual ~DocumentSource() = default;
    /// The document of `url`, a DID or a URL without fragment; null if there is none. It stays
    /// until the next call.
    [[nodiscard]] virtual const codec::Json* document(std::string_view url) = 0;
};

/// The key of a verification method, from its controller's document: a `Multikey`, or the legacy
/// `Ed25519VerificationKey2020`. `now` is for keys that have ended (`revoked`, `expires`).
/// Errors in the order of their numbers. Spec: Controlled Identifiers 1.0 §3.3.
[[nodiscard]] Result<crypto::PublicKey, MethodError> retrieve_method(
    std::string_view verification_method, std::string_view purpose, DocumentSource& documents,
    Instant now);

/// Resolves `did:key` by itself and everything else by its document.
class DocumentResolver final : public KeyResolver {
  public:
    /// `documents` must outlive this.
    DocumentResolver(DocumentSource& documents, Instant now) : documents_{documents}, now_{now} {}

    [[nodiscard]] std::optional<crypto::PublicKey> resolve(std::string_view verification_method,
                                                           std::string_view purpose) override;
    /// Why the last method was not found.
    [[nodiscard]] std::optional<MethodError> error() const { return error_; }

  private:
    DocumentSource& documents_;
    Instant now_;
    std::optional<MethodError> error_;
};

}  // namespace tasdiq::credential
