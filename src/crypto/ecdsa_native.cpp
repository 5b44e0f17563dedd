#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>

#include "base/ensure.hpp"
#include "crypto/backend.hpp"

// EC_KEY is deprecated in favour of EVP, which on first use reads OpenSSL's configuration file
// (this folder does no I/O) and wants signatures in DER.
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

namespace tasdiq::crypto::backend {

struct EcKey {
    explicit EcKey(Curve curve)
        : key{EC_KEY_new_by_curve_name(curve == Curve::kP256 ? NID_X9_62_prime256v1
                                                             : NID_secp384r1)} {
        ENSURE(key != nullptr);
    }
    EcKey(const EcKey&) = delete;
    EcKey& operator=(const EcKey&) = delete;
    ~EcKey() { EC_KEY_free(key); }

    EC_KEY* key;
};

std::shared_ptr<const EcKey> make_ec_key(Curve curve, ByteView point) {
    auto made = std::make_shared<EcKey>(curve);
    // Checks that the point is on the curve; both curves have prime order, so that is enough.
    if (EC_KEY_oct2key(made->key, point.data(), point.size(), nullptr) != 1) return nullptr;
    return made;
}

Bytes uncompressed_point(const EcKey& key) {
    const EC_GROUP* group = EC_KEY_get0_group(key.key);
    const EC_POINT* point = EC_KEY_get0_public_key(key.key);
    const auto form = POINT_CONVERSION_UNCOMPRESSED;
    Bytes bytes(EC_POINT_point2oct(group, point, form, nullptr, 0, nullptr));
    ENSURE(EC_POINT_point2oct(group, point, form, bytes.data(), bytes.size(), nullptr) ==
           bytes.size());
    return bytes;
}

bool holds_ecdsa_equation(const EcKey& key, ByteView digest, ByteView signature) {
    const int half = static_cast<int>(signature.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{ECDSA_SIG_new(),
                                                                     &ECDSA_SIG_free};
    BIGNUM* r = BN_bin2bn(signature.data(), half, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + half, half, nullptr);
    ENSURE(pair != nullptr && ECDSA_SIG_set0(pair.get(), r, s) == 1);
    return ECDSA_do_verify(digest.data(), static_cast<int>(digest.size()), pair.get(), key.key) ==
           1;
}

}  // namespace tasdiq::crypto::backend
