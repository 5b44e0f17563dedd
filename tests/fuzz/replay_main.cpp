// Runs a fuzzer without libFuzzer: feeds it nothing, every file of a folder, and mutations of those
// files that are the same on every machine, so that a failure found in CI is found again by the
// same command.
//
// usage: x_fuzz_replay CORPUS_FOLDER [MUTATIONS]

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

/// SplitMix64: the same numbers everywhere, unlike the distributions of <random>.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    /// A number below `bound`; 0 where `bound` is 0.
    std::size_t below(std::size_t bound) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        mixed ^= mixed >> 31U;
        return bound == 0 ? 0 : static_cast<std::size_t>(mixed % bound);
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }

  private:
    std::uint64_t state_;
};

Input read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::exit(2);
    }
    return Input{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

std::vector<Input> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.is_regular_file()) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Input> seeds;
    for (const auto& path : paths) seeds.push_back(read_file(path));
    return seeds;
}

std::ptrdiff_t offset(std::size_t position) { return static_cast<std::ptrdiff_t>(position); }

/// One small change of the kinds that parsers stumble over.
void mutate_once(Input& input, const std::vector<Input>& seeds, Dice& dice) {
    const std::size_t from = dice.below(input.size());
    const std::size_t length = std::min(input.size() - from, 1 + dice.below(16));
    switch (input.empty() ? 2 : dice.below(7)) {
        case 0: input[from] ^= static_cast<std::uint8_t>(1U << dice.below(8)); break;
        case 1: input[from] = dice.byte(); break;
        case 2: input.insert(input.begin() + offset(from), 1 + dice.below(4), dice.byte()); break;
        case 3:
            input.erase(input.begin() + offset(from), input.begin() + offset(from + length));
            break;
        case 4: {  // a piece of it once more, elsewhere
            const Input piece(input.begin() + offset(from), input.begin() + offset(from + length));
            input.insert(input.begin() + offset(dice.below(input.size() + 1)), piece.begin(),
                         piece.end());
            break;
        }
        case 5: input.resize(from); break;
        default: {  // the end of another seed
            const Input& other = seeds[dice.below(seeds.size())];
            const auto tail = other.begin() + offset(dice.below(other.size()));
            input.resize(from);
            input.insert(input.end(), tail, other.end());
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER [MUTATIONS]\n", argv[0]);
        return 64;
    }
    const std::vector<Input> seeds = read_seeds(argv[1]);
    if (seeds.empty()) {
        std::fprintf(stderr, "%s has no seeds\n", argv[1]);
        return 1;
    }
    const std::size_t mutations = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 2000;

    LLVMFuzzerTestOneInput(nullptr, 0);
    for (const Input& seed : seeds) LLVMFuzzerTestOneInput(seed.data(), seed.size());
    for (std::size_t number = 0; number < mutations; ++number) {
        Dice dice{number};
        Input input = seeds[dice.below(seeds.size())];
        for (std::size_t step = 1 + dice.below(5); step > 0; --step) {
            mutate_once(input, seeds, dice);
        }
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::printf("%zu seeds, %zu mutations\n", seeds.size(), mutations);
    return 0;
}
