#pragma once

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <sys/resource.h>

#include "base/ensure.hpp"

// For the benchmarks that are programs of their own: they measure themselves.
namespace tasdiq::bench {

/// CPU seconds of all threads.
inline double process_cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

inline double memory_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1e3;
}

/// Adds up the stretches between `start` and `stop`.
class Stopwatch {
  public:
    void start() {
        wall_start_ = Clock::now();
        cpu_start_ = process_cpu_seconds();
    }
    void stop() {
        wall_s_ += std::chrono::duration<double>(Clock::now() - wall_start_).count();
        cpu_s_ += process_cpu_seconds() - cpu_start_;
    }
    [[nodiscard]] double wall_s() const { return wall_s_; }
    [[nodiscard]] double cpu_s() const { return cpu_s_; }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point wall_start_;
    double cpu_start_ = 0, wall_s_ = 0, cpu_s_ = 0;
};

/// A new empty folder under `TMPDIR`, gone with its scope. It should lie on a real disk.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = std::filesystem::temp_directory_path() / "tasdiq-bench-XXXXXX";
        ENSURE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// The number after `name` among the arguments; `otherwise` without.
inline std::size_t number_option(int argc, char** argv, const std::string& name,
                                 std::size_t otherwise) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
    }
    return otherwise;
}

}  // namespace tasdiq::bench
