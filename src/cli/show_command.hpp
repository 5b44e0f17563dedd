#pragma once

#include <functional>

#include "cli/arguments.hpp"
#include "cli/ledger_reader.hpp"

namespace tasdiq::cli {

/// What people read before the rest of it.
using Lead = std::string (*)(const codec::Json& shown, text::Language language,
                             const KnownMembers& known);

/// Prints something of a ledger as `--node`, `--dir`, `--lang` and `--json` say; the exit code.
int run_show(const Arguments& arguments,
             const std::function<Result<Shown, NodeFault>(LedgerReader&)>& find,
             Lead lead = nullptr);

}  // namespace tasdiq::cli
