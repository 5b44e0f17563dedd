#include <array>
#include <bearssl_ec.h>

#include "base/ensure.hpp"
#include "crypto/backend.hpp"
#include "crypto/curve.hpp"

extern "C" {
// BearSSL's big integers, from its private header: words of 31 bits, least significant first,
// behind a word that says how many bits. Used to decompress points, which BearSSL does not.
std::uint32_t br_i31_decode_mod(std::uint32_t* x, const void* from, std::size_t size,
                                const std::uint32_t* modulus);
void br_i31_decode(std::uint32_t* x, const void* from, std::size_t size);
void br_i31_encode(void* to, std::size_t size, const std::uint32_t* x);
std::uint32_t br_i31_add(std::uint32_t* a, const std::uint32_t* b, std::uint32_t really);
std::uint32_t br_i31_sub(std::uint32_t* a, const std::uint32_t* b, std::uint32_t really);
std::uint32_t br_i31_ninv31(std::uint32_t x);
void br_i31_to_monty(std::uint32_t* x, const std::uint32_t* modulus);
void br_i31_from_monty(std::uint32_t* x, const std::uint32_t* modulus, std::uint32_t m0i);
void br_i31_montymul(std::uint32_t* product, const std::uint32_t* a, const std::uint32_t* b,
                     const std::uint32_t* modulus, std::uint32_t m0i);
void br_i31_modpow(std::uint32_t* x, const unsigned char* exponent, std::size_t size,
                   const std::uint32_t* modulus, std::uint32_t m0i, std::uint32_t* t1,
                   std::uint32_t* t2);
}

namespace tasdiq::crypto::backend {
namespace {

constexpr std::size_t kCoordinateMax = 48;

// The constant b of y² = x³ − 3x + b. Spec: SP 800-186 §3.2.1.
constexpr auto kP256B =
    from_hex_literal("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
constexpr auto kP384B = from_hex_literal(
    "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875A"
    "C656398D8A2ED19D2A85C8EDD3EC2AEF");

// 384 bits in words of 31, the length in front, one word of slack as BearSSL asks for.
using Number = std::array<std::uint32_t, 15>;

/// The field of a curve.
class Field {
  public:
    explicit Field(ByteView prime) : size_{prime.size()} {
        br_i31_decode(prime_.data(), prime.data(), prime.size());
        m0i_ = br_i31_ninv31(prime_[1]);

        // (p + 1) / 4. Both primes are 3 modulo 4, so that is (p − 3) / 4 + 1: shift, then add one.
        std::ranges::copy(prime, root_exponent_.begin());
        unsigned carry = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const unsigned byte = root_exponent_[i];
            root_exponent_[i] = static_cast<std::uint8_t>(carry << 6 | byte >> 2);
            carry = byte & 3;
        }
        for (std::size_t i = size_; i-- > 0 && ++root_exponent_[i] == 0;) {
        }
    }

    /// A number below p, in Montgomery's form as all numbers here.
    [[nodiscard]] Number decode(ByteView bytes) const {
        Number number{};
        ENSURE(br_i31_decode_mod(number.data(), bytes.data(), bytes.size(), prime_.data()) == 1);
        br_i31_to_monty(number.data(), prime_.data());
        return number;
    }
    void encode(std::span<std::uint8_t> to, Number number) const {
        br_i31_from_monty(number.data(), prime_.data(), m0i_);
        br_i31_encode(to.data(), to.size(), number.data());
    }
    [[nodiscard]] Number multiply(const Number& a, const Number& b) const {
        Number product{};
        br_i31_montymul(product.data(), a.data(), b.data(), prime_.data(), m0i_);
        return product;
    }
    [[nodiscard]] Number add(Number a, const Number& b) const {
        const std::uint32_t carry = br_i31_add(a.data(), b.data(), 1);
        const std::uint32_t below = br_i31_sub(a.data(), prime_.data(), 0);
        if (carry == 1 || below == 0) br_i31_sub(a.data(), prime_.data(), 1);
        return a;
    }
    [[nodiscard]] Number subtract(Number a, const Number& b) const {
        if (br_i31_sub(a.data(), b.data(), 1) == 1) br_i31_add(a.data(), prime_.data(), 1);
        return a;
    }
    [[nodiscard]] Number negate(const Number& a) const {
        Number zero{};
        zero[0] = prime_[0];
        return subtract(zero, a);
    }
    /// One of the roots of `a` if it has any; otherwise some number.
    [[nodiscard]] Number square_root(Number a) const {
        br_i31_from_monty(a.data(), prime_.data(), m0i_);
        Number t1{};
        Number t2{};
        br_i31_modpow(a.data(), root_exponent_.data(), size_, prime_.data(), m0i_, t1.data(),
                      t2.data());
        br_i31_to_monty(a.data(), prime_.data());
        return a;
    }

  private:
    std::size_t size_;
    Number prime_{};
    std::uint32_t m0i_ = 0;
    std::array<std::uint8_t, kCoordinateMax> root_exponent_{};
};

/// x³ − 3x + b.
Number right_side(const Field& field, const Number& x, const Number& b) {
    Number result = field.multiply(field.multiply(x, x), x);
    for (int i = 0; i < 3; ++i) result = field.subtract(result, x);
    return field.add(result, b);
}

}  // namespace

struct EcKey {
    Curve curve;
    std::size_t coordinate_size;
    std::array<unsigned char, 1 + 2 * kCoordinateMax> point;  // 04 ‖ x ‖ y
};

std::shared_ptr<const EcKey> make_ec_key(Curve curve, ByteView point) {
    const bool is_p256 = curve == Curve::kP256;
    const ByteView prime = is_p256 ? ByteView{CurveNumbers<Curve::kP256>::kPrime}
                                   : ByteView{CurveNumbers<Curve::kP384>::kPrime};
    const Field field{prime};
    auto made = std::make_shared<EcKey>(EcKey{curve, prime.size(), {}});
    const std::span<unsigned char> out{made->point};
    std::ranges::copy(point, out.begin());
    const ByteView x_bytes = out.subspan(1, prime.size());
    const auto y_bytes = out.subspan(1 + prime.size(), prime.size());

    const Number square = right_side(field, field.decode(x_bytes),
                                     field.decode(is_p256 ? ByteView{kP256B} : ByteView{kP384B}));
    const bool is_compressed = point[0] != 4;
    Number y = is_compressed ? field.square_root(square) : field.decode(y_bytes);
    if (field.multiply(y, y) != square) return nullptr;
    if (is_compressed) {
        field.encode(y_bytes, y);
        // Neither curve has a point with y = 0, so there are always two roots.
        if ((y_bytes.back() & 1) != (point[0] & 1)) {
            field.encode(y_bytes, field.negate(y));
        }
        out[0] = 4;
    }
    return made;
}

Bytes uncompressed_point(const EcKey& key) {
    return to_bytes(ByteView{key.point}.first(1 + 2 * key.coordinate_size));
}

bool holds_ecdsa_equation(const EcKey& key, ByteView digest, ByteView signature) {
    const bool is_p256 = key.curve == Curve::kP256;
    auto point = key.point;  // br_ec_public_key has no const
    const br_ec_public_key bear_key{is_p256 ? BR_EC_secp256r1 : BR_EC_secp384r1, point.data(),
                                    1 + 2 * key.coordinate_size};
    return br_ecdsa_i31_vrfy_raw(is_p256 ? &br_ec_p256_m31 : &br_ec_prime_i31, digest.data(),
                                 digest.size(), &bear_key, signature.data(), signature.size()) == 1;
}

}  // namespace tasdiq::crypto::backend
