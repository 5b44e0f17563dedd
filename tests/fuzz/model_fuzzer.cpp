// Whatever is sent to a ledger, the model of its rules (tests/model) gives the same answer.
//
// Input: u8, which of 16 ledgers to begin with; then what the generator decides, each decision in
// as many bytes as its bound needs, most significant first. It ends with the bytes, or after 60
// steps.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "base/bytes.hpp"
#include "model/generator.hpp"

namespace tasdiq::model {
namespace {

constexpr std::size_t kStepsMax = 60;

/// Once nothing is left, every decision is the last possible one: `percent` says no.
std::uint64_t decide(ByteView& left, std::size_t bound) {
    std::uint64_t number = 0;
    for (std::size_t rest = bound - 1; rest != 0; rest >>= 8U) {
        if (left.empty()) return bound - 1;
        number = number << 8U | left.front();
        left = left.subspan(1);
    }
    return number;
}

void require_agreement(const Stage& stage) {
    if (stage.difference.empty()) return;
    std::fprintf(stderr, "%s\n%s", stage.difference.c_str(), stage.story().c_str());
    std::abort();
}

void play(std::uint64_t seed, ByteView decisions) {
    Dice seeded = dice_of(seed);
    bool is_founded = false;
    Dice dice{[&](std::size_t bound) -> std::uint64_t {
        return is_founded ? decide(decisions, bound) : seeded.below(bound);
    }};
    Stage stage;
    Generator generator{stage, dice};
    generator.found();
    is_founded = true;
    for (std::size_t i = 0; i < kStepsMax && !decisions.empty(); ++i) {
        generator.step();
        require_agreement(stage);
    }
    stage.close_block();
    stage.compare_everything();
    require_agreement(stage);
}

}  // namespace
}  // namespace tasdiq::model

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size != 0) tasdiq::model::play(data[0] % 16, {data + 1, size - 1});
    return 0;
}
