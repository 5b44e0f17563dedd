#include <cstdlib>
#include <gtest/gtest.h>
#include <iostream>

#include "generator.hpp"

// usage: model_test [--gtest_…]; more with TASDIQ_MODEL_STEPS and TASDIQ_MODEL_SEED.
namespace tasdiq::model {
namespace {

constexpr std::size_t kStepsPerLedger = 400;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(Model, AgreesWithTheLedger) {
    const std::uint64_t steps = number_from("TASDIQ_MODEL_STEPS", 4'000);
    const std::uint64_t first_seed = number_from("TASDIQ_MODEL_SEED", 1);
    std::map<unsigned, std::size_t> answers;
    std::uint64_t done = 0;
    for (std::uint64_t seed = first_seed; done < steps; ++seed) {
        Dice dice = dice_of(seed);
        Stage stage;
        Generator generator{stage, dice};
        generator.found();
        for (std::size_t i = 0; i < kStepsPerLedger && stage.difference.empty(); ++i, ++done) {
            generator.step();
        }
        stage.close_block();
        stage.compare_everything();
        ASSERT_TRUE(stage.difference.empty())
            << "seed " << seed << ", after " << done << " steps: " << stage.difference << '\n'
            << stage.story();
        for (const auto& [number, count] : stage.answers) answers[number] += count;
    }
    std::cout << "seeds from " << first_seed << ", " << done << " steps; answers:";
    for (const auto& [number, count] : answers) std::cout << ' ' << number << '=' << count;
    std::cout << '\n';
    EXPECT_GT(answers[0] * 3, done) << "too few are accepted to mean anything";
}

}  // namespace
}  // namespace tasdiq::model
