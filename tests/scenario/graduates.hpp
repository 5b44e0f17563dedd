#pragma once

#include <set>

#include "certificate/commitment.hpp"
#include "certificate/make.hpp"
#include "ledger/world_test.hpp"
#include "script.hpp"

namespace tasdiq::scenario {

/// A certificate as its holder has it, but for the proof.
struct Graduate {
    certificate::Record record;
    certificate::Issuer issuer;
    std::string uuid;
    wire::CertificateSecret secret;
    Instant created;
};

/// Those whose certificates are judged somewhere in a story. All others are but a commitment on the
/// ledger, so that forty thousand of them cost nothing.
class Graduates {
  public:
    /// `judged`: their certificates' names, `june.3`.
    explicit Graduates(const std::vector<std::string>& judged);

    /// What an issue has in common.
    struct Issue {
        std::string name;
        std::size_t count;
        wire::Terms terms;
        certificate::Record record;
        certificate::Issuer issuer;
        Instant created;
    };
    /// The list of an issue: those who are judged stand where the story says.
    [[nodiscard]] std::vector<wire::Item> enrol(const Issue& issue);
    /// Whose certificate has this commitment.
    [[nodiscard]] const Graduate& find(const wire::Commitment& commitment) const;

  private:
    std::map<std::string, std::set<std::size_t>> judged_;
    std::map<wire::Commitment, Graduate> by_commitment_;
};

/// What a row says about its graduates, and what it leaves out.
certificate::Record record_of(const Row& row, const wire::Terms& terms);

}  // namespace tasdiq::scenario
