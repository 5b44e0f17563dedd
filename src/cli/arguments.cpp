#include "cli/arguments.hpp"

#include <algorithm>
#include <charconv>

namespace tasdiq::cli {

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
            return std::unexpected{"unknown option --" + std::string{name}};
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

}  // namespace tasdiq::cli
