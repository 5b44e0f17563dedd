#pragma once

#include <string>
#include <vector>

#include "credential/ecdsa_sd.hpp"
#include "credential/proof_test.hpp"
#include "credential/sd_value.hpp"
#include "keys/signing_key.hpp"

// What the tests of ecdsa-sd-2023 share.
namespace tasdiq::credential {

/// Keys of one proof from given bytes.
class GivenProofKeys final : public ProofScopedKeys {
  public:
    GivenProofKeys(Bytes hmac_key, keys::SigningKey key)
        : hmac_key_{std::move(hmac_key)}, key_{std::move(key)} {}
    [[nodiscard]] static GivenProofKeys generate() {
        return {Bytes(32, 7), keys::SigningKey::generate(crypto::Algorithm::kEs256)};
    }
    [[nodiscard]] ByteView hmac_key() const override { return hmac_key_; }
    [[nodiscard]] const crypto::P256PublicKey& public_key() const override {
        return *key_.public_key().get<crypto::P256PublicKey>();
    }
    [[nodiscard]] Bytes sign(ByteView message) const override { return key_.sign(message); }

  private:
    Bytes hmac_key_;
    keys::SigningKey key_;
};

inline Result<std::vector<VerifiedProof>, ProofError> verified_derived(
    const codec::Json& document, linked::ContextCache& contexts) {
    DidKeyResolver keys;
    return verify_proof(document, keys, contexts, {.derived = verify_derived});
}

inline std::vector<std::string> texts_in(const codec::Json& list) {
    std::vector<std::string> texts;
    for (const codec::Json& one : list.as_array()) texts.push_back(one.as_string());
    return texts;
}

}  // namespace tasdiq::credential
