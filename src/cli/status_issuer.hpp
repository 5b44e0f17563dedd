#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cli/status_places.hpp"
#include "credential/status_list.hpp"
#include "credential/vc_api.hpp"

namespace tasdiq::cli {

/// An issuer of conformance tests whose credentials have a status: docs/formats/vc-api.md. Its
/// lists are those of this process. `base` is where it is served, "https://host:port".
class StatusIssuer {
  public:
    static constexpr std::string_view kPath = "/issuers/bitstring";
    static constexpr std::string_view kIssueRoute = "/issuers/bitstring/credentials/issue";
    static constexpr std::string_view kStatusRoute = "/issuers/bitstring/credentials/status";
    static constexpr std::string_view kListRoute = "/issuers/bitstring/status/{list}/{purpose}";

    /// What it signs with by keys of this algorithm.
    [[nodiscard]] static std::string_view suite_of(crypto::Algorithm algorithm);

    /// `answer_issue` by a suite over RDF, with an entry for each purpose if the credential has no
    /// status of its own.
    [[nodiscard]] credential::VcAnswer issue(std::string_view body, const std::string& base,
                                             const credential::IssuerKey& key,
                                             credential::VcApiWorld& world);
    /// `{"credentialStatus": entry, "status": boolean}` sets one bit. 200; 400 for what is
    /// malformed, 404 for an entry that this issuer did not give.
    [[nodiscard]] credential::VcAnswer set_status(std::string_view body, const std::string& base);
    /// The signed list at `path`; 404 without one.
    [[nodiscard]] credential::VcAnswer list(std::string_view path, const std::string& base,
                                            const credential::IssuerKey& key,
                                            credential::VcApiWorld& world);

  private:
    PlaceMaker places_;
    std::map<std::string, credential::StatusBits, std::less<>> lists_;  // by path
};

}  // namespace tasdiq::cli
