#pragma once

#include <optional>
#include <string_view>

#include "crypto/public_key.hpp"

namespace tasdiq::credential {

/// Finds the key of a verification method. Whether that key may be used for `purpose` is its answer
/// too: nothing if not.
class KeyResolver {
  public:
    KeyResolver() = default;
    KeyResolver(const KeyResolver&) = delete;
    KeyResolver& operator=(const KeyResolver&) = delete;
    virtual ~KeyResolver() = default;
    [[nodiscard]] virtual std::optional<crypto::PublicKey> resolve(
        std::string_view verification_method, std::string_view purpose) = 0;
};

/// Resolves the verification methods of `did:key`, and nothing else.
class DidKeyResolver final : public KeyResolver {
  public:
    [[nodiscard]] std::optional<crypto::PublicKey> resolve(std::string_view verification_method,
                                                           std::string_view purpose) override;
};

}  // namespace tasdiq::credential
