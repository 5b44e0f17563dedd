#pragma once

#include "cli/arguments.hpp"
#include "wire/values.hpp"

namespace tasdiq::cli {

/// Numbers that a command cannot do without; remembers the first that is missing or wrong.
class Needed {
  public:
    explicit Needed(const Arguments& arguments) : arguments_{arguments} {}

    std::uint64_t number(std::string_view name, std::uint64_t max);
    wire::MemberId member(std::string_view name) {
        return {static_cast<std::uint32_t>(number(name, UINT32_MAX))};
    }
    wire::Ordinal ordinal(std::string_view name) {
        return {static_cast<std::uint16_t>(number(name, UINT16_MAX))};
    }
    /// A sentence; empty if nothing is missing.
    [[nodiscard]] const std::string& fault() const { return fault_; }
    std::uint64_t miss(const std::string& fault) {
        if (fault_.empty()) fault_ = fault;
        return 0;
    }

  private:
    const Arguments& arguments_;
    std::string fault_;
};

/// `57` and `60-80` as ranges of numbers, ascending, joined where they meet. `what` is the word for
/// one of them in the error, which names the one that is neither, or says that there is none.
[[nodiscard]] Result<std::vector<wire::IndexRange>, std::string> parse_ranges(
    const std::vector<std::string>& words, std::string_view what);

/// The same, one by one: at most 4,096 certificates.
[[nodiscard]] Result<std::vector<wire::LogIndex>, std::string> parse_certificates(
    const std::vector<std::string>& words);

}  // namespace tasdiq::cli
