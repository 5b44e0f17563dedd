#pragma once

#include <string>
#include <string_view>

#include "certificate/claims.hpp"
#include "certificate/record.hpp"

namespace tasdiq::certificate {

/// The institution that issues, as the ledger has it.
struct Issuer {
    wire::MemberId member;
    std::string ar, en, fr;  // its names on the day awarded
    std::string host;        // of the ledger's origin: `host` or `host:port`
};

/// The credential of `record`: the same input gives the same bytes.
///
/// `uuid`  36 characters, lower case, of a random UUID (ENSURE its form).
/// Errors: those of `check_record`. Format: docs/formats/credential.md.
[[nodiscard]] Result<CanonicalCredential, RecordFault> make_credential(const Record& record,
                                                                       const Issuer& issuer,
                                                                       std::string_view uuid);

/// 16 random bytes as a UUID of version 4. Spec: RFC 9562 §5.4.
[[nodiscard]] std::string make_uuid(const std::array<std::uint8_t, 16>& random);

/// The Open Badges word for a type and level.
[[nodiscard]] std::string_view achievement_type(wire::CertificateType type, std::uint8_t level);

}  // namespace tasdiq::certificate
