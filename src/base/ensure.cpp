#include "base/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace tasdiq::base {

void ensure_failed(const char* condition, const char* file, int line) {
#ifdef __wasm__
    static_cast<void>(condition), static_cast<void>(file), static_cast<void>(line);
    __builtin_trap();  // the verifier in a browser has no stderr
#else
    std::fprintf(stderr, "tasdiq: internal error: %s does not hold (%s:%d)\n", condition, file,
                 line);
    std::abort();
#endif
}

}  // namespace tasdiq::base
