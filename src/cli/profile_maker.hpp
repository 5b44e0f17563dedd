#pragma once

#include <map>

#include "cli/node_client.hpp"
#include "cli/profile.hpp"

namespace tasdiq::cli {

/// What a profile is made for.
struct ProfileOptions {
    wire::MemberId institution;
    std::optional<std::uint32_t> accreditation;  // of an institution; 1 if it is not said
    /// Programmes whose level the accreditation leaves open.
    std::map<std::string, std::uint8_t, std::less<>> levels;
    std::optional<std::string> serial_prefix;  // member and accreditation if it is not said
};

struct MadeProfile {
    Profile profile;
    std::vector<std::string> warnings;  // what the ledger takes no more, and what it still does
};

/// The issuing profile of an institution or authority, as a node answers. Retired keys are left
/// out. `today` decides what has ended.
[[nodiscard]] Result<MadeProfile, NodeFault> make_profile(NodeClient& node,
                                                          const ProfileOptions& options, Day today);

/// `INF-L3=6,INF-M2=7`; nothing if it is not that.
[[nodiscard]] std::optional<std::map<std::string, std::uint8_t, std::less<>>> parse_levels(
    std::string_view text);

}  // namespace tasdiq::cli
