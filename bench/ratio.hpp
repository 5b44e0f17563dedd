#pragma once

#include <algorithm>
#include <ctime>
#include <limits>

// What two pieces of work cost beside each other on a machine that does other things too.
namespace tasdiq::bench {

/// CPU seconds of this thread.
inline double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The least time that each of two takes for one round, the rounds taken in turn.
struct Beside {
    double ours_s = std::numeric_limits<double>::max();
    double raw_s = std::numeric_limits<double>::max();

    template <class Ours, class Raw>
    void round(Ours ours, Raw raw) {
        const double start = cpu_seconds();
        raw();
        const double middle = cpu_seconds();
        ours();
        raw_s = std::min(raw_s, middle - start);
        ours_s = std::min(ours_s, cpu_seconds() - middle);
    }
};

}  // namespace tasdiq::bench
