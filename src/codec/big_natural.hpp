#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace tasdiq::codec {

/// A natural number of at most 3,072 bits on the stack: what number text needs where doubles don't
/// fit. Going beyond is a defect of ours.
class BigNatural {
  public:
    explicit BigNatural(std::uint64_t value);

    /// this = this · factor + summand
    void multiply_add(std::uint32_t factor, std::uint32_t summand);
    void multiply_power_of_5(std::size_t exponent);
    void shift_left(std::size_t bits);
    void add(const BigNatural& other);

    /// Bits without leading zeros; 0 for 0.
    [[nodiscard]] std::size_t bit_width() const;
    [[nodiscard]] bool is_zero() const { return size_ == 0; }
    /// The 64 most significant bits of a number of at least 64 bits; says in `rest` whether others
    /// are set.
    [[nodiscard]] std::uint64_t top_64(bool& rest) const;

    /// How far `shift_left` must move a divisor for `divide_digit`.
    [[nodiscard]] std::size_t bits_to_normal() const;
    /// this = this mod divisor; the quotient. It must be below 16, and `divisor` normal.
    std::uint32_t divide_digit(const BigNatural& divisor);

    friend std::strong_ordering operator<=>(const BigNatural& a, const BigNatural& b);

  private:
    static constexpr std::size_t kLimbsMax = 96;

    void push(std::uint32_t limb);
    /// this −= factor · other, which must not be more than this.
    void subtract(const BigNatural& other, std::uint32_t factor);

    std::array<std::uint32_t, kLimbsMax> limbs_;  // least significant first; beyond size_ undefined
    std::size_t size_ = 0;                        // without leading zeros
};

}  // namespace tasdiq::codec
