#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "wire/evidence.hpp"
#include "wire/transaction.hpp"

namespace tasdiq::cli {

/// One certificate's part of `secrets.cbor`: docs/formats/batch.md.
struct SecretItem {
    std::string serial;
    wire::CertificateSecret secret;
};

/// Those of one issue, in its list's order.
using IssueSecrets = std::vector<SecretItem>;

/// Whether every certificate in `folder` is still the one that stands in the encoded `list`: what
/// is recorded of a damaged one could never be verified, nor recorded again. The error names the
/// file. Cost: one commitment a certificate, on all cores.
[[nodiscard]] Result<Ok, std::string> check_certificates(const std::string& folder,
                                                         const wire::Terms& terms, ByteView list,
                                                         const IssueSecrets& secrets);

}  // namespace tasdiq::cli
