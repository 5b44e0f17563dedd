#include <csignal>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/key_access.hpp"
#include "cli/signing.hpp"
#include "cli/vc_api_service.hpp"
#include "net/server.hpp"

namespace tasdiq::cli {
namespace {

constexpr std::uint32_t kStopGraceMs = 1'000;

constexpr Option kOptions[] = {
    {"listen", "ADDRESS:PORT", "where to serve (default 127.0.0.1:8490)"},
    {"issuers", "", "issue too: whatever anyone asks for, with keys for tests"},
    {"key", "FILE", "an issuer's key instead of new ones; may be repeated"},
    kPasswordFileOption,
    {"controller", "FILE", "a controller document or status list, by its id; may be repeated"},
    kMapOption,
    {"tls-certificate", "FILE", "serve TLS with this PEM certificate chain"},
    {"tls-key", "FILE", "and its PEM key"},
};

/// The keys that are given, or one of each kind.
Result<Ok, std::string> add_issuers(const Arguments& arguments, VcApiService& service) {
    if (!arguments.has("issuers")) return Ok{};
    const auto paths = arguments.all("key");
    for (const std::string& path : paths) {
        TRY(auto key, read_any_key(path, arguments));
        service.add_issuer(std::move(key));
    }
    if (!paths.empty()) return Ok{};
    for (const auto algorithm :
         {crypto::Algorithm::kEd25519, crypto::Algorithm::kEs256, crypto::Algorithm::kEs384}) {
        service.add_issuer(keys::SigningKey::generate(algorithm));
    }
    return Ok{};
}

void say_serving(const VcApiService& service, const net::ServerOptions& server,
                 std::uint16_t port) {
    const bool is_v6 = server.address.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + server.address + "]" : server.address;
    const std::string url =
        (server.tls_key_file.empty() ? "http://" : "https://") + host + ":" + std::to_string(port);
    std::printf("serving %s\n", url.c_str());
    for (const VcApiService::Issuer& issuer : service.issuers()) {
        std::printf("%s/credentials/issue  %s\n", issuer.path.c_str(),
                    service.did_of(issuer).c_str());
    }
    std::fflush(stdout);
}

int run_vc_api(const Arguments& arguments) {
    net::ServerOptions server;
    if (!net::parse_listen(arguments.get("listen", "127.0.0.1:8490"), server)) {
        return usage_error("--listen takes ADDRESS:PORT");
    }
    if (arguments.has("tls-certificate") != arguments.has("tls-key")) {
        return usage_error("--tls-certificate and --tls-key go together");
    }
    if (arguments.has("key") && !arguments.has("issuers")) {
        return usage_error("--key is for --issuers");
    }
    server.tls_certificate_file = arguments.get("tls-certificate", "");
    server.tls_key_file = arguments.get("tls-key", "");
    server.threads = 1;  // contexts are read for one thread
    FolderLoader loader;
    if (!add_maps(arguments, loader)) return usage_error("--map is URL-PREFIX=DIR");
    ControllerFiles controllers;
    if (const auto read = controllers.read(arguments.all("controller")); !read) {
        return fail(kExitIo, read.error());
    }
    VcApiService service{loader, controllers, server.tls_key_file.empty() ? "http" : "https"};
    if (const auto added = add_issuers(arguments, service); !added) {
        return fail(kExitIo, added.error());
    }

    // Blocked before the server's thread starts, so that only `sigwait` sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const auto started =
        net::Server::start(server, net::answering([&service](const net::HttpRequest& request) {
                               return service.answer(request, now());
                           }));
    if (!started) return fail(kExitIo, started.error().text);
    say_serving(service, server, (*started)->port());
    int signal = 0;
    sigwait(&signals, &signal);
    (*started)->stop(kStopGraceMs);
    return kExitOk;
}

constexpr Command kCommands[] = {
    {"vc-api", "[--listen ADDRESS:PORT] [--issuers]",
     "serve the W3C VC API, for integrators and conformance tests",
     "Answers POST /credentials/verify and POST /presentations/verify: 200, or 400 or 422 with the "
     "reason.\n"
     "POST /credentials/derive shows parts of a credential with a base proof of ecdsa-sd-2023.\n"
     "Needs no ledger and fetches nothing. With --issuers it also signs whatever anyone asks for "
     "at\n"
     "/issuers/SUITE[/p256|/p384]/credentials/issue, by keys that are made at the start and named "
     "on stdout:\n"
     "for test suites only. GET /issuers lists them. /issuers/bitstring gives a status, which\n"
     "/issuers/bitstring/credentials/status sets.\n"
     "\n"
     "  tasdiq vc-api\n"
     "  tasdiq vc-api --listen 127.0.0.1:40443 --issuers --tls-certificate c.pem --tls-key k.pem\n"
     "\n"
     "Ends with SIGTERM or Ctrl-C.",
     kOptions, run_vc_api},
};

}  // namespace

std::span<const Command> vc_api_commands() { return kCommands; }

}  // namespace tasdiq::cli
