// What the rules cost beside the bare hashing of the entries that they make, in one run.
//
// Counter: `of_hashing` is the CPU time divided by that of hashing the same entries as leaves, the
// least of many rounds taken in turn: 1 would be nothing but the hashing. 4 is what is asked of
// `apply_issue`.
#include <benchmark/benchmark.h>

#include "ledger/world_test.hpp"
#include "ratio.hpp"

namespace tasdiq::ledger::world {
namespace {

constexpr std::size_t kCount = 1'000;

void hash_entries(const std::vector<Bytes>& entries) {
    for (const Bytes& entry : entries) benchmark::DoNotOptimize(merkle::hash_leaf(entry));
}

/// An issue of 1,000 whose signatures have been verified: what is left for whoever applies it.
void issue_1000(benchmark::State& state, bool in_block) {
    Manar world;
    wire::Scope scope = manar_scope();
    scope.quota.reset();
    ENSURE(world.send(wire::Accredit{kMinistry, kManar, scope, {}}, {kMinistry1, kMinistry2}));
    wire::Terms terms = manar_terms();
    terms.awarding[0].accreditation = 2;
    const auto items = items_of("bench", kCount);
    const Bytes submission =
        world.sign(world.payload(World::issue_of(terms, items), {kRegistrar, kDean}),
                   wire::encode_list(items));
    const auto transaction = authenticate(world.view, world.context(), submission);
    ENSURE(transaction);
    const auto entries = apply(world.view, world.context(), *transaction)->entries;

    bench::Beside beside;
    const auto apply_it = [&] {
        if (in_block) {
            BlockBuilder block{world.view, world.context()};
            ENSURE(block.add(*transaction));
            (void)block.take_writes();
            benchmark::DoNotOptimize(block.finish(world.view.map_root()));
        } else {
            benchmark::DoNotOptimize(apply(world.view, world.context(), *transaction));
        }
    };
    for (auto _ : state) beside.round(apply_it, [&] { hash_entries(entries); });
    state.counters["of_hashing"] = beside.ours_s / beside.raw_s;
    state.counters["a_second"] = static_cast<double>(kCount) / beside.ours_s;
}

void apply_issue(benchmark::State& state) { issue_1000(state, false); }
void block_of_issue(benchmark::State& state) { issue_1000(state, true); }
BENCHMARK(apply_issue)->Unit(benchmark::kMicrosecond);
BENCHMARK(block_of_issue)->Unit(benchmark::kMicrosecond);

/// A list of 1,000 that arrives: decoded and its root computed.
void check_list(benchmark::State& state) {
    const auto items = items_of("bench", kCount);
    const Bytes list = wire::encode_list(items);
    for (auto _ : state) {
        const auto decoded = wire::decode_list(list);
        benchmark::DoNotOptimize(wire::list_root(*decoded));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCount));
}
BENCHMARK(check_list)->Unit(benchmark::kMicrosecond);

/// One certificate, whole way: two signatures verified, applied, closed.
void single_issue(benchmark::State& state) {
    Manar world;
    const auto items = items_of("bench", 1);
    const Bytes submission =
        world.sign(world.payload(World::issue_of(manar_terms(), items), {kRegistrar, kDean}),
                   wire::encode_list(items));
    for (auto _ : state) {
        BlockBuilder block{world.view, world.context()};
        ENSURE(block.add(submission));
    }
}
BENCHMARK(single_issue)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tasdiq::ledger::world

BENCHMARK_MAIN();
