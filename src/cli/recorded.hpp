#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "wire/ids.hpp"

namespace tasdiq::cli {

/// A certificate that is on the ledger.
struct RecordedCertificate {
    std::string serial;
    std::string name_ar, name_latin;  // empty: none in this script
    wire::LogIndex index;
};

/// The rows as `recorded.csv` has them, by serial: docs/formats/batch.md.
[[nodiscard]] std::string recorded_table(std::vector<RecordedCertificate> rows);

/// A certificate of a batch and its number on the ledger.
struct NumberedSerial {
    std::string serial;
    wire::LogIndex index;
};
/// Writes the file into a batch, of what was recorded. The error names a file.
[[nodiscard]] Result<Ok, std::string> write_recorded(const std::string& folder,
                                                     const std::vector<NumberedSerial>& recorded);

}  // namespace tasdiq::cli
