#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "certificate/claims.hpp"
#include "intake/graduates.hpp"

namespace tasdiq::cli {

/// Who has which certificate in earlier batches: whoever prepares a table twice gives everybody two
/// genuine degrees.
class AwardedBefore {
  public:
    /// Reads the certificates of batches, or of folders of batches. The error names one that holds
    /// none, or a file that cannot be read. Cost: one certificate read each.
    [[nodiscard]] static Result<AwardedBefore, std::string> read(
        const std::vector<std::string>& folders);

    /// Makes kAwardedBefore of every graduate who has a certificate of the same type and title
    /// there: with an identifier of the same kind and value, or a name that folds to the same and
    /// the same date of birth.
    void check(intake::Intake& intake) const;

  private:
    void add(const certificate::CanonicalCredential& credential, const std::string& place);

    std::map<std::string, std::string> places_;  // by person and award
};

}  // namespace tasdiq::cli
