#pragma once

#include <string>

#include "base/result.hpp"
#include "net/request_reader.hpp"
#include "net/server.hpp"

namespace tasdiq::net {

/// Why a request is refused, and what more there is to say.
struct Refusal {
    RequestError error;
    std::string detail;
};

/// Judges a header that has been read; fills in the request's method and target.
/// OPTIONS passes with kGet: it is not for the handler.
///
/// Errors, first match wins: kTransferCoding, kHost, kHostNotServed, kMethod, kTargetSize, kTarget,
/// kExpectation.
[[nodiscard]] Result<Ok, Refusal> check_header(RequestReader& reader, const ServerOptions& options);

/// The value of an Allow header.
[[nodiscard]] std::string allowed_methods(const ServerOptions& options);

/// The answer to OPTIONS, CORS preflights among them. Spec: RFC 9110 §9.3.7.
[[nodiscard]] HttpResponse answer_options(const ServerOptions& options);

}  // namespace tasdiq::net
