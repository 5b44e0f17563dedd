#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tasdiq::net {

/// Why a server did not start or an exchange with one failed. Numbers are stable.
enum class NetError : std::uint16_t {
    // What was asked for
    kUrl = 1,
    kRequest = 2,
    // Starting a server
    kAddress = 10,
    kListen = 11,
    kTlsFiles = 12,
    // Reaching a server, in the order of the steps
    kResolve = 20,
    kConnect = 21,
    kTlsHandshake = 22,
    kTlsCertificate = 23,
    // The exchange
    kTimeout = 30,
    kClosed = 31,
    kMalformedResponse = 32,
    kResponseHeaderTooLarge = 33,
    kResponseTooLarge = 34,
};

[[nodiscard]] std::string_view to_string(NetError error);

/// A NetError and, for people, which host and which step it happened at.
struct NetFailure {
    NetError error;
    std::string text;
};

}  // namespace tasdiq::net
