#include "codec/big_natural.hpp"

#include <algorithm>
#include <bit>

#include "base/ensure.hpp"

namespace tasdiq::codec {
namespace {

// A normal divisor has 28 bits in its top limb: sixteen times as much still has no limb more, and
// the top limb alone gives a digit of the quotient with an error of at most one.
constexpr std::size_t kNormalBits = 28;

}  // namespace

BigNatural::BigNatural(std::uint64_t value) {
    for (; value != 0; value >>= 32) push(static_cast<std::uint32_t>(value));
}

void BigNatural::push(std::uint32_t limb) {
    ENSURE(size_ < kLimbsMax);
    limbs_[size_++] = limb;
}

void BigNatural::multiply_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::size_t i = 0; i < size_; ++i) {
        carry += std::uint64_t{limbs_[i]} * factor;
        limbs_[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) push(static_cast<std::uint32_t>(carry));
}

void BigNatural::multiply_power_of_5(std::size_t exponent) {
    constexpr std::uint32_t kFive13 = 1'220'703'125;  // the largest power in 32 bits
    for (; exponent >= 13; exponent -= 13) multiply_add(kFive13, 0);
    std::uint32_t rest = 1;
    for (; exponent > 0; --exponent) rest *= 5;
    multiply_add(rest, 0);
}

void BigNatural::shift_left(std::size_t bits) {
    if (size_ == 0) return;
    const std::size_t limbs = bits / 32;
    ENSURE(size_ + limbs <= kLimbsMax);
    std::uint32_t* const begin = limbs_.data();
    std::copy_backward(begin, begin + size_, begin + size_ + limbs);
    std::fill_n(begin, limbs, 0);
    size_ += limbs;
    if (bits % 32 != 0) multiply_add(1U << bits % 32, 0);
}

void BigNatural::add(const BigNatural& other) {
    while (size_ < other.size_) push(0);
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        carry += limbs_[i];
        if (i < other.size_) carry += other.limbs_[i];
        limbs_[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) push(static_cast<std::uint32_t>(carry));
}

void BigNatural::subtract(const BigNatural& other, std::uint32_t factor) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        if (i < other.size_) borrow += std::uint64_t{other.limbs_[i]} * factor;
        const auto low = static_cast<std::uint32_t>(borrow);
        borrow = (borrow >> 32) + (limbs_[i] < low ? 1 : 0);
        limbs_[i] -= low;
    }
    ENSURE(borrow == 0);
    while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
}

std::size_t BigNatural::bit_width() const {
    if (size_ == 0) return 0;
    return 32 * (size_ - 1) + static_cast<std::size_t>(std::bit_width(limbs_[size_ - 1]));
}

std::uint64_t BigNatural::top_64(bool& rest) const {
    const std::size_t width = bit_width();
    ENSURE(width >= 64);
    const std::size_t dropped = width - 64;
    const std::size_t first = dropped / 32;
    const std::size_t shift = dropped % 32;
    std::uint64_t top = std::uint64_t{limbs_[first + 1]} << 32 | limbs_[first];
    rest = std::any_of(limbs_.data(), limbs_.data() + first, [](auto l) { return l != 0; });
    if (shift != 0) {
        rest = rest || (limbs_[first] & ((1U << shift) - 1)) != 0;
        top = top >> shift | std::uint64_t{limbs_[first + 2]} << (64 - shift);
    }
    return top;
}

std::size_t BigNatural::bits_to_normal() const {
    return (kNormalBits + 32 - bit_width() % 32) % 32;
}

std::uint32_t BigNatural::divide_digit(const BigNatural& divisor) {
    ENSURE(divisor.bits_to_normal() == 0 && size_ <= divisor.size_);
    if (size_ < divisor.size_) return 0;
    std::uint32_t digit = limbs_[size_ - 1] / (divisor.limbs_[size_ - 1] + 1);
    if (digit > 0) subtract(divisor, digit);
    while (*this >= divisor) {
        subtract(divisor, 1);
        ++digit;
    }
    ENSURE(digit < 16);
    return digit;
}

std::strong_ordering operator<=>(const BigNatural& a, const BigNatural& b) {
    if (a.size_ != b.size_) return a.size_ <=> b.size_;
    for (std::size_t i = a.size_; i > 0; --i) {
        if (a.limbs_[i - 1] != b.limbs_[i - 1]) return a.limbs_[i - 1] <=> b.limbs_[i - 1];
    }
    return std::strong_ordering::equal;
}

}  // namespace tasdiq::codec
