#include "cli/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tasdiq::cli {
namespace {

/// Letters to add, drop or change to make `b` of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view typed, std::span<const std::string_view> names,
                         std::string_view prefix) {
    constexpr std::size_t kDistanceMax = 2;
    constexpr std::size_t kTypedSizeMax = 40;
    std::string_view best;
    std::size_t least = kDistanceMax + 1;
    for (const std::string_view name : names) {
        // Two letters off in a short word is another word.
        if (typed.size() > kTypedSizeMax || name.size() <= kDistanceMax) continue;
        const std::size_t distance = edit_distance(typed, name);
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    if (best.empty()) return {};
    return "; did you mean " + std::string{prefix} + std::string{best} + "?";
}

Result<Arguments, std::string> Arguments::parse(std::span<const std::string_view> words,
                                                std::span<const Option> options) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word == "--") {
            for (++i; i < words.size(); ++i) arguments.positionals_.emplace_back(words[i]);
            break;
        }
        if (!word.starts_with("--")) {
            if (word.size() > 1 && word.front() == '-') {
                return std::unexpected{"unknown option " + std::string{word}};
            }
            arguments.positionals_.emplace_back(word);
            continue;
        }
        word.remove_prefix(2);
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        const auto option = std::ranges::find(options, name, &Option::name);
        if (option == options.end()) {
            std::vector<std::string_view> names;
            for (const Option& one : options) names.push_back(one.name);
            return std::unexpected{"unknown option --" + std::string{name} +
                                   did_you_mean(name, names, "--")};
        }
        auto& values = arguments.values_[std::string{name}];
        if (option->value.empty()) {
            if (equals != std::string_view::npos) {
                return std::unexpected{"--" + std::string{name} + " takes no value"};
            }
            values.emplace_back();
        } else if (equals != std::string_view::npos) {
            values.emplace_back(word.substr(equals + 1));
        } else if (i + 1 < words.size()) {
            values.emplace_back(words[++i]);
        } else {
            return std::unexpected{"--" + std::string{name} +
                                   " needs a value: " + std::string{option->value}};
        }
    }
    return arguments;
}

std::optional<std::string> Arguments::find(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    return found->second.back();
}

std::string Arguments::get(std::string_view name, std::string_view otherwise) const {
    return find(name).value_or(std::string{otherwise});
}

std::vector<std::string> Arguments::all(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::uint64_t, std::string> Arguments::number(std::string_view name, std::uint64_t otherwise,
                                                     std::uint64_t min, std::uint64_t max) const {
    const auto text = find(name);
    if (!text) return otherwise;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    const bool whole = error == std::errc{} && end == text->data() + text->size();
    if (!whole || value < min || value > max) {
        return std::unexpected{"--" + std::string{name} + " takes a whole number from " +
                               std::to_string(min) + " to " + std::to_string(max)};
    }
    return value;
}

std::optional<std::uint64_t> parse_count(std::string_view text, std::uint64_t max) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    if (!is_whole || value > max || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    return value;
}

}  // namespace tasdiq::cli
