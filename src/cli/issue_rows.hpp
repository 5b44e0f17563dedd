#pragma once

#include "cli/preparing.hpp"
#include "cli/related.hpp"

namespace tasdiq::cli {

/// Reads an institution's table as `kind` has it, with `--column`, `--of`, `--node`, `--courses`
/// and `--cohort`; an exit code if that cannot be done, after a message.
[[nodiscard]] Result<Rows, int> read_issue_rows(const Arguments& arguments,
                                                const intake::CsvTable& table,
                                                const Parties& parties, const BatchKind& kind);

/// The same of what takes the place of an authority's equivalencies or attestations.
[[nodiscard]] Result<Rows, int> read_replaced_acts(const Arguments& arguments,
                                                   const intake::CsvTable& table,
                                                   const Parties& parties);

}  // namespace tasdiq::cli
