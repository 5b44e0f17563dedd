#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tasdiq::cli {

/// An option of a command. `value` is its placeholder in the help text; empty: a switch.
struct Option {
    std::string_view name;  // without the dashes
    std::string_view value;
    std::string_view help;
};

/// What was typed after the command's name.
class Arguments {
  public:
    /// Reads `--name value`, `--name=value`, switches and, in any place or after `--`, positionals.
    /// The error is a sentence for the user: an unknown option, a missing or an unwanted value.
    static Result<Arguments, std::string> parse(std::span<const std::string_view> words,
                                                std::span<const Option> options);

    [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
    /// The last value given for an option.
    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
    [[nodiscard]] std::string get(std::string_view name, std::string_view otherwise) const;
    /// All values of an option that may stand several times.
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::string>& positionals() const { return positionals_; }

    /// A whole number in [min, max]; the error is a sentence that names the option.
    [[nodiscard]] Result<std::uint64_t, std::string> number(std::string_view name,
                                                            std::uint64_t otherwise,
                                                            std::uint64_t min,
                                                            std::uint64_t max) const;

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
    std::vector<std::string> positionals_;
};

/// `; did you mean --node?`, where one of `names` is a slip of the hand away from `typed`; else
/// nothing. Names of one or two letters are never proposed.
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       std::span<const std::string_view> names,
                                       std::string_view prefix);

/// A whole number without signs or leading zeroes, as the names of things on the ledger are.
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text, std::uint64_t max);

}  // namespace tasdiq::cli
