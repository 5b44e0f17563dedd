#include "crypto/public_key.hpp"

#include "base/ensure.hpp"
#include "crypto/backend.hpp"
#include "crypto/curve.hpp"

namespace tasdiq::crypto {

std::string_view to_string(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::kEd25519: return "Ed25519";
        case Algorithm::kEs256: return "ES256";
        case Algorithm::kEs384: return "ES384";
    }
    ENSURE(false);
}

std::optional<Algorithm> algorithm_from_cose(std::int64_t number) {
    for (const auto algorithm : {Algorithm::kEd25519, Algorithm::kEs256, Algorithm::kEs384}) {
        if (number == static_cast<std::int64_t>(algorithm)) return algorithm;
    }
    return std::nullopt;
}

std::string_view to_string(KeyError error) {
    switch (error) {
        case KeyError::kNotMultibase: return "text is not base58btc with the prefix z";
        case KeyError::kUnknownMulticodec: return "multicodec of the key is not one we know";
        case KeyError::kNotDidKey: return "text does not begin with did:key:";
        case KeyError::kFragmentDiffers: return "fragment of the did:key is not its own key";
        case KeyError::kNotSpki: return "bytes are not a SubjectPublicKeyInfo in DER";
        case KeyError::kUnknownSpkiAlgorithm: return "algorithm of the SPKI is not one we know";
        case KeyError::kLength: return "key has the wrong number of bytes";
        case KeyError::kPointForm: return "first byte of the point does not fit its form";
        case KeyError::kNotCanonical: return "coordinate of the point is not below the prime";
        case KeyError::kNotOnCurve: return "point is not on the curve";
        case KeyError::kSmallOrder: return "point is of small order";
    }
    ENSURE(false);
}

Result<Ed25519PublicKey, KeyError> Ed25519PublicKey::parse(ByteView raw) {
    const auto bytes = Raw::from(raw);
    if (!bytes) return std::unexpected{KeyError::kLength};
    if (!is_canonical_ed25519(raw)) return std::unexpected{KeyError::kNotCanonical};
    if (!backend::is_ed25519_point(raw)) return std::unexpected{KeyError::kNotOnCurve};
    if (is_small_order_ed25519(raw)) return std::unexpected{KeyError::kSmallOrder};
    return Ed25519PublicKey{*bytes};
}

template <Curve C>
Result<EcPublicKey<C>, KeyError> EcPublicKey<C>::parse(ByteView raw) {
    const auto bytes = Raw::from(raw);
    if (!bytes) return std::unexpected{KeyError::kLength};
    if (raw[0] != 2 && raw[0] != 3) return std::unexpected{KeyError::kPointForm};
    if (!is_below(raw.subspan(1), CurveNumbers<C>::kPrime)) {
        return std::unexpected{KeyError::kNotCanonical};
    }
    auto prepared = backend::make_ec_key(C, raw);
    if (prepared == nullptr) return std::unexpected{KeyError::kNotOnCurve};
    return EcPublicKey{*bytes, std::move(prepared)};
}

template <Curve C>
Result<EcPublicKey<C>, KeyError> EcPublicKey<C>::parse_uncompressed(ByteView raw) {
    if (raw.size() != kUncompressedSize) return std::unexpected{KeyError::kLength};
    if (raw[0] != 4) return std::unexpected{KeyError::kPointForm};
    const ByteView x = raw.subspan(1, kSize - 1);
    const ByteView y = raw.subspan(kSize);
    if (!is_below(x, CurveNumbers<C>::kPrime) || !is_below(y, CurveNumbers<C>::kPrime)) {
        return std::unexpected{KeyError::kNotCanonical};
    }
    auto prepared = backend::make_ec_key(C, raw);
    if (prepared == nullptr) return std::unexpected{KeyError::kNotOnCurve};

    Raw compressed;
    compressed.mutable_view()[0] = static_cast<std::uint8_t>(2 + (y.back() & 1));
    std::ranges::copy(x, compressed.mutable_view().begin() + 1);
    return EcPublicKey{compressed, std::move(prepared)};
}

template <Curve C>
Bytes EcPublicKey<C>::uncompressed() const {
    return backend::uncompressed_point(*prepared_);
}

template class EcPublicKey<Curve::kP256>;
template class EcPublicKey<Curve::kP384>;

Result<PublicKey, KeyError> PublicKey::parse(Algorithm algorithm, ByteView raw) {
    switch (algorithm) {
        case Algorithm::kEd25519: {
            TRY(const Ed25519PublicKey key, Ed25519PublicKey::parse(raw));
            return PublicKey{key};
        }
        case Algorithm::kEs256: {
            TRY(P256PublicKey key, P256PublicKey::parse(raw));
            return PublicKey{std::move(key)};
        }
        case Algorithm::kEs384: {
            TRY(P384PublicKey key, P384PublicKey::parse(raw));
            return PublicKey{std::move(key)};
        }
    }
    ENSURE(false);
}

Algorithm PublicKey::algorithm() const {
    return std::visit([](const auto& key) { return key.kAlgorithm; }, any_);
}

ByteView PublicKey::view() const {
    return std::visit([](const auto& key) { return key.view(); }, any_);
}

}  // namespace tasdiq::crypto
