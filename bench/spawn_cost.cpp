// What one run of a program costs, whole: the least wall time, the least CPU time (of it and of
// those that it waited for) and the most memory of several runs. Its output goes nowhere.
//
// usage: spawn_cost COUNT PROGRAM [ARGUMENT…]
// Prints: wall in ms, CPU in ms, memory in MB.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

double milliseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
}

[[noreturn]] void become(char** words) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execvp(words[0], words);
    std::perror(words[0]);
    ::_exit(127);
}

}  // namespace

int main(int argc, char** argv) {
    const long count = argc > 2 ? std::strtol(argv[1], nullptr, 10) : 0;
    if (count <= 0) {
        std::fputs("usage: spawn_cost COUNT PROGRAM [ARGUMENT…]\n", stderr);
        return 64;
    }
    double wall_ms = 1e9;
    double cpu_ms = 1e9;
    long memory_kb = 0;
    for (long i = 0; i < count; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const pid_t child = ::fork();
        if (child == 0) become(argv + 2);
        int status = 0;
        rusage usage{};
        if (child < 0 || ::wait4(child, &status, 0, &usage) != child) return 70;
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            std::fprintf(stderr, "%s did not end well\n", argv[2]);
            return 70;
        }
        wall_ms = std::min(wall_ms, took.count());
        cpu_ms = std::min(cpu_ms, milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime));
        memory_kb = std::max(memory_kb, usage.ru_maxrss);
    }
    std::printf("%.3f %.3f %.1f\n", wall_ms, cpu_ms, static_cast<double>(memory_kb) / 1e3);
    return 0;
}
