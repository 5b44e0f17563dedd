#pragma once

namespace tasdiq::base {

/// Ends the program: an invariant of ours does not hold. Never reachable from input.
[[noreturn]] void ensure_failed(const char* condition, const char* file, int line);

}  // namespace tasdiq::base

/// Holds in every build. For what only a defect of ours can break, never for input.
#define ENSURE(condition) \
    ((condition) ? void(0) : ::tasdiq::base::ensure_failed(#condition, __FILE_NAME__, __LINE__))
