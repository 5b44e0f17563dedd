#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace tasdiq::model {

/// Where the generator's decisions come from: a seed, or the bytes of a fuzzer.
class Dice {
  public:
    /// `draw` is told the bound, and may answer with any number.
    explicit Dice(std::function<std::uint64_t(std::size_t bound)> draw) : draw_{std::move(draw)} {}

    /// Below `bound`, which is not 0.
    std::size_t below(std::size_t bound) {
        return bound <= 1 ? 0 : static_cast<std::size_t>(draw_(bound) % bound);
    }
    bool percent(std::size_t chance) { return below(100) < chance; }
    template <class Value>
    const Value& one_of(const std::vector<Value>& values) {
        return values[below(values.size())];
    }

  private:
    std::function<std::uint64_t(std::size_t)> draw_;
};

/// SplitMix64: the same numbers on every machine.
inline Dice dice_of(std::uint64_t seed) {
    return Dice{[state = seed](std::size_t) mutable {
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }};
}

}  // namespace tasdiq::model
