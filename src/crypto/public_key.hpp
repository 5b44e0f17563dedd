#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace tasdiq::crypto {

/// A key's algorithm, by its number in the IANA registry "COSE Algorithms".
enum class Algorithm : int { kEd25519 = -8, kEs256 = -7, kEs384 = -35 };

/// "Ed25519", "ES256", "ES384".
[[nodiscard]] std::string_view to_string(Algorithm algorithm);

/// The algorithm with this COSE number, if it is one of ours.
[[nodiscard]] std::optional<Algorithm> algorithm_from_cose(std::int64_t number);

/// Why a public key, or a text of one, was refused. Numbers are stable.
enum class KeyError : std::uint16_t {
    // Texts: Controlled Identifiers 1.0 §2.2.2, DID-KEY
    kNotMultibase = 1,
    kUnknownMulticodec = 2,
    kNotDidKey = 3,
    kFragmentDiffers = 4,
    // DER: RFC 5480, RFC 8410
    kNotSpki = 10,
    kUnknownSpkiAlgorithm = 11,
    // The key itself
    kLength = 20,
    kPointForm = 21,
    kNotCanonical = 22,
    kNotOnCurve = 23,
    kSmallOrder = 24,
};
[[nodiscard]] std::string_view to_string(KeyError error);

/// An Ed25519 key that is canonical, on the curve and not of small order.
class Ed25519PublicKey {
  public:
    static constexpr std::size_t kSize = 32;
    static constexpr Algorithm kAlgorithm = Algorithm::kEd25519;

    /// Errors, first match wins: kLength, kNotCanonical, kNotOnCurve, kSmallOrder.
    /// Cost: about a third of a verification. Spec: RFC 8032 §5.1.3.
    [[nodiscard]] static Result<Ed25519PublicKey, KeyError> parse(ByteView raw);

    [[nodiscard]] ByteView view() const { return raw_.view(); }

    friend auto operator<=>(const Ed25519PublicKey&, const Ed25519PublicKey&) = default;

  private:
    using Raw = TaggedBytes<struct Ed25519PublicKeyTag, kSize>;
    explicit Ed25519PublicKey(const Raw& raw) : raw_{raw} {}
    Raw raw_;
};

namespace backend {
struct EcKey;
}

enum class Curve : std::uint8_t { kP256, kP384 };

/// A point of P-256 or P-384 that is not the one at infinity. `view()` is the compressed form
/// (SEC 1 §2.3.3): 33 or 49 bytes.
template <Curve C>
class EcPublicKey {
  public:
    static constexpr std::size_t kSize = C == Curve::kP256 ? 33 : 49;
    static constexpr std::size_t kUncompressedSize = 2 * kSize - 1;
    static constexpr Algorithm kAlgorithm =
        C == Curve::kP256 ? Algorithm::kEs256 : Algorithm::kEs384;

    /// Reads the compressed form.
    /// Errors, first match wins: kLength, kPointForm, kNotCanonical, kNotOnCurve.
    /// Cost: about half a verification; copies share what it computes.
    [[nodiscard]] static Result<EcPublicKey, KeyError> parse(ByteView raw);

    /// Reads the uncompressed form, 04 ‖ x ‖ y. Errors as `parse`.
    [[nodiscard]] static Result<EcPublicKey, KeyError> parse_uncompressed(ByteView raw);

    [[nodiscard]] ByteView view() const { return raw_.view(); }
    /// 04 ‖ x ‖ y.
    [[nodiscard]] Bytes uncompressed() const;

    /// For `verify`.
    [[nodiscard]] const backend::EcKey& prepared() const { return *prepared_; }

    friend bool operator==(const EcPublicKey& a, const EcPublicKey& b) { return a.raw_ == b.raw_; }
    friend auto operator<=>(const EcPublicKey& a, const EcPublicKey& b) {
        return a.raw_ <=> b.raw_;
    }

  private:
    using Raw = TaggedBytes<EcPublicKey, kSize>;
    EcPublicKey(const Raw& raw, std::shared_ptr<const backend::EcKey> prepared)
        : raw_{raw}, prepared_{std::move(prepared)} {}
    Raw raw_;
    // Shared by copies because it is large and costly to make; nothing changes it.
    std::shared_ptr<const backend::EcKey> prepared_;
};

using P256PublicKey = EcPublicKey<Curve::kP256>;
using P384PublicKey = EcPublicKey<Curve::kP384>;

extern template class EcPublicKey<Curve::kP256>;
extern template class EcPublicKey<Curve::kP384>;

/// A public key of any of our algorithms.
class PublicKey {
  public:
    using Any = std::variant<Ed25519PublicKey, P256PublicKey, P384PublicKey>;

    // Implicit: a key of one algorithm is a key.
    PublicKey(const Ed25519PublicKey& key) : any_{key} {}   // NOLINT(google-explicit-constructor)
    PublicKey(P256PublicKey key) : any_{std::move(key)} {}  // NOLINT(google-explicit-constructor)
    PublicKey(P384PublicKey key) : any_{std::move(key)} {}  // NOLINT(google-explicit-constructor)

    /// Reads the raw bytes of a key: 32 for Ed25519, the compressed point for the others.
    /// Errors: as the `parse` of that key.
    [[nodiscard]] static Result<PublicKey, KeyError> parse(Algorithm algorithm, ByteView raw);

    [[nodiscard]] Algorithm algorithm() const;
    /// The raw bytes, as `parse` reads them.
    [[nodiscard]] ByteView view() const;
    [[nodiscard]] const Any& any() const { return any_; }
    /// The key as one of class `Key`; null if it is of another.
    template <class Key>
    [[nodiscard]] const Key* get() const {
        return std::get_if<Key>(&any_);
    }

    friend bool operator==(const PublicKey&, const PublicKey&) = default;
    friend auto operator<=>(const PublicKey&, const PublicKey&) = default;

  private:
    Any any_;
};

}  // namespace tasdiq::crypto
