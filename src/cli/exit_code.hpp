#pragma once

namespace tasdiq::cli {

// docs/cli.md. Scripts rely on them.
inline constexpr int kExitOk = 0;
inline constexpr int kExitRefused = 1;         // not authentic; a rule or a check said no
inline constexpr int kExitUnavailable = 2;     // could not check; a node could not be reached
inline constexpr int kExitTestLedgerOnly = 3;  // genuine on a test ledger only
inline constexpr int kExitUsage = 64;
inline constexpr int kExitIo = 74;

}  // namespace tasdiq::cli
