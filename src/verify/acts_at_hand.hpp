#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "certificate/act.hpp"
#include "codec/json.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::verify {

/// An authentic equivalency or attestation that lies beside the certificate that it is about.
struct ActAtHand {
    certificate::Act act;
    wire::Name authority;          // that issued it, as it was called then
    wire::LogIndex certificate;    // its own number
    std::optional<Instant> as_of;  // of its status, where that is older than a day
};

/// The equivalencies and attestations among documents that were verified together, for the
/// certificates that they are about. They never change what is said of a certificate itself.
class ActsAtHand {
  public:
    /// `origin` is the ledger's that the documents were verified against.
    explicit ActsAtHand(std::string origin) : origin_{std::move(origin)} {}

    /// Keeps what an authority says about a certificate of this ledger, if it counts: authentic,
    /// recorded late or from registers, a duplicate. `document` is the credential that was judged.
    void add(const Verdict& verdict, ByteView document);

    /// Those about the certificate, in the order in which they were added. None about a document
    /// that is not what was recorded, whatever number its evidence has.
    [[nodiscard]] std::vector<const ActAtHand*> about(const Verdict& verdict) const;

  private:
    std::string origin_;
    std::vector<std::pair<wire::LogIndex, ActAtHand>> acts_;  // with their targets
};

/// As in `verify --json`: docs/cli.md.
[[nodiscard]] codec::Json to_json(const ActAtHand& at_hand);

}  // namespace tasdiq::verify
