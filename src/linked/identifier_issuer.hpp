#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tasdiq::linked {

/// Numbers blank nodes 0, 1, 2 … in the order in which they are asked for. Only at its end does it
/// change, so that a copy to try something out is a size to truncate to again.
/// Spec: RDF-CANON §4.3, §4.5.
class IdentifierIssuer {
  public:
    /// What `find` answers for a blank node without a number.
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

    /// For the blank nodes 0 … `blank_count` − 1.
    explicit IdentifierIssuer(std::size_t blank_count) : numbers_(blank_count, kNone) {}

    [[nodiscard]] std::uint32_t find(std::uint32_t blank) const { return numbers_[blank]; }
    /// The number of `blank`, the next one if it had none.
    std::uint32_t issue(std::uint32_t blank) {
        if (numbers_[blank] == kNone) {
            numbers_[blank] = static_cast<std::uint32_t>(issued_.size());
            issued_.push_back(blank);
        }
        return numbers_[blank];
    }
    /// Takes back all numbers from `size` on.
    void truncate(std::size_t size) {
        for (; issued_.size() > size; issued_.pop_back()) numbers_[issued_.back()] = kNone;
    }

    [[nodiscard]] std::size_t size() const { return issued_.size(); }
    /// Blank nodes by their issued number.
    [[nodiscard]] std::span<const std::uint32_t> issued() const { return issued_; }
    /// Issued numbers by blank node.
    [[nodiscard]] std::span<const std::uint32_t> numbers() const { return numbers_; }

  private:
    std::vector<std::uint32_t> numbers_;
    std::vector<std::uint32_t> issued_;
};

}  // namespace tasdiq::linked
