#pragma once

#include "credential/ecdsa_sd.hpp"
#include "keys/secret.hpp"
#include "keys/signing_key.hpp"

namespace tasdiq::cli {

/// New keys for one base proof of ecdsa-sd-2023; wiped with it.
class FreshProofKeys final : public credential::ProofScopedKeys {
  public:
    [[nodiscard]] ByteView hmac_key() const override { return hmac_key_.view(); }
    [[nodiscard]] const crypto::P256PublicKey& public_key() const override {
        return *key_.public_key().get<crypto::P256PublicKey>();
    }
    [[nodiscard]] Bytes sign(ByteView message) const override { return key_.sign(message); }

  private:
    keys::Secret<32> hmac_key_ = keys::Secret<32>::random();
    keys::SigningKey key_ = keys::SigningKey::generate(crypto::Algorithm::kEs256);
};

}  // namespace tasdiq::cli
