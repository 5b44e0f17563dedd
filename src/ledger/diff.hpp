#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "wire/record.hpp"

namespace tasdiq::ledger {

/// A record's new bytes, or none: the record goes.
using Write = std::pair<wire::MapKey, std::optional<Bytes>>;
/// A commitment and the certificate's entry that records it.
using Recorded = std::pair<wire::Commitment, wire::LogIndex>;

/// What one transaction changes: all of it happens, or none.
struct Diff {
    std::vector<Bytes> entries;  // the transaction's, then its certificates'
    std::vector<Write> writes;   // each key once
    std::vector<Recorded> commitments;
    friend bool operator==(const Diff&, const Diff&) = default;
};

}  // namespace tasdiq::ledger
