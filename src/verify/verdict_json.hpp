#pragma once

#include "codec/json.hpp"
#include "verify/verdict.hpp"

namespace tasdiq::verify {

/// The verdict as programs read it: `headline`, `answer`, `testLedger`, `stale`, `checks` (each
/// with `check`, `result`, `reason` and its number `code`, 0 and `none` when passed) and
/// `certificate`, which holds what is known of it (docs/api.md has the members). The same object in
/// `tasdiq verify --json`, in the node's answers and in the browser.
[[nodiscard]] codec::Json to_json(const Verdict& verdict);

/// `authentic`, `not-authentic`, `could-not-check`, `test-ledger-only`.
[[nodiscard]] std::string_view to_string(Answer answer);

}  // namespace tasdiq::verify
