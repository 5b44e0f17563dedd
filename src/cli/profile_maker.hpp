#pragma once

#include <map>

#include "cli/node_client.hpp"
#include "cli/profile.hpp"

namespace tasdiq::cli {

/// What a profile is made for.
struct ProfileOptions {
    wire::MemberId institution;
    std::uint32_t accreditation = 1;
    /// Programmes whose level the accreditation leaves open.
    std::map<std::string, std::uint8_t, std::less<>> levels;
    std::string serial_prefix;
};

/// An institution's issuing profile, as a node answers. Retired keys are left out.
[[nodiscard]] Result<Profile, NodeFault> make_profile(NodeClient& node,
                                                      const ProfileOptions& options);

/// `INF-L3=6,INF-M2=7`; nothing if it is not that.
[[nodiscard]] std::optional<std::map<std::string, std::uint8_t, std::less<>>> parse_levels(
    std::string_view text);

}  // namespace tasdiq::cli
