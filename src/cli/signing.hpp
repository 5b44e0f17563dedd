#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/node_client.hpp"
#include "keys/signing_key.hpp"
#include "text/language.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// A signer of a transaction who is here, with the key.
struct LocalSigner {
    wire::Signer signer;
    const keys::SigningKey* key;
};

/// A payload of `body` for `signers`, who are put in order; with a random nonce, expiring
/// `valid_s` seconds after `now` (90 days at most).
[[nodiscard]] wire::Payload make_payload(const wire::ChainId& chain,
                                         std::vector<wire::Signer> signers, wire::Body body,
                                         Instant now, std::int64_t valid_s);

/// One signature over an encoded payload.
[[nodiscard]] wire::EnvelopeSignature sign_payload(ByteView payload, const keys::SigningKey& key);

/// Payload, all signatures and, for `issue`, the list, as they are sent. `signers` are those of the
/// payload.
[[nodiscard]] Bytes make_submission(const wire::Payload& payload, std::vector<LocalSigner> signers,
                                    std::optional<Bytes> list = std::nullopt);

/// A key that asks to be registered: `member` is none with its member's own registration.
[[nodiscard]] wire::NewKey make_new_key(const wire::ChainId& chain,
                                        std::optional<wire::MemberId> member, wire::Role role,
                                        const keys::SigningKey& key);

/// Asks on the terminal whether to sign; any of the three languages' "yes" is one.
[[nodiscard]] bool ask_to_sign(text::Language language);

/// The machine's clock.
[[nodiscard]] Instant now();

}  // namespace tasdiq::cli
