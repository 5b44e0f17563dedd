#include "net/request_error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::net {

std::string_view to_string(RequestError error) {
    switch (error) {
        case RequestError::kHeaderTime: return "the request's header did not arrive in time";
        case RequestError::kHeaderSize: return "the request's header is too large";
        case RequestError::kVersion: return "the HTTP version is not 1.0 or 1.1";
        case RequestError::kMalformed: return "the request is not well-formed HTTP";
        case RequestError::kBodySize: return "the request's body is too large";
        case RequestError::kTransferCoding: return "the only transfer coding here is chunked";
        case RequestError::kHost: return "the request has no Host header, or two";
        case RequestError::kHostNotServed: return "this server does not serve that host";
        case RequestError::kMethod: return "the method is not allowed here";
        case RequestError::kTargetSize: return "the request's target is too long";
        case RequestError::kTarget: return "the request's target is refused";
        case RequestError::kExpectation: return "the only expectation met here is 100-continue";
        case RequestError::kBodyMemory: return "too many large requests at this moment";
        case RequestError::kBodyTime: return "the request's body did not arrive in time";
        case RequestError::kBodyMalformed: return "the request's body is not well-formed HTTP";
        case RequestError::kUnanswered: return "the server failed to answer";
        case RequestError::kAnswerInvalid: return "the server's answer could not be written";
        case RequestError::kAnswerTime: return "the answer was not ready in time";
        case RequestError::kTooManyConnections: return "too many connections at this moment";
    }
    ENSURE(false);
}

unsigned status_of(RequestError error) {
    switch (error) {
        case RequestError::kHeaderTime: return 408;
        case RequestError::kHeaderSize: return 431;
        case RequestError::kVersion: return 505;
        case RequestError::kMalformed: return 400;
        case RequestError::kBodySize: return 413;
        case RequestError::kTransferCoding: return 501;
        case RequestError::kHost: return 400;
        case RequestError::kHostNotServed: return 421;
        case RequestError::kMethod: return 405;
        case RequestError::kTargetSize: return 414;
        case RequestError::kTarget: return 400;
        case RequestError::kExpectation: return 417;
        case RequestError::kBodyMemory: return 503;
        case RequestError::kBodyTime: return 408;
        case RequestError::kBodyMalformed: return 400;
        case RequestError::kUnanswered: return 500;
        case RequestError::kAnswerInvalid: return 500;
        case RequestError::kAnswerTime: return 503;
        case RequestError::kTooManyConnections: return 503;
    }
    ENSURE(false);
}

HttpResponse refuse(RequestError error, std::string_view detail) {
    HttpResponse response = make_problem({.status = status_of(error),
                                          .domain = "http",
                                          .code = static_cast<std::uint16_t>(error),
                                          .title = to_string(error),
                                          .detail = detail});
    if (response.status == 503) response.headers.push_back({"Retry-After", "1"});
    return response;
}

}  // namespace tasdiq::net
