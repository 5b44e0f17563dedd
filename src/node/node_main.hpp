#pragma once

#include <span>
#include <string_view>

namespace tasdiq::node {

// Exit codes of `tasdiq-node`: docs/api.md.
inline constexpr int kExitOk = 0;
inline constexpr int kExitUsage = 64;
inline constexpr int kExitIo = 74;      // the disk, or what lies on it
inline constexpr int kExitConfig = 78;  // keys or an address that do not fit

/// `tasdiq-node init|run|check`: `words` are the arguments after the program's name. Blocks until
/// the node ends; takes SIGTERM and SIGINT.
[[nodiscard]] int node_main(std::span<const std::string_view> words);

}  // namespace tasdiq::node
