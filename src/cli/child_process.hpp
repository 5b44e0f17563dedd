#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/result.hpp"

namespace tasdiq::cli {

/// A program that this one started; told to stop, and waited for, when this ends.
class ChildProcess {
  public:
    /// Starts `words` (a path, then its arguments) and waits until it prints a line that holds
    /// `ready`, at most `timeout_s`. The error says what happened instead.
    static Result<ChildProcess, std::string> start(std::vector<std::string> words,
                                                   const std::string& ready, int timeout_s);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    /// The line that said it was ready.
    [[nodiscard]] const std::string& ready_line() const { return ready_line_; }
    /// Waits until it ends; SIGINT and SIGTERM to this process are passed on. Its exit code.
    int wait();

  private:
    ChildProcess(pid_t pid, int output) : pid_{pid}, output_{output} {}
    pid_t pid_ = -1;
    int output_ = -1;
    std::string ready_line_;
};

/// Whether a server could listen on this port of 127.0.0.1 now.
[[nodiscard]] bool is_port_free(std::uint16_t port);

/// Runs `words` to its end, what it prints on stdout left out; its exit code, or 127 if it cannot
/// be started.
int run_program(std::vector<std::string> words);

}  // namespace tasdiq::cli
