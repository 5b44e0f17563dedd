#pragma once

#include "codec/json.hpp"
#include "net/http.hpp"

namespace tasdiq::node {

// The answers that all routes share.

/// How long an answer may be kept by caches.
enum class Caching : unsigned char {
    kNone,       // changes with every block
    kShort,      // a few seconds
    kMinute,     // what its issuer changes now and then
    kImmutable,  // an entry or a full tile never changes
};

[[nodiscard]] net::HttpResponse json_answer(const codec::Json& json, std::string_view route,
                                            Caching caching = Caching::kNone,
                                            unsigned status = 200);
[[nodiscard]] net::HttpResponse bytes_answer(std::string_view type, std::string body,
                                             std::string_view route, Caching caching);

/// The same with an ETag by what `body` is.
[[nodiscard]] net::HttpResponse tagged_answer(std::string_view type, std::string body,
                                              std::string_view route, Caching caching);

/// Domain `api`. Numbers are stable: docs/api.md.
enum class ApiError : std::uint16_t {
    kNoSuchPage = 1,
    kNotFound = 2,
    kParameter = 3,
    kMediaType = 4,
    kBody = 5,
    kBusy = 6,
    kStopped = 7,
    kStore = 8,
    kMethod = 9,
    kEvidenceTooLarge = 10,
    kListRefused = 11,
    kListOlder = 12,
    kListsTooMany = 13,
};
[[nodiscard]] net::HttpResponse api_problem(ApiError error, std::string_view route,
                                            std::string_view detail = {});

}  // namespace tasdiq::node
