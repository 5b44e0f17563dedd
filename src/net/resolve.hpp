#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/asio.hpp"

namespace tasdiq::net {

/// Why a name has no addresses.
struct ResolveFailure {
    bool timed_out = false;
    std::string why;
};

/// The addresses of `host` (a name or an address), in the order in which to try them; at least one.
/// The system's resolver cannot be interrupted: after a timeout its thread ends by itself, later.
[[nodiscard]] Result<std::vector<Tcp::endpoint>, ResolveFailure> resolve(
    const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout);

}  // namespace tasdiq::net
