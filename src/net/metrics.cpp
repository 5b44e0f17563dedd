#include "net/metrics.hpp"

#include <algorithm>

#include "base/ensure.hpp"
#include "net/text.hpp"

namespace tasdiq::net {
namespace {

bool is_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !name.empty() && (name.front() < '0' || name.front() > '9') &&
           std::ranges::all_of(name, fits);
}

std::string_view to_string(MetricKind kind) {
    switch (kind) {
        case MetricKind::kCounter: return "counter";
        case MetricKind::kGauge: return "gauge";
        case MetricKind::kHistogram: return "histogram";
    }
    ENSURE(false);
}

/// Help texts escape backslash and line break, label values the quote too.
void append_escaped(std::string& to, std::string_view text, std::string_view escaped) {
    for (const char c : text) {
        if (c == '\n') {
            to += "\\n";
            continue;
        }
        if (escaped.contains(c)) to.push_back('\\');
        to.push_back(c);
    }
}

/// `a="b",c="d"`, in the order given.
std::string write_labels(const Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        ENSURE(is_name(name));
        if (!text.empty()) text.push_back(',');
        text += name + "=\"";
        append_escaped(text, value, "\\\"");
        text.push_back('"');
    }
    return text;
}

void append_sample(std::string& to, std::string_view name, std::string_view suffix,
                   std::string_view labels, std::string_view value) {
    to += name;
    to += suffix;
    if (!labels.empty()) {
        to.push_back('{');
        to += labels;
        to.push_back('}');
    }
    to.push_back(' ');
    to += value;
    to.push_back('\n');
}

template <class Number>
std::string decimal(Number value) {
    std::string text;
    append_decimal(text, value);
    return text;
}

/// Microseconds as seconds, without floating point: "0.0001", "2.5", "10".
std::string seconds(std::uint64_t microseconds) {
    std::string text = decimal(microseconds / 1'000'000);
    std::string fraction = decimal(microseconds % 1'000'000 + 1'000'000).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    return fraction.empty() ? text : text + "." + fraction;
}

std::string in_unit(Unit unit, std::uint64_t value) {
    return unit == Unit::kPlain ? decimal(value) : seconds(value);
}

}  // namespace

Histogram::Histogram(Unit unit, std::vector<std::uint64_t> bounds)
    : unit_{unit}, bounds_{std::move(bounds)}, counts_(bounds_.size() + 1) {
    ENSURE(std::ranges::adjacent_find(bounds_, std::greater_equal{}) == bounds_.end());
}

void Histogram::observe(std::uint64_t value) {
    const auto bound = std::ranges::lower_bound(bounds_, value);  // bounds belong to their bucket
    const auto index = static_cast<std::size_t>(bound - bounds_.begin());
    counts_[index].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> latency_bounds_us() {
    return {100,    250,     500,     1'000,   2'500,     5'000,     10'000,    25'000,
            50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};
}

Registry::Metric& Registry::find(MetricKind kind, std::string_view name, std::string_view help,
                                 const Labels& labels) {
    ENSURE(is_name(name));
    auto family = families_.find(name);
    if (family == families_.end()) {
        family = families_.emplace(name, Family{kind, std::string{help}, {}}).first;
    }
    ENSURE(family->second.kind == kind);
    return family->second.metrics[write_labels(labels)];
}

Counter& Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
    const std::lock_guard lock{mutex_};
    Metric& metric = find(MetricKind::kCounter, name, help, labels);
    if (!metric.counter) metric.counter = std::make_unique<Counter>();
    return *metric.counter;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
    const std::lock_guard lock{mutex_};
    Metric& metric = find(MetricKind::kGauge, name, help, labels);
    if (!metric.gauge) metric.gauge = std::make_unique<Gauge>();
    return *metric.gauge;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, Unit unit,
                               const std::vector<std::uint64_t>& bounds, const Labels& labels) {
    const std::lock_guard lock{mutex_};
    Metric& metric = find(MetricKind::kHistogram, name, help, labels);
    if (!metric.histogram) metric.histogram = std::make_unique<Histogram>(unit, bounds);
    return *metric.histogram;
}

void Registry::write(std::string& to, std::string_view name, std::string_view labels,
                     const Histogram& histogram) {
    const std::string prefix = labels.empty() ? "" : std::string{labels} + ",";
    std::uint64_t total = 0;  // from the buckets, so that they agree with each other under load
    for (std::size_t i = 0; i < histogram.counts_.size(); ++i) {
        total += histogram.counts_[i].load(std::memory_order_relaxed);
        const std::string bound =
            i == histogram.bounds_.size() ? "+Inf" : in_unit(histogram.unit_, histogram.bounds_[i]);
        append_sample(to, name, "_bucket", prefix + "le=\"" + bound + "\"", decimal(total));
    }
    append_sample(to, name, "_sum", labels,
                  in_unit(histogram.unit_, histogram.sum_.load(std::memory_order_relaxed)));
    append_sample(to, name, "_count", labels, decimal(total));
}

std::string Registry::expose() const {
    const std::lock_guard lock{mutex_};
    std::string text;
    for (const auto& [name, family] : families_) {
        text += "# HELP " + name + " ";
        append_escaped(text, family.help, "\\");
        text += "\n# TYPE " + name + " ";
        text += to_string(family.kind);
        text.push_back('\n');
        for (const auto& [labels, metric] : family.metrics) {
            switch (family.kind) {
                case MetricKind::kCounter:
                    append_sample(text, name, "", labels, decimal(metric.counter->value()));
                    break;
                case MetricKind::kGauge:
                    append_sample(text, name, "", labels, decimal(metric.gauge->value()));
                    break;
                case MetricKind::kHistogram: write(text, name, labels, *metric.histogram); break;
            }
        }
    }
    return text;
}

}  // namespace tasdiq::net
