#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "base/bytes.hpp"
#include "keys/random.hpp"

namespace tasdiq::keys {

/// Overwrites `memory` in a way that the compiler doesn't take away.
void wipe(std::span<std::uint8_t> memory);

/// `N` secret bytes. Moving wipes the source; destruction wipes.
template <std::size_t N>
class Secret {
  public:
    static constexpr std::size_t kSize = N;

    [[nodiscard]] static Secret random() {
        Secret secret;
        random_bytes(secret.bytes_);
        return secret;
    }
    /// A copy of these bytes; nothing unless there are exactly `N`. The source is the caller's to
    /// wipe.
    [[nodiscard]] static std::optional<Secret> from(ByteView bytes) {
        if (bytes.size() != N) return std::nullopt;
        Secret secret;
        std::copy_n(bytes.begin(), N, secret.bytes_.begin());
        return secret;
    }

    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_{other.bytes_} { wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            wipe(other.bytes_);
        }
        return *this;
    }
    ~Secret() { wipe(bytes_); }

    [[nodiscard]] ByteView view() const { return bytes_; }

  private:
    Secret() = default;
    std::array<std::uint8_t, N> bytes_{};
};

/// Secret bytes of a size that is known at run time, as a password. Moving empties the source;
/// destruction wipes.
class SecretBytes {
  public:
    SecretBytes() = default;
    /// A copy of `bytes`, which are the caller's to wipe.
    [[nodiscard]] static SecretBytes copy_of(ByteView bytes) {
        return SecretBytes{to_bytes(bytes)};
    }
    /// Takes `bytes` over.
    [[nodiscard]] static SecretBytes take(Bytes&& bytes) { return SecretBytes{std::move(bytes)}; }

    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept : bytes_{std::exchange(other.bytes_, {})} {}
    SecretBytes& operator=(SecretBytes&& other) noexcept {
        if (this != &other) {
            wipe(bytes_);
            bytes_ = std::exchange(other.bytes_, {});
        }
        return *this;
    }
    ~SecretBytes() { wipe(bytes_); }

    [[nodiscard]] ByteView view() const { return bytes_; }

  private:
    explicit SecretBytes(Bytes&& bytes) : bytes_{std::move(bytes)} {}
    Bytes bytes_;
};

}  // namespace tasdiq::keys
