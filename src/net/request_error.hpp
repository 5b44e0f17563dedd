#pragma once

#include <cstdint>
#include <string_view>

#include "net/http.hpp"

namespace tasdiq::net {

/// Why the server answered a request itself, before or instead of the handler. Numbers are stable:
/// they are the codes of problem details whose domain is "http".
enum class RequestError : std::uint16_t {
    // The header, as it comes in
    kHeaderTime = 1,
    kHeaderSize = 2,
    kVersion = 3,
    kMalformed = 4,
    kBodySize = 5,
    // The header, once it is whole
    kTransferCoding = 10,
    kHost = 11,
    kHostNotServed = 12,
    kMethod = 13,
    kTargetSize = 14,
    kTarget = 15,
    kExpectation = 16,
    // The body
    kBodyMemory = 20,
    kBodyTime = 21,
    kBodyMalformed = 22,
    // Ours
    kUnanswered = 30,
    kAnswerInvalid = 31,
    kAnswerTime = 32,
    kTooManyConnections = 33,
};

[[nodiscard]] std::string_view to_string(RequestError error);

/// The HTTP status of an error.
[[nodiscard]] unsigned status_of(RequestError error);

/// Problem details for `error`; `detail` may be empty.
[[nodiscard]] HttpResponse refuse(RequestError error, std::string_view detail = {});

}  // namespace tasdiq::net
