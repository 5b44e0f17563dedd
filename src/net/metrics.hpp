#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tasdiq::net {

/// Only grows. Thread-safe.
class Counter {
  public:
    void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down. Thread-safe.
class Gauge {
  public:
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t difference) { value_.fetch_add(difference, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

/// What the numbers of a histogram are; Prometheus reads seconds.
enum class Unit : std::uint8_t { kPlain, kMicroseconds };

/// How many observations fell under each bound. Thread-safe.
class Histogram {
  public:
    /// `bounds` ascend strictly; what is above all of them is counted too.
    Histogram(Unit unit, std::vector<std::uint64_t> bounds);

    void observe(std::uint64_t value);

  private:
    friend class Registry;
    Unit unit_;
    std::vector<std::uint64_t> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;  // one more than bounds_
    std::atomic<std::uint64_t> sum_{0};
};

/// Bounds for the time of a request: 100 µs to 10 s.
[[nodiscard]] std::vector<std::uint64_t> latency_bounds_us();

/// Label names and values. Values come from small closed sets (a route, a status), never from
/// input: each combination lives as long as the registry.
using Labels = std::vector<std::pair<std::string, std::string>>;

enum class MetricKind : std::uint8_t { kCounter, kGauge, kHistogram };

/// The metrics of one program. Asking again for a name and labels gives the same object; references
/// are good as long as the registry. One name has one kind, and help from whoever came first.
class Registry {
  public:
    [[nodiscard]] Counter& counter(std::string_view name, std::string_view help,
                                   const Labels& labels = {});
    [[nodiscard]] Gauge& gauge(std::string_view name, std::string_view help,
                               const Labels& labels = {});
    [[nodiscard]] Histogram& histogram(std::string_view name, std::string_view help, Unit unit,
                                       const std::vector<std::uint64_t>& bounds,
                                       const Labels& labels = {});

    /// All metrics, by name and labels, as Prometheus reads them; the media type is
    /// `kMetricsContentType`. Spec: PROMETHEUS, text format 0.0.4.
    [[nodiscard]] std::string expose() const;

  private:
    /// Of the three, the one of the family's kind.
    struct Metric {
        std::unique_ptr<Counter> counter;
        std::unique_ptr<Gauge> gauge;
        std::unique_ptr<Histogram> histogram;
    };
    struct Family {
        MetricKind kind;
        std::string help;
        std::map<std::string, Metric, std::less<>> metrics;  // by written labels
    };
    [[nodiscard]] Metric& find(MetricKind kind, std::string_view name, std::string_view help,
                               const Labels& labels);
    static void write(std::string& to, std::string_view name, std::string_view labels,
                      const Histogram& histogram);

    mutable std::mutex mutex_;  // holds families_; the metrics in it are atomics
    std::map<std::string, Family, std::less<>> families_;
};

inline constexpr std::string_view kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace tasdiq::net
