#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "codec/json.hpp"
#include "credential/status_list.hpp"
#include "credential/vc_api.hpp"

// A status list as whoever publishes it takes it from its issuer: docs/formats/status-list.md.
namespace tasdiq::credential {

/// What a list's file may have, in bytes: a list of kStatusEntriesMin entries fits, whatever they
/// say.
inline constexpr std::size_t kPublishedListSizeMax = std::size_t{64} << 10;
/// How far the clocks of issuer and publisher may differ.
inline constexpr std::int64_t kListClockSkew_s = 300;
/// How long a copy may be used, as our lists say it.
inline constexpr std::uint32_t kListTtl_ms = 300'000;

/// Why a list is not published. Checks run in this order; numbers are stable.
enum class PublishError : std::uint16_t {
    kJson = 1,     // no JSON, or too large
    kAddress = 2,  // the credential is not the list at this address
    kIssuer = 3,   // by another than who may sign it now
    kDate = 4,     // no `validFrom`, or one in the future
    kList = 5,     // not exactly kStatusEntriesMin entries of one bit
    kProof = 6,    // not a credential that holds: its model, its terms, its proof, its validity
};
[[nodiscard]] std::string_view to_string(PublishError error);

struct PublishFault {
    PublishError error;
    std::string detail;  // of kProof
};

/// Who may publish what where.
struct ExpectedList {
    std::string url;
    std::string issuer;  // a DID
    std::string_view purpose;
};

/// The instant that the list in `body` is of. Errors: PublishError in its order; what is cheap to
/// see is seen before a signature is verified.
[[nodiscard]] Result<Instant, PublishFault> check_published_list(std::string_view body,
                                                                 const ExpectedList& expected,
                                                                 VcApiWorld& world);

}  // namespace tasdiq::credential
