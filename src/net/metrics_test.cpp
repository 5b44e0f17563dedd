#include "net/metrics.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tasdiq::net {
namespace {

TEST(Registry, ExposesByNameAndLabels) {
    Registry registry;
    registry.gauge("tasdiq_log_entries", "Entries of the log.").set(-3);
    registry
        .counter("tasdiq_http_requests_total", "Requests.", {{"route", "/b"}, {"status", "200"}})
        .add(2);
    registry.counter("tasdiq_http_requests_total", "Requests.", {{"route", "/a\"\\\n"}}).add();
    EXPECT_EQ(registry.expose(),
              "# HELP tasdiq_http_requests_total Requests.\n"
              "# TYPE tasdiq_http_requests_total counter\n"
              "tasdiq_http_requests_total{route=\"/a\\\"\\\\\\n\"} 1\n"
              "tasdiq_http_requests_total{route=\"/b\",status=\"200\"} 2\n"
              "# HELP tasdiq_log_entries Entries of the log.\n"
              "# TYPE tasdiq_log_entries gauge\n"
              "tasdiq_log_entries -3\n");
}

TEST(Registry, GivesTheSameMetricAgain) {
    Registry registry;
    Counter& counter = registry.counter("a", "A.", {{"x", "1"}});
    EXPECT_EQ(&registry.counter("a", "other", {{"x", "1"}}), &counter);
    EXPECT_NE(&registry.counter("a", "A.", {{"x", "2"}}), &counter);
}

TEST(Histogram, CountsUpToAndWithEachBound) {
    Registry registry;
    Histogram& histogram = registry.histogram("t_seconds", "Time.", Unit::kMicroseconds,
                                              {100, 2'500'000}, {{"r", "x"}});
    for (const std::uint64_t us : {0U, 100U, 101U, 2'500'000U, 2'500'001U}) histogram.observe(us);
    EXPECT_EQ(registry.expose(),
              "# HELP t_seconds Time.\n# TYPE t_seconds histogram\n"
              "t_seconds_bucket{r=\"x\",le=\"0.0001\"} 2\n"
              "t_seconds_bucket{r=\"x\",le=\"2.5\"} 4\n"
              "t_seconds_bucket{r=\"x\",le=\"+Inf\"} 5\n"
              "t_seconds_sum{r=\"x\"} 5.000202\n"
              "t_seconds_count{r=\"x\"} 5\n");
}

TEST(Histogram, KeepsPlainNumbers) {
    Registry registry;
    registry.histogram("n", "N.", Unit::kPlain, {1}).observe(7);
    EXPECT_TRUE(
        registry.expose().contains("n_bucket{le=\"1\"} 0\nn_bucket{le=\"+Inf\"} 1\nn_sum 7\n"));
}

TEST(Registry, LosesNothingBetweenThreads) {
    Registry registry;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&registry] {
            for (int j = 0; j < 1'000; ++j) {
                registry.counter("c", "C.", {{"j", std::to_string(j % 3)}}).add();
                registry.histogram("h", "H.", Unit::kPlain, {5})
                    .observe(static_cast<std::uint64_t>(j));
                if (j % 100 == 0) EXPECT_FALSE(registry.expose().empty());
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(registry.counter("c", "C.", {{"j", "0"}}).value(), 4U * 334U);
    EXPECT_TRUE(registry.expose().contains("h_count 4000\n"));
}

TEST(RegistryDeathTest, RefusesTwoKindsOfOneName) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // other tests left threads behind
    Registry registry;
    (void)registry.counter("a", "A.");
    EXPECT_DEATH((void)registry.gauge("a", "A."), "kind");
    EXPECT_DEATH((void)registry.counter("a-b", "A."), "is_name");
}

}  // namespace
}  // namespace tasdiq::net
