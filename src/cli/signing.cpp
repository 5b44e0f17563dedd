#include "cli/signing.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "base/ensure.hpp"
#include "crypto/multikey.hpp"
#include "keys/random.hpp"
#include "text/catalogue.hpp"

namespace tasdiq::cli {

Instant now() { return {std::time(nullptr)}; }

wire::Payload make_payload(const wire::ChainId& chain, std::vector<wire::Signer> signers,
                           wire::Body body, Instant now, std::int64_t valid_s) {
    std::ranges::sort(signers);
    return {chain,
            keys::random<wire::Nonce>(),
            {now.seconds + valid_s},
            std::move(signers),
            std::move(body)};
}

wire::EnvelopeSignature sign_payload(ByteView payload, const keys::SigningKey& key) {
    const crypto::KeyId id = crypto::key_id(key.public_key());
    return {key.algorithm(), id, key.sign(wire::signing_input(payload, key.algorithm(), id))};
}

Bytes make_submission(const wire::Payload& payload, std::vector<LocalSigner> signers,
                      std::optional<Bytes> list) {
    std::ranges::sort(signers, {}, &LocalSigner::signer);
    ENSURE(std::ranges::equal(signers, payload.signers, {}, &LocalSigner::signer));
    const Bytes bytes = wire::encode(payload);
    std::vector<wire::EnvelopeSignature> signatures;
    for (const LocalSigner& one : signers) signatures.push_back(sign_payload(bytes, *one.key));
    return wire::encode(
        wire::Submission{wire::encode_envelope(bytes, signatures), std::move(list)});
}

wire::NewKey make_new_key(const wire::ChainId& chain, std::optional<wire::MemberId> member,
                          wire::Role role, const keys::SigningKey& key) {
    const ByteView raw = key.public_key().view();
    return {role, key.algorithm(), to_bytes(raw),
            key.sign(wire::possession_input(chain, member, role, key.algorithm(), raw))};
}

bool ask_to_sign(text::Language language) {
    std::printf("%s ", text::format("sign.ask", language).c_str());
    std::fflush(stdout);
    char line[32] = {};
    if (std::fgets(line, sizeof line, stdin) == nullptr) return false;
    const std::string_view answer{line};
    return answer == "yes\n" || answer == "oui\n" || answer == "نعم\n";
}

}  // namespace tasdiq::cli
