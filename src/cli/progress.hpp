#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace tasdiq::cli {

/// A line on the terminal that grows while long work goes on; nothing where stderr is no terminal.
/// `step` is safe from any thread.
class Progress {
  public:
    Progress(std::string what, std::size_t count);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void step(std::size_t by = 1);

  private:
    void draw(std::size_t done);

    std::string what_;
    std::size_t count_;
    bool is_shown_;
    std::atomic<std::size_t> done_{0};
    std::mutex mutex_;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace tasdiq::cli
