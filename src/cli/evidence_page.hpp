#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tasdiq::cli {

/// The texts of the `count` objects in a node's answer `{"evidence":[…]}`, each for
/// `wire::open_evidence`; nothing if it is none, or has more or fewer. Cost: an answer as our node
/// writes it is only cut; any other is read by way of a JSON value.
[[nodiscard]] std::optional<std::vector<std::string>> read_evidence_page(std::string_view text,
                                                                         std::size_t count);

}  // namespace tasdiq::cli
