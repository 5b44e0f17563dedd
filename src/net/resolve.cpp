#include "net/resolve.hpp"

#include <cstring>
#include <future>
#include <netdb.h>
#include <system_error>
#include <thread>

namespace tasdiq::net {
namespace {

using Found = Result<std::vector<Tcp::endpoint>, ResolveFailure>;

Found ask_system(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* first = nullptr;
    const int status = getaddrinfo(host.c_str(), nullptr, &hints, &first);
    if (status != 0) return std::unexpected{ResolveFailure{.why = gai_strerror(status)}};
    std::vector<Tcp::endpoint> endpoints;
    for (const addrinfo* info = first; info != nullptr; info = info->ai_next) {
        Tcp::endpoint endpoint;
        if (info->ai_addrlen > endpoint.capacity()) continue;
        std::memcpy(endpoint.data(), info->ai_addr, info->ai_addrlen);
        endpoint.resize(info->ai_addrlen);
        endpoint.port(port);
        endpoints.push_back(endpoint);
    }
    freeaddrinfo(first);
    if (endpoints.empty()) return std::unexpected{ResolveFailure{.why = "no address"}};
    return endpoints;
}

}  // namespace

Found resolve(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout) {
    ErrorCode not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) return std::vector<Tcp::endpoint>{{address, port}};
    std::promise<Found> promise;
    std::future<Found> found = promise.get_future();
    try {
        std::thread{[promise = std::move(promise), host, port]() mutable {
            promise.set_value(ask_system(host, port));
        }}.detach();
    } catch (const std::system_error& error) {
        return std::unexpected{ResolveFailure{.why = error.what()}};
    }
    if (found.wait_for(timeout) != std::future_status::ready) {
        return std::unexpected{ResolveFailure{.timed_out = true, .why = "no answer in time"}};
    }
    return found.get();
}

}  // namespace tasdiq::net
