#pragma once

#include <concepts>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"

namespace tasdiq::keys {

/// Fills `to` from the system's generator. Thread-safe.
void random_bytes(std::span<std::uint8_t> to);

/// A random value of a kind that is no secret: a nonce, a salt, an id. (`Secret<N>::random` makes
/// the others.)
template <class T>
    requires requires(T value) {
        { value.mutable_view() } -> std::convertible_to<std::span<std::uint8_t>>;
    }
[[nodiscard]] T random() {
    T value;
    random_bytes(value.mutable_view());
    return value;
}

}  // namespace tasdiq::keys
