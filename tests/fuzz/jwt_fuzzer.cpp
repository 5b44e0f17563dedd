// No text breaks the reader of JWTs. The input is also a header on its first line and a payload
// behind it, which are signed: what verifies has this payload, and not with another signature or as
// another type.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ensure.hpp"
#include "codec/base_n.hpp"
#include "codec/jcs.hpp"
#include "credential/data_integrity.hpp"
#include "credential/jwt.hpp"
#include "keys/signing_key.hpp"

namespace {

using namespace tasdiq;
using credential::kCredentialJwt;
using credential::kPresentationJwt;

constexpr Instant kNow{1'796'000'000};

/// Whatever names a key names this one.
class OneKey final : public credential::KeyResolver {
  public:
    explicit OneKey(crypto::PublicKey key) : key_{std::move(key)} {}
    std::optional<crypto::PublicKey> resolve(std::string_view method,
                                             std::string_view purpose) override {
        return method.empty() || purpose.empty() ? std::nullopt : std::optional{key_};
    }

  private:
    crypto::PublicKey key_;
};

Result<credential::VerifiedJwt, credential::JwtError> verify(std::string_view jwt,
                                                             std::string_view type,
                                                             credential::KeyResolver& keys) {
    return verify_jwt(jwt, type, credential::kAssertionMethod, keys, kNow);
}

void check_text(std::string_view text, credential::KeyResolver& keys) {
    for (const std::string_view type : {kCredentialJwt, kPresentationJwt}) {
        if (const auto jwt = credential::jwt_of_data_url(text, type)) {
            ENSURE(text.ends_with(*jwt));
            check_text(*jwt, keys);
        }
        const auto verified = verify(text, type, keys);
        if (!verified) ENSURE(!to_string(verified.error()).empty());
    }
}

void check_signed(std::string_view header, std::string_view payload, const keys::SigningKey& key,
                  credential::KeyResolver& resolver) {
    const std::string input = codec::encode_base64url(as_bytes(header)) + "." +
                              codec::encode_base64url(as_bytes(payload));
    Bytes signature = key.sign(as_bytes(input));
    const std::string jwt = credential::finish_jwt(input, signature);
    signature[0] ^= 1U;
    const std::string forged = credential::finish_jwt(input, signature);
    for (const std::string_view type : {kCredentialJwt, kPresentationJwt}) {
        const auto verified = verify(jwt, type, resolver);
        if (!verified) continue;
        const auto expected = codec::parse_json(payload);
        ENSURE(expected && codec::to_jcs(verified->payload()) == codec::to_jcs(*expected));
        ENSURE(!verified->verification_method().empty());
        ENSURE(verify(forged, type, resolver).error() == credential::JwtError::kSignature);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kKey = keys::SigningKey::generate(crypto::Algorithm::kEd25519);
    static OneKey resolver{kKey.public_key()};
    const std::string_view text = as_text(ByteView{data, size});
    check_text(text, resolver);
    if (const std::size_t end = text.find('\n'); end != text.npos) {
        check_signed(text.substr(0, end), text.substr(end + 1), kKey, resolver);
    }
    return 0;
}
