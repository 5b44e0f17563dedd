#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/sort.hpp"
#include "linked/context_process.hpp"

// For context_process.cpp and context_term.cpp alone.
namespace tasdiq::linked {

inline std::unexpected<LdFault> ld_fault(LdError error, std::string_view at) {
    return std::unexpected{LdFault{error, std::string{at}}};
}

/// How deep processing may go on our stack: scoped contexts and terms that need other terms.
inline constexpr std::size_t kProcessDepthMax = 200;

/// Counts a level of recursion as long as it lives.
class DepthGuard {
  public:
    explicit DepthGuard(std::size_t& depth) : depth_{&depth} { ++*depth_; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;
    ~DepthGuard() { --*depth_; }

  private:
    std::size_t* depth_;
};

/// Finds members of a large object by their keys.
class KeyIndex {
  public:
    explicit KeyIndex(const codec::Json::Object& members) : members_{&members} {
        sorted_.reserve(members.size());
        for (std::size_t i = 0; i < members.size(); ++i) sorted_.push_back(i);
        sort(sorted_,
             [&members](std::size_t a, std::size_t b) { return members[a].key < members[b].key; });
    }

    [[nodiscard]] std::optional<std::size_t> find(std::string_view key) const {
        const auto found = std::lower_bound(
            sorted_.begin(), sorted_.end(), key,
            [this](std::size_t index, std::string_view k) { return (*members_)[index].key < k; });
        if (found == sorted_.end() || (*members_)[*found].key != key) return std::nullopt;
        return *found;
    }

  private:
    const codec::Json::Object* members_;
    std::vector<std::size_t> sorted_;
};

struct ContextProcessor::LocalContext {
    enum class State : std::uint8_t { kUntouched, kBegun, kDone };

    LocalContext(ActiveContext& to, const codec::Json& map, const Place& at)
        : result{&to},
          members{&map.as_object()},
          place{at},
          states(members->size()),
          keys{*members} {}

    ActiveContext* result;
    const codec::Json::Object* members;
    Place place;
    bool is_protected = false;
    std::vector<State> states;  // by member
    KeyIndex keys;
};

}  // namespace tasdiq::linked
