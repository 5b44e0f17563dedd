#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/credential_inputs.hpp"
#include "cli/status_issuer.hpp"
#include "credential/suite.hpp"
#include "credential/vc_api.hpp"
#include "net/http.hpp"

namespace tasdiq::cli {

/// The VC API without a ledger: docs/formats/vc-api.md. For one thread.
class VcApiService {
  public:
    /// `scheme`: "http" or "https", for the addresses that it gives out.
    VcApiService(FolderLoader& loader, ControllerFiles& controllers,
                 std::string_view scheme = "http")
        : contexts_{loader}, controllers_{controllers}, scheme_{scheme} {}

    /// Adds the issuers of this key: one for each suite that takes it.
    void add_issuer(keys::SigningKey key);

    [[nodiscard]] net::HttpResponse answer(const net::HttpRequest& request, Instant now);

    /// One route that issues.
    struct Issuer {
        std::string path;              // "/issuers/ecdsa-rdfc-2019/p384"
        std::string_view cryptosuite;  // empty: into an envelope
        std::size_t key;               // index
    };
    [[nodiscard]] const std::vector<Issuer>& issuers() const { return issuers_; }
    /// The DID of an issuer.
    [[nodiscard]] std::string did_of(const Issuer& issuer) const;

  private:
    [[nodiscard]] net::HttpResponse answer_get(const net::HttpRequest& request, Instant now);
    [[nodiscard]] net::HttpResponse get_issuers() const;
    [[nodiscard]] std::string base_of(const net::HttpRequest& request) const;
    [[nodiscard]] net::HttpResponse answer_post(const net::HttpRequest& request, Instant now);

    linked::ContextCache contexts_;
    ControllerFiles& controllers_;
    std::vector<keys::SigningKey> keys_;
    std::vector<Issuer> issuers_;
    std::string_view scheme_;
    StatusIssuer status_issuer_;
};

}  // namespace tasdiq::cli
