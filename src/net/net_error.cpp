#include "net/net_error.hpp"

#include "base/ensure.hpp"

namespace tasdiq::net {

std::string_view to_string(NetError error) {
    switch (error) {
        case NetError::kUrl: return "not a usable http or https address";
        case NetError::kRequest: return "the request cannot be sent as HTTP";
        case NetError::kAddress: return "not an IP address to listen on";
        case NetError::kListen: return "cannot listen there";
        case NetError::kTlsFiles: return "the TLS certificate or key cannot be used";
        case NetError::kResolve: return "the host name does not resolve";
        case NetError::kConnect: return "the host does not accept the connection";
        case NetError::kTlsHandshake: return "TLS could not be agreed on";
        case NetError::kTlsCertificate: return "the host's TLS certificate is not trusted";
        case NetError::kTimeout: return "no full answer in time";
        case NetError::kClosed: return "the host closed the connection before a full answer";
        case NetError::kMalformedResponse: return "the answer is not HTTP";
        case NetError::kResponseHeaderTooLarge: return "the header of the answer is too large";
        case NetError::kResponseTooLarge: return "the answer is too large";
    }
    ENSURE(false);
}

}  // namespace tasdiq::net
