#include "credential/key_resolver.hpp"

#include "crypto/multikey.hpp"

namespace tasdiq::credential {

std::optional<crypto::PublicKey> DidKeyResolver::resolve(std::string_view verification_method,
                                                         std::string_view) {
    // The method is named by the key's fragment; the DID alone names the document.
    if (verification_method.find('#') == std::string_view::npos) return std::nullopt;
    auto key = crypto::parse_did_key(verification_method);
    if (!key) return std::nullopt;
    return *std::move(key);
}

}  // namespace tasdiq::credential
