#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/node_client.hpp"
#include "cli/profile.hpp"
#include "cli/sandbox_data.hpp"
#include "keys/signing_key.hpp"
#include "wire/entry.hpp"

namespace tasdiq::cli {

/// Keys of the sandbox, by file name: `tn-node`, `utm-dean`, …. All of them lie in one folder,
/// unencrypted: that is what makes it a sandbox.
class SandboxKeys {
  public:
    explicit SandboxKeys(std::string folder) : folder_{std::move(folder)} {}

    /// Makes a key and writes it. The error names the file.
    [[nodiscard]] Result<const keys::SigningKey*, std::string> make(const std::string& name,
                                                                    wire::Role role);
    /// A key made or loaded before (ENSURE).
    [[nodiscard]] const keys::SigningKey& get(const std::string& name) const;
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_ + "/" + name + ".key";
    }

  private:
    std::string folder_;
    std::map<std::string, keys::SigningKey> keys_;
};

/// The ledger's first entry for the plan's states; makes the keys that stand in it.
[[nodiscard]] Result<wire::Genesis, std::string> make_sandbox_genesis(
    const SandboxPlan& plan, const std::string& origin_prefix, Instant created, SandboxKeys& keys);

/// Registers authorities, institutions and accreditations of the plan; the institutions' profiles,
/// in the plan's order. Officers of each: dean (0), registrar (1); assertion key (2), seal (3).
[[nodiscard]] Result<std::vector<Profile>, NodeFault> register_sandbox_members(
    const SandboxPlan& plan, const wire::Genesis& genesis, SandboxKeys& keys, NodeClient& node);

}  // namespace tasdiq::cli
