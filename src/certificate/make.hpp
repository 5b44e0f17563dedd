#pragma once

#include <string>
#include <string_view>

#include "certificate/claims.hpp"
#include "certificate/record.hpp"
#include "credential/status_list.hpp"

namespace tasdiq::certificate {

/// The institution that issues, as the ledger has it.
struct Issuer {
    wire::MemberId member;
    std::string ar, en, fr;  // its names on the day awarded
    std::string host;        // of the ledger's origin: `host` or `host:port`
};

/// Where software that does not know the ledger looks up the status: in two of the institution's
/// lists, one of revocations and one of suspensions.
struct StatusPlace {
    std::string list;  // 16 hexadecimal digits
    std::uint32_t index;
    friend bool operator==(const StatusPlace&, const StatusPlace&) = default;
};
/// What the two lists are of, in the order of a credential's entries.
inline constexpr std::string_view kListPurposes[] = {credential::kRevocation,
                                                     credential::kSuspension};

/// The credential of `record`: the same input gives the same bytes.
///
/// `uuid`  36 characters, lower case, of a random UUID (ENSURE its form).
/// `status`  nothing: the credential names no status list.
/// Errors: those of `check_record`. Format: docs/formats/credential.md.
[[nodiscard]] Result<CanonicalCredential, RecordFault> make_credential(
    const Record& record, const Issuer& issuer, std::string_view uuid,
    const std::optional<StatusPlace>& status = std::nullopt);

/// 16 random bytes as a UUID of version 4. Spec: RFC 9562 §5.4.
[[nodiscard]] std::string make_uuid(const std::array<std::uint8_t, 16>& random);

/// The Open Badges word for an identifier of this scheme.
[[nodiscard]] std::string identity_type(const std::string& scheme);

/// The Open Badges word for a type and level.
[[nodiscard]] std::string_view achievement_type(wire::CertificateType type, std::uint8_t level);

}  // namespace tasdiq::certificate
