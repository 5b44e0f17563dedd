#pragma once

#include <map>
#include <optional>
#include <set>
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
    wire::Name authority;                         // that issued it, as it was called then
    std::string state;                            // that authority's, as ISO code
    wire::LogIndex certificate;                   // its own number
    std::vector<certificate::ScriptText> holder;  // the names on it
    std::optional<Instant> as_of;                 // of its status, where that is older than a day
};

/// The equivalencies and attestations among documents that were verified together, for the
/// certificates that they are about. They never change what is said of a certificate itself.
class ActsAtHand {
  public:
    /// `origin` is the ledger's that the documents were verified against.
    explicit ActsAtHand(std::string origin) : origin_{std::move(origin)} {}

    /// Keeps what an authority says about a certificate of this ledger, if it counts: authentic,
    /// recorded late or from registers, a duplicate. `document` is the credential that was judged.
    /// Of those that do not count it remembers what their evidence says of the ledger: it may be
    /// newer than that of a copy which does, or tell of one that was replaced.
    void add(const Verdict& verdict, ByteView document);

    /// Those about the certificate, each once, ascending by their numbers, without those that newer
    /// evidence at hand ends or another act at hand replaces. None about a document that is not
    /// what was recorded, whatever number its evidence has.
    [[nodiscard]] std::vector<const ActAtHand*> about(const Verdict& verdict) const;

  private:
    using Link = std::pair<wire::LogIndex, wire::LogIndex>;

    /// What the newest evidence of one certificate number says.
    struct Known {
        Instant as_of;
        bool is_stale = false;
        bool is_in_force = false;
        std::optional<wire::LogIndex> replaces;
        std::optional<ActAtHand> act;
    };
    void read(Known& known, const Verdict& verdict, ByteView document);
    [[nodiscard]] bool is_replaced(wire::LogIndex act) const;

    std::string origin_;
    std::map<wire::LogIndex, Known> known_;
    std::set<Link> about_;     // a certificate, and an act that is about it
    std::set<Link> replaced_;  // a certificate, and one that was issued in its place
};

/// As in `verify --json`: docs/cli.md.
[[nodiscard]] codec::Json to_json(const ActAtHand& at_hand);

}  // namespace tasdiq::verify
