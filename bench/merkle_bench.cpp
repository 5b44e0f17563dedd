// The log and the map, beside the bare hashing that they can't do without.
#include <benchmark/benchmark.h>
#include <random>

#include "base/ensure.hpp"
#include "crypto/hash.hpp"
#include "merkle/sparse_map.hpp"
#include "merkle/tile_log.hpp"

namespace {

using namespace tasdiq;
using namespace tasdiq::merkle;

template <class T>
T random_bytes(std::mt19937_64& random) {
    T value;
    auto bytes = value.mutable_view();
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t word = random();
        for (std::size_t j = 0; j < 8; ++j, word >>= 8) {
            bytes[i + j] = static_cast<std::uint8_t>(word);
        }
    }
    return value;
}

void hash_log_node(benchmark::State& state) {
    MerkleHash hash;
    for (auto _ : state) hash = hash_node(hash, hash);
    benchmark::DoNotOptimize(hash);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hash_log_node);

void hash_a_map_node(benchmark::State& state) {
    MapHash hash;
    for (auto _ : state) hash = hash_map_node(hash, hash);
    benchmark::DoNotOptimize(hash);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hash_a_map_node);

/// An item is an entry of 112 bytes hashed, appended, and its tiles made, 1,000 a block.
void append_log(benchmark::State& state) {
    LogAppender log;
    const Bytes entry(112, 7);
    for (auto _ : state) {
        log.append(hash_leaf(entry));
        if (log.size() % 1000 == 0) {
            benchmark::DoNotOptimize(log.take_changed_tiles());
            benchmark::DoNotOptimize(log.head());
        }
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_log);

/// What append_log can't do without: a leaf's hash and a node's.
void hash_log_bare(benchmark::State& state) {
    const Bytes entry(112, 7);
    for (auto _ : state) {
        const MerkleHash leaf = hash_leaf(entry);
        benchmark::DoNotOptimize(hash_node(leaf, leaf));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hash_log_bare);

/// A map of so many records, warm and clean; made once.
struct Warm {
    SparseMap map;
    std::vector<KeyHash> keys;
    std::mt19937_64 random{1};
    NoPages none;

    explicit Warm(std::size_t records) {
        std::vector<MapUpdate> updates;
        while (keys.size() < records) {
            updates.clear();
            for (std::size_t i = 0; i < 50'000 && keys.size() < records; ++i) {
                keys.push_back(random_bytes<KeyHash>(random));
                updates.push_back({keys.back(), random_bytes<ValueHash>(random)});
            }
            ENSURE(map.update(none, updates).has_value());
        }
        map.mark_clean();
    }

    static Warm& of(std::size_t records) {
        static Warm warm{records};
        return warm;
    }
};

constexpr std::size_t kRecords = 2'000'000;
constexpr std::size_t kBatch = 1'000;

/// An item is one key of a batch of 1,000: half of them new, half known, in a map of two million
/// records.
void update_map(benchmark::State& state) {
    Warm& warm = Warm::of(kRecords);
    std::vector<MapUpdate> updates(kBatch);
    for (auto _ : state) {
        state.PauseTiming();
        warm.map.mark_clean();
        const std::size_t start = warm.random() % warm.keys.size();
        for (std::size_t i = 0; i < kBatch; ++i) {
            const bool is_new = i % 2 == 0;
            updates[i].key = is_new ? random_bytes<KeyHash>(warm.random)
                                    : warm.keys[(start + i) % warm.keys.size()];
            updates[i].value = random_bytes<ValueHash>(warm.random);
        }
        state.ResumeTiming();
        ENSURE(warm.map.update(warm.none, updates).has_value());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
    state.counters["cache_MB"] = static_cast<double>(warm.map.cached_bytes()) / 1e6;
}
BENCHMARK(update_map)->Unit(benchmark::kMillisecond);

/// The same with the pages to be written made.
void update_map_and_encode(benchmark::State& state) {
    Warm& warm = Warm::of(kRecords);
    std::vector<MapUpdate> updates(kBatch);
    for (auto _ : state) {
        state.PauseTiming();
        for (MapUpdate& update : updates) {
            update = {random_bytes<KeyHash>(warm.random), random_bytes<ValueHash>(warm.random)};
        }
        state.ResumeTiming();
        ENSURE(warm.map.update(warm.none, updates).has_value());
        benchmark::DoNotOptimize(warm.map.dirty_pages());
        warm.map.mark_clean();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
}
BENCHMARK(update_map_and_encode)->Unit(benchmark::kMillisecond);

/// Eight keys of a map of two million: about what the evidence of a certificate asks for.
void prove_and_verify(benchmark::State& state) {
    Warm& warm = Warm::of(kRecords);
    std::vector<MapClaim> claims(8);
    std::vector<KeyHash> keys(8);
    std::size_t size = 0;
    for (auto _ : state) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            keys[i] = random_bytes<KeyHash>(warm.random);
        }
        std::ranges::sort(keys);
        for (std::size_t i = 0; i < keys.size(); ++i) claims[i] = {keys[i], std::nullopt};
        const auto proof = warm.map.prove(warm.none, keys);
        ENSURE(verify_map_proof(warm.map.root(), claims, *proof).has_value());
        size = encode_map_proof(*proof).size();
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["bytes"] = static_cast<double>(size);
}
BENCHMARK(prove_and_verify);

}  // namespace

BENCHMARK_MAIN();
