#pragma once

#include <optional>
#include <vector>

#include "store/ledger_store.hpp"
#include "wire/record.hpp"
#include "wire/values.hpp"

namespace tasdiq::node {

/// The programmes of an accreditation. The map cannot be walked; the accrediting transaction names
/// them. Nothing when the disk failed.
[[nodiscard]] std::optional<std::vector<wire::ProgrammeEntry>> programmes_of(
    const store::LedgerStore& store, const wire::AccreditationRecord& accreditation);

}  // namespace tasdiq::node
