#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "codec/json.hpp"
#include "prose/act_sentences.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::cli {

/// The equivalencies and attestations among documents that were verified together, for the
/// certificates that they are about. They never change what is said of a certificate itself.
class ActsAtHand {
  public:
    /// `origin` is the ledger's that the documents were verified against.
    explicit ActsAtHand(std::string origin) : origin_{std::move(origin)} {}

    /// Keeps what an authority says about a certificate of this ledger, if it counts: authentic,
    /// recorded late or from registers, a duplicate. `document` is the credential that was judged.
    void add(const verify::Verdict& verdict, ByteView document);

    /// Those about the certificate, in the order in which they were added. None about a document
    /// that is not what was recorded, whatever number its evidence has.
    [[nodiscard]] std::vector<const prose::ActAtHand*> about(const verify::Verdict& verdict) const;

  private:
    std::string origin_;
    std::vector<std::pair<wire::LogIndex, prose::ActAtHand>> acts_;  // with their targets
};

/// As in `verify --json`: docs/cli.md.
[[nodiscard]] codec::Json to_json(const prose::ActAtHand& at_hand);

}  // namespace tasdiq::cli
