#include "crypto/signature.hpp"

#include "base/ensure.hpp"
#include "crypto/backend.hpp"
#include "crypto/curve.hpp"
#include "crypto/hash.hpp"

namespace tasdiq::crypto {
namespace {

/// The checks that need no curve: lengths and ranges of r and s.
template <Curve C>
Result<Ok, SignatureError> check_form(ByteView signature, LowS low_s) {
    using Numbers = CurveNumbers<C>;
    constexpr std::size_t kSize = Numbers::kOrder.size();
    if (signature.size() != 2 * kSize) return std::unexpected{SignatureError::kLength};
    const ByteView r = signature.first(kSize);
    const ByteView s = signature.subspan(kSize);
    for (const ByteView scalar : {r, s}) {
        if (is_zero(scalar) || !is_below(scalar, Numbers::kOrder)) {
            return std::unexpected{SignatureError::kScalarOutOfRange};
        }
    }
    if (low_s == LowS::kRequired && is_below(Numbers::kHalfOrder, s)) {
        return std::unexpected{SignatureError::kHighS};
    }
    return Ok{};
}

template <Curve C>
Result<Ok, SignatureError> verify_ecdsa(const EcPublicKey<C>& key, ByteView digest,
                                        ByteView signature, LowS low_s) {
    TRY(check_form<C>(signature, low_s));
    if (!backend::holds_ecdsa_equation(key.prepared(), digest, signature)) {
        return std::unexpected{SignatureError::kMismatch};
    }
    return Ok{};
}

template <Curve C>
void normalize(std::span<std::uint8_t> s) {
    using Numbers = CurveNumbers<C>;
    if (!is_below(Numbers::kHalfOrder, s)) return;
    int borrow = 0;
    for (std::size_t i = s.size(); i-- > 0;) {
        const int difference = Numbers::kOrder[i] - s[i] - borrow;
        borrow = difference < 0 ? 1 : 0;
        s[i] = static_cast<std::uint8_t>(difference + 256 * borrow);
    }
    ENSURE(borrow == 0);
}

}  // namespace

std::string_view to_string(SignatureError error) {
    switch (error) {
        case SignatureError::kLength: return "signature has the wrong number of bytes";
        case SignatureError::kScalarOutOfRange: return "number in the signature is out of range";
        case SignatureError::kHighS: return "s of the signature is above half the order";
        case SignatureError::kNonceNotCanonical: return "point R of the signature is not canonical";
        case SignatureError::kNonceSmallOrder: return "point R of the signature is of small order";
        case SignatureError::kMismatch: return "signature does not fit key and message";
    }
    ENSURE(false);
}

Result<Ok, SignatureError> verify(const Ed25519PublicKey& key, ByteView message,
                                  ByteView signature) {
    if (signature.size() != 64) return std::unexpected{SignatureError::kLength};
    const ByteView nonce = signature.first(32);
    std::array<std::uint8_t, 32> scalar{};
    std::ranges::reverse_copy(signature.subspan(32), scalar.begin());
    if (!is_below(scalar, kEd25519Order)) {
        return std::unexpected{SignatureError::kScalarOutOfRange};
    }
    if (!is_canonical_ed25519(nonce)) return std::unexpected{SignatureError::kNonceNotCanonical};
    if (is_small_order_ed25519(nonce)) return std::unexpected{SignatureError::kNonceSmallOrder};
    if (!backend::holds_ed25519_equation(key, message, signature)) {
        return std::unexpected{SignatureError::kMismatch};
    }
    return Ok{};
}

Result<Ok, SignatureError> verify(const P256PublicKey& key, ByteView message, ByteView signature,
                                  LowS low_s) {
    return verify_ecdsa(key, sha256(message).view(), signature, low_s);
}

Result<Ok, SignatureError> verify(const P384PublicKey& key, ByteView message, ByteView signature,
                                  LowS low_s) {
    return verify_ecdsa(key, sha384(message).view(), signature, low_s);
}

Result<Ok, SignatureError> verify(const PublicKey& key, ByteView message, ByteView signature,
                                  LowS low_s) {
    if (const auto* ed25519 = key.get<Ed25519PublicKey>()) {
        return verify(*ed25519, message, signature);
    }
    if (const auto* p256 = key.get<P256PublicKey>()) {
        return verify(*p256, message, signature, low_s);
    }
    return verify(std::get<P384PublicKey>(key.any()), message, signature, low_s);
}

void normalize_low_s(std::span<std::uint8_t> signature) {
    ENSURE(signature.size() == 64 || signature.size() == 96);
    const auto s = signature.subspan(signature.size() / 2);
    if (s.size() == 32) {
        normalize<Curve::kP256>(s);
    } else {
        normalize<Curve::kP384>(s);
    }
}

}  // namespace tasdiq::crypto
