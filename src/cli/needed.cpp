#include "cli/needed.hpp"

#include <algorithm>

#include "wire/transaction.hpp"

namespace tasdiq::cli {
namespace {

/// `57` or `60-80`.
std::optional<wire::IndexRange> parse_range(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parse_count(text.substr(0, dash), wire::kLogIndexMax);
    const auto last = dash == std::string_view::npos
                          ? first
                          : parse_count(text.substr(dash + 1), wire::kLogIndexMax);
    if (!first || !last || *last < *first) return std::nullopt;
    return wire::IndexRange{{*first}, {*last + 1}};
}

}  // namespace

std::uint64_t Needed::number(std::string_view name, std::uint64_t max) {
    if (!arguments_.has(name)) return miss("--" + std::string{name} + " is missing");
    const auto value = arguments_.number(name, 0, 0, max);
    return value ? *value : miss(value.error());
}

Result<std::vector<wire::IndexRange>, std::string> parse_ranges(
    const std::vector<std::string>& words, std::string_view what) {
    std::vector<wire::IndexRange> ranges;
    for (const std::string& word : words) {
        const auto range = parse_range(word);
        if (!range) {
            return std::unexpected{word + " is no " + std::string{what} +
                                   " number, and no range such as 60-80"};
        }
        ranges.push_back(*range);
    }
    if (ranges.empty()) {
        return std::unexpected{"which? Give one " + std::string{what} + " number or more"};
    }
    std::ranges::sort(ranges, {}, &wire::IndexRange::from);
    std::vector<wire::IndexRange> joined{ranges.front()};
    for (const wire::IndexRange& range : ranges) {
        wire::LogIndex& until = joined.back().until;
        if (until < range.from) {
            joined.push_back(range);
        } else {
            until = std::max(until, range.until);
        }
    }
    return joined;
}

Result<std::vector<wire::LogIndex>, std::string> parse_certificates(
    const std::vector<std::string>& words) {
    TRY(const auto ranges, parse_ranges(words, "certificate"));
    std::vector<wire::LogIndex> indices;
    for (const wire::IndexRange& range : ranges) {
        if (range.until.value - range.from.value > wire::kIndicesCountMax - indices.size()) {
            return std::unexpected{std::string{"at most 4096 certificates at once"}};
        }
        for (std::uint64_t index = range.from.value; index < range.until.value; ++index) {
            indices.push_back({index});
        }
    }
    return indices;
}

}  // namespace tasdiq::cli
