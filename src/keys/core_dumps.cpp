#include "keys/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/ensure.hpp"

namespace tasdiq::keys {

void forbid_core_dumps() {
    const rlimit none{0, 0};
    ENSURE(::setrlimit(RLIMIT_CORE, &none) == 0);
    // A system that pipes dumps to a program asks for no limit.
    ENSURE(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
}

}  // namespace tasdiq::keys
