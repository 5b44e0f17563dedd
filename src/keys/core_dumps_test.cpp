#include "keys/core_dumps.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tasdiq::keys {
namespace {

/// In a process of its own: it cannot be undone.
TEST(CoreDumps, AreForbidden) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        forbid_core_dumps();
        rlimit limit{1, 1};
        const bool has_limit =
            ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
        ::_exit(has_limit && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace tasdiq::keys
